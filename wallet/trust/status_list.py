"""Status lists as bits, out of their credential: BitstringStatusList (W3C 1.0) and its forerunners.

Those are StatusList2021 and RevocationList2020, which is packed alike and has no purpose.

The list is itself a signed credential. Here it is only opened; whether its proof holds and whether
its issuer may speak is asked by verification.
"""

import zlib
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import base64url, jws, strict_json

MAX_LIST_BYTES = 16 * 1024 * 1024
"""Of an unpacked list: 134 million entries. A small file can unpack to a thousand times itself."""
MAX_STATUS_BITS = 32
"""Of one entry; four thousand million messages are enough."""
MAX_INDEX_CHARACTERS = 40
"""Of a stated place that a list has not, in the facts."""
MAX_TTL_MILLISECONDS = 10 * 366 * 24 * 3600 * 1000

_LIST_TYPES = frozenset({"BitstringStatusList", "StatusList2021", "RevocationList2020"})
_GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list as its credential states it; times as stated, in the form of XML Schema."""

    id: str | None
    """The credential's id: the address that entries refer to."""
    issuer: str | None
    purpose: str
    """`revocation`, `suspension`, or what else it says; several are joined by a space."""
    credential: bytes
    """The list credential as it was imported: its proof is over these bytes."""
    valid_from: str | None
    valid_until: str | None
    ttl: timedelta | None
    """How long the list may be used after it was fetched, where stated."""
    bits: bytes = field(repr=False)

    @property
    def length(self) -> int:
        """How many entries the list has."""
        return len(self.bits) * 8

    def bit(self, index: int) -> bool:
        """Tell the status of an entry; the first entry is the most significant bit.

        Raises:
            MalformedCredential: the list has no such entry.
        """
        if not 0 <= index < self.length:
            raise MalformedCredential("statusListIndex", index=index)
        return bool(self.bits[index // 8] & (0x80 >> index % 8))

    def status(self, index: int, size: int) -> int:
        """Give the status of an entry of `size` bits, the most significant one first.

        Bitstring Status List 1.0, section 3.2; one bit unless the entry states a `statusSize`.

        Raises:
            MalformedCredential: the list has no such entry, or no entry is so large.
        """
        if not 1 <= size <= MAX_STATUS_BITS:
            raise MalformedCredential("statusSize", size=size)
        places = range(index * size, (index + 1) * size)
        return int("".join(str(int(self.bit(place))) for place in places), 2)


def read(data: bytes) -> StatusList | None:
    """Open a status list credential, as JSON-LD or as JWT; None if it is something else.

    Raises:
        MalformedCredential: a status list whose bits cannot be read.
        TooLarge: beyond the limits of JSON, or more than `MAX_LIST_BYTES` when unpacked.
    """
    document = _document(data)
    subject = document.get("credentialSubject") if document is not None else None
    if document is None or not isinstance(subject, dict) or not _is_list(subject):
        return None
    issuer = document.get("issuer")
    return StatusList(
        id=_text(document.get("id")),
        issuer=_text(issuer.get("id") if isinstance(issuer, dict) else issuer),
        purpose=_purpose(subject.get("statusPurpose", "revocation")),
        credential=data,
        valid_from=_text(document.get("validFrom", document.get("issuanceDate"))),
        valid_until=_text(document.get("validUntil", document.get("expirationDate"))),
        ttl=_ttl(subject.get("ttl")),
        bits=unpack(subject.get("encodedList")),
    )


def unpack(encoded: object) -> bytes:
    """Unpack an `encodedList`: base64url, with or without multibase `u`, of a gzip stream.

    The forerunners only say "base64": with padding and the plain alphabet it is read as well.

    Raises:
        MalformedCredential: it is anything else, or breaks off.
        TooLarge: more than `MAX_LIST_BYTES`.
    """
    if not isinstance(encoded, str):
        raise MalformedCredential("encodedList")
    # A gzip stream begins with 1f 8b, in base64url "H4"; a leading "u" is multibase.
    text = encoded[1:] if encoded.startswith("uH4") else encoded
    plain = any(sign in text for sign in "+/=")
    return unzip(base64url.decode_plain(text) if plain else base64url.decode(text))


def unzip(packed: bytes, window: int = _GZIP, what: str = "encodedList") -> bytes:
    """Unpack one whole stream; `window` is zlib's `wbits`, which says the kind of stream.

    Raises:
        MalformedCredential: it is anything else, or breaks off, or something follows it.
        TooLarge: more than `MAX_LIST_BYTES`.
    """
    unpacker = zlib.decompressobj(window)
    try:
        found = unpacker.decompress(packed, MAX_LIST_BYTES + 1)
    except zlib.error as error:
        raise MalformedCredential(what) from error
    if len(found) > MAX_LIST_BYTES:
        raise TooLarge(what, limit=MAX_LIST_BYTES)
    if not unpacker.eof or unpacker.unused_data:
        raise MalformedCredential(what)
    return found


def _document(data: bytes) -> JsonObject | None:
    """The credential's JSON: as it is, in a JWT, or in the `vc` claim of one."""
    text = data.strip()
    if text.startswith(b"ey"):
        try:
            payload = jws.parse_compact(text.decode("ascii", "replace")).payload
            claims = strict_json.parse_object(payload)
        except MalformedCredential:
            return None
        inner = claims.get("vc")
        return inner if isinstance(inner, dict) else claims
    if not text.startswith(b"{"):
        return None
    value = strict_json.parse(data).value
    return value if isinstance(value, dict) else None


def _is_list(subject: JsonObject) -> bool:
    stated = subject.get("type")
    names: list[Any] = stated if isinstance(stated, list) else [stated]
    return any(isinstance(name, str) and name in _LIST_TYPES for name in names)


def _purpose(stated: object) -> str:
    names = stated if isinstance(stated, list) else [stated]
    return " ".join(name for name in names if isinstance(name, str))


def _ttl(stated: object) -> timedelta | None:
    """`ttl` is in milliseconds (Bitstring Status List 1.0, section 2.2)."""
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) < 16:
        stated = int(stated)
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        return None
    if not 0 <= stated <= MAX_TTL_MILLISECONDS:
        return None
    return timedelta(milliseconds=stated)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
