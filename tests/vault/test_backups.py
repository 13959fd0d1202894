"""Backups: made, checked before they count, rotated, copied to a second folder, brought back."""

import contextlib
import os
import shutil
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault.sketch import NOW, PASSPHRASE, QUICK, make, provenance, read, report, sketch
from wallet.errors import (
    BackupDamaged,
    BackupFailed,
    BackupFolderMissing,
    BackupLocked,
    UsageError,
    VaultNotWritable,
    VaultTooNew,
)
from wallet.model.backups import BackupKind, BackupPolicy, BackupSettings, BackupState
from wallet.vault import Vault, backups_file
from wallet.vault.backups import Backups


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def vault(tmp_path: Path, clock: Clock) -> Vault:
    """An open vault that keeps daily backups, with nothing in it; the test closes it."""
    made = Vault.create(tmp_path / "a.mikrofolio", PASSPHRASE, kdf=QUICK, clock=clock, reader=read)
    made.backups.keep()
    return made


def add(vault: Vault, title: str) -> str:
    return vault.add(sketch(title=title), report(), provenance()).id


def titles(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries() if entry.title]


def kinds(backups: Backups) -> list[BackupKind | None]:
    return [one.kind for one in backups.found()]


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


# ---- making -------------------------------------------------------------------------------------


def test_a_backup_is_one_encrypted_file_that_opens_alone(vault: Vault, tmp_path: Path) -> None:
    add(vault, "MARKER")
    made = vault.backups.make()
    vault.close()

    assert made.path.parent == tmp_path / "a.mikrofolio" / "backups"
    assert made.path.name.startswith("a-20261122T120000Z-asked-")
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700
    assert b"MARKER" not in made.path.read_bytes()
    alone = tmp_path / "alone.mikrofolio"
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(alone)
    opened = Vault.open(alone, PASSPHRASE, reader=read)
    assert titles(opened) == ["MARKER"]
    opened.close()


def test_a_backup_opens_alone_with_the_recovery_sheet(vault: Vault, tmp_path: Path) -> None:
    add(vault, "One")
    sheet = vault.new_recovery_sheet()
    made = vault.backups.make()
    vault.close()

    alone = tmp_path / "alone.mikrofolio"
    with zipfile.ZipFile(made.path) as archive:
        archive.extractall(alone)
    opened = Vault.open(alone, sheet=sheet, reader=read)
    assert titles(opened) == ["One"]
    opened.close()


def test_a_backup_leaves_no_work_behind_and_two_of_a_second_are_two(vault: Vault) -> None:
    (vault.backups.own_folder / ".making-left").mkdir(parents=True)
    first, second = vault.backups.make(), vault.backups.make()

    assert first.path != second.path
    assert set(vault.backups.own_folder.iterdir()) == {first.path, second.path}
    vault.close()


def test_the_first_change_of_a_day_makes_the_backup_of_the_day(vault: Vault, clock: Clock) -> None:
    assert vault.info().last_backup is None
    add(vault, "One")
    assert vault.info().last_backup == NOW
    clock.now += timedelta(hours=3)
    add(vault, "Two")
    assert vault.info().last_backup == NOW
    clock.now += timedelta(days=1)
    vault.entries()
    assert vault.info().last_backup == NOW
    add(vault, "Three")
    assert vault.info().last_backup == clock.now
    assert [one.credentials for one in vault.backups.found()] == [3, 1]
    vault.close()


def test_a_batch_is_one_change(vault: Vault) -> None:
    with vault.batch():
        add(vault, "One")
        add(vault, "Two")
        assert vault.backups.found() == ()

    assert [one.credentials for one in vault.backups.found()] == [2]
    vault.close()


def test_closing_brings_the_backup_of_the_day_up_to_date(
    vault: Vault, clock: Clock, tmp_path: Path
) -> None:
    add(vault, "One")
    clock.now += timedelta(hours=1)
    add(vault, "Two")
    vault.close()

    again = Vault.open(tmp_path / "a.mikrofolio", PASSPHRASE, clock=clock, reader=read)
    again.backups.keep()
    (found,) = again.backups.found()
    assert (found.kind, found.credentials, found.made_at) == (BackupKind.DAILY, 2, clock.now)
    again.close()
    assert only(tmp_path / "a.mikrofolio" / "backups") == found.path


def test_without_being_asked_to_a_vault_keeps_no_backups(tmp_path: Path) -> None:
    vault = Vault.create(tmp_path / "a.mikrofolio", PASSPHRASE, kdf=QUICK, reader=read)
    add(vault, "One")
    vault.close()

    assert not (tmp_path / "a.mikrofolio" / "backups").exists()


