"""Seals judged by trusted lists: paths, status, qualification, revocation, time stamps."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from tests.needs import shared
from tests.proofs import stamping
from tests.trust import europe
from tests.trust.europe import AUTHORITY, EARLY, LATE, OPERATOR, SEAL, SIGNED, Entry, Listing
from wallet.model.credential import Organisation, Text
from wallet.model.verification import Check, Outcome, Reason
from wallet.proofs import jades
from wallet.proofs.evidence import Evidence, of_jades
from wallet.proofs.keys import PublicKey
from wallet.proofs.timestamps import Integrity, Kind, TimeStamp
from wallet.trust import list_xml, paths, sealed
from wallet.trust.anchors import Decision, TrustStore, issuer_check
from wallet.trust.certificates import Seal
from wallet.trust.lists import TrustedLists
from wallet.trust.qualification import Judgement, ProofOfExistence, judge
from wallet.trust.trusted_list import TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
DAY = timedelta(days=1)
LEAF, CA = europe.seal(), europe.authority()
GRANTED = Listing(certificates=(CA,))
EXPIRED = europe.seal(valid=(EARLY, SIGNED + 30 * DAY))
ENDED = SIGNED + 30 * DAY
ISSUER = Organisation(Text.plain(SEAL), ("VATPL-0000000000",))


@cache
def known(*listings: Listing) -> tuple[TrustedList, ...]:
    found = list_xml.read(
        europe.national(*(listings or (GRANTED,))), (europe.authority(OPERATOR),), "pl.xml", AT
    )
    assert isinstance(found, TrustedList)
    return (found,)


def judged(
    *listings: Listing,
    at: datetime = AT,
    existence: ProofOfExistence | None = None,
    chain: tuple[bytes, ...] = (LEAF, CA),
    **evidence: Any,
) -> Judgement:
    stated = Evidence(chain, **{"signed_at": SIGNED, **evidence})
    return judge(stated, known(*listings), at, existence)


# ---- paths --------------------------------------------------------------------------------------


def test_a_seal_of_a_listed_ca_is_qualified() -> None:
    found = judged()
    assert found.reason is None
    assert found.path is not None
    assert found.path.service.provider == "Example Trust"
    assert found.quality is not None
    assert (found.quality.for_seals, found.quality.device) == (True, False)
    assert (found.revocation, found.existence, found.stamps) == (None, None, ())


def test_the_ca_itself_need_not_come_along() -> None:
    assert judged(chain=(LEAF,)).reason is None


def test_a_path_may_lead_over_others_to_the_listed_one() -> None:
    root = europe.authority("Root")
    between = europe.authority(AUTHORITY, "Root")
    listing = Listing(certificates=(root,))
    assert judged(listing, chain=(LEAF, root, between)).reason is None
    found = judged(listing, chain=(LEAF, root))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


@pytest.mark.parametrize(
    "chain",
    [
        (europe.seal(by="Unknown CA"), europe.authority("Unknown CA")),
        (europe.seal(by="Unknown CA"), CA),
        (),
        (b"not a certificate", CA),
        (b"", LEAF),
    ],
)
def test_no_path(chain: tuple[bytes, ...]) -> None:
    assert judged(chain=chain).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_a_namesake_of_the_listed_ca_is_not_the_listed_ca() -> None:
    """Signed by somebody who calls himself what the listed CA is called."""
    forged = (
        x509.CertificateBuilder()
        .subject_name(europe.named(SEAL))
        .issuer_name(europe.named(AUTHORITY))
        .public_key(europe.key(SEAL).public_key())
        .serial_number(1)
        .not_valid_before(EARLY)
        .not_valid_after(LATE)
        .sign(europe.key("Impostor"), hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
    assert judged(chain=(forged, CA)).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_what_is_between_has_to_be_a_ca() -> None:
    root = Listing(certificates=(europe.authority("Root"),))
    for between in (
        europe.authority(AUTHORITY, "Root", ca=False),
        europe.authority(AUTHORITY, "Root", valid=(EARLY, SIGNED - DAY)),
    ):
        found = judged(root, chain=(LEAF, between))
        assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_the_listed_one_bounds_the_length_of_the_path() -> None:
    between = europe.authority(AUTHORITY, "Root")
    for length, expected in ((1, None), (0, Reason.NO_CERTIFICATE_CHAIN_FOUND)):
        root = Listing(certificates=(europe.authority("Root", path_length=length),))
        assert judged(root, chain=(LEAF, between)).reason is expected


def test_a_listed_end_entity_issues_nothing() -> None:
    listing = Listing(certificates=(europe.authority(ca=False),))
    assert judged(listing).reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_namesakes_without_end_cost_little() -> None:
    many = tuple(europe.authority(AUTHORITY, AUTHORITY, path_length=n) for n in range(40))
    found = judged(Listing(certificates=(europe.authority("Elsewhere"),)), chain=(LEAF, *many))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_validation_never_waits() -> None:
    class Forever:
        def __await__(self) -> Any:
            yield

    async def waits() -> None:
        await Forever()

    with pytest.raises(RuntimeError):
        paths.to_the_end(waits())


# ---- status at the time of signing --------------------------------------------------------------

HISTORY = {
    "withdrawn before": ((Entry(SIGNED - DAY, "withdrawn"), Entry()), False),
    "withdrawn since": ((Entry(SIGNED + DAY, "withdrawn"), Entry()), True),
    "granted later": ((Entry(SIGNED + DAY),), False),
    "granted in time": ((Entry(SIGNED - DAY),), True),
    "granted again": ((Entry(SIGNED + DAY), Entry(SIGNED - DAY, "withdrawn"), Entry()), False),
    "before eIDAS": ((Entry(SIGNED + DAY), Entry(status="undersupervision")), False),
    "for signatures": ((Entry(uses=("ForeSignatures",)),), False),
    "for seals among others": ((Entry(uses=("ForeSignatures", "ForeSeals")),), True),
    "for nothing stated": ((Entry(uses=()),), False),
    "for seals only later": ((Entry(SIGNED + DAY), Entry(uses=("ForeSignatures",))), False),
}


@pytest.mark.parametrize("history", HISTORY)
def test_the_status_at_signing_decides(history: str) -> None:
    entries, qualified = HISTORY[history]
    found = judged(Listing(entries, (CA,)))
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    assert found.path is not None


def test_an_entry_that_is_not_understood_decides_nothing() -> None:
    extension = '<Extension Critical="true"><s:Weather/></Extension>'
    found = judged(Listing((Entry(extensions=extension),), (CA,)))
    assert found.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_of_two_listings_of_a_ca_the_better_counts() -> None:
    withdrawn = Listing((Entry(status="withdrawn"),), (CA,))
    assert judged(withdrawn, GRANTED).reason is None
    assert judged(GRANTED, withdrawn).reason is None


def test_without_a_claimed_time_the_time_asked_about_counts() -> None:
    listing = Listing((Entry(SIGNED + DAY, "withdrawn"), Entry()), (CA,))
    assert judged(listing, signed_at=None).reason is Reason.NOT_QUALIFIED_AT_SIGNING
    assert judged(listing, signed_at=None, at=SIGNED).reason is None


# ---- qualification ------------------------------------------------------------------------------

STATED = {
    "seal": (europe.statements(), True),
    "seal in a device": (europe.statements(device=True), True),
    "signature": (europe.statements(kind=europe.FOR_SIGNATURES), False),
    "web": (europe.statements(kind=europe.FOR_WEB), False),
    "no type": (europe.statements(kind=europe.NO_TYPE), False),
    "no compliance": (europe.statements(compliance=False), False),
    "nothing": (None, False),
    "nonsense": (b"\x30\x03\x30\x01\x06", False),
}


@pytest.mark.parametrize("stated", STATED)
def test_what_the_certificate_says_of_itself(stated: str) -> None:
    qc, qualified = STATED[stated]
    found = judged(chain=(europe.seal(qc=qc), CA))
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    if qualified:
        assert found.quality is not None
        assert found.quality.device is (stated == "seal in a device")


def qualified_by(*qualifiers: str, qc: bytes, policy: str = "1.2.3") -> Judgement:
    extension = europe.qualification(*qualifiers, criteria=europe.policies("1.2.3"))
    listing = Listing((Entry(extensions=extension),), (CA,))
    return judged(listing, chain=(europe.seal(qc=qc, policy=policy), CA))


@pytest.mark.parametrize(
    ("qualifiers", "qc", "qualified"),
    [
        (("NotQualified",), europe.statements(), False),
        (("QCStatement", "QCForESeal"), europe.statements(compliance=False, kind=""), True),
        (("QCStatement",), europe.statements(compliance=False), True),
        (("QCForESeal",), europe.statements(kind=europe.FOR_SIGNATURES), True),
        (("QCForESig",), europe.statements(), False),
        (("QCForLegalPerson",), europe.statements(), True),
        (("QCStatement", "NotQualified"), europe.statements(), False),
    ],
)
def test_the_lists_qualifiers_overrule(
    qualifiers: tuple[str, ...], qc: bytes, qualified: bool
) -> None:
    found = qualified_by(*qualifiers, qc=qc)
    assert found.reason is (None if qualified else Reason.NOT_QUALIFIED_AT_SIGNING)
    untouched = qualified_by(*qualifiers, qc=europe.statements(), policy="1.2.4")
    assert untouched.reason is None


@pytest.mark.parametrize(
    ("qualifier", "stated", "device"),
    [
        ("QCWithQSCD", False, True),
        ("QCQSCDManagedOnBehalf", False, True),
        ("QCNoQSCD", True, False),
        ("QCQSCDStatusAsInCert", True, True),
    ],
)
def test_the_lists_qualifiers_say_where_the_key_lies(
    qualifier: str, stated: bool, device: bool
) -> None:
    found = qualified_by(qualifier, qc=europe.statements(device=stated))
    assert found.quality is not None
    assert found.quality.device is device


# ---- time and proofs of existence ---------------------------------------------------------------


def test_an_expired_certificate_needs_a_proof_of_existence() -> None:
    assert judged(chain=(EXPIRED, CA)).reason is Reason.OUT_OF_BOUNDS_NO_POE
    assert judged(chain=(EXPIRED, CA), at=ENDED).reason is None
    assert judged(chain=(EXPIRED, CA), at=ENDED + DAY).reason is Reason.OUT_OF_BOUNDS_NO_POE


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, None), (1, Reason.OUT_OF_BOUNDS_NO_POE), (9999, "later than at")]
)
def test_the_wallets_own_import_is_one(days: int, expected: object) -> None:
    imported = ProofOfExistence(ENDED + days * DAY, "import")
    found = judged(chain=(EXPIRED, CA), existence=imported)
    if expected == "later than at":
        assert found.existence is None
        assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE
    else:
        assert found.existence == imported
        assert found.reason is expected


def test_a_time_of_signing_outside_the_certificates_is_out_of_bounds() -> None:
    for signed in (EARLY - DAY, ENDED + DAY):
        listing = Listing((Entry(EARLY - 900 * DAY),), (CA,))
        found = judged(listing, chain=(EXPIRED, CA), signed_at=signed, at=ENDED)
        assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_not_qualified_is_told_of_an_expired_certificate_too() -> None:
    listing = Listing((Entry(status="withdrawn"),), (CA,))
    assert judged(listing, chain=(EXPIRED, CA)).reason is Reason.NOT_QUALIFIED_AT_SIGNING


TIMES = Listing((Entry(uses=()),), (stamping.authority(),), type="TSA/QTST")
STAMP = TimeStamp(
    Kind.SIGNATURE, Integrity.INTACT, SIGNED + DAY, "Example Time", stamping.authority()
)


def stamped(*stamps: TimeStamp, listing: Listing = TIMES, **changes: Any) -> Judgement:
    return judged(GRANTED, listing, chain=(EXPIRED, CA), stamps=stamps, **changes)


def test_a_time_stamp_of_a_listed_authority_proves_existence() -> None:
    found = stamped(STAMP)
    assert found.reason is None
    assert found.existence == ProofOfExistence(SIGNED + DAY, "time stamp")
    assert [entry.proves for entry in found.stamps] == [True]


def test_a_listed_ca_may_stand_for_its_time_stamping_units() -> None:
    unit = stamping.authority("Unit", by=AUTHORITY)
    root = replace(TIMES, certificates=(stamping_ca(),))
    assert stamped(replace(STAMP, certificate=unit), listing=root).reason is None
    other = replace(TIMES, certificates=(europe.authority("Elsewhere"),))
    found = stamped(replace(STAMP, certificate=unit), listing=other)
    assert found.reason is Reason.OUT_OF_BOUNDS_NO_POE


def stamping_ca() -> bytes:
    """A CA with the key that `stamping` signs units with."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, AUTHORITY)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
    builder = builder.public_key(stamping.authority_key(AUTHORITY).public_key()).serial_number(1)
    builder = builder.not_valid_before(EARLY).not_valid_after(LATE)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.sign(stamping.authority_key(AUTHORITY), hashes.SHA256())
    return made.public_bytes(Encoding.DER)


