"""A JAdES document (ETSI TS 119 182-1) taken apart, with every signed character as it stood.

Compact, flattened and general JSON serialisation (RFC 7515), with an encoded or an unencoded
payload (RFC 7797). What lies in `etsiU` (time stamps, certificates, revocation data) is kept as
it stands and not judged here.
"""

import re
from dataclasses import dataclass
from typing import Any

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import base64url, strict_json
from wallet.proofs.jws import HEADER_LIMITS

MAX_SIGNATURES = 16
MAX_ETSI_U = 64
"""Unsigned properties of one signature."""

_ENVELOPE = {"payload", "signatures", "protected", "header", "signature"}
_SIGNED = {"protected", "signature"}
_OWN_HEADERS = {
    "sigT",
    "x5t#o",
    "sigX5ts",
    "srCms",
    "sigPl",
    "srAts",
    "adoTst",
    "sigPId",
    "sigD",
    "etsiU",
}
"""Headers that ETSI TS 119 182-1 defines: whoever writes one means JAdES."""
_COMPACT = re.compile(rb"\s*ey[A-Za-z0-9_-]*\.[^.]*\.[A-Za-z0-9_-]*\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature as it stood; `protected` and `text` are the very characters signed over."""

    protected: str
    header: JsonObject
    unprotected: JsonObject
    text: str
    """The signature in base64url: signature time stamps are over these characters."""
    value: bytes
    duplicates: tuple[str, ...] = ()
    """JSON pointers of names that the protected header has twice."""

    @property
    def unencoded(self) -> bool:
        """Whether the payload was signed as it stands (`b64` is false, RFC 7797)."""
        return self.header.get("b64") is False

    @property
    def etsi_u(self) -> tuple[Any, ...]:
        """The unsigned properties in order, as they stand: texts or objects."""
        value = self.unprotected.get("etsiU")
        return tuple(value) if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class Jades:
    """A JAdES document: its exact payload and its signatures."""

    payload: bytes
    """What was signed: for `b64` false the characters after unescaping, as UTF-8."""
    payload_text: str
    """The payload member as it stood in the serialisation."""
    signatures: tuple[Signature, ...]
    form: str
    """`compact`, `flattened` or `general`."""
    duplicates: tuple[str, ...] = ()
    """JSON pointers of names that the serialisation has twice."""

    @property
    def detached(self) -> bool:
        """Whether what was signed lies elsewhere (`sigD`; RFC 7515, appendix F)."""
        return not self.payload_text or any("sigD" in one.header for one in self.signatures)

    @property
    def stated(self) -> bool:
        """Whether any signature uses a header of JAdES: else it is a plain JWS."""
        return any(
            _OWN_HEADERS & (signature.header.keys() | signature.unprotected.keys())
            for signature in self.signatures
        )


def parse(data: bytes) -> Jades | None:
    """Take a JAdES document apart, in any serialisation; None if it is no JWS at all.

    Raises:
        MalformedCredential: a JWS that is broken: a part that is missing, of the wrong type or
            not strict base64url, a header that is no JSON object.
        TooLarge: see strict_json; also more than `MAX_SIGNATURES` or `MAX_ETSI_U`.
    """
    if _COMPACT.fullmatch(data):
        return _compact(data)
    if data.lstrip()[:1] != b"{":
        return None
    return of_json(strict_json.parse(data))


def of_json(parsed: strict_json.Parsed) -> Jades | None:
    """Do the same with a JSON serialisation that is parsed already. Raises what `parse` raises."""
    document = parsed.value
    if not isinstance(document, dict) or not looks_like(document):
        return None
    if "signatures" in document:
        return _general(document, parsed.duplicates)
    if {"signature", "protected"} & set(document):
        signature = _signature(document)
        return _assemble(document, (signature,), "flattened", parsed.duplicates)
    return None


def looks_like(document: JsonObject) -> bool:
    """Tell whether a JSON object is a JWS: one with a payload, or with nothing but signatures.

    The payload may lie elsewhere (RFC 7515, appendix F).
    """
    if "payload" in document:
        return bool({"signatures", "protected", "signature"} & set(document))
    entries = document.get("signatures", [document])
    return (
        not document.keys() - _ENVELOPE
        and isinstance(entries, list)
        and bool(entries)
        and all(isinstance(entry, dict) and entry.keys() >= _SIGNED for entry in entries)
    )


def _compact(data: bytes) -> Jades:
    try:
        protected, payload, signature = data.decode("ascii").strip().split(".")
    except UnicodeDecodeError as error:
        raise MalformedCredential("JWS") from error
    parts = {"protected": protected, "signature": signature}
    return _assemble({"payload": payload}, (_signature(parts),), "compact", ())


def _general(document: JsonObject, duplicates: tuple[str, ...]) -> Jades | None:
    entries = document["signatures"]
    if not isinstance(entries, list):
        return None
    if not entries:
        raise MalformedCredential("JWS signatures")
    if len(entries) > MAX_SIGNATURES:
        raise TooLarge("JWS signatures", limit=MAX_SIGNATURES)
    if {"signature", "protected", "header"} & set(document):
        # RFC 7515, section 7.2.2: the two serialisations exclude each other.
        raise MalformedCredential("JWS serialisation")
    signatures = tuple(_signature(entry) for entry in entries)
    return _assemble(document, signatures, "general", duplicates)


def _assemble(
    document: JsonObject,
    signatures: tuple[Signature, ...],
    form: str,
    duplicates: tuple[str, ...],
) -> Jades:
    payload = document.get("payload", "")
    if not isinstance(payload, str):
        raise MalformedCredential("JWS payload")
    content = payload.encode("utf-8") if signatures[0].unencoded else base64url.decode(payload)
    return Jades(content, payload, signatures, form, duplicates)


def _signature(entry: object) -> Signature:
    if not isinstance(entry, dict):
        raise MalformedCredential("JWS signature")
    protected, text = entry.get("protected"), entry.get("signature")
    unprotected = entry.get("header", {})
    if not isinstance(protected, str) or not isinstance(text, str):
        raise MalformedCredential("JWS signature")
    if not isinstance(unprotected, dict):
        raise MalformedCredential("JWS header")
    properties = unprotected.get("etsiU")
    if isinstance(properties, list) and len(properties) > MAX_ETSI_U:
        raise TooLarge("etsiU", limit=MAX_ETSI_U)
    parsed = strict_json.parse(base64url.decode(protected), limits=HEADER_LIMITS)
    if not isinstance(parsed.value, dict):
        raise MalformedCredential("JWS header")
    return Signature(
        protected=protected,
        header=parsed.value,
        unprotected=unprotected,
        text=text,
        value=base64url.decode(text),
        duplicates=parsed.duplicates,
    )