def test_a_failed_daily_backup_is_remembered_and_never_stops_the_change(vault: Vault) -> None:
    vault.backups.own_folder.write_bytes(b"in the way")

    add(vault, "One")

    assert isinstance(vault.backups.problem, BackupFailed)
    assert titles(vault) == ["One"]
    with pytest.raises(BackupFailed):
        vault.backups.make()
    vault.backups.own_folder.unlink()
    vault.close()
    assert vault.backups.problem is None


def test_a_backup_that_does_not_come_back_does_not_count(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A disk that returns other bytes than it was given, for one page in the middle.
    true_unpack = backups_file.unpack

    def spoiled(path: Path, folder: Path) -> backups_file.Info:
        info = true_unpack(path, folder)
        flip(folder / "wallet.db", 20_000)
        return info

    add(vault, "One")
    before = vault.backups.found()
    monkeypatch.setattr(backups_file, "unpack", spoiled)
    with pytest.raises(BackupFailed):
        vault.backups.make()
    monkeypatch.undo()

    assert vault.backups.found() == before
    add(vault, "Two")
    assert titles(vault) == ["Two", "One"]
    vault.close()


# ---- the clock, and rotation on the disk --------------------------------------------------------


def test_daily_backups_rotate_and_others_stay(vault: Vault, clock: Clock) -> None:
    vault.backups.set_settings(BackupSettings(BackupPolicy(daily=2, weekly=1, monthly=1)))
    vault.backups.make()
    for number in range(5):
        clock.now += timedelta(days=1)
        add(vault, f"Day {number}")

    assert kinds(vault.backups) == [BackupKind.DAILY, BackupKind.DAILY, BackupKind.ASKED]
    assert [one.credentials for one in vault.backups.found()] == [5, 4, 0]
    vault.close()


def test_a_clock_set_back_ten_years_removes_nothing(vault: Vault, clock: Clock) -> None:
    vault.backups.set_settings(BackupSettings(BackupPolicy(daily=2, weekly=1, monthly=1)))
    add(vault, "One")
    good = {one.path for one in vault.backups.found()}
    clock.now = NOW.replace(year=2016)
    for number in range(5):
        clock.now += timedelta(days=1)
        add(vault, f"Back then {number}")

    found = vault.backups.found()
    assert good <= {one.path for one in found}
    assert len(found) == len(good) + 2
    assert found[-2].credentials == 6
    vault.close()


@pytest.mark.parametrize("year", [1970, 2107, 9999])
def test_any_clock_makes_a_backup(vault: Vault, clock: Clock, year: int) -> None:
    clock.now = NOW.replace(year=year)
    vault.backups.make()
    assert [(one.made_at, one.state) for one in vault.backups.found()] == [
        (clock.now, BackupState.GOOD)
    ]
    vault.close()


# ---- the second folder --------------------------------------------------------------------------


def test_a_second_folder_gets_the_same_file(vault: Vault, tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    vault.backups.set_settings(BackupSettings(folder=second))

    made = vault.backups.make()

    assert made.problem is None
    assert made.copy is not None
    assert made.copy.parent == second
    assert made.copy.read_bytes() == made.path.read_bytes()
    assert stat.S_IMODE(made.copy.stat().st_mode) == 0o600
    assert vault.backups.settings().folder == second
    vault.close()


def test_an_absent_second_folder_is_said_and_the_backup_is_made(
    vault: Vault, tmp_path: Path
) -> None:
    vault.backups.set_settings(BackupSettings(folder=tmp_path / "gone"))
    add(vault, "One")
    problem = vault.backups.problem
    assert isinstance(problem, BackupFolderMissing)
    assert problem.facts == {"path": str(tmp_path / "gone")}
    assert vault.backups.found()[0].state is BackupState.GOOD
    (tmp_path / "gone").mkdir()
    add(vault, "Two")
    vault.close()
    assert vault.backups.problem is None
    assert len(list((tmp_path / "gone").iterdir())) == 1


def test_two_vaults_in_one_second_folder_leave_each_other_alone(tmp_path: Path) -> None:
    second = tmp_path / "stick"
    second.mkdir()
    (second / "other.mikrofolio.zip").write_bytes(b"somebody else's")
    clock = Clock()
    policy = BackupPolicy(daily=1, weekly=1, monthly=1)
    for number in range(3):
        for name in ("a", "b"):
            path = tmp_path / name / "wallet.mikrofolio"
            if number:
                vault = Vault.open(path, PASSPHRASE, clock=clock, reader=read)
            else:
                vault = Vault.create(path, PASSPHRASE, kdf=QUICK, clock=clock, reader=read)
                vault.backups.set_settings(BackupSettings(policy, second))
            vault.backups.keep()
            add(vault, f"{name} {number}")
            (own,) = vault.backups.own_folder.iterdir()
            assert own.name in {one.path.name for one in vault.backups.found()}
            vault.close()
        clock.now += timedelta(days=1)

    names = sorted(path.name for path in second.iterdir())
    assert len(names) == 3
    assert names[0] == "other.mikrofolio.zip"


@pytest.mark.parametrize(
    "chosen",
    [
        BackupSettings(BackupPolicy(daily=0)),
        BackupSettings(BackupPolicy(monthly=1001)),
        BackupSettings(folder=Path("relative")),
    ],
)
def test_settings_that_make_no_sense_are_refused(vault: Vault, chosen: BackupSettings) -> None:
    with pytest.raises(UsageError):
        vault.backups.set_settings(chosen)
    vault.set_setting("backup.daily", "9" * 5000)
    assert vault.backups.settings() == BackupSettings()
    vault.close()


# ---- what a file is -----------------------------------------------------------------------------


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 1
    path.write_bytes(data)


def _plain(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("wallet.db", b"SQLite format 3\0" + bytes(4080))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: flip(path, -30_000), id="a bit of the database"),
        pytest.param(lambda path: flip(path, 300), id="a bit of the keys"),
        pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-9000]), id="cut short"),
        pytest.param(lambda path: path.write_bytes(b""), id="empty"),
        pytest.param(lambda path: path.write_bytes(b"hello"), id="a text file"),
        pytest.param(_plain, id="another archive"),
    ],
)
def test_a_damaged_backup_is_named_and_not_taken(
    vault: Vault, damage: Callable[[Path], object]
) -> None:
    add(vault, "One")
    path = vault.backups.make().path
    damage(path)

    state = {one.path: one.state for one in vault.backups.found()}
    assert state[path] is BackupState.DAMAGED
    for bring in (vault.backups.preview, vault.backups.merge, vault.backups.replace):
        with pytest.raises(BackupDamaged):
            bring(path)
    assert titles(vault) == ["One"]
    vault.close()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=6), st.data())
