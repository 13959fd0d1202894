"""JsonWebSignature2020: signed by PyLD and joserfc, and every way to write the seal wrongly."""

import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry

from tests.issuer.data_integrity import quads
from tests.issuer.keys import base64url
from tests.proofs.documents import CONTEXTS, badge
from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome, Reason
from wallet.proofs.data_integrity import UnsafeDocument, check
from wallet.proofs.finding import ProofFinding, ResolvedKey
from wallet.proofs.json_web_signature_2020 import MAX_CHARACTERS, unseal
from wallet.proofs.keys import KeyKind, PublicKey

METHOD = "did:example:issuer#key-1"
CONTEXT = "https://w3id.org/security/suites/jws-2020/v1"
ALGORITHMS = {
    "Ed25519": "EdDSA",
    "P-256": "ES256",
    "P-384": "ES384",
    "secp256k1": "ES256K",
    "RSA": "PS256",
}
KEYS: dict[str, Key] = {
    "Ed25519": OKPKey.generate_key("Ed25519"),
    "P-256": ECKey.generate_key("P-256"),
    "P-384": ECKey.generate_key("P-384"),
    "secp256k1": ECKey.import_key(ec.generate_private_key(ec.SECP256K1())),
    "RSA": RSAKey.generate_key(2048),
}


def detached(data: bytes, kind: str, **members: Any) -> str:
    """Write a detached JWS (RFC 7797) with joserfc's algorithms."""
    header = {"alg": ALGORITHMS[kind], "b64": False, "crit": ["b64"], **members}
    head = base64url(json.dumps(header).encode())
    signer = JWSRegistry.algorithms[header["alg"]]
    signature: bytes = signer.sign(head.encode() + b"." + data, KEYS[kind])
    return f"{head}..{base64url(signature)}"


def proven(kind: str = "Ed25519", **members: Any) -> dict[str, Any]:
    """Sign a badge: options and document hashed by PyLD's N-Quads, the JWS by joserfc."""
    document = badge()
    document["@context"].append(CONTEXT)
    proof = {
        "type": "JsonWebSignature2020",
        "created": "2026-03-01T10:00:00Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
    }
    options = quads({"@context": document["@context"], **proof})
    data = b"".join(hashlib.sha256(part).digest() for part in (options, quads(document)))
    return {**document, "proof": {**proof, "jws": detached(data, kind, **members)}}


def finding(document: dict[str, Any], kind: str = "Ed25519") -> ProofFinding:
    key = PublicKey.from_jwk(KEYS[kind].as_dict(private=False))
    resolved = ResolvedKey(key, None, "supplied")
    (found,) = check(document, CONTEXTS, lambda _: resolved, "assertionMethod")
    return found


@pytest.mark.parametrize("kind", KEYS)
def test_a_signature_of_every_kind_of_key_holds_until_something_changes(kind: str) -> None:
    document = proven(kind)
    found = finding(document, kind)
    assert (found.outcome, found.reason, found.method) == (Outcome.PASSED, None, METHOD)
    assert found.facts["suite"] == "JsonWebSignature2020"
    assert found.facts["algorithm"] == ALGORITHMS[kind]
    changed = {**document, "name": "Another"}
    assert finding(changed, kind).reason is Reason.SIG_CRYPTO_FAILURE
    changed = {**document, "proof": {**document["proof"], "created": "2020-01-01T00:00:00Z"}}
    assert finding(changed, kind).reason is Reason.SIG_CRYPTO_FAILURE


def test_an_rsa_key_may_sign_rs256_as_well() -> None:
    assert finding(proven("RSA", alg="RS256"), "RSA").outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"b64": None, "crit": None}, "crit"),
        ({"b64": True}, "crit"),
        ({"b64": 0}, "crit"),
        ({"crit": None}, "crit"),
        ({"crit": []}, "crit"),
        ({"crit": "b64"}, "crit"),
        ({"crit": ["b64", "b64"]}, "crit"),
        ({"crit": ["b64", "exp"], "exp": 1}, "crit"),
        ({"alg": None}, "alg"),
        ({"alg": "none"}, "alg"),
        ({"alg": "HS256"}, "alg"),
        ({"alg": "ES256"}, "alg"),
        ({"alg": ["EdDSA"]}, "alg"),
        ({"alg": "JsonWebSignature2020"}, "alg"),
    ],
)
def test_headers_that_are_refused(members: dict[str, Any], what: str) -> None:
    header = {"alg": "EdDSA", "b64": False, "crit": ["b64"], **members}
    header = {name: value for name, value in header.items() if value is not None}
    document = proven()
    signature = document["proof"]["jws"].rpartition(".")[2]
    document["proof"]["jws"] = f"{base64url(json.dumps(header).encode())}..{signature}"
    found = finding(document)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
    assert found.facts["what"] == what


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace("..", ".e30."),
        lambda text: text.replace("..", "."),
        lambda text: text + ".",
        lambda text: text + "=",
        lambda text: "." + text.partition(".")[2],
        lambda text: "e30" + text[text.index("..") :],
        lambda text: "bm8" + text[text.index("..") :],
        lambda _: "",
        lambda _: 5,
        lambda _: None,
    ],
)
def test_what_is_no_detached_jws_breaks_the_rules(spoil: Any) -> None:
    document = proven()
    document["proof"]["jws"] = spoil(document["proof"]["jws"])
    found = finding(document)
    assert (found.outcome, found.reason) == (Outcome.FAILED, Reason.SIG_CONSTRAINTS_FAILURE)
    assert found.facts["what"] in {"jws", "crit"}


def test_a_header_with_a_name_twice_is_refused() -> None:
    document = proven()
    header = b'{"alg":"EdDSA","b64":false,"crit":["b64"],"alg":"EdDSA"}'
    document["proof"]["jws"] = f"{base64url(header)}..{document['proof']['jws'].rpartition('.')[2]}"
    assert finding(document).facts["what"] == "jws"


def test_a_proof_value_is_no_seal_of_this_suite() -> None:
    document = proven()
    document["proof"]["proofValue"] = document["proof"].pop("jws")
    assert finding(document).facts["what"] == "jws"
    document = proven()
    document["proof"]["proofValue"] = "z11"
    with pytest.raises(UnsafeDocument) as caught:
        finding(document)
    assert caught.value.what == "proofValue"


def test_a_key_of_another_kind_breaks_the_rules() -> None:
    assert finding(proven("P-256"), "Ed25519").facts["what"] == "alg"


def test_the_length_just_under_and_just_over() -> None:
    header = base64url(b'{"alg":"EdDSA","b64":false,"crit":["b64"]}')
    room = MAX_CHARACTERS - len(header) - 2
    room -= room % 4
    assert unseal(f"{header}..{'A' * room}", KeyKind.ED25519, b"").signature.strip(b"\0") == b""
    with pytest.raises(MalformedCredential):
        unseal(f"{header}..{'A' * (room + 4)}", KeyKind.ED25519, b"")
