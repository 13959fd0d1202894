"""Full disks while a backup is made or brought back. Power cuts: test_faults_kills.py."""

import contextlib
import errno
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import make, noise, provenance, reopen, report, sketch
from wallet.errors import BackupFailed, VaultNotWritable
from wallet.model.backups import BackupSettings, BackupState
from wallet.vault import Vault


def titles(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries() if entry.title]


# ---- full disks ---------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    needs.small_disk(folder, "2m")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, leave: int = 0) -> None:
    with (folder / "filler").open("wb") as file, contextlib.suppress(OSError):
        while True:
            os.write(file.fileno(), b"x" * 4096)
    with (folder / "filler").open("r+b") as file:
        file.truncate(max(0, (folder / "filler").stat().st_size - leave))


@pytest.mark.parametrize("room", [0, 100_000, 160_000, 260_000])
def test_a_full_disk_stops_the_backup_and_never_the_wallet(small_disk: Path, room: int) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One", pad=noise(60_000)), report(), provenance())
    fill(small_disk, room)

    with pytest.raises(BackupFailed) as caught:
        vault.backups.make()

    assert caught.value.facts["detail"] in {"FULL", "ENOSPC"}
    assert caught.value.facts["path"] == str(path / "backups")
    assert vault.backups.found() == ()
    assert not (path / "backups").exists() or list((path / "backups").iterdir()) == []
    assert titles(vault) == ["One"]
    (small_disk / "filler").unlink()
    vault.backups.make()
    vault.add(sketch(title="Two"), report(), provenance())
    vault.close()


def test_a_full_disk_while_a_backup_is_brought_back_changes_nothing(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One", pad=noise(60_000)), report(), provenance())
    older = vault.backups.make().path
    vault.add(sketch(title="Two"), report(), provenance())
    for room in (0, 150_000, 300_000):
        fill(small_disk, room)
        for bring in (vault.backups.merge, vault.backups.replace):
            with pytest.raises((VaultNotWritable, BackupFailed)):
                bring(older)
            assert titles(vault) == ["Two", "One"]
        (small_disk / "filler").unlink()
    vault.backups.replace(older)
    assert titles(vault) == ["One"]
    vault.close()
    reopen(path).close()


def test_a_full_second_folder_is_said_and_the_first_is_made(
    tmp_path: Path, small_disk: Path
) -> None:
    fill(small_disk)
    vault = make(tmp_path / "a.mikrofolio")
    vault.backups.set_settings(BackupSettings(folder=small_disk))

    made = vault.backups.make()

    assert isinstance(made.problem, BackupFailed)
    assert made.problem.facts == {"path": str(small_disk), "detail": os.strerror(errno.ENOSPC)}
    assert [path.name for path in small_disk.iterdir()] == ["filler"]
    assert [one.state for one in vault.backups.found()] == [BackupState.GOOD]
    vault.close()
