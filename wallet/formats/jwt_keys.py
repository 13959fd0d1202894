"""Which key checks a JWT: the one that its header names, else one that was supplied and fits.

Order: `kid` (did:key, did:jwk, a pinned DID document, a supplied key), the leaf of `x5c`, the
header's `jwk`, a supplied key without a name. `jku` and `x5u` are ignored: nothing is fetched, and
an address says nothing about whose key it is. Nor is a key guessed from the issuer: Open Badges
3.0, section 8.2.3, wants it named.
"""

from collections.abc import Iterable, Iterator

from wallet.errors import MalformedCredential
from wallet.model.credential import JsonObject
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url, jws
from wallet.proofs.finding import KeyResolver, ProofFinding, ResolvedKey, failed
from wallet.proofs.keys import ALGORITHMS, PublicKey

MAX_CERTIFICATES = 10
MAX_SUPPLIED = 100
"""Supplied keys that are tried for one token."""


def check(
    token: jws.Jws, issuer: str | None, resolve: KeyResolver, supplied: Iterable[PublicKey] = ()
) -> ProofFinding:
    """Check a JWT with the key that its header names (RFC 7515, section 6).

    Args:
        token: the compact JWS.
        issuer: the stated issuer (`iss` or `issuer`), to complete a relative `kid`.
        resolve: from a `kid` or DID to a key.
        supplied: keys that the person gave without a name; tried where no other is found, whether
            or not the header names one. Where none of them fits, the key is simply not here.
    """
    facts = {"algorithm": token.algorithm}
    broken = jws.broken_rule(token)
    if broken is not None:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, broken, **facts)
    try:
        found = _named(token, issuer, resolve)
        chain = _chain(token.header)
        if found is None:
            found = _carried(token.header, chain)
    except MalformedCredential as error:
        what = str(error.facts.get("what", "key"))
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, what, **facts)
    if found is not None:
        return _with(token, found, chain)
    for key in list(supplied)[:MAX_SUPPLIED]:
        if token.algorithm in ALGORITHMS[key.kind]:
            finding = _with(token, ResolvedKey(key, None, "supplied"), chain)
            if finding.outcome is Outcome.PASSED:
                return finding
    return ProofFinding(
        Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, method=token.kid, facts=facts
    )


def _named(token: jws.Jws, issuer: str | None, resolve: KeyResolver) -> ResolvedKey | None:
    for name in _names(token.kid, issuer):
        found = resolve(name)
        if found is not None:
            return found
    return None


def _names(kid: str | None, issuer: str | None) -> Iterator[str]:
    """A `kid` may be whole, or relative to the issuer's DID."""
    if kid is None:
        return
    yield kid
    if issuer is not None and issuer.startswith("did:") and not kid.startswith("did:"):
        yield f"{issuer}#{kid.lstrip('#')}"


def _carried(header: JsonObject, chain: tuple[bytes, ...]) -> ResolvedKey | None:
    """A key that travels with the token: it proves that the token is whole, not whose it is."""
    if chain:
        return ResolvedKey(PublicKey.from_certificate(chain[0]), None, "certificate")
    jwk = header.get("jwk")
    if jwk is None:
        return None
    if not isinstance(jwk, dict):
        raise MalformedCredential("jwk")
    return ResolvedKey(PublicKey.from_jwk(jwk), None, "header")


def _chain(header: JsonObject) -> tuple[bytes, ...]:
    """The certificates of `x5c` (RFC 7515, section 4.1.6), the signer's first."""
    value = header.get("x5c")
    if value is None:
        return ()
    if not isinstance(value, list) or not 0 < len(value) <= MAX_CERTIFICATES:
        raise MalformedCredential("x5c")
    if not all(isinstance(entry, str) for entry in value):
        raise MalformedCredential("x5c")
    return tuple(base64url.decode_plain(entry) for entry in value)


def _certifies(leaf: bytes, key: PublicKey) -> bool:
    try:
        return PublicKey.from_certificate(leaf) == key
    except MalformedCredential:
        return False


def _with(token: jws.Jws, found: ResolvedKey, chain: tuple[bytes, ...]) -> ProofFinding:
    """Check with a key; a certificate of another key has signed nothing here, and is left out."""
    if chain and not _certifies(chain[0], found.key):
        chain = ()
    finding = jws.check(token, found.key)
    return ProofFinding(
        outcome=finding.outcome,
        reason=finding.reason,
        key=found.key,
        method=token.kid,
        chain=chain,
        resolved=found,
        facts={**finding.facts, "key_source": found.source},
    )
