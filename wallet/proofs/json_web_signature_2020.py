"""The seal of JsonWebSignature2020: a detached JWS whose payload is the hash as raw bytes.

JSON Web Signature 2020 (W3C Credentials Community Group, final report of 2022-07-21), RFC 7515 and
RFC 7797. What is hashed is as in the RDFC suites; here is only how the signature is written down.
"""

from collections.abc import Mapping

from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base64url, jws
from wallet.proofs.keys import KeyKind
from wallet.proofs.suites import Sealed

MAX_CHARACTERS = 16 * 1024
"""A detached JWS is a small header and one signature."""

ALGORITHMS: Mapping[KeyKind, frozenset[str]] = {
    KeyKind.ED25519: frozenset({"EdDSA"}),
    KeyKind.SECP256K1: frozenset({"ES256K"}),
    KeyKind.P256: frozenset({"ES256"}),
    KeyKind.P384: frozenset({"ES384"}),
    # The report names PS256 alone; issuers in use sign RS256 as well, which is as strong.
    KeyKind.RSA: frozenset({"PS256", "RS256"}),
}


def unseal(text: str, kind: KeyKind, hash_data: bytes) -> Sealed:
    """Take a detached JWS apart, strictly.

    Args:
        text: the proof's `jws`: header, nothing, signature.
        kind: the kind of the key that it shall hold with; it decides which `alg` may stand there.
        hash_data: what was hashed of options and document.

    Raises:
        MalformedCredential: `what` names the part that breaks a rule: `jws`, `alg`, or `crit`. The
            header has to say that its payload is not encoded, and nothing else that is critical.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("jws", limit=MAX_CHARACTERS)
    parts = text.split(".")
    if len(parts) != 3 or parts[1]:
        raise MalformedCredential("jws")
    try:
        header = jws.read_header(parts[0])
        signature = base64url.decode(parts[2])
    except MalformedCredential as error:
        raise MalformedCredential("jws") from error
    if header.get("b64") is not False or header.get("crit") != ["b64"]:
        raise MalformedCredential("crit")
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS.get(kind, ()):
        raise MalformedCredential("alg")
    return Sealed(algorithm, signature, parts[0].encode("ascii") + b"." + hash_data)
