"""Damage: recognised, named, and never overwritten."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
import sqlcipher3

from tests.vault.sketch import content, key_of, make, noise, provenance, reopen, report, sketch
from wallet.errors import VaultDamaged, VaultExists
from wallet.vault import keyfile
from wallet.vault.database import Database
from wallet.vault.keyfile import KeyFile

Damage: TypeAlias = Callable[[Path], object]


def _replace(name: str, data: bytes) -> Damage:
    return lambda path: (path / name).write_bytes(data)


def _truncate(size: int) -> Damage:
    return lambda path: (path / "wallet.db").write_bytes((path / "wallet.db").read_bytes()[:size])


def _flip(offset: int) -> Damage:
    def flip(path: Path) -> None:
        data = bytearray((path / "wallet.db").read_bytes())
        data[offset] ^= 0x10
        (path / "wallet.db").write_bytes(data)

    return flip


def _remove(name: str) -> Damage:
    return lambda path: (path / name).unlink()


def _foreign(path: Path) -> None:
    (path / "wallet.db").unlink()
    foreign = sqlcipher3.connect(str(path / "wallet.db"))
    foreign.execute("CREATE TABLE entries (id)")
    foreign.close()


def _swapped_header(path: Path) -> None:
    make(path.with_name("other")).close()
    other, own = path.with_name("other") / "wallet.db", path / "wallet.db"
    own.write_bytes(other.read_bytes()[:4096] + own.read_bytes()[4096:])


def _of_another(path: Path) -> None:
    make(path.with_name("other")).close()
    shutil.copy(path.with_name("other") / "wallet.db", path / "wallet.db")


def _empty_with_our_key(path: Path) -> None:
    key = key_of(path)
    (path / "wallet.db").write_bytes(b"")
    database = Database(path / "wallet.db", key)
    database.run("CREATE TABLE something (else_ TEXT)")
    database.close()


def _unnamed(path: Path) -> None:
    database = Database(path / "wallet.db", key_of(path))
    database.run("PRAGMA application_id = 1")
    database.close()


def _slot_taken_out(path: Path) -> None:
    vault = reopen(path)
    vault.new_recovery_sheet()
    vault.close()
    _write_keys(path, lambda found: replace(found, slots=found.slots[:1]))


def _slot_of_another(path: Path) -> None:
    make(path.with_name("other"), passphrase="not yours").close()
    other = keyfile.load(path.with_name("other")).slots
    _write_keys(path, lambda found: replace(found, slots=(*found.slots, *other)))


def _seal_taken_off(path: Path) -> None:
    whole = json.loads((path / "keys.json").read_bytes())
    stripped = {"format": whole["format"], "version": 1, "slots": whole["slots"]}
    digest = hashlib.sha256(json.dumps(stripped, sort_keys=True).encode()).hexdigest()
    (path / "keys.json").write_text(json.dumps({**stripped, "sha256": digest}))


def _write_keys(path: Path, change: Callable[[KeyFile], KeyFile]) -> None:
    (path / "keys.json").write_bytes(keyfile.dump(change(keyfile.load(path))))


_DATABASE = [
    pytest.param(_replace("wallet.db", b""), "empty", id="empty database"),
    pytest.param(_replace("wallet.db", b"hello"), "cut_short", id="a text file"),
    pytest.param(_replace("wallet.db", b"\0" * 8192), "altered", id="zeros"),
    pytest.param(_truncate(100), "cut_short", id="a part of the first page"),
    pytest.param(_truncate(4096), "altered", id="the first page alone"),
    pytest.param(_truncate(-4096), "altered", id="the last page is gone"),
    pytest.param(_truncate(-100), "cut_short", id="the last bytes are gone"),
    pytest.param(_flip(0), "altered", id="a bit of the salt"),
    pytest.param(_flip(20), "altered", id="a bit of the header"),
    pytest.param(_flip(4090), "altered", id="a bit of the first page's HMAC"),
    pytest.param(_foreign, "plain", id="a foreign SQLite file"),
    pytest.param(_swapped_header, "altered", id="another vault's header"),
    pytest.param(_of_another, "altered", id="another vault's database"),
    pytest.param(_empty_with_our_key, "foreign", id="no vault inside"),
    pytest.param(_unnamed, "foreign", id="another application's database"),
    pytest.param(_remove("wallet.db"), "missing", id="no database"),
]
_KEYS = [
    pytest.param(_remove("keys.json"), "missing", id="no keys"),
    pytest.param(_replace("keys.json", b""), "empty", id="empty keys"),
    pytest.param(_replace("keys.json", b"{}"), "altered", id="keys without slots"),
    pytest.param(_slot_taken_out, "altered", id="a slot is taken out"),
    pytest.param(_slot_of_another, "altered", id="a slot of another vault is added"),
    pytest.param(_seal_taken_off, "altered", id="no seal, as in the first version"),
]


@pytest.mark.parametrize(("damage", "why"), _DATABASE)
def test_a_damaged_database_is_named_and_never_overwritten(
    path: Path, damage: Damage, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    damage(path)
    _expect_untouched(path, "wallet.db", why)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(("damage", "why"), _KEYS)
def test_damaged_keys_are_named_and_never_overwritten(path: Path, damage: Damage, why: str) -> None:
    damage(path)
    _expect_untouched(path, "keys.json", why)


def _expect_untouched(path: Path, what: str, why: str) -> None:
    before = content(path)

    with pytest.raises(VaultDamaged) as caught:
        reopen(path)

    assert caught.value.facts == {"path": str(path), "what": what, "why": why}
    assert content(path) == before
    with pytest.raises(VaultExists):
        make(path)
    assert content(path) == before


@pytest.mark.parametrize("damage", [_replace("wallet.db", b""), _foreign, _remove("keys.json")])
def test_damage_is_said_before_the_passphrase_is_judged(path: Path, damage: Damage) -> None:
    damage(path)
    with pytest.raises(VaultDamaged):
        reopen(path, "wrong")


def _crashed(path: Path) -> Path:
    """The vault as a crash leaves it: with something that is in the write-ahead log alone."""
    vault = reopen(path)
    vault.add(sketch(title="In the log"), report(), provenance())
    crashed = path.with_name("crashed")
    shutil.copytree(path, crashed)
    vault.close()
    return crashed


def test_what_a_crash_left_in_the_log_is_there(path: Path) -> None:
    crashed = _crashed(path)
    (crashed / ".trial-left").mkdir()

    vault = reopen(crashed)

    assert [e.title.best() for e in vault.entries() if e.title] == ["In the log", "One"]
    vault.close()
    assert sorted(p.name for p in crashed.iterdir()) == ["keys.json", "lock", "wallet.db"]


@pytest.mark.parametrize(
    "damage", [_replace("wallet.db", b"\0" * 110_592), _flip(3), _truncate(-8192), _truncate(5000)]
)
def test_damage_beside_a_log_leaves_both_alone(path: Path, damage: Damage) -> None:
    crashed = _crashed(path)
    whole = (crashed / "wallet.db").read_bytes()
    damage(crashed)
    before = content(crashed)

    with pytest.raises(VaultDamaged) as caught:
        reopen(crashed)

    assert caught.value.facts["path"] == str(crashed)
    assert caught.value.facts["what"] == "wallet.db"
    assert before["wallet.db-wal"]
    assert content(crashed) == before
    (crashed / "wallet.db").write_bytes(whole)
    vault = reopen(crashed)
    assert len(vault.entries()) == 2
    vault.close()


def test_a_bit_flipped_in_a_later_page_shows_when_it_is_read(
    path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    vault = reopen(path)
    entry = vault.add(sketch(title="One", pad=noise(50_000)), report(), provenance()).id
    vault.close()
    data = bytearray((path / "wallet.db").read_bytes())
    data[-20_000] ^= 1
    (path / "wallet.db").write_bytes(data)

    vault = reopen(path)
    with pytest.raises(VaultDamaged) as caught:
        vault.raw(entry)

    assert caught.value.facts == {"path": str(path), "what": "wallet.db", "why": "altered"}
    vault.close()
    assert (path / "wallet.db").read_bytes() == data
    assert capfd.readouterr() == ("", "")
