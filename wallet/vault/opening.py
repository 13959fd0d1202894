"""Making and opening the vault's folder: locks, key slots, schema, in an order that loses nothing.

1. the folder and its two files are there, else `VaultMissing` or `VaultDamaged`;
2. the lock is ours, else `VaultBusy`; where nothing can be written, it is a reader's lock;
3. keys.json is whole and not newer, else `VaultDamaged` or `VaultTooNew`;
4. wallet.db could be a vault's database, else `VaultDamaged`;
5. a slot gives the database key, else `WrongPassphrase`, `WrongSheet` or `VaultLocked`; after a
   change of that key was cut off, both keys;
6. the first page decrypts and the tables are there, else `VaultDamaged` or `VaultTooNew`; where a
   crash left a write-ahead log, this is tried on a copy first, because SQLite folds the log in when
   it closes, and that would write into a damaged or newer vault;
7. the slots are those that the holder of the key wrote, else `VaultDamaged`;
8. only now something is written, and nothing where that is not possible: what a change of key left
   is finished, the journal's mode, and migrations after a copy.
"""

import contextlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wallet.errors import (
    VaultDamaged,
    VaultError,
    VaultExists,
    VaultLocked,
    VaultMissing,
    VaultNotWritable,
)
from wallet.vault import database, files, finding, keyfile, schema, trash
from wallet.vault.attempts import Attempts
from wallet.vault.database import Database
from wallet.vault.finding import Found, Secret
from wallet.vault.kdf import KEY_BYTES, Kdf
from wallet.vault.keyfile import KeyFile
from wallet.vault.lock import Lock
from wallet.vault.memory import keep_out_of_dumps
from wallet.vault.slots import passphrase_slot

REKEYED = "wallet.db.rekey"
"""The database with its new key, while a change of the key is on its way."""
_TRIAL = ".trial-"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault folder: what has to be closed again."""

    folder: Path
    lock: Lock
    database: Database
    key: bytes = field(repr=False)
    copy: "tempfile.TemporaryDirectory[str] | None" = None
    """Where the database lies that is read, when a log beside the real one cannot be folded in."""
    read_only: bool = False

    def close(self) -> None:
        """Close the database, then let the next one in."""
        try:
            self.database.close()
            if self.copy is not None:
                self.copy.cleanup()
        finally:
            self.lock.release()


def make(folder: Path, passphrase: str, kdf: Kdf, at: datetime) -> Opened:
    """Make a new vault and open it; see `Vault.create`.

    It is built beside its place and moved there whole: no crash leaves half a vault.
    """
    if folder.exists() or folder.is_symlink():
        raise VaultExists(path=str(folder))
    keep_out_of_dumps()
    key = secrets.token_bytes(KEY_BYTES)
    slots = KeyFile.sealed([passphrase_slot(key, passphrase, kdf)], key)
    try:
        folder.parent.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise files.not_writable(folder, error) from error
    try:
        _fill(work, slots, key, at)
        if folder.exists():  # somebody was faster; an empty folder would be replaced silently
            raise VaultExists(path=str(folder))
        work.rename(folder)
        with contextlib.suppress(OSError):  # it has happened; without this, it can still be undone
            files.sync_folder(folder.parent)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    except VaultError as error:
        raise _about(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return unlock_with(folder, lambda _: (Found(slots, key),), at)


def unlock(folder: Path, secret: Secret, at: datetime, attempts: Attempts) -> Opened:
    """Open an existing vault; see `Vault.open` and the steps above."""
    return unlock_with(folder, lambda slots: finding.find(folder, slots, secret, attempts), at)


def unlock_with(folder: Path, find: Callable[[KeyFile], tuple[Found, ...]], at: datetime) -> Opened:
    """Open an existing vault with the keys that `find` finds in its slots."""
    if not folder.is_dir() or not any((folder / n).exists() for n in (keyfile.NAME, database.NAME)):
        raise VaultMissing(path=str(folder))
    keep_out_of_dumps()
    lock = Lock(folder)
    try:
        slots = keyfile.load(folder)
        writable = database.check_outside(folder / database.NAME) and not lock.read_only
        opened, chosen = _connect(folder, lock, slots, find(slots), read_only=not writable)
    except BaseException:
        lock.release()
        raise
    try:
        _settle(opened, slots, chosen, at)
    except BaseException:
        opened.close()
        raise
    return opened


def _fill(folder: Path, slots: KeyFile, key: bytes, at: datetime) -> None:
    keyfile.save(folder, slots)
    new = database.create(folder / database.NAME, key)
    try:
        new.make_durable()
        schema.bring_up_to_date(new, at, schema.migrations(), found=0)
        trash.remember(new, at)
    finally:
        new.close()


def _connect(
    folder: Path, lock: Lock, stored: KeyFile, found: tuple[Found, ...], *, read_only: bool
) -> tuple[Opened, KeyFile]:
    """Open the database with the one of the keys that fits; return that key's slots with it."""
    connect = _to_read if read_only else _to_write
    for one in found[:-1]:
        with contextlib.suppress(VaultDamaged):
            return connect(folder, lock, one.key), one.slots
    try:
        return connect(folder, lock, found[-1].key), found[-1].slots
    except VaultDamaged:
        if stored.successor is None or len(found) == 2:
            raise
        # This slot is of the old key alone, and the database has the new one already.
        raise VaultLocked(path=str(folder), why="passphrase") from None


