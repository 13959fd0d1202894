"""Bringing a backup back: always from a copy of it, and what was there is kept aside.

The backup itself is never opened for writing and never migrated: it is unpacked into a folder that
is a vault of its own, and that one is opened, migrated if it is older, and checked page by page.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeAlias

from wallet.errors import BackupDamaged, BackupLocked, VaultDamaged, VaultError
from wallet.model.backups import Backup, BackupState, Preview
from wallet.model.keeping import Entry
from wallet.vault import (
    backups_file,
    credentials,
    database,
    files,
    finding,
    keyfile,
    opening,
    schema,
    trash,
)
from wallet.vault.attempts import Attempts
from wallet.vault.database import LOG, Database
from wallet.vault.finding import Found, Secret
from wallet.vault.keyfile import KeyFile
from wallet.vault.lock import Lock
from wallet.vault.opening import Opened
from wallet.vault.values import time_out

Find: TypeAlias = Callable[[KeyFile], tuple[Found, ...]]

_WORK = ".trial-backup-"
"""A name that opening a vault clears away, if a crash leaves it."""
_LOGS = (f"{database.NAME}{LOG}", f"{database.NAME}-journal", opening.REKEYED)
"""What must never lie beside another database than its own."""
_NAMES = "SELECT identity, id FROM entries WHERE identity IS NOT NULL"


def with_key(key: bytes) -> Find:
    """Open with a database key that is at hand."""
    return lambda slots: (Found(slots, key),)


def with_secret(path: Path, secret: Secret, attempts: Attempts) -> Find:
    """Open with what the person gives, or the keyring. Raises what `finding.find` does."""
    return lambda slots: finding.find(path, slots, secret, attempts)


@contextmanager
def opened(path: Path, place: Path | None, find: Find, at: datetime) -> Iterator[Opened]:
    """Open a copy of a backup, brought up to date, which is gone afterwards.

    `place` is the folder that the copy is made in; None is the system's temporary place, which
    holds nothing in clear either. Raises `BackupDamaged`, `BackupLocked` when the key is another,
    `VaultTooNew`, `VaultNotWritable`, and what `find` raises.
    """
    try:
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=place))
    except OSError as error:
        raise files.not_writable(place or path.parent, error) from error
    try:
        copy = _open(path, work, find, at)
        try:
            yield copy
        finally:
            copy.close()
    except VaultError as error:
        if error.facts.get("path") == str(work):
            error.facts["path"] = str(path)
        raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _open(path: Path, work: Path, find: Find, at: datetime) -> Opened:
    try:
        backups_file.unpack(path, work)
    except OSError as error:
        raise files.not_writable(work, error) from error
    try:
        return opening.unlock_with(work, find, at)
    except VaultDamaged as error:
        # Its bytes are those that were checked when it was made: this key is not theirs.
        raise BackupLocked(path=str(path)) from error


def check(copy: Database, path: Path) -> None:
    """Look at every page of an opened copy before anything is replaced by it; `BackupDamaged`."""
    with suppress(VaultDamaged):
        if copy.rows("PRAGMA cipher_integrity_check") == [] and copy.rows("PRAGMA quick_check") == [
            ("ok",)
        ]:
            return
    raise BackupDamaged(path=str(path))


def look(path: Path, place: Path | None, find: Find, at: datetime) -> Backup:
    """Examine one backup and open it: how many credentials are in it, or why it does not open."""
    found = backups_file.examine(path)
    if found.state is not BackupState.GOOD:
        return found
    if found.schema is not None and found.schema > _known():
        return replace(found, state=BackupState.TOO_NEW)
    try:
        with opened(path, place, find, at) as copy:
            sql = "SELECT count(*) FROM entries WHERE deleted_at IS NULL"
            return replace(found, credentials=copy.database.value(sql))
    except BackupLocked:
        return replace(found, state=BackupState.OTHER_KEY)
    except BackupDamaged:
        return replace(found, state=BackupState.DAMAGED)


def preview(there: Database, here: Database, found: Backup) -> Preview:
    """Compare a backup's entries with those here, by bytes, then by identity."""
    bytes_here = _pairs(here, "SELECT sha256, entry FROM versions")
    named_here = _pairs(here, _NAMES)
    bytes_there = _pairs(there, "SELECT sha256, entry FROM versions")
    named_there = {place: name for name, place in _pairs(there, _NAMES).items()}
    only_there: list[Entry] = []
    more_there: list[Entry] = []
    same: list[Entry] = []
    matched: set[str] = set()
    for entry in _everything(there):
        own = {sha256 for sha256, place in bytes_there.items() if place == entry.id}
        met = {bytes_here[sha256] for sha256 in own if sha256 in bytes_here}
        name = named_there.get(entry.id)
        met |= {named_here[name]} if name in named_here else set()
        matched |= met
        kind = same if own <= bytes_here.keys() else more_there if met else only_there
        kind.append(entry)
    only_here = tuple(entry for entry in _everything(here) if entry.id not in matched)
    return Preview(found, tuple(only_there), tuple(more_there), tuple(same), only_here)


