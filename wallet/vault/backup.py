"""A copy of the database before it changes its shape, encrypted with the same key."""

from datetime import UTC, datetime
from pathlib import Path

from wallet.vault import files
from wallet.vault.database import Database

FOLDER = "backups"


def before_migration(database: Database, schema: int, at: datetime) -> Path:
    """Copy the database into the vault's `backups` folder and return the copy's path.

    `VACUUM INTO` copies one consistent state; SQLCipher keeps the key. Raises
    `VaultNotWritable` when there is no room; no half copy stays.
    """
    folder = database.path.parent / FOLDER
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"schema-{schema}-{stamp}.db"
    try:
        folder.mkdir(mode=files.FOLDER_MODE, exist_ok=True)
        path.unlink(missing_ok=True)
        files.new_file(path)
    except OSError as error:
        raise files.not_writable(database.path.parent, error) from error
    try:
        database.run("VACUUM INTO ?", str(path))
        files.sync_folder(folder)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise files.not_writable(database.path.parent, error) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path
