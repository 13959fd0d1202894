"""Finding the database key: with a passphrase, a recovery sheet or the system keyring."""

from dataclasses import dataclass, field
from pathlib import Path

from wallet.errors import (
    KeyringUnavailable,
    UsageError,
    VaultError,
    VaultLocked,
    WrongPassphrase,
    WrongSheet,
)
from wallet.vault import keys, sheet
from wallet.vault.attempts import Attempts
from wallet.vault.keyfile import KeyFile
from wallet.vault.slots import KeyringSlot, PassphraseSlot, SheetSlot, unwrap


@dataclass(frozen=True, slots=True)
class Secret:
    """What the person gives: a passphrase, a recovery sheet's text, or nothing (the keyring)."""

    passphrase: str | None = field(default=None, repr=False)
    sheet: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Found:
    """A set of slots, and the database key that one of them gave."""

    slots: KeyFile
    key: bytes = field(repr=False)


def find_key(folder: Path, found: KeyFile, secret: Secret) -> bytes:
    """Return the database key: with the sheet or the passphrase if given, else from the keyring.

    Raises `WrongPassphrase`, `WrongSheet`, or `VaultLocked` with `why`: `passphrase` (there is no
    keyring slot), `absent`, `locked`, `refused`, `no_answer` (as the keyring says), `forgotten`
    (it has not our secret).
    """
    if secret.sheet is not None:
        return _with_sheet(folder, found, secret.sheet)
    if secret.passphrase is not None:
        return _with_passphrase(folder, found, secret.passphrase)
    why = "passphrase"
    for slot in found.slots:
        if not isinstance(slot, KeyringSlot):
            continue
        try:
            kept = keys.recall(slot.id)
        except KeyringUnavailable as error:
            raise VaultLocked(path=str(folder), why=str(error.facts["why"])) from error
        key = None if kept is None else unwrap(slot, kept)
        if key is not None:
            return key
        why = "forgotten"
    raise VaultLocked(path=str(folder), why=why)


def find(folder: Path, slots: KeyFile, secret: Secret, attempts: Attempts) -> tuple[Found, ...]:
    """Return the keys that a secret opens: two where a change of the key was cut off.

    Raises what `find_key` does; a wrong secret is counted, and the next one waits for it.
    """
    if secret.passphrase is None and secret.sheet is None:
        return _find_keys(folder, slots, secret)
    attempts.wait()
    try:
        found = _find_keys(folder, slots, secret)
    except (WrongPassphrase, WrongSheet):
        attempts.wrong()
        raise
    attempts.right()
    return found


def _find_keys(folder: Path, slots: KeyFile, secret: Secret) -> tuple[Found, ...]:
    """Try the slots of both keys, where a change of the key was cut off."""
    found: list[Found] = []
    refusals: list[VaultError] = []
    for one in (slots, slots.successor):
        try:
            if one is not None:
                found.append(Found(one, find_key(folder, one, secret)))
        except VaultError as error:
            refusals.append(error)
    if not found:
        raise refusals[0]
    return tuple(found)


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


def _with_sheet(folder: Path, found: KeyFile, text: str) -> bytes:
    secret = sheet.read(text)
    for slot in found.slots:
        key = unwrap(slot, slot.derive(secret)) if isinstance(slot, SheetSlot) else None
        if key is not None:
            return key
    raise WrongSheet(path=str(folder), why="other")