def replace_with(copy: Opened, live: Opened, at: datetime) -> None:
    """Put an opened copy's database in the place of an open vault's, whose keys stay.

    What lies in its trash is dated `at`, or it would be gone at the next start.
    """
    base = copy.database
    with base.change():
        _fresh_trash(base, at)
        base.run("DELETE FROM settings WHERE key LIKE 'backup.%'")
        for row in live.database.rows("SELECT key, value FROM settings WHERE key LIKE 'backup.%'"):
            base.run("INSERT INTO settings (key, value) VALUES (?, ?)", *row)
    base.run("PRAGMA journal_mode = DELETE")
    if copy.key != live.key:
        base.run(f"PRAGMA rekey = \"x'{live.key.hex()}'\"")
    base.close()
    live.database.exchange(base.path, live.key, live.key)


def newest_good(folders: tuple[Path, ...]) -> Backup | None:
    """Return the newest backup in these folders that is whole and not of a later version.

    No key is needed: each was opened and checked when it was made, and its checksum says that it
    is still those bytes.
    """
    listed = (one for folder in folders for one in backups_file.in_folder(folder))
    for one in backups_file.newest_first(listed):
        if one.state is BackupState.GOOD and one.schema is not None and one.schema <= _known():
            found = backups_file.examine(one.path)
            if found.state is BackupState.GOOD:
                return found
    return None


def restore_over(folder: Path, path: Path, find: Find, at: datetime) -> tuple[Path, ...]:
    """Bring a backup back where the vault is damaged or gone; returns what was moved aside.

    Nothing is overwritten: each damaged file gets a dated name beside it. The present keys.json
    stays if its slots hold the backup's key, else that of the backup takes its place. Cut off on
    the way, the vault is still damaged, and this can be done again. Raises what `opened` does,
    `BackupDamaged`, `VaultBusy`, `VaultNotWritable`.
    """
    try:
        folder.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    lock = Lock(folder)
    try:
        with opened(path, folder, find, at) as copy:
            check(copy.database, path)
            with copy.database.change():
                _fresh_trash(copy.database, at)
            copy.database.run("PRAGMA journal_mode = DELETE")
            copy.database.close()
            return _put(copy, folder, at)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    finally:
        lock.release()


def _put(copy: Opened, folder: Path, at: datetime) -> tuple[Path, ...]:
    """Move what is there aside and the copy's files in; the log first, the database last."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    moved = [_aside(folder / name, stamp) for name in _LOGS]
    if not _holds(folder, copy.key):
        moved.append(_aside(folder / keyfile.NAME, stamp))
        (copy.folder / keyfile.NAME).replace(folder / keyfile.NAME)
        files.sync_folder(folder)
    moved.append(_aside(folder / database.NAME, stamp))
    (copy.folder / database.NAME).replace(folder / database.NAME)
    files.sync_folder(folder)
    return tuple(path for path in moved if path is not None)


def _aside(path: Path, stamp: str) -> Path | None:
    """Give a file a dated name that is free; None where there is no file."""
    if not path.exists():
        return None
    aside, number = path.with_name(f"{path.name}.damaged-{stamp}"), 1
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{stamp}-{number}")
    path.rename(aside)
    files.sync_folder(path.parent)
    return aside


def _holds(folder: Path, key: bytes) -> bool:
    """Whether the key file there is whole, and of this database key alone."""
    try:
        slots = keyfile.load(folder)
    except VaultError:
        return False
    return slots.successor is None and slots.is_sealed_with(key)


def _fresh_trash(base: Database, at: datetime) -> None:
    sql = "UPDATE entries SET deleted_at = ? WHERE deleted_at IS NOT NULL"
    base.run(sql, time_out(trash.now_or_later(base, at)))


def _pairs(base: Database, sql: str) -> dict[str, str]:
    return {row[0]: row[1] for row in base.rows(sql)}


def _everything(base: Database) -> tuple[Entry, ...]:
    return tuple(
        entry
        for deleted in (False, True)
        for entry in credentials.entries(base, "", deleted=deleted)
    )


def _known() -> int:
    return schema.migrations()[-1].number
