"""Every named defect of the simulator gets the verdict that the table of checks has for it."""

from functools import cache

import pytest

from tests.issuer.defects import SENSIBLE, Defect, Form
from tests.issuer.specimens import specimen, trust_files
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.verification import Check, CheckName, Outcome
from wallet.trust.anchors import TrustStore

NO_KEY = "indeterminate NO_SIGNING_KEY_FOUND"
CONSTRAINTS = "failed SIG_CONSTRAINTS_FAILURE"
CRYPTO = "failed SIG_CRYPTO_FAILURE"
UNKNOWN_SUITE = "indeterminate UNSUPPORTED_SUITE"
CONTEXT = "failed UNKNOWN_CONTEXT"
FORMAT = "failed FORMAT_FAILURE"

MALFORMED = {Defect.TRUNCATED, Defect.PADDED_BASE64}
PROOFS = {
    Defect.ALTERED_PAYLOAD: CRYPTO,
    Defect.SWAPPED_PAYLOAD: CRYPTO,
    Defect.WRONG_KEY: CRYPTO,
    Defect.MISSING_PROOF: "failed NO_SIGNATURE_FOUND",
    Defect.NO_KEY_NAMED: NO_KEY,
    Defect.NO_CERTIFICATE: NO_KEY,
    Defect.UNSUPPORTED_SUITE: UNKNOWN_SUITE,
    Defect.UNKNOWN_CONTEXT: UNKNOWN_SUITE,
    Defect.INLINE_CONTEXT: UNKNOWN_SUITE,
    Defect.NESTED_CONTEXT: UNKNOWN_SUITE,
    **dict.fromkeys(
        (
            Defect.WRONG_PURPOSE,
            Defect.STRIPPED_ALGORITHM,
            Defect.HS256_WITH_PUBLIC_KEY,
            Defect.UNKNOWN_CRITICAL_HEADER,
            Defect.EMPTY_CRIT,
            Defect.UNENCODED_PAYLOAD,
            Defect.MISSING_B64_IN_CRIT,
            Defect.REPEATED_CRIT,
            Defect.REGISTERED_HEADER_IN_CRIT,
            Defect.ABSENT_HEADER_IN_CRIT,
            Defect.CRIT_AS_TEXT,
            Defect.BOTH_SIGT_AND_IAT,
            Defect.NO_SIGNING_TIME,
            Defect.WRONG_CERTIFICATE_DIGEST,
            Defect.DUPLICATE_HEADER,
        ),
        CONSTRAINTS,
    ),
}
"""What the proof check says; any defect that is not here leaves the proof whole."""
FORMATS = {
    Defect.DUPLICATE_KEY: "failed DUPLICATE_KEY",
    Defect.UNSIGNED_TERM: "failed UNSIGNED_TERM",
    Defect.RESPELLED_TERM: "failed UNSIGNED_TERM",
    Defect.UNKNOWN_CONTEXT: CONTEXT,
    Defect.INLINE_CONTEXT: CONTEXT,
    Defect.NESTED_CONTEXT: CONTEXT,
    Defect.CLAIMS_DISAGREE: FORMAT,
    Defect.BOTH_SHAPES: FORMAT,
    Defect.WRONG_TYPE: FORMAT,
}
ISSUERS = {
    Defect.UNAUTHENTICATED_KEY: "indeterminate ISSUER_NOT_AUTHENTICATED",
    Defect.CLAIMS_DISAGREE: "indeterminate ISSUER_NOT_AUTHENTICATED",
    Defect.EXPIRED_CERTIFICATE: "indeterminate OUT_OF_BOUNDS_NO_POE",
    Defect.UNKNOWN_AUTHORITY: "indeterminate NO_CERTIFICATE_CHAIN_FOUND",
    Defect.SEAL_NOT_ISSUER: "indeterminate SEAL_NOT_ISSUER",
}
CASES = [(form, defect) for form in Form for defect in (None, *sorted(SENSIBLE[form], key=str))]


@cache
def trusting() -> TrustStore:
    trust = TrustStore.empty()
    for index, data in enumerate(trust_files()):
        trust = trust.with_file(data, f"trust {index}", NOW)
    return trust


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


@pytest.mark.parametrize(("form", "defect"), CASES)
def test_each_defect_has_its_verdict(form: Form, defect: Defect | None) -> None:
    data = specimen(form, defect)
    if defect in MALFORMED:
        with pytest.raises(MalformedCredential):
            formats.read(data)
        return
    credential = formats.read(data)
    assert credential is not None
    checks = formats.check_proof(credential, trusting(), NOW)
    names = [CheckName.FORMAT, CheckName.PROOF, CheckName.ISSUER]
    assert [check.name for check in checks[:3]] == names
    structure, proof, issuer = checks[:3]
    altered_too = {
        (Form.PRESENTATION, Defect.DUPLICATE_KEY),
        (Form.OPEN_BADGE_JWT, Defect.ALTERED_PAYLOAD),
    }
    if (form, defect) not in altered_too:
        assert said(proof) == (PROOFS.get(defect, "passed") if defect else "passed")
        assert said(structure) == (FORMATS.get(defect, "passed") if defect else "passed")
    if form is Form.PRESENTATION:
        assert said(issuer) == "not_checked NOT_APPLICABLE"
    elif proof.outcome is Outcome.FAILED:
        assert said(issuer) == "not_checked PROOF_FAILED"
    elif proof.outcome is Outcome.INDETERMINATE:
        assert said(issuer) == "indeterminate ISSUER_NOT_AUTHENTICATED"
    elif defect in ISSUERS:
        assert said(issuer) == ISSUERS[defect]
    else:
        vouched = "KEY_SUPPLIED" if form is Form.SEALED_EDC else "ISSUER_REGISTRY"
        assert said(issuer) == f"passed {vouched}"


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.PRESENTATION])
def test_nothing_known_confirms_nobody(form: Form) -> None:
    credential = formats.read(specimen(form))
    assert credential is not None
    _, proof, issuer = formats.check_proof(credential, TrustStore.empty(), NOW)
    assert proof.outcome is Outcome.PASSED
    assert issuer.outcome is Outcome.INDETERMINATE


@pytest.mark.parametrize("form", Form)
def test_a_proof_says_with_which_key_and_algorithm(form: Form) -> None:
    credential = formats.read(specimen(form))
    assert credential is not None
    proof = formats.check_proof(credential, TrustStore.empty(), NOW)[1]
    assert proof.facts["key"]
    assert proof.facts["algorithm"]


def test_what_is_checked_is_raw() -> None:
    """A reading that was tampered with changes nothing about the proof."""
    credential = formats.read(specimen(Form.OPEN_BADGE))
    assert credential is not None
    credential.document["name"] = "Another title"
    assert formats.check_proof(credential, trusting(), NOW)[1].outcome is Outcome.PASSED
