"""Holder keys: made in the vault, kept in the vault, named by their did:key."""

from datetime import datetime

from wallet.errors import NotFound
from wallet.model.keeping import HolderKey
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.vault.database import Database, Row
from wallet.vault.values import optional_time_in, optional_time_out, time_in, time_out

KINDS = (KeyKind.ED25519.value, KeyKind.P256.value)
_KEY = "SELECT did, kind, private, created_at, name, retired_at FROM holder_keys"


def current(database: Database, kind: str, at: datetime) -> HolderKey:
    """Return the newest key of a kind that is not retired; made now, at `at`, if there is none.

    `kind` is `Ed25519` or `P-256`; ValueError for any other.
    """
    with database.change():
        in_use = f"{_KEY} WHERE kind = ? AND retired_at IS NULL"
        row = database.row(f"{in_use} ORDER BY created_at DESC, rowid DESC LIMIT 1", kind)
        return new(database, kind, at) if row is None else _key(row)


def everything(database: Database) -> tuple[HolderKey, ...]:
    """All keys, retired ones too, oldest first."""
    return tuple(_key(row) for row in database.rows(f"{_KEY} ORDER BY created_at, did"))


def new(database: Database, kind: str, at: datetime, name: str = "") -> HolderKey:
    """Make a key. ValueError for a kind that is neither `Ed25519` nor `P-256`."""
    if kind not in KINDS:
        raise ValueError(f"no kind of holder key: {kind}")
    key = PrivateKey.generate(KeyKind(kind))
    did = key.public.did_key()
    sql = "INSERT INTO holder_keys (did, kind, private, created_at, name) VALUES (?, ?, ?, ?, ?)"
    with database.change():
        database.run(sql, did, kind, key.to_bytes(), time_out(at), name)
    return HolderKey(did, kind, key.to_bytes(), at, name)


def keep(database: Database, key: HolderKey) -> None:
    """Keep a key that was made before, elsewhere; one of this did that is here stays as it is."""
    sql = (
        "INSERT OR IGNORE INTO holder_keys (did, kind, private, created_at, name, retired_at)"
        " VALUES (?, ?, ?, ?, ?, ?)"
    )
    ended = optional_time_out(key.retired_at)
    with database.change():
        database.run(sql, key.did, key.kind, key.private, time_out(key.created_at), key.name, ended)


def name(database: Database, did: str, name: str) -> None:
    """Give a key another name. `NotFound` when there is none of this did."""
    with database.change():
        if not database.run("UPDATE holder_keys SET name = ? WHERE did = ?", name, did):
            raise NotFound(id=did)


def retire(database: Database, did: str, at: datetime) -> None:
    """Sign with a key no longer; it stays, and with it the proof of what it signed.

    A key that is retired keeps its date. `NotFound` when there is none of this did.
    """
    sql = "UPDATE holder_keys SET retired_at = coalesce(retired_at, ?) WHERE did = ?"
    with database.change():
        if not database.run(sql, time_out(at), did):
            raise NotFound(id=did)


def _key(row: Row) -> HolderKey:
    return HolderKey(
        did=row[0],
        kind=row[1],
        private=row[2],
        created_at=time_in(row[3]),
        name=row[4],
        retired_at=optional_time_in(row[5]),
    )