def test_whatever_a_file_holds_it_is_a_backup_or_said_to_be_none(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.getbasetemp()
    whole = folder / "whole.mikrofolio.zip"
    if not whole.exists():
        vault = make(folder / "fuzzed.mikrofolio")
        shutil.copy(vault.backups.make().path, whole)
        vault.close()
    content = bytearray(whole.read_bytes())
    begin, end = content.index(b"backup.json"), len(content)
    for place, value in changes:  # in the small parts, where a parser works
        small = [*range(begin + 1200), *range(end - 600, end)]
        content[small[place % len(small)]] = value
    cut = data.draw(st.integers(end - 700, end))
    (folder / "other.mikrofolio.zip").write_bytes(content[:cut])

    found = backups_file.examine(folder / "other.mikrofolio.zip")

    assert found.state in {BackupState.GOOD, BackupState.DAMAGED}
    target = tmp_path_factory.mktemp("unpacked")
    with contextlib.suppress(BackupDamaged):
        backups_file.unpack(folder / "other.mikrofolio.zip", target)
        assert {file.name for file in target.iterdir()} == {"keys.json", "wallet.db"}


def test_a_backup_under_another_key_is_said(vault: Vault, tmp_path: Path, clock: Clock) -> None:
    other = Vault.create(tmp_path / "b", "another", kdf=QUICK, clock=clock, reader=read)
    path = other.backups.make().path
    other.close()
    shutil.copy(path, vault.backups.make().path.with_name("theirs.mikrofolio.zip"))

    states = [one.state for one in vault.backups.found()]
    assert sorted(states) == [BackupState.GOOD, BackupState.OTHER_KEY]
    with pytest.raises(BackupLocked):
        vault.backups.preview(path)
    vault.close()


def test_a_backup_of_a_later_form_is_said(vault: Vault, tmp_path: Path) -> None:
    path = vault.backups.make().path
    later = path.with_name("later.mikrofolio.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(later, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b'"version": 1', b'"version": 2', 1)
                         if name == "backup.json" else data)  # fmt: skip

    states = {one.path: one.state for one in vault.backups.found()}
    assert states == {path: BackupState.GOOD, later: BackupState.TOO_NEW}
    with pytest.raises(VaultTooNew):
        vault.backups.preview(later)
    vault.close()


def test_a_read_only_vault_lists_its_backups(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(vault, "One")
    vault.close()
    folder = tmp_path / "a.mikrofolio"
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write anything
    again = Vault.open(folder, PASSPHRASE, reader=read)
    again.backups.keep()
    assert [one.credentials for one in again.backups.found()] == [1]
    with pytest.raises((BackupFailed, VaultNotWritable)):
        again.backups.make()
    again.close()


def test_times_are_read_back_as_they_were(vault: Vault) -> None:
    path = vault.backups.make().path
    found = backups_file.describe(path)
    assert (found.made_at, found.kind) == (NOW, BackupKind.ASKED)
    assert found.made_at is not None
    assert found.made_at.tzinfo is UTC
    vault.close()
