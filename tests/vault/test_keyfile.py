"""keys.json: written whole, read strictly."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vault.sketch import QUICK
from wallet.errors import VaultDamaged, VaultTooNew
from wallet.model.keeping import SlotKind
from wallet.vault import keyfile
from wallet.vault.keyfile import KeyFile
from wallet.vault.slots import KeyringSlot, PassphraseSlot, keyring_slot, passphrase_slot, unwrap

KEY = bytes(range(32))
SECRET = bytes(32)
FILE = KeyFile.sealed([passphrase_slot(KEY, "word", QUICK), keyring_slot(KEY, SECRET, "ring")], KEY)
DATA = keyfile.dump(FILE)


def load(folder: Path, data: bytes) -> KeyFile:
    (folder / keyfile.NAME).write_bytes(data)
    return keyfile.load(folder)


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    """Change the content, and make the checksum fit again."""
    content = json.loads(DATA)
    change(content)
    del content["sha256"]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    return json.dumps({**content, "sha256": digest}).encode()


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    keyfile.save(tmp_path, FILE)

    assert keyfile.load(tmp_path) == FILE
    assert [slot.kind for slot in FILE.slots] == [SlotKind.PASSPHRASE, SlotKind.KEYRING]
    assert [p.name for p in tmp_path.iterdir()] == [keyfile.NAME]
    assert (tmp_path / keyfile.NAME).stat().st_mode & 0o777 == 0o600


def test_the_key_is_not_in_the_file() -> None:
    for form in (KEY, KEY.hex().encode()):
        assert form not in DATA
    assert b"word" not in DATA


def test_slots_open_with_their_own_secret_alone() -> None:
    word, ring = FILE.slots
    assert isinstance(word, PassphraseSlot)
    assert isinstance(ring, KeyringSlot)

    assert unwrap(word, word.kdf.derive("word", word.salt)) == KEY
    assert unwrap(word, word.kdf.derive("Word", word.salt)) is None
    assert unwrap(ring, SECRET) == KEY
    assert unwrap(ring, b"x" * 32) is None


def test_a_slot_cannot_be_relabelled() -> None:
    word, ring = FILE.slots
    assert isinstance(word, PassphraseSlot)
    wrapping = word.kdf.derive("word", word.salt)

    assert unwrap(KeyringSlot(word.id, word.nonce, word.box), wrapping) is None
    assert unwrap(KeyringSlot("other", ring.nonce, ring.box), SECRET) is None
    moved = PassphraseSlot("other", word.kdf, word.salt, word.nonce, word.box)
    assert unwrap(moved, wrapping) is None


@given(st.binary(max_size=400))
@example(b"[" * keyfile.MAX_BYTES)
@example(b"{" + b'"a":{' * 10_000)
@example(b"9" * 10_000)
@example(b"null")
@example(b'"\\ud800"')
@example(b" " * (keyfile.MAX_BYTES + 1))
@example(b"")
def test_random_bytes_are_damage(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with pytest.raises(VaultDamaged):
        load(tmp_path_factory.getbasetemp(), data)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
_PLACES = st.sampled_from(
    [
        ("version",),
        ("slots",),
        ("slots", 0),
        *[("slots", 0, name) for name in ("kind", "id", "kdf", "salt", "nonce", "key")],
        *[("slots", 0, "kdf", name) for name in ("name", "memory_kib", "passes", "lanes")],
    ]
)


@given(_PLACES, _JSON)
def test_any_other_value_with_a_fitting_checksum_is_damage_or_in_bounds(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[str | int, ...], value: object
) -> None:
    def put(content: Any) -> None:
        for step in place[:-1]:
            content = content[step]
        content[place[-1]] = value

    try:
        load(tmp_path_factory.getbasetemp(), altered(put))
    except (VaultDamaged, VaultTooNew):
        return


@given(st.integers(0, len(DATA) * 8 - 1))
def test_every_flipped_bit_is_damage_or_without_meaning(
    tmp_path_factory: pytest.TempPathFactory, bit: int
) -> None:
    data = bytearray(DATA)
    data[bit // 8] ^= 1 << bit % 8
    try:
        found = load(tmp_path_factory.getbasetemp(), bytes(data))
    except VaultDamaged:
        return
    assert found == FILE  # white space, or two spellings of one base64 text


@pytest.mark.parametrize("size", [0, 1, len(DATA) // 2, len(DATA) - 3])
def test_a_truncated_file_is_damage(tmp_path: Path, size: int) -> None:
    with pytest.raises(VaultDamaged) as caught:
        load(tmp_path, DATA[:size])
    why = "altered" if size else "empty"
    assert caught.value.facts == {"path": str(tmp_path), "what": "keys.json", "why": why}


def test_a_hostile_file_cannot_ask_for_all_memory(tmp_path: Path) -> None:
    hostile = altered(lambda c: c["slots"][0]["kdf"].update(memory_kib=100 * 1024 * 1024))
    with pytest.raises(VaultDamaged):
        load(tmp_path, hostile)


def test_a_hostile_file_cannot_ask_for_many_slots(tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(lambda c: c.update(slots=c["slots"] * 5)))
    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(lambda c: c.update(slots=[])))


def test_a_hostile_file_cannot_ask_for_the_afternoon(tmp_path: Path) -> None:
    def ask(content: dict[str, Any]) -> None:
        content["slots"][0]["kdf"].update(memory_kib=1024 * 1024, passes=8)

    def ask_twice(content: dict[str, Any]) -> None:
        ask(content)
        content["slots"] += content["slots"][:1]

    assert load(tmp_path, altered(ask)).slots
    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(ask_twice))


def test_a_later_version_is_too_new(tmp_path: Path) -> None:
    with pytest.raises(VaultTooNew) as caught:
        load(tmp_path, altered(lambda c: c.update(version=3, slots="of another kind")))
    assert caught.value.facts["found"] == 3
    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(lambda c: c.update(version=True)))


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged):
        keyfile.load(tmp_path)


def test_the_seal_is_the_database_keys(tmp_path: Path) -> None:
    assert FILE.is_sealed_with(KEY)
    assert not FILE.is_sealed_with(bytes(32))
    for slots in (FILE.slots[:1], FILE.slots[::-1], FILE.slots * 2):
        assert not replace(FILE, slots=slots).is_sealed_with(KEY)


def test_a_change_of_key_on_its_way_is_kept(tmp_path: Path) -> None:
    other = bytes(reversed(KEY))
    both = replace(FILE, successor=KeyFile.sealed([passphrase_slot(other, "word", QUICK)], other))
    keyfile.save(tmp_path, both)

    assert keyfile.load(tmp_path) == both
    assert both.is_sealed_with(KEY)
    assert both.successor is not None
    assert both.successor.is_sealed_with(other)


def test_two_sets_together_stay_within_the_limits(tmp_path: Path) -> None:
    def ask(content: dict[str, Any]) -> None:
        content["slots"][0]["kdf"].update(memory_kib=1024 * 1024, passes=8)
        content["successor"] = {"slots": content["slots"][:1], "seal": content["seal"]}

    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(ask))


@pytest.mark.parametrize("successor", [None, {}, [], "x", {"slots": [], "seal": ""}])
def test_a_broken_successor_is_damage(tmp_path: Path, successor: object) -> None:
    with pytest.raises(VaultDamaged):
        load(tmp_path, altered(lambda content: content.update(successor=successor)))
