"""The bytes as issued: smaller on the disk where that helps, and the same when they come back."""

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault.sketch import make, noise, provenance, report, sketch
from wallet.errors import VaultDamaged
from wallet.vault import Vault, contents


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = make(tmp_path / "a.mikrofolio")
    yield vault
    vault.close()


def lies(vault: Vault, seq: int = 1) -> bytes:
    """What is in the database of a version."""
    found: bytes = vault._database.value("SELECT raw FROM contents WHERE seq = ?", seq)
    return found


def put(vault: Vault, stored: bytes) -> None:
    vault._database.run("UPDATE contents SET raw = ?", stored)


def test_what_shrinks_is_stored_smaller_and_given_back_as_it_came(vault: Vault) -> None:
    credential = sketch(title="One", pad="again " * 1000)
    entry = vault.add(credential, report(), provenance()).id

    assert len(lies(vault)) < len(credential.raw) // 10
    assert vault.raw(entry) == credential.raw
    assert vault.get(entry).versions[0].size == len(credential.raw)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=300) | st.binary(min_size=1, max_size=20).map(lambda part: part * 50))
def test_any_bytes_come_back(vault: Vault, raw: bytes) -> None:
    with vault.batch():
        vault._database.run("DELETE FROM contents")
        sha256 = hashlib.sha256(raw).hexdigest()
        vault._database.run("DELETE FROM versions")
        vault._database.run("INSERT OR IGNORE INTO entries (id) VALUES ('e')")
        vault._database.run(
            "INSERT INTO versions (seq, entry, sha256, size, format, source, path, added_at,"
            " report, evidence, issuer, awarding_bodies)"
            " VALUES (7, 'e', ?, ?, '', '', '', '', '', 0, '', '')",
            sha256,
            len(raw),
        )
        contents.put(vault._database, 7, raw)

    assert contents.get(vault._database, 7) == raw
    assert len(lies(vault, 7)) <= len(raw)


def test_what_an_older_version_stored_is_read_as_it_lies(vault: Vault) -> None:
    credential = sketch(title="One", pad="again " * 1000)
    entry = vault.add(credential, report(), provenance()).id

    put(vault, credential.raw)

    assert vault.raw(entry) == credential.raw


@pytest.mark.parametrize(
    "stored",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"no deflated bytes", id="nothing deflated"),
        pytest.param(zlib.compress(b"x" * 50_000_000), id="a bomb"),
        pytest.param(zlib.compress(b"other bytes"), id="other bytes"),
        pytest.param(zlib.compress(sketch(title="One", pad=noise(2000)).raw)[:-900], id="cut"),
    ],
)
def test_bytes_that_are_not_those_that_came_are_damage(vault: Vault, stored: bytes) -> None:
    entry = vault.add(sketch(title="One", pad=noise(2000)), report(), provenance()).id

    put(vault, stored)

    with pytest.raises(VaultDamaged) as caught:
        vault.raw(entry)
    assert caught.value.facts["what"] == "contents"
    vault.delete(entry, report().at)


def test_a_version_without_bytes_is_damage(vault: Vault) -> None:
    entry = vault.add(sketch(title="One"), report(), provenance()).id
    vault._database.run("DELETE FROM contents")

    with pytest.raises(VaultDamaged):
        vault.raw(entry)
