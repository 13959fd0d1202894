"""A zip into its files: bounded in entries, bytes and ratio, in the isolated process.

Names inside are labels alone: nothing is ever written, so `../` and drive letters mean nothing.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass

from wallet import isolation
from wallet.errors import MalformedCredential, TooLarge
from wallet.intake.kinds import is_office
from wallet.intake.labels import label
from wallet.intake.limits import (
    MAX_CONTAINER,
    MAX_ENTRIES,
    MAX_FILE,
    MAX_RATIO,
    MEMORY,
    RATIO_FROM,
    SECONDS,
)
from wallet.model.intake import ProblemCode

_ENCRYPTED = 0x1
_UTF8 = 0x800
_QUIET_NAMES = (".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a zip: its bytes, or `code` why there are none."""

    name: str
    data: bytes
    code: ProblemCode | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """The files of a zip in its order, without folders and the systems' own clutter."""

    entries: tuple[Entry, ...]
    office: bool = False
    """It is an office document, which holds no credential; `entries` is empty."""


def read(data: bytes, left: int = MAX_CONTAINER) -> Archive:
    """Unpack a zip in memory, to at most `left` bytes.

    Raises:
        TooLarge: more entries or, in all, more bytes than the limits.
        MalformedCredential: no whole zip, or it took too long.
    """
    return isolation.run(unpack, data, left, seconds=SECONDS, memory=MEMORY)


def unpack(data: bytes, left: int = MAX_CONTAINER) -> Archive:
    """Do what `read` does, in this process: for `read` and for tests."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive, left)
    except (MalformedCredential, MemoryError):
        raise
    except Exception as error:  # zipfile's slips on hostile archives are of every type
        raise MalformedCredential("zip") from error


def _unpacked(archive: zipfile.ZipFile, left: int) -> Archive:
    infos = [info for info in archive.infolist() if not _is_clutter(info.filename)]
    if len(infos) > MAX_ENTRIES:
        raise TooLarge("zip entries", limit=MAX_ENTRIES)
    if is_office(frozenset(info.filename for info in infos)):
        return Archive((), office=True)
    entries = []
    for info in infos:
        entry = _entry(archive, info, left)
        # What turns out broken was unpacked all the same.
        left -= info.file_size if entry.code is ProblemCode.MALFORMED else len(entry.data)
        if left < 0:
            raise TooLarge("zip content", limit=MAX_CONTAINER)
        entries.append(entry)
    return Archive(tuple(entries))


def _is_clutter(name: str) -> bool:
    return name.endswith(("/", *_QUIET_NAMES)) or name.startswith("__MACOSX/")


def _entry(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> Entry:
    name = _name(info)
    if info.flag_bits & _ENCRYPTED:
        return Entry(name, b"", ProblemCode.ENCRYPTED)
    if info.file_size > MAX_FILE or _is_bomb(info.file_size, info):
        # No more than the stated size is ever unpacked: this one is refused without any work.
        return Entry(name, b"", ProblemCode.TOO_LARGE)
    try:
        with archive.open(info) as file:
            # One byte more than allowed is asked for and never kept.
            content = file.read(min(MAX_FILE, left) + 1)
    except NotImplementedError:
        return Entry(name, b"", ProblemCode.UNKNOWN_FORMAT)
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        return Entry(name, b"", ProblemCode.MALFORMED)
    if len(content) > left:
        raise TooLarge("zip content", limit=MAX_CONTAINER)
    if len(content) > MAX_FILE or _is_bomb(len(content), info):
        return Entry(name, b"", ProblemCode.TOO_LARGE)
    return Entry(name, content)


def _is_bomb(size: int, info: zipfile.ZipInfo) -> bool:
    return size > RATIO_FROM and size > MAX_RATIO * max(1, info.compress_size)


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name fit to be shown; without the UTF-8 flag it is UTF-8 or DOS Central Europe."""
    if info.flag_bits & _UTF8:
        return label(info.filename)
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return label(info.filename)
    for charset in ("utf-8", "cp852"):
        try:
            return label(raw.decode(charset))
        except UnicodeDecodeError:
            continue
    return label(info.filename)
