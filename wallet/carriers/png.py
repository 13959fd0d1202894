"""PNG pictures that carry a badge: taken out of its text chunk, and baked into one.

Chunks are walked as PNG defines them (W3C PNG, third edition, sections 5 and 11.3.3); no bytes are
searched. Nothing is decompressed but the text of a badge. The picture itself is never decoded.
"""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from wallet.carriers.baking import (
    MAX_CONTENT,
    Baked,
    Baking,
    checked_content,
    only_one_of_each,
)
from wallet.errors import MalformedCredential, TooLarge

MAX_BYTES = 32 * 1024 * 1024
"""Of the file: as much as one picture may have."""
MAX_CHUNKS = 20_000
"""A picture of the largest size in pieces of eight kilobytes has four thousand."""

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER_BYTES = 13
_MAX_LENGTH = 2**31 - 1
_TEXTS = frozenset({b"iTXt", b"tEXt", b"zTXt"})
_KEYWORDS = {kind.value.encode(): kind for kind in Baking}
_LONGEST_KEYWORD = max(map(len, _KEYWORDS))


@dataclass(frozen=True, slots=True)
class _Chunk:
    """One chunk: what it is, what it holds, and where it stands in the file."""

    type: bytes
    body: bytes
    start: int
    end: int

    @property
    def keyword(self) -> Baking | None:
        """The kind of credential that a text chunk is for."""
        if self.type not in _TEXTS:
            return None
        return _KEYWORDS.get(self.body[: _LONGEST_KEYWORD + 1].partition(b"\0")[0])


def is_png(data: bytes) -> bool:
    """Tell by the first bytes whether this is a PNG."""
    return data.startswith(SIGNATURE)


def may_be_baked(data: bytes) -> bool:
    """Tell whether a PNG could carry a badge, whose keyword stands in clear: cheap."""
    return is_png(data) and any(keyword in data for keyword in _KEYWORDS)


def unbake(data: bytes) -> tuple[Baked, ...]:
    """Return what is baked into a PNG, in the file's order; nothing for a plain picture.

    An `iTXt` chunk, packed or not, holds JSON, a token or an address; the older `tEXt` chunk holds
    an address and counts where there is no `iTXt` (Open Badges 2.0 baking, sections 2.1 and 2.3).
    `zTXt` is the same, packed: no specification has it, and picture editors make it of `tEXt`.

    Raises:
        MalformedCredential: no PNG, chunks broken or out of order, a wrong checksum, a badge's
            text that cannot be read, or two badges of a kind.
        TooLarge: beyond `MAX_BYTES`, `MAX_CHUNKS` or `MAX_CONTENT`.
    """
    found: list[Baked] = []
    older: list[Baked] = []
    for chunk in _chunks(data):
        kind = chunk.keyword
        if kind is None:
            continue
        if chunk.type == b"iTXt":
            found.append(Baked(kind, _international(chunk.body)))
        else:
            older.append(Baked(kind, _plain(chunk)))
    kinds = {baked.kind for baked in found}
    return only_one_of_each([*found, *(baked for baked in older if baked.kind not in kinds)])


def bake(data: bytes, kind: Baking, content: bytes) -> bytes:
    """Return the PNG with `content` baked in; one of that kind that is there is replaced.

    Every other byte stays as it was. The chunk is not packed: the specification forbids it. It
    stands directly behind the header, or where the one before it stood.

    Raises:
        MalformedCredential: no PNG, or nothing that could be baked; see `unbake`.
        TooLarge: see `unbake`; `MAX_CONTENT` for the content.
    """
    chunk = _itxt(kind, checked_content(content))
    pieces = [data[: len(SIGNATURE)]]
    place = end = 0
    for here in _chunks(data):
        if here.keyword is kind:
            place = place or len(pieces)
        else:
            pieces.append(data[here.start : here.end])
        end = here.end
    pieces.insert(place or 2, chunk)
    return b"".join((*pieces, data[end:]))


# ---- chunks -------------------------------------------------------------------------------------


