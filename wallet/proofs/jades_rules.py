"""The header rules of a JAdES baseline B signature, one small function per rule.

RFC 7515 section 4.1.11 (`crit`), RFC 7797 (`b64`), ETSI TS 119 182-1 clauses 5 and 6. Each rule
takes a signature and gives the name of what is broken, or None.
"""

import re
from collections.abc import Callable
from hashlib import sha3_256, sha3_384, sha3_512, sha256, sha384, sha512
from typing import Any

from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base64url
from wallet.proofs.jades_parts import Signature

MAX_CERTIFICATES = 16

UNDERSTOOD = frozenset({"b64", "sigT", "iat", "x5t#o", "sigX5ts", "adoTst", "etsiU", "sigD"})
"""Critical headers that are processed: here, or (time stamps) kept for who judges them."""
INFORMATIVE = frozenset({"sigPl", "srCms", "srAts", "sigPId"})
"""Statements of the signer (place, commitment, attributes, policy) that have no bearing on
whether the signature holds: understood as that, and shown."""

_RFC7515_OWN = frozenset(
    {"alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"}
)
_SIG_T = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MAX_IAT = 253402300799  # the end of the year 9999
_MAX_SECONDS = 100_000_000_000  # in the year 5138; in milliseconds, in 1973
_REFUSED = re.compile(r"none|HS|RS1$", re.I)
_DIGESTS: dict[str, Callable[[bytes], Any]] = {
    "S256": sha256,
    "S384": sha384,
    "S512": sha512,
    "S3-256": sha3_256,
    "S3-384": sha3_384,
    "S3-512": sha3_512,
}


def first_broken(signature: Signature) -> str | None:
    """Name the first rule that the headers break, or None."""
    for rule in (
        _no_duplicates,
        _no_overlap,
        _known_algorithm,
        _critical,
        _payload_encoding,
        _one_signing_time,
        _certificate_reference,
    ):
        broken = rule(signature)
        if broken is not None:
            return broken
    return None


def certificates(signature: Signature) -> tuple[bytes, ...]:
    """Decode the protected `x5c`: DER, the signing certificate first; empty if there is none.

    Raises:
        MalformedCredential: it is no list of certificates in base64.
        TooLarge: more than `MAX_CERTIFICATES`.
    """
    value = signature.header.get("x5c", [])
    if not isinstance(value, list):
        raise MalformedCredential("x5c")
    if len(value) > MAX_CERTIFICATES:
        raise TooLarge("x5c", limit=MAX_CERTIFICATES)
    chain = []
    for entry in value:
        if not isinstance(entry, str):
            raise MalformedCredential("x5c")
        chain.append(base64url.decode_plain(entry))
    return tuple(chain)


def matches_references(signature: Signature, leaf: bytes) -> bool | None:
    """Tell whether every stated digest of the signing certificate is the leaf's.

    None: they are made in ways that are not known here.
    """
    header = signature.header
    stated: list[tuple[object, object]] = []
    if "x5t#S256" in header:
        stated.append(("S256", header["x5t#S256"]))
    others = header.get("sigX5ts", [])
    others = others[:1] if isinstance(others, list) else [others]
    if "x5t#o" in header:
        others = [*others, header["x5t#o"]]
    for reference in others:
        if not isinstance(reference, dict):
            return False
        stated.append((reference.get("digAlg"), reference.get("digVal")))
    found = [_digest_is(algorithm, value, leaf) for algorithm, value in stated]
    if False in found:
        return False
    return True if True in found else None


def seconds(iat: int | float) -> float:
    """Give a NumericDate (RFC 7519, section 2), which may have a fraction.

    Some versions of ETSI's reference implementation write milliseconds; in seconds they would be
    thousands of years away.
    """
    return iat / 1000 if iat > _MAX_SECONDS else iat


def _no_duplicates(signature: Signature) -> str | None:
    return "duplicate header" if signature.duplicates else None


def _no_overlap(signature: Signature) -> str | None:
    """RFC 7515, section 7.2.1: a name is protected or not; these must be protected."""
    both = signature.header.keys() & signature.unprotected.keys()
    loose = signature.unprotected.keys() & {"crit", "b64", "alg", "x5c", "sigT", "iat"}
    return min(both | loose, default=None)


def _known_algorithm(signature: Signature) -> str | None:
    """RFC 8725, section 3.1: nothing unsigned, nothing with a shared secret; RFC 8996: no SHA-1."""
    algorithm = signature.header.get("alg")
    if not isinstance(algorithm, str) or not algorithm or _REFUSED.match(algorithm):
        return "alg"
    return None


def _critical(signature: Signature) -> str | None:
    """RFC 7515, section 4.1.11: known names only, each once, each present, none of its own."""
    if "crit" not in signature.header:
        return None
    names = signature.header["crit"]
    if not isinstance(names, list) or not names:
        return "crit"
    if not all(isinstance(name, str) and name for name in names) or len(set(names)) != len(names):
        return "crit"
    for name in names:
        if name in _RFC7515_OWN or name not in UNDERSTOOD | INFORMATIVE:
            return f"crit {name}"
        place = signature.unprotected if name == "etsiU" else signature.header
        if name not in place:
            return f"crit {name}"
    return None


def _payload_encoding(signature: Signature) -> str | None:
    """RFC 7797, section 6: `b64` is true or false, and critical when it is used."""
    if "b64" not in signature.header:
        return None
    if not isinstance(signature.header["b64"], bool):
        return "b64"
    return None if "b64" in signature.header.get("crit", []) else "b64"


def _one_signing_time(signature: Signature) -> str | None:
    """ETSI TS 119 182-1, clause 5.2.1: `sigT` or `iat`, one of them."""
    header = signature.header
    if ("sigT" in header) == ("iat" in header):
        return "signing time"
    if "sigT" in header:
        value = header["sigT"]
        return None if isinstance(value, str) and _SIG_T.fullmatch(value) else "sigT"
    stated = header["iat"]
    number = isinstance(stated, int | float) and not isinstance(stated, bool)
    return None if number and 0 <= seconds(stated) <= _MAX_IAT else "iat"


def _certificate_reference(signature: Signature) -> str | None:
    """ETSI TS 119 182-1, clause 6.3: the signing certificate is named by its digest."""
    named = signature.header.keys() & {"x5t#S256", "x5t#o", "sigX5ts"}
    return None if named else "x5t#S256"


def _digest_is(algorithm: object, value: object, leaf: bytes) -> bool | None:
    if not isinstance(algorithm, str) or not isinstance(value, str) or algorithm == "S1":
        return False
    if algorithm not in _DIGESTS:
        return None
    return base64url.encode(_DIGESTS[algorithm](leaf).digest()) == value
