"""What the world does to an open vault: files that go or move, clocks that go back, other writers.

Modes that a copy lost, read-only disks and disks that are really full are in test_disk.py; file
systems without locks in test_lock.py.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests import needs
from tests.vault.faults_watch import ROOT
from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    content,
    make,
    provenance,
    read,
    reopen,
    report,
    sketch,
)
from tests.vault.test_disk import titles, titles_of
from wallet.errors import VaultBusy, VaultNotWritable, VaultTooNew
from wallet.model.backups import BackupKind, BackupState
from wallet.texts import catalogue, problems
from wallet.vault import Vault, keyfile

DECADE = timedelta(days=3652)


def moved(path: Path) -> Path:
    return path.rename(path.with_name("moved.mikrofolio"))


def swapped(path: Path) -> Path:
    there = moved(path)
    make(path).close()
    return there


@pytest.mark.parametrize("move", [moved, swapped])
def test_a_folder_that_moves_while_open_is_said_and_holds_all_that_was_promised(
    path: Path, move: Callable[[Path], Path]
) -> None:
    vault = reopen(path)
    vault.add(sketch(title="Two"), report(), provenance())
    there = move(path)
    new = content(path) if path.exists() else {}

    changes = (
        lambda: vault.add(sketch(title="Three"), report(), provenance()),
        lambda: vault.change_passphrase("new word"),
        lambda: vault.rekey(PASSPHRASE),
        vault.new_recovery_sheet,
    )
    for change in changes:
        with pytest.raises(VaultNotWritable) as caught:
            change()
        assert caught.value.facts == {"path": str(path), "detail": "MOVED"}
    assert "moved" in problems.error(catalogue.use("en"), caught.value)
    assert titles_of(vault) == ["Two", "One"]
    vault.close()

    assert titles(there) == ["Two", "One"]
    assert (content(path) if path.exists() else {}) == new


def test_a_database_that_is_deleted_while_open_takes_no_change_and_still_a_backup(
    path: Path,
) -> None:
    vault = reopen(path)
    vault.backups.make()
    vault.add(sketch(title="Two"), report(), provenance())
    (path / "wallet.db").unlink()

    with pytest.raises(VaultNotWritable):
        vault.add(sketch(title="Three"), report(), provenance())

    saved = vault.backups.make().path
    vault.close()
    unpacked = path.with_name("saved.mikrofolio")
    shutil.unpack_archive(saved, unpacked)
    assert titles(unpacked) == ["Two", "One"]


def test_a_log_that_is_deleted_while_open_loses_nothing(path: Path) -> None:
    vault = reopen(path)
    vault.add(sketch(title="Two"), report(), provenance())
    (path / "wallet.db-wal").unlink()
    vault.add(sketch(title="Three"), report(), provenance())
    vault.close()
    assert titles(path) == ["Three", "Two", "One"]


def test_a_lock_that_is_deleted_lets_no_second_writer_in(path: Path) -> None:
    vault = reopen(path)
    vault.add(sketch(title="Two"), report(), provenance())
    (path / "lock").unlink()

    other = subprocess.run(
        [sys.executable, "-c", _OPEN, str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert VaultBusy.__name__ in other.stderr
    vault.close()
    assert titles(path) == ["Two", "One"]


def test_a_folder_that_cannot_be_written_opens_for_reading(path: Path) -> None:
    for file in (path / "wallet.db", path / "keys.json"):
        file.chmod(0o400)
    before = content(path)
    as_anybody = []
    if os.geteuid() == 0:  # whom modes do not stop
        as_anybody = [needs.program("setpriv"), "--bounding-set=-dac_override"]
    path.chmod(0o500)
    try:
        child = subprocess.run(
            [*as_anybody, sys.executable, "-c", _OPEN, str(path)],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert child.returncode == 0, child.stderr
        assert child.stdout.split() == ["True"]
        assert content(path) == before
    finally:
        path.chmod(0o700)


_OPEN = (
    "import sys; from pathlib import Path; from tests.vault.sketch import reopen\n"
    "vault = reopen(Path(sys.argv[1])); print(vault.read_only); vault.close()"
)


# ---- clocks -------------------------------------------------------------------------------------


def at(path: Path, now: datetime) -> Vault:
    vault = Vault.open(path, PASSPHRASE, clock=lambda: now, reader=read)
    vault.backups.keep()
    return vault


def test_a_clock_set_back_ten_years_loses_nothing(path: Path) -> None:
    with closing(at(path, NOW)) as vault:
        gone = vault.add(sketch(title="Gone"), report(), provenance()).id
        vault.delete(gone, NOW)

    with closing(at(path, NOW - DECADE)) as vault:
        later = vault.add(sketch(title="Later"), report(), provenance()).id
        vault.delete(later, NOW - DECADE)
        vault.add(sketch(title="Kept"), report(), provenance())
    with closing(at(path, NOW + timedelta(days=1))) as vault:
        assert sorted(e.title.best() for e in vault.entries(deleted=True) if e.title) == [
            "Gone", "Later"
        ]  # fmt: skip
        assert titles_of(vault) == ["Kept", "One"]
        made = [one for one in vault.backups.found() if one.kind is BackupKind.DAILY]
        assert {one.state for one in made} == {BackupState.GOOD}
        assert {one.made_at.year for one in made if one.made_at} == {2016, 2026}
        vault.add(sketch(title="Today"), report(), provenance())
    assert at(path, NOW - DECADE).backups.last() == NOW + timedelta(days=1)


# ---- later versions -----------------------------------------------------------------------------


def test_keys_of_a_later_version_are_refused_and_untouched(path: Path) -> None:
    document = json.loads((path / "keys.json").read_bytes())
    del document["sha256"]
    document["version"] = keyfile.VERSION + 1
    document["sha256"] = keyfile._checksum(document)
    (path / "keys.json").write_text(json.dumps(document), "utf-8")
    before = content(path)

    for _ in range(2):
        with pytest.raises(VaultTooNew):
            reopen(path)

    assert content(path) == before
    assert sorted(file.name for file in path.iterdir()) == ["keys.json", "lock", "wallet.db"]
