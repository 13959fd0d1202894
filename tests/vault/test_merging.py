"""Merging two vaults: never two of one, and nothing that anybody wrote is lost."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vault.sketch import NOW, make, provenance, report, sketch
from wallet.model.backups import Merged
from wallet.model.keeping import Confirmation, Note, TrustDecision, TrustItem, Verdict
from wallet.model.presentation import Form, LedgerEntry
from wallet.model.verification import Outcome
from wallet.vault import Vault, merging

EARLIER, LATER = NOW - timedelta(days=9), NOW + timedelta(days=9)
MERGED = {"entries", "versions", "contents", "search", "tags", "confirmations", "ledger",
          "holder_keys", "trust_items", "trust_decisions", "profile", "settings",
          "programmes", "choices", "notes"}  # fmt: skip
NOTHING = Merged(0, 0, 0, 0, 0, 0, 0, 0, 0, ())


class Pair:
    """Two open vaults: what is there is merged into what is here."""

    def __init__(self, folder: Path) -> None:
        self.here, self.there = make(folder / "here"), make(folder / "there")

    def merge(self) -> Merged:
        """Merge the one into the other, as a backup is."""
        there, here = self.there._database, self.here._database
        return merging.merge(there, here, self.here._reader, NOW)

    def close(self) -> None:
        self.here.close()
        self.there.close()


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def both(pair: Pair, **stated: object) -> tuple[str, str]:
    """Import the same credential in both."""
    here, there = (
        vault.add(sketch(**stated), report(), provenance()).id for vault in (pair.here, pair.there)
    )
    return here, there


def line(line_id: str, *entries: str) -> LedgerEntry:
    return LedgerEntry(
        line_id, NOW, Form.ORIGINAL, ("T",), entries, "Acme", None, None, "0" * 64, 1
    )


def test_every_table_is_merged_or_said_not_to_be(pair: Pair) -> None:
    sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
    tables = {row[0] for row in pair.here._database.rows(f"{sql} AND name NOT LIKE 'sqlite_%'")}
    assert tables == MERGED | merging.NOT_MERGED
    pair.close()


def test_a_vault_merged_into_an_empty_one_is_the_same_vault(pair: Pair) -> None:
    there = pair.there
    versioned = {"issuer": "Example University", "id": "urn:uuid:1"}
    old = there.add(sketch(**versioned, title="Old"), report(), provenance()).id
    there.add(sketch(**versioned, title="New", n=2), report(), provenance())
    there.add(sketch(title="Łódź"), report(Outcome.FAILED), provenance())
    there.set_tags(old, ["b", "a"])
    there.set_note(old, "Call the study office", EARLIER)
    there.confirm(Confirmation(old, "p", "i", NOW))
    there.record(line("l1", old))
    there.holder_key()
    there.decide(TrustDecision("d1", "k", Verdict.ACCEPTED, "a call", NOW))
    there.put_trust_item(TrustItem("t1", "key", "n", "s", NOW, b"raw"))
    there.set_profile("name", "Hanna")
    there.set_setting("language", "pl")

    merged = pair.merge()

    assert replace(merged, kept_here=()) == Merged(2, 0, 0, 2, 1, 1, 1, 1, 1, (), notes=1)
    for said in (
        Vault.entries, Vault.tags, Vault.confirmations, Vault.ledger, Vault.holder_keys,
        Vault.trust_decisions, Vault.trust_items, Vault.profile, Vault.settings,
    ):  # fmt: skip
        assert said(pair.here) == said(there)
    assert pair.here.get(old) == there.get(old)
    assert [entry.id for entry in pair.here.entries("lodz")] == [pair.here.entries()[0].id]
    assert pair.merge() == replace(NOTHING, already_here=2)
    pair.close()


def test_the_same_bytes_never_make_two_whatever_their_id(pair: Pair) -> None:
    here, there = both(pair, title="One")
    pair.here.set_tags(here, ["here"])
    pair.there.set_tags(there, ["there"])
    pair.here.confirm(Confirmation(here, "p", "i", EARLIER))
    pair.there.confirm(Confirmation(there, "p", "i", LATER))
    pair.there.confirm(Confirmation(there, "p", "j", NOW))
    pair.here.confirm(Confirmation(here, "p", "k", LATER))
    pair.there.confirm(Confirmation(there, "p", "k", EARLIER))
    pair.there.record(line("l1", there, "gone"))

    merged = pair.merge()

    assert (merged.entries, merged.already_here, merged.tags, merged.confirmations) == (0, 1, 1, 1)
    (entry,) = pair.here.entries()
    assert (entry.id, entry.tags) == (here, ("here", "there"))
    assert pair.here.confirmations() == (
        Confirmation(here, "p", "j", NOW),
        Confirmation(here, "p", "i", LATER),
        Confirmation(here, "p", "k", LATER),
    )
    assert pair.here.ledger()[0].credential_ids == (here, "gone")
    pair.close()


def test_two_notes_on_one_entry_lose_no_word_and_are_joined_once(pair: Pair) -> None:
    here, there = both(pair, title="One")
    pair.here.set_note(here, "Ask Ms Kowalczyk", LATER)
    pair.there.set_note(there, "It was in Łódź", EARLIER)

    assert pair.merge().notes == 1

    assert pair.here.get(here).note == Note("Ask Ms Kowalczyk\n\nIt was in Łódź", LATER)
    assert pair.here.find("lodz") == pair.here.find("kowal") == (here,)
    assert pair.merge().notes == 0
    pair.close()


@pytest.mark.parametrize("longer_here", [True, False])
def test_a_note_that_holds_the_other_stands_alone(pair: Pair, longer_here: bool) -> None:
    here, there = both(pair, title="One")
    texts = ("Ask again in May", "Ask again")
    pair.here.set_note(here, texts[not longer_here], NOW)
    pair.there.set_note(there, texts[longer_here], NOW)
    pair.merge()
    assert pair.here.get(here).note == Note(texts[0], NOW)
    pair.close()


def test_versions_of_one_identity_come_together(pair: Pair) -> None:
    one = {"issuer_id": "did:example:u", "id": "urn:uuid:1"}
    here = pair.here.add(
        sketch(**one, title="First", issued="2026-01-01T00:00:00Z"), report(), provenance()
    ).id
    pair.there.add(
        sketch(**one, title="Second", issued="2026-02-01T00:00:00Z"), report(), provenance()
    )

    merged = pair.merge()

    assert (merged.entries, merged.versions) == (0, 1)
    (entry,) = pair.here.entries()
    assert entry.title is not None
    assert (entry.id, entry.versions, entry.title.best()) == (here, 2, "Second")
    assert [found.id for found in pair.here.entries("second")] == [here]
    pair.close()


def test_an_id_that_is_taken_by_something_else_gets_a_new_one(pair: Pair) -> None:
    mine = pair.here.add(sketch(title="Mine"), report(), provenance()).id
    theirs = pair.there.add(sketch(title="Theirs"), report(), provenance()).id
    pair.there.record(line("l1", theirs))
    base = pair.there._database
    base.run("PRAGMA foreign_keys = OFF")
    with base.change():
        base.run("UPDATE entries SET id = ?", mine)
        base.run("UPDATE versions SET entry = ?", mine)
        base.run("UPDATE ledger SET credential_ids = ?", f'["{mine}"]')

    pair.merge()

    new, old = (entry.id for entry in pair.here.entries())
    assert (old, pair.here.ledger()[0].credential_ids) == (mine, (new,))
    assert new != mine
    pair.close()


def test_of_one_version_the_older_arrival_and_the_newer_report_stay(pair: Pair) -> None:
    credential = sketch(title="One")
    pair.here.add(credential, report(Outcome.FAILED, EARLIER), provenance("late.eml", LATER))
    pair.there.add(credential, report(Outcome.PASSED, NOW), provenance("early.eml", EARLIER))

    pair.merge()

    (version,) = pair.here.get(pair.here.entries()[0].id).versions
    assert version.provenance == provenance("early.eml", EARLIER)
    assert version.report == report(Outcome.PASSED, NOW)
    pair.close()


@pytest.mark.parametrize("trash", ["here", "there", "both"])
def test_what_is_in_the_list_here_stays_there_and_so_does_the_trash(pair: Pair, trash: str) -> None:
    here, there = both(pair, title="One")
    if trash in {"here", "both"}:
        pair.here.delete(here, LATER)
    if trash in {"there", "both"}:
        pair.there.delete(there, NOW)

    pair.merge()

    deleted = [entry.deleted_at for entry in pair.here.entries(deleted=True)]
    assert deleted == ([] if trash == "there" else [LATER])
    pair.close()


def test_what_differs_stays_as_it_is_here_and_is_named(pair: Pair) -> None:
    pair.here.set_profile("field", "0732")
    pair.there.set_profile("field", "0511")
    pair.there.set_profile("name", "Hanna")
    pair.there.set_setting("backup.id", "of another vault")

    merged = pair.merge()

    assert merged.kept_here == ("field",)
    assert pair.here.profile() == {"field": "0732", "name": "Hanna"}
    assert pair.here.settings() == {}
    pair.close()


@pytest.mark.parametrize(
    ("here", "there"), [(None, NOW), (NOW, None), (EARLIER, NOW), (NOW, EARLIER)]
)
def test_taken_back_or_retired_in_either_is_so(
    pair: Pair, here: datetime | None, there: datetime | None
) -> None:
    word = TrustDecision("d", "k", Verdict.DISTRUSTED, "", EARLIER)
    key = pair.there.holder_key("P-256")
    for vault, ended in ((pair.here, here), (pair.there, there)):
        vault.decide(replace(word, withdrawn_at=ended))
        vault.keep_holder_key(key)
        if ended is not None:
            vault.retire_holder_key(key.did, ended)
    pair.there.name_holder_key(key.did, "Phone")

    pair.merge()

    expected = min(time for time in (here, there) if time is not None)
    assert [one.withdrawn_at for one in pair.here.trust_decisions()] == [expected]
    assert [(one.name, one.retired_at) for one in pair.here.holder_keys()] == [("Phone", expected)]
    pair.close()


@pytest.mark.parametrize(("here", "there", "kept"), [(NOW, LATER, b"there"), (LATER, NOW, b"here")])
def test_the_newer_trust_data_of_one_id_stays(
    pair: Pair, here: datetime, there: datetime, kept: bytes
) -> None:
    pair.here.put_trust_item(TrustItem("lotl", "k", "n", "s", here, b"here"))
    pair.there.put_trust_item(TrustItem("lotl", "k", "n", "s", there, b"there"))

    pair.merge()

    assert [one.raw for one in pair.here.trust_items()] == [kept]
    pair.close()


def test_a_merge_that_fails_changes_nothing(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    pair.there.add(sketch(title="One"), report(), provenance())

    def fails(*_: object) -> int:
        raise RuntimeError("on purpose")

    monkeypatch.setattr(merging, "_trust_items", fails)
    with pytest.raises(RuntimeError, match="on purpose"):
        pair.merge()

    assert pair.here.entries() == ()
    pair.close()


def _add(vault: Vault, number: int) -> None:
    vault.add(sketch(title=f"T{number}"), report(), provenance())


def _add_version(vault: Vault, number: int) -> None:
    one = sketch(issuer="U", id=f"urn:x:{number % 2}", title=f"V{number}")
    vault.add(one, report(), provenance())


def _tag(vault: Vault, number: int) -> None:
    for entry in vault.entries():
        vault.set_tags(entry.id, [*entry.tags, f"t{number}"])


def _confirm(vault: Vault, number: int) -> None:
    for entry in vault.entries():
        vault.confirm(Confirmation(entry.id, "p", str(number), NOW))


def _record(vault: Vault, number: int) -> None:
    if f"l{number}" not in _lines(vault):
        vault.record(line(f"l{number}"))


def _delete(vault: Vault, number: int) -> None:
    for entry in vault.entries()[:number]:
        vault.delete(entry.id, NOW)


Step: TypeAlias = tuple[Callable[[Vault, int], None], int]
CHANGES = st.lists(
    st.tuples(
        st.sampled_from([_add, _add_version, _tag, _confirm, _record, _delete]), st.integers(0, 3)
    ),
    max_size=8,
)


def _lines(vault: Vault) -> set[str]:
    return {line.id for line in vault.ledger()}


def _held(vault: Vault) -> dict[str, set[str]]:
    """Every set of bytes, with what the person added to its entry."""
    held = {}
    for deleted in (False, True):
        for entry in vault.entries(deleted=deleted):
            words = vault._database.rows("SELECT item FROM confirmations WHERE entry = ?", entry.id)
            notes = {*entry.tags, *(f"item {row[0]}" for row in words)}
            for version in vault.get(entry.id).versions:
                assert version.sha256 not in held, "never two of one"
                held[version.sha256] = notes
    return held


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(CHANGES, CHANGES)
def test_whatever_two_vaults_hold_all_of_it_is_there_afterwards(
    tmp_path_factory: pytest.TempPathFactory,
    here: list[Step],
    there: list[Step],
) -> None:
    pair = Pair(tmp_path_factory.mktemp("pair"))
    for vault, steps in ((pair.here, here), (pair.there, there)):
        for step, number in steps:
            step(vault, number)
    before = [_held(pair.here), _held(pair.there)]
    lines = _lines(pair.here) | _lines(pair.there)
    listed = {entry.id for entry in pair.here.entries()}

    pair.merge()

    after = _held(pair.here)
    assert after.keys() == before[0].keys() | before[1].keys()
    for held in before:
        assert all(notes <= after[sha256] for sha256, notes in held.items())
    assert _lines(pair.here) == lines
    assert listed <= {entry.id for entry in pair.here.entries()}
    assert pair.here._database.rows("PRAGMA foreign_key_check") == []
    again = pair.merge()
    assert replace(again, already_here=0) == NOTHING
    pair.close()