def _chunks(data: bytes) -> Iterator[_Chunk]:
    """Walk the chunks up to the end of the picture; what comes after it is no part of it."""
    if len(data) > MAX_BYTES:
        raise TooLarge("PNG", limit=MAX_BYTES)
    if not is_png(data):
        raise MalformedCredential("PNG")
    order = _Order()
    place = len(SIGNATURE)
    for _ in range(MAX_CHUNKS):
        chunk = _chunk(data, place)
        order.check(chunk)
        yield chunk
        place = chunk.end
        if chunk.type == b"IEND":
            return
    raise TooLarge("PNG chunks", limit=MAX_CHUNKS)


def _chunk(data: bytes, place: int) -> _Chunk:
    if place + 12 > len(data):
        raise MalformedCredential("PNG", detail="cut off")
    length, kind = struct.unpack_from(">I4s", data, place)
    if not kind.isalpha() or not kind.isascii():
        raise MalformedCredential("PNG chunk type")
    end = place + 12 + length
    if length > _MAX_LENGTH or end > len(data):
        raise MalformedCredential("PNG", detail="cut off")
    body = data[place + 8 : end - 4]
    (checksum,) = struct.unpack_from(">I", data, end - 4)
    if zlib.crc32(body, zlib.crc32(kind)) != checksum:
        raise MalformedCredential("PNG checksum")
    return _Chunk(kind, body, place, end)


@dataclass(slots=True)
class _Order:
    """The order of chunks (section 5.6): header first, data together, the end last."""

    begun: bool = False
    data: bool = False
    after_data: bool = False

    def check(self, chunk: _Chunk) -> None:
        """Take the next chunk.

        Raises:
            MalformedCredential: it must not stand here.
        """
        if (chunk.type == b"IHDR") == self.begun:
            raise MalformedCredential("PNG order", chunk=chunk.type.decode("ascii"))
        if chunk.type == b"IHDR":
            self.begun = True
            if len(chunk.body) != _HEADER_BYTES:
                raise MalformedCredential("PNG header")
        elif chunk.type == b"IDAT":
            if self.after_data:
                raise MalformedCredential("PNG order", chunk="IDAT")
            self.data = True
        else:
            self.after_data = self.data
        if chunk.type == b"IEND" and (chunk.body or not self.data):
            raise MalformedCredential("PNG order", chunk="IEND")


# ---- texts --------------------------------------------------------------------------------------


def _international(body: bytes) -> bytes:
    """Read the text of an `iTXt` chunk (section 11.3.3.4)."""
    _, _, rest = body.partition(b"\0")
    if len(rest) < 2 or rest[0] > 1 or (rest[0] == 1 and rest[1] != 0):
        raise MalformedCredential("PNG text")
    _language, mark, rest_of_it = rest[2:].partition(b"\0")
    _translated, second, text = rest_of_it.partition(b"\0")
    if not mark or not second:
        raise MalformedCredential("PNG text")
    if rest[0] == 1:
        text = _unpacked(text)
    if len(text) > MAX_CONTENT:
        raise TooLarge("baked credential", limit=MAX_CONTENT)
    return _worth(text)


def _plain(chunk: _Chunk) -> bytes:
    """Read the text of a `tEXt` or `zTXt` chunk, which is Latin-1 (sections 11.3.3.2 and 3)."""
    _, mark, text = chunk.body.partition(b"\0")
    if chunk.type == b"zTXt" and mark:
        if text[:1] != b"\0":
            raise MalformedCredential("PNG text")
        text = _unpacked(text[1:])
    if len(text) > MAX_CONTENT:
        raise TooLarge("baked credential", limit=MAX_CONTENT)
    if not mark:
        raise MalformedCredential("PNG text")
    return _worth(text.decode("latin-1").encode("utf-8"))


def _worth(text: bytes) -> bytes:
    """Return a text without the white space around it, if it is one."""
    return checked_content(text).strip().encode("utf-8")


def _unpacked(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(packed, MAX_CONTENT + 1)
    except zlib.error as error:
        raise MalformedCredential("PNG text") from error
    if len(text) > MAX_CONTENT:
        raise TooLarge("baked credential", limit=MAX_CONTENT)
    if not unpacker.eof or unpacker.unused_data:
        raise MalformedCredential("PNG text")
    return text


def _itxt(kind: Baking, text: str) -> bytes:
    body = kind.value.encode("ascii") + b"\0\0\0\0\0" + text.encode("utf-8")
    checksum = zlib.crc32(body, zlib.crc32(b"iTXt"))
    return struct.pack(">I", len(body)) + b"iTXt" + body + struct.pack(">I", checksum)
