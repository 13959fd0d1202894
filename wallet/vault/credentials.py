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
from wallet.vault import contents, reports, search
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
        choose_shown(database, entry)
        if result is AddResult.NEW_VERSION:
            restore(database, entry)
    return Added(result, entry)


def entries(database: Database, text: str, *, deleted: bool) -> tuple[Entry, ...]:
    """List entries; see `Vault.entries`."""
    sql = f"{_ENTRY} WHERE (e.deleted_at IS NOT NULL) = ?"
    values: list[object] = [deleted]
    if search.words(text):
        matching, more = _matching(database, text, deleted=deleted)
        sql += f" AND e.id IN ({matching})"
        values += more
    found = database.rows(f"{sql} ORDER BY v.seq DESC", *values)
    return tuple(_entry(database, row) for row in found)


def find(database: Database, text: str) -> tuple[str, ...]:
    """Return the ids of what is found; see `Vault.find`."""
    if not search.words(text):
        found = database.rows("SELECT id FROM entries WHERE deleted_at IS NULL")
        return tuple(row[0] for row in found)
    sql, values = _matching(database, text, deleted=False)
    return tuple(row[0] for row in database.rows(sql, *values))


def _matching(database: Database, text: str, *, deleted: bool) -> tuple[str, list[object]]:
    """Return the query for the entries that state every word, or have it in their note."""
    stated = (
        "SELECT e.id FROM search AS s JOIN entries AS e ON e.shown = s.rowid"
        " WHERE s.search MATCH ? AND (e.deleted_at IS NOT NULL) = ?"
    )
    noted = (
        "SELECT e.id FROM notes AS n CROSS JOIN entries AS e ON e.id = n.entry"  # notes are few
        " WHERE instr(n.words, ?) AND (e.deleted_at IS NOT NULL) = ?"
    )
    words = search.words(text)
    if not any(database.row(f"{noted} LIMIT 1", f" {word}", deleted) for word in words):
        return stated, [search.question(text), deleted]
    each = [f"SELECT * FROM ({stated} UNION {noted})"] * len(words)  # noqa: S608 -- our own texts
    values = [(f'"{word}"*', deleted, f" {word}", deleted) for word in words]
    return " INTERSECT ".join(each), [value for one in values for value in one]


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
        "SELECT v.seq FROM entries AS e JOIN versions AS v ON v.entry = e.id"
        " WHERE e.id = ? AND CASE WHEN ? IS NULL THEN v.seq = e.shown ELSE v.sha256 = ? END",
        entry_id,
        sha256,
        sha256,
    )
    if row is None:
        raise NotFound(id=entry_id)
    return contents.get(database, row[0])


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
        choose_shown(database, entry_id)


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
    contents.put(database, seq, raw)
    database.run("INSERT INTO search (rowid, stated) VALUES (?, ?)", seq, stated)


def choose_shown(database: Database, entry: str) -> None:
    """Choose again which of an entry's versions is shown."""
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
            report=reports.Stored(report, str(database.folder))(),
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
        stored=reports.Stored(row[10], str(database.folder)),
        deleted_at=optional_time_in(row[11]),
        versions=row[12],
        tags=tuple(sorted(strings_in(row[13]))),
    )


def _read(database: Database, data: bytes, reader: Reader) -> Credential:
    try:
        credential = reader(data)
    except MalformedCredential as error:
        raise _damaged(database, "contents") from error
    if credential is None:
        raise _damaged(database, "contents")
    return credential


def _damaged(database: Database, what: str) -> VaultDamaged:
    return VaultDamaged(path=str(database.folder), what=what, why="altered")
