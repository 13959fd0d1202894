"""One backup as one file: a ZIP archive, stored, that any tool unpacks into a vault's folder.

It holds `keys.json` and `wallet.db` as they lie in the vault, encrypted as there, and `backup.json`
with the time, the reason and the schema: nothing that the names of the files would not tell.
"""

import json
import os
import re
import shutil
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from wallet.errors import BackupDamaged, VaultTooNew
from wallet.model.backups import Backup, BackupKind, BackupState
from wallet.vault import database, files, keyfile

SUFFIX = ".mikrofolio.zip"
INFO = "backup.json"
VERSION = 1
MAX_INFO = 4096
"""Bytes of backup.json."""
_NAMES = (INFO, keyfile.NAME, database.NAME)
_VAULT = re.compile(r"[0-9a-f]{8}")
_CHUNK = 1024 * 1024
_FIRST = datetime(1980, 1, 1, tzinfo=UTC)
_LAST = datetime(2107, 12, 31, tzinfo=UTC)
"""The times that a ZIP archive can state; a clock may be wrong by more."""
_BROKEN = (
    struct.error,
    OverflowError,
    zipfile.BadZipFile,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    NotImplementedError,
    RecursionError,
    EOFError,
)


@dataclass(frozen=True, slots=True)
class Info:
    """What backup.json says."""

    vault: str
    made_at: datetime
    kind: BackupKind
    schema: int


def file_name(stem: str, info: Info) -> str:
    """Name a backup so that a listing of the folder is in order of time."""
    stamp = info.made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{stem}-{stamp}-{info.kind.value}-{info.vault}{SUFFIX}"


def pack(path: Path, info: Info, keys: bytes, copy: Path) -> None:
    """Write a new backup file from the key file's bytes and an encrypted copy; OSError.

    It is written through to the disk before this returns.
    """
    files.new_file(path)
    with path.open("r+b") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_member(INFO, info), _info_out(info))
            archive.writestr(_member(keyfile.NAME, info), keys)
            member = _member(database.NAME, info)
            member.file_size = copy.stat().st_size
            with archive.open(member, "w") as target, copy.open("rb") as source:
                shutil.copyfileobj(source, target, _CHUNK)
        file.flush()
        os.fsync(file.fileno())


def unpack(path: Path, folder: Path) -> Info:
    """Write a backup's keys.json and wallet.db into an empty folder, and compare their checksums.

    Raises `BackupDamaged` when the file is not what was written, `VaultTooNew` when a later version
    wrote it; OSError.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            info = _opened(archive)
            for name in (keyfile.NAME, database.NAME):
                files.new_file(folder / name)
                with archive.open(name) as source, (folder / name).open("r+b") as target:
                    shutil.copyfileobj(source, target, _CHUNK)
                    target.flush()
                    os.fsync(target.fileno())
    except _BROKEN as error:
        raise BackupDamaged(path=str(path)) from error
    return info


def describe(path: Path) -> Backup:
    """Say what a file is by backup.json alone; DAMAGED where that cannot be read."""
    return _described(path, whole=False)


def examine(path: Path) -> Backup:
    """Say whether a backup is whole, without a key: every byte as when it was made and checked."""
    return _described(path, whole=True)


def in_folder(folder: Path) -> tuple[Backup, ...]:
    """Describe every backup in a folder, newest first; () where there is no such folder."""
    try:
        paths = [path for path in folder.iterdir() if path.name.endswith(SUFFIX)]
    except OSError:
        return ()
    return newest_first(describe(path) for path in paths if path.is_file())


def newest_first(found: Iterable[Backup]) -> tuple[Backup, ...]:
    """Sort by the time that the backups state, then by number; those that state none come last."""
    never = datetime.min.replace(tzinfo=UTC)

    def order(one: Backup) -> tuple[datetime, int, str]:
        return one.made_at or never, len(one.path.name), one.path.name

    return tuple(sorted(found, key=order, reverse=True))


def _member(name: str, info: Info) -> zipfile.ZipInfo:
    """A member with the backup's time, which unpacks as its owner's alone."""
    time = min(max(info.made_at.astimezone(UTC), _FIRST), _LAST).timetuple()
    member = zipfile.ZipInfo(name, (time[0], time[1], time[2], time[3], time[4], time[5]))
    member.external_attr = (stat.S_IFREG | files.FILE_MODE) << 16
    return member


def _described(path: Path, *, whole: bool) -> Backup:
    size = 0
    try:
        size = path.stat().st_size
        with zipfile.ZipFile(path) as archive:
            info = _opened(archive)
            if whole:
                _expect(archive.testzip() is None)
                with archive.open(database.NAME) as file:
                    _expect(file.read(len(database.SQLITE_MAGIC)) != database.SQLITE_MAGIC)
    except (OSError, *_BROKEN):
        return Backup(path, size, BackupState.DAMAGED)
    except VaultTooNew:
        return Backup(path, size, BackupState.TOO_NEW)
    return Backup(path, size, BackupState.GOOD, info.made_at, info.kind, info.vault, info.schema)


def _opened(archive: zipfile.ZipFile) -> Info:
    """Check the archive's shape and read the small parts; one of `_BROKEN`."""
    members = archive.infolist()
    _expect(tuple(member.filename for member in members) == _NAMES)
    _expect(all(member.compress_type == zipfile.ZIP_STORED for member in members))
    _expect(all(member.file_size == member.compress_size for member in members))
    _expect(members[2].file_size > 0 and members[2].file_size % database.PAGE_BYTES == 0)
    with archive.open(keyfile.NAME) as file:
        keyfile.parse(file.read(keyfile.MAX_BYTES + 1))
    with archive.open(INFO) as file:
        return _info_in(file)


def _info_out(info: Info) -> bytes:
    content = {
        "format": "mikrofolio-backup",
        "version": VERSION,
        "vault": info.vault,
        "made_at": info.made_at.astimezone(UTC).isoformat(),
        "kind": info.kind.value,
        "schema": info.schema,
    }
    return json.dumps(content, indent=1).encode() + b"\n"


def _info_in(file: IO[bytes]) -> Info:
    data = file.read(MAX_INFO + 1)
    _expect(len(data) <= MAX_INFO)
    content = json.loads(data.decode())
    version = content["version"]
    _expect(content["format"] == "mikrofolio-backup" and type(version) is int and version >= 1)
    if version > VERSION:
        raise VaultTooNew(found=version, known=VERSION)
    _expect(_VAULT.fullmatch(content["vault"]) is not None and type(content["schema"]) is int)
    made_at = datetime.fromisoformat(content["made_at"])
    _expect(made_at.tzinfo is not None)
    return Info(content["vault"], made_at, BackupKind(content["kind"]), content["schema"])


def _expect(holds: bool) -> None:
    if not holds:
        raise ValueError("not a backup")
