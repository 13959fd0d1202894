"""The trash: what was deleted stays for thirty days, and is then gone from the file as well.

A clock that is set back must neither erase too early nor keep for ever, so the latest time that
this vault has seen counts wherever the clock says less.
"""

import contextlib
from datetime import datetime, timedelta

from wallet.errors import VaultNotWritable
from wallet.vault.database import Database
from wallet.vault.values import time_in, time_out

KEPT_FOR = timedelta(days=30)
REMEMBERED_EVERY = timedelta(days=1)
"""The latest time is written at most daily, so that looking into a vault need not write."""


def now_or_later(database: Database, at: datetime) -> datetime:
    """Return `at`, or the latest time that the vault has seen when that is later."""
    return time_in(max(time_out(at), _seen(database) or ""))


def remember(database: Database, at: datetime) -> None:
    """Store the time, if it is a day later than the latest one."""
    seen = _seen(database)
    if seen is None or at - time_in(seen) >= REMEMBERED_EVERY:
        with database.change():
            database.run("INSERT OR REPLACE INTO seen (id, at) VALUES (1, ?)", time_out(at))


def tidy(database: Database, at: datetime) -> int:
    """Remember the time, and erase what has been in the trash for too long; returns how many."""
    remember(database, at)
    return erase_deleted_before(database, now_or_later(database, at) - KEPT_FOR)


def erase_deleted_before(database: Database, at: datetime) -> int:
    """Erase for good what was put into the trash before `at`; returns how many entries.

    The search index is written anew: it marks erased rows and would keep their words. Inside of a
    change the log is left as it is, else nothing of the erased stays in it.
    """
    if database.row("SELECT 1 FROM entries WHERE deleted_at < ?", time_out(at)) is None:
        return 0
    with database.change():
        count = database.run("DELETE FROM entries WHERE deleted_at < ?", time_out(at))
        database.run("INSERT INTO search (search) VALUES ('optimize')")
    if not database.in_change:
        with contextlib.suppress(VaultNotWritable):  # it has happened; closing folds the log in
            database.fold_log()
    return count


def _seen(database: Database) -> str | None:
    found: str | None = database.value("SELECT at FROM seen")
    return found
