"""Which key checks a token: what its header names, and never an address."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.issuer.universities import berlin, seal_authority
from wallet import formats
from wallet.model.verification import Check, CheckName, Outcome, Reason
from wallet.proofs import base64url, jws
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.trust.anchors import TrustStore

AT = datetime(2024, 10, 15, tzinfo=UTC)
KEY = PrivateKey.from_bytes(KeyKind.P256, b"\x01" * 32)
OTHER = PrivateKey.from_bytes(KeyKind.P256, b"\x02" * 32)
DID = KEY.public.did_key()


def checks(
    header: dict[str, object], *, issuer: str = DID, trust: TrustStore | None = None
) -> dict[CheckName, Check]:
    body = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issuer,
        "credentialSubject": {"name": "x"},
    }
    token = jws.sign_compact({"alg": "ES256", **header}, json.dumps(body).encode(), KEY)
    credential = formats.read(token.encode())
    assert credential is not None
    found = formats.check_proof(credential, trust or TrustStore.empty(), AT)
    return {check.name: check for check in found}


def did_jwk() -> str:
    return "did:jwk:" + base64url.encode(json.dumps(KEY.public.to_jwk()).encode())


@pytest.mark.parametrize(
    ("kid", "issuer"),
    [
        (f"{DID}#{DID.removeprefix('did:key:')}", DID),
        (f"#{DID.removeprefix('did:key:')}", DID),
        (DID.removeprefix("did:key:"), DID),
        (f"{did_jwk()}#0", did_jwk()),
        ("#0", did_jwk()),
    ],
)
def test_a_kid_of_the_issuers_own_did_shows_whose_key_it_is(kid: str, issuer: str) -> None:
    found = checks({"kid": kid}, issuer=issuer)
    assert found[CheckName.PROOF].outcome is Outcome.PASSED
    assert found[CheckName.ISSUER].reason is Reason.ISSUER_UNKNOWN


def test_another_did_in_kid_proves_nothing_about_the_issuer() -> None:
    found = checks({"kid": DID}, issuer=OTHER.public.did_key())
    assert found[CheckName.PROOF].outcome is Outcome.PASSED
    assert found[CheckName.ISSUER].reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_a_key_in_the_header_proves_nothing_about_the_issuer() -> None:
    found = checks({"jwk": KEY.public.to_jwk()})
    assert found[CheckName.PROOF].outcome is Outcome.PASSED
    assert found[CheckName.ISSUER].reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_anothers_certificate_beside_a_kid_vouches_for_nobody() -> None:
    """The `kid` checks the signature; who sealed elsewhere with that certificate did not."""
    university = berlin()
    assert university.seal is not None
    chain = [base64.b64encode(university.seal.public_bytes(Encoding.DER)).decode()]
    trust = TrustStore.empty().with_file(seal_authority().pem, "authority.pem", AT)
    found = checks({"kid": DID, "x5c": chain}, issuer="https://www.tu.berlin", trust=trust)
    assert found[CheckName.PROOF].outcome is Outcome.PASSED
    assert found[CheckName.ISSUER].reason is Reason.ISSUER_NOT_AUTHENTICATED


@pytest.mark.parametrize("name", ["jku", "x5u"])
def test_addresses_of_keys_are_ignored(name: str) -> None:
    found = checks({name: "https://issuer.example/keys"})
    assert found[CheckName.PROOF].reason is Reason.NO_SIGNING_KEY_FOUND
    assert found[CheckName.PROOF].outcome is Outcome.INDETERMINATE


def test_a_supplied_key_without_a_name_is_tried() -> None:
    jwk = json.dumps(KEY.public.to_jwk()).encode()
    wrong = json.dumps(OTHER.public.to_jwk()).encode()
    trust = TrustStore.empty().with_file(wrong, "other.json", AT).with_file(jwk, "key.json", AT)
    for header in ({}, {"kid": "unknown-here"}):
        found = checks(dict(header), trust=trust)
        assert found[CheckName.PROOF].outcome is Outcome.PASSED
        assert found[CheckName.ISSUER].reason is Reason.KEY_SUPPLIED


def test_a_supplied_key_with_a_name_is_tried_only_there() -> None:
    jwk = json.dumps({**KEY.public.to_jwk(), "kid": "key-1"}).encode()
    trust = TrustStore.empty().with_file(jwk, "key.json", AT)
    assert checks({"kid": "key-1"}, trust=trust)[CheckName.PROOF].outcome is Outcome.PASSED
    for header in ({}, {"kid": "key-2"}):
        found = checks(dict(header), trust=trust)
        assert found[CheckName.PROOF].reason is Reason.NO_SIGNING_KEY_FOUND


@pytest.mark.parametrize(
    "header", [{"jwk": "x"}, {"jwk": {"kty": "oct"}}, {"x5c": []}, {"x5c": ["!"]}, {"x5c": [7]}]
)
def test_a_broken_key_in_the_header_breaks_the_rules(header: dict[str, object]) -> None:
    assert checks(header)[CheckName.PROOF].reason is Reason.SIG_CONSTRAINTS_FAILURE
