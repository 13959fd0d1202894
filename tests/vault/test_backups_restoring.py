"""Bringing a backup back: preview, merge, replace, older schemas, other keys, damaged vaults."""

import contextlib
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.sketch import NOW, PASSPHRASE, content, make, provenance, read, reopen, report
from tests.vault.sketch import sketch as make_sketch
from wallet.errors import BackupFailed, BackupLocked, VaultDamaged, VaultMissing, WrongPassphrase
from wallet.model.backups import BackupKind, BackupState
from wallet.vault import Vault, backups_file
from wallet.vault import backups_restoring as restoring
from wallet.vault.attempts import Attempts
from wallet.vault.finding import Secret

KEPT = Path(__file__).resolve().parents[1] / "data" / "vaults"


def add(vault: Vault, title: str) -> str:
    return vault.add(make_sketch(title=title), report(), provenance()).id


def titles(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries() if entry.title]


def secret(path: Path, passphrase: str = PASSPHRASE) -> restoring.Find:
    return restoring.with_secret(path, Secret(passphrase), Attempts())


@pytest.fixture
def vault(path: Path) -> Vault:
    """An open vault with one credential; the test closes it."""
    return reopen(path)


def backup_of(vault: Vault) -> Path:
    return vault.backups.make().path


def test_a_preview_says_what_is_there_here_and_the_same(vault: Vault) -> None:
    versioned = {"issuer": "Example University", "id": "urn:uuid:1"}
    gone = add(vault, "There")
    vault.add(make_sketch(**versioned, title="Both"), report(), provenance())
    vault.add(make_sketch(**versioned, title="Both", n=2), report(), provenance())
    path = backup_of(vault)
    vault.delete(gone, NOW)
    vault.erase_deleted_before(NOW + timedelta(days=1))
    for entry in vault.entries("both"):
        vault.delete(entry.id, NOW)
    vault.erase_deleted_before(NOW + timedelta(days=1))
    vault.add(make_sketch(**versioned, title="Both"), report(), provenance())
    add(vault, "Here")

    found = vault.backups.preview(path)

    named = [
        [entry.title.best() for entry in part if entry.title]
        for part in (found.only_there, found.more_there, found.same, found.only_here)
    ]
    assert named == [["There"], ["Both"], ["One"], ["Here"]]
    assert found.backup.credentials == 3
    vault.close()


def test_replacing_brings_exactly_what_was_and_keeps_what_is(vault: Vault, path: Path) -> None:
    vault.set_setting("language", "pl")
    older = backup_of(vault)
    add(vault, "Two")
    vault.set_setting("language", "en")

    made = vault.backups.replace(older)

    assert titles(vault) == ["One"]
    assert vault.settings()["language"] == "pl"
    assert [entry.title.best() for entry in vault.entries("one") if entry.title] == ["One"]
    add(vault, "Three")
    vault.close()
    again = reopen(path)
    assert titles(again) == ["Three", "One"]
    kept = {one.path: one for one in again.backups.found()}[made.path]
    assert (kept.kind, kept.credentials) == (BackupKind.RESTORE, 2)
    again.backups.replace(made.path)
    assert titles(again) == ["Two", "One"]
    again.close()


def test_the_passphrase_of_now_opens_what_was_brought_back(vault: Vault, path: Path) -> None:
    older = backup_of(vault)
    vault.change_passphrase("another word")
    vault.backups.replace(older)
    vault.close()

    with pytest.raises(WrongPassphrase):
        reopen(path)
    reopen(path, "another word").close()


def test_what_is_brought_back_in_the_trash_is_there_for_its_whole_time(vault: Vault) -> None:
    entry = add(vault, "Old")
    vault.delete(entry, NOW - timedelta(days=400))
    older = backup_of(vault)
    vault.erase_deleted_before(NOW)

    vault.backups.merge(older)
    assert [one.deleted_at for one in vault.entries(deleted=True)] == [NOW]
    vault.backups.replace(older)
    assert [one.deleted_at for one in vault.entries(deleted=True)] == [NOW]
    vault.close()


