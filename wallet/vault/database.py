"""wallet.db: one SQLCipher connection, its transactions, and its errors turned into ours."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3

from wallet.errors import VaultBusy, VaultDamaged, VaultError, VaultNotWritable
from wallet.vault import files

NAME = "wallet.db"
APPLICATION_ID = 0x4D4B4631
SQLITE_MAGIC = b"SQLite format 3\0"
WAL_LIMIT = 16 * 1024 * 1024
"""Bytes that the write-ahead log keeps after a large import."""

# Primary result codes, https://www.sqlite.org/rescode.html
_NOT_WRITABLE = {3: "PERM", 8: "READONLY", 10: "IOERR", 13: "FULL", 14: "CANTOPEN"}
_DAMAGED = {11, 24, 26}  # CORRUPT, FORMAT, NOTADB
_BUSY = {5, 6}  # BUSY, LOCKED

Row = tuple[Any, ...]


class Database:
    """An open wallet.db. It belongs to the thread that opened it; SQLite refuses any other."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Open an existing file (an empty one is a new database) with its raw 256-bit key.

        Nothing is read yet, so a wrong key shows at the first statement.
        """
        self.path = path
        self._level = 0
        with self._ours():
            self._connection = sqlcipher3.connect(
                f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=0
            )
        try:
            # Before the key: SQLCipher would write what it finds wrong to standard error.
            self.run("PRAGMA cipher_log_level = NONE")
            self.run(f"PRAGMA key = \"x'{key.hex()}'\"")
            self.run("PRAGMA cipher_compatibility = 4")  # page HMAC on, whatever comes later
            self.run("PRAGMA locking_mode = EXCLUSIVE")  # before the first read: no shared memory
            self.run("PRAGMA temp_store = MEMORY")
            self.run("PRAGMA foreign_keys = ON")
        except BaseException:
            self._connection.close()
            raise

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
            raise VaultNotWritable(path=str(self.path.parent), detail="FULL")
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

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in."""
        self._connection.close()

    @contextmanager
    def _ours(self) -> Iterator[None]:
        try:
            yield
        except sqlcipher3.Error as error:
            known = _known(error, self.path)
            if known is None:
                raise
            raise known from error


def create(path: Path, key: bytes) -> Database:
    """Make a new, empty database file that only its owner can read; OSError."""
    files.new_file(path)
    return Database(path, key)


def check_outside(path: Path) -> None:
    """Tell a file that cannot be a vault's database before any key is tried.

    Raises `VaultDamaged` when it is missing, empty or an unencrypted SQLite file, and
    `VaultNotWritable` when it cannot be opened for writing.
    """
    try:
        with path.open("r+b") as file:
            head = file.read(len(SQLITE_MAGIC))
            size = os.fstat(file.fileno()).st_size
    except (FileNotFoundError, IsADirectoryError):
        raise VaultDamaged(path=str(path.parent), what=NAME) from None
    except OSError as error:
        raise files.not_writable(path.parent, error) from error
    if size == 0 or head == SQLITE_MAGIC:
        raise VaultDamaged(path=str(path.parent), what=NAME)


def _known(error: sqlcipher3.Error, path: Path) -> VaultError | None:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    folder = str(path.parent)
    if code in _DAMAGED:
        return VaultDamaged(path=folder, what=NAME)
    if code in _NOT_WRITABLE:
        return VaultNotWritable(path=folder, detail=_NOT_WRITABLE[code])
    if code in _BUSY:
        return VaultBusy(path=folder)
    return None
