"""The issuer check of a seal: its reasons and facts, real seals, what the person supplied."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests import work
from tests.needs import shared
from tests.proofs import stamping
from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, LATE, SEAL, SIGNED, Entry, Listing
from tests.trust.judging import (
    AT,
    CA,
    DAY,
    EXPIRED,
    GRANTED,
    ISSUER,
    LEAF,
    STAMP,
    TIMES,
    judged,
    known,
)
from wallet.model.credential import Organisation, Text
from wallet.model.verification import Check, Outcome, Reason
from wallet.proofs import jades
from wallet.proofs.evidence import Evidence
from wallet.proofs.keys import PublicKey
from wallet.trust import sealed
from wallet.trust.anchors import Decision, TrustStore, issuer_check
from wallet.trust.certificates import Seal
from wallet.trust.lists import TrustedLists
from wallet.trust.qualification import ProofOfExistence, judge


def checked(
    *listings: Listing, issuer: Organisation | None = ISSUER, at: datetime = AT, **evidence: Any
) -> Check:
    stated = Evidence(**{"certificates": (LEAF, CA), "signed_at": SIGNED, **evidence})
    return sealed.check(
        evidence=stated,
        seal=Seal(SEAL, "VATPL-0000000000", "PL"),
        issuer=issuer,
        lists=TrustedLists(national=known(*listings)),
        at=at,
        facts={"organisation": SEAL},
    )


def test_a_listed_seal_of_the_stated_issuer_passes_with_its_facts() -> None:
    check = checked(ocsp=(europe.response(LEAF),))
    assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.EU_TRUSTED_LIST)
    assert check.facts == {
        "organisation": SEAL,
        "provider": "Example Trust",
        "service": "Qualified seals",
        "country": "PL",
        "list_date": "2026-06-01",
        "list_sequence": "7",
        "list_as_of": "2026-11-22",
        "list_next_update": "2026-11-28",
        "service_status": "granted",
        "service_since": "2020-01-01",
        "qualified": "yes",
        "certificate_type": "seal",
        "qscd": "not stated",
        "revocation": "good",
        "revocation_source": "OCSP",
        "revocation_as_of": "2024-03-01T10:00:00Z",
        "revocation_until": "2024-03-08T10:00:00Z",
        "date": "2026-06-01",
    }
    assert sealed.outranks(check)
    assert checked().facts["revocation"] == "not checked"


def test_the_age_of_a_list_is_a_fact_and_no_reason() -> None:
    check = checked(at=datetime(2035, 1, 1, tzinfo=UTC))
    assert check.outcome is Outcome.PASSED
    assert check.facts["list_next_update"] == "2026-11-28"


@pytest.mark.parametrize(("seconds", "age"), [(0, None), (1, "180")])
def test_a_list_is_old_once_the_next_one_was_due(seconds: int, age: str | None) -> None:
    due = europe.ISSUED + 180 * DAY
    assert checked(at=due + timedelta(seconds=seconds)).facts.get("list_age") == age


def test_a_list_from_after_the_time_asked_about_does_not_say_since_when_it_is_here() -> None:
    early = TrustedLists(national=tuple(replace(one, as_of=europe.ISSUED - DAY) for one in known()))
    check = sealed.check(
        evidence=Evidence((LEAF, CA), signed_at=SIGNED),
        seal=Seal(SEAL, "VATPL-0000000000", "PL"),
        issuer=ISSUER,
        lists=early,
        at=europe.ISSUED - DAY,
        facts={},
    )
    assert check.reason is Reason.EU_TRUSTED_LIST
    assert "list_as_of" not in check.facts


@pytest.mark.parametrize(
    ("changes", "outcome", "reason", "date"),
    [
        (
            {"issuer": Organisation(Text.plain("Another University"))},
            Outcome.INDETERMINATE,
            Reason.SEAL_NOT_ISSUER,
            "2026-06-01",
        ),
        (
            {"certificates": (EXPIRED,)},
            Outcome.INDETERMINATE,
            Reason.OUT_OF_BOUNDS_NO_POE,
            "2024-03-31",
        ),
        (
            {"certificates": (EXPIRED,), "issuer": Organisation(Text.plain("Another"))},
            Outcome.INDETERMINATE,
            Reason.OUT_OF_BOUNDS_NO_POE,
            "2024-03-31",
        ),
        (
            {"crls": (europe.revocations((LEAF, SIGNED - DAY)),)},
            Outcome.FAILED,
            Reason.CERTIFICATE_REVOKED,
            "2024-02-29",
        ),
        (
            {"certificates": (europe.seal(qc=None),)},
            Outcome.FAILED,
            Reason.NOT_QUALIFIED_AT_SIGNING,
            "2026-06-01",
        ),
        (
            {"certificates": (europe.seal(by="Unknown CA"),)},
            Outcome.INDETERMINATE,
            Reason.NO_CERTIFICATE_CHAIN_FOUND,
            None,
        ),
    ],
)
def test_every_other_answer(
    changes: dict[str, Any], outcome: Outcome, reason: Reason, date: str | None
) -> None:
    check = checked(**changes)
    assert (check.outcome, check.reason, check.facts.get("date")) == (outcome, reason, date)


def test_the_seal_is_named_beside_the_stated_issuer() -> None:
    check = checked(issuer=Organisation(Text.plain("Another University")))
    assert check.facts["organisation"] == SEAL
    assert check.facts["awarding_body"] == "Another University"
    assert sealed.outranks(check)
    assert checked(issuer=None).reason is Reason.EU_TRUSTED_LIST


def test_a_proof_of_existence_is_named_as_what_it_is() -> None:
    check = checked(GRANTED, TIMES, stamps=(STAMP,))
    assert check.facts["existence"] == "2024-03-02T10:00:00Z"
    assert check.facts["existence_source"] == "time stamp"
    assert check.facts["time_stamp_authority"] == "Example Time"


# ---- real ones ----------------------------------------------------------------------------------


NOVEMBER = datetime(2026, 11, 22, 12, tzinfo=UTC)
REAL = [
    ("edc/Sample-MC-Annex1-signed.jsonld", datetime(2023, 9, 28, tzinfo=UTC), None),
    ("edc/Sample-MC-Annex1-signed.jsonld", NOVEMBER, Reason.OUT_OF_BOUNDS_NO_POE),
    ("edc/Sample-CertOfPart-signed.jsonld", datetime(2023, 9, 28, tzinfo=UTC), None),
    ("edc/Sample-CertOfPart-signed.jsonld", NOVEMBER, Reason.OUT_OF_BOUNDS_NO_POE),
    ("edc/credential-signed.jsonld", datetime(2022, 12, 22, tzinfo=UTC), None),
    ("edc/credential-signed.jsonld", NOVEMBER, Reason.OUT_OF_BOUNDS_NO_POE),
    ("edc/credential-jws-invalid.jsonld", datetime(2022, 10, 12, tzinfo=UTC), None),
    ("edc/credential-jws-invalid.jsonld", NOVEMBER, Reason.OUT_OF_BOUNDS_NO_POE),
    ("edc/edc-mc-signed.jsonld", NOVEMBER, Reason.NO_CERTIFICATE_CHAIN_FOUND),
    ("edc/edc-dc-signed.jsonld", NOVEMBER, Reason.NO_CERTIFICATE_CHAIN_FOUND),
    ("jades/jades-lta.json", NOVEMBER, Reason.NO_CERTIFICATE_CHAIN_FOUND),
    ("jades/jades-lta-broken-arcTst.json", NOVEMBER, Reason.NO_CERTIFICATE_CHAIN_FOUND),
]


@pytest.mark.parametrize(("file", "at", "reason"), REAL)
def test_real_seals(
    file: str, at: datetime, reason: Reason | None, real_lists: TrustedLists
) -> None:
    found = judge(evidence_of(file), real_lists.national, at)
    assert found.reason is reason
    assert found.existence is None
    assert not any(entry.listed for entry in found.stamps)
    if found.path is not None:
        assert found.status is not None
        assert found.status.value == "granted"
        assert found.quality is not None
        assert (found.quality.for_seals, found.quality.device) == (True, False)


def test_the_embedded_ocsp_response_is_used(real_lists: TrustedLists) -> None:
    evidence = evidence_of("edc/Sample-MC-Annex1-signed.jsonld")
    found = judge(evidence, real_lists.national, datetime(2023, 9, 28, tzinfo=UTC))
    assert found.revocation is not None
    assert found.revocation.source == "OCSP"
    assert found.revocation.until == datetime(2023, 10, 4, 11, 54, tzinfo=UTC)


def evidence_of(file: str) -> Evidence:
    document = jades.parse(shared("samples", file).read_bytes())
    assert document is not None
    finding = jades.check(document)
    assert finding.evidence is not None
    return finding.evidence


# ---- beside what the person supplied ------------------------------------------------------------


def asked(
    store: TrustStore, leaf: bytes = LEAF, issuer: Organisation = ISSUER, **more: Any
) -> Check:
    return issuer_check(
        key=PublicKey.from_certificate(leaf),
        resolved=None,
        issuer=issuer,
        issuer_id=None,
        chain=(leaf,),
        awarding=(),
        trust=store,
        at=AT,
        **more,
    )


def store_with(*listings: Listing, supplied: bytes | None = None) -> TrustStore:
    store = replace(TrustStore.empty(), lists=TrustedLists(national=known(*listings)))
    return store if supplied is None else store.with_file(supplied, "mine.der", AT)


def test_a_list_is_asked_before_what_the_person_supplied() -> None:
    assert asked(store_with()).reason is Reason.EU_TRUSTED_LIST
    assert asked(store_with(supplied=CA)).reason is Reason.EU_TRUSTED_LIST


def test_a_supplied_certificate_vouches_where_no_list_does() -> None:
    unknown = europe.seal(by="Unknown CA")
    assert asked(store_with(), unknown).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND
    check = asked(store_with(supplied=europe.authority("Unknown CA")), unknown)
    assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.KEY_SUPPLIED)
    withdrawn = Listing((Entry(status="withdrawn"),), (CA,))
    assert asked(store_with(withdrawn)).reason is Reason.NOT_QUALIFIED_AT_SIGNING
    assert asked(store_with(withdrawn, supplied=CA)).reason is Reason.KEY_SUPPLIED


def test_a_supplied_certificate_does_not_undo_a_revocation() -> None:
    evidence = Evidence((LEAF,), SIGNED, crls=(europe.revocations((LEAF, SIGNED - DAY)),))
    check = asked(store_with(supplied=CA), evidence=evidence)
    assert (check.outcome, check.reason) == (Outcome.FAILED, Reason.CERTIFICATE_REVOKED)


def test_the_wallets_import_reaches_the_judgement() -> None:
    assert asked(store_with(), EXPIRED).reason is Reason.OUT_OF_BOUNDS_NO_POE
    existence = ProofOfExistence(SIGNED + DAY, "import")
    evidence = Evidence((EXPIRED,), SIGNED)
    check = asked(store_with(), EXPIRED, evidence=evidence, existence=existence)
    assert check.reason is Reason.EU_TRUSTED_LIST
    assert check.facts["existence_source"] == "import"


def test_a_person_who_distrusts_a_key_is_asked_first() -> None:
    thumbprint = PublicKey.from_certificate(LEAF).thumbprint()
    store = store_with().with_decision(Decision(thumbprint, False, "asked them", AT))
    assert asked(store).reason is Reason.DISTRUSTED_BY_YOU


def test_hostile_evidence_ends_soon() -> None:
    """As many namesakes, time stamps and revocation values as are taken up, all to no end."""
    namesakes = tuple(
        europe.authority(AUTHORITY, AUTHORITY, path_length=n, valid=(EARLY, LATE - n * DAY))
        for n in range(64)
    )
    unit = stamping.authority("Unit", by=AUTHORITY)
    stamps = tuple(
        replace(STAMP, certificate=unit, others=namesakes, time=SIGNED + timedelta(minutes=n))
        for n in range(32)
    )
    ocsp = tuple(europe.response(LEAF, as_of=SIGNED - n * DAY) for n in range(32))
    crls = tuple(europe.revocations(as_of=SIGNED - n * DAY) for n in range(32))
    listed = replace(TIMES, certificates=namesakes[:30])
    known(GRANTED, listed)
    with work.at_most(10_000_000):
        found = judged(
            GRANTED, listed, chain=(LEAF, *namesakes), stamps=stamps, ocsp=ocsp, crls=crls
        )
    assert found.reason is None