def _settle(opened: Opened, stored: KeyFile, slots: KeyFile, at: datetime) -> None:
    """Steps 7 and 8."""
    steps = schema.migrations()
    number: int = opened.database.value("PRAGMA user_version")  # step 6 has looked at the rest
    sealed = slots.is_sealed_with(opened.key)
    if not sealed and (slots.seal or number >= keyfile.SEALED_FROM_SCHEMA):
        raise VaultDamaged(path=str(opened.folder), what=keyfile.NAME, why="altered")
    if opened.read_only:
        if number < steps[-1].number:
            raise VaultNotWritable(path=str(opened.folder), detail="READONLY")
        return
    if not sealed or stored.successor is not None:
        keyfile.save(opened.folder, KeyFile.sealed(slots.slots, opened.key))
    for name in os.listdir(opened.folder):
        unfinished = name.startswith(f"{keyfile.NAME}.") and name.endswith(files.UNFINISHED)
        if unfinished or name.startswith(REKEYED):
            (opened.folder / name).unlink(missing_ok=True)
    files.tighten(opened.folder)
    opened.database.make_durable()
    schema.bring_up_to_date(opened.database, at, steps, number)


def _to_write(folder: Path, lock: Lock, key: bytes) -> Opened:
    known = schema.migrations()[-1].number
    for name in os.listdir(folder):
        if name.startswith(_TRIAL):
            shutil.rmtree(folder / name, ignore_errors=True)
    if _has_log(folder):
        with _copied(folder, folder) as place:
            trial = Database(Path(place) / database.NAME, key, folder=folder)
            try:
                schema.check(trial, known)
            finally:
                trial.close()
            if _has_hole(trial.path, (folder / database.NAME).stat().st_size):
                raise database.damaged(folder, "cut_short")
    opened = Opened(folder, lock, Database(folder / database.NAME, key), key)
    return _checked(opened, known)


def _has_hole(folded: Path, before: int) -> bool:
    """Tell whether a page is missing between the file's end before and what the log brought."""
    with folded.open("rb") as file:
        file.seek(before)
        rest = file.read()
    first = -before % database.PAGE_BYTES
    pages = range(first, len(rest), database.PAGE_BYTES)
    ends = [rest[:first], *(rest[start : start + database.PAGE_BYTES] for start in pages)]
    return any(page and not any(page) for page in ends)  # an encrypted page is never empty


def _to_read(folder: Path, lock: Lock, key: bytes) -> Opened:
    copy = _copied(folder, None) if _has_log(folder) else None
    if copy is None:
        base = Database(folder / database.NAME, key, read_only=True)
    else:
        base = Database(Path(copy.name) / database.NAME, key, folder=folder)
    opened = Opened(folder, lock, base, key, copy, read_only=True)
    checked = _checked(opened, schema.migrations()[-1].number)
    base.run("PRAGMA query_only = ON")
    return checked


def _checked(opened: Opened, known: int) -> Opened:
    try:
        schema.check(opened.database, known)
    except BaseException:
        opened.database.close()
        if opened.copy is not None:
            opened.copy.cleanup()
        raise
    return opened


def _has_log(folder: Path) -> bool:
    log = folder / f"{database.NAME}{database.LOG}"
    try:
        return log.exists() and log.stat().st_size > 0
    except OSError as error:
        raise files.not_writable(folder, error) from error


def _copied(folder: Path, beside: Path | None) -> "tempfile.TemporaryDirectory[str]":
    """Copy the encrypted database and its log; `beside` None is the system's temporary place."""
    try:
        place = tempfile.TemporaryDirectory(prefix=_TRIAL, dir=beside)
        for name in (database.NAME, f"{database.NAME}{database.LOG}"):
            shutil.copyfile(folder / name, Path(place.name) / name)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    return place


def _about(folder: Path, error: VaultError) -> VaultError:
    """The same error, said of the vault and not of the place where it was built."""
    return type(error)(**{**error.facts, "path": str(folder)})
