"""Keys of the simulator: every one follows from a word, so that fixtures can be made again.

No key here protects anything. Whoever reads a seed knows the key, and no wallet trusts one unless
a test or the demonstration says so.
"""

import base64
import hashlib
import hmac
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

RSA_BITS = 2048
RSA_EXPONENT = 65537
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# Multicodec prefixes as varints (https://www.w3.org/TR/cid-1.0/#Multikey).
_ED25519_PREFIX = bytes.fromhex("ed01")
_P256_PREFIX = bytes.fromhex("8024")
_P384_PREFIX = bytes.fromhex("8124")
_RSA_PREFIX = bytes.fromhex("8524")
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "256": hashes.SHA256(),
    "384": hashes.SHA384(),
    "512": hashes.SHA512(),
}
# Below this, a product of all primes finds small factors with one greatest common divisor.
_SIEVE = 2000

Private = ed25519.Ed25519PrivateKey | ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def base64url(data: bytes) -> str:
    """Encode without padding, as JOSE does (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def base58(data: bytes) -> str:
    """Encode in the Bitcoin alphabet, leading zeros kept."""
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, rest = divmod(number, 58)
        digits = _BASE58[rest] + digits
    zeros = len(data) - len(data.lstrip(b"\0"))
    return _BASE58[0] * zeros + digits


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A private key with the ways in which an issuer names it."""

    private: Private

    @property
    def algorithm(self) -> str:
        """The JOSE algorithm that this key signs with unless asked otherwise."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return "EdDSA"
        if isinstance(self.private, rsa.RSAPrivateKey):
            return "RS256"
        return "ES384" if self.private.curve.key_size == 384 else "ES256"

    def sign(self, data: bytes, algorithm: str | None = None) -> bytes:
        """Sign in the JOSE form of `algorithm`: ECDSA as r and s (RFC 7518, section 3.4).

        Everything but PS256, PS384 and PS512 gives the same bytes every time (RFC 6979, RFC 8032).
        """
        name = algorithm or self.algorithm
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return self.private.sign(data)
        digest = _HASHES[name[2:]]
        if isinstance(self.private, rsa.RSAPrivateKey):
            scheme: padding.AsymmetricPadding = padding.PKCS1v15()
            if name.startswith("PS"):
                scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
            return self.private.sign(data, scheme, digest)
        signature = self.private.sign(data, ec.ECDSA(digest, deterministic_signing=True))
        r, s = decode_dss_signature(signature)
        size = (self.private.curve.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")

    def sign_as(self, data: bytes, algorithm: str) -> bytes:
        """Sign as a header says, nonsense included (RFC 8725, section 2.1).

        `none` gives no signature, HS256 one whose secret is the public key in PEM.
        """
        if algorithm == "none":
            return b""
        if algorithm == "HS256":
            public = self.private.public_key().public_bytes(
                serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
            )
            return hmac.digest(public, data, "sha256")
        return self.sign(data, algorithm)

    @property
    def multikey(self) -> str:
        """The public key as a base58 Multikey (Controlled Identifiers, section 2.2.2)."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return "z" + base58(_ED25519_PREFIX + public.public_bytes_raw())
        if isinstance(public, ec.EllipticCurvePublicKey):
            prefix = _P384_PREFIX if public.curve.key_size == 384 else _P256_PREFIX
            form = serialization.PublicFormat.CompressedPoint
            return "z" + base58(prefix + public.public_bytes(serialization.Encoding.X962, form))
        form = serialization.PublicFormat.PKCS1
        return "z" + base58(_RSA_PREFIX + public.public_bytes(serialization.Encoding.DER, form))

    @property
    def jwk(self) -> dict[str, str]:
        """The public key as a JSON Web Key, members in alphabetical order (RFC 7517)."""
        public = self.private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return {"crv": "Ed25519", "kty": "OKP", "x": base64url(public.public_bytes_raw())}
        if isinstance(public, ec.EllipticCurvePublicKey):
            numbers = public.public_numbers()
            size = (public.curve.key_size + 7) // 8
            return {
                "crv": f"P-{public.curve.key_size}",
                "kty": "EC",
                "x": base64url(numbers.x.to_bytes(size, "big")),
                "y": base64url(numbers.y.to_bytes(size, "big")),
            }
        modulus = public.public_numbers().n
        return {
            "e": base64url(RSA_EXPONENT.to_bytes(3, "big")),
            "kty": "RSA",
            "n": base64url(modulus.to_bytes((modulus.bit_length() + 7) // 8, "big")),
        }

    @property
    def did_key(self) -> str:
        """The did:key that is this key."""
        return f"did:key:{self.multikey}"

    @property
    def did_jwk(self) -> str:
        """The did:jwk that is this key."""
        return f"did:jwk:{base64url(canonical(self.jwk))}"

    def private_jwk(self) -> dict[str, Any]:
        """The whole key as a JSON Web Key, for the libraries that tests compare with."""
        if isinstance(self.private, ed25519.Ed25519PrivateKey):
            return {**self.jwk, "d": base64url(self.private.private_bytes_raw())}
        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            size = (self.private.curve.key_size + 7) // 8
            secret = self.private.private_numbers().private_value
            return {**self.jwk, "d": base64url(secret.to_bytes(size, "big"))}
        raise TypeError("the simulator gives no private RSA key away")


def canonical(value: dict[str, str]) -> bytes:
    """Write a flat JSON object without blanks, members as they stand."""
    return json.dumps(value, separators=(",", ":")).encode("utf-8")


def verification_method(did: str) -> str:
    """Return the one verification method that a did:key or did:jwk has."""
    if did.startswith("did:key:"):
        return f"{did}#{did.removeprefix('did:key:')}"
    return f"{did}#0"


def ed25519_key(seed: str) -> IssuerKey:
    """Make the Ed25519 key of a word."""
    secret = hashlib.sha256(f"ed25519 {seed}".encode()).digest()
    return IssuerKey(ed25519.Ed25519PrivateKey.from_private_bytes(secret))


def p256_key(seed: str) -> IssuerKey:
    """Make the P-256 key of a word."""
    return _ec_key(seed, ec.SECP256R1())


def p384_key(seed: str) -> IssuerKey:
    """Make the P-384 key of a word."""
    return _ec_key(seed, ec.SECP384R1())


@cache
def rsa_key(seed: str) -> IssuerKey:
    """Make the RSA key of a word: about half a second, once for each word and process."""
    stream = _stream(f"rsa {seed}")
    p, q = (_prime(stream, RSA_BITS // 2) for _ in range(2))
    d = pow(RSA_EXPONENT, -1, math.lcm(p - 1, q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=d % (p - 1),
        dmq1=d % (q - 1),
        iqmp=pow(q, -1, p),
        public_numbers=rsa.RSAPublicNumbers(RSA_EXPONENT, p * q),
    )
    return IssuerKey(numbers.private_key())


def another(key: IssuerKey) -> IssuerKey:
    """Return somebody else's key of the same kind."""
    if isinstance(key.private, ed25519.Ed25519PrivateKey):
        return ed25519_key("somebody else")
    if isinstance(key.private, rsa.RSAPrivateKey):
        return rsa_key("somebody else")
    return _ec_key("somebody else", key.private.curve)


def _ec_key(seed: str, curve: ec.EllipticCurve) -> IssuerKey:
    digest = hashlib.sha256(f"{curve.name} {seed}".encode()).digest()
    return IssuerKey(ec.derive_private_key(int.from_bytes(digest, "big"), curve))


def _stream(seed: str) -> Iterator[bytes]:
    for counter in range(1 << 32):
        yield hashlib.sha256(f"{seed} {counter}".encode()).digest()


@cache
def _small_primes() -> int:
    product = 1
    for number in range(2, _SIEVE):
        if math.gcd(number, product) == 1:
            product *= number
    return product


def _prime(stream: Iterator[bytes], bits: int) -> int:
    """Find the next prime from a place that the stream names.

    The two highest bits are set, so that the product of two has exactly twice the bits.
    """
    start = int.from_bytes(b"".join(next(stream) for _ in range(bits // 256)), "big")
    number = start | (3 << (bits - 2)) | 1
    while (
        math.gcd(number, _small_primes()) != 1
        or math.gcd(number - 1, RSA_EXPONENT) != 1
        or any(pow(base, number - 1, number) != 1 for base in (2, 3, 5))
    ):
        number += 2
    return number
