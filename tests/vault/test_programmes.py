"""Own programme definitions and choices between awards in the vault, and when vaults are merged."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.sketch import NOW, make, provenance, reopen, report, sketch
from wallet.errors import NotFound
from wallet.model.keeping import Choice, Confirmation, OwnProgramme
from wallet.vault import Vault, merging

OWN = OwnProgramme("urn:p", "2024", b'{ "as": "given" }', "own.json", NOW, b"a..b")
LATER = NOW + timedelta(days=1)


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return make(tmp_path / "a.mikrofolio")


@pytest.fixture
def entry(vault: Vault) -> str:
    return vault.add(sketch(title="One"), report(), provenance()).id


def test_definitions_are_kept_as_their_bytes(vault: Vault, tmp_path: Path) -> None:
    other = replace(OWN, version="2025", signature=None)
    vault.put_programme(other)
    vault.put_programme(OWN)
    vault.put_programme(OWN)
    vault.close()
    vault = reopen(tmp_path / "a.mikrofolio")
    assert vault.programmes() == (OWN, other)
    changed = replace(OWN, raw=b"{}", added_at=LATER)
    vault.put_programme(changed)
    assert vault.programmes() == (changed, other)
    assert vault.remove_programme("urn:p", "2025")
    assert not vault.remove_programme("urn:p", "2025")
    assert "given" not in repr(OWN)
    vault.close()


def test_choices_are_made_and_taken_back(vault: Vault, entry: str) -> None:
    second = Choice(entry, "urn:p", LATER, 2)
    vault.choose(Choice(entry, "urn:p#mini", NOW))
    vault.choose(second)
    vault.choose(replace(second, award="urn:q"))
    assert vault.choices() == (Choice(entry, "urn:p#mini", NOW), replace(second, award="urn:q"))
    assert vault.unchoose(entry)
    assert not vault.unchoose(entry)
    vault.delete(entry, NOW)
    assert vault.choices() == ()
    with pytest.raises(NotFound):
        vault.choose(Choice("nothing", "urn:p", NOW))
    vault.close()


def test_each_achievement_is_confirmed_by_itself(vault: Vault, entry: str) -> None:
    words = [Confirmation(entry, "urn:p", "item", NOW, number) for number in (1, 2)]
    for word in words:
        vault.confirm(word)
    assert vault.confirmations() == tuple(words)
    assert vault.unconfirm(entry, "urn:p", "item", 2)
    assert vault.confirmations() == tuple(words[:1])
    vault.close()


def test_merging_keeps_what_is_here_and_brings_the_rest(vault: Vault, tmp_path: Path) -> None:
    there = make(tmp_path / "there.mikrofolio")
    entries = [one.add(sketch(title="One"), report(), provenance()).id for one in (vault, there)]
    there.put_programme(replace(OWN, raw=b"other"))
    there.put_programme(replace(OWN, version="2025"))
    there.choose(Choice(entries[1], "urn:q", NOW))
    there.choose(Choice(entries[1], "urn:q", NOW, 2))
    vault.put_programme(OWN)
    vault.choose(Choice(entries[0], "urn:p", NOW))
    merging.merge(there._database, vault._database, vault._reader, NOW)
    assert vault.programmes() == (OWN, replace(OWN, version="2025"))
    assert {(one.award, one.achievement) for one in vault.choices()} == {("urn:p", 1), ("urn:q", 2)}
    vault.close()
    there.close()
