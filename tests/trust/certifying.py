"""Certificates in a chain: a root, an authority under it, and seals."""

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from tests.issuer.keys import IssuerKey, p256_key

FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@cache
def key(name: str) -> IssuerKey:
    """Make the key of whoever is called so."""
    return p256_key(f"certifying {name}")


def certificate(
    subject: str,
    by: str,
    *,
    ca: bool = False,
    constrained: bool = False,
    path_length: int | None = None,
    signs_certificates: bool | None = None,
    identifier: str | None = None,
    organisation: bool = True,
    country: str | None = "PL",
    valid: tuple[datetime, datetime] = (FROM, UNTIL),
) -> x509.Certificate:
    """Certify `subject`'s key with the key of `by`; `constrained` says outright it is no CA."""
    oid = NameOID.ORGANIZATION_NAME if organisation else NameOID.COMMON_NAME
    names = [x509.NameAttribute(oid, subject)]
    if identifier is not None:
        names.append(x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, identifier))
    if country is not None:
        names.append(x509.NameAttribute(NameOID.COUNTRY_NAME, country))
    issuer = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, by)]
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name(names if not ca else [x509.NameAttribute(oid, subject)]))
        .issuer_name(x509.Name(issuer))
        .public_key(key(subject).private.public_key())
        .serial_number(int.from_bytes(f"{subject}{by}".encode()[:15], "big"))
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )
    if ca or constrained:
        constraints = x509.BasicConstraints(ca=ca, path_length=path_length)
        builder = builder.add_extension(constraints, critical=True)
    if signs_certificates is not None:
        usage = x509.KeyUsage(
            digital_signature=True,
            content_commitment=False,
            key_encipherment=False,
            data_encipherment=False,
            key_agreement=False,
            key_cert_sign=signs_certificates,
            crl_sign=False,
            encipher_only=False,
            decipher_only=False,
        )
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(key(by).private, hashes.SHA256(), ecdsa_deterministic=True)


def der(one: x509.Certificate) -> bytes:
    """Write as DER."""
    return one.public_bytes(serialization.Encoding.DER)


def pem(*all_of_them: x509.Certificate) -> bytes:
    """Write as PEM, one after another."""
    return b"".join(one.public_bytes(serialization.Encoding.PEM) for one in all_of_them)
