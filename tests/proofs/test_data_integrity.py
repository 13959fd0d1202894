"""Data Integrity: the published vectors, what breaks a proof, and what we sign ourselves."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import needs
from tests.issuer.data_integrity import Suite, prove
from tests.issuer.keys import IssuerKey, ed25519_key, verification_method
from tests.proofs.documents import CONTEXTS, CREDENTIALS, Change, badge, put
from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base58, data_integrity
from wallet.proofs.canonical import canonicalise
from wallet.proofs.contexts import Contexts
from wallet.proofs.data_integrity import UnsafeDocument, check, sign
from wallet.proofs.finding import ProofFinding, ResolvedKey
from wallet.proofs.keys import KeyKind, PrivateKey, PublicKey, multibase

KEY = PrivateKey.from_bytes(KeyKind.ED25519, hashlib.sha256(b"holder").digest())
METHOD = verification_method(KEY.public.did_key())
CREATED = datetime(2026, 3, 1, 10, 0, tzinfo=UTC)


def resolve(method: str) -> ResolvedKey | None:
    """Read the key that a did:key or the fragment of an address is."""
    try:
        key = PublicKey.from_multikey(method.rpartition("#")[2].removeprefix("did:key:"))
    except MalformedCredential:
        return None
    return ResolvedKey(key, None, "fragment")


def findings(document: dict[str, Any], contexts: Contexts = CONTEXTS) -> tuple[ProofFinding, ...]:
    return check(document, contexts, resolve, "assertionMethod")


def signed(document: dict[str, Any] | None = None, **proof: Any) -> dict[str, Any]:
    """Sign a badge as the issuer; members of `proof` are changed before signing, not after."""
    document = badge() if document is None else document
    made = sign(
        document,
        CONTEXTS,
        KEY,
        purpose="assertionMethod",
        verification_method=METHOD,
        created=CREATED,
        **proof,
    )
    return {**document, "proof": made}


def sample(*parts: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(needs.shared("samples", *parts).read_text("utf-8"))
    return value


@pytest.fixture(scope="module")
def published() -> Contexts:
    return CONTEXTS.with_folder(needs.shared("contexts"))


# ---- what the W3C and 1EdTech published ---------------------------------------------------------

_VECTORS = [
    "eddsa-rdfc-2022/signedDataInt.json",
    "eddsa-rdfc-2022/employ/signedDataInt.json",
    "eddsa-jcs-2022/signedJCS.json",
    "ecdsa-rdfc-2019-p256/signedECDSAP256.json",
    "ecdsa-rdfc-2019-p256/employ/signedECDSAP256.json",
    "Ed25519Signature2020/signedEdSig.json",
    "proof-set-chain/signedProofSet1.json",
    "proof-set-chain/signedProofSet2.json",
    "proof-set-chain/signedProofChain1.json",
    "proof-set-chain/signedProofChain2.json",
]


@pytest.mark.parametrize("file", _VECTORS)
def test_the_published_vectors_hold(file: str, published: Contexts) -> None:
    document = sample("data-integrity", *file.split("/"))
    found = findings(document, published)
    assert len(found) == len(data_integrity.proofs_of(document))
    for finding in found:
        assert (finding.outcome, finding.reason) == (Outcome.PASSED, None)


@pytest.mark.parametrize("file", _VECTORS)
def test_no_published_vector_holds_once_changed(file: str, published: Contexts) -> None:
    document = sample("data-integrity", *file.split("/"))
    document["name"] = "Another name"
    assert {finding.reason for finding in findings(document, published)} == {
        Reason.SIG_CRYPTO_FAILURE
    }


@pytest.mark.parametrize(
    ("file", "hashes"),
    [
        ("eddsa-rdfc-2022/signedDataInt.json", "combinedHashDataInt.txt"),
        ("eddsa-rdfc-2022/employ/signedDataInt.json", "combinedHashDataInt.txt"),
        ("eddsa-jcs-2022/signedJCS.json", "combinedHashJCS.txt"),
        ("ecdsa-rdfc-2019-p256/signedECDSAP256.json", "combinedHashECDSAP256.txt"),
        ("Ed25519Signature2020/signedEdSig.json", "combinedHashEdSig.txt"),
    ],
)
def test_the_published_hashes_are_what_is_signed(
    file: str, hashes: str, published: Contexts
) -> None:
    place = needs.shared("samples", "data-integrity", *file.split("/"))
    document = json.loads(place.read_text("utf-8"))
    signature = multibase(document["proof"]["proofValue"])
    data = bytes.fromhex((place.parent / hashes).read_text("utf-8"))
    finding = findings(document, published)[0]
    assert finding.key is not None
    assert finding.key.verify(finding.facts["algorithm"], signature, data)


@pytest.mark.parametrize(
    ("file", "outcomes"),
    [
        ("open-badges-3/simple.json", ["passed"]),
        ("open-badges-3/simple-multiple-proofs.json", ["indeterminate", "passed"]),
        ("open-badges-3/complete.json", ["passed"]),
        ("open-badges-3/simple-err-expired.json", ["passed"]),
        ("open-badges-3/simple-err-proof-value.json", ["failed"]),
        ("open-badges-3/simple-noproof.json", []),
        ("open-badges-3/bit-string-list/credential-status-revoked.json", ["passed"]),
        ("open-badges-3/bit-string-list/credential-status-revoked-blank-nodes.json", ["passed"]),
        ("open-badges-3/bit-string-list/testlist", ["passed"]),
        ("open-badges-3/credential-status-revoked.json", ["passed"]),
        ("open-badges-3/status-e5WK8CbZ1GjycuPombrj.json", ["passed"]),
        ("open-badges-3/vc.getVCv1.json", ["passed"]),
        ("open-badges-3/vc.getVCv2.json", ["passed"]),
        ("open-badges-3/vc.getVCv2Tampered.json", ["failed"]),
        ("open-badges-3/vc.getVCv2Revoked.json", ["passed"]),
        ("clr/simple.json", ["passed"]),
    ],
)
def test_badges_of_others_with_the_bundled_contexts(file: str, outcomes: list[str]) -> None:
    found = findings(sample(*file.split("/")))
    assert [finding.outcome.value for finding in found] == outcomes


def test_a_context_that_is_not_bundled_is_named_and_can_be_supplied(published: Contexts) -> None:
    document = sample("clr", "complex.json")
    with pytest.raises(UnsafeDocument) as caught:
        findings(document)
    assert caught.value.reason is Reason.UNKNOWN_CONTEXT
    assert caught.value.what == "https://purl.imsglobal.org/spec/clr/v2p0/context.json"
    assert [f.reason for f in caught.value.findings] == [Reason.UNSUPPORTED_SUITE]
    assert findings(document, published)[0].outcome is Outcome.PASSED


# ---- what breaks a proof ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason", "what"),
    [
        (put("name", value="Another"), Reason.SIG_CRYPTO_FAILURE, None),
        (put("proof", "created", value="2020-01-01T00:00:00Z"), Reason.SIG_CRYPTO_FAILURE, None),
        (
            put("proof", "proofValue", value="z" + base58.encode(bytes(64))),
            Reason.SIG_CRYPTO_FAILURE,
            None,
        ),
        (put("proof", "proofValue", value="zz"), Reason.SIG_CRYPTO_FAILURE, None),
        (put("proof", "proofValue", value="f00"), Reason.SIG_CONSTRAINTS_FAILURE, "proofValue"),
        (put("proof", "proofValue", value="z0"), Reason.SIG_CONSTRAINTS_FAILURE, "proofValue"),
        (put("proof", "proofValue", value=5), Reason.SIG_CONSTRAINTS_FAILURE, "proofValue"),
        (
            put("proof", "proofPurpose", value="authentication"),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "proofPurpose",
        ),
        (put("proof", "proofPurpose", value=None), Reason.SIG_CONSTRAINTS_FAILURE, "proofPurpose"),
        (
            put("proof", "verificationMethod", value=None),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "verificationMethod",
        ),
        (
            put("proof", "verificationMethod", value=""),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "verificationMethod",
        ),
        (put("proof", "created", value=5), Reason.SIG_CONSTRAINTS_FAILURE, "created"),
        (
            put("proof", "@context", value=["urn:another"]),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "@context",
        ),
        (
            put("proof", "previousProof", value="urn:nowhere"),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "previousProof",
        ),
        (put("proof", "previousProof", value=[]), Reason.SIG_CONSTRAINTS_FAILURE, "previousProof"),
        (put("proof", value="text"), Reason.SIG_CONSTRAINTS_FAILURE, "proof"),
        (
            put("proof", "cryptosuite", value="ecdsa-rdfc-2019"),
            Reason.SIG_CONSTRAINTS_FAILURE,
            "key",
        ),
    ],
)
def test_proofs_that_fail(change: Change, reason: Reason, what: str | None) -> None:
    document = signed()
    change(document)
    (finding,) = findings(document)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, reason)
    assert finding.facts.get("what") == what


@pytest.mark.parametrize(
    "suite", ["eddsa-rdf-2022", "bbs-2023", "", "UnknownCryptosuite", "Ed25519Signature2020"]
)
def test_suites_that_we_do_not_verify(suite: object) -> None:
    document = signed()
    document["proof"]["cryptosuite"] = suite
    (finding,) = findings(document)
    assert (finding.outcome, finding.reason) == (Outcome.INDETERMINATE, Reason.UNSUPPORTED_SUITE)


def test_a_key_that_is_nowhere() -> None:
    found = check(signed(), CONTEXTS, lambda _: None, "assertionMethod")
    assert [f.reason for f in found] == [Reason.NO_SIGNING_KEY_FOUND]
    assert found[0].method == METHOD


def test_another_key_of_the_same_kind() -> None:
    other = PublicKey.from_jwk(ed25519_key("another").jwk)
    found = check(signed(), CONTEXTS, lambda _: ResolvedKey(other, None, "x"), "assertionMethod")
    assert [f.reason for f in found] == [Reason.SIG_CRYPTO_FAILURE]


def test_a_document_without_proof_has_no_findings() -> None:
    assert findings(badge()) == ()
    assert findings({**badge(), "proof": []}) == ()
    assert findings({**badge(), "proof": None}) == ()


def test_a_proof_set_is_judged_proof_by_proof() -> None:
    document = signed()
    good = document["proof"]
    bad = {**good, "created": "2020-01-01T00:00:00Z"}
    document["proof"] = [bad, good, {"type": "SomethingElse2030"}, "text"]
    assert [f.outcome.value for f in findings(document)] == [
        "failed",
        "passed",
        "indeterminate",
        "failed",
    ]


def test_proofs_just_under_and_just_over_the_limit() -> None:
    document = signed()
    document["proof"] = [document["proof"]] * data_integrity.MAX_PROOFS
    assert len(findings(document)) == data_integrity.MAX_PROOFS
    document["proof"].append(document["proof"][0])
    with pytest.raises(UnsafeDocument) as caught:
        findings(document)
    assert caught.value.reason is Reason.FORMAT_FAILURE


# ---- documents that could be read otherwise -----------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason", "what", "proof"),
    [
        (put("honours", value="magna"), Reason.UNSIGNED_TERM, "honours", Outcome.PASSED),
        (put("proof", "note", value="x"), Reason.UNSIGNED_TERM, "note", Outcome.PASSED),
        (put("id", value="relative"), Reason.UNSIGNED_TERM, "relative", Outcome.FAILED),
        (
            put("@context", value=["https://example.edu/v1"]),
            Reason.UNKNOWN_CONTEXT,
            "https://example.edu/v1",
            Outcome.INDETERMINATE,
        ),
        (put("type", value=5), Reason.FORMAT_FAILURE, "invalid type value", Outcome.INDETERMINATE),
    ],
)
def test_an_unsafe_document_still_tells_about_its_proof(
    change: Change, reason: Reason, what: str, proof: Outcome
) -> None:
    document = signed()
    change(document)
    with pytest.raises(UnsafeDocument) as caught:
        findings(document)
    assert (caught.value.reason, caught.value.what) == (reason, what)
    assert [f.outcome for f in caught.value.findings] == [proof]


def test_an_expiry_of_the_proof_cannot_be_respelled() -> None:
    document = signed(expires=datetime(2026, 4, 1, tzinfo=UTC))
    document["proof"]["https://w3id.org/security#expiration"] = document["proof"].pop("expires")
    with pytest.raises(UnsafeDocument) as caught:
        findings(document)
    assert caught.value.reason is Reason.UNSIGNED_TERM
    assert caught.value.where.startswith("/proof/0/")


def test_json_canonicalisation_needs_no_contexts(published: Contexts) -> None:
    document = sample("data-integrity", "eddsa-jcs-2022", "signedJCS.json")
    assert findings(document)[0].outcome is Outcome.PASSED
    document["honours"] = 2**60
    with pytest.raises(UnsafeDocument) as caught:
        findings(document, published)
    assert caught.value.reason is Reason.FORMAT_FAILURE


def test_the_older_bytes_of_a_moved_context_count_as_well(tmp_path: Path) -> None:
    """A term that only the earlier byte version knows: signed then, and good now."""
    now, before = ({"term": f"https://example.edu/{name}#term"} for name in ("now", "before"))
    index = {
        "https://example.edu/v1": {"file": "now.json", "alternatives": [{"file": "before.json"}]}
    }
    (tmp_path / "index.json").write_text(json.dumps(index))
    (tmp_path / "now.json").write_text(json.dumps({"@context": now}))
    (tmp_path / "before.json").write_text(json.dumps({"@context": before}))
    both = CONTEXTS.with_folder(tmp_path)
    document = {"@context": [CREDENTIALS, "https://example.edu/v1"], "id": "urn:a", "term": "x"}
    for reading in both.readings(["https://example.edu/v1"]):
        made = sign(
            document,
            reading,
            KEY,
            purpose="assertionMethod",
            verification_method=METHOD,
            created=CREATED,
        )
        assert findings({**document, "proof": made}, both)[0].outcome is Outcome.PASSED
        altered = {**document, "term": "y", "proof": made}
        assert findings(altered, both)[0].reason is Reason.SIG_CRYPTO_FAILURE


# ---- signing ------------------------------------------------------------------------------------


def test_what_we_sign_states_what_was_asked() -> None:
    presentation = {"@context": [CREDENTIALS], "type": ["VerifiablePresentation"]}
    proof = sign(
        presentation,
        CONTEXTS,
        KEY,
        purpose="authentication",
        verification_method=METHOD,
        created=CREATED,
        domain="https://employer.example",
        challenge="1234",
        expires=datetime(2026, 3, 8, 12, tzinfo=UTC),
    )
    document = {**presentation, "proof": proof}
    (finding,) = check(document, CONTEXTS, resolve, "authentication")
    assert finding.outcome is Outcome.PASSED
    assert dict(finding.facts) | {"key": ""} == {
        "suite": "eddsa-rdfc-2022",
        "algorithm": "EdDSA",
        "key": "",
        "created": "2026-03-01T10:00:00Z",
        "expires": "2026-03-08T12:00:00Z",
        "domain": "https://employer.example",
        "challenge": "1234",
        "purpose": "authentication",
    }
    assert check(document, CONTEXTS, resolve, "assertionMethod")[0].facts["what"] == "proofPurpose"


def test_a_p256_key_signs_ecdsa() -> None:
    key = PrivateKey.from_bytes(KeyKind.P256, hashlib.sha256(b"holder").digest())
    proof = sign(
        badge(),
        CONTEXTS,
        key,
        purpose="assertionMethod",
        verification_method=verification_method(key.public.did_key()),
        created=CREATED,
    )
    (finding,) = findings({**badge(), "proof": proof})
    assert (finding.outcome, finding.facts["suite"]) == (Outcome.PASSED, "ecdsa-rdfc-2019")


def test_nothing_unsafe_is_signed() -> None:
    with pytest.raises(UnsafeDocument) as caught:
        signed(badge(put("honours", value="magna")))
    assert caught.value.reason is Reason.UNSIGNED_TERM
    with pytest.raises(UnsafeDocument) as caught:
        signed(badge(put("@context", value=["https://example.edu/v1"])))
    assert caught.value.reason is Reason.UNKNOWN_CONTEXT


def test_a_presentation_of_an_enveloped_credential_is_signed_whole() -> None:
    envelope = {
        "@context": CREDENTIALS,
        "id": "data:application/jose+json;base64," + "A" * 400_000 + "==",
        "type": "EnvelopedVerifiableCredential",
    }
    presentation = {
        "@context": [CREDENTIALS],
        "type": ["VerifiablePresentation"],
        "holder": KEY.public.did_key(),
        "verifiableCredential": [envelope, badge()],
    }
    document = signed(presentation)
    assert findings(document)[0].outcome is Outcome.PASSED
    document["verifiableCredential"][0]["id"] += "A"
    assert findings(document)[0].reason is Reason.SIG_CRYPTO_FAILURE


@pytest.mark.parametrize("suite", list(Suite))
def test_what_the_simulator_signs_with_pyld_alone_holds(suite: Suite) -> None:
    key: IssuerKey = ed25519_key("issuer")
    document = badge()
    document["@context"].append("https://w3id.org/security/suites/ed25519-2020/v1")
    method = verification_method(key.did_key)
    proven = prove(document, key, method=method, created=CREATED, suite=suite)
    (finding,) = findings(proven)
    assert finding.outcome is Outcome.PASSED
    assert finding.key is not None
    assert finding.key.did_key() == key.did_key


SIGNED = json.dumps(signed())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(SIGNED) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_a_changed_document_never_passes_as_another(index: int, character: str) -> None:
    try:
        document = json.loads(SIGNED[:index] + character + SIGNED[index + 1 :])
        passed = any(f.outcome is Outcome.PASSED for f in findings(document))
    except (ValueError, UnsafeDocument):
        return
    if passed:
        document.pop("proof")
        assert canonicalise(document, CONTEXTS) == canonicalise(badge(), CONTEXTS)
