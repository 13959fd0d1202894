"""Public and private keys: read from JWK, multikey and certificate, and what they may verify.

RFC 7517 and 7518 (JWK), RFC 7638 (thumbprint), RFC 8037 (Ed25519), W3C Controlled Identifiers 1.0
(Multikey). A key verifies only with the algorithms of its own kind: there is no `none`, no HMAC.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from hashlib import sha256
from typing import Any, TypeAlias

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base58, base64url, certificate, weak_points

MIN_RSA_BITS = 2048
MAX_RSA_BITS = 8192
MAX_PEM_BYTES = 64 * 1024
PRIVATE_MEMBERS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
"""Of a JWK, by RFC 7518, sections 6.2.2, 6.3.2 and 6.4."""

CertificateKey: TypeAlias = PublicKeyTypes
"""A key as the library knows it, of whatever kind."""
_Key: TypeAlias = ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey | rsa.RSAPublicKey
_HASHES: dict[str, type[hashes.SHA256 | hashes.SHA384 | hashes.SHA512]] = {
    "256": hashes.SHA256,
    "384": hashes.SHA384,
    "512": hashes.SHA512,
}


class UnsupportedKey(MalformedCredential):
    """A key that is whole, of a kind or size with which nothing is verified here."""


class KeyKind(Enum):
    """The kinds of key that we verify with, by their names in JOSE."""

    ED25519 = "Ed25519"
    P256 = "P-256"
    P384 = "P-384"
    P521 = "P-521"
    SECP256K1 = "secp256k1"
    RSA = "RSA"


ALGORITHMS: Mapping[KeyKind, frozenset[str]] = {
    KeyKind.ED25519: frozenset({"EdDSA", "Ed25519"}),
    KeyKind.P256: frozenset({"ES256"}),
    KeyKind.P384: frozenset({"ES384"}),
    KeyKind.P521: frozenset({"ES512"}),
    KeyKind.SECP256K1: frozenset({"ES256K"}),
    KeyKind.RSA: frozenset(family + size for family in ("RS", "PS") for size in _HASHES),
}
"""Which JOSE algorithms a key of each kind may verify (RFC 7518, RFC 8037, RFC 8812)."""

_CURVES: Mapping[KeyKind, type[ec.EllipticCurve]] = {
    KeyKind.P256: ec.SECP256R1,
    KeyKind.P384: ec.SECP384R1,
    KeyKind.P521: ec.SECP521R1,
    KeyKind.SECP256K1: ec.SECP256K1,
}
NIST_CURVES = frozenset({KeyKind.P256, KeyKind.P384, KeyKind.P521})
_KINDS_BY_CURVE = {curve().name: kind for kind, curve in _CURVES.items()}
_SCALAR_BYTES = {KeyKind.P256: 32, KeyKind.P384: 48, KeyKind.P521: 66, KeyKind.SECP256K1: 32}

_MULTICODEC: Mapping[KeyKind, bytes] = {
    KeyKind.ED25519: b"\xed\x01",
    KeyKind.P256: b"\x80\x24",
    KeyKind.P384: b"\x81\x24",
    KeyKind.P521: b"\x82\x24",
    KeyKind.SECP256K1: b"\xe7\x01",
    KeyKind.RSA: b"\x85\x24",
}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key of a known kind; `encoded` is the raw point, or RSA's PKCS#1 DER."""

    kind: KeyKind
    encoded: bytes

    # ---- reading -----------------------------------------------------------------------------

    @classmethod
    def from_jwk(cls, jwk: Mapping[str, Any]) -> "PublicKey":
        """Read a JSON Web Key (RFC 7517).

        Raises:
            MalformedCredential: another key type, a point off its curve, RSA out of bounds, a key
                that says it is not for verifying (`use`, `key_ops`), or one with its private part:
                whoever reads it can sign with it (W3C Controlled Identifiers 1.0, section 2.2.3).
        """
        if not PRIVATE_MEMBERS.isdisjoint(jwk):
            raise MalformedCredential("private JWK")
        _refuse_other_use(jwk)
        kind, curve = jwk.get("kty"), jwk.get("crv")
        if kind == "OKP" and curve == "Ed25519":
            return cls._checked(KeyKind.ED25519, _member(jwk, "x"))
        if kind == "EC":
            for known in _CURVES:
                if curve == known.value:
                    size = _SCALAR_BYTES[known]
                    x, y = _member(jwk, "x"), _member(jwk, "y")
                    if len(x) != size or len(y) != size:
                        raise MalformedCredential("JWK coordinates")
                    return cls._checked(known, b"\x04" + x + y)
        if kind == "RSA":
            modulus = int.from_bytes(_member(jwk, "n"), "big")
            exponent = int.from_bytes(_member(jwk, "e"), "big")
            return _from_rsa(modulus, exponent)
        raise MalformedCredential("JWK type")

    @classmethod
    def from_multikey(cls, text: str) -> "PublicKey":
        """Read a Multikey `publicKeyMultibase` in base58-btc (`z`) or base64url (`u`).

        Raises:
            MalformedCredential: another base or prefix, or a point off its curve.
        """
        data = multibase(text)
        for kind, prefix in _MULTICODEC.items():
            if data.startswith(prefix):
                point = data[len(prefix) :]
                if kind in _CURVES and len(point) != 1 + _SCALAR_BYTES[kind]:
                    # Compressed alone, or one key would have two names.
                    break
                return cls._checked(kind, point)
        raise MalformedCredential("multikey prefix")

    @classmethod
    def from_certificate(cls, der: bytes) -> "PublicKey":
        """Read the subject's key of an X.509 certificate (DER).

        Raises:
            MalformedCredential: no certificate, or no key in it.
            UnsupportedKey: a key of a kind that we do not know.
        """
        return cls._from_cryptography(certificate_key(der))

    @classmethod
    def from_pem(cls, data: bytes) -> "PublicKey":
        """Read a PEM SubjectPublicKeyInfo, as Open Badges 2.0 publishes keys.

        Raises:
            MalformedCredential: anything else.
        """
        if len(data) > MAX_PEM_BYTES:
            raise TooLarge("PEM", limit=MAX_PEM_BYTES)
        try:
            return cls._from_cryptography(serialization.load_pem_public_key(data))
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise MalformedCredential("PEM key") from error

    @classmethod
    def _from_cryptography(cls, key: object) -> "PublicKey":
        if isinstance(key, ed25519.Ed25519PublicKey):
            if weak_points.is_weak(key.public_bytes_raw()):
                raise MalformedCredential("public key")
            return cls(KeyKind.ED25519, key.public_bytes_raw())
        if isinstance(key, rsa.RSAPublicKey):
            numbers = key.public_numbers()
            return _from_rsa(numbers.n, numbers.e)
        if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _KINDS_BY_CURVE:
            return cls(_KINDS_BY_CURVE[key.curve.name], _point(key))
        curve = key.curve.name if isinstance(key, ec.EllipticCurvePublicKey) else None
        raise UnsupportedKey(curve or "key type")

    @classmethod
    def _checked(cls, kind: KeyKind, encoded: bytes) -> "PublicKey":
        """Normalise and make sure that the library accepts the key."""
        try:
            return cls._from_cryptography(_load(kind, encoded))
        except (ValueError, UnsupportedAlgorithm) as error:
            raise MalformedCredential("public key") from error

    # ---- writing -----------------------------------------------------------------------------

    def to_jwk(self) -> dict[str, str]:
        """Write the required members of the JWK, in the order of RFC 7638."""
        if self.kind is KeyKind.ED25519:
            return {"crv": "Ed25519", "kty": "OKP", "x": base64url.encode(self.encoded)}
        if self.kind is KeyKind.RSA:
            numbers = self._rsa().public_numbers()
            return {"e": _integer_text(numbers.e), "kty": "RSA", "n": _integer_text(numbers.n)}
        size = _SCALAR_BYTES[self.kind]
        x, y = self.encoded[1 : 1 + size], self.encoded[1 + size :]
        return {
            "crv": self.kind.value,
            "kty": "EC",
            "x": base64url.encode(x),
            "y": base64url.encode(y),
        }

    def thumbprint(self) -> str:
        """Compute the SHA-256 JWK thumbprint (RFC 7638) as base64url: the key's short name."""
        members = ",".join(f'"{name}":"{value}"' for name, value in self.to_jwk().items())
        return base64url.encode(sha256(f"{{{members}}}".encode("ascii")).digest())

    def to_multikey(self) -> str:
        """Write the Multikey in base58-btc; points are compressed."""
        data = self.encoded
        if self.kind in _CURVES:
            size = _SCALAR_BYTES[self.kind]
            data = bytes([2 + (data[-1] & 1)]) + data[1 : 1 + size]
        return "z" + base58.encode(_MULTICODEC[self.kind] + data)

    def did_key(self) -> str:
        """Name the key as a did:key (W3C CCG did:key 0.9)."""
        return f"did:key:{self.to_multikey()}"

    # ---- using -------------------------------------------------------------------------------

    def verify(self, algorithm: str, signature: bytes, data: bytes) -> bool:
        """Tell whether `signature` holds over `data`. ECDSA signatures are raw r and s.

        An algorithm that does not belong to this kind of key never holds.
        """
        if algorithm not in ALGORITHMS[self.kind]:
            return False
        try:
            if self.kind is KeyKind.ED25519:
                _ed25519(self.encoded).verify(signature, data)
            elif self.kind is KeyKind.RSA:
                self._verify_rsa(algorithm, signature, data)
            else:
                digest = _HASHES["256" if algorithm == "ES256K" else algorithm[2:]]()
                self._verify_ecdsa(digest, signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True

    def _verify_ecdsa(self, digest: hashes.HashAlgorithm, signature: bytes, data: bytes) -> None:
        size = _SCALAR_BYTES[self.kind]
        if len(signature) != 2 * size:
            raise InvalidSignature
        r, s = (int.from_bytes(half, "big") for half in (signature[:size], signature[size:]))
        key = ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[self.kind](), self.encoded)
        key.verify(encode_dss_signature(r, s), data, ec.ECDSA(digest))

    def _verify_rsa(self, algorithm: str, signature: bytes, data: bytes) -> None:
        digest = _HASHES[algorithm[2:]]()
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if algorithm.startswith("PS"):
            # RFC 7518, section 3.5: the salt is as long as the hash.
            scheme = padding.PSS(padding.MGF1(digest), digest.digest_size)
        self._rsa().verify(signature, data, scheme, digest)

    def _rsa(self) -> rsa.RSAPublicKey:
        return _load_rsa(self.encoded)


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A signing key of the holder: Ed25519 or P-256. `secret` never appears in a repr."""

    kind: KeyKind
    _secret: bytes

    def __repr__(self) -> str:
        return f"PrivateKey({self.kind.value})"

    @classmethod
    def generate(cls, kind: KeyKind = KeyKind.ED25519) -> "PrivateKey":
        """Make a new key from the system's randomness."""
        if kind is KeyKind.ED25519:
            return cls(kind, ed25519.Ed25519PrivateKey.generate().private_bytes_raw())
        if kind is KeyKind.P256:
            number = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value
            return cls(kind, number.to_bytes(32, "big"))
        raise ValueError(f"holder keys are Ed25519 or P-256, not {kind.value}")

    @classmethod
    def from_bytes(cls, kind: KeyKind, secret: bytes) -> "PrivateKey":
        """Take up the 32 bytes that `to_bytes` gave: a seed, or a scalar (big-endian).

        Raises:
            MalformedCredential: they are no key of that kind.
        """
        key = cls(kind, secret)
        try:
            _ = key.public
        except (ValueError, KeyError) as error:
            raise MalformedCredential("private key") from error
        return key

    def to_bytes(self) -> bytes:
        """Give the 32 secret bytes, for the vault."""
        return self._secret

    @property
    def public(self) -> PublicKey:
        """The public half."""
        if self.kind is KeyKind.ED25519:
            signer = ed25519.Ed25519PrivateKey.from_private_bytes(self._secret)
            return PublicKey(self.kind, signer.public_key().public_bytes_raw())
        return PublicKey(self.kind, _point(self._ecdsa().public_key()))

    def sign(self, algorithm: str, data: bytes) -> bytes:
        """Sign with the algorithm of this kind; ECDSA comes out as raw r and s.

        Raises:
            ValueError: the algorithm belongs to another kind of key (a mistake of the caller).
        """
        if algorithm not in ALGORITHMS[self.kind]:
            raise ValueError(f"{algorithm} is not for {self.kind.value}")
        if self.kind is KeyKind.ED25519:
            return ed25519.Ed25519PrivateKey.from_private_bytes(self._secret).sign(data)
        r, s = decode_dss_signature(self._ecdsa().sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")

    def _ecdsa(self) -> ec.EllipticCurvePrivateKey:
        if self.kind is not KeyKind.P256 or len(self._secret) != 32:
            raise ValueError("not a P-256 scalar")
        return ec.derive_private_key(int.from_bytes(self._secret, "big"), ec.SECP256R1())


def certificate_key(der: bytes) -> CertificateKey:
    """Read the subject's key of an X.509 certificate (DER), of any kind that the library knows.

    A key for RSASSA-PSS alone (RFC 4055) comes out as an RSA key.

    Raises:
        MalformedCredential: no certificate, or no key in it.
        UnsupportedKey: a key of a kind that the library does not know.
    """
    loaded = certificate.load(der)
    try:
        return serialization.load_der_public_key(loaded.key_info)
    except UnsupportedAlgorithm as error:
        raise UnsupportedKey("key type") from error
    except (ValueError, TypeError) as error:
        if loaded.names_no_curve():
            raise UnsupportedKey("EC parameters") from error
        raise MalformedCredential("certificate") from error


def multibase(text: str) -> bytes:
    """Decode multibase base58-btc (`z`) or unpadded base64url (`u`), the two in use here.

    Raises:
        MalformedCredential: another base, or not of that base's alphabet.
    """
    if text.startswith("z"):
        return base58.decode(text[1:])
    if text.startswith("u"):
        return base64url.decode(text[1:])
    raise MalformedCredential("multibase")


def _load(kind: KeyKind, encoded: bytes) -> _Key:
    if kind is KeyKind.ED25519:
        return _ed25519(encoded)
    if kind is KeyKind.RSA:
        return _load_rsa(encoded)
    return ec.EllipticCurvePublicKey.from_encoded_point(_CURVES[kind](), encoded)


def _load_rsa(encoded: bytes) -> rsa.RSAPublicKey:
    key = serialization.load_der_public_key(encoded)
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("not an RSA key")
    return key


def _ed25519(encoded: bytes) -> ed25519.Ed25519PublicKey:
    return ed25519.Ed25519PublicKey.from_public_bytes(encoded)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )


