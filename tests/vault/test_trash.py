"""The trash: thirty days, whatever the clock says in between, and then gone from the file."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    key_of,
    make,
    noise,
    provenance,
    read,
    report,
    sketch,
)
from wallet.vault import Vault
from wallet.vault.database import PAGE_BYTES

MARKER = "Marzenna-MARKER-9c41"
DAY = timedelta(days=1)


def at(path: Path, now: datetime) -> Vault:
    return Vault.open(path, PASSPHRASE, clock=lambda: now, reader=read)


def titles(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries(deleted=True) if entry.title]


def trash(path: Path, now: datetime) -> list[str]:
    """What is in the trash when the vault is opened with the clock at `now`."""
    vault = at(path, now)
    found = titles(vault)
    vault.close()
    return found


def delete(path: Path, title: str, now: datetime) -> None:
    vault = at(path, now)
    vault.delete(vault.add(sketch(title=title), report(), provenance()).id, now)
    vault.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault with one entry in the trash since `NOW`."""
    path = tmp_path / "a.mikrofolio"
    make(path).close()
    delete(path, "One", NOW)
    return path


def test_it_is_emptied_after_thirty_days_at_opening(path: Path) -> None:
    assert trash(path, NOW + 30 * DAY) == ["One"]
    assert trash(path, NOW + 30 * DAY + timedelta(seconds=1)) == []


def test_a_clock_set_back_neither_erases_nor_keeps_for_ever(path: Path) -> None:
    past = NOW - 3650 * DAY
    assert trash(path, past) == ["One"]
    delete(path, "Two", past)

    assert trash(path, NOW) == ["Two", "One"]
    assert trash(path, NOW + 20 * DAY) == ["Two", "One"]
    assert trash(path, NOW + 31 * DAY) == []
    delete(path, "Three", past)
    assert trash(path, NOW + 32 * DAY) == ["Three"]
    assert trash(path, NOW + 62 * DAY) == []


def test_looking_in_does_not_write_every_time(path: Path) -> None:
    trash(path, NOW + DAY)
    before = (path / "wallet.db").read_bytes()
    trash(path, NOW + DAY + timedelta(hours=23))
    assert (path / "wallet.db").read_bytes() == before


def plain(path: Path, log: bool = False) -> bytes:
    """Decrypt every page of the file, those without content included (SQLCipher 4, raw key)."""
    data = (path / "wallet.db").read_bytes()
    key = key_of(path)
    found = bytearray()
    for start in range(0, len(data), PAGE_BYTES):
        page = data[start : start + PAGE_BYTES]
        cipher = Cipher(algorithms.AES(key), modes.CBC(page[-80:-64]))
        found += cipher.decryptor().update(page[16 if start == 0 else 0 : -80])
    return bytes(found)


def test_what_is_erased_is_gone_from_every_page_and_the_log(tmp_path: Path) -> None:
    path = tmp_path / "b.mikrofolio"
    vault = make(path)
    kept = vault.add(sketch(title="Kept"), report(), provenance()).id
    entry = vault.add(sketch(title=MARKER, pad=noise(100_000)), report(), provenance()).id
    vault.set_tags(entry, [MARKER])
    vault.delete(entry, NOW)
    sql = "SELECT raw FROM contents ORDER BY length(raw) DESC"
    stored: bytes = vault._database.value(sql)
    vault.close()
    words = [MARKER.encode(), b"9c41", stored[:64], stored[-64:]]
    assert all(word in plain(path) for word in words)

    vault = at(path, NOW + 31 * DAY)
    assert (path / "wallet.db-wal").stat().st_size == 0
    assert vault.raw(kept)
    vault.close()

    assert not any(word in plain(path) for word in words)
    vault = at(path, NOW + 31 * DAY)
    assert vault.entries("marzenna") == ()
    assert len(vault.entries("kept")) == 1
    vault.close()


def test_erasing_in_a_batch_waits_for_its_end(path: Path) -> None:
    vault = at(path, NOW)
    with vault.batch():
        assert vault.erase_deleted_before(NOW + DAY) == 1
    assert titles(vault) == []
    vault.close()
