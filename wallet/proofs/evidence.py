"""What came along with a seal that helps to judge its certificate.

ETSI TS 119 182-1, clause 5.3.5; ETSI EN 319 132-1, clauses 5.4 and 5.5.

Certificates, revocation values and time stamps, as bytes and findings; nothing is judged here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, jades_rules, jades_stamps, xades_parts, xades_stamps
from wallet.proofs.jades_parts import Jades, Signature
from wallet.proofs.timestamps import TimeStamp
from wallet.proofs.xades_parts import XadesSignature
from wallet.proofs.xades_stamps import Referenced
from wallet.proofs.xml_transforms import Declined

MAX_VALUES = 128
"""Certificates, and revocation values of a kind, that are taken up."""
MAX_VALUE_CHARACTERS = 8 * 1024 * 1024
"""Of one of them in base64; lists of revoked certificates are long."""

_CERTIFICATES = ("xVals", "axVals")
_REVOCATIONS = ("rVals", "arVals")
_VALIDATION_DATA = ("tstVD", "anyValData")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is at hand to judge a signing certificate, the first of `certificates`."""

    certificates: tuple[bytes, ...]
    """DER, the signer's first, then whatever came along in any order."""
    signed_at: datetime | None = None
    """The claimed signing time, UTC."""
    ocsp: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    stamps: tuple[TimeStamp, ...] = ()


def of_jades(jades: Jades, signature: Signature, chain: tuple[bytes, ...]) -> Evidence:
    """Collect the evidence of a signature whose header rules have been checked.

    `chain` are the certificates that it states, the signer's first. What cannot be read is left
    out: nobody vouches for the unsigned properties, and the seal does not depend on them.
    """
    contents = _contents(signature)
    others = (der for entry in contents for der in _certificates(entry))
    return Evidence(
        certificates=tuple(dict.fromkeys((*chain, *others)))[:MAX_VALUES],
        signed_at=signing_moment(signature),
        ocsp=tuple(dict.fromkeys(_values(contents, "ocspVals")))[:MAX_VALUES],
        crls=tuple(dict.fromkeys(_values(contents, "crlVals")))[:MAX_VALUES],
        stamps=jades_stamps.check(jades, signature),
    )


def named(signature: Signature) -> tuple[bytes, ...]:
    """Find the signing certificate among those that came along; nothing if none is the named one.

    For a header without `x5c`: its digest is signed (ETSI TS 119 182-1, clause 5.1.7).
    """
    for entry in _contents(signature):
        for der in _certificates(entry):
            if jades_rules.matches_references(signature, der):
                return (der,)
    return ()


def of_xades(signature: XadesSignature, leaf: bytes, referenced: Sequence[Referenced]) -> Evidence:
    """Collect the evidence of a XAdES signature that holds; `leaf` is the signer's certificate."""
    embedded = _embedded(signature, "EncapsulatedX509Certificate")
    return Evidence(
        certificates=tuple(dict.fromkeys((leaf, *signature.stated, *embedded)))[:MAX_VALUES],
        signed_at=_moment(signature.signing_time),
        ocsp=tuple(dict.fromkeys(_embedded(signature, "EncapsulatedOCSPValue")))[:MAX_VALUES],
        crls=tuple(dict.fromkeys(_embedded(signature, "EncapsulatedCRLValue")))[:MAX_VALUES],
        stamps=xades_stamps.check(signature, referenced),
    )


def of_chain(chain: tuple[bytes, ...], signing_time: str | None = None) -> Evidence:
    """Make the evidence of a signature that has certificates and perhaps a time (RFC 3339)."""
    return Evidence(chain, _moment(signing_time) if signing_time else None)


def _contents(signature: Signature) -> list[Mapping[str, Any]]:
    """The unsigned properties that can be read, validation data in them counted as such."""
    contents = [entry for entry in jades_stamps.properties(signature) if entry is not None]
    inner = [entry.get(name) for entry in contents for name in _VALIDATION_DATA]
    return contents + [data for data in inner if isinstance(data, dict)]


def signing_moment(signature: Signature) -> datetime | None:
    """Give the claimed signing time (`sigT` or `iat`), None if no clock ever showed it."""
    try:
        if "sigT" in signature.header:
            return _moment(str(signature.header["sigT"]))
        return datetime.fromtimestamp(jades_rules.seconds(signature.header["iat"]), UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None


def _moment(text: str) -> datetime | None:
    """Read RFC 3339; a time without a zone is UTC, and one that no clock shows is None."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _embedded(signature: XadesSignature, name: str) -> Iterator[bytes]:
    """Values among the unsigned properties; nothing signs them, so a broken one is left out."""
    for outer in signature.unsigned:
        for element in outer.iter(f"{{{xades_parts.XADES}}}{name}"):
            try:
                yield xades_parts.binary(element, MAX_VALUE_CHARACTERS)
            except Declined:
                continue


def _certificates(entry: Mapping[str, Any]) -> Iterator[bytes]:
    for name in _CERTIFICATES:
        values = entry.get(name)
        for value in values if isinstance(values, list) else []:
            if isinstance(value, dict):
                yield from _decoded(value.get("x509Cert"))


def _values(contents: list[Mapping[str, Any]], kind: str) -> Iterator[bytes]:
    for entry in contents:
        for name in _REVOCATIONS:
            values = entry.get(name)
            stated = values.get(kind) if isinstance(values, dict) else None
            for value in stated if isinstance(stated, list) else []:
                yield from _decoded(value)


def _decoded(value: object) -> Iterator[bytes]:
    text = value.get("val") if isinstance(value, dict) else None
    if isinstance(text, str) and len(text) <= MAX_VALUE_CHARACTERS:
        try:
            yield base64url.decode_plain(text)
        except MalformedCredential:
            return