def test_a_backup_under_another_key_comes_in_with_its_passphrase(
    vault: Vault, path: Path, tmp_path: Path
) -> None:
    other = make(tmp_path / "other", "their word")
    add(other, "Theirs")
    theirs = backup_of(other)
    other.close()

    with pytest.raises(WrongPassphrase):
        vault.backups.preview(theirs, secret(theirs, "wrong"))
    find = secret(theirs, "their word")
    assert vault.backups.preview(theirs, find).backup.credentials == 1
    assert vault.backups.merge(theirs, find).entries == 1
    assert titles(vault) == ["Theirs", "One"]
    vault.backups.replace(theirs, find)
    assert titles(vault) == ["Theirs"]
    vault.close()
    again = reopen(path)
    assert titles(again) == ["Theirs"]
    assert again._database.rows("PRAGMA cipher_integrity_check") == []
    again.close()


def test_a_backup_from_before_a_change_of_the_key_needs_the_passphrase(vault: Vault) -> None:
    older = backup_of(vault)
    vault.rekey(PASSPHRASE)
    newer = backup_of(vault)

    states = {one.path: one.state for one in vault.backups.found()}
    assert states == {older: BackupState.OTHER_KEY, newer: BackupState.GOOD}
    with pytest.raises(BackupLocked):
        vault.backups.replace(older)
    add(vault, "Two")
    vault.backups.replace(older, secret(older))
    assert titles(vault) == ["One"]
    vault.backups.replace(newer)
    assert titles(vault) == ["One"]
    vault.close()


