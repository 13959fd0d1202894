"""Credentials in the database: entries, their versions, the bytes as issued, and the index."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

from wallet.errors import MalformedCredential, NotFound, TooLarge, VaultDamaged
from wallet.model.credential import Credential, Format
from wallet.model.keeping import Added, AddResult, Entry, Kept, Provenance, Version
from wallet.model.verification import VerificationReport
from wallet.vault import reports, search
from wallet.vault.database import Database, Row
from wallet.vault.index import Index, index_of
from wallet.vault.values import (
    optional_time_in,
    optional_time_out,
    strings_in,
    strings_out,
    text_in,
    text_out,
    time_in,
    time_out,
)

Reader: TypeAlias = Callable[[bytes], Credential | None]

MAX_RAW = 16 * 1024 * 1024
"""Bytes of one credential."""

_ENTRY = """
    SELECT e.id, v.title, v.format, v.issuer, v.awarding_bodies, v.issued, v.valid_from,
        v.valid_until, v.ects, v.eqf, v.report, e.deleted_at,
        (SELECT count(*) FROM versions AS n WHERE n.entry = e.id),
        (SELECT json_group_array(tag) FROM tags AS t WHERE t.entry = e.id)
    FROM entries AS e JOIN versions AS v ON v.seq = e.shown
"""


def add(
    database: Database, credential: Credential, report: VerificationReport, provenance: Provenance
) -> Added:
    """Keep a credential; see `Vault.add`."""
    raw = credential.raw
    if len(raw) > MAX_RAW:
        raise TooLarge("credential", size=len(raw), limit=MAX_RAW)
    sha256 = hashlib.sha256(raw).hexdigest()
    index = index_of(credential)
    with database.change():
        entry = database.value("SELECT entry FROM versions WHERE sha256 = ?", sha256)
        if entry is not None:
            restore(database, entry)
            return Added(AddResult.ALREADY_HERE, entry)
        result = AddResult.NEW_VERSION
        entry = _entry_of(database, index)
        if entry is None:
            result, entry = AddResult.IMPORTED, secrets.token_hex(8)
            database.run("INSERT INTO entries (id, identity) VALUES (?, ?)", entry, index.identity)
        columns = _columns(credential, index) | {
            "entry": entry,
            "sha256": sha256,
            "source": provenance.source,
            "path": strings_out(provenance.path),
            "added_at": time_out(provenance.added_at),
            "report": reports.to_json(report),
            "evidence": reports.evidence(report),
        }
        _insert(database, columns, credential.raw, index.stated)
        _choose_shown(database, entry)
        restore(database, entry)
    return Added(result, entry)


def entries(database: Database, text: str, *, deleted: bool) -> tuple[Entry, ...]:
    """List entries; see `Vault.entries`."""
    sql = f"{_ENTRY} WHERE (e.deleted_at IS NOT NULL) = ?"
    values: list[object] = [deleted]
    question = search.question(text)
    if question is not None:
        sql += " AND v.seq IN (SELECT rowid FROM search WHERE search MATCH ?)"
        values.append(question)
    found = database.rows(f"{sql} ORDER BY v.seq DESC", *values)
    return tuple(_entry(database, row) for row in found)


def get(database: Database, entry_id: str, reader: Reader) -> Kept:
    """Read one entry; see `Vault.get`."""
    row = database.row(f"{_ENTRY} WHERE e.id = ?", entry_id)
    if row is None:
        raise NotFound(id=entry_id)
    return Kept(
        entry=_entry(database, row),
        credential=_read(database, raw(database, entry_id, None), reader),
        versions=_versions(database, entry_id),
    )


def raw(database: Database, entry_id: str, sha256: str | None) -> bytes:
    """Return the bytes of one version; see `Vault.raw`."""
    row = database.row(
        "SELECT c.raw, v.sha256 FROM entries AS e JOIN versions AS v ON v.entry = e.id"
        " JOIN contents AS c ON c.seq = v.seq"
        " WHERE e.id = ? AND CASE WHEN ? IS NULL THEN v.seq = e.shown ELSE v.sha256 = ? END",
        entry_id,
        sha256,
        sha256,
    )
    if row is None:
        raise NotFound(id=entry_id)
    data: bytes = row[0]
    if hashlib.sha256(data).hexdigest() != row[1]:
        raise _damaged(database, "contents")
    return data


def update_report(
    database: Database, entry_id: str, sha256: str, report: VerificationReport
) -> None:
    """Replace a version's stored report, and choose again which version is shown."""
    with database.change():
        changed = database.run(
            "UPDATE versions SET report = ?, evidence = ? WHERE entry = ? AND sha256 = ?",
            reports.to_json(report),
            reports.evidence(report),
            entry_id,
            sha256,
        )
        if not changed:
            raise NotFound(id=entry_id)
        _choose_shown(database, entry_id)


