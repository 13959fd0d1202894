"""Do time stamp tokens hold? RFC 3161: what they are over, who made them, and when.

What each has to be over, JAdES and XAdES say, in jades_stamps.py and xades_stamps.py. Whether the
authority that made one is to be believed is for trust to say; a token that is broken proves
nothing, and says nothing against the seal.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wallet.proofs.certificate import BROKEN

if TYPE_CHECKING:
    from asn1crypto import cms, tsp, x509

MAX_TOKEN_BYTES = 64 * 1024
MAX_TOKENS = 16
"""Tokens of one signature that are looked at."""

_DIGESTS = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
_SIGNING_CERTIFICATES = {"signing_certificate": "sha1", "signing_certificate_v2": "sha256"}


class Kind(StrEnum):
    """What a time stamp is over, by the member of JAdES that holds it; XAdES has the same."""

    CONTENT = "adoTst"
    """The payload: made before the signature, so it proves nothing about that."""
    SIGNATURE = "sigTst"
    ARCHIVE = "arcTst"
    """What is signed, the signature, and every unsigned property before it."""


class Integrity(StrEnum):
    """Whether a time stamp holds."""

    INTACT = "intact"
    IMPRINT_BROKEN = "imprint broken"
    """It is over something else than what is here."""
    SIGNATURE_BROKEN = "signature broken"
    UNREADABLE = "unreadable"
    NOT_CHECKED = "not checked"
    """Made in a way that is not read here (another canonical form, token format or algorithm), or
    the certificate of who made it did not come along."""


_BROKEN = frozenset({Integrity.IMPRINT_BROKEN, Integrity.SIGNATURE_BROKEN})


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """One time stamp, checked; all but kind and integrity only as far as it could be read."""

    kind: Kind
    integrity: Integrity
    time: datetime | None = None
    """What the authority states, UTC."""
    authority: str = ""
    """The organisation, else the common name, of the certificate that signed it."""
    certificate: bytes | None = None
    """The authority's certificate, DER."""
    others: tuple[bytes, ...] = ()
    """Certificates that came along in the token."""


@dataclass(frozen=True, slots=True)
class Over:
    """What a time stamp has to be over, as far as that can be computed."""

    forms: tuple[bytes, ...] = ()
    """Any of these will do: where no canonical form is standardised, several are in use."""
    sure: bool = True
    """Whether it is broken if it is over none of them; else that shows nothing."""


UNKNOWN = Over(sure=False)


def check(kind: Kind, der: bytes, over: Over) -> TimeStamp:
    """Check one token.

    1. Its imprint has to be over what it says, with SHA-256 or better.
    2. Its signature has to hold, by a certificate for time stamping that it names.
    """
    if len(der) > MAX_TOKEN_BYTES:
        return TimeStamp(kind, Integrity.UNREADABLE)
    try:
        return _check_token(kind, der, over)
    except BROKEN:
        return TimeStamp(kind, Integrity.UNREADABLE)


def facts(stamps: Sequence[TimeStamp]) -> dict[str, str]:
    """Write them for a report: kind, time, authority, whether each holds; and which are broken."""
    found = {"timestamps": _summary(stamps)}
    broken = {stamp.kind.value for stamp in stamps if stamp.integrity in _BROKEN}
    return {**found, "broken_time_stamps": ", ".join(sorted(broken))} if broken else found


def _summary(stamps: Sequence[TimeStamp]) -> str:
    lines = []
    for stamp in stamps:
        time = stamp.time.isoformat(timespec="seconds").replace("+00:00", "Z") if stamp.time else ""
        words = " ".join(filter(None, (stamp.kind.value, time, stamp.authority)))
        lines.append(f"{words}: {stamp.integrity.value}")
    return "; ".join(lines)