PROVES_NOTHING = {
    "its imprint is broken": replace(STAMP, integrity=Integrity.IMPRINT_BROKEN),
    "its signature is broken": replace(STAMP, integrity=Integrity.SIGNATURE_BROKEN),
    "it was not checked": replace(STAMP, integrity=Integrity.NOT_CHECKED),
    "it is over the payload alone": replace(STAMP, kind=Kind.CONTENT),
    "it is later than the certificate": replace(STAMP, time=ENDED + DAY),
    "it is later than the time asked about": replace(STAMP, time=AT + DAY),
    "nobody lists its authority": replace(STAMP, certificate=stamping.authority("Nobody")),
    "its authority's certificate was over": replace(
        STAMP, certificate=stamping.authority(until=SIGNED)
    ),
    "its authority's certificate is no certificate": replace(STAMP, certificate=b"x"),
}


@pytest.mark.parametrize("why", PROVES_NOTHING)
def test_a_time_stamp_proves_nothing_if(why: str) -> None:
    listing = replace(TIMES, certificates=(stamping.authority(), stamping.authority(until=SIGNED)))
    assert stamped(PROVES_NOTHING[why], listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE
    # And it says nothing against a seal whose certificate is in force.
    assert judged(GRANTED, listing, stamps=(PROVES_NOTHING[why],)).reason is None


def test_an_authority_counts_while_it_is_granted() -> None:
    for since, expected in ((2, None), (0, Reason.OUT_OF_BOUNDS_NO_POE)):
        entries = (Entry(SIGNED + since * DAY, "withdrawn", ()), Entry(uses=()))
        assert stamped(STAMP, listing=replace(TIMES, entries=entries)).reason is expected


def test_a_ca_for_seals_is_no_time_stamping_authority() -> None:
    listing = replace(TIMES, type="CA/QC")
    assert stamped(STAMP, listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_an_authority_that_has_expired_since_needs_a_later_archive_time_stamp() -> None:
    short = stamping.authority(until=SIGNED + 9 * DAY)
    listing = replace(TIMES, certificates=(short, stamping.authority()))
    old = replace(STAMP, certificate=short)
    archive = replace(STAMP, kind=Kind.ARCHIVE, time=SIGNED + 5 * DAY)
    assert stamped(old, listing=listing).reason is Reason.OUT_OF_BOUNDS_NO_POE
    found = stamped(old, archive, listing=listing)
    assert found.reason is None
    assert found.existence == ProofOfExistence(SIGNED + DAY, "time stamp")
    late = replace(archive, time=SIGNED + 10 * DAY)
    found = stamped(old, late, listing=listing)
    assert found.existence == ProofOfExistence(SIGNED + 10 * DAY, "time stamp")
    imported = ProofOfExistence(SIGNED + 8 * DAY, "import")
    assert stamped(old, listing=listing, existence=imported).existence is not None


def test_a_proof_of_existence_is_never_later_than_the_time_of_signing() -> None:
    """The claimed time is after the time stamp, when the service was withdrawn already."""
    listing = Listing((Entry(SIGNED + 2 * DAY, "withdrawn"), Entry()), (CA,))
    late = SIGNED + 3 * DAY
    assert judged(listing, signed_at=late).reason is Reason.NOT_QUALIFIED_AT_SIGNING
    assert judged(listing, TIMES, signed_at=late, stamps=(STAMP,)).reason is None


# ---- revocation ---------------------------------------------------------------------------------


def test_a_good_ocsp_response_is_told_with_its_dates() -> None:
    found = judged(ocsp=(europe.response(LEAF),))
    assert found.reason is None
    assert found.revocation is not None
    assert (found.revocation.source, found.revocation.as_of) == ("OCSP", SIGNED)
    assert found.revocation.until == SIGNED + 7 * DAY
    assert found.revocation.revoked_at is None


def test_a_responder_that_the_ca_named_may_answer() -> None:
    good = europe.response(LEAF, responder=europe.responder())
    found = judged(ocsp=(good,))
    assert found.revocation is not None
    assert found.revocation.source == "OCSP"


REVOKED: dict[str, Any] = {
    "OCSP": {"ocsp": (europe.response(LEAF, revoked_at=SIGNED - DAY),)},
    "CRL": {"crls": (europe.revocations((LEAF, SIGNED - DAY)),)},
    "CRL, OCSP good before": {
        "ocsp": (europe.response(LEAF, as_of=SIGNED - 2 * DAY),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY)),),
    },
    "on hold": {
        "crls": (
            europe.revocations((LEAF, SIGNED - DAY), reason=x509.ReasonFlags.certificate_hold),
        )
    },
    "after signing": {"crls": (europe.revocations((LEAF, SIGNED + DAY), as_of=SIGNED + 2 * DAY),)},
}


