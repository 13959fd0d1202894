"""JAdES baseline B seals of the simulator (ETSI TS 119 182-1), over an unencoded payload.

The signing input is the protected header, a full stop, and the payload as it stands (RFC 7797).
"""

import base64
import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from cryptography import x509

from tests.issuer.certificates import authority, der, seal_certificate
from tests.issuer.defects import Defect
from tests.issuer.keys import IssuerKey, another, base64url
from tests.issuer.subjects import NOW, Issuer, stamp

Header = dict[str, Any]

AUTHORITY_SEED = "simulator"
"""The seed of the authority that the simulator's and the demonstration's seals come from."""
_SEAL_EXPIRED = datetime(2024, 7, 1, tzinfo=UTC)
"""When the certificate of `Defect.EXPIRED_CERTIFICATE` ended: after sealing, before `NOW`."""


class Sealing(StrEnum):
    """The serialisations of a JWS (RFC 7515, section 7); files in use have the general one."""

    GENERAL = "general"
    FLATTENED = "flattened"


def seal(
    payload: str,
    issuer: Issuer,
    *,
    at: datetime,
    algorithm: str | None = None,
    sealing: Sealing = Sealing.GENERAL,
    defect: Defect | None = None,
) -> bytes:
    """Seal a text with the issuer's seal; `at` is the claimed signing time.

    Raises ValueError when the issuer has no seal.
    """
    if issuer.seal is None or issuer.seal_key is None:
        raise ValueError(f"{issuer.university.label} has no seal")
    key = issuer.seal_key
    certificate = _certificate(issuer, issuer.seal, key, defect)
    header = _header(certificate, algorithm or key.algorithm, at)
    if defect in _HEADER_DEFECTS:
        _HEADER_DEFECTS[defect](header)
    text = json.dumps(header, separators=(",", ":"))
    if defect is Defect.DUPLICATE_HEADER:
        text = '{"alg":"RS512",' + text.removeprefix("{")
    protected = base64url(text.encode("utf-8"))
    signed = payload
    if defect is Defect.SWAPPED_PAYLOAD:
        signed = '{"id":"urn:credential:another"}'
    signer = another(key) if defect is Defect.WRONG_KEY else key
    signature = signer.sign_as(f"{protected}.{signed}".encode(), header["alg"])
    if defect is Defect.ALTERED_PAYLOAD:
        payload = payload.replace("xample", "xamp1e", 1)
    entry = {"protected": protected, "signature": base64url(signature)}
    document: Header = {"payload": payload, "signatures": [entry]}
    if sealing is Sealing.FLATTENED:
        document = {"payload": payload, **entry}
    data = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return data[: len(data) * 2 // 3] if defect is Defect.TRUNCATED else data


def _header(certificate: x509.Certificate, algorithm: str, at: datetime) -> Header:
    """Write the protected header in the order in which seals in use have it."""
    serial = certificate.serial_number
    return {
        "alg": algorithm,
        "cty": "octet-stream",
        "kid": base64.b64encode(_issuer_serial(certificate.issuer, serial)).decode("ascii"),
        "x5t#S256": base64url(hashlib.sha256(der(certificate)).digest()),
        "x5c": [base64.b64encode(der(certificate)).decode("ascii")],
        "typ": "jose+json",
        "b64": False,
        "sigT": stamp(at),
        "crit": ["b64", "sigT"],
    }


def _certificate(
    issuer: Issuer, usual: x509.Certificate, key: IssuerKey, defect: Defect | None
) -> x509.Certificate:
    """Choose the certificate: the issuer's own, or one that is wrong in one way."""
    if defect not in (
        Defect.EXPIRED_CERTIFICATE,
        Defect.UNKNOWN_AUTHORITY,
        Defect.SEAL_NOT_ISSUER,
    ):
        return usual
    name = usual.issuer.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)[0].value
    seed = "nobody knows this one" if defect is Defect.UNKNOWN_AUTHORITY else AUTHORITY_SEED
    valid = (usual.not_valid_before_utc, usual.not_valid_after_utc)
    if defect is Defect.EXPIRED_CERTIFICATE:
        valid = (usual.not_valid_before_utc, _SEAL_EXPIRED)
    other = defect is Defect.SEAL_NOT_ISSUER
    return seal_certificate(
        authority(seed, name=str(name)),
        key,
        organisation="Example Sealing Service" if other else issuer.university.label,
        identifier="VATPL-9999999999" if other else issuer.university.identifier,
        country=issuer.university.country,
        valid=valid,
    )


def _issuer_serial(name: x509.Name, serial: int) -> bytes:
    """Write IssuerSerial in DER: the issuer as one directory name, and the serial number."""
    number = serial.to_bytes(serial.bit_length() // 8 + 1, "big")
    general_names = _tlv(0x30, _tlv(0xA4, name.public_bytes()))
    return _tlv(0x30, general_names + _tlv(0x02, number))


def _tlv(tag: int, content: bytes) -> bytes:
    """Write one DER value: tag, length in the shortest form, content."""
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


# ---- one function for each defect of the header ------------------------------------------------


def _set(**members: object) -> Callable[[Header], None]:
    return lambda header: header.update(members)


def _without(name: str) -> Callable[[Header], None]:
    def remove(header: Header) -> None:
        del header[name]
        header["crit"] = [entry for entry in header["crit"] if entry != name]

    return remove


def _unknown_critical(header: Header) -> None:
    header["moonPhase"] = "waxing"
    header["crit"] = [*header["crit"], "moonPhase"]


def _both_times(header: Header) -> None:
    header["iat"] = int(NOW.timestamp())


def _wrong_digest(header: Header) -> None:
    header["x5t#S256"] = base64url(hashlib.sha256(b"another certificate").digest())


_HEADER_DEFECTS: dict[Defect | None, Callable[[Header], None]] = {
    Defect.STRIPPED_ALGORITHM: _set(alg="none"),
    Defect.HS256_WITH_PUBLIC_KEY: _set(alg="HS256"),
    Defect.UNKNOWN_CRITICAL_HEADER: _unknown_critical,
    Defect.EMPTY_CRIT: _set(crit=[]),
    Defect.MISSING_B64_IN_CRIT: _set(crit=["sigT"]),
    Defect.REPEATED_CRIT: _set(crit=["b64", "sigT", "b64"]),
    Defect.REGISTERED_HEADER_IN_CRIT: _set(crit=["b64", "sigT", "alg"]),
    Defect.ABSENT_HEADER_IN_CRIT: _set(crit=["b64", "sigT", "etsiU"]),
    Defect.CRIT_AS_TEXT: _set(crit="b64"),
    Defect.BOTH_SIGT_AND_IAT: _both_times,
    Defect.NO_SIGNING_TIME: _without("sigT"),
    Defect.WRONG_CERTIFICATE_DIGEST: _wrong_digest,
    Defect.NO_CERTIFICATE: _without("x5c"),
}
