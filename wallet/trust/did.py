"""Identifiers that are their own key: did:key and did:jwk. And keys that hang on an address.

W3C CCG did:key 0.9, did:jwk. The documents that these methods define hold one key each, which is
good for every purpose a signing key has.
"""

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, strict_json
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey

MAX_DID_CHARACTERS = 8192
_KEY = "did:key:"
_JWK = "did:jwk:"
_JWK_LIMITS = strict_json.Limits(size=MAX_DID_CHARACTERS, depth=8, members=100)


def resolve_did_key(method: str) -> ResolvedKey | None:
    """Resolve a did:key, with or without its fragment; None if it is none or cannot be read.

    The fragment has to repeat the key: another name is in no document of this method.
    """
    if not method.startswith(_KEY) or len(method) > MAX_DID_CHARACTERS:
        return None
    did, mark, fragment = method.partition("#")
    name = did.removeprefix(_KEY)
    if mark and fragment != name:
        return None
    try:
        return ResolvedKey(PublicKey.from_multikey(name), did, "did:key")
    except MalformedCredential:
        return None


def resolve_did_jwk(method: str) -> ResolvedKey | None:
    """Resolve a did:jwk, alone or with its only fragment `#0`; None if it cannot be read."""
    if not method.startswith(_JWK) or len(method) > MAX_DID_CHARACTERS:
        return None
    did, mark, fragment = method.partition("#")
    if mark and fragment != "0":
        return None
    try:
        data = base64url.decode(did.removeprefix(_JWK))
        jwk = strict_json.parse_object(data, limits=_JWK_LIMITS)
        return ResolvedKey(PublicKey.from_jwk(jwk), did, "did:jwk")
    except MalformedCredential:
        return None


def resolve_fragment(method: str) -> ResolvedKey | None:
    """Read a key that is written as the fragment of an address: `https://issuer.example#z6Mk...`.

    It serves to check the signature. It shows nothing about whose key it is, so there is no
    controller: anyone can write any address before it.
    """
    address, mark, fragment = method.partition("#")
    if not mark or not address or len(method) > MAX_DID_CHARACTERS:
        return None
    try:
        return ResolvedKey(PublicKey.from_multikey(fragment), None, "fragment")
    except MalformedCredential:
        return None
