"""Registered claims win over the body, and must agree with it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from wallet.formats.data_model import V1, V2
from wallet.formats.jwt_claims import unfold

BODY = {
    "@context": [V1],
    "type": ["VerifiableCredential"],
    "id": "urn:uuid:1",
    "issuer": {"id": "did:key:zA", "name": "A"},
    "issuanceDate": "2024-01-01T00:00:00Z",
    "expirationDate": "2025-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:key:zHolder"},
}
START, END = 1704067200, 1735689600


def whats(claims: dict[str, Any], typ: object = "JWT") -> list[str]:
    header = {"typ": typ} if typ is not None else {}
    return [defect.what for defect in unfold(claims, header).defects]


def test_claims_fill_what_the_body_leaves_out() -> None:
    body = {
        name: value
        for name, value in BODY.items()
        if name not in {"id", "issuer", "issuanceDate", "expirationDate"}
    }
    body["credentialSubject"] = {"alumniOf": "x"}
    claims = {
        "vc": body,
        "iss": "did:key:zA",
        "jti": "urn:uuid:1",
        "sub": "did:key:zHolder",
        "nbf": START,
        "exp": END,
        "cnf": {"kid": "x"},
    }
    found = unfold(claims, {"typ": "JWT"})
    assert found.defects == ()
    assert found.document["issuer"] == "did:key:zA"
    assert found.document["id"] == "urn:uuid:1"
    assert found.document["credentialSubject"] == {"alumniOf": "x", "id": "did:key:zHolder"}
    assert found.document["issuanceDate"] == "2024-01-01T00:00:00Z"
    assert found.document["expirationDate"] == "2025-01-01T00:00:00Z"
    assert found.document["cnf"] == {"kid": "x"}
    assert found.not_before == datetime(2024, 1, 1, tzinfo=UTC)
    assert found.expires == datetime(2025, 1, 1, tzinfo=UTC)


def test_a_bare_credential_has_neither_claim() -> None:
    """VC-JOSE-COSE, section 3.1.1; the credential is then the body, whatever the claim holds."""
    bare = {**BODY, "@context": [V2]}
    assert whats(bare, "vc+jwt") == []
    wrong: tuple[dict[str, Any], ...] = ({"vp": {}}, {"vc": "text"}, {"vc": BODY})
    for claims in wrong:
        found = unfold({**bare, **claims}, {"typ": "vc+jwt"})
        assert [defect.what for defect in found.defects] == list(claims)
        assert found.document["type"] == BODY["type"]
    assert whats({**bare, "vc": {}, "vp": {}}, "vc+jwt") == ["vc", "vp"]


def test_agreeing_claims_are_fine() -> None:
    claims = {"vc": BODY, "iss": "did:key:zA", "jti": "urn:uuid:1", "nbf": START, "exp": END}
    assert whats(claims) == []
    assert whats({**claims, "nbf": str(START)}) == []


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "did:key:zB"),
        ("iss", 7),
        ("jti", "urn:uuid:2"),
        ("sub", "did:key:zOther"),
        ("nbf", START + 60),
        ("exp", END - 60),
        ("nbf", "soon"),
        ("exp", True),
    ],
)
def test_disagreeing_claims_fail_the_format(claim: str, value: object) -> None:
    assert claim in whats({"vc": BODY, claim: value})


def test_the_claimed_issuer_wins() -> None:
    found = unfold({"vc": BODY, "iss": "did:key:zB"}, {})
    assert found.document["issuer"] == {"id": "did:key:zB", "name": "A"}


def test_the_original_body_is_not_changed() -> None:
    unfold({"vc": BODY, "iss": "did:key:zB", "jti": "urn:x"}, {})
    assert BODY["issuer"] == {"id": "did:key:zA", "name": "A"}
    assert BODY["id"] == "urn:uuid:1"


def test_version_2_is_the_body_itself() -> None:
    body = {**BODY, "@context": [V2]}
    assert unfold(body, {"typ": "vc+jwt"}).document["id"] == "urn:uuid:1"
    assert whats(body, "vc+jwt") == []
    assert whats(body, "application/vc+jwt") == []
    assert whats({**body, "iss": "did:key:zB"}, "vc+jwt") == ["iss"]


@pytest.mark.parametrize("name", ["vc", "vp"])
def test_version_2_forbids_the_older_claims(name: str) -> None:
    assert name in whats({**BODY, name: BODY}, "vc+jwt")


@pytest.mark.parametrize("typ", ["dpop+jwt", 7, "JOSE", "secevent+jwt"])
def test_a_token_of_another_kind_is_no_credential(typ: object) -> None:
    assert "typ" in whats({"vc": BODY}, typ)


def test_a_claim_of_the_wrong_type_fails_the_format() -> None:
    assert whats({"vc": "x"}) == ["vc"]
