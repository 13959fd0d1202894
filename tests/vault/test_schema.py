"""Migrations: in order, each whole or not at all, with a copy before the first."""

import zipfile
from pathlib import Path

import pytest
import sqlcipher3

from tests.vault.sketch import NOW, PASSPHRASE, make, provenance, report, sketch
from wallet.vault import finding, keyfile, schema
from wallet.vault.database import Database
from wallet.vault.finding import Secret
from wallet.vault.schema import Migration

LAST = len(schema.migrations())
STEPS = (
    *schema.migrations(),
    Migration(
        LAST + 1, "CREATE TABLE more (x TEXT) STRICT;\nINSERT INTO more VALUES ('two; still two')"
    ),
    Migration(LAST + 2, "ALTER TABLE more ADD COLUMN y TEXT"),
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A closed vault of schema 1 with one credential."""
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One", learner="MARKER"), report(), provenance())
    vault.close()
    return path


def connect(path: Path, name: str = "wallet.db") -> Database:
    return Database(path / name, finding.find_key(path, keyfile.load(path), Secret(PASSPHRASE)))


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in schema.migrations()] == list(range(1, LAST + 1))


def test_an_older_vault_is_brought_up_to_date_after_a_copy(old: Path) -> None:
    database = connect(old)
    database.make_durable()
    database.run("INSERT INTO settings VALUES ('still in', 'the log')")
    copy = schema.bring_up_to_date(database, NOW, STEPS, schema.check(database, LAST + 2))

    assert copy is not None
    assert schema.check(database, LAST + 2) == LAST + 2
    assert database.rows("SELECT x, y FROM more") == [("two; still two", None)]
    database.close()
    with zipfile.ZipFile(copy) as packed:
        packed.extract("wallet.db", old / "before")
    before = connect(old, "before/wallet.db")
    assert before.value("PRAGMA user_version") == LAST
    assert before.value("SELECT count(*) FROM entries") == 1
    assert before.value("SELECT value FROM settings WHERE key = 'still in'") == "the log"
    assert before.rows("PRAGMA cipher_integrity_check") == []
    assert b"MARKER" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert copy.parent.stat().st_mode & 0o777 == 0o700
    before.close()


def test_an_up_to_date_vault_is_not_copied(old: Path) -> None:
    database = connect(old)

    assert schema.bring_up_to_date(database, NOW, STEPS[:LAST], found=LAST) is None
    assert not (old / "backups").exists()
    database.close()


def test_a_migration_that_fails_leaves_the_schema_before_it(old: Path) -> None:
    broken = Migration(LAST + 2, "CREATE TABLE half (x TEXT);\nINSERT INTO nowhere VALUES (1)")
    database = connect(old)
    with pytest.raises(sqlcipher3.OperationalError):
        schema.bring_up_to_date(database, NOW, (*STEPS[: LAST + 1], broken), found=LAST)

    assert schema.check(database, LAST + 2) == LAST + 1
    assert database.row("SELECT 1 FROM sqlite_master WHERE name = 'half'") is None
    assert database.value("SELECT count(*) FROM more") == 1
    database.close()


def test_two_copies_of_one_second_are_one(old: Path) -> None:
    database = connect(old)
    for step in (LAST + 1, LAST + 2):
        schema.bring_up_to_date(database, NOW, STEPS[:step], found=step - 1)
    database.close()

    assert len(list((old / "backups").iterdir())) == 2
