"""The vault's folder on disk: private, and replaced atomically."""

import contextlib
import errno
import os
import secrets
import stat
import sys
from pathlib import Path

from wallet.errors import VaultNotWritable

FOLDER_MODE = 0o700
FILE_MODE = 0o600
UNFINISHED = ".new"
"""How a file ends that was being written when somebody pulled the plug."""


def not_writable(path: Path, error: OSError) -> VaultNotWritable:
    """Turn an error of the file system into ours; `detail` is its symbolic name (ENOSPC)."""
    return VaultNotWritable(path=str(path), detail=errno.errorcode.get(error.errno or 0, "EIO"))


def new_file(path: Path, data: bytes = b"") -> None:
    """Create a file that only its owner can read, write it through to the disk; OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, FILE_MODE)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def replace(path: Path, data: bytes) -> None:
    """Replace a file: after a crash it is the old one or the new one, never a part.

    Raises `VaultNotWritable`; the old file is then still there.
    """
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        new_file(temporary, data)
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise not_writable(path.parent, error) from error
    with contextlib.suppress(OSError):  # it has happened; without this, a power cut can undo it
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Write a folder's names through to the disk, where the system has that; OSError."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def tighten(folder: Path) -> None:
    """Take everybody else's rights away, after a copy or an archive lost the modes."""
    _tighten(folder, folder.stat(), FOLDER_MODE)
    with os.scandir(folder) as found:
        for file in found:
            if file.is_file(follow_symlinks=False):
                _tighten(file, file.stat(), FILE_MODE)


def _tighten(path: "os.PathLike[str]", now: os.stat_result, mode: int) -> None:
    if stat.S_IMODE(now.st_mode) != mode:
        with contextlib.suppress(OSError):
            os.chmod(path, mode)
