"""What we sign, others verify; what others sign, we verify: JSON-LD by @digitalbazaar, JWT by jose.

The simulator's credentials go the same way, so that three implementations agree.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.issuer import AUDIENCE, NONCE, NOW, Form, ed25519_key, p256_key, p384_key, specimen
from tests.issuer.keys import IssuerKey, rsa_key, verification_method
from tests.issuer.specimens import issuer_of
from tests.peers.node import Peer, started
from tests.proofs.documents import CONTEXTS, CREDENTIALS, badge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url, jws
from wallet.proofs.data_integrity import Purpose, check, sign
from wallet.proofs.finding import ProofFinding, ResolvedKey
from wallet.proofs.keys import KeyKind, PrivateKey, PublicKey

CREATED = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)
ED25519_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
KEYS: dict[str, IssuerKey] = {
    "Ed25519": ed25519_key("peer"),
    "P-256": p256_key("peer"),
    "P-384": p384_key("peer"),
}
SUITES = [
    ("eddsa-rdfc-2022", "Ed25519"),
    ("eddsa-jcs-2022", "Ed25519"),
    ("Ed25519Signature2020", "Ed25519"),
    ("ecdsa-rdfc-2019", "P-256"),
    ("ecdsa-rdfc-2019", "P-384"),
    ("ecdsa-jcs-2019", "P-256"),
    ("ecdsa-jcs-2019", "P-384"),
]


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    with started() as process:
        yield process


def resolve(method: str) -> ResolvedKey:
    key = PublicKey.from_multikey(method.rpartition("#")[2])
    return ResolvedKey(key, key.did_key(), "did:key")


def finding(document: dict[str, Any], purpose: Purpose = "assertionMethod") -> ProofFinding:
    (found,) = check(document, CONTEXTS, resolve, purpose)
    return found


def issued_by(did: str, *contexts: str) -> dict[str, Any]:
    """Make a badge of an issuer, with what is easily hashed otherwise."""

    def change(document: dict[str, Any]) -> None:
        # Who looks at the status would have to fetch its list.
        del document["credentialStatus"]
        document["@context"] += contexts
        document["issuer"] = {"id": did, "type": ["Profile"], "name": 'Zażółć \\ "x"\n'}
        achievement = document["credentialSubject"]["achievement"]
        achievement["tag"] = ["\x7f", "\u2028", "😀", "a", "a"]
        achievement["name"] = "شهادة"
        document["name"] = {"@value": "شهادة", "@language": "AR", "@direction": "rtl"}

    return badge(change)


def verified(peer: Peer, document: dict[str, Any], **options: str) -> bool:
    answer = peer.ask("verify", document=document, now=CREATED.isoformat(), **options)
    assert "failed" not in answer, answer
    assert answer["verified"] or answer["error"]
    return bool(answer["verified"])


# ---- JSON-LD ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suite", "kind"), SUITES)
def test_what_node_signs_we_verify(peer: Peer, suite: str, kind: str) -> None:
    key = KEYS[kind]
    contexts = [ED25519_2020] if suite == "Ed25519Signature2020" else []
    answer = peer.ask(
        "sign",
        document=issued_by(key.did_key, *contexts),
        key=key.private_jwk(),
        suite=suite,
        created="2026-03-01T10:00:00Z",
    )
    assert "failed" not in answer, answer
    document = answer["document"]
    found = finding(document)
    assert (found.outcome, found.reason) == (Outcome.PASSED, None)
    assert found.facts["suite"] == suite
    altered = {**document, "validUntil": "2031-01-01T00:00:00Z"}
    assert finding(altered).reason is Reason.SIG_CRYPTO_FAILURE
    assert verified(peer, document)
    assert not verified(peer, altered)


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256])
def test_what_we_sign_node_verifies(peer: Peer, kind: KeyKind) -> None:
    key = PrivateKey.from_bytes(kind, b"\x01" * 32)
    did = key.public.did_key()
    document = issued_by(did)
    proof = sign(
        document,
        CONTEXTS,
        key,
        purpose="assertionMethod",
        verification_method=verification_method(did),
        created=CREATED,
    )
    assert verified(peer, {**document, "proof": proof})
    assert not verified(peer, {**document, "proof": proof, "name": "Another"})


@pytest.mark.parametrize("kind", [KeyKind.ED25519, KeyKind.P256])
def test_a_presentation_that_we_sign_node_verifies_for_its_audience(
    peer: Peer, kind: KeyKind
) -> None:
    key = PrivateKey.from_bytes(kind, b"\x02" * 32)
    did = key.public.did_key()
    inner = peer.ask(
        "sign",
        document=issued_by(KEYS["P-384"].did_key),
        key=KEYS["P-384"].private_jwk(),
        suite="ecdsa-rdfc-2019",
        created="2026-03-01T10:00:00Z",
    )["document"]
    presentation = {
        "@context": [CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "holder": did,
        "verifiableCredential": [inner],
    }
    proof = sign(
        presentation,
        CONTEXTS,
        key,
        purpose="authentication",
        verification_method=verification_method(did),
        created=NOW,
        domain=AUDIENCE,
        challenge=NONCE,
    )
    # Two suites in one presentation: the peer is asked for the holder's alone.
    signed = {**presentation, "proof": proof}
    assert verified(peer, signed, challenge=NONCE, domain=AUDIENCE, only="presentation")
    assert not verified(peer, signed, challenge="another", domain=AUDIENCE, only="presentation")
    assert not verified(peer, signed, challenge=NONCE, domain="another", only="presentation")


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_presentation_that_node_signs_we_verify(peer: Peer, kind: str) -> None:
    answer = peer.ask(
        "sign",
        document={
            "@context": [CREDENTIALS],
            "type": ["VerifiablePresentation"],
            "holder": KEYS[kind].did_key,
            "verifiableCredential": [issued_by(KEYS[kind].did_key)],
        },
        key=KEYS[kind].private_jwk(),
        suite="eddsa-rdfc-2022" if kind == "Ed25519" else "ecdsa-rdfc-2019",
        created="2026-03-01T10:00:00Z",
        purpose="authentication",
        challenge=NONCE,
        domain=AUDIENCE,
    )
    found = finding(answer["document"], "authentication")
    assert found.outcome is Outcome.PASSED
    assert (found.facts["challenge"], found.facts["domain"]) == (NONCE, AUDIENCE)


@pytest.mark.parametrize("form", [Form.OPEN_BADGE, Form.CREDENTIAL, Form.STATUS_LIST])
def test_what_the_simulator_issues_both_verify(peer: Peer, form: Form) -> None:
    document = json.loads(specimen(form))
    # Neither has a list to look at: what is compared is the proof.
    assert finding(document).outcome is Outcome.PASSED
    assert verified(peer, document, only="proof")


def test_what_node_discloses_we_verify(peer: Peer) -> None:
    key = KEYS["P-256"]
    document = issued_by(key.did_key)
    subject = document["credentialSubject"]
    subject["result"] = [{"type": ["Result"], "value": str(n)} for n in range(6)]
    subject["achievement"]["alignment"] = [
        {"type": ["Alignment"], "targetName": "x", "targetUrl": f"urn:a:{n}"} for n in range(3)
    ]
    mandatory = ["/issuer", "/validFrom", "/credentialSubject/result/2"]
    for chosen in (
        ["/name"],
        ["/credentialSubject/result"],
        ["/credentialSubject/result/1", "/credentialSubject/achievement/alignment/1"],
        ["/credentialSubject/achievement", "/validUntil"],
    ):
        answer = peer.ask(
            "disclose",
            document=document,
            key=key.private_jwk(),
            created="2026-03-01T10:00:00Z",
            mandatory=mandatory,
            chosen=chosen,
        )
        assert "failed" not in answer, answer
        base, derived = answer["base"], answer["derived"]
        assert finding(base).outcome is Outcome.PASSED
        assert finding(derived).outcome is Outcome.PASSED
        assert verified(peer, derived)
        assert len(json.dumps(derived)) < len(json.dumps(base))
        altered = {**derived, "validFrom": "2020-01-01T00:00:00Z"}
        assert finding(altered).reason is Reason.SIG_CRYPTO_FAILURE


# ---- JWT ----------------------------------------------------------------------------------------

JWT_KEYS: dict[str, IssuerKey] = {
    "EdDSA": KEYS["Ed25519"],
    "ES256": KEYS["P-256"],
    "ES384": KEYS["P-384"],
    "RS256": rsa_key("peer"),
    "RS512": rsa_key("peer"),
    "PS256": rsa_key("peer"),
    "PS384": rsa_key("peer"),
}


@pytest.mark.parametrize("algorithm", ["EdDSA", "ES256", "ES384"])
def test_a_token_of_jose_holds(peer: Peer, algorithm: str) -> None:
    key = JWT_KEYS[algorithm]
    header = {"alg": algorithm, "typ": "vc+jwt", "kid": "k1"}
    token = peer.ask("jwt", payload='{"a":"ż"}', key=key.private_jwk(), header=header)["token"]
    taken = jws.parse_compact(token)
    assert taken.payload == '{"a":"ż"}'.encode()
    assert jws.check(taken, PublicKey.from_jwk(key.jwk)).outcome is Outcome.PASSED


@pytest.mark.parametrize("algorithm", JWT_KEYS)
def test_jose_reads_a_token_of_the_simulator_and_so_do_we(peer: Peer, algorithm: str) -> None:
    key = JWT_KEYS[algorithm]
    header, payload = (
        base64url.encode(text) for text in (f'{{"alg":"{algorithm}"}}'.encode(), b"{}")
    )
    signature = key.sign(f"{header}.{payload}".encode(), algorithm)
    token = f"{header}.{payload}.{base64url.encode(signature)}"
    assert peer.ask("jwtVerify", token=token, key=key.jwk) == {"payload": "{}"}
    assert (
        jws.check(jws.parse_compact(token), PublicKey.from_jwk(key.jwk)).outcome is Outcome.PASSED
    )


@pytest.mark.parametrize("form", [Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT])
def test_jose_verifies_the_tokens_of_the_simulator(peer: Peer, form: Form) -> None:
    token = specimen(form).decode()
    answer = peer.ask("jwtVerify", token=token, key=issuer_of(form).key.jwk)
    assert json.loads(answer["payload"]) == json.loads(jws.parse_compact(token).payload)


@pytest.mark.parametrize(
    ("kind", "algorithm"), [(KeyKind.ED25519, "EdDSA"), (KeyKind.P256, "ES256")]
)
def test_a_token_that_we_sign_jose_verifies(peer: Peer, kind: KeyKind, algorithm: str) -> None:
    key = PrivateKey.from_bytes(kind, b"\x03" * 32)
    token = jws.sign_compact({"alg": algorithm, "typ": "vp+jwt"}, b'{"vp":1}', key)
    assert peer.ask("jwtVerify", token=token, key=key.public.to_jwk()) == {"payload": '{"vp":1}'}
    head, _, signature = token.split(".")
    altered = f"{head}.e30.{signature}"
    assert "failed" in peer.ask("jwtVerify", token=altered, key=key.public.to_jwk())
