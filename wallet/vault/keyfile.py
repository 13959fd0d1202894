"""keys.json: the key slots beside the database, read strictly and replaced as a whole.

The file holds no secret that is not wrapped. Its checksum tells damage from a wrong passphrase, and
each set of slots is sealed with a key made from the database key: whoever opens the vault sees when
somebody else put a slot in, took one out or exchanged one. While the database gets a new key, the
file holds the slots of both keys.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from wallet.errors import VaultDamaged, VaultTooNew
from wallet.vault import files
from wallet.vault.kdf import MAX_WORK_KIB, SALT_BYTES, Kdf
from wallet.vault.slots import (
    BOX_BYTES,
    NONCE_BYTES,
    KeyringSlot,
    PassphraseSlot,
    SheetSlot,
    Slot,
    derived,
)

NAME = "keys.json"
VERSION = 2
"""Version 1 had no seal, no recovery sheet and no successor."""
SEALED_FROM_SCHEMA = 2
"""A database of this schema was never without sealed slots: taking the seal off shows."""
SEAL_BYTES = 32
MAX_BYTES = 64 * 1024
MAX_SLOTS = 8
MAX_ID = 64


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The slots, in the order in which they are tried, and the seal over them."""

    slots: tuple[Slot, ...]
    seal: bytes = b""
    """Empty in a file of version 1."""
    successor: "KeyFile | None" = None
    """The slots of the new key, while a change of the database key is on its way."""

    @classmethod
    def sealed(
        cls, slots: Iterable[Slot], key: bytes, successor: "KeyFile | None" = None
    ) -> "KeyFile":
        """The slots of a database key, sealed with it."""
        found = tuple(slots)
        return cls(found, _seal(found, key), successor)

    def is_sealed_with(self, key: bytes) -> bool:
        """Tell whether whoever wrote these slots had the database key."""
        return hmac.compare_digest(self.seal, _seal(self.slots, key))

    def of(self, *kinds: type[Slot]) -> tuple[Slot, ...]:
        """The slots of these kinds."""
        return tuple(slot for slot in self.slots if isinstance(slot, kinds))

    def without(self, *kinds: type[Slot]) -> tuple[Slot, ...]:
        """The slots of all other kinds."""
        return tuple(slot for slot in self.slots if not isinstance(slot, kinds))


def load(folder: Path) -> KeyFile:
    """Read keys.json of a vault folder.

    Raises `VaultDamaged` when it is missing, too large, not what was written, or asks for more
    than the limits; `VaultTooNew` when a later version wrote it.
    """
    try:
        with (folder / NAME).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise VaultDamaged(path=str(folder), what=NAME, why="missing") from None
    except OSError as error:
        raise files.not_writable(folder, error) from error
    try:
        return parse(data)
    except (ValueError, KeyError, TypeError, RecursionError):
        why = "altered" if data else "empty"
        raise VaultDamaged(path=str(folder), what=NAME, why=why) from None


def save(folder: Path, keyfile: KeyFile) -> None:
    """Replace keys.json: the old one or the new one is there, whatever happens in between."""
    files.replace(folder / NAME, dump(keyfile))


def dump(keyfile: KeyFile) -> bytes:
    """Write the file's bytes."""
    content: dict[str, Any] = {"format": "mikrofolio-keys", "version": VERSION}
    content |= _set_out(keyfile)
    if keyfile.successor is not None:
        content["successor"] = _set_out(keyfile.successor)
    return json.dumps({**content, "sha256": _checksum(content)}, indent=1).encode() + b"\n"


def parse(data: bytes) -> KeyFile:
    """Read the file's bytes; ValueError, KeyError, TypeError or RecursionError when damaged.

    Raises `VaultTooNew` for a whole file with a higher version number.
    """
    if len(data) > MAX_BYTES:
        raise ValueError("size")
    content = json.loads(data.decode())
    _expect(isinstance(content, dict) and content.get("format") == "mikrofolio-keys")
    _expect(content.pop("sha256") == _checksum(content))
    version = content["version"]
    _expect(type(version) is int and version >= 1)
    if version > VERSION:
        raise VaultTooNew(found=version, known=VERSION)
    if version == 1:
        return _within_limits(KeyFile(_slots_in(content)))
    successor = _set_in(content["successor"]) if "successor" in content else None
    return _within_limits(replace(_set_in(content), successor=successor))


def _within_limits(found: KeyFile) -> KeyFile:
    slots = found.slots + (found.successor.slots if found.successor else ())
    work = sum(slot.kdf.work_kib for slot in slots if isinstance(slot, PassphraseSlot))
    _expect(work <= MAX_WORK_KIB)
    return found


def _set_out(keyfile: KeyFile) -> dict[str, Any]:
    slots = [_slot_out(slot) for slot in keyfile.slots]
    return {"slots": slots, "seal": base64.b64encode(keyfile.seal).decode()}


def _set_in(content: dict[str, Any]) -> KeyFile:
    return KeyFile(_slots_in(content), _bytes(content["seal"], SEAL_BYTES))


def _slots_in(content: dict[str, Any]) -> tuple[Slot, ...]:
    slots = content["slots"]
    _expect(isinstance(slots, list) and 1 <= len(slots) <= MAX_SLOTS)
    return tuple(_slot_in(item) for item in slots)


def _seal(slots: Iterable[Slot], key: bytes) -> bytes:
    content = json.dumps([_slot_out(slot) for slot in slots], sort_keys=True).encode()
    return hmac.digest(derived(key, b"mikrofolio keys.json"), content, "sha256")


def _slot_out(slot: Slot) -> dict[str, Any]:
    item: dict[str, Any] = {"kind": slot.kind.value, "id": slot.id}
    if isinstance(slot, PassphraseSlot):
        item["kdf"] = {
            "name": "argon2id",
            "memory_kib": slot.kdf.memory_kib,
            "passes": slot.kdf.passes,
            "lanes": slot.kdf.lanes,
        }
        item["salt"] = base64.b64encode(slot.salt).decode()
    item["nonce"] = base64.b64encode(slot.nonce).decode()
    item["key"] = base64.b64encode(slot.box).decode()
    return item


def _slot_in(item: dict[str, Any]) -> Slot:
    slot_id = item["id"]
    _expect(isinstance(slot_id, str) and 1 <= len(slot_id) <= MAX_ID)
    nonce, box = _bytes(item["nonce"], NONCE_BYTES), _bytes(item["key"], BOX_BYTES)
    if item["kind"] == KeyringSlot.kind:
        return KeyringSlot(slot_id, nonce, box)
    if item["kind"] == SheetSlot.kind:
        return SheetSlot(slot_id, nonce, box)
    _expect(item["kind"] == PassphraseSlot.kind and item["kdf"]["name"] == "argon2id")
    numbers = [item["kdf"][name] for name in ("memory_kib", "passes", "lanes")]
    _expect(all(type(number) is int for number in numbers))
    return PassphraseSlot(slot_id, Kdf(*numbers), _bytes(item["salt"], SALT_BYTES), nonce, box)


def _bytes(text: str, size: int) -> bytes:
    data = base64.b64decode(text, validate=True)
    _expect(len(data) == size)
    return data


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _expect(holds: bool) -> None:
    if not holds:
        raise ValueError("not a key file")
