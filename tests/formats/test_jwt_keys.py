"""Which key checks a token: what its header names, and never an address."""

import base64
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, p384_key
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


@pytest.mark.parametrize(
    "member",
    [{"d": "AQ"}, {"k": "AQ"}, {"y": KEY.public.to_jwk()["x"]}, {"crv": "P-384"}],
    ids=repr,
)
def test_a_key_that_is_told_to_everybody_or_is_none(member: dict[str, str]) -> None:
    found = checks({"jwk": {**KEY.public.to_jwk(), **member}})
    assert found[CheckName.PROOF].reason is Reason.SIG_CONSTRAINTS_FAILURE


def resigned(algorithm: str, signature: Callable[[bytes], bytes], key: IssuerKey) -> Check:
    """The proof check of a token whose `kid` names `key`, signed in whatever way."""
    header = {"alg": algorithm, "kid": key.did_key}
    body = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": key.did_key,
        "credentialSubject": {"name": "x"},
    }
    parts = (base64url.encode(json.dumps(part).encode()) for part in (header, body))
    signed = ".".join(parts).encode()
    token = signed + b"." + base64url.encode(signature(signed)).encode()
    credential = formats.read(token)
    assert credential is not None
    return formats.check_proof(credential, TrustStore.empty(), AT)[1]


ISSUER = p256_key("confused")
SECRETS = {
    "jwk": json.dumps(ISSUER.jwk).encode(),
    "x": base64url.decode(ISSUER.jwk["x"]),
    "did": ISSUER.did_key.encode(),
    "nothing": b"",
}


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("secret", SECRETS)
def test_a_public_key_is_no_secret(algorithm: str, secret: str) -> None:
    name = "sha" + algorithm[2:]
    found = resigned(algorithm, lambda data: hmac.digest(SECRETS[secret], data, name), ISSUER)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)


@pytest.mark.parametrize("algorithm", ["none", "None", "nOnE", "NONE", "", "es256", "ES256 "])
def test_no_signature_is_none(algorithm: str) -> None:
    for size in (0, 64):
        found = resigned(algorithm, lambda data: data[:0].ljust(size), ISSUER)  # noqa: B023 -- called at once
        assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)


@pytest.mark.parametrize("algorithm", ["ES256", "ES256K", "ES384", "ES512", "RS256", "EdDSA"])
@pytest.mark.parametrize("maker", [p256_key, p384_key, ed25519_key])
def test_an_algorithm_goes_with_its_own_kind_of_key(
    algorithm: str, maker: Callable[[str], IssuerKey]
) -> None:
    key = maker("confused")
    found = resigned(algorithm, key.sign, key)
    if algorithm == key.algorithm:
        assert found.outcome is Outcome.PASSED
    else:
        assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
