"""Leaving with everything as open files, and coming back from them."""

import hashlib
import json
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.issuer import NOW, Form, specimen
from wallet.actions import importing, leaving, presenting, unlocking
from wallet.actions import wallet as content
from wallet.actions.demonstrating import QUICK
from wallet.actions.leaving import export_all, import_all
from wallet.actions.wallet import Wallet
from wallet.errors import MalformedCredential, NotWritable, Unreadable, UsageError, WalletError
from wallet.model.keeping import Choice, Confirmation, Entry, Note, TrustDecision, Verdict
from wallet.model.presentation import Form as Shown
from wallet.model.presentation import PresentationRequest
from wallet.model.verification import State, standing


@pytest.fixture
def full(wallet: Wallet, badge: str) -> Wallet:
    """A wallet with two credentials, one of them in the trash, and something of everything."""
    (item,) = importing.import_bytes(wallet, "seal.json", specimen(Form.SEALED_EDC))
    assert item.id is not None
    vault = wallet.vault
    vault.set_tags(badge, ["x", "y"])
    vault.set_note(badge, "Ask about the grade", NOW)
    vault.confirm(Confirmation(badge, "programme", "item", NOW, 2))
    vault.choose(Choice(badge, "programme#award", NOW, 2))
    vault.set_profile("field", "0732")
    vault.set_setting("language", "pl")
    vault.decide(TrustDecision("d1", "k", Verdict.ACCEPTED, "a call", NOW))
    presenting.present(wallet, PresentationRequest((badge,), Shown.PRESENTATION, "Acme", "n"))
    content.delete(wallet, item.id)
    return wallet


@pytest.fixture
def empty(tmp_path: Path) -> Any:
    opened = unlocking.create(tmp_path / "new.mikrofolio", "word", kdf=QUICK, clock=lambda: NOW)
    yield opened
    opened.close()


def _manifest(folder: Path) -> Any:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


