"""Data Integrity proofs (W3C Data Integrity 1.0) in a credential or presentation: check and sign.

Proof sets are checked proof by proof; of a chain, the proofs named by `previousProof` are put back
before hashing.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeAlias

from wallet.errors import MalformedCredential, WalletError
from wallet.model.credential import JsonObject
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base58, canonical, keys, proof_rules
from wallet.proofs.budget import Budget
from wallet.proofs.contexts import Contexts
from wallet.proofs.finding import KeyResolver, ProofFinding, ResolvedKey, failed
from wallet.proofs.hashing import REFUSALS, Reading, UnsafeDocument, unsafe_document
from wallet.proofs.proof_rules import Purpose
from wallet.proofs.suites import (
    DATA_INTEGRITY_PROOF,
    Seal,
    Sealed,
    Suite,
    Transformation,
    suite_for_signing,
    suite_name,
    suite_of,
)

__all__ = ["MAX_PROOFS", "Purpose", "UnsafeDocument", "check", "proofs_of", "sign"]

MAX_PROOFS = 16

_FACT_MEMBERS = ("created", "expires", "domain", "challenge", "nonce")

_BASE58 = "z"
"""The one multibase of these suites (EdDSA and ECDSA Cryptosuites 1.0, section 2.2.1)."""

_Judge: TypeAlias = Callable[[keys.PublicKey], tuple[str, bool]]
"""From a key to the algorithm and whether the signature holds with it; raises
MalformedCredential, which names what is broken."""


def check(
    document: JsonObject, contexts: Contexts, resolve: KeyResolver, purpose: Purpose
) -> tuple[ProofFinding, ...]:
    """Check every proof of a document; one finding per proof, in order, empty if it has none.

    Args:
        document: the secured document as parsed.
        contexts: the only JSON-LD contexts there are. Where an address has several byte versions,
            each is tried; the document is good if it is good under any of them.
        resolve: gives the key of a verification method, or None.
        purpose: what the proofs have to be for.

    A proof past its `expires` still holds here: the time is among the facts, and who knows the
    clock decides (for a presentation that is its own reason).

    Raises:
        UnsafeDocument: the document could be read otherwise than it was signed. Its `findings`
            are the proofs over what was signed.
    """
    proofs = proofs_of(document)
    if not proofs:
        return ()
    if len(proofs) > MAX_PROOFS:
        raise UnsafeDocument(Reason.FORMAT_FAILURE, "proof", "/proof")
    best: tuple[Reading, tuple[ProofFinding, ...]] | None = None
    for reading in _readings(document, proofs, contexts):
        findings = tuple(
            _check_one(reading, proof, index, resolve, purpose)
            for index, proof in enumerate(proofs)
        )
        if best is None or _rank(reading, findings) > _rank(*best):
            best = (reading, findings)
        if _rank(reading, findings) == (True, True):
            break
    if best is None:
        raise AssertionError("there is always the reading with the current contexts")
    reading, findings = best
    if reading.unsafe is not None:
        problem = reading.unsafe
        raise UnsafeDocument(problem.reason, problem.what, problem.where, findings)
    return findings


def proofs_of(document: JsonObject) -> list[Any]:
    """Give the proofs of a document as a list, whatever they are."""
    proof = document.get("proof")
    if proof is None:
        return []
    return proof if isinstance(proof, list) else [proof]


def sign(
    document: JsonObject,
    contexts: Contexts,
    key: keys.PrivateKey,
    *,
    purpose: Purpose,
    verification_method: str,
    created: datetime,
    domain: str | None = None,
    challenge: str | None = None,
    expires: datetime | None = None,
) -> JsonObject:
    """Sign a document and give the proof object, to be put under `proof`.

    An Ed25519 key signs eddsa-rdfc-2022, a P-256 key ecdsa-rdfc-2019. Times are aware and written
    in UTC to the second. A proof that the document has already is not signed over.

    Raises:
        UnsafeDocument: a verifier in safe mode would refuse the document.
    """
    suite = suite_for_signing(key.kind)
    algorithm, hash_name = suite.keys[key.kind]
    proof: JsonObject = {
        "type": DATA_INTEGRITY_PROOF,
        "cryptosuite": suite.name,
        "created": _time(created),
        "verificationMethod": verification_method,
        "proofPurpose": purpose,
    }
    optional = {
        "expires": _time(expires) if expires is not None else None,
        "domain": domain,
        "challenge": challenge,
    }
    proof |= {name: value for name, value in optional.items() if value is not None}
    reading = Reading(document, contexts, Budget.for_a_check())
    try:
        data = _hash_data(reading, suite, proof, hash_name, "/proof")
    except REFUSALS as error:
        raise unsafe_document(error, "") from error
    if reading.unsafe is not None:
        raise reading.unsafe
    return {**proof, "proofValue": "z" + base58.encode(key.sign(algorithm, data))}


def _readings(document: JsonObject, proofs: list[Any], contexts: Contexts) -> list[Reading]:
    """One run per byte version of a context that the document names."""
    addresses: tuple[str, ...] = ()
    if any(_is_rdf(proof) for proof in proofs):
        try:
            addresses = canonical.scan(document, contexts).addresses
        except WalletError:
            # Unknown contexts and the like come up again, where they are reported.
            addresses = ()
    budget = Budget.for_a_check()
    return [Reading(document, one, budget) for one in contexts.readings(addresses)]


def _is_rdf(proof: object) -> bool:
    suite = suite_of(proof) if isinstance(proof, dict) else None
    return suite is not None and suite.transformation is Transformation.RDFC


def _rank(reading: Reading, findings: tuple[ProofFinding, ...]) -> tuple[bool, bool]:
    """Order readings: one under which a proof holds and everything is signed is the right one."""
    holds = any(finding.outcome is Outcome.PASSED for finding in findings)
    return holds, reading.unsafe is None


def _check_one(
    reading: Reading, proof: object, index: int, resolve: KeyResolver, purpose: Purpose
) -> ProofFinding:
    """Check one proof (Data Integrity 1.0, section 4.2).

    1. The suite is one that we know.
    2. The proof states what it must, and is for the purpose.
    3. The hash of options and document, in safe mode.
    4. The key that the verification method names, of a kind that the suite allows.
    5. The signature over the hash.
    """
    if not isinstance(proof, dict):
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, "proof")
    facts = _facts(proof)
    unnamed = proof_rules.unnamed(proof)
    if unnamed is not None:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, unnamed, **facts)
    suite = suite_of(proof)
    if suite is None:
        return ProofFinding(
            Outcome.INDETERMINATE,
            Reason.UNSUPPORTED_SUITE,
            method=proof_rules.method(proof),
            facts=facts,
        )
    broken = proof_rules.broken_rule(suite, proof, reading.document, purpose)
    if broken is not None:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, broken, **facts)
    method = proof_rules.method(proof)
    resolved = resolve(method) if method is not None else None
    hash_name = _hash_name(suite, resolved)
    try:
        judge = _judge(reading, suite, proof, hash_name, f"/proof/{index}")
    except REFUSALS:
        # What was signed cannot be worked out here; the format check says why.
        return ProofFinding(
            Outcome.INDETERMINATE,
            Reason.UNSUPPORTED_SUITE,
            method=method,
            facts={**facts, "document": "refused"},
        )
    except MalformedCredential as error:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, str(error.facts["what"]), **facts)
    if resolved is None:
        return ProofFinding(
            Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, method=method, facts=facts
        )
    return _verify(suite, resolved, proof, judge, facts)


def _verify(
    suite: Suite, resolved: ResolvedKey, proof: JsonObject, judge: _Judge, facts: dict[str, str]
) -> ProofFinding:
    key = resolved.key
    facts = {**facts, "key": key.thumbprint()}
    if key.kind not in suite.keys:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, "key", **facts)
    try:
        algorithm, holds = judge(key)
    except MalformedCredential as error:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, str(error.facts["what"]), **facts)
    return ProofFinding(
        outcome=Outcome.PASSED if holds else Outcome.FAILED,
        reason=None if holds else Reason.SIG_CRYPTO_FAILURE,
        key=key,
        method=proof_rules.method(proof),
        resolved=resolved,
        facts={**facts, "algorithm": algorithm},
    )


def _judge(reading: Reading, suite: Suite, proof: JsonObject, hash_name: str, where: str) -> _Judge:
    """Work out what was signed, so that only the key is missing.

    Raises:
        MalformedCredential: `what` names the member that cannot be read.
        and one of REFUSALS, which `reading` has noted.
    """
    if suite.seal is Seal.SELECTIVE:
        return _judge_statements(reading, suite, proof, where)
    data = _hash_data(reading, suite, proof, hash_name, where)

    def judge(key: keys.PublicKey) -> tuple[str, bool]:
        sealed = _unseal(suite, proof, key.kind, data)
        return sealed.algorithm, key.verify(sealed.algorithm, sealed.signature, sealed.data)

    return judge


def _judge_statements(reading: Reading, suite: Suite, proof: JsonObject, where: str) -> _Judge:
    """The same for ecdsa-sd-2023, which signs a document statement by statement."""
    from wallet.proofs import ecdsa_sd  # noqa: PLC0415 -- only its own proofs pay for it

    options, secured = _covered(reading.document, suite, proof)
    parsed = ecdsa_sd.parse(proof["proofValue"])
    pointers = parsed.pointers if isinstance(parsed, ecdsa_sd.BaseProof) else None
    graph = reading.statements(secured, pointers, len(parsed.signatures) + 1)
    digest = reading.digest(options, "sha256", where)
    return lambda key: ("ES256", ecdsa_sd.holds(parsed, digest, graph, key))


def _unseal(suite: Suite, proof: JsonObject, kind: keys.KeyKind, data: bytes) -> Sealed:
    """Take the signature out of a proof; raises MalformedCredential naming what is broken."""
    if suite.seal is Seal.DETACHED_JWS:
        from wallet.proofs import json_web_signature_2020  # noqa: PLC0415 -- as above

        return json_web_signature_2020.unseal(proof["jws"], kind, data)
    algorithm, _ = suite.keys[kind]
    if not proof["proofValue"].startswith(_BASE58):
        raise MalformedCredential("proofValue")
    try:
        return Sealed(algorithm, keys.multibase(proof["proofValue"]), data)
    except MalformedCredential as error:
        raise MalformedCredential("proofValue") from error


def _hash_name(suite: Suite, resolved: ResolvedKey | None) -> str:
    """P-384 hashes with SHA-384; without a key the hash only serves to look for unsigned terms."""
    if resolved is None or resolved.key.kind not in suite.keys:
        return "sha256"
    return suite.keys[resolved.key.kind][1]


def _hash_data(
    reading: Reading, suite: Suite, proof: JsonObject, hash_name: str, where: str
) -> bytes:
    """Hash the proof options, then the document, each with the suite's transformation."""
    options, secured = _covered(reading.document, suite, proof)
    # Proofs that secure the same share its hash: a chained proof secures others as well.
    secures = where if "previousProof" in proof else ""
    if suite.transformation is Transformation.JCS:
        cached = ("JSON" + secures + str(proof.get("@context")), hash_name)
        if cached not in reading.digests:
            reading.digests[cached] = reading.json_digest(secured, hash_name)
        return reading.json_digest(options, hash_name) + reading.digests[cached]
    # The document first: what is wrong with it is said before what is wrong with a proof.
    cached = (secures, hash_name)
    if cached not in reading.digests:
        reading.digests[cached] = reading.digest(secured, hash_name, "")
    return reading.digest(options, hash_name, where) + reading.digests[cached]


