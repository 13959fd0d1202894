"""Base64url as JOSE means it, and plain base64 for certificates: strictly, both of them.

Python's own decoder drops foreign characters and ignores trailing bits, so that many texts decode
to the same bytes; a signature over such a text would hold for several spellings.
"""

import base64
import binascii
import re

from wallet.errors import MalformedCredential, TooLarge

MAX_CHARACTERS = 16 * 1024 * 1024
"""More than any document limit allows; guards a caller that passes a text unseen."""

_URL_ALPHABET = re.compile(r"[A-Za-z0-9_-]*", re.ASCII)
_PLAIN_ALPHABET = re.compile(r"[A-Za-z0-9+/]*={0,2}", re.ASCII)


def encode(data: bytes) -> str:
    """Encode bytes as unpadded base64url (RFC 7515, section 2)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Decode unpadded base64url: this alphabet only, no padding, no stray trailing bits.

    Raises:
        MalformedCredential: the text is anything else.
        TooLarge: it has more than `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("base64url", limit=MAX_CHARACTERS)
    if _URL_ALPHABET.fullmatch(text) is None or len(text) % 4 == 1:
        raise MalformedCredential("base64url")
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise MalformedCredential("base64url trailing bits")
    return data


def decode_plain(text: str) -> bytes:
    """Decode padded base64 (RFC 4648, section 4), as `x5c` holds certificates.

    Raises:
        MalformedCredential: another alphabet, wrong padding, stray trailing bits.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("base64", limit=MAX_CHARACTERS)
    if _PLAIN_ALPHABET.fullmatch(text) is None:
        raise MalformedCredential("base64")
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise MalformedCredential("base64") from error
    if base64.b64encode(data).decode("ascii") != text:
        raise MalformedCredential("base64 trailing bits")
    return data
