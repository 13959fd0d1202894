"""Taking foreign bytes apart once: how they are secured, and the JSON or XML that was signed.

Content decides, never a name. Every reader in `FORMATS` then looks at the same `Opened` value.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential, TooLarge
from wallet.formats import enveloped
from wallet.model.credential import Json, JsonObject
from wallet.proofs import jws, strict_json

if TYPE_CHECKING:
    from wallet.proofs.jades_parts import Jades
    from wallet.proofs.sd_jwt import Processed, SdJwt
    from wallet.proofs.xml_reading import XmlDocument

MAX_BYTES = jws.MAX_CHARACTERS
"""No credential file is larger; the largest genuine ones have half a megabyte."""

_JSON = re.compile(rb'\s*\{\s*["}]')
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")
_COMPACT = re.compile(r"ey[A-Za-z0-9_-]{6,}\.[^.~]*\.[^.~]*", re.DOTALL)
_CUT_OFF = re.compile(r"ey[A-Za-z0-9_-]{12,}\.[A-Za-z0-9_-]*", re.DOTALL)
_WRAPPER = "jwt"
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
    seal: "Jades | None" = None
    sd_jwt: "Processed | None" = None
    """An SD-JWT with its disclosures in their places; `value` are the claims they give."""
    xml: "XmlDocument | None" = None
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
    if _MARKUP.match(data):
        from wallet.formats import edci_document  # noqa: PLC0415 -- each securing loads its own

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
    if not _SD_JWT.fullmatch(joined):
        return None
    from wallet.proofs import sd_jwt  # noqa: PLC0415 -- as above

    return _sd_jwt(data, sd_jwt.parse(joined))


def _json(data: bytes) -> Opened | None:
    parsed = strict_json.parse(data)
    value = parsed.value
    inside = enveloped.address(value)
    if isinstance(value, dict) and inside is not None:
        if not enveloped.is_defined(value):
            raise MalformedCredential("@context")
        return _enveloped(inside)
    if isinstance(value, dict) and value.keys() == {_WRAPPER}:
        return _wrapped(value[_WRAPPER])
    if isinstance(value, dict) and {"signatures", "protected"} & set(value):
        from wallet.proofs import jades_parts, sd_jwt_json  # noqa: PLC0415 -- as above

        if sd_jwt_json.looks_like(value):
            return _sd_jwt(data, sd_jwt_json.parse(value), parsed.duplicates)
        found = jades_parts.of_json(parsed)
        if found is not None:
            return _enclosed(data, Securing.JADES, found.payload, found.duplicates, found)
    return Opened(data, Securing.EMBEDDED, value, data.decode("utf-8"), parsed.duplicates)


def _wrapped(token: Json) -> Opened | None:
    """Take apart a token that is the only member of an object, as some services hand it out."""
    if not isinstance(token, str) or not _COMPACT.fullmatch(token):
        return None
    return take_apart(token.encode("utf-8"))


def _enveloped(address: str) -> Opened | None:
    """Take apart what an envelope holds: that was secured, and nothing else of it."""
    if not enveloped.is_readable(address):
        return None
    inner = enveloped.decode(address)
    if _JSON.match(inner) and enveloped.address(strict_json.parse(inner).value) is not None:
        raise MalformedCredential("envelope in an envelope")
    return take_apart(inner)


def _compact(data: bytes, text: str) -> Opened:
    token = jws.parse_compact(text)
    if _means_jades(token.header):
        from wallet.proofs import jades_parts  # noqa: PLC0415 -- as above

        found = jades_parts.parse(text.encode("ascii"))
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


def _sd_jwt(data: bytes, source: "SdJwt", duplicates: tuple[str, ...] = ()) -> Opened:
    from wallet.proofs import sd_jwt  # noqa: PLC0415 -- as above

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
    seal: "Jades | None" = None,
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
