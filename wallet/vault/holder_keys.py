"""Holder keys: made in the vault, kept in the vault, named by their did:key."""

from datetime import datetime

from wallet.model.keeping import HolderKey
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.vault.database import Database, Row
from wallet.vault.values import optional_time_in, time_in, time_out

_KEY = "SELECT did, kind, private, created_at, name, retired_at FROM holder_keys"


def current(database: Database, kind: str, at: datetime) -> HolderKey:
    """Return the newest key of a kind that is not retired; made now, at `at`, if there is none.

    `kind` is `Ed25519` or `P-256`; ValueError for any other.
    """
    with database.change():
        row = database.row(
            f"{_KEY} WHERE kind = ? AND retired_at IS NULL ORDER BY created_at DESC, did LIMIT 1",
            kind,
        )
        return _new(database, kind, at) if row is None else _key(row)


def everything(database: Database) -> tuple[HolderKey, ...]:
    """All keys, retired ones too, oldest first."""
    return tuple(_key(row) for row in database.rows(f"{_KEY} ORDER BY created_at, did"))


def _new(database: Database, kind: str, at: datetime) -> HolderKey:
    key = PrivateKey.generate(KeyKind(kind))
    did = key.public.did_key()
    sql = "INSERT INTO holder_keys (did, kind, private, created_at) VALUES (?, ?, ?, ?)"
    database.run(sql, did, kind, key.to_bytes(), time_out(at))
    return HolderKey(did, kind, key.to_bytes(), at)


def _key(row: Row) -> HolderKey:
    return HolderKey(
        did=row[0],
        kind=row[1],
        private=row[2],
        created_at=time_in(row[3]),
        name=row[4],
        retired_at=optional_time_in(row[5]),
    )