def delete(database: Database, entry_id: str, at: datetime) -> None:
    """Put an entry into the trash; one that is there keeps its date."""
    with database.change():
        _expect_one(
            database.run(
                "UPDATE entries SET deleted_at = coalesce(deleted_at, ?) WHERE id = ?",
                time_out(at),
                entry_id,
            ),
            entry_id,
        )


def restore(database: Database, entry_id: str) -> None:
    """Take an entry out of the trash."""
    with database.change():
        changed = database.run("UPDATE entries SET deleted_at = NULL WHERE id = ?", entry_id)
        _expect_one(changed, entry_id)


def erase_deleted_before(database: Database, at: datetime) -> int:
    """Erase for good what was put into the trash before `at`; returns how many entries."""
    with database.change():
        return database.run("DELETE FROM entries WHERE deleted_at < ?", time_out(at))


def expect_entry(database: Database, entry_id: str) -> None:
    """Raise `NotFound` when there is no such entry, in the list or in the trash."""
    if database.row("SELECT 1 FROM entries WHERE id = ?", entry_id) is None:
        raise NotFound(id=entry_id)


def _expect_one(changed: int, entry_id: str) -> None:
    if changed != 1:
        raise NotFound(id=entry_id)


def _entry_of(database: Database, index: Index) -> str | None:
    if index.identity is None:
        return None
    found: str | None = database.value("SELECT id FROM entries WHERE identity = ?", index.identity)
    return found


def _columns(credential: Credential, index: Index) -> dict[str, object]:
    return {
        "size": len(credential.raw),
        "format": credential.format.value,
        "title": text_out(index.title),
        "issuer": index.issuer,
        "awarding_bodies": strings_out(index.awarding_bodies),
        "issued": optional_time_out(index.issued),
        "valid_from": optional_time_out(index.valid_from),
        "valid_until": optional_time_out(index.valid_until),
        "ects": None if index.ects is None else str(index.ects),
        "eqf": index.eqf,
    }


def _insert(database: Database, columns: dict[str, object], raw: bytes, stated: str) -> None:
    names, places = ", ".join(columns), ", ".join("?" * len(columns))
    seq = database.value(
        f"INSERT INTO versions ({names}) VALUES ({places}) RETURNING seq",  # noqa: S608 -- our names
        *columns.values(),
    )
    database.run("INSERT INTO contents (seq, raw) VALUES (?, ?)", seq, raw)
    database.run("INSERT INTO search (rowid, stated) VALUES (?, ?)", seq, stated)


def _choose_shown(database: Database, entry: str) -> None:
    # Newest by what it states, then by arrival: importing an old mail later changes nothing.
    database.run(
        "UPDATE entries SET shown = (SELECT seq FROM versions WHERE entry = entries.id"
        " ORDER BY evidence DESC, coalesce(issued, valid_from, '') DESC, seq DESC LIMIT 1)"
        " WHERE id = ?",
        entry,
    )


def _versions(database: Database, entry_id: str) -> tuple[Version, ...]:
    found = database.rows(
        "SELECT v.sha256, v.size, v.source, v.path, v.added_at, v.report, v.seq = e.shown"
        " FROM versions AS v JOIN entries AS e ON e.id = v.entry WHERE e.id = ? ORDER BY v.seq",
        entry_id,
    )
    return tuple(
        Version(
            sha256=sha256,
            size=size,
            provenance=Provenance(source, strings_in(path), time_in(added_at)),
            report=_report(database, report),
            shown=bool(shown),
        )
        for sha256, size, source, path, added_at, report, shown in found
    )


def _entry(database: Database, row: Row) -> Entry:
    return Entry(
        id=row[0],
        title=text_in(row[1]),
        format=Format(row[2]),
        issuer=row[3],
        awarding_bodies=strings_in(row[4]),
        issued=optional_time_in(row[5]),
        valid_from=optional_time_in(row[6]),
        valid_until=optional_time_in(row[7]),
        ects=None if row[8] is None else Decimal(row[8]),
        eqf=row[9],
        report=_report(database, row[10]),
        deleted_at=optional_time_in(row[11]),
        versions=row[12],
        tags=tuple(sorted(strings_in(row[13]))),
    )


def _report(database: Database, text: str) -> VerificationReport:
    try:
        return reports.from_json(text)
    except (ValueError, KeyError, TypeError):
        raise _damaged(database, "report") from None


def _read(database: Database, data: bytes, reader: Reader) -> Credential:
    try:
        credential = reader(data)
    except MalformedCredential as error:
        raise _damaged(database, "contents") from error
    if credential is None:
        raise _damaged(database, "contents")
    return credential


def _damaged(database: Database, what: str) -> VaultDamaged:
    return VaultDamaged(path=str(database.path.parent), what=what)
