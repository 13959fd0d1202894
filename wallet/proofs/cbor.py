"""The little of CBOR (RFC 8949) that a selective disclosure proof is written in, strictly.

Unsigned integers, byte and text strings, arrays and maps, of definite length and in the shortest
form; tag 64 (an array of bytes, RFC 8746) around a byte string, as older signers write it.
"""

from typing import TypeAlias

from wallet.errors import MalformedCredential, TooLarge

MAX_BYTES = 4 * 1024 * 1024
MAX_ITEMS = 50_000
MAX_DEPTH = 4

Cbor: TypeAlias = "int | bytes | str | list[Cbor] | dict[Cbor, Cbor]"

_UNSIGNED, _BYTES, _TEXT, _ARRAY, _MAP, _TAG = 0, 2, 3, 4, 5, 6
_BYTE_ARRAY = 64
# Of the argument's size in the initial byte (RFC 8949, section 3): how many bytes follow.
_SIZES = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(data: bytes) -> Cbor:
    """Decode one item and nothing after it.

    Raises:
        MalformedCredential: anything that is not named above, a name twice in a map, a number
            that is not in its shortest form, bytes that are missing or too many.
        TooLarge: more than `MAX_BYTES`, `MAX_ITEMS` or `MAX_DEPTH`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("CBOR", limit=MAX_BYTES)
    reader = _Reader(data)
    value = reader.item(0)
    if reader.place != len(data):
        raise MalformedCredential("CBOR end")
    return value


class _Reader:
    """A place in the bytes, and how many items were read."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0
        self.items = 0

    def item(self, depth: int) -> Cbor:
        self.items += 1
        if self.items > MAX_ITEMS or depth > MAX_DEPTH:
            raise TooLarge("CBOR items", limit=MAX_ITEMS)
        major, argument = self._head()
        if major == _UNSIGNED:
            return argument
        if major == _BYTES:
            return self._take(argument)
        if major == _TEXT:
            try:
                return self._take(argument).decode("utf-8")
            except UnicodeDecodeError as error:
                raise MalformedCredential("CBOR text") from error
        if major == _ARRAY:
            return [self.item(depth + 1) for _ in self._count(argument)]
        if major == _MAP:
            return self._map(argument, depth)
        if major == _TAG and argument == _BYTE_ARRAY:
            value = self.item(depth + 1)
            if isinstance(value, bytes):
                return value
        raise MalformedCredential("CBOR type")

    def _map(self, count: int, depth: int) -> Cbor:
        found: dict[Cbor, Cbor] = {}
        for _ in self._count(count):
            name = self.item(depth + 1)
            if not isinstance(name, int | str | bytes) or name in found:
                raise MalformedCredential("CBOR map")
            found[name] = self.item(depth + 1)
        return found

    def _count(self, count: int) -> range:
        """A length that the bytes cannot hold is refused before anything is made of it."""
        if count > len(self.data) - self.place:
            raise MalformedCredential("CBOR length")
        return range(count)

    def _head(self) -> tuple[int, int]:
        (initial,) = self._take(1)
        major, size = initial >> 5, initial & 31
        if size < min(_SIZES):
            return major, size
        if size not in _SIZES:
            raise MalformedCredential("CBOR length")
        length = _SIZES[size]
        argument = int.from_bytes(self._take(length), "big")
        if argument < (min(_SIZES) if length == 1 else 1 << 4 * length):
            raise MalformedCredential("CBOR shortest form")
        return major, argument

    def _take(self, count: int) -> bytes:
        taken = self.data[self.place : self.place + count]
        if len(taken) != count:
            raise MalformedCredential("CBOR end")
        self.place += count
        return taken
