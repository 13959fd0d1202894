"""Key slots: the database key, wrapped once for each way to open the vault.

A slot holds the key under AES-256-GCM. The associated data is everything else that the slot says,
so a slot cannot be relabelled, moved to another kind, or given weaker parameters unnoticed.
"""

import json
import secrets
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wallet.model.keeping import SlotKind
from wallet.vault.kdf import KEY_BYTES, SALT_BYTES, Kdf

NONCE_BYTES = 12
BOX_BYTES = KEY_BYTES + 16
"""The wrapped key and its GCM tag."""
SLOT_VERSION = 1


@dataclass(frozen=True, slots=True)
class PassphraseSlot:
    """The database key under a key that Argon2id makes from the passphrase."""

    kind: ClassVar[SlotKind] = SlotKind.PASSPHRASE
    id: str
    kdf: Kdf
    salt: bytes
    nonce: bytes = b""
    box: bytes = b""

    @property
    def binding(self) -> bytes:
        """The associated data."""
        numbers = [self.kdf.memory_kib, self.kdf.passes, self.kdf.lanes]
        return _binding(self.kind, self.id, "argon2id", *numbers, self.salt.hex())


@dataclass(frozen=True, slots=True)
class KeyringSlot:
    """The database key under a random secret that the system keyring keeps under `id`."""

    kind: ClassVar[SlotKind] = SlotKind.KEYRING
    id: str
    nonce: bytes = b""
    box: bytes = b""

    @property
    def binding(self) -> bytes:
        """The associated data."""
        return _binding(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class SheetSlot:
    """The database key under a key made from the 128 random bits of the recovery sheet."""

    kind: ClassVar[SlotKind] = SlotKind.SHEET
    id: str
    nonce: bytes = b""
    box: bytes = b""

    @property
    def binding(self) -> bytes:
        """The associated data."""
        return _binding(self.kind, self.id)

    def derive(self, secret: bytes) -> bytes:
        """Return the wrapping key for a sheet's secret, which is random: nothing to slow down."""
        return derived(secret, self.binding)


Slot: TypeAlias = PassphraseSlot | KeyringSlot | SheetSlot


def _binding(*parts: str | int) -> bytes:
    return json.dumps(["mikrofolio", SLOT_VERSION, *parts]).encode()


def passphrase_slot(key: bytes, passphrase: str, kdf: Kdf) -> PassphraseSlot:
    """Wrap the 32-byte database key with a passphrase; takes as long as `kdf` says."""
    empty = PassphraseSlot(secrets.token_hex(8), kdf, secrets.token_bytes(SALT_BYTES))
    nonce, box = _wrap(kdf.derive(passphrase, empty.salt), key, empty.binding)
    return PassphraseSlot(empty.id, empty.kdf, empty.salt, nonce, box)


def keyring_slot(key: bytes, secret: bytes, slot_id: str) -> KeyringSlot:
    """Wrap the 32-byte database key with a random 32-byte secret."""
    nonce, box = _wrap(secret, key, KeyringSlot(slot_id).binding)
    return KeyringSlot(slot_id, nonce, box)


def sheet_slot(key: bytes, secret: bytes) -> SheetSlot:
    """Wrap the 32-byte database key with a recovery sheet's 16-byte secret."""
    empty = SheetSlot(secrets.token_hex(8))
    nonce, box = _wrap(empty.derive(secret), key, empty.binding)
    return SheetSlot(empty.id, nonce, box)


def derived(secret: bytes, purpose: bytes) -> bytes:
    """Return a 32-byte key for one purpose from a random secret: HKDF, RFC 5869."""
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(secret)


def unwrap(slot: Slot, wrapping_key: bytes) -> bytes | None:
    """Return the database key, or None when this wrapping key is not the slot's."""
    try:
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.box, slot.binding)
    except InvalidTag:
        return None


def _wrap(wrapping_key: bytes, key: bytes, binding: bytes) -> tuple[bytes, bytes]:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce, AESGCM(wrapping_key).encrypt(nonce, key, binding)
