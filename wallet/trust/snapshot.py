"""The European lists that came with the program, if its packager bundled some: a dated snapshot.

One file: a line of JSON that says which lists there are, then each list, distilled and packed. The
line is read at the start; a list only when somebody looks into it, so that who has no seal to
judge does not pay. packaging/snapshot_lists.py writes the file, from lists whose signatures it has
checked; like all distilled lists it bears none itself, and counts as a part of the program.
"""

import json
import zlib
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar, overload

from wallet.errors import MalformedCredential
from wallet.model.credential import JsonObject
from wallet.trust import bundle, trusted_list
from wallet.trust.lists import TrustedLists
from wallet.trust.status_list import unzip
from wallet.trust.trusted_list import EUROPE, ListOfLists, TrustedList

MAX_LISTS = 64
MAX_PACKED_BYTES = 16 * 1024 * 1024
"""Of one list; Spain's takes 0.5 MB."""

_VERSION = 1
_Entry = TypeVar("_Entry")


class Unread(Sequence[_Entry]):
    """A part of a list that is read when somebody looks into it, once.

    What cannot be read then has no entries: a list that is damaged vouches for nobody.
    """

    def __init__(self, read: Callable[[], Sequence[_Entry]]) -> None:
        self._read = read
        self._found: Sequence[_Entry] | None = None

    @overload
    def __getitem__(self, place: int) -> _Entry: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[_Entry]: ...

    def __getitem__(self, place: int | slice) -> _Entry | Sequence[_Entry]:
        return self._entries()[place]

    def __iter__(self) -> Iterator[_Entry]:
        return iter(self._entries())

    def __len__(self) -> int:
        return len(self._entries())

    @property
    def is_read(self) -> bool:
        """Whether anybody has looked into it."""
        return self._found is not None

    def _entries(self) -> Sequence[_Entry]:
        if self._found is None:
            try:
                self._found = self._read()
            except (MalformedCredential, OSError):
                self._found = ()
        return self._found


@cache
def opened(place: Path) -> TrustedLists:
    """Give the lists of a snapshot, unread. A file that is none holds none: nothing is told by it.

    Args:
        place: where it lies. What lies there belongs to the program, and does not change.
    """
    try:
        return read(place)
    except (MalformedCredential, OSError):
        return TrustedLists()


def to_bytes(lists: TrustedLists, source: str, as_of: datetime) -> bytes:
    """Write a snapshot of lists whose signatures were checked; `read` reads it back.

    Args:
        lists: what to bundle; lists that wait for their signer are left out.
        source: where the lists were taken from, for people.
        as_of: when, aware.
    """
    every = (*(() if lists.european is None else (lists.european,)), *lists.national)
    packed = [zlib.compress(trusted_list.to_bytes(one), 9) for one in every]
    entries = [
        {
            "territory": one.territory if isinstance(one, TrustedList) else EUROPE,
            "sequence": one.sequence,
            "issued": one.issued.isoformat(),
            "next_update": one.next_update.isoformat() if one.next_update else None,
            "size": len(data),
        }
        for one, data in zip(every, packed, strict=True)
    ]
    index = {
        "version": _VERSION,
        "source": source,
        "as_of": as_of.isoformat(),
        "lists": entries,
    }
    line = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return b"".join((line, b"\n", *packed))


def read(place: Path) -> TrustedLists:
    """Read a snapshot's index; its lists are read when somebody looks into them.

    Raises:
        MalformedCredential: it is no snapshot, or one of another version.
        OSError: it cannot be read.
    """
    index, offset = bundle.index(place)
    try:
        if index["version"] != _VERSION or not 0 < len(index["lists"]) <= MAX_LISTS:
            raise MalformedCredential("bundled lists")
        as_of = trusted_list.moment(index["as_of"])
        found = TrustedLists()
        for entry in index["lists"]:
            size = int(entry["size"])
            if not 0 <= size <= MAX_PACKED_BYTES:
                raise MalformedCredential("bundled lists")
            look = cache(_reader(place, offset, size, as_of))
            found = found.with_list(_unread(entry, look, str(index["source"]), as_of))
            offset += size
    except (KeyError, TypeError, ValueError) as error:
        raise MalformedCredential("bundled lists") from error
    return found


def _reader(
    place: Path, offset: int, size: int, as_of: datetime
) -> Callable[[], TrustedList | ListOfLists]:
    def look() -> TrustedList | ListOfLists:
        with place.open("rb") as file:
            file.seek(offset)
            packed = file.read(size)
        data = unzip(packed, zlib.MAX_WBITS, "bundled lists")
        return trusted_list.from_bytes(data, place.name, as_of)

    return look


def _unread(
    entry: JsonObject, look: Callable[[], TrustedList | ListOfLists], source: str, as_of: datetime
) -> TrustedList | ListOfLists:
    """A list of which the index alone is known so far. Raises as `trusted_list.read_dates`."""

    def services() -> Sequence[trusted_list.Service]:
        found = look()
        return found.services if isinstance(found, TrustedList) else ()

    def european() -> ListOfLists | None:
        found = look()
        return found if isinstance(found, ListOfLists) else None

    dates = trusted_list.read_dates(entry)
    if entry["territory"] != EUROPE:
        return TrustedList(
            str(entry["territory"]), *dates, Unread(services), source, as_of, bundled=True
        )
    return ListOfLists(
        *dates,
        Unread(lambda: found.signers if (found := european()) else ()),
        source,
        as_of,
        Unread(lambda: found.locations if (found := european()) else ()),
        bundled=True,
    )