def test_no_backup_of_now_no_replacing(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    older = backup_of(vault)
    add(vault, "Two")
    outside = older.rename(vault.info().path.parent / older.name)
    shutil.rmtree(vault.backups.own_folder)
    vault.backups.own_folder.write_bytes(b"in the way")

    for bring in (vault.backups.merge, vault.backups.replace):
        with pytest.raises(BackupFailed):
            bring(outside)

    assert titles(vault) == ["Two", "One"]
    vault.close()


@pytest.mark.parametrize("kept", sorted(KEPT.iterdir()), ids=lambda kept: kept.name)
def test_a_backup_of_every_schema_comes_back_and_is_not_changed(
    kept: Path, vault: Vault, tmp_path: Path
) -> None:
    number = int(kept.name.removesuffix(".mikrofolio").removeprefix("schema-"))
    info = backups_file.Info("0" * 8, NOW, BackupKind.ASKED, number)
    older = tmp_path / "older.mikrofolio.zip"
    backups_file.pack(older, info, (kept / "keys.json").read_bytes(), kept / "wallet.db")
    before = older.read_bytes()
    find = secret(older, "kept for the tests")

    assert vault.backups.preview(older, find).backup.schema == number
    merged = vault.backups.merge(older, find)

    assert (merged.entries, merged.tags, merged.confirmations, merged.ledger) == (1, 1, 1, 1)
    assert titles(vault) == ["Inland navigation", "One"]
    vault.backups.replace(older, find)
    assert titles(vault) == ["Inland navigation"]
    assert older.read_bytes() == before
    vault.close()
    restoring.restore_over(tmp_path / "new.mikrofolio", older, find, NOW)
    opened = Vault.open(tmp_path / "new.mikrofolio", "kept for the tests", reader=read)
    assert titles(opened) == ["Inland navigation"]
    opened.close()
    assert older.read_bytes() == before


# ---- damaged vaults -----------------------------------------------------------------------------


def _write(name: str, data: bytes) -> Callable[[Path], object]:
    return lambda path: (path / name).write_bytes(data)


def _flip(path: Path) -> None:
    data = bytearray((path / "wallet.db").read_bytes())
    data[20] ^= 1
    (path / "wallet.db").write_bytes(data)


def _other_keys(path: Path) -> None:
    other = path.with_name("other.mikrofolio")
    make(other).close()
    shutil.copy(other / "keys.json", path / "keys.json")


DAMAGES = [
    pytest.param(_write("wallet.db", b""), {"wallet.db"}, id="empty"),
    pytest.param(_write("wallet.db", b"hello"), {"wallet.db"}, id="a text file"),
    pytest.param(_flip, {"wallet.db"}, id="a bit of the header"),
    pytest.param(lambda path: (path / "wallet.db").unlink(), set(), id="no database"),
    pytest.param(_write("keys.json", b"{}"), {"wallet.db", "keys.json"}, id="broken keys"),
    pytest.param(_other_keys, {"wallet.db", "keys.json"}, id="another vault's keys"),
    pytest.param(shutil.rmtree, set(), id="nothing left"),
]


@pytest.mark.parametrize(("damage", "aside"), DAMAGES)
def test_a_damaged_vault_comes_back_and_the_damaged_files_stay(
    path: Path, tmp_path: Path, damage: Callable[[Path], object], aside: set[str]
) -> None:
    vault = reopen(path)
    made = backup_of(vault)
    vault.close()
    shutil.copy(made, tmp_path / made.name)
    damage(path)
    before = content(path) if path.exists() else {}
    with pytest.raises((VaultDamaged, VaultMissing)):
        reopen(path)

    found = restoring.newest_good((path / "backups", tmp_path))
    assert found is not None
    moved = restoring.restore_over(path, found.path, secret(path), NOW)

    assert {one.name.partition(".damaged-20261122T120000Z")[0] for one in moved} == aside
    for one in moved:
        assert one.read_bytes() == before[one.name.partition(".damaged")[0]]
    again = reopen(path)
    assert titles(again) == ["One"]
    assert [entry.tags for entry in again.entries()] == [("x",)]
    again.close()


def test_a_log_never_lies_beside_another_database(path: Path, tmp_path: Path) -> None:
    vault = reopen(path)
    made = backup_of(vault)
    add(vault, "In the log")
    crashed = tmp_path / "crashed"
    shutil.copytree(path, crashed)
    vault.close()
    assert (crashed / "wallet.db-wal").stat().st_size > 0
    _flip(crashed)

    moved = restoring.restore_over(crashed, made, secret(crashed), NOW)

    assert sorted(one.name.partition(".damaged")[0] for one in moved) == [
        "wallet.db",
        "wallet.db-wal",
    ]
    again = reopen(crashed)
    assert titles(again) == ["One"]
    again.close()


def test_the_present_keys_stay_where_they_are_whole(path: Path) -> None:
    vault = reopen(path)
    made = backup_of(vault)
    vault.change_passphrase("another word")
    vault.close()
    _flip(path)

    restoring.restore_over(path, made, secret(path), NOW)  # the backup's own passphrase

    reopen(path, "another word").close()


def test_a_wrong_passphrase_moves_nothing(path: Path) -> None:
    vault = reopen(path)
    made = backup_of(vault)
    vault.close()
    _flip(path)
    before = content(path)

    with pytest.raises(WrongPassphrase):
        restoring.restore_over(path, made, secret(path, "wrong"), NOW)

    assert content(path) == before


def test_the_newest_good_one_is_neither_broken_nor_of_a_later_version(path: Path) -> None:
    clock = NOW
    vault = Vault.open(path, PASSPHRASE, clock=lambda: clock, reader=read)
    made: list[Path] = []
    for _ in range(4):
        made.append(backup_of(vault))
        clock += timedelta(hours=1)
    schema = vault.info().schema
    vault.close()
    folder = path / "backups"
    made[3].write_bytes(made[3].read_bytes()[:-10])
    data = bytearray(made[2].read_bytes())
    data[9000] ^= 1
    made[2].write_bytes(data)
    later = backups_file.Info("0" * 8, clock, BackupKind.ASKED, schema + 1)
    keys = (path / "keys.json").read_bytes()
    backups_file.pack(folder / "later.mikrofolio.zip", later, keys, path / "wallet.db")

    found = restoring.newest_good((folder, path / "nowhere"))

    assert found is not None
    assert (found.path, found.state) == (made[1], BackupState.GOOD)
    for one in made[:2]:
        one.unlink()
    assert restoring.newest_good((folder,)) is None
    vault = reopen(path)
    states = {one.path.name: one.state for one in vault.backups.found()}
    assert states["later.mikrofolio.zip"] is BackupState.TOO_NEW
    vault.close()


def test_what_a_crash_left_of_opening_a_backup_is_cleared_away(path: Path) -> None:
    (path / ".trial-backup-left").mkdir()
    reopen(path).close()
    assert not (path / ".trial-backup-left").exists()
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(path)
