"""Token Status Lists of the IETF (JWT form): statuses of one to eight bits, out of their token.

draft-ietf-oauth-status-list, sections 4 and 5. The token is only opened here; whether its signature
holds and whether its signer may speak is asked by verification.
"""

import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import base64url, jws, strict_json
from wallet.trust.status_list import unzip

MEDIA_TYPE = "statuslist+jwt"
WIDTHS = frozenset({1, 2, 4, 8})
"""Bits of one status (section 4.1)."""
MAX_SECONDS = 253_402_300_799
"""The last second of the year 9999: what a calendar can hold."""
MAX_TTL = timedelta(days=3660)

_CLAIM = "status_list"


@dataclass(frozen=True, slots=True)
class TokenStatusList:
    """A status list as its token states it."""

    id: str
    """`sub`: the address that credentials refer to."""
    issuer: str | None
    issued: datetime
    expires: datetime | None
    ttl: timedelta | None
    """How long it may be used after it was issued, where stated."""
    width: int
    """Bits of one status: 1, 2, 4 or 8."""
    credential: bytes
    """The token as it was imported: its signature is over these bytes."""
    statuses: bytes = field(repr=False)

    @property
    def length(self) -> int:
        """How many entries the list has."""
        return len(self.statuses) * 8 // self.width

    def status(self, index: int) -> int:
        """Give the status of an entry; the first one is in the least significant bits.

        Raises:
            MalformedCredential: the list has no such entry.
        """
        if not 0 <= index < self.length:
            raise MalformedCredential("idx", index=index)
        place, shift = divmod(index * self.width, 8)
        return self.statuses[place] >> shift & (1 << self.width) - 1


def read(data: bytes) -> TokenStatusList | None:
    """Open a Status List Token; None if it is something else.

    What calls itself `statuslist+jwt` is one, and so is what has the claim; then both are wanted.

    Raises:
        MalformedCredential: one that breaks a rule of section 5.1, or whose list cannot be read.
        TooLarge: beyond the limits of JSON and JWS, or of an unpacked list (`MAX_LIST_BYTES`).
    """
    opened = _opened(data)
    if opened is None:
        return None
    token, claims = opened
    called = _media_type(token.header) == MEDIA_TYPE
    stated = claims.get(_CLAIM)
    if not called and not (isinstance(stated, dict) and "lst" in stated):
        return None
    if not called:
        raise MalformedCredential("typ")
    if not isinstance(stated, dict):
        raise MalformedCredential(_CLAIM)
    address, issued = claims.get("sub"), _moment(claims, "iat")
    if not isinstance(address, str) or not address:
        raise MalformedCredential("sub")
    if issued is None:
        raise MalformedCredential("iat")
    return TokenStatusList(
        id=address,
        issuer=_issuer(claims),
        issued=issued,
        expires=_moment(claims, "exp"),
        ttl=_ttl(claims),
        width=_width(stated.get("bits")),
        credential=data,
        statuses=_unpack(stated.get("lst")),
    )


def _opened(data: bytes) -> tuple[jws.Jws, JsonObject] | None:
    """A compact JWS around a JSON object, or None."""
    text = data.strip()
    if not text.startswith(b"ey"):
        return None
    try:
        token = jws.parse_compact(text.decode("ascii", "replace"))
        return token, strict_json.parse_object(token.payload)
    except TooLarge:
        raise
    except MalformedCredential:
        return None


def _media_type(header: JsonObject) -> str:
    stated = header.get("typ")
    return stated.lower().removeprefix("application/") if isinstance(stated, str) else ""


def _unpack(encoded: object) -> bytes:
    """`lst`: base64url of a zlib stream (RFC 1950)."""
    if not isinstance(encoded, str):
        raise MalformedCredential("lst")
    return unzip(base64url.decode(encoded), zlib.MAX_WBITS, "lst")


def _width(stated: object) -> int:
    if isinstance(stated, bool) or not isinstance(stated, int) or stated not in WIDTHS:
        raise MalformedCredential("bits")
    return stated


def _issuer(claims: JsonObject) -> str | None:
    stated = claims.get("iss")
    if stated is not None and not isinstance(stated, str):
        raise MalformedCredential("iss")
    return stated


def _moment(claims: JsonObject, name: str) -> datetime | None:
    """A NumericDate. One that cannot be read is no "without an end": it is refused."""
    if name not in claims:
        return None
    return datetime.fromtimestamp(_number(claims[name], name, MAX_SECONDS), UTC)


def _ttl(claims: JsonObject) -> timedelta | None:
    """`ttl`: a positive number of seconds."""
    if "ttl" not in claims:
        return None
    seconds = _number(claims["ttl"], "ttl", MAX_SECONDS)
    return min(timedelta(seconds=seconds), MAX_TTL)


def _number(value: object, name: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise MalformedCredential(name)
    return value
