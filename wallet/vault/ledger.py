"""What was shown to whom: lines that are added, and never changed or removed."""

from wallet.model.presentation import Form, LedgerEntry
from wallet.vault.database import Database
from wallet.vault.values import (
    optional_time_in,
    optional_time_out,
    strings_in,
    strings_out,
    time_in,
    time_out,
)


def record(database: Database, line: LedgerEntry) -> None:
    """Add a line. Its id is new: the same id twice is a bug of the caller."""
    with database.change():
        database.run(
            "INSERT INTO ledger (id, made_at, form, titles, credential_ids, audience, expires,"
            " holder, sha256, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            line.id,
            time_out(line.made_at),
            line.form.value,
            strings_out(line.titles),
            strings_out(line.credential_ids),
            line.audience,
            optional_time_out(line.expires),
            line.holder,
            line.sha256,
            line.size,
        )


def lines(database: Database) -> tuple[LedgerEntry, ...]:
    """All lines, newest first."""
    found = database.rows(
        "SELECT id, made_at, form, titles, credential_ids, audience, expires, holder, sha256,"
        " size FROM ledger ORDER BY made_at DESC, seq DESC"
    )
    return tuple(
        LedgerEntry(
            id=row[0],
            made_at=time_in(row[1]),
            form=Form(row[2]),
            titles=strings_in(row[3]),
            credential_ids=strings_in(row[4]),
            audience=row[5],
            expires=optional_time_in(row[6]),
            holder=row[7],
            sha256=row[8],
            size=row[9],
        )
        for row in found
    )
