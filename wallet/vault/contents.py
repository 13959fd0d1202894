"""The bytes as issued, in the database: stored smaller where that helps, given back as they came.

Documents of JSON and tokens shrink to a third or a half. Whatever is stored shorter than the
version's size was deflated (RFC 1950); the rest lies as it is, as everything did up to schema 4.
"""

import hashlib
import zlib

from wallet.errors import VaultDamaged
from wallet.vault.database import Database

LEVEL = 1
"""The quickest: the slowest takes twice as long for a twentieth less."""


def put(database: Database, seq: int, raw: bytes) -> None:
    """Store the bytes of a version that is there already."""
    packed = zlib.compress(raw, LEVEL)
    stored = packed if len(packed) < len(raw) else raw
    database.run("INSERT INTO contents (seq, raw) VALUES (?, ?)", seq, stored)


def get(database: Database, seq: int) -> bytes:
    """Return the bytes of a version; `VaultDamaged` when they are not those that came."""
    sql = "SELECT c.raw, v.size, v.sha256 FROM contents AS c JOIN versions AS v USING (seq)"
    found = database.row(f"{sql} WHERE seq = ?", seq)
    if found is not None:
        stored, size, sha256 = found
        raw = stored if len(stored) >= size else _unpacked(stored, size)
        if hashlib.sha256(raw).hexdigest() == sha256:
            return raw
    raise VaultDamaged(path=str(database.folder), what="contents", why="altered")


def _unpacked(stored: bytes, size: int) -> bytes:
    """Unpack no more than `size` bytes; b"" where it is nothing packed."""
    try:
        return zlib.decompressobj().decompress(stored, size)
    except zlib.error:
        return b""
