"""The person's own programme definitions, and which award they give a credential to."""

from wallet.model.keeping import Choice, OwnProgramme
from wallet.vault.credentials import expect_entry
from wallet.vault.database import Database
from wallet.vault.values import time_in, time_out


def put(database: Database, one: OwnProgramme) -> None:
    """Store a definition; the same id and version replaces."""
    with database.change():
        database.run(
            "INSERT OR REPLACE INTO programmes (id, version, raw, signature, source, added_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            one.id,
            one.version,
            one.raw,
            one.signature,
            one.source,
            time_out(one.added_at),
        )


def remove(database: Database, programme: str, version: str) -> bool:
    """Remove a definition; False when it is not there."""
    with database.change():
        sql = "DELETE FROM programmes WHERE id = ? AND version = ?"
        return database.run(sql, programme, version) > 0


def everything(database: Database) -> tuple[OwnProgramme, ...]:
    """All own definitions, by id and version."""
    found = database.rows(
        "SELECT id, version, raw, source, added_at, signature FROM programmes ORDER BY id, version"
    )
    return tuple(
        OwnProgramme(row[0], row[1], row[2], row[3], time_in(row[4]), row[5]) for row in found
    )


def choose(database: Database, choice: Choice) -> None:
    """Store a choice; made again, it is the new one. Raises `NotFound`."""
    with database.change():
        expect_entry(database, choice.credential_id)
        database.run(
            "INSERT OR REPLACE INTO choices (entry, achievement, award, made_at)"
            " VALUES (?, ?, ?, ?)",
            choice.credential_id,
            choice.achievement,
            choice.award,
            time_out(choice.made_at),
        )


def unchoose(database: Database, entry_id: str, achievement: int) -> bool:
    """Take a choice back; False when there was none."""
    with database.change():
        sql = "DELETE FROM choices WHERE entry = ? AND achievement = ?"
        return database.run(sql, entry_id, achievement) > 0


def choices(database: Database) -> tuple[Choice, ...]:
    """All choices for entries that are not in the trash, oldest first."""
    found = database.rows(
        "SELECT c.entry, c.award, c.made_at, c.achievement FROM choices AS c"
        " JOIN entries AS e ON e.id = c.entry WHERE e.deleted_at IS NULL"
        " ORDER BY c.made_at, c.entry, c.achievement"
    )
    return tuple(Choice(row[0], row[1], time_in(row[2]), row[3]) for row in found)