def _from_rsa(modulus: int, exponent: int) -> PublicKey:
    if not MIN_RSA_BITS <= modulus.bit_length() <= MAX_RSA_BITS:
        raise UnsupportedKey("RSA key size", bits=modulus.bit_length())
    if exponent % 2 == 0 or not 3 <= exponent < 2**32:
        raise MalformedCredential("RSA exponent")
    if modulus % 2 == 0:
        raise MalformedCredential("RSA key")
    try:
        key = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    except ValueError as error:
        raise MalformedCredential("RSA key") from error
    encoded = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.PKCS1)
    return PublicKey(KeyKind.RSA, encoded)


def _member(jwk: Mapping[str, Any], name: str) -> bytes:
    value = jwk.get(name)
    if not isinstance(value, str):
        raise MalformedCredential(f"JWK {name}")
    return base64url.decode(value)


def _refuse_other_use(jwk: Mapping[str, Any]) -> None:
    """RFC 7517, sections 4.2 and 4.3: a key for something else verifies nothing."""
    if jwk.get("use", "sig") != "sig":
        raise MalformedCredential("JWK use")
    operations = jwk.get("key_ops")
    if operations is not None and not (isinstance(operations, list) and "verify" in operations):
        raise MalformedCredential("JWK key_ops")


def _integer_text(number: int) -> str:
    return base64url.encode(number.to_bytes((number.bit_length() + 7) // 8, "big"))
