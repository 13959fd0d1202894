"""Making one backup: an encrypted copy that is opened again and checked before it counts."""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from wallet.errors import BackupDamaged, BackupFailed, VaultError
from wallet.model.backups import BackupKind
from wallet.vault import backups_file, database, files, keyfile
from wallet.vault.backups_file import SUFFIX, Info
from wallet.vault.database import Database

FOLDER = "backups"
IDENTITY = "backup.id"
"""The setting that names this vault among others in one folder; it says nothing."""
_WORK = ".making-"


def before_migration(live: Database, at: datetime) -> Path:
    """Make a backup before the schema changes and return its path.

    Raises `VaultNotWritable` when there is no room, `BackupDamaged` when what was written does not
    come back; no half copy stays, and the vault is as it was.
    """
    return write(live, BackupKind.MIGRATION, at)


def make(live: Database, kind: BackupKind, at: datetime) -> Path:
    """Make a backup in the vault's own folder of backups and return its path.

    Raises `BackupFailed` (`path`, `detail`); the vault itself is whole and goes on.
    """
    try:
        return write(live, kind, at)
    except VaultError as error:
        detail = str(error.facts.get("detail", "")) or error.code
        raise BackupFailed(path=str(live.folder / FOLDER), detail=detail) from error


def write(live: Database, kind: BackupKind, at: datetime) -> Path:
    """Copy, pack, unpack, check, and only then give the file its name.

    The copy is `VACUUM INTO`: one consistent state, whose pages keep the database's key. What is
    checked is what was unpacked from the finished file: every page's HMAC, SQLite's own structure,
    application and schema numbers, and that each table has as many rows as the vault's.
    """
    folder = live.folder
    try:
        keys = (folder / keyfile.NAME).read_bytes()
        (folder / FOLDER).mkdir(mode=files.FOLDER_MODE, exist_ok=True)
        info = Info(identity(live), at, kind, live.value("PRAGMA user_version"))
        with _work(folder / FOLDER) as work:
            packed = work / "packed"
            copy = work / "copy.db"
            files.new_file(copy)
            live.run("VACUUM INTO ?", str(copy))
            backups_file.pack(packed, info, keys, copy)
            copy.unlink()
            backups_file.unpack(packed, work)
            _check(live, work / database.NAME)
            if (work / keyfile.NAME).read_bytes() != keys:
                raise BackupDamaged(path=str(packed))
            path = _free(folder / FOLDER, backups_file.file_name(stem(folder), info))
            packed.rename(path)
            files.sync_folder(folder / FOLDER)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    return path


def identity(live: Database) -> str:
    """Return the vault's random name among backups; made when it is first asked for."""
    found: str | None = live.value("SELECT value FROM settings WHERE key = ?", IDENTITY)
    if found is not None:
        return found
    made = secrets.token_hex(4)
    with live.change():
        live.run("INSERT INTO settings (key, value) VALUES (?, ?)", IDENTITY, made)
    return made


def copy_into(path: Path, folder: Path) -> Path:
    """Copy a finished backup into another folder, read it back, and only then name it; OSError.

    Raises `BackupDamaged` when what comes back is not what was written.
    """
    target = _free(folder, path.name)
    handle, name = tempfile.mkstemp(prefix=_WORK, dir=folder)
    temporary = Path(name)
    try:
        with path.open("rb") as source, open(handle, "wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        if temporary.stat().st_size != path.stat().st_size or _digest(temporary) != _digest(path):
            raise BackupDamaged(path=str(target))
        temporary.rename(target)
        files.sync_folder(folder)
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    return target


def stem(folder: Path) -> str:
    """Return how the vault's folder is called, without its ending."""
    return folder.name.removesuffix(".mikrofolio") or "wallet"


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """A place beside the backups that is gone afterwards; what a crash left is cleared away."""
    for leftover in folder.glob(f"{_WORK}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _check(live: Database, copy: Path) -> None:
    """Open a copy beside the vault, which lends it its key, and compare; `BackupDamaged`."""
    live.run("ATTACH ? AS copy", str(copy))
    try:
        sound = (
            live.rows("PRAGMA copy.cipher_integrity_check") == []
            and live.rows("PRAGMA copy.quick_check") == [("ok",)]
            and live.value("PRAGMA copy.application_id") == database.APPLICATION_ID
            and live.value("PRAGMA copy.user_version") == live.value("PRAGMA user_version")
            and _counts(live, "copy") == _counts(live, "main")
        )
    except VaultError as error:
        raise BackupDamaged(path=str(copy)) from error
    finally:
        live.run("DETACH copy")
    if not sound:
        raise BackupDamaged(path=str(copy))


def _counts(live: Database, where: str) -> dict[str, int]:
    sql = "SELECT name FROM {}.sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    tables = [row[0] for row in live.rows(sql.format(where))]
    return {
        name: live.value(f'SELECT count(*) FROM {where}."{name}"')  # noqa: S608 -- our own tables
        for name in tables
    }


def _free(folder: Path, name: str) -> Path:
    """Return a path that is not taken: two backups of one second are two."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{name.removesuffix(SUFFIX)}-{number}{SUFFIX}"
    return path


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
