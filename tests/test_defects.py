"""Every defect of every form gives the check and the reason that the table of reasons names."""

from datetime import timedelta

import pytest

from tests.issuer import (
    AUDIENCE,
    GOOD_INDEX,
    NONCE,
    NOW,
    REVOKED_INDEX,
    SENSIBLE,
    Defect,
    Form,
    bitstring,
    list_address,
    specimen,
    status_files,
    status_list,
    trust_files,
)
from tests.issuer.universities import aachen, chalmers
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.verification import CheckName, Outcome, Reason, VerificationReport
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, verify_with_parts

Expected = tuple[CheckName, Outcome, Reason]

FAILED, INDETERMINATE = Outcome.FAILED, Outcome.INDETERMINATE
FORMAT, PROOF, ISSUER = CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER
VALIDITY, STATUS, HOLDER = CheckName.VALIDITY, CheckName.STATUS, CheckName.HOLDER

BROKEN: Expected = (PROOF, FAILED, Reason.SIG_CRYPTO_FAILURE)
CONSTRAINED: Expected = (PROOF, FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
NO_KEY: Expected = (PROOF, INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND)
WRONG_FORMAT: Expected = (FORMAT, FAILED, Reason.FORMAT_FAILURE)
INVALID = Reason.STATUS_LIST_INVALID
REVOKED_BITS = bitstring((REVOKED_INDEX,)).encode()
LONG_AGO = NOW - timedelta(days=20)
STRANGE_CONTEXT: Expected = (FORMAT, FAILED, Reason.UNKNOWN_CONTEXT)

EXPECTED: dict[Defect, Expected] = {
    Defect.EXPIRED: (VALIDITY, FAILED, Reason.EXPIRED),
    Defect.NOT_YET_VALID: (VALIDITY, FAILED, Reason.NOT_YET_VALID),
    Defect.REVOKED: (STATUS, FAILED, Reason.REVOKED),
    Defect.SUSPENDED: (STATUS, FAILED, Reason.SUSPENDED),
    Defect.STATUS_UNKNOWN: (STATUS, INDETERMINATE, Reason.TRY_LATER),
    Defect.ALTERED_PAYLOAD: BROKEN,
    Defect.SWAPPED_PAYLOAD: BROKEN,
    Defect.WRONG_KEY: BROKEN,
    Defect.DUPLICATE_KEY: (FORMAT, FAILED, Reason.DUPLICATE_KEY),
    Defect.MISSING_PROOF: (PROOF, FAILED, Reason.NO_SIGNATURE_FOUND),
    Defect.UNAUTHENTICATED_KEY: (ISSUER, INDETERMINATE, Reason.ISSUER_NOT_AUTHENTICATED),
    Defect.NO_KEY_NAMED: NO_KEY,
    Defect.WRONG_PURPOSE: CONSTRAINED,
    Defect.UNSUPPORTED_SUITE: (PROOF, INDETERMINATE, Reason.UNSUPPORTED_SUITE),
    Defect.UNSIGNED_TERM: (FORMAT, FAILED, Reason.UNSIGNED_TERM),
    Defect.UNKNOWN_CONTEXT: STRANGE_CONTEXT,
    Defect.INLINE_CONTEXT: STRANGE_CONTEXT,
    Defect.NESTED_CONTEXT: STRANGE_CONTEXT,
    Defect.RESPELLED_TERM: (FORMAT, FAILED, Reason.UNSIGNED_TERM),
    Defect.STRIPPED_ALGORITHM: CONSTRAINED,
    Defect.HS256_WITH_PUBLIC_KEY: CONSTRAINED,
    Defect.UNKNOWN_CRITICAL_HEADER: CONSTRAINED,
    Defect.EMPTY_CRIT: CONSTRAINED,
    Defect.UNENCODED_PAYLOAD: CONSTRAINED,
    Defect.CLAIMS_DISAGREE: WRONG_FORMAT,
    Defect.BOTH_SHAPES: WRONG_FORMAT,
    Defect.WRONG_TYPE: WRONG_FORMAT,
    Defect.MISSING_B64_IN_CRIT: CONSTRAINED,
    Defect.REPEATED_CRIT: CONSTRAINED,
    Defect.REGISTERED_HEADER_IN_CRIT: CONSTRAINED,
    Defect.ABSENT_HEADER_IN_CRIT: CONSTRAINED,
    Defect.CRIT_AS_TEXT: CONSTRAINED,
    Defect.BOTH_SIGT_AND_IAT: CONSTRAINED,
    Defect.NO_SIGNING_TIME: CONSTRAINED,
    Defect.WRONG_CERTIFICATE_DIGEST: CONSTRAINED,
    Defect.NO_CERTIFICATE: NO_KEY,
    Defect.DUPLICATE_HEADER: CONSTRAINED,
    Defect.EXPIRED_CERTIFICATE: (ISSUER, INDETERMINATE, Reason.OUT_OF_BOUNDS_NO_POE),
    Defect.UNKNOWN_AUTHORITY: (ISSUER, INDETERMINATE, Reason.NO_CERTIFICATE_CHAIN_FOUND),
    Defect.SEAL_NOT_ISSUER: (ISSUER, INDETERMINATE, Reason.SEAL_NOT_ISSUER),
}
"""What a defect comes to, whatever the form."""

EXCEPTIONS: dict[tuple[Form, Defect], Expected] = {
    (Form.PRESENTATION, Defect.EXPIRED): (HOLDER, FAILED, Reason.PRESENTATION_EXPIRED),
}
"""Where the form changes what a defect comes to."""

UNREADABLE = {Defect.TRUNCATED, Defect.PADDED_BASE64}
"""Nothing can be said about these: they are no item but a problem."""

TABLE = [
    (form, defect)
    for form in Form
    for defect in sorted(SENSIBLE[form])
    if defect not in UNREADABLE | {Defect.FOREIGN_HOLDER}
]


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    return store(*trust_files(), *status_files())


@pytest.fixture(scope="module")
def trust_without_lists() -> TrustStore:
    return store(*trust_files())


def store(*files: bytes) -> TrustStore:
    found = TrustStore.empty()
    for number, data in enumerate(files):
        found = found.with_file(data, f"file {number}", NOW)
    return found


def reports(data: bytes, trust: TrustStore) -> list[VerificationReport]:
    """Verify what was issued, and what is inside it: outermost first."""
    credential = formats.read(data)
    assert credential is not None
    demand = Demand(audience=AUDIENCE, nonce=NONCE)
    return [report for _, _, report in verify_with_parts(credential, trust, NOW, demand)]


@pytest.mark.parametrize("form", Form)
def test_a_sound_specimen_passes(form: Form, trust: TrustStore) -> None:
    for report in reports(specimen(form), trust):
        assert report.outcome is Outcome.PASSED, report
        assert report.check(PROOF).outcome is Outcome.PASSED


@pytest.mark.parametrize(("form", "defect"), TABLE)
def test_a_defect_is_named(
    form: Form, defect: Defect, trust: TrustStore, trust_without_lists: TrustStore
) -> None:
    if defect is Defect.STATUS_UNKNOWN:
        # A list of the same issuer and purpose would stand in for the one that nobody has.
        trust = trust_without_lists
    name, outcome, reason = EXCEPTIONS.get((form, defect), EXPECTED.get(defect, BROKEN))
    report = reports(specimen(form, defect), trust)[0]
    check = report.check(name)
    assert (check.outcome, check.reason) == (outcome, reason), report
    assert report.outcome is outcome


@pytest.mark.parametrize("form", Form)
def test_a_file_that_ends_early_is_malformed(form: Form) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(specimen(form, Defect.TRUNCATED))


@pytest.mark.parametrize("form", [Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT])
def test_padded_base64_is_malformed(form: Form) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(specimen(form, Defect.PADDED_BASE64))


def test_a_badge_of_another_subject_is_not_the_presenters_for_certain(trust: TrustStore) -> None:
    outer, inner = reports(specimen(Form.PRESENTATION, Defect.FOREIGN_HOLDER), trust)
    assert outer.check(HOLDER).outcome is Outcome.PASSED
    check = inner.check(HOLDER)
    assert (check.outcome, check.reason) == (INDETERMINATE, Reason.HOLDER_UNCONFIRMED)


@pytest.mark.parametrize(
    ("data", "outcome", "reason"),
    [
        (status_list(chalmers(), ()), Outcome.PASSED, None),
        (status_list(chalmers()), FAILED, Reason.REVOKED),
        (status_list(chalmers(), (GOOD_INDEX,)), Outcome.PASSED, None),
        (status_list(chalmers(), (), defect=Defect.EXPIRED), INDETERMINATE, Reason.TRY_LATER),
        (status_list(chalmers(), (), issued=LONG_AGO), INDETERMINATE, Reason.TRY_LATER),
        (status_list(chalmers(), defect=Defect.WRONG_KEY), INDETERMINATE, INVALID),
        (
            status_list(chalmers()).replace(REVOKED_BITS, bitstring(()).encode()),
            INDETERMINATE,
            INVALID,
        ),
        (status_list(chalmers(), defect=Defect.MISSING_PROOF), INDETERMINATE, INVALID),
        (
            status_list(aachen(), (), address=list_address(chalmers())),
            INDETERMINATE,
            INVALID,
        ),
    ],
    ids=[
        "empty",
        "revoked",
        "another-revoked",
        "expired",
        "older-than-its-time-to-live",
        "wrong-key",
        "altered",
        "unsigned",
        "of-another-issuer",
    ],
)
def test_a_status_list_counts_only_when_it_holds(
    data: bytes, outcome: Outcome, reason: Reason | None
) -> None:
    badge = specimen(Form.OPEN_BADGE, Defect.REVOKED)
    check = reports(badge, store(trust_files()[0], data))[0].check(STATUS)
    assert (check.outcome, check.reason) == (outcome, reason), check


def test_every_defect_has_its_expectation() -> None:
    assert set(EXPECTED) | UNREADABLE | {Defect.FOREIGN_HOLDER} == set(Defect)
