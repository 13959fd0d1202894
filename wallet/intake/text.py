"""Credentials written into text: pasted in a mail, saved with other words around, or in base64."""

import base64
import binascii
import re
from collections.abc import Iterator

from wallet.intake.kinds import BOM
from wallet.intake.limits import MAX_CANDIDATES, MAX_TEXT

_TOKEN = re.compile(
    r"(?<![\w.~-])eyJ[\w-]{10,}\.[\w-]{2,}\.[\w-]{2,}(?:~[\w-]*(?:\.[\w-]*){0,2})*", re.ASCII
)
"""A JWS in compact form (RFC 7515), an SD-JWT with its disclosures and key binding (RFC 9901)."""
_CODE = re.compile(r"(?<!\w)MIKROFOLIO:[0-9]+")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BASE64 = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_BASE64_FROM = 64
"""Bytes below which base64 is taken for a word."""
_MARKS = ('"@context"', '"payload"', '"verifiableCredential"', '"badge"')
"""One of these stands in every JSON credential that is worth cutting out of prose."""


def spellings(data: bytes) -> Iterator[bytes]:
    """Yield the bytes as they are, then without the white space and wraps a text file adds."""
    if data.startswith(BOM):
        data = data[len(BOM) :]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    yield data
    stripped = data.strip()
    if stripped != data:
        yield stripped
    joined = b"".join(stripped.split())
    if joined != stripped and _TOKEN.fullmatch(joined.decode("ascii", "replace")):
        yield joined


def is_token(text: str) -> bool:
    """Tell whether text, white space aside, has the form of a compact JWS or SD-JWT."""
    return _TOKEN.fullmatch("".join(text.split())) is not None


def embedded(text: str) -> tuple[bytes, ...]:
    """Return what looks like a credential inside prose, each once: tokens, codes, then JSON.

    A token that was wrapped is recognised when the text is nothing else.
    """
    text = text[:MAX_TEXT]
    found: dict[str, None] = {}
    whole = "".join(text.split())
    if _TOKEN.fullmatch(whole):
        return (whole.encode(),)
    for pattern in (_TOKEN, _CODE):
        for match in pattern.finditer(text):
            found[match[0]] = None
            if len(found) >= MAX_CANDIDATES:
                break
    start, end = text.find("{"), text.rfind("}")
    if 0 <= start < end and any(mark in text for mark in _MARKS):
        found[text[start : end + 1]] = None
    return tuple(candidate.encode("utf-8", "surrogateescape") for candidate in found)


def without_tags(html: str) -> str:
    """Return the text of HTML, roughly: enough to find a token in it."""
    return _TAG.sub(" ", html[:MAX_TEXT])


def from_base64(data: bytes) -> bytes | None:
    """Return what a file holds that is base64 as a whole (line wraps allowed), or None."""
    joined = b"".join(data.split())
    if len(joined) < _BASE64_FROM or not _BASE64.fullmatch(joined):
        return None
    try:
        return base64.b64decode(joined + b"=" * (-len(joined) % 4))
    except binascii.Error:
        return None