def _rewrite(folder: Path, change: Callable[[Any], object]) -> None:
    manifest = _manifest(folder)
    change(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _titles(entries: tuple[Entry, ...]) -> list[str]:
    return [entry.title.best() for entry in entries if entry.title]


def test_everything_is_there_as_files_of_the_owners_alone(full: Wallet, tmp_path: Path) -> None:
    left = export_all(full, tmp_path / "left")

    manifest = _manifest(left.folder)
    assert (left.credentials, left.keys) == (2, 0)
    assert sum(path.is_file() for path in left.folder.rglob("*")) == left.files
    issued = {specimen(Form.OPEN_BADGE), specimen(Form.SEALED_EDC)}
    for one in manifest["credentials"]:
        for version in one["versions"]:
            data = (left.folder / version["file"]).read_bytes()
            assert hashlib.sha256(data).hexdigest() == version["sha256"]
            issued.discard(data)
    assert issued == set()
    badge = next(one for one in manifest["credentials"] if one["deleted_at"] is None)
    assert badge["tags"] == ["x", "y"]
    assert badge["note"]["text"] == "Ask about the grade"
    assert badge["confirmations"][0]["item"] == "item"
    assert manifest["ledger"][0]["audience"] == "Acme"
    assert manifest["profile"] == {"field": "0732"}
    assert manifest["decisions"][0]["how"] == "a call"
    assert manifest["settings"] == {"language": "pl"}
    for one in manifest["trust"]:
        data = (left.folder / one["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == one["sha256"]
    for path in (left.folder, *left.folder.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    assert sorted(tmp_path.glob(".left*")) == []


def test_private_keys_only_where_asked_for(full: Wallet, empty: Wallet, tmp_path: Path) -> None:
    key = full.vault.holder_keys()[0]
    without = export_all(full, tmp_path / "without").folder
    assert key.did in (without / "manifest.json").read_text("utf-8")
    assert "private" not in _manifest(without)["holder_keys"][0]
    assert import_all(empty, without).keys == 0

    left = export_all(full, tmp_path / "with", keys=True)
    assert left.keys == 1
    assert import_all(empty, left.folder).keys == 1
    assert empty.vault.holder_keys() == full.vault.holder_keys()
    assert import_all(empty, left.folder).keys == 0


def test_coming_back_gives_the_same_credentials(
    full: Wallet, empty: Wallet, tmp_path: Path
) -> None:
    folder = export_all(full, tmp_path / "left").folder

    came = import_all(empty, folder)

    assert (came.imported, came.already_here, came.refused, came.decisions) == (2, 0, (), 1)
    for deleted in (False, True):
        ours = full.vault.entries(deleted=deleted)
        theirs = empty.vault.entries(deleted=deleted)
        assert _titles(theirs) == _titles(ours)
        assert [one.tags for one in theirs] == [one.tags for one in ours]
        raws = [empty.vault.raw(one.id) for one in theirs]
        assert raws == [full.vault.raw(one.id) for one in ours]
    (entry,) = empty.vault.entries()
    assert empty.vault.confirmations() == (Confirmation(entry.id, "programme", "item", NOW, 2),)
    assert empty.vault.choices() == (Choice(entry.id, "programme#award", NOW, 2),)
    assert empty.vault.get(entry.id).note == Note("Ask about the grade", NOW)
    assert empty.vault.ledger()[0].credential_ids == (entry.id,)
    assert empty.vault.profile() == {"field": "0732"}
    assert empty.vault.settings()["language"] == "pl"
    again = import_all(empty, folder)
    assert (again.imported, again.already_here) == (0, 2)
    assert len(empty.vault.ledger()) == 1


def test_an_open_folder_is_not_believed(full: Wallet, empty: Wallet, tmp_path: Path) -> None:
    folder = export_all(full, tmp_path / "left").folder
    _rewrite(folder, lambda m: [v.update(added_at="2001-01-01T00:00:00+00:00", state="verified")
                                for one in m["credentials"] for v in one["versions"]])  # fmt: skip

    import_all(empty, folder)

    assert empty.vault.trust_decisions() == ()
    assert empty.vault.trust_items() == ()
    (entry,) = empty.vault.entries()
    assert standing(entry.report).state is not State.VERIFIED
    (version,) = empty.vault.get(entry.id).versions
    assert version.provenance.added_at == NOW


def _credentials(manifest: Any, **changes: object) -> None:
    for one in manifest["credentials"]:
        for version in one["versions"]:
            version.update(changes)


@pytest.mark.parametrize(
    "name",
    [
        "../secret.json", "credentials/../../secret.json", "/etc/passwd", "credentials/",
        "credentials/..", "trust/x", "manifest.json", "credentials/gone.json",
    ],
)  # fmt: skip
def test_a_name_leads_nowhere_else(full: Wallet, empty: Wallet, tmp_path: Path, name: str) -> None:
    folder = export_all(full, tmp_path / "left").folder
    secret = specimen(Form.OPEN_BADGE)
    (tmp_path / "secret.json").write_bytes(secret)
    _rewrite(
        folder,
        lambda m: _credentials(m, file=name, sha256=hashlib.sha256(secret).hexdigest()),
    )

    came = import_all(empty, folder)

    assert (came.imported, came.refused) == (0, (name, name))
    assert empty.vault.entries() == ()


def test_changed_bytes_are_refused_by_name(full: Wallet, empty: Wallet, tmp_path: Path) -> None:
    folder = export_all(full, tmp_path / "left").folder
    file = _manifest(folder)["credentials"][0]["versions"][0]["file"]
    (folder / file).write_bytes((folder / file).read_bytes() + b" ")

    came = import_all(empty, folder)

    assert (came.imported, came.refused) == (1, (file,))


@pytest.mark.parametrize(
    "change",
    [
        lambda m: m.pop("credentials"),
        lambda m: m.update(credentials=7),
        lambda m: m.update(version=2),
        lambda m: m["credentials"].append(None),
        lambda m: m["credentials"][0].update(tags=3),
        lambda m: m["ledger"][0].update(made_at="yesterday"),
        lambda m: m["ledger"][0].update(made_at="2026-01-01T00:00:00"),
        lambda m: m["ledger"][0].update(audience=["x"]),
        lambda m: m.update(profile=[1]),
        lambda m: m["holder_keys"][0].update(private="AAAA"),
        lambda m: m["holder_keys"][0].update(did="did:key:zOther"),
    ],
)
def test_a_broken_manifest_changes_nothing(
    full: Wallet, empty: Wallet, tmp_path: Path, change: Callable[[Any], object]
) -> None:
    folder = export_all(full, tmp_path / "left", keys=True).folder
    _rewrite(folder, change)

    with pytest.raises(MalformedCredential):
        import_all(empty, folder)

    assert empty.vault.entries() == ()
    assert empty.vault.ledger() == ()
    assert empty.vault.holder_keys() == ()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (None, Unreadable), (b"", MalformedCredential), (b"[]", MalformedCredential),
        (b"[" * 200_000, MalformedCredential), (b"\xff\xfe", MalformedCredential),
    ],
    ids=["missing", "empty", "a list", "deep", "no text"],
)  # fmt: skip
def test_no_manifest_is_said(
    empty: Wallet, tmp_path: Path, data: bytes | None, error: type[WalletError]
) -> None:
    if data is not None:
        (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(error):
        import_all(empty, tmp_path)


def test_a_manifest_beyond_the_limit_is_not_read(
    empty: Wallet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "MAX_MANIFEST", 10)
    (tmp_path / "manifest.json").write_bytes(b"{" + b" " * 20 + b"}")
    with pytest.raises(MalformedCredential):
        import_all(empty, tmp_path)


def test_nothing_is_written_over(full: Wallet, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    export_all(full, tmp_path / "there")
    before = (tmp_path / "there" / "manifest.json").read_bytes()
    with pytest.raises(UsageError):
        export_all(full, tmp_path / "there")
    (tmp_path / "file").write_bytes(b"mine")
    with pytest.raises(UsageError):
        export_all(full, tmp_path / "file")
    with pytest.raises(NotWritable):
        export_all(full, tmp_path / "file" / "below")
    assert (tmp_path / "file").read_bytes() == b"mine"
    assert (tmp_path / "there" / "manifest.json").read_bytes() == before
