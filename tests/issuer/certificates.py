"""Certificates of the simulator: an authority for seals, and the seals it certifies."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID

from tests.issuer.keys import IssuerKey, p384_key

AUTHORITY_FROM = datetime(2020, 1, 1, tzinfo=UTC)
AUTHORITY_UNTIL = datetime(2040, 1, 1, tzinfo=UTC)
_SERIAL_BYTES = 16


@dataclass(frozen=True, slots=True)
class Authority:
    """A certificate authority: its key and its own certificate."""

    key: IssuerKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """The certificate as a file that a wallet loads as a trust anchor."""
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def der(certificate: x509.Certificate) -> bytes:
    """Return the certificate as it stands in `x5c`, before base64."""
    return certificate.public_bytes(serialization.Encoding.DER)


def authority(seed: str, *, name: str, country: str = "PL") -> Authority:
    """Make a self-signed authority (RFC 5280) with a key that follows from `seed`."""
    key = p384_key(f"authority {seed}")
    subject = _name(country, name, common=f"{name} Seal CA")
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.private.public_key())
    certificate = (
        _builder(f"authority {seed}", key, (AUTHORITY_FROM, AUTHORITY_UNTIL))
        .subject_name(subject)
        .issuer_name(subject)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certifies=True), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key.private, hashes.SHA384(), ecdsa_deterministic=True)
    )
    return Authority(key, certificate)


def seal_certificate(
    issuer: Authority,
    key: IssuerKey,
    *,
    organisation: str,
    identifier: str,
    country: str,
    valid: tuple[datetime, datetime],
) -> x509.Certificate:
    """Certify a legal person's seal (ETSI EN 319 412-3).

    `identifier` is the organizationIdentifier 2.5.4.97, such as "VATPL-0000000000"; `valid` are
    the first and the last moment as aware UTC datetimes.
    """
    parent = x509.SubjectKeyIdentifier.from_public_key(issuer.key.private.public_key())
    subject = _name(country, organisation, common=f"{organisation} (seal)", identifier=identifier)
    own = x509.SubjectKeyIdentifier.from_public_key(key.private.public_key())
    return (
        _builder(f"seal {organisation} {valid[0].isoformat()}", key, valid)
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certifies=False), critical=True)
        .add_extension(own, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(parent), critical=False
        )
        .sign(issuer.key.private, hashes.SHA384(), ecdsa_deterministic=True)
    )


def _builder(
    seed: str, key: IssuerKey, valid: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    digest = hashlib.sha256(f"serial {seed} {key.multikey}".encode()).digest()[:_SERIAL_BYTES]
    return (
        x509.CertificateBuilder()
        .public_key(key.private.public_key())
        .serial_number(int.from_bytes(digest, "big") >> 1 | 1)
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
    )


def _name(country: str, organisation: str, *, common: str, identifier: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, country), (NameOID.ORGANIZATION_NAME, organisation)]
    if identifier:
        parts.append((NameOID.ORGANIZATION_IDENTIFIER, identifier))
    # A common name holds at most 64 characters (RFC 5280, appendix A.1).
    parts.append((NameOID.COMMON_NAME, common[:64]))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _usage(*, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certifies,
        content_commitment=not certifies,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certifies,
        crl_sign=certifies,
        encipher_only=False,
        decipher_only=False,
    )
