"""What the person adds to an entry: a note, tags, and the word that it is a programme's item."""

from collections.abc import Iterable
from datetime import datetime

from wallet.model.keeping import Confirmation, Note
from wallet.vault import search
from wallet.vault.credentials import expect_entry
from wallet.vault.database import Database
from wallet.vault.values import time_in, time_out


def set_note(database: Database, entry_id: str, text: str, at: datetime) -> None:
    """Write an entry's note; a blank text removes it. Raises `NotFound`."""
    text = text.strip()
    with database.change():
        expect_entry(database, entry_id)
        database.run("DELETE FROM notes WHERE entry = ?", entry_id)
        if text:
            database.run(
                "INSERT INTO notes (entry, text, words, written_at) VALUES (?, ?, ?, ?)",
                entry_id,
                text,
                search.folded_words(text),
                time_out(at),
            )


def note(database: Database, entry_id: str) -> Note | None:
    """Return an entry's note, if there is one."""
    row = database.row("SELECT text, written_at FROM notes WHERE entry = ?", entry_id)
    return None if row is None else Note(row[0], time_in(row[1]))


def joined(here: str, there: str) -> str:
    """Two notes on one entry as one: neither loses a word, and the same text stands once."""
    if there in here:
        return here
    return there if here in there else f"{here}\n\n{there}"


def set_tags(database: Database, entry_id: str, tags: Iterable[str]) -> None:
    """Give an entry exactly these tags; blank ones are dropped. Raises `NotFound`."""
    wanted = {" ".join(tag.split()) for tag in tags} - {""}
    with database.change():
        expect_entry(database, entry_id)
        database.run("DELETE FROM tags WHERE entry = ?", entry_id)
        for tag in wanted:
            database.run("INSERT INTO tags (entry, tag) VALUES (?, ?)", entry_id, tag)


def tags(database: Database) -> tuple[str, ...]:
    """All tags of entries that are not in the trash, each once, in order."""
    found = database.rows(
        "SELECT DISTINCT tag FROM tags JOIN entries ON entries.id = tags.entry"
        " WHERE entries.deleted_at IS NULL ORDER BY tag"
    )
    return tuple(row[0] for row in found)


def confirm(database: Database, confirmation: Confirmation) -> None:
    """Store a confirmation; made again, it keeps the new time. Raises `NotFound`."""
    with database.change():
        expect_entry(database, confirmation.credential_id)
        database.run(
            "INSERT OR REPLACE INTO confirmations (entry, achievement, programme, item, made_at)"
            " VALUES (?, ?, ?, ?, ?)",
            confirmation.credential_id,
            confirmation.achievement,
            confirmation.programme,
            confirmation.item,
            time_out(confirmation.made_at),
        )


def unconfirm(
    database: Database, entry_id: str, programme: str, item: str, achievement: int
) -> bool:
    """Take a confirmation back; False when there was none."""
    with database.change():
        sql = (
            "DELETE FROM confirmations"
            " WHERE entry = ? AND programme = ? AND item = ? AND achievement = ?"
        )
        return database.run(sql, entry_id, programme, item, achievement) > 0


def confirmations(database: Database) -> tuple[Confirmation, ...]:
    """All confirmations for entries that are not in the trash, oldest first."""
    found = database.rows(
        "SELECT c.entry, c.programme, c.item, c.made_at, c.achievement FROM confirmations AS c"
        " JOIN entries AS e ON e.id = c.entry WHERE e.deleted_at IS NULL"
        " ORDER BY c.made_at, c.entry, c.achievement, c.programme, c.item"
    )
    return tuple(Confirmation(row[0], row[1], row[2], time_in(row[3]), row[4]) for row in found)
