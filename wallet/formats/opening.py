"""Taking foreign bytes apart once: how they are secured, and the JSON or XML that was signed.

Content decides, never a name. Every reader in `FORMATS` then looks at the same `Opened` value.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum

from wallet.errors import MalformedCredential, TooLarge
from wallet.formats import edci_document
from wallet.model.credential import Json, JsonObject
from wallet.proofs import jades, jws, sd_jwt, sd_jwt_json, strict_json
from wallet.proofs.sd_jwt import Processed
from wallet.proofs.xml_reading import XmlDocument

MAX_BYTES = jws.MAX_CHARACTERS
"""No credential file is larger; the largest genuine ones have half a megabyte."""

_JSON = re.compile(rb'\s*\{\s*["}]')
_COMPACT = re.compile(r"ey[A-Za-z0-9_-]{6,}\.[^.~]*\.[^.~]*", re.DOTALL)
_CUT_OFF = re.compile(r"ey[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]*", re.DOTALL)
_WRAPPED = re.compile(r"ey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_SD_JWT = re.compile(r"ey[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*~.*", re.DOTALL)


class Securing(StrEnum):
    """Where the signature is: around the document, or embedded in it (or nowhere)."""

    JADES = "jades"
    JWT = "jwt"
    SD_JWT = "sd-jwt"
    XADES = "xades"
    EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Opened:
    """Bytes taken apart. `value` is what was signed, parsed; None where it is no JSON."""

    raw: bytes
    securing: Securing
    value: Json
    text: str
    """The JSON text of `value`, as it was signed; of an SD-JWT, as processing wrote it."""
    duplicates: tuple[str, ...] = ()
    """JSON pointers of members that stand twice in one object."""
    token: jws.Jws | None = None
    seal: jades.Jades | None = None
    sd_jwt: Processed | None = None
    """An SD-JWT with its disclosures in their places; `value` are the claims they give."""
    xml: XmlDocument | None = None
    """An EDCI document; there is no `value` then."""

    @property
    def document(self) -> JsonObject:
        """The signed JSON object; empty where something else was signed."""
        return self.value if isinstance(self.value, dict) else {}


def take_apart(data: bytes) -> Opened | None:
    """Take apart JSON, a JWS in any serialisation, an SD-JWT or EDCI XML; None for the rest.

    White space around is no part of either. A compact serialisation is one line; an SD-JWT is
    wrapped in real files, and its line breaks are removed.

    Raises:
        MalformedCredential: it begins as one of these and is broken.
        TooLarge: more bytes than `MAX_BYTES`, or beyond the limits of JSON, JWS and XML.
    """
    if _JSON.match(data):
        return _json(data)
    xml = edci_document.document(data)
    if xml is not None:
        return Opened(data, Securing.XADES, None, "", xml=xml)
    start = data[:64].lstrip()
    if not start.startswith(b"ey"):
        return None
    if len(data) > MAX_BYTES:
        raise TooLarge("credential", limit=MAX_BYTES)
    try:
        text = data.decode("ascii").strip()
    except UnicodeDecodeError:
        return None
    if _COMPACT.fullmatch(text):
        return _compact(data, text)
    joined = "".join(text.split())
    if _CUT_OFF.fullmatch(text) or _WRAPPED.fullmatch(joined):
        raise MalformedCredential("JWS parts")
    return _sd_jwt(data, sd_jwt.parse(joined)) if _SD_JWT.fullmatch(joined) else None


def _json(data: bytes) -> Opened:
    parsed = strict_json.parse(data)
    value = parsed.value
    if isinstance(value, dict) and sd_jwt_json.looks_like(value):
        return _sd_jwt(data, sd_jwt_json.parse(value), parsed.duplicates)
    if isinstance(value, dict) and "payload" in value and {"signatures", "protected"} & set(value):
        found = jades.parse(data)
        if found is not None:
            return _enclosed(data, Securing.JADES, found.payload, found.duplicates, found)
    return Opened(data, Securing.EMBEDDED, value, data.decode("utf-8"), parsed.duplicates)


def _compact(data: bytes, text: str) -> Opened:
    token = jws.parse_compact(text)
    if _means_jades(token.header):
        found = jades.parse(text.encode("ascii"))
        if found is not None:
            return _enclosed(data, Securing.JADES, found.payload, (), found)
    stated = token.header.get("typ")
    if isinstance(stated, str) and stated.lower().endswith("+sd-jwt"):
        # RFC 9901, section 4: without a single "~" it is none.
        raise MalformedCredential("SD-JWT")
    return _enclosed(data, Securing.JWT, token.payload, (), token=token)


def _means_jades(header: JsonObject) -> bool:
    """A seal names its time (`sigT`) or its certificate by digest, beside the certificate."""
    return "sigT" in header or ("x5c" in header and "x5t#S256" in header) or "x5t#o" in header


def _sd_jwt(data: bytes, source: sd_jwt.SdJwt, duplicates: tuple[str, ...] = ()) -> Opened:
    processed = sd_jwt.process(source)
    return Opened(
        data,
        Securing.SD_JWT,
        processed.claims,
        json.dumps(processed.claims, ensure_ascii=False),
        (*duplicates, *source.duplicates),
        source.token,
        sd_jwt=processed,
    )


def _enclosed(
    data: bytes,
    securing: Securing,
    payload: bytes,
    duplicates: tuple[str, ...],
    seal: jades.Jades | None = None,
    *,
    token: jws.Jws | None = None,
) -> Opened:
    try:
        parsed = strict_json.parse(payload)
        text = payload.decode("utf-8")
    except TooLarge:
        raise
    except MalformedCredential:
        # A signature can be around anything: a text, a picture. That is no defect of it.
        return Opened(data, securing, None, "", duplicates, token, seal)
    both = (*duplicates, *parsed.duplicates)
    return Opened(data, securing, parsed.value, text, both, token, seal)
