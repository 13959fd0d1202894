"""Two small stores of named texts: the person's profile, and the program's settings."""

from enum import StrEnum

from wallet.vault.database import Database


class Store(StrEnum):
    """The two tables; a name is never taken from anywhere else."""

    PROFILE = "profile"
    SETTINGS = "settings"


def everything(database: Database, store: Store) -> dict[str, str]:
    """All names with their texts, in the order of the names."""
    sql = f"SELECT key, value FROM {store.value} ORDER BY key"  # noqa: S608 -- one of two words
    return {row[0]: row[1] for row in database.rows(sql)}


def put(database: Database, store: Store, key: str, value: str | None) -> None:
    """Store a text under a name; None removes it."""
    with database.change():
        if value is None:
            database.run(f"DELETE FROM {store.value} WHERE key = ?", key)  # noqa: S608 -- as above
        else:
            sql = f"INSERT OR REPLACE INTO {store.value} (key, value) VALUES (?, ?)"  # noqa: S608 -- as above
            database.run(sql, key, value)
