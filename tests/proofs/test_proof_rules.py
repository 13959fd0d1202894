"""What a Data Integrity proof must state: signed over as it is, and refused all the same."""

import hashlib
from typing import Any

import pytest

from tests.issuer.data_integrity import quads
from tests.issuer.keys import base58, base64url
from tests.proofs.documents import badge
from tests.proofs.test_data_integrity import KEY, METHOD, findings, signed
from wallet.model.verification import Outcome, Reason
from wallet.proofs.keys import multibase

GONE: object = ...


def proven(**members: Any) -> dict[str, Any]:
    """A badge whose proof has other members (GONE: lacks them), and a signature that holds."""
    document = badge()
    proof: dict[str, Any] = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-03-01T10:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        **members,
    }
    proof = {name: value for name, value in proof.items() if value is not GONE}
    options = quads({"@context": document["@context"], **proof})
    data = hashlib.sha256(options).digest() + hashlib.sha256(quads(document)).digest()
    return {**document, "proof": {**proof, "proofValue": "z" + base58(KEY.sign("EdDSA", data))}}


@pytest.mark.parametrize(
    "members",
    [
        {},
        {"created": GONE},
        {"created": "2026-03-01T10:00:00"},
        {"created": "2026-03-01T10:00:00.25+02:00"},
        {"created": "2016-12-31T23:59:60Z"},
        {"expires": "2030-01-01T00:00:00"},
        {"domain": ["a.example", "b.example"]},
        {"id": "urn:uuid:7a0a6bb5-6a0c-4c3a-9b0a-0f4f1f4b1a11"},
    ],
    ids=repr,
)
def test_what_may_be_stated(members: dict[str, Any]) -> None:
    (finding,) = findings(proven(**members))
    assert (finding.outcome, finding.reason) == (Outcome.PASSED, None)


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"type": GONE}, "type"),
        ({"cryptosuite": GONE}, "cryptosuite"),
        ({"verificationMethod": GONE}, "verificationMethod"),
        ({"proofPurpose": GONE}, "proofPurpose"),
        ({"proofPurpose": "authentication"}, "proofPurpose"),
        ({"created": "invalidDate"}, "created"),
        ({"created": "2026-03-01"}, "created"),
        ({"created": "2026-13-01T10:00:00Z"}, "created"),
        ({"created": "2026-03-01t10:00:00z"}, "created"),
        ({"expires": "never"}, "expires"),
        ({"expires": "2030-01-01"}, "expires"),
        ({"previousProof": "urn:uuid:7a0a6bb5-6a0c-4c3a-9b0a-0f4f1f4b1a11"}, "previousProof"),
    ],
    ids=repr,
)
def test_what_has_to_be_stated_otherwise(members: dict[str, Any], what: str) -> None:
    (finding,) = findings(proven(**members))
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
    assert finding.facts["what"] == what


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("type", ["DataIntegrityProof"]),
        ("type", None),
        ("cryptosuite", None),
        ("cryptosuite", 5),
        ("proofValue", None),
        ("proofPurpose", ["assertionMethod"]),
        ("verificationMethod", [METHOD]),
        ("created", ["2026-03-01T10:00:00Z"]),
    ],
)
def test_members_of_another_kind(member: str, value: object) -> None:
    document = signed()
    document["proof"][member] = value
    (finding,) = findings(document)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
    assert finding.facts["what"] == member


def test_a_signature_is_written_in_base58_alone() -> None:
    document = signed()
    value = document["proof"]["proofValue"]
    signature = multibase(value)
    for spelled in (value[1:], "u" + base64url(signature), "m" + value[1:], "Z" + value[1:], "z"):
        document["proof"]["proofValue"] = spelled
        (finding,) = findings(document)
        assert finding.outcome is Outcome.FAILED
    document["proof"]["proofValue"] = "z" + base58(signature + bytes(32))
    (finding,) = findings(document)
    assert finding.reason is Reason.SIG_CRYPTO_FAILURE
    document["proof"]["proofValue"] = value
    assert findings(document)[0].outcome is Outcome.PASSED
