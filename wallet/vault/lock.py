"""The right to be the one writer of a vault folder: an operating system lock that says whose it is.

The system drops the lock with the process, so it cannot go stale on one computer. The file says who
holds it, for the message and for folders that several computers share, where one computer's lock
may not reach the others.
"""

import contextlib
import errno
import json
import os
import sys
import uuid
from dataclasses import astuple, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from platform import node
from typing import Self

from wallet.errors import VaultBusy
from wallet.vault import files

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

NAME = "lock"
MAX_BYTES = 1000
"""Of a lock file; ours are a tenth of that."""
_NAMES = ("process", "computer", "machine")
_LOCK_BYTE = 1 << 30  # beyond the content, which stays readable where locks are mandatory
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@dataclass(frozen=True, slots=True)
class Holder:
    """What a lock file says of who took it."""

    process: int
    computer: str
    machine: str
    """A name of the computer that tells others nothing; "" where there is none."""

    @classmethod
    def this(cls) -> Self:
        """This process."""
        return cls(os.getpid(), node(), _machine())

    @classmethod
    def read(cls, descriptor: int) -> Self | None:
        """Read a lock file; None for one that was released, or is none of ours."""
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            content = json.loads(os.read(descriptor, MAX_BYTES).decode())
            process, computer, machine = (content[name] for name in _NAMES)
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        whole = type(process) is int and type(computer) is str and type(machine) is str
        return cls(process, computer, machine) if whole else None

    def is_elsewhere(self) -> bool:
        """Tell whether another computer took the lock: neither its name nor its id is ours."""
        same_machine = not self.machine or not _machine() or self.machine == _machine()
        return not same_machine and self.computer != node()

    def line(self) -> bytes:
        """What the lock file says."""
        return json.dumps(dict(zip(_NAMES, astuple(self), strict=True))).encode() + b"\n"


class Lock:
    """The right to be the one writer, or the one reader where nothing can be written."""

    def __init__(self, folder: Path) -> None:
        """Take the lock of a vault folder.

        Raises `VaultBusy` when it is held (by this process, too) or another computer took it and
        did not give it back, and `VaultNotWritable` when the file system has no locks (`detail`
        ENOLCK). `read_only` says that the folder cannot be written.
        """
        self.read_only = False
        self._descriptor: int | None = None
        try:
            self._descriptor = self._open(folder)
            if self._descriptor is not None:
                self._take(folder, self._descriptor)
        except OSError as error:
            raise files.not_writable(folder, error) from error

    def release(self) -> None:
        """Let the next one in; a second time does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                if not self.read_only:
                    os.ftruncate(descriptor, 0)
            os.close(descriptor)

    def _open(self, folder: Path) -> int | None:
        extra = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        try:
            return os.open(folder / NAME, os.O_RDWR | os.O_CREAT | extra, files.FILE_MODE)
        except OSError as error:
            if error.errno not in _READ_ONLY:
                raise
        self.read_only = True
        with contextlib.suppress(OSError):  # without a lock file nobody holds it
            return os.open(folder / NAME, os.O_RDONLY | extra)
        return None

    def _take(self, folder: Path, descriptor: int) -> None:
        try:
            _lock(descriptor, shared=self.read_only)
            before = Holder.read(descriptor)
            if before is not None and before.is_elsewhere():
                raise VaultBusy(path=str(folder), why="elsewhere", computer=before.computer)
            if not self.read_only:
                _sign(descriptor)
        except OSError as error:
            holder = Holder.read(descriptor)
            os.close(descriptor)
            if error.errno in _HELD:
                raise _busy(folder, holder) from error
            raise
        except BaseException:
            os.close(descriptor)
            raise


def _sign(descriptor: int) -> None:
    # A full disk may keep the name out; the lock holds without it, and a vault must open to shrink.
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, Holder.this().line())


def _busy(folder: Path, holder: Holder | None) -> VaultBusy:
    if holder is None:
        return VaultBusy(path=str(folder))
    if holder.is_elsewhere():
        return VaultBusy(path=str(folder), why="elsewhere", computer=holder.computer)
    return VaultBusy(path=str(folder), process=holder.process)


def _lock(descriptor: int, *, shared: bool) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCK_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        # SQLite locks with fcntl: a file system without those must be said before it writes.
        fcntl.lockf(descriptor, kind | fcntl.LOCK_NB)
        fcntl.lockf(descriptor, fcntl.LOCK_UN)
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)


@cache
def _machine() -> str:
    """Return a short digest of the system's own id for this computer; it says nothing else."""
    number = uuid.getnode()
    stated = "" if number >> 40 & 1 else str(number)  # a random number is no name
    with contextlib.suppress(OSError):
        stated = Path("/etc/machine-id").read_text("ascii").strip() or stated
    return sha256(f"mikrofolio lock {stated}".encode()).hexdigest()[:16] if stated else ""
