"""Trust data that the person gave, as bytes with their source and date, and their decisions."""

from datetime import datetime

from wallet.errors import NotFound
from wallet.model.keeping import TrustDecision, TrustItem, Verdict
from wallet.vault.database import Database
from wallet.vault.values import optional_time_in, optional_time_out, time_in, time_out


def put_item(database: Database, item: TrustItem) -> None:
    """Store an item; one with the same id is replaced."""
    with database.change():
        database.run(
            "INSERT OR REPLACE INTO trust_items (id, kind, name, source, as_of, raw)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            item.id,
            item.kind,
            item.name,
            item.source,
            time_out(item.as_of),
            item.raw,
        )


def items(database: Database) -> tuple[TrustItem, ...]:
    """All items, in the order of their ids."""
    found = database.rows("SELECT id, kind, name, source, as_of, raw FROM trust_items ORDER BY id")
    return tuple(
        TrustItem(row[0], row[1], row[2], row[3], time_in(row[4]), row[5]) for row in found
    )


def remove_item(database: Database, item_id: str) -> None:
    """Remove an item; `NotFound` when there is none."""
    with database.change():
        if not database.run("DELETE FROM trust_items WHERE id = ?", item_id):
            raise NotFound(id=item_id)


def decide(database: Database, decision: TrustDecision) -> None:
    """Store a decision; one with the same id is replaced."""
    with database.change():
        database.run(
            "INSERT OR REPLACE INTO trust_decisions (id, key, verdict, how, made_at, withdrawn_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            decision.id,
            decision.key,
            decision.verdict.value,
            decision.how,
            time_out(decision.made_at),
            optional_time_out(decision.withdrawn_at),
        )


def withdraw(database: Database, decision_id: str, at: datetime) -> None:
    """Take a decision back; it stays readable with the date. `NotFound` when there is none."""
    with database.change():
        sql = "UPDATE trust_decisions SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL"
        if not database.run(sql, time_out(at), decision_id):
            raise NotFound(id=decision_id)


def decisions(database: Database) -> tuple[TrustDecision, ...]:
    """All decisions, taken back or not, oldest first."""
    found = database.rows(
        "SELECT id, key, verdict, how, made_at, withdrawn_at FROM trust_decisions"
        " ORDER BY made_at, id"
    )
    return tuple(
        TrustDecision(
            id=row[0],
            key=row[1],
            verdict=Verdict(row[2]),
            how=row[3],
            made_at=time_in(row[4]),
            withdrawn_at=optional_time_in(row[5]),
        )
        for row in found
    )
