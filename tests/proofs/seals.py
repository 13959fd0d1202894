"""JAdES documents with any header and serialisation, to be wrong in exactly one way."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
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

    def entry(self, payload: str) -> dict[str, Any]:
        """Sign, and give the members of a JSON serialisation; `payload` as it stands there."""
        text = self.protected if isinstance(self.protected, str) else json.dumps(self.protected)
        protected = base64url(text.encode("utf-8"))
        value = self.key.sign(f"{protected}.{payload}".encode())
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
