"""JAdES documents with any header and serialisation, to be wrong in exactly one way."""

import base64
import hashlib
import json
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from tests.issuer.keys import IssuerKey, base64url, p256_key

PAYLOAD = '{"id":"urn:credential:1","name":"Łódź"}'
KEY = p256_key("seals")


@cache
def leaf(*, signs: bool = True, stated: bool = True) -> bytes:
    """Make a self-signed certificate (DER) with a key usage that allows signing, or not."""
    name = x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Example University")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.private.public_key())
        .serial_number(7)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
    )
    if stated:
        usage = x509.KeyUsage(
            digital_signature=signs,
            content_commitment=False,
            key_encipherment=not signs,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=False,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = builder.add_extension(usage, critical=True)
    certificate = builder.sign(KEY.private, hashes.SHA256(), ecdsa_deterministic=True)
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 -- one use

    return certificate.public_bytes(Encoding.DER)


@cache
def mersenne_rsa(first: int, second: int) -> IssuerKey:
    """Make an RSA key of two primes that everybody knows, 2 to such a power less one.

    It has `first + second` bits, is made at once however many they are, and protects nothing.
    """
    p, q = 2**second - 1, 2**first - 1
    d = pow(65537, -1, math.lcm(p - 1, q - 1))
    public = rsa.RSAPublicNumbers(65537, p * q)
    exponents = rsa.rsa_crt_dmp1(d, p), rsa.rsa_crt_dmq1(d, q), rsa.rsa_crt_iqmp(p, q)
    numbers = rsa.RSAPrivateNumbers(p, q, d, *exponents, public)
    return IssuerKey(numbers.private_key(unsafe_skip_rsa_key_validation=True))


def for_pss_alone(certificate: bytes) -> bytes:
    """Change a certificate to say that its RSA key is for PSS alone (RFC 4055, section 1.2).

    Its own signature is broken by that, which is no question of the seal.
    """
    usual, alone = (
        bytes.fromhex(f"300d06092a864886f70d0101{last}") for last in ("010500", "0a3000")
    )
    return certificate.replace(usual, alone)


def header(**changes: Any) -> dict[str, Any]:
    """Make a header of baseline B over an unencoded payload; a change to None takes one out."""
    der = leaf()
    usual: dict[str, Any] = {
        "alg": "ES256",
        "x5t#S256": base64url(hashlib.sha256(der).digest()),
        "x5c": [base64.b64encode(der).decode()],
        "typ": "jose+json",
        "b64": False,
        "sigT": "2026-03-01T10:00:00Z",
        "crit": ["b64", "sigT"],
    }
    merged = {**usual, **changes}
    return {name: value for name, value in merged.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Seal:
    """One signature to be: its protected header (or raw text), what is unprotected, its key."""

    protected: dict[str, Any] | str = field(default_factory=header)
    unprotected: dict[str, Any] | None = None
    key: IssuerKey = KEY
    algorithm: str | None = None
    """How it is signed; None as the key usually does."""

    def entry(self, payload: str) -> dict[str, Any]:
        """Sign, and give the members of a JSON serialisation; `payload` as it stands there."""
        text = self.protected if isinstance(self.protected, str) else json.dumps(self.protected)
        protected = base64url(text.encode("utf-8"))
        value = self.key.sign(f"{protected}.{payload}".encode(), self.algorithm)
        entry: dict[str, Any] = {"protected": protected, "signature": base64url(value)}
        if self.unprotected is not None:
            entry["header"] = self.unprotected
        return entry


def general(*seals: Seal, payload: str = PAYLOAD) -> bytes:
    """Write the general serialisation."""
    document = {"payload": payload, "signatures": [seal.entry(payload) for seal in seals]}
    return json.dumps(document).encode("utf-8")


def flattened(seal: Seal, payload: str = PAYLOAD) -> bytes:
    """Write the flattened serialisation."""
    return json.dumps({"payload": payload, **seal.entry(payload)}).encode("utf-8")


def compact(seal: Seal, payload: str) -> bytes:
    """Write the compact serialisation."""
    entry = seal.entry(payload)
    return f"{entry['protected']}.{payload}.{entry['signature']}".encode()