def _check_token(kind: Kind, der: bytes, over: Over) -> TimeStamp:
    """Take a token apart (RFC 3161, section 2.4.2) and check it; what cannot be read raises."""
    # Only who has time stamps pays for these; the second teaches the first what a token holds.
    from asn1crypto import cms, tsp  # noqa: PLC0415 -- as above

    message = cms.ContentInfo.load(der, strict=True)
    if message["content_type"].native != "signed_data":
        return TimeStamp(kind, Integrity.UNREADABLE)
    signed = message["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        return TimeStamp(kind, Integrity.UNREADABLE)
    info = signed["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo):
        return TimeStamp(kind, Integrity.UNREADABLE)
    # A token bears the signature of one authority, and no other (section 2.4.2).
    (signer,) = signed["signer_infos"]
    certificates = [entry.chosen for entry in signed["certificates"] if entry.name == "certificate"]
    maker = next((entry for entry in certificates if _is_named(signer, entry)), None)
    return TimeStamp(
        kind,
        _integrity(signed, signer, info, maker, over),
        info["gen_time"].native.astimezone(UTC),
        _name(maker) if maker is not None else "",
        maker.dump() if maker is not None else None,
        tuple(entry.dump() for entry in certificates if entry is not maker),
    )


def _integrity(
    signed: "cms.SignedData",
    signer: "cms.SignerInfo",
    info: "tsp.TSTInfo",
    maker: "x509.Certificate | None",
    over: Over,
) -> Integrity:
    from cryptography.exceptions import UnsupportedAlgorithm  # noqa: PLC0415 -- beside what is heavy

    imprint = info["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if algorithm not in _DIGESTS or signer["digest_algorithm"]["algorithm"].native not in _DIGESTS:
        return Integrity.NOT_CHECKED
    stated = imprint["hashed_message"].native
    right = any(hashlib.new(algorithm, form).digest() == stated for form in over.forms)
    if not right and over.sure:
        return Integrity.IMPRINT_BROKEN
    if maker is None:
        return Integrity.NOT_CHECKED
    try:
        holds = _holds(signed, signer, maker)
    except (UnsupportedAlgorithm, NotImplementedError):
        return Integrity.NOT_CHECKED
    if not holds:
        return Integrity.SIGNATURE_BROKEN
    return Integrity.INTACT if right else Integrity.NOT_CHECKED


def _holds(signed: "cms.SignedData", signer: "cms.SignerInfo", maker: "x509.Certificate") -> bool:
    """Check a token's own signature (RFC 5652, section 5.6; RFC 3161, section 2.3; RFC 5816)."""
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 -- as above
    from pyhanko_certvalidator.sig_validate import (  # noqa: PLC0415 -- takes 0.1 s
        DefaultSignatureValidator,
        SignatureValidationContext,
    )

    digest = signer["digest_algorithm"]["algorithm"].native
    attributes = {entry["type"].native: entry["values"] for entry in signer["signed_attrs"]}
    content = signed["encap_content_info"]["content"].contents
    if len(attributes) != len(signer["signed_attrs"]):
        return False
    if attributes["content_type"].native != ["tst_info"]:
        return False
    if attributes["message_digest"].native != [hashlib.new(digest, content).digest()]:
        return False
    if not _names_certificate(attributes, maker) or not _for_time_stamps(maker):
        return False
    try:
        DefaultSignatureValidator().validate_signature(
            signature=signer["signature"].native,
            # They are signed as a SET, not as the tagged field in which they stand.
            signed_data=signer["signed_attrs"].untag().dump(force=True),
            public_key_info=maker.public_key,
            signature_algorithm=signer["signature_algorithm"],
            context=SignatureValidationContext(contextual_md_algorithm=digest),
        )
    except (InvalidSignature, AssertionError):
        return False
    return True


def _is_named(signer: "cms.SignerInfo", certificate: "x509.Certificate") -> bool:
    named = signer["sid"]
    if named.name == "issuer_and_serial_number":
        same_issuer = named.chosen["issuer"] == certificate.issuer
        return bool(
            same_issuer and named.chosen["serial_number"].native == certificate.serial_number
        )
    return bool(named.chosen.native == certificate.key_identifier)


def _names_certificate(attributes: Mapping[str, Any], maker: "x509.Certificate") -> bool:
    """RFC 5816: a signed attribute names the certificate by its digest."""
    stated = [name for name in _SIGNING_CERTIFICATES if name in attributes]
    for name in stated:
        first = attributes[name][0]["certs"][0]
        digest = _SIGNING_CERTIFICATES[name]
        if name == "signing_certificate_v2":
            digest = first["hash_algorithm"]["algorithm"].native
        found = hashlib.new(digest, maker.dump(), usedforsecurity=False).digest()
        if found != first["cert_hash"].native:
            return False
    return bool(stated)


def _for_time_stamps(maker: "x509.Certificate") -> bool:
    purposes = maker.extended_key_usage_value
    return purposes is not None and [entry.dotted for entry in purposes] == [_TIME_STAMPING]


def _name(certificate: "x509.Certificate") -> str:
    stated = certificate.subject.native
    for attribute in ("organization_name", "common_name"):
        value = stated.get(attribute)
        if value:
            return str(value[0] if isinstance(value, list) else value)
    return ""
