"""The key binding of an SD-JWT (RFC 9901, section 4.3): did the holder's key sign this showing?

For whom and with which nonce it should have been made is known to who demands them, and is asked
in verification. Its age is not judged: the nonce says that it is new, the clock does not.
"""

from dataclasses import dataclass, field

from wallet.errors import MalformedCredential
from wallet.model.credential import Json, JsonObject
from wallet.proofs import jws, strict_json
from wallet.proofs.finding import KeyResolver
from wallet.proofs.keys import PublicKey
from wallet.proofs.sd_jwt import SdJwt, digest

TYPE = "kb+jwt"
LIMITS = strict_json.Limits(size=64 * 1024, depth=16, members=1000)
"""A key binding states four claims, and perhaps some of a protocol."""

_UNKNOWN_KEY = frozenset({"JWK type"})


@dataclass(frozen=True, slots=True)
class KeyBinding:
    """What a key-binding JWT came to, whatever was demanded of it."""

    broken: str | None
    """The rule that it breaks, or the header or claim; None: it holds, as far as the key is
    known."""
    key: PublicKey | None = None
    """The holder's key; None where `cnf` names one that is not known here, or nothing holds."""
    did: str | None = None
    """The DID that the key belongs to, where `cnf` names one."""
    claims: JsonObject = field(default_factory=dict)
    """`aud`, `nonce`, `iat`, `exp` and the rest, as stated."""


def check(token: jws.Jws, bound: SdJwt, confirmation: Json, resolve: KeyResolver) -> KeyBinding:
    """Check a key-binding JWT (section 7.3, step 5), also where nobody demanded one.

    a. The holder's key is that of `cnf`: a `jwk`, or a `kid` that resolves to a DID's key.
    b. The algorithm is one that belongs to the key: no `none`, no HMAC, no critical header.
    c. The signature holds.
    d. `typ` is `kb+jwt`.
    e. `iat` says when it was made.
    f. `aud` and `nonce` are there, one text each.
    g. `sd_hash` is the digest of exactly these disclosures with this issuer-signed JWT.
    h. The claims are one JSON object, each name once.

    Args:
        token: what stands behind the last `~`.
        bound: the SD-JWT before it.
        confirmation: the processed payload's `cnf` (RFC 7800).
        resolve: from a DID's verification method to its key.
    """
    try:
        claims = strict_json.parse_object(token.payload, limits=LIMITS)  # h
    except MalformedCredential:
        return KeyBinding("claims")
    broken = _rule(token, claims, bound)
    if broken is not None:
        return KeyBinding(broken, claims=claims)
    try:
        key, did = _holder(confirmation, resolve)  # a
    except MalformedCredential:
        return KeyBinding("cnf", claims=claims)
    if key is None:
        return KeyBinding(None, claims=claims)
    finding = jws.check(token, key)  # b, c
    if finding.reason is not None:
        return KeyBinding(finding.facts.get("what", "signature"), claims=claims)
    return KeyBinding(None, key, did, claims)


def _rule(token: jws.Jws, claims: JsonObject, bound: SdJwt) -> str | None:
    """Name what is wrong whatever the key is (b, d, e, f, g)."""
    broken = jws.broken_rule(token)
    if broken is not None:
        return broken
    stated = token.header.get("typ")
    if not isinstance(stated, str) or stated.lower().removeprefix("application/") != TYPE:
        return "typ"
    made = claims.get("iat")
    if isinstance(made, bool) or not isinstance(made, int | float):
        return "iat"
    for name in ("aud", "nonce"):
        value = claims.get(name)
        if not isinstance(value, str) or not value:
            return name
    if bound.hash_name is None or claims.get("sd_hash") != digest(bound.hash_name, bound.signed):
        return "sd_hash"
    return None


def _holder(confirmation: Json, resolve: KeyResolver) -> tuple[PublicKey | None, str | None]:
    """Find the key that `cnf` names; a `jwk` before a `kid`, which may be that key's mere name.

    Raises:
        MalformedCredential: it names none, so nothing can be bound to it.
    """
    if not isinstance(confirmation, dict):
        raise MalformedCredential("cnf")
    jwk, kid = confirmation.get("jwk"), confirmation.get("kid")
    if isinstance(jwk, dict):
        try:
            return PublicKey.from_jwk(jwk), None
        except MalformedCredential as error:
            if error.facts.get("what") in _UNKNOWN_KEY:
                return None, None
            raise
    if not isinstance(kid, str):
        raise MalformedCredential("cnf")
    found = resolve(kid)
    # A key that somebody supplied under this name, or wrote beside an address, is nobody's.
    return (found.key, found.did) if found is not None and found.did is not None else (None, None)
