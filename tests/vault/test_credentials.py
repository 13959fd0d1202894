"""Entries and versions: what is one credential, which version is shown, the list and the trash."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from tests.vault.sketch import NOW, make, provenance, read, reopen, report, sketch
from wallet.errors import NotFound, TooLarge, VaultDamaged
from wallet.model.credential import Text
from wallet.model.keeping import AddResult
from wallet.model.verification import Outcome
from wallet.vault import Vault
from wallet.vault.credentials import MAX_RAW

PASSED, FAILED = report(), report(Outcome.FAILED)


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Vault]:
    vault = make(tmp_path / "a.mikrofolio")
    yield vault
    vault.close()


def titles(vault: Vault, text: str = "", *, deleted: bool = False) -> list[str]:
    return [e.title.best() for e in vault.entries(text, deleted=deleted) if e.title]


def test_what_went_in_comes_out_after_reopening(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    credential = sketch(
        titles={"pl": "Analiza danych", "en": "Data analysis"},
        issuer="Politechnika Łódzka",
        bodies=["Politechnika Łódzka", "NTNU"],
        issued="2026-05-04T10:00:00+02:00",
        until="2027-05-04T10:00:00+02:00",
        ects=["2.5"],
        eqf=7,
    )
    added = vault.add(credential, PASSED, provenance())
    vault.close()

    vault = reopen(path)
    kept = vault.get(added.id)

    assert added.result is AddResult.IMPORTED
    assert vault.entries() == (kept.entry,)
    assert kept.credential == credential
    assert vault.raw(added.id) == credential.raw
    assert kept.entry.title == Text((("pl", "Analiza danych"), ("en", "Data analysis")))
    assert kept.entry.issuer == "Politechnika Łódzka"
    assert kept.entry.awarding_bodies == ("Politechnika Łódzka", "NTNU")
    assert kept.entry.issued == datetime(2026, 5, 4, 8, tzinfo=UTC)
    assert kept.entry.valid_until == datetime(2027, 5, 4, 8, tzinfo=UTC)
    assert (kept.entry.ects, kept.entry.eqf) == (Decimal("2.5"), 7)
    assert kept.entry.report == PASSED
    (version,) = kept.versions
    assert (version.sha256, version.size) == (
        sha256(credential.raw).hexdigest(),
        len(credential.raw),
    )
    assert version.provenance == provenance()
    assert version.shown


def test_the_same_bytes_are_already_here(vault: Vault) -> None:
    first = vault.add(sketch(title="One"), PASSED, provenance())
    again = vault.add(sketch(title="One"), FAILED, provenance("other.eml"))

    assert (again.result, again.id) == (AddResult.ALREADY_HERE, first.id)
    assert vault.entries()[0].versions == 1
    assert vault.entries()[0].report == PASSED


def test_the_same_bytes_come_back_from_the_trash(vault: Vault) -> None:
    first = vault.add(sketch(title="One"), PASSED, provenance())
    vault.delete(first.id, NOW)

    assert vault.add(sketch(title="One"), PASSED, provenance()).result is AddResult.ALREADY_HERE
    assert titles(vault) == ["One"]
    assert titles(vault, deleted=True) == []


def test_the_same_issuer_and_global_id_with_other_bytes_is_a_new_version(vault: Vault) -> None:
    old = sketch(title="Old", issuer_id="did:web:example.org", id="urn:uuid:1")
    new = sketch(title="New", issuer_id="did:web:example.org", id="urn:uuid:1")
    first = vault.add(old, PASSED, provenance())
    second = vault.add(new, PASSED, provenance())

    assert (second.result, second.id) == (AddResult.NEW_VERSION, first.id)
    assert titles(vault) == ["New"]
    kept = vault.get(first.id)
    assert [v.shown for v in kept.versions] == [False, True]
    assert vault.raw(first.id, kept.versions[0].sha256) == old.raw
    assert vault.raw(first.id) == new.raw


def test_a_version_that_states_an_earlier_date_is_not_the_newest(vault: Vault) -> None:
    same = {"issuer_id": "did:web:example.org", "id": "urn:uuid:1"}
    vault.add(sketch(title="June", issued="2026-06-01T00:00:00Z", **same), PASSED, provenance())
    vault.add(sketch(title="May", issued="2026-05-01T00:00:00Z", **same), PASSED, provenance())

    assert titles(vault) == ["June"]


@pytest.mark.parametrize("forged_first", [True, False])
def test_a_forged_copy_does_not_block_the_genuine_one(vault: Vault, forged_first: bool) -> None:
    same = {"issuer_id": "did:web:example.org", "id": "urn:uuid:1"}
    genuine = (sketch(title="Genuine", issued="2026-05-01T00:00:00Z", **same), PASSED)
    forged = (sketch(title="Forged", issued="2027-05-01T00:00:00Z", **same), FAILED)
    for credential, found in [forged, genuine] if forged_first else [genuine, forged]:
        vault.add(credential, found, provenance())

    assert titles(vault) == ["Genuine"]
    assert titles(vault, "forged") == []


def test_with_no_version_that_passes_the_newest_is_shown(vault: Vault) -> None:
    same = {"issuer_id": "did:web:example.org", "id": "urn:uuid:1"}
    vault.add(sketch(title="One", **same), FAILED, provenance())
    vault.add(sketch(title="Two", **same), report(Outcome.INDETERMINATE), provenance())

    assert titles(vault) == ["Two"]


def test_issuers_without_an_identifier_are_told_by_their_folded_name(vault: Vault) -> None:
    one = vault.add(sketch(issuer="Politechnika  Łódzka", id="urn:uuid:1"), PASSED, provenance())
    two = vault.add(sketch(issuer="POLITECHNIKA ŁÓDZKA", id="urn:uuid:1"), PASSED, provenance())
    three = vault.add(sketch(issuer="Politechnika Śląska", id="urn:uuid:1"), PASSED, provenance())

    assert one.id == two.id
    assert three.result is AddResult.IMPORTED


@pytest.mark.parametrize("local", ["urn:epass:credential:1", "#c1", "_:b0", None])
def test_document_local_ids_identify_nothing(vault: Vault, local: str | None) -> None:
    for title in ("One", "Two"):
        credential = sketch(title=title, issuer_id="did:web:example.org", id=local)
        assert vault.add(credential, PASSED, provenance()).result is AddResult.IMPORTED

    assert titles(vault) == ["Two", "One"]


def test_an_issuer_that_is_not_stated_identifies_nothing(vault: Vault) -> None:
    for title in ("One", "Two"):
        vault.add(sketch(title=title, id="urn:uuid:1"), PASSED, provenance())

    assert len(vault.entries()) == 2


def test_a_new_report_decides_again_which_version_is_shown(vault: Vault) -> None:
    same = {"issuer_id": "did:web:example.org", "id": "urn:uuid:1"}
    entry = vault.add(sketch(title="One", **same), PASSED, provenance()).id
    vault.add(sketch(title="Two", **same), FAILED, provenance())
    second = vault.get(entry).versions[1]

    vault.update_report(entry, second.sha256, PASSED)

    assert titles(vault) == ["Two"]
    with pytest.raises(NotFound):
        vault.update_report(entry, "0" * 64, PASSED)


def test_several_achievements_state_a_sum(vault: Vault) -> None:
    vault.add(sketch(title="Sum", ects=["2.5", "1.5"]), PASSED, provenance())
    vault.add(sketch(title="None"), PASSED, provenance())

    assert [entry.ects for entry in vault.entries()] == [None, Decimal("4.0")]


@pytest.mark.parametrize(
    "text",
    ["Zolkiewska", "żółkiewska", "ŻÓŁKIEW", "hanna zol", "lodz", "Łódź", "cours", "2026-05"],
)
def test_search_finds_beginnings_of_words_whatever_their_accents(vault: Vault, text: str) -> None:
    vault.add(
        sketch(
            title="Course", learner="Hanna Żółkiewska", bodies=["Łódź"], issued="2026-05-04T00:00Z"
        ),
        PASSED,
        provenance(),
    )
    vault.add(sketch(title="Other", learner="Ola Nowak"), PASSED, provenance())

    assert titles(vault, text) == ["Course"]


@pytest.mark.parametrize(
    "text", ['"', "a OR b", "NEAR(", "*", "stated:x", "'; --", "\0", "x" * 9999]
)
def test_search_takes_anything_that_can_be_typed(vault: Vault, text: str) -> None:
    vault.add(sketch(title="Course"), PASSED, provenance())

    vault.entries(text)


def test_search_without_a_word_finds_everything(vault: Vault) -> None:
    vault.add(sketch(title="Course"), PASSED, provenance())

    assert titles(vault, " - ") == ["Course"]


def test_the_trash_gives_back_and_forgets_only_what_is_old(vault: Vault) -> None:
    old = vault.add(sketch(title="Old"), PASSED, provenance()).id
    new = vault.add(sketch(title="New"), PASSED, provenance()).id
    later = NOW + timedelta(days=40)
    vault.delete(old, NOW)
    vault.delete(new, later)
    vault.delete(old, later)  # keeps its date

    assert titles(vault) == []
    assert vault.info().credentials == 0
    assert [e.deleted_at for e in vault.entries(deleted=True)] == [later, NOW]
    assert vault.erase_deleted_before(later - timedelta(days=30)) == 1
    assert titles(vault, deleted=True) == ["New"]
    vault.restore(new)
    assert titles(vault) == ["New"]
    for gone in (vault.get, vault.raw, vault.restore):
        with pytest.raises(NotFound):
            gone(old)


def test_what_was_erased_can_be_imported_again(vault: Vault) -> None:
    old = vault.add(sketch(title="Old"), PASSED, provenance()).id
    vault.delete(old, NOW)
    vault.erase_deleted_before(NOW + timedelta(days=31))

    assert vault.entries("old", deleted=True) == ()
    assert vault.add(sketch(title="Old"), PASSED, provenance()).result is AddResult.IMPORTED
    assert titles(vault, "old") == ["Old"]


def test_too_large_is_refused_and_the_rest_of_a_batch_stays(vault: Vault) -> None:
    with vault.batch():
        vault.add(sketch(title="One"), PASSED, provenance())
        with pytest.raises(TooLarge):
            vault.add(sketch(title="x" * MAX_RAW), PASSED, provenance())
        vault.add(sketch(title="Two"), PASSED, provenance())

    assert titles(vault) == ["Two", "One"]


def test_the_largest_comes_back_bit_for_bit(vault: Vault) -> None:
    rest = MAX_RAW - len(sketch(title="").raw)
    credential = sketch(title="x" * rest)

    entry = vault.add(credential, PASSED, provenance()).id

    assert len(credential.raw) == MAX_RAW
    assert vault.raw(entry) == credential.raw


def test_a_batch_that_fails_leaves_nothing(vault: Vault) -> None:
    def fail() -> None:
        with vault.batch():
            vault.add(sketch(title="One"), PASSED, provenance())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()

    assert vault.entries() == ()
    vault.add(sketch(title="Two"), PASSED, provenance())
    assert titles(vault) == ["Two"]


def test_bytes_that_can_be_read_no_more_are_damage_not_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    entry = vault.add(sketch(title="One"), PASSED, provenance()).id
    vault.close()

    vault = Vault.open(path, "żółte krzesło 17", reader=lambda data: None)

    with pytest.raises(VaultDamaged):
        vault.get(entry)
    assert read(vault.raw(entry)) is not None
