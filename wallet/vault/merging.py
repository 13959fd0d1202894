"""Merging one vault's content into another: nothing twice, and nothing that was here gone.

What counts where both have something:
- bytes: the same SHA-256 is the same version; an entry is found by its bytes, then by its identity;
- a version in both: the earlier arrival stays, which is the older evidence, and the newer report;
- the trash: what is here in the list or in the trash stays there; what comes new into the trash is
  dated now, so that it is there for its whole time;
- a note on the same entry: both texts, none twice, and the newer date;
- tags: both; confirmations: both, the newer date of one that is in both;
- trust data: the newer of one id; decisions, holder keys: both, taken back or retired if either is;
- own programmes, and which award a credential is given to: what is here stays;
- ledger: both; profile and settings: what is here stays, and what is only there comes.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from wallet.errors import MalformedCredential
from wallet.model.backups import Merged
from wallet.vault import contents, credentials, notes, reports, search, trash
from wallet.vault.database import Database
from wallet.vault.settings import Store
from wallet.vault.values import strings_in, strings_out, time_out

NOT_MERGED = frozenset({"seen"})
"""Tables that are about one vault's own life and mean nothing in another."""
OWN_SETTINGS = "backup."
"""Settings with this beginning stay with their vault."""


def merge(source: Database, target: Database, reader: credentials.Reader, at: datetime) -> Merged:
    """Bring everything of `source` that `target` has not into it, in one change: all or nothing.

    Both have the present schema. Raises `VaultDamaged` when the source's bytes are not those that
    its index names, `VaultNotWritable`.
    """
    with target.change():
        entries = _Entries(source, target, reader, at)
        entries.merge()
        places = entries.places
        _programmes(source, target, places)
        return Merged(
            entries=entries.new,
            versions=entries.versions,
            already_here=entries.already_here,
            tags=_tags(source, target, places),
            notes=_notes(source, target, places),
            confirmations=_confirmations(source, target, places),
            ledger=_ledger(source, target, places),
            holder_keys=_either(source, target, "holder_keys", "did", "retired_at", "name"),
            decisions=_either(source, target, "trust_decisions", "id", "withdrawn_at"),
            trust_items=_trust_items(source, target),
            kept_here=(*_named(source, target, Store.PROFILE),
                       *_named(source, target, Store.SETTINGS)),
        )  # fmt: skip


class _Entries:
    """Brings the entries over, and remembers under which id each one is found here."""

    def __init__(
        self, source: Database, target: Database, reader: credentials.Reader, at: datetime
    ) -> None:
        self._source, self._target = source, target
        self._reader, self._at = reader, at
        self.places: dict[str, str] = {}
        self.new = self.versions = self.already_here = 0

    def merge(self) -> None:
        for entry in _rows(self._source, "entries", "ORDER BY shown"):
            versions = _rows(self._source, "versions", "WHERE entry = ? ORDER BY seq", entry["id"])
            here = self._here(entry, versions)
            place = here or self._make(entry)
            self.places[entry["id"]] = place
            added = [self._version(version, place) for version in versions].count(True)
            credentials.choose_shown(self._target, place)
            self.new += here is None
            self.versions += added if here else 0
            self.already_here += here is not None and not added

    def _here(self, entry: dict[str, Any], versions: list[dict[str, Any]]) -> str | None:
        for version in versions:
            sql = "SELECT entry FROM versions WHERE sha256 = ?"
            found: str | None = self._target.value(sql, version["sha256"])
            if found is not None:
                return found
        sql = "SELECT id FROM entries WHERE identity = ?"
        same: str | None = self._target.value(sql, entry["identity"])
        return same

    def _make(self, entry: dict[str, Any]) -> str:
        taken = self._target.row("SELECT 1 FROM entries WHERE id = ?", entry["id"])
        made: str = secrets.token_hex(8) if taken else entry["id"]
        now = time_out(trash.now_or_later(self._target, self._at))
        deleted = now if entry["deleted_at"] is not None else None
        _insert(
            self._target, "entries", {**entry, "id": made, "shown": None, "deleted_at": deleted}
        )
        return made

    def _version(self, version: dict[str, Any], place: str) -> bool:
        """Bring one version over; False when its bytes are here."""
        here = _rows(self._target, "versions", "WHERE sha256 = ?", version["sha256"])
        if here:
            self._same(version, here[0])
            return False
        raw = contents.get(self._source, version["seq"])
        columns = {name: value for name, value in version.items() if name != "seq"}
        _insert(self._target, "versions", {**columns, "entry": place})
        sql = "SELECT seq FROM versions WHERE sha256 = ?"
        seq: int = self._target.value(sql, version["sha256"])
        contents.put(self._target, seq, raw)
        _insert(self._target, "search", {"rowid": seq, "stated": self._stated(raw)})
        return True

    def _same(self, there: dict[str, Any], here: dict[str, Any]) -> None:
        if there["added_at"] < here["added_at"]:
            self._set(here["seq"], there, "source", "path", "added_at")
        if _report_time(there) > _report_time(here):
            self._set(here["seq"], there, "report", "evidence")

    def _set(self, seq: int, there: dict[str, Any], *names: str) -> None:
        changes = ", ".join(f"{name} = ?" for name in names)
        sql = f"UPDATE versions SET {changes} WHERE seq = ?"  # noqa: S608 -- our names
        self._target.run(sql, *(there[name] for name in names), seq)

    def _stated(self, raw: bytes) -> str:
        """What can no longer be read is kept all the same, and found by its title alone."""
        try:
            credential = self._reader(raw)
        except MalformedCredential:
            return ""
        return "" if credential is None else search.stated(credential)


