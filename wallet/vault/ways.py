"""The ways to open an open vault next time: key slots added, changed and removed, a new key.

Every change replaces keys.json as a whole; only a new database key writes the database again.
"""

import contextlib
import secrets
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from wallet.errors import KeyringUnavailable, UsageError, VaultDamaged, VaultNotWritable
from wallet.model.keeping import SlotKind
from wallet.vault import files, finding, keyfile, keys, sheet
from wallet.vault.database import Database
from wallet.vault.finding import Secret
from wallet.vault.kdf import KEY_BYTES, Kdf
from wallet.vault.keyfile import KeyFile
from wallet.vault.opening import REKEYED, Opened
from wallet.vault.slots import (
    KeyringSlot,
    PassphraseSlot,
    SheetSlot,
    Slot,
    keyring_slot,
    passphrase_slot,
    sheet_slot,
)


def slots_of(opened: Opened) -> KeyFile:
    """Read the slots of the open key.

    Raises `VaultDamaged` when keys.json is not what the holder of the key wrote, and
    `VaultNotWritable` when the folder is no longer where it was.
    """
    opened.database.expect_in_place()
    stored = keyfile.load(opened.folder)
    for one in (stored, stored.successor):
        if one is not None and one.is_sealed_with(opened.key):
            return one
    raise VaultDamaged(path=str(opened.folder), what=keyfile.NAME, why="altered")


def change_passphrase(opened: Opened, new: str, least: Kdf | None) -> None:
    """Replace the passphrase slot; its cost stays, or becomes `least` where that is higher."""
    found = slots_of(opened)
    slot = passphrase_slot(opened.key, new, _cost(found, least))
    _save(opened, (slot, *found.without(PassphraseSlot)))


def strengthen(opened: Opened, secret: Secret, least: Kdf | None) -> None:
    """Write the slot of the passphrase that opened again, when a guess costs less than `least`."""
    if least is None or secret.passphrase is None or secret.sheet is not None:
        return
    kept = cost(slots_of(opened))
    if kept is not None and kept.weaker_than(least):
        change_passphrase(opened, secret.passphrase, least)


def cost(found: KeyFile) -> Kdf | None:
    """Return the parameters of the passphrase slot, None where there is none."""
    return next((slot.kdf for slot in found.slots if isinstance(slot, PassphraseSlot)), None)


def add_keyring(opened: Opened) -> None:
    """Put a new random secret into the system keyring, and a slot for it into keys.json."""
    found = slots_of(opened)
    slot_id = secrets.token_hex(8)
    slot = keyring_slot(opened.key, keys.remember(slot_id), slot_id)
    try:
        _save(opened, (*found.without(KeyringSlot), slot))
    except BaseException:
        keys.forget(slot_id)
        raise
    _forget(found.slots)


def add_sheet(opened: Opened) -> str:
    """Make a recovery sheet in place of the one before, if any, and return its text, once."""
    found = slots_of(opened)
    secret = sheet.new_secret()
    _save(opened, (*found.without(SheetSlot), sheet_slot(opened.key, secret)))
    return sheet.write(secret)


def check_sheet(opened: Opened, text: str) -> None:
    """Raise `WrongSheet` when a sheet's text would not open the vault."""
    finding.find_key(opened.folder, slots_of(opened), Secret(sheet=text))


def remove(opened: Opened, kind: type[Slot]) -> None:
    """Remove the slots of a kind. Raises `UsageError` when none would be left."""
    found = slots_of(opened)
    _save(opened, found.without(kind))
    _forget(slot for slot in found.slots if isinstance(slot, kind))


def rekey(opened: Opened, passphrase: str) -> tuple[Opened, tuple[SlotKind, ...]]:
    """Give the database a new key, and return which ways to open it could not be kept.

    1. a copy with the new key is written beside the database, and checked;
    2. keys.json holds the slots of both keys;
    3. the copy takes the database's place, in one step;
    4. keys.json holds the new slots alone.

    A crash before the third step leaves the old key, after it the new one; the next opening removes
    what is left over. Raises `WrongPassphrase` and `VaultNotWritable`; nothing changed then.
    """
    found = slots_of(opened)
    _expect_writable(opened)
    finding.find_key(opened.folder, found, Secret(passphrase))
    key = secrets.token_bytes(KEY_BYTES)
    slots: list[Slot] = [passphrase_slot(key, passphrase, _cost(found, None))]
    if found.of(KeyringSlot):
        slots += _new_keyring_slot(key)
    new = KeyFile.sealed(slots, key)
    copy = opened.folder / REKEYED
    try:
        _write_again(opened, copy, key)
        keyfile.save(opened.folder, KeyFile.sealed(found.slots, opened.key, successor=new))
        opened.database.exchange(copy, opened.key, key)
    except BaseException:
        _forget(slots)
        copy.unlink(missing_ok=True)
        raise
    renewed = replace(opened, key=key)
    with contextlib.suppress(VaultNotWritable):  # the next change or opening writes it
        _save(renewed, slots)
    _forget(found.slots)
    kept = {slot.kind for slot in slots}
    return renewed, tuple(slot.kind for slot in found.slots if slot.kind not in kept)


def _cost(found: KeyFile, least: Kdf | None) -> Kdf:
    kept = cost(found) or least or Kdf.least()
    return least if least is not None and kept.weaker_than(least) else kept


def _new_keyring_slot(key: bytes) -> list[Slot]:
    slot_id = secrets.token_hex(8)
    try:
        return [keyring_slot(key, keys.remember(slot_id), slot_id)]
    except KeyringUnavailable:
        return []


def _write_again(opened: Opened, copy: Path, key: bytes) -> None:
    """Write the database with another key into a new file beside it, and open it again."""
    try:
        files.new_file(copy)
    except OSError as error:
        raise files.not_writable(opened.folder, error) from error
    opened.database.run("VACUUM INTO ?", str(copy))
    written = Database(copy, opened.key)
    try:
        written.run("PRAGMA journal_mode = MEMORY")
        written.run("PRAGMA synchronous = FULL")
        written.run(f"PRAGMA rekey = \"x'{key.hex()}'\"")
    finally:
        written.close()
    again = Database(copy, key, read_only=True)
    try:
        if again.rows("PRAGMA cipher_integrity_check"):
            raise VaultNotWritable(path=str(opened.folder), detail="IOERR")
    finally:
        again.close()


def _save(opened: Opened, slots: Iterable[Slot]) -> None:
    _expect_writable(opened)
    found = tuple(slots)
    if not found:
        raise UsageError(detail="last_way")
    keyfile.save(opened.folder, KeyFile.sealed(found, opened.key))


def _expect_writable(opened: Opened) -> None:
    if opened.read_only:
        raise VaultNotWritable(path=str(opened.folder), detail="READONLY")


def _forget(slots: Iterable[Slot]) -> None:
    for slot in slots:
        if isinstance(slot, KeyringSlot):
            keys.forget(slot.id)
