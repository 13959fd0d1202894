"""The digests and signature algorithms of XML signatures that are accepted, and no others.

XML Signature 1.1, sections 6.2 and 6.4; RFC 9231. Unlike JOSE, XML signatures choose the digest of
ECDSA freely, so the key is used here directly.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256, sha384, sha512
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from wallet.proofs.xml_transforms import Declined, refused, unsupported

_MORE = "http://www.w3.org/2001/04/xmldsig-more#"
_MORE_2007 = "http://www.w3.org/2007/05/xmldsig-more#"
_ENC = "http://www.w3.org/2001/04/xmlenc#"

DIGESTS: Mapping[str, Callable[[bytes], Any]] = {
    _ENC + "sha256": sha256,
    _MORE + "sha384": sha384,
    _ENC + "sha512": sha512,
}
_HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "256": hashes.SHA256,
    "384": hashes.SHA384,
    "512": hashes.SHA512,
}
_USUAL = {"256": "secp256r1", "384": "secp384r1", "512": "secp521r1"}
_CURVES = frozenset(_USUAL.values())
_BROKEN = re.compile(r"md2|md4|md5|sha-?1(?!\d)|ripemd|whirlpool|hmac|dsa-sha1", re.I)
"""Too weak, or with a shared secret, which shows nothing to anybody else."""


@dataclass(frozen=True, slots=True)
class SignatureMethod:
    """An accepted signature method."""

    family: str
    """`RS` (PKCS #1 v1.5), `PS` (PSS with a salt as long as the digest) or `ES` (ECDSA)."""
    size: str
    """Bits of the digest."""

    def name(self, key: object) -> str:
        """Name it as JOSE does where JOSE knows it: `RS256`; else with its curve."""
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name != _USUAL[self.size]:
            return f"ECDSA-SHA{self.size} {key.curve.name}"
        return self.family + self.size


_METHODS = {
    **{f"{_MORE}rsa-sha{size}": SignatureMethod("RS", size) for size in _HASHES},
    **{f"{_MORE}ecdsa-sha{size}": SignatureMethod("ES", size) for size in _HASHES},
    **{f"{_MORE_2007}sha{size}-rsa-MGF1": SignatureMethod("PS", size) for size in _HASHES},
}


def digest(algorithm: str, data: bytes) -> bytes:
    """Compute a digest.

    Raises:
        Declined: refused if it is known to be broken, unsupported if it is not known.
    """
    if algorithm not in DIGESTS:
        raise _not_accepted(algorithm, "DigestMethod")
    return bytes(DIGESTS[algorithm](data).digest())


def signature_method(algorithm: str) -> SignatureMethod:
    """Look up a signature method.

    Raises:
        Declined: refused if it is known to be broken, unsupported if it is not known.
    """
    if algorithm not in _METHODS:
        raise _not_accepted(algorithm, "SignatureMethod")
    return _METHODS[algorithm]


def holds(method: SignatureMethod, key: object, value: bytes, data: bytes) -> bool:
    """Tell whether a signature value holds over `data`.

    ECDSA values are r and s, each as long as the curve's order (XML Signature 1.1, section 6.4.3).

    Raises:
        Declined: the method does not belong to this kind of key, or the curve is not accepted.
    """
    chosen = _HASHES[method.size]()
    try:
        if isinstance(key, rsa.RSAPublicKey) and method.family in {"RS", "PS"}:
            scheme: padding.AsymmetricPadding = padding.PKCS1v15()
            if method.family == "PS":
                scheme = padding.PSS(padding.MGF1(chosen), chosen.digest_size)
            key.verify(value, data, scheme, chosen)
        elif isinstance(key, ec.EllipticCurvePublicKey) and method.family == "ES":
            if key.curve.name not in _CURVES:
                raise unsupported(key.curve.name)
            size = (key.curve.key_size + 7) // 8
            if len(value) != 2 * size:
                return False
            r, s = (int.from_bytes(half, "big") for half in (value[:size], value[size:]))
            key.verify(encode_dss_signature(r, s), data, ec.ECDSA(chosen))
        else:
            raise refused("SignatureMethod")
    except (InvalidSignature, ValueError):
        return False
    return True


def _not_accepted(algorithm: str, part: str) -> Declined:
    if not algorithm or _BROKEN.search(algorithm):
        return refused(algorithm or part)
    return unsupported(algorithm)
