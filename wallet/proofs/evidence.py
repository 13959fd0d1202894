"""What came along with a seal that helps to judge its certificate: ETSI TS 119 182-1, clause 5.3.5.

Certificates, revocation values and time stamps, as bytes and findings; nothing is judged here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, jades_rules, timestamps
from wallet.proofs.jades_parts import Jades, Signature
from wallet.proofs.timestamps import TimeStamp

MAX_VALUES = 128
"""Certificates, and revocation values of a kind, that are taken up."""
MAX_VALUE_BYTES = 4 * 1024 * 1024

_CERTIFICATES = ("xVals", "axVals")
_REVOCATIONS = ("rVals", "arVals")


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


def of_jades(jades: Jades, signature: Signature) -> Evidence:
    """Collect the evidence of a signature whose header rules have been checked.

    What cannot be read is left out: nobody vouches for the unsigned properties, and the seal does
    not depend on them.
    """
    found = timestamps.properties(signature)
    contents = [entry for entry in found if entry is not None]
    # Validation data of time stamps lie in an object of their own.
    contents += [entry["tstVD"] for entry in contents if isinstance(entry.get("tstVD"), dict)]
    chain = jades_rules.certificates(signature)
    others = (der for entry in contents for der in _certificates(entry))
    return Evidence(
        certificates=tuple(dict.fromkeys((*chain, *others)))[:MAX_VALUES],
        signed_at=signing_moment(signature),
        ocsp=tuple(dict.fromkeys(_values(contents, "ocspVals")))[:MAX_VALUES],
        crls=tuple(dict.fromkeys(_values(contents, "crlVals")))[:MAX_VALUES],
        stamps=timestamps.check(jades, signature),
    )


def of_chain(chain: tuple[bytes, ...], signing_time: str | None = None) -> Evidence:
    """Make the evidence of a signature that has certificates and perhaps a time (RFC 3339)."""
    try:
        moment = datetime.fromisoformat(signing_time) if signing_time else None
        signed_at = moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
    except (ValueError, OverflowError):
        signed_at = None
    return Evidence(chain, signed_at)


def signing_moment(signature: Signature) -> datetime | None:
    """Give the claimed signing time (`sigT` or `iat`), None if no clock ever showed it."""
    try:
        if "sigT" in signature.header:
            return datetime.fromisoformat(str(signature.header["sigT"])).astimezone(UTC)
        return datetime.fromtimestamp(int(signature.header["iat"]), UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None


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
    if isinstance(text, str) and len(text) <= 2 * MAX_VALUE_BYTES:
        try:
            yield base64url.decode_plain(text)
        except MalformedCredential:
            return