@pytest.mark.parametrize("how", REVOKED)
def test_a_revoked_certificate(how: str) -> None:
    found = judged(**REVOKED[how])
    assert found.reason is Reason.CERTIFICATE_REVOKED
    assert found.revocation is not None
    assert found.revocation.revoked_at is not None


def test_a_revoked_ca_between_counts_too() -> None:
    between = europe.authority(AUTHORITY, "Root")
    crl = europe.revocations((between, SIGNED - DAY), by="Root")
    root = Listing(certificates=(europe.authority("Root"),))
    assert judged(root, chain=(LEAF, between), crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED


def test_a_proof_of_existence_before_the_revocation_keeps_the_seal_good() -> None:
    crl = europe.revocations((LEAF, SIGNED + 2 * DAY), as_of=SIGNED + 3 * DAY)
    assert judged(GRANTED, TIMES, crls=(crl,), stamps=(STAMP,)).reason is None
    late = replace(STAMP, time=SIGNED + 3 * DAY)
    found = judged(GRANTED, TIMES, crls=(crl,), stamps=(late,))
    assert found.reason is Reason.CERTIFICATE_REVOKED


DISTRIBUTION: Any = {
    "full_name": None,
    "relative_name": None,
    "only_contains_user_certs": False,
    "only_contains_ca_certs": False,
    "only_some_reasons": None,
    "indirect_crl": False,
    "only_contains_attribute_certs": False,
}


def distribution(**changes: Any) -> x509.IssuingDistributionPoint:
    return x509.IssuingDistributionPoint(**{**DISTRIBUTION, **changes})


NOT_AUTHENTIC: dict[str, Any] = {
    "nonsense": {"ocsp": (b"", b"\x30\x00", b"x" * 99), "crls": (b"", b"\x30\x00")},
    "signed by another": {
        "ocsp": (europe.response(LEAF, revoked_at=SIGNED - DAY, signed_with="Impostor"),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY), signed_with="Impostor"),),
    },
    "of another CA": {
        "ocsp": (europe.response(LEAF, by="Another CA", revoked_at=SIGNED - DAY),),
        "crls": (europe.revocations((LEAF, SIGNED - DAY), by="Another CA"),),
    },
    "a responder without the purpose": {
        "ocsp": (
            europe.response(
                LEAF,
                revoked_at=SIGNED - DAY,
                responder=europe.responder(allowed=False),
            ),
        )
    },
    "indirect": {
        "crls": (
            europe.revocations((LEAF, SIGNED - DAY), extension=distribution(indirect_crl=True)),
        )
    },
    "for CAs alone": {
        "crls": (
            europe.revocations(
                (LEAF, SIGNED - DAY), extension=distribution(only_contains_ca_certs=True)
            ),
        )
    },
    "a delta": {
        "crls": (europe.revocations((LEAF, SIGNED - DAY), extension=x509.DeltaCRLIndicator(1)),)
    },
}