def _report_time(version: dict[str, Any]) -> datetime:
    return reports.from_json(version["report"]).at


def _tags(source: Database, target: Database, places: dict[str, str]) -> int:
    return sum(
        _insert_new(target, "tags", {**row, "entry": places[row["entry"]]})
        for row in _rows(source, "tags")
    )


def _notes(source: Database, target: Database, places: dict[str, str]) -> int:
    """Bring notes over; a text that is there alone is added to the one that is here."""
    new = 0
    for row in _rows(source, "notes"):
        here = notes.note(target, places[row["entry"]])
        text = row["text"] if here is None else notes.joined(here.text, row["text"])
        if here is not None and text == here.text:
            continue
        written_at = max(row["written_at"], time_out(here.written_at) if here else "")
        placed = {"entry": places[row["entry"]], "text": text, "written_at": written_at}
        columns = {**row, **placed, "words": search.folded_words(text)}
        _insert(target, "notes", columns, "INSERT OR REPLACE")
        new += 1
    return new


def _confirmations(source: Database, target: Database, places: dict[str, str]) -> int:
    new = 0
    for row in _rows(source, "confirmations"):
        placed = {**row, "entry": places[row["entry"]]}
        new += _insert_new(target, "confirmations", placed)
        target.run(
            "UPDATE confirmations SET made_at = max(made_at, ?)"
            " WHERE entry = ? AND achievement = ? AND programme = ? AND item = ?",
            row["made_at"], placed["entry"], row["achievement"], row["programme"], row["item"],
        )  # fmt: skip
    return new


def _programmes(source: Database, target: Database, places: dict[str, str]) -> None:
    """Definitions and choices that are only there come; what is here stays as it is."""
    for row in _rows(source, "programmes"):
        _insert_new(target, "programmes", row)
    for row in _rows(source, "choices"):
        _insert_new(target, "choices", {**row, "entry": places[row["entry"]]})


def _ledger(source: Database, target: Database, places: dict[str, str]) -> int:
    new = 0
    for row in _rows(source, "ledger", "ORDER BY seq"):
        ids = strings_in(row["credential_ids"])
        placed = strings_out(places.get(one, one) for one in ids)
        columns = {name: value for name, value in row.items() if name != "seq"}
        new += _insert_new(target, "ledger", {**columns, "credential_ids": placed})
    return new


def _either(
    source: Database, target: Database, table: str, key: str, ended: str, *filled: str
) -> int:
    """Both sides' rows; one in both has ended if it has in either, at the earlier time."""
    new = 0
    for row in _rows(source, table):
        new += _insert_new(target, table, row)
        changes = [f"{ended} = coalesce(min({ended}, ?), {ended}, ?)"]
        values = [row[ended], row[ended]]
        for name in filled:
            changes.append(f"{name} = CASE {name} WHEN '' THEN ? ELSE {name} END")
            values.append(row[name])
        sql = f"UPDATE {table} SET {', '.join(changes)} WHERE {key} = ?"  # noqa: S608 -- our names
        target.run(sql, *values, row[key])
    return new


def _trust_items(source: Database, target: Database) -> int:
    new = 0
    for row in _rows(source, "trust_items"):
        as_of = target.value("SELECT as_of FROM trust_items WHERE id = ?", row["id"])
        if as_of is None or as_of < row["as_of"]:
            target.run("DELETE FROM trust_items WHERE id = ?", row["id"])
            _insert(target, "trust_items", row)
            new += 1
    return new


def _named(source: Database, target: Database, store: Store) -> Iterator[str]:
    """Bring named texts that are only there; yield the names of those that differ."""
    for row in _rows(source, store.value, "ORDER BY key"):
        if row["key"].startswith(OWN_SETTINGS) and store is Store.SETTINGS:
            continue
        sql = f"SELECT value FROM {store.value} WHERE key = ?"  # noqa: S608 -- our names
        here = target.value(sql, row["key"])
        if here is None:
            _insert(target, store.value, row)
        elif here != row["value"]:
            yield row["key"]


# ---- rows as they are: a column that a later schema adds comes along ----------------------------


def _rows(base: Database, table: str, rest: str = "", *values: object) -> list[dict[str, Any]]:
    names = [row[0] for row in base.rows("SELECT name FROM pragma_table_info(?)", table)]
    sql = f"SELECT {', '.join(names)} FROM {table} {rest}"  # noqa: S608 -- our names
    return [dict(zip(names, row, strict=True)) for row in base.rows(sql, *values)]


def _insert(target: Database, table: str, row: dict[str, Any], how: str = "INSERT") -> int:
    names, places = ", ".join(row), ", ".join("?" * len(row))
    sql = f"{how} INTO {table} ({names}) VALUES ({places})"
    return target.run(sql, *row.values())


def _insert_new(target: Database, table: str, row: dict[str, Any]) -> int:
    return _insert(target, table, row, "INSERT OR IGNORE")