def _covered(
    document: JsonObject, suite: Suite, proof: JsonObject
) -> tuple[JsonObject, JsonObject]:
    """Give the proof options and the document that a proof is over."""
    options = {name: value for name, value in proof.items() if name != suite.seal.member}
    secured = {name: value for name, value in document.items() if name != "proof"}
    if "previousProof" in proof:
        secured["proof"] = _previous(document, proof)
    if suite.transformation is Transformation.JCS:
        if "@context" in proof:
            secured["@context"] = proof["@context"]
    elif "@context" in secured:
        options["@context"] = secured["@context"]
    else:
        options.pop("@context", None)
    return options, secured


def _previous(document: JsonObject, proof: JsonObject) -> list[JsonObject]:
    """Find the proofs that a chained proof was made over (Data Integrity 1.0, section 4.3).

    Raises:
        MalformedCredential: one of them is not there.
    """
    named = proof["previousProof"]
    names = named if isinstance(named, list) else [named]
    others = [other for other in proofs_of(document) if isinstance(other, dict)]
    found = [other for other in others if other.get("id") in names]
    if not names or {other.get("id") for other in found} != set(map(str, names)):
        raise MalformedCredential("previousProof")
    return found


def _facts(proof: JsonObject) -> dict[str, str]:
    facts = {"suite": suite_name(proof)}
    for name in _FACT_MEMBERS:
        value = proof.get(name)
        if isinstance(value, str):
            facts[name] = value
        elif name == "domain" and isinstance(value, list):
            facts[name] = " ".join(str(entry) for entry in value)
    if isinstance(proof.get("proofPurpose"), str):
        facts["purpose"] = proof["proofPurpose"]
    return facts


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
