"""Token Status Lists of the IETF (JWT and CWT): statuses of one to eight bits, out of their token.

draft-ietf-oauth-status-list, sections 4 and 5. The token is only opened here; whether its signature
holds and whether its signer may speak is asked by verification.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import base64url, cose, jws, strict_json
from wallet.trust.status_list import unzip

MEDIA_TYPES = frozenset({"statuslist+jwt", "statuslist+cwt"})
WIDTHS = frozenset({1, 2, 4, 8})
"""Bits of one status (section 4.1)."""
MAX_SECONDS = 253_402_300_799
"""The last second of the year 9999: what a calendar can hold."""
MAX_TTL = timedelta(days=3660)

_CLAIM = "status_list"
_CWT_CLAIMS = {1: "iss", 2: "sub", 4: "exp", 6: "iat", 65534: "ttl", 65533: _CLAIM}
"""What the claims are called in a CWT (section 5.2)."""

_Claims: TypeAlias = Mapping[str, object]
_Opened: TypeAlias = tuple[jws.Jws, _Claims, str]
"""A token, its claims by their names in a JWT, and the media type that it has to state."""


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
    token: jws.Jws = field(repr=False)
    """The token as it was imported, to be verified."""
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

    What calls itself `statuslist+jwt` or `statuslist+cwt` is one, and so is what has the claim;
    then both are wanted.

    Raises:
        MalformedCredential: one that breaks a rule of section 5, or whose list cannot be read.
        TooLarge: beyond the limits of JSON, JWS or CBOR, or of an unpacked list
            (`MAX_LIST_BYTES`).
    """
    opened = _cwt(data) or _jwt(data)
    if opened is None:
        return None
    token, claims, form = opened
    called = _media_type(token.header)
    stated = claims.get(_CLAIM)
    if called not in MEDIA_TYPES and not (isinstance(stated, dict) and "lst" in stated):
        return None
    if called != form:
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
        token=token,
        statuses=_unpack(stated.get("lst"), form),
    )


def _jwt(data: bytes) -> _Opened | None:
    """A compact JWS around a JSON object, or None."""
    text = data.strip()
    if not text.startswith(b"ey"):
        return None
    try:
        token = jws.parse_compact(text.decode("ascii", "replace"))
        return token, strict_json.parse_object(token.payload), "statuslist+jwt"
    except TooLarge:
        raise
    except MalformedCredential:
        return None


def _cwt(data: bytes) -> _Opened | None:
    """A COSE_Sign1 around a map, or None. Nothing else that is read here begins like one."""
    token = cose.parse(data)
    if token is None:
        return None
    stated = cose.claims(token)
    claims = {name: stated[label] for label, name in _CWT_CLAIMS.items() if label in stated}
    return token, claims, "statuslist+cwt"


def _media_type(header: JsonObject) -> str:
    stated = header.get("typ")
    return stated.lower().removeprefix("application/") if isinstance(stated, str) else ""


def _unpack(stated: object, form: str) -> bytes:
    """`lst`: a zlib stream (RFC 1950), in JSON as base64url."""
    if isinstance(stated, str) and form == "statuslist+jwt":
        stated = base64url.decode(stated)
    if not isinstance(stated, bytes):
        raise MalformedCredential("lst")
    return unzip(stated, zlib.MAX_WBITS, "lst")


def _width(stated: object) -> int:
    if isinstance(stated, bool) or not isinstance(stated, int) or stated not in WIDTHS:
        raise MalformedCredential("bits")
    return stated


def _issuer(claims: _Claims) -> str | None:
    stated = claims.get("iss")
    if stated is not None and not isinstance(stated, str):
        raise MalformedCredential("iss")
    return stated


def _moment(claims: _Claims, name: str) -> datetime | None:
    """A NumericDate. One that cannot be read is no "without an end": it is refused."""
    if name not in claims:
        return None
    return datetime.fromtimestamp(_number(claims[name], name, MAX_SECONDS), UTC)


def _ttl(claims: _Claims) -> timedelta | None:
    """`ttl`: a positive number of seconds."""
    if "ttl" not in claims:
        return None
    seconds = _number(claims["ttl"], "ttl", MAX_SECONDS)
    return min(timedelta(seconds=seconds), MAX_TTL)


def _number(value: object, name: str, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise MalformedCredential(name)
    return value
