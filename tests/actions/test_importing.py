"""Files come in by steps: many in one write, in order, all of a step or none."""

from pathlib import Path

import pytest

from tests.issuer import Form, specimen
from wallet.actions import importing
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.errors import TooLarge
from wallet.model.keeping import AddResult
from wallet.vault import credentials

FORMS = (Form.OPEN_BADGE, Form.SEALED_EDC, Form.OPEN_BADGE_JWT)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three credentials, and after the first one something that is none."""
    names = ("a.json", "b.txt", "c.json", "d.jwt")
    contents = [specimen(FORMS[0]), b"a shopping list", *map(specimen, FORMS[1:])]
    for name, data in zip(names, contents, strict=True):
        (tmp_path / name).write_bytes(data)
    return [tmp_path / name for name in names]


def written(wallet: Wallet) -> list[int]:
    """Count what is written through: one for each whole change."""
    count: list[int] = []
    wallet.vault._database.after_change = lambda: count.append(1)
    return count


def test_files_that_go_quickly_are_written_at_once(wallet: Wallet, files: list[Path]) -> None:
    count = written(wallet)

    report = importing.import_files(wallet, files)

    assert [item.source for item in report.items] == [path.name for path in files]
    assert report.count(AddResult.IMPORTED) == 3
    assert report.count(AddResult.REFUSED) == 1
    assert len(count) < len(files)


def test_a_step_takes_one_file_at_least_and_says_how_many(
    wallet: Wallet, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "STEP_SECONDS", 0.0)
    count = written(wallet)

    (first,) = importing.import_some(wallet, files)
    assert [item.source for item in first] == ["a.json"]
    assert len(importing.import_files(wallet, files[1:]).items) == 3
    assert len(count) == len(files)


def test_a_step_that_fails_leaves_nothing_of_itself(
    wallet: Wallet, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [path.stat().st_size for path in files]
    monkeypatch.setattr(credentials, "MAX_RAW", max(sizes) - 1)

    with pytest.raises(TooLarge):
        importing.import_some(wallet, files)

    assert content.entries(wallet) == ()


def test_nothing_to_import_is_no_step(wallet: Wallet) -> None:
    assert importing.import_files(wallet, ()).items == ()
    assert importing.import_some(wallet, ()) == ()
