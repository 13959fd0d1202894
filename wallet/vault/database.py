"""wallet.db: one SQLCipher connection, its transactions, and its errors turned into ours."""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from wallet.errors import VaultBusy, VaultDamaged, VaultError, VaultNotWritable
from wallet.vault import files

NAME = "wallet.db"
LOG = "-wal"
"""What SQLite appends to the name of its write-ahead log."""
PAGE_BYTES = 4096
"""SQLCipher 4's page."""
APPLICATION_ID = 0x4D4B4631
SQLITE_MAGIC = b"SQLite format 3\0"
WAL_LIMIT = 16 * 1024 * 1024
"""Bytes that the write-ahead log keeps after a large import."""

# Primary result codes, https://www.sqlite.org/rescode.html
_NOT_WRITABLE = {3: "PERM", 8: "READONLY", 10: "IOERR", 13: "FULL", 14: "CANTOPEN"}
_DAMAGED = {11, 24, 26}  # CORRUPT, FORMAT, NOTADB
_BUSY = {5, 6}  # BUSY, LOCKED

_SETTINGS = (
    "cipher_compatibility = 4",  # page HMAC on, whatever comes later
    "locking_mode = EXCLUSIVE",  # before the first read: no shared memory
    "temp_store = MEMORY",
    "foreign_keys = ON",
    "secure_delete = ON",  # what is erased is overwritten
)

Row = tuple[Any, ...]


