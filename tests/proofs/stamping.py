"""Time stamp tokens (RFC 3161) made by hand, so that each can be wrong in one way."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from asn1crypto import algos, cms, core, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tests.issuer.keys import Private, p256_key

TIME = datetime(2026, 3, 1, 10, 0, 1, tzinfo=UTC)


def authority_key(name: str) -> ec.EllipticCurvePrivateKey:
    """Make the key of a time-stamping authority, or of the CA above it."""
    key: Private = p256_key(f"stamping {name}").private
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


@cache
def authority(
    name: str = "Example Time",
    *,
    by: str | None = None,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING,
    until: datetime = datetime(2040, 1, 1, tzinfo=UTC),
) -> bytes:
    """Certify a time-stamping authority (DER), by itself or by a CA."""

    def named(organisation: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation)])

    return (
        x509.CertificateBuilder()
        .subject_name(named(name))
        .issuer_name(named(by or name))
        .public_key(authority_key(name).public_key())
        .serial_number(int.from_bytes(name.encode()[:15], "big"))
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(until)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
        .sign(authority_key(by or name), hashes.SHA256(), ecdsa_deterministic=True)
        .public_bytes(Encoding.DER)
    )


@dataclass(frozen=True, slots=True)
class Token:
    """One token to be; each member can be made wrong."""

    over: bytes
    time: datetime = TIME
    certificate: bytes | None = None
    key: str = "Example Time"
    digest: str = "sha256"
    with_certificate: bool = True
    names_certificate: bytes | None = None
    """The certificate whose digest the signed attribute states; None for the right one."""
    others: tuple[bytes, ...] = ()
    content: str = "tst_info"

    def der(self) -> bytes:
        """Sign it (RFC 3161, section 2.4.2)."""
        maker_der = self.certificate or authority(self.key)
        maker = asn1_x509.Certificate.load(maker_der)
        info = self._info().dump()
        named = hashlib.sha256(self.names_certificate or maker_der).digest()
        attributes = cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute(
                    {"type": "message_digest", "values": [hashlib.sha256(info).digest()]}
                ),
                cms.CMSAttribute(
                    {
                        "type": "signing_certificate_v2",
                        "values": [tsp.SigningCertificateV2({"certs": [{"cert_hash": named}]})],
                    }
                ),
            ]
        )
        value = authority_key(self.key).sign(attributes.dump(), ec.ECDSA(hashes.SHA256()))
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier(
                    {
                        "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                            {"issuer": maker.issuer, "serial_number": maker.serial_number}
                        )
                    }
                ),
                "digest_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}),
                "signed_attrs": attributes,
                "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"}),
                "signature": value,
            }
        )
        certificates = [maker] if self.with_certificate else []
        certificates += [asn1_x509.Certificate.load(other) for other in self.others]
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [algos.DigestAlgorithm({"algorithm": "sha256"})],
                "encap_content_info": {
                    "content_type": self.content,
                    "content": core.ParsableOctetString(info),
                },
                "certificates": certificates,
                "signer_infos": [signer],
            }
        )
        message: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
        return message

    def _info(self) -> tsp.TSTInfo:
        return tsp.TSTInfo(
            {
                "version": "v1",
                "policy": "1.2.3.4",
                "message_imprint": {
                    "hash_algorithm": {"algorithm": self.digest},
                    "hashed_message": hashlib.new(
                        self.digest, self.over, usedforsecurity=False
                    ).digest(),
                },
                "serial_number": 1,
                "gen_time": self.time,
            }
        )


def container(*tokens: Token | bytes, **members: Any) -> Mapping[str, Any]:
    """Write the JSON container of tokens (ETSI TS 119 182-1, clause 5.4.3.3)."""
    ders = [token if isinstance(token, bytes) else token.der() for token in tokens]
    return {"tstTokens": [{"val": base64.b64encode(der).decode()} for der in ders], **members}
