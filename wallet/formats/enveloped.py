"""Enveloped credentials and presentations (VC Data Model 2.0, section 4.13): a `data:` address.

The envelope is no credential; what was secured is in its address, and is read as it stands there.
"""

import base64
import binascii
from urllib.parse import unquote_to_bytes

from wallet.errors import MalformedCredential
from wallet.formats.values import strings, types
from wallet.model.credential import Json, JsonObject

CONTEXT = "https://www.w3.org/ns/credentials/v2"
TYPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
_NOT_OURS = ("+cose", "+cbor", "/cose", "/cbor")
"""Media types of securings that are known and have no reader here."""


def address(entry: Json) -> str | None:
    """Return the address of an envelope, None of anything else; "" where it states none."""
    if not isinstance(entry, dict) or TYPES.isdisjoint(types(entry)):
        return None
    own = entry.get("id")
    return own if isinstance(own, str) else ""


def is_defined(envelope: JsonObject) -> bool:
    """Tell whether an envelope names the context that says what it is."""
    return CONTEXT in strings(envelope.get("@context"))


def is_readable(address: str) -> bool:
    """Tell whether what is in an address may be for one of our readers, by its media type."""
    media_type = address.partition(",")[0].partition(":")[2].partition(";")[0]
    return not media_type.strip().lower().endswith(_NOT_OURS)


def decode(address: str) -> bytes:
    """Decode a `data:` address (RFC 2397) that stands in a JSON document, and is no larger.

    Raises:
        MalformedCredential: it is none.
    """
    head, comma, tail = address.partition(",")
    if not comma or not head.lower().startswith("data:"):
        raise MalformedCredential("data address")
    data = unquote_to_bytes(tail)
    if not head.lower().endswith(";base64"):
        return data
    try:
        return base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise MalformedCredential("data address") from error