class Database:
    """An open wallet.db. It belongs to the thread that opened it; SQLite refuses any other."""

    def __init__(
        self, path: Path, key: bytes, *, read_only: bool = False, folder: Path | None = None
    ) -> None:
        """Open an existing file (an empty one is a new database) with its raw 256-bit key.

        Nothing is read yet, so a wrong key shows at the first statement. `read_only` takes the
        file as it lies, without locks and without a log beside it. `folder` is the vault that the
        errors name, where the file is a copy that lies elsewhere.
        """
        self.path = path
        self.folder = folder or path.parent
        self._read_only = read_only
        self._level = 0
        self.after_change: Callable[[], None] | None = None
        """Called after each whole change, when it is on the disk."""
        self._connection = self._connect(key)

    def _connect(self, key: bytes) -> sqlcipher3.Connection:
        how = "mode=ro&immutable=1" if self._read_only else "mode=rw"
        name = f"{self.path.absolute().as_uri()}?{how}"
        with self._ours():
            connection = sqlcipher3.connect(name, uri=True, isolation_level=None, timeout=0)
            try:
                # Before the key: SQLCipher would write what it finds wrong to standard error.
                connection.execute("PRAGMA cipher_log_level = NONE")
                connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
                for setting in (*_SETTINGS, *(["query_only = ON"] if self._read_only else [])):
                    connection.execute(f"PRAGMA {setting}")
            except BaseException:
                connection.close()
                raise
        self._file = self._there()
        return connection

    def _there(self) -> tuple[int, int] | None:
        """Which file has our name now; None where there is none."""
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def expect_in_place(self) -> None:
        """Raise `VaultNotWritable` (MOVED) when the open file has no longer its name.

        The system would take every change, and drop them all with the last one who has it open.
        """
        if self._file is None or self._there() != self._file:
            raise VaultNotWritable(path=str(self.folder), detail="MOVED")

    def make_durable(self) -> None:
        """Choose the journal: WAL, written through at every commit."""
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        self.run(f"PRAGMA journal_size_limit = {WAL_LIMIT}")

    def rows(self, sql: str, *values: object) -> list[Row]:
        """Run a statement and return all its rows."""
        with self._ours():
            found: list[Row] = self._connection.execute(sql, values).fetchall()
        return found

    def row(self, sql: str, *values: object) -> Row | None:
        """Run a statement and return its first row, or None."""
        with self._ours():
            found: Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def value(self, sql: str, *values: object) -> Any:
        """Run a statement and return the first value of its first row, or None."""
        found = self.row(sql, *values)
        return None if found is None else found[0]

    def run(self, sql: str, *values: object) -> int:
        """Run a statement and return how many rows it changed."""
        with self._ours():
            count: int = self._connection.execute(sql, values).rowcount
        return count

    def script(self, sql: str) -> None:
        """Run several statements, which begin and end their own transaction."""
        try:
            with self._ours():
                self._connection.executescript(sql)
        except BaseException:
            if self._connection.in_transaction:
                self.run("ROLLBACK")
            raise

    @contextmanager
    def change(self) -> Iterator[None]:
        """Do everything inside or nothing. Inside another change: a part that can fail alone."""
        level = self._level
        if level and not self._connection.in_transaction:
            # A full disk ends the outer transaction; nothing may slip in after it.
            raise VaultNotWritable(path=str(self.folder), detail="FULL")
        if not level:
            self.expect_in_place()
        self.run(f"SAVEPOINT step{level}" if level else "BEGIN IMMEDIATE")
        self._level += 1
        try:
            yield
            self.run(f"RELEASE step{level}" if level else "COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self.run(f"ROLLBACK TO step{level}" if level else "ROLLBACK")
            raise
        finally:
            self._level -= 1
        if not level and self.after_change is not None:
            self.after_change()

    @property
    def in_change(self) -> bool:
        """Whether a change has begun and not ended."""
        return self._level > 0

    def fold_log(self) -> None:
        """Bring everything into the file itself, and leave nothing in the write-ahead log."""
        self.run("PRAGMA wal_checkpoint(TRUNCATE)")

    def exchange(self, other: Path, key: bytes, new_key: bytes) -> None:
        """Put another file with another key in this one's place, in one step.

        Raises `VaultNotWritable`; the old file is then still there, and open with `key`.
        """
        self.expect_in_place()
        self.close()
        try:
            if self.path.with_name(f"{self.path.name}{LOG}").exists():
                raise VaultNotWritable(path=str(self.folder), detail="BUSY")  # never under a log
            other.replace(self.path)
        except BaseException as error:
            self._connection = self._connect(key)
            self.make_durable()
            if isinstance(error, OSError):
                raise files.not_writable(self.folder, error) from error
            raise
        self._connection = self._connect(new_key)
        # It has happened. A journal that is no log is as safe, until the next opening; and without
        # the folder written through, a power cut can still undo it.
        with contextlib.suppress(VaultNotWritable):
            self.make_durable()
        with contextlib.suppress(OSError):
            files.sync_folder(self.folder)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in."""
        self._connection.close()

    @contextmanager
    def _ours(self) -> Iterator[None]:
        try:
            yield
        except sqlcipher3.Error as error:
            known = _known(error, self.folder)
            if known is None:
                raise
            raise known from error


def create(path: Path, key: bytes) -> Database:
    """Make a new, empty database file that only its owner can read; OSError."""
    files.new_file(path)
    return Database(path, key)


def check_outside(path: Path) -> bool:
    """Tell a file that cannot be a vault's database before any key is tried.

    Returns whether it can be written. Raises `VaultDamaged` when it is missing, empty, an
    unencrypted SQLite file or no whole number of pages (unless a log beside it may mend that),
    and `VaultNotWritable` when it cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(len(SQLITE_MAGIC))
            size = os.fstat(file.fileno()).st_size
        log = path.with_name(f"{path.name}{LOG}")
        logged = log.exists() and log.stat().st_size > 0
    except (FileNotFoundError, IsADirectoryError):
        raise damaged(path.parent, "missing") from None
    except OSError as error:
        raise files.not_writable(path.parent, error) from error
    if size == 0 or head == SQLITE_MAGIC:
        raise damaged(path.parent, "plain" if size else "empty")
    if size % PAGE_BYTES and not logged:
        raise damaged(path.parent, "cut_short")
    return os.access(path, os.W_OK)


def damaged(folder: Path, why: str) -> VaultDamaged:
    """Say that the database of a vault is not one; `why` as in `VaultDamaged`."""
    return VaultDamaged(path=str(folder), what=NAME, why=why)


def _known(error: sqlcipher3.Error, folder: Path) -> VaultError | None:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _DAMAGED:
        return damaged(folder, "altered")
    if code in _NOT_WRITABLE:
        return VaultNotWritable(path=str(folder), detail=_NOT_WRITABLE[code])
    if code in _BUSY:
        return VaultBusy(path=str(folder))
    return None
