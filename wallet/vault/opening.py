"""Making and opening the vault's folder: locks, key slots, schema, in an order that loses nothing.

1. the folder and its two files are there, else `VaultMissing` or `VaultDamaged`;
2. the lock is ours, else `VaultBusy`;
3. keys.json is whole and not newer, else `VaultDamaged` or `VaultTooNew`;
4. wallet.db could be a vault's database, else `VaultDamaged`;
5. a slot gives the database key, else `WrongPassphrase` or `VaultLocked`;
6. the first page decrypts and the tables are there, else `VaultDamaged` or `VaultTooNew`; where a
   crash left a write-ahead log, this is tried on a copy first, because SQLite folds the log in when
   it closes, and that would write into a damaged or newer vault;
7. only now something is written: the journal's mode, and migrations after a copy.
"""

import secrets
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from wallet.errors import (
    KeyringUnavailable,
    UsageError,
    VaultError,
    VaultExists,
    VaultLocked,
    VaultMissing,
    WrongPassphrase,
)
from wallet.vault import database, files, keyfile, keys, schema
from wallet.vault.database import Database
from wallet.vault.kdf import KEY_BYTES, Kdf
from wallet.vault.keyfile import KeyFile
from wallet.vault.slots import KeyringSlot, PassphraseSlot, passphrase_slot, unwrap

_TRIAL = ".trial-"


@dataclass(frozen=True, slots=True)
class Opened:
    """An open vault folder: what has to be closed again."""

    folder: Path
    lock: files.Lock
    database: Database
    key: bytes = field(repr=False)

    def close(self) -> None:
        """Close the database, then let the next one in."""
        try:
            self.database.close()
        finally:
            self.lock.release()


def make(folder: Path, passphrase: str, kdf: Kdf, at: datetime) -> Opened:
    """Make a new vault and open it; see `Vault.create`.

    It is built beside its place and moved there whole: no crash leaves half a vault.
    """
    if folder.exists() or folder.is_symlink():
        raise VaultExists(path=str(folder))
    key = secrets.token_bytes(KEY_BYTES)
    slot = passphrase_slot(key, passphrase, kdf)
    try:
        folder.parent.mkdir(mode=files.FOLDER_MODE, parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise files.not_writable(folder, error) from error
    try:
        _fill(work, KeyFile((slot,)), key, at)
        if folder.exists():  # somebody was faster; an empty folder would be replaced silently
            raise VaultExists(path=str(folder))
        work.rename(folder)
        files.sync_folder(folder.parent)
    except OSError as error:
        raise files.not_writable(folder, error) from error
    except VaultError as error:
        raise _about(folder, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return _open(folder, files.Lock(folder), key, at)


def unlock(folder: Path, passphrase: str | None, at: datetime) -> Opened:
    """Open an existing vault; see `Vault.open` and the steps above."""
    if not folder.is_dir() or not any((folder / n).exists() for n in (keyfile.NAME, database.NAME)):
        raise VaultMissing(path=str(folder))
    lock = files.Lock(folder)
    try:
        found = keyfile.load(folder)
        database.check_outside(folder / database.NAME)
        key = find_key(folder, found, passphrase)
    except BaseException:
        lock.release()
        raise
    return _open(folder, lock, key, at)


def find_key(folder: Path, found: KeyFile, passphrase: str | None) -> bytes:
    """Return the database key: with the passphrase if there is one, else from the keyring.

    Raises `WrongPassphrase`, or `VaultLocked` with `why`: `passphrase` (there is no keyring slot),
    `absent`, `locked`, `refused` (as the keyring says), `forgotten` (it has not our secret).
    """
    if passphrase is not None:
        return _with_passphrase(folder, found, passphrase)
    slots = [slot for slot in found.slots if isinstance(slot, KeyringSlot)]
    why = "forgotten" if slots else "passphrase"
    for slot in slots:
        try:
            secret = keys.recall(slot.id)
        except KeyringUnavailable as error:
            raise VaultLocked(path=str(folder), why=str(error.facts["why"])) from error
        key = None if secret is None else unwrap(slot, secret)
        if key is not None:
            return key
    raise VaultLocked(path=str(folder), why=why)


def _with_passphrase(folder: Path, found: KeyFile, passphrase: str) -> bytes:
    for slot in found.slots:
        if not isinstance(slot, PassphraseSlot):
            continue
        try:
            key = unwrap(slot, slot.kdf.derive(passphrase, slot.salt))
        except UsageError:  # empty, or no text: surely not the one
            break
        if key is not None:
            return key
    raise WrongPassphrase(path=str(folder))


def _fill(folder: Path, keyring: KeyFile, key: bytes, at: datetime) -> None:
    keyfile.save(folder, keyring)
    new = database.create(folder / database.NAME, key)
    try:
        new.make_durable()
        schema.bring_up_to_date(new, at, schema.migrations(), found=0)
    finally:
        new.close()


def _open(folder: Path, lock: files.Lock, key: bytes, at: datetime) -> Opened:
    steps = schema.migrations()
    try:
        _try_on_a_copy(folder, key, steps[-1].number)
        opened = Opened(folder, lock, Database(folder / database.NAME, key), key)
    except BaseException:
        lock.release()
        raise
    try:
        found = schema.check(opened.database, steps[-1].number)
        files.tighten(folder)
        opened.database.make_durable()
        schema.bring_up_to_date(opened.database, at, steps, found)
    except BaseException:
        opened.close()
        raise
    return opened


def _try_on_a_copy(folder: Path, key: bytes, known: int) -> None:
    log = folder / f"{database.NAME}-wal"
    try:
        for leftover in folder.glob(f"{_TRIAL}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        if not log.exists() or log.stat().st_size == 0:
            return
        with tempfile.TemporaryDirectory(prefix=_TRIAL, dir=folder) as place:
            for name in (database.NAME, log.name):
                shutil.copyfile(folder / name, Path(place) / name)
            trial = Database(Path(place) / database.NAME, key)
            try:
                schema.check(trial, known)
            finally:
                trial.close()
    except OSError as error:
        raise files.not_writable(folder, error) from error
    except VaultError as error:
        raise _about(folder, error) from error


def _about(folder: Path, error: VaultError) -> VaultError:
    """The same error, said of the vault and not of the place where it was tried or built."""
    return type(error)(**{**error.facts, "path": str(folder)})
