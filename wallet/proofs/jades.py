"""Does a JAdES baseline B signature hold? `parse` and `check`, the seal of European credentials.

The document is taken apart in jades_parts.py; the header rules, one by one, are in jades_rules.py.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import certificate, evidence, jades_rules, timestamps, xml_algorithms
from wallet.proofs.finding import ProofFinding
from wallet.proofs.jades_parts import Jades, Signature, parse
from wallet.proofs.jws import KNOWN_ALGORITHMS
from wallet.proofs.keys import (
    ALGORITHMS,
    NIST_CURVES,
    PublicKey,
    UnsupportedKey,
    certificate_key,
)

__all__ = ["Jades", "Signature", "check", "check_each", "parse", "signing_input", "signing_time"]

_ECDSA = frozenset({"ES256", "ES384", "ES512"})
_SEVERITY = (Outcome.FAILED, Outcome.INDETERMINATE, Outcome.PASSED)


def check(jades: Jades) -> ProofFinding:
    """Check every signature of a JAdES document; the worst finding is the document's.

    1. The headers keep the rules of baseline B.
    2. The signing certificate is `x5c[0]`, and is the one that the header names by digest.
    3. Its key fits the algorithm, and its key usage allows signing.
    4. The signature holds over ASCII(protected) "." payload (RFC 7515, section 5.2).

    Time stamps are checked and told; a broken one says nothing against the signature. Certificate
    paths, validity and who made the time stamps are not judged: that is trust.
    """
    return min(check_each(jades), key=lambda finding: _SEVERITY.index(finding.outcome))


def check_each(jades: Jades) -> tuple[ProofFinding, ...]:
    """Check every signature of a JAdES document as `check` does, and give all findings in order."""
    findings = [_check_one(jades, signature) for signature in jades.signatures]
    if any(s.unencoded != jades.signatures[0].unencoded for s in jades.signatures):
        # RFC 7797, section 3: one payload cannot be both encoded and not.
        findings.append(_broken(jades.signatures[0], "b64"))
    return tuple(findings)


def _check_one(jades: Jades, signature: Signature) -> ProofFinding:
    broken = jades_rules.first_broken(signature)
    if broken is not None:
        return _broken(signature, broken)
    facts = _facts(jades, signature)
    algorithm = str(signature.header["alg"])
    if algorithm not in KNOWN_ALGORITHMS:
        return _unsupported(algorithm, facts)
    if jades.detached:
        # The signed data lie elsewhere: what is here is not what was signed.
        return _unsupported("sigD" if "sigD" in signature.header else "payload", facts)
    try:
        chain = jades_rules.certificates(signature) or evidence.named(signature)
        if not chain:
            return ProofFinding(Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, facts=facts)
        key = PublicKey.from_certificate(chain[0])
        allowed = certificate.load(chain[0]).may_sign()
    except (UnsupportedKey, TooLarge) as error:
        return _unsupported(str(error.facts["what"]), facts)
    except MalformedCredential:
        return _broken(signature, "x5c")
    named = jades_rules.matches_references(signature, chain[0])
    if named is None:
        return _unsupported("x5t#o", facts)
    if not named:
        return _broken(signature, "x5t#S256")
    if not allowed:
        return _broken(signature, "key usage")
    if algorithm not in ALGORITHMS[key.kind]:
        return _by_another_curve(jades, signature, key, chain[0], facts)
    holds = key.verify(algorithm, signature.value, signing_input(jades, signature))
    found = evidence.of_jades(jades, signature, chain) if holds else None
    if found is not None and found.stamps:
        facts = {**facts, **timestamps.facts(found.stamps)}
    return ProofFinding(
        outcome=Outcome.PASSED if holds else Outcome.FAILED,
        reason=None if holds else Reason.SIG_CRYPTO_FAILURE,
        key=key,
        method=_kid(signature),
        chain=chain,
        evidence=found,
        facts={**facts, "key": key.thumbprint()},
    )


def _by_another_curve(
    jades: Jades, signature: Signature, key: PublicKey, leaf: bytes, facts: Mapping[str, str]
) -> ProofFinding:
    """Judge an algorithm that does not belong to the kind of key.

    JOSE ties each digest to one curve (RFC 7518, section 3.4), and European signing software lets
    people combine them: a signature that holds like that is whole, and is no ES256.
    """
    algorithm = str(signature.header["alg"])
    if key.kind not in NIST_CURVES or algorithm not in _ECDSA:
        return _broken(signature, "alg")
    method = xml_algorithms.SignatureMethod("ES", algorithm[2:])
    used = certificate_key(leaf)
    if xml_algorithms.holds(method, used, signature.value, signing_input(jades, signature)):
        return _unsupported(f"{algorithm} {key.kind.value}", facts)
    return ProofFinding(
        Outcome.FAILED, Reason.SIG_CRYPTO_FAILURE, method=_kid(signature), facts=facts
    )


def signing_input(jades: Jades, signature: Signature) -> bytes:
    """Give the bytes that a signature is over (RFC 7515, section 5.2; RFC 7797, section 3)."""
    payload = jades.payload if signature.unencoded else jades.payload_text.encode("utf-8")
    return signature.protected.encode("ascii") + b"." + payload


def signing_time(signature: Signature) -> str:
    """Give the claimed signing time as RFC 3339; the rules have been checked."""
    if "sigT" in signature.header:
        return str(signature.header["sigT"])
    moment = datetime.fromtimestamp(jades_rules.seconds(signature.header["iat"]), UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _facts(jades: Jades, signature: Signature) -> dict[str, str]:
    facts = {
        "algorithm": str(signature.header["alg"]),
        "signing_time": signing_time(signature),
        "form": jades.form,
    }
    if len(jades.signatures) > 1:
        facts["signatures"] = str(len(jades.signatures))
    return facts


def _unsupported(what: str, facts: Mapping[str, str]) -> ProofFinding:
    """It may be sound; nothing is shown."""
    return ProofFinding(
        Outcome.INDETERMINATE, Reason.UNSUPPORTED_SUITE, facts={**facts, "what": what}
    )


def _broken(signature: Signature, what: str) -> ProofFinding:
    algorithm = signature.header.get("alg")
    facts = {"algorithm": algorithm} if isinstance(algorithm, str) else {}
    return ProofFinding(
        Outcome.FAILED,
        Reason.SIG_CONSTRAINTS_FAILURE,
        method=_kid(signature),
        facts={"what": what, **facts},
    )


def _kid(signature: Signature) -> str | None:
    value = signature.header.get("kid")
    return value if isinstance(value, str) else None
