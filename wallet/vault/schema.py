"""The numbered schemas: which one a file has, and the way from an older one to ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from wallet.errors import VaultTooNew
from wallet.vault import backup
from wallet.vault.database import APPLICATION_ID, Database, damaged

_FOLDER = Path(__file__).parent / "migrations"
_TABLES = {"entries", "versions", "contents", "search", "holder_keys", "ledger", "settings"}


@dataclass(frozen=True, slots=True)
class Migration:
    """The statements that lead from schema `number` - 1 to schema `number`."""

    number: int
    sql: str


@cache
def migrations() -> tuple[Migration, ...]:
    """Read migrations/NNNN_name.sql, in order; the numbers are 1, 2, 3, ..."""
    paths = sorted(_FOLDER.glob("[0-9]*.sql"))
    found = tuple(Migration(int(p.name.split("_")[0]), p.read_text("utf-8")) for p in paths)
    if [item.number for item in found] != list(range(1, len(found) + 1)) or not found:
        raise RuntimeError("migrations are numbered from 1 without a gap")
    return found


def check(database: Database, known: int) -> int:
    """Return the schema number of an existing vault's database.

    The first page is decrypted and the tables are looked up; whole-file checks belong to backups.
    Raises `VaultDamaged` when this is not a vault, `VaultTooNew` above `known`.
    """
    folder = database.folder
    tables = {row[0] for row in database.rows("SELECT name FROM sqlite_master")}
    number: int = database.value("PRAGMA user_version")
    if database.value("PRAGMA application_id") != APPLICATION_ID or number < 1:
        raise damaged(folder, "foreign")
    if number > known:
        raise VaultTooNew(path=str(folder), found=number, known=known)
    if not tables >= _TABLES:
        raise damaged(folder, "foreign")
    return number


def bring_up_to_date(
    database: Database, at: datetime, steps: Sequence[Migration], found: int
) -> Path | None:
    """Apply the migrations above `found`, each in one transaction together with its number.

    An existing vault (`found` above 0) is copied before; the copy's path is returned. Raises
    `VaultNotWritable` when there is no room: the vault is then at the last schema that was
    reached, whole.
    """
    missing = [step for step in steps if step.number > found]
    copy = backup.before_migration(database, at) if missing and found else None
    for step in missing:
        database.script(
            f"BEGIN IMMEDIATE;\n{step.sql}\n;PRAGMA user_version = {step.number:d};\nCOMMIT;"
        )
    return copy
