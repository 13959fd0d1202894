"""Do the time stamps in a JAdES document hold? RFC 3161 tokens, what they are over, who made them.

ETSI TS 119 182-1, clauses 5.2.6 (`adoTst`), 5.3.4 (`sigTst`), 5.3.6.2 (`arcTst`). Whether the
authority that made one is to be believed is for trust to say; a token that is broken proves
nothing, and says nothing against the seal.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, strict_json
from wallet.proofs.jades_parts import Jades, Signature

if TYPE_CHECKING:
    from asn1crypto import cms, tsp, x509

MAX_TOKEN_BYTES = 64 * 1024
MAX_TOKENS = 16
"""Tokens of one signature that are looked at."""
MAX_PROPERTY_BYTES = 8 * 1024 * 1024
"""One unsigned property; CRLs lie in some."""

_DIGESTS = {"sha256", "sha384", "sha512", "sha3_256", "sha3_384", "sha3_512"}
_TIME_STAMPING = "1.3.6.1.5.5.7.3.8"
_SIGNING_CERTIFICATES = {"signing_certificate": "sha1", "signing_certificate_v2": "sha256"}


class Kind(StrEnum):
    """What a time stamp is over, by the member that holds it."""

    CONTENT = "adoTst"
    """The payload: made before the signature, so it proves nothing about that."""
    SIGNATURE = "sigTst"
    ARCHIVE = "arcTst"
    """Payload, header, signature and every unsigned property before it."""


class Integrity(StrEnum):
    """Whether a time stamp holds."""

    INTACT = "intact"
    IMPRINT_BROKEN = "imprint broken"
    """It is over something else than what is here."""
    SIGNATURE_BROKEN = "signature broken"
    UNREADABLE = "unreadable"
    NOT_CHECKED = "not checked"
    """Made in a way that is not read here (canonicalised properties, another token format)."""


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


def properties(signature: Signature) -> tuple[Mapping[str, Any] | None, ...]:
    """Decode the unsigned properties (`etsiU`) in order; None for one that is not read.

    Each is an object, or one in base64url: then it is hashed as it stands.
    """
    return tuple(_property(entry) for entry in signature.etsi_u)


def check(jades: Jades, signature: Signature) -> tuple[TimeStamp, ...]:
    """Check every time stamp of one signature, in the order in which they were made.

    1. The imprint is computed over the characters as they stand, never re-serialised.
    2. The token's imprint has to be that, with SHA-256 or better.
    3. The token's signature has to hold, by a certificate for time stamping that it names.
    """
    found = list(_stated(jades, signature))[:MAX_TOKENS]
    return tuple(_check(kind, token, over) for kind, token, over in found)


def summary(stamps: Sequence[TimeStamp]) -> str:
    """Write them in one line for a report: kind, time, authority, and whether each holds."""
    lines = []
    for stamp in stamps:
        time = stamp.time.isoformat(timespec="seconds").replace("+00:00", "Z") if stamp.time else ""
        words = " ".join(filter(None, (stamp.kind.value, time, stamp.authority)))
        lines.append(f"{words}: {stamp.integrity.value}")
    return "; ".join(lines)


def _property(entry: object) -> Mapping[str, Any] | None:
    if isinstance(entry, dict):
        return entry
    if not isinstance(entry, str) or len(entry) > 2 * MAX_PROPERTY_BYTES:
        return None
    try:
        limits = strict_json.Limits(size=MAX_PROPERTY_BYTES)
        return strict_json.parse_object(base64url.decode(entry), limits=limits)
    except MalformedCredential:
        return None


def _stated(
    jades: Jades, signature: Signature
) -> Iterator[tuple[Kind, Mapping[str, Any], bytes | None]]:
    """Every token with the bytes that it has to be over; None where those are not computed."""
    payload = jades.payload_text.encode("utf-8")
    for token in _tokens(signature.header.get(Kind.CONTENT)):
        yield Kind.CONTENT, token, payload
    parts = (payload, signature.protected.encode("ascii"), signature.text.encode("ascii"))
    earlier = b".".join(parts) + b"."
    as_text = True
    for entry, content in zip(signature.etsi_u, properties(signature), strict=True):
        stated = content or {}
        for token in _tokens(stated.get(Kind.SIGNATURE)):
            yield Kind.SIGNATURE, token, parts[2]
        archive = stated.get(Kind.ARCHIVE)
        plain = as_text and isinstance(archive, dict) and not archive.keys() - {"tstTokens"}
        for token in _tokens(archive):
            yield Kind.ARCHIVE, token, earlier if plain else None
        if isinstance(entry, str):
            earlier += entry.encode("utf-8")
        else:
            # An object is hashed in a canonical form, and none is standardised.
            as_text = False


def _tokens(container: object) -> Iterator[Mapping[str, Any]]:
    tokens = container.get("tstTokens") if isinstance(container, dict) else None
    for token in tokens if isinstance(tokens, list) else []:
        yield token if isinstance(token, dict) else {}


def _check(kind: Kind, token: Mapping[str, Any], over: bytes | None) -> TimeStamp:
    if token.get("type", "urn:ietf:rfc:3161") not in {"urn:ietf:rfc:3161", "RFC3161"}:
        return TimeStamp(kind, Integrity.NOT_CHECKED)
    try:
        value = token.get("val")
        if not isinstance(value, str) or len(value) > 2 * MAX_TOKEN_BYTES:
            return TimeStamp(kind, Integrity.UNREADABLE)
        return _check_token(kind, base64url.decode_plain(value), over)
    except (
        *(MalformedCredential, ValueError, TypeError, KeyError),
        *(AttributeError, IndexError, OverflowError),
    ):
        return TimeStamp(kind, Integrity.UNREADABLE)


def _check_token(kind: Kind, der: bytes, over: bytes | None) -> TimeStamp:
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
    over: bytes | None,
) -> Integrity:
    imprint = info["message_imprint"]
    algorithm = imprint["hash_algorithm"]["algorithm"].native
    if over is not None:
        if algorithm not in _DIGESTS:
            return Integrity.NOT_CHECKED
        if hashlib.new(algorithm, over).digest() != imprint["hashed_message"].native:
            return Integrity.IMPRINT_BROKEN
    if maker is None or not _holds(signed, signer, maker):
        return Integrity.SIGNATURE_BROKEN
    return Integrity.INTACT if over is not None else Integrity.NOT_CHECKED


def _holds(signed: "cms.SignedData", signer: "cms.SignerInfo", maker: "x509.Certificate") -> bool:
    """Check a token's own signature (RFC 5652, section 5.6; RFC 3161, section 2.3; RFC 5816)."""
    from cryptography.exceptions import (  # noqa: PLC0415 -- beside what is heavy
        InvalidSignature,
        UnsupportedAlgorithm,
    )
    from pyhanko_certvalidator.sig_validate import (  # noqa: PLC0415 -- takes 0.1 s
        DefaultSignatureValidator,
        SignatureValidationContext,
    )

    digest = signer["digest_algorithm"]["algorithm"].native
    attributes = {entry["type"].native: entry["values"] for entry in signer["signed_attrs"]}
    content = signed["encap_content_info"]["content"].contents
    if digest not in _DIGESTS or len(attributes) != len(signer["signed_attrs"]):
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
    except (InvalidSignature, UnsupportedAlgorithm, NotImplementedError, AssertionError):
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
