"""The little of CBOR (RFC 8949) that proofs and signed tokens are written in, strictly.

Unsigned integers, byte and text strings, arrays and maps, written in any well-formed way: nobody
demands the shortest form or a definite length of a signer. Tag 64 (an array of bytes, RFC 8746)
around a byte string, as older signers write it. A token (`open_to_others`) may hold what concerns
others, so there negative integers, truth values, null and floating-point numbers are read too, and
tags looked through.
"""

import struct
from collections.abc import Iterator
from typing import TypeAlias

from wallet.errors import MalformedCredential, TooLarge

MAX_BYTES = 4 * 1024 * 1024
MAX_ITEMS = 50_000
MAX_DEPTH = 4

Cbor: TypeAlias = "int | float | bytes | str | list[Cbor] | dict[Cbor, Cbor] | None"

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_SIMPLE_VALUES = {20: False, 21: True, 22: None, 23: None}
_FLOATS = {25: (">e", 2), 26: (">f", 4), 27: (">d", 8)}
_BYTE_ARRAY = 64
# Of the argument's size in the initial byte (RFC 8949, section 3): how many bytes follow.
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}
_INDEFINITE = 31
_BREAK = 0xFF


def decode(data: bytes, *, open_to_others: bool = False) -> Cbor:
    """Decode one item and nothing after it.

    Args:
        data: the bytes.
        open_to_others: whether it is a token, which may hold every type.

    Raises:
        MalformedCredential: anything that is not named above, a name twice in a map, bytes that
            are missing or too many.
        TooLarge: more than `MAX_BYTES`, `MAX_ITEMS` or `MAX_DEPTH`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("CBOR", limit=MAX_BYTES)
    reader = _Reader(data, open_to_others=open_to_others)
    value = reader.item(0)
    if reader.place != len(data):
        raise MalformedCredential("CBOR end")
    return value


class _Reader:
    """A place in the bytes, and how many items were read."""

    def __init__(self, data: bytes, *, open_to_others: bool) -> None:
        self.data = data
        self.open_to_others = open_to_others
        self.place = 0
        self.items = 0

    def item(self, depth: int) -> Cbor:
        self._take_up(depth)
        if self.open_to_others and self._next() >> 5 == _SIMPLE:
            return self._simple()
        major, argument = self._head()
        if major in {_BYTES, _TEXT}:
            return self._string(major, argument)
        if major == _ARRAY:
            return [self.item(depth + 1) for _ in self._each(argument)]
        if major == _MAP:
            return self._map(argument, depth)
        if argument is None:
            raise MalformedCredential("CBOR length")
        if major == _UNSIGNED:
            return argument
        if major == _TAG and argument == _BYTE_ARRAY:
            value = self.item(depth + 1)
            if isinstance(value, bytes):
                return value
        if self.open_to_others and major == _NEGATIVE:
            return -1 - argument
        if self.open_to_others and major == _TAG:
            return self.item(depth + 1)
        raise MalformedCredential("CBOR type")

    def _take_up(self, depth: int) -> None:
        self.items += 1
        if self.items > MAX_ITEMS or depth > MAX_DEPTH:
            raise TooLarge("CBOR items", limit=MAX_ITEMS)

    def _string(self, major: int, length: int | None) -> bytes | str:
        """A string whole, or in chunks of its own kind (section 3.2.3)."""
        if length is not None:
            chunks = [self._take(length)]
        else:
            chunks = [self._chunk(major) for _ in self._each(None)]
        try:
            return b"".join(chunks) if major == _BYTES else "".join(map(_text, chunks))
        except UnicodeDecodeError as error:
            raise MalformedCredential("CBOR text") from error

    def _chunk(self, kind: int) -> bytes:
        self._take_up(0)
        major, length = self._head()
        if major != kind or length is None:
            raise MalformedCredential("CBOR length")
        return self._take(length)

    def _simple(self) -> float | None:
        """A truth value, null or a floating-point number (section 3.3)."""
        kind = self._take(1)[0] & 31
        if kind in _FLOATS:
            form, size = _FLOATS[kind]
            (number,) = struct.unpack(form, self._take(size))
            return float(number)
        if kind not in _SIMPLE_VALUES:
            raise MalformedCredential("CBOR type")
        return _SIMPLE_VALUES[kind]

    def _map(self, count: int | None, depth: int) -> Cbor:
        found: dict[Cbor, Cbor] = {}
        for _ in self._each(count):
            name = self.item(depth + 1)
            if type(name) not in {int, str, bytes} or name in found:
                raise MalformedCredential("CBOR map")
            found[name] = self.item(depth + 1)
        return found

    def _each(self, count: int | None) -> Iterator[None]:
        """Count the entries, up to the break where their number is not stated (section 3.2.2).

        A number that the bytes cannot hold is refused before anything is made of it.
        """
        if count is None:
            while self._next() != _BREAK:
                yield
            self.place += 1
            return
        if count > len(self.data) - self.place:
            raise MalformedCredential("CBOR length")
        for _ in range(count):
            yield

    def _head(self) -> tuple[int, int | None]:
        """The kind of an item and its argument; None is an indefinite length."""
        (initial,) = self._take(1)
        major, size = initial >> 5, initial & 31
        if size < min(_SIZES):
            return major, size
        if size == _INDEFINITE and major in {_BYTES, _TEXT, _ARRAY, _MAP}:
            return major, None
        if size not in _SIZES:
            raise MalformedCredential("CBOR length")
        return major, int.from_bytes(self._take(_SIZES[size]), "big")

    def _next(self) -> int:
        if self.place >= len(self.data):
            raise MalformedCredential("CBOR end")
        return self.data[self.place]

    def _take(self, count: int) -> bytes:
        taken = self.data[self.place : self.place + count]
        if len(taken) != count:
            raise MalformedCredential("CBOR end")
        self.place += count
        return taken


def _text(chunk: bytes) -> str:
    return chunk.decode("utf-8")
