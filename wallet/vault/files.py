"""The vault's folder on disk: private, replaced atomically, held by one process at a time."""

import contextlib
import errno
import os
import secrets
import sys
from pathlib import Path

from wallet.errors import VaultBusy, VaultNotWritable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FOLDER_MODE = 0o700
FILE_MODE = 0o600
LOCK_NAME = "lock"
_LOCK_BYTE = 1 << 30  # beyond the content, which stays readable where locks are mandatory
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


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
    temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        new_file(temporary, data)
        temporary.replace(path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise not_writable(path.parent, error) from error


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
    with contextlib.suppress(OSError):
        folder.chmod(FOLDER_MODE)
    for file in folder.iterdir():
        if file.is_file() and not file.is_symlink():
            with contextlib.suppress(OSError):
                file.chmod(FILE_MODE)


class Lock:
    """The right to be the one writer. The system drops it with the process: it cannot go stale."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of a vault folder.

        Raises `VaultBusy` when it is held (by this process, too) and `VaultNotWritable` when the
        folder cannot be written or its file system has no locks (`detail` ENOLCK).
        """
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0)
        try:
            descriptor = os.open(folder / LOCK_NAME, flags, FILE_MODE)
        except OSError as error:
            raise not_writable(folder, error) from error
        try:
            _take(descriptor)
            os.ftruncate(descriptor, 0)
            os.write(descriptor, f"{os.getpid()}\n".encode())
        except OSError as error:
            os.close(descriptor)
            if error.errno in _HELD:
                raise VaultBusy(path=str(folder)) from error
            raise not_writable(folder, error) from error
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let the next one in; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _take(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