@pytest.mark.parametrize("what", NOT_AUTHENTIC)
def test_what_is_not_authentic_is_passed_over(what: str) -> None:
    found = judged(**NOT_AUTHENTIC[what])
    assert (found.reason, found.revocation) == (None, None)


def test_what_is_about_others_says_nothing() -> None:
    other = europe.seal("Another University")
    found = judged(ocsp=(europe.response(other, revoked_at=SIGNED - DAY),))
    assert (found.reason, found.revocation) == (None, None)
    found = judged(crls=(europe.revocations((other, SIGNED - DAY)),))
    assert found.reason is None
    assert found.revocation is not None
    assert found.revocation.source == "CRL"


def test_a_crl_for_user_certificates_is_one() -> None:
    point = distribution(only_contains_user_certs=True)
    crl = europe.revocations((LEAF, SIGNED - DAY), extension=point)
    assert judged(crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED
    assert judged(crls=(europe.revocations(extension=point),)).revocation is not None


def test_a_crl_that_is_one_of_several_revokes_and_clears_nobody() -> None:
    here = [x509.UniformResourceIdentifier("http://example.org/2.crl")]
    reasons = frozenset({x509.ReasonFlags.key_compromise})
    for changes in ({"full_name": here}, {"only_some_reasons": reasons}):
        point = distribution(**changes)
        assert judged(crls=(europe.revocations(extension=point),)).revocation is None
        crl = europe.revocations((LEAF, SIGNED - DAY), extension=point)
        assert judged(crls=(crl,)).reason is Reason.CERTIFICATE_REVOKED


def test_a_crl_from_after_the_certificate_says_nothing_good() -> None:
    crl = europe.revocations(as_of=ENDED + DAY)
    assert judged(chain=(EXPIRED, CA), crls=(crl,), at=ENDED).revocation is None


# ---- the check ----------------------------------------------------------------------------------


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
        (REVOKED["CRL"], Outcome.FAILED, Reason.CERTIFICATE_REVOKED, "2024-02-29"),
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
    return of_jades(document, document.signatures[0])


# ---- beside what the person supplied -----------------------------------------------------------


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
    start = time.monotonic()
    found = judged(
        GRANTED,
        replace(TIMES, certificates=namesakes[:30]),
        chain=(LEAF, *namesakes),
        stamps=stamps,
        ocsp=tuple(europe.response(LEAF, as_of=SIGNED - n * DAY) for n in range(32)),
        crls=tuple(europe.revocations(as_of=SIGNED - n * DAY) for n in range(32)),
    )
    assert found.reason is None
    assert time.monotonic() - start < 5
