"""Assertions from before Open Badges 2.0 in its words: version 0.5, and the times of 1.x.

Version 0.5 (2012) put badge class and issuer inside and lay at an address that it does not state;
version 1.x may write its times as seconds since 1970.
"""

from collections.abc import Iterator
from urllib.parse import urljoin

from wallet.formats import dates
from wallet.formats.values import string
from wallet.model.credential import Json, JsonObject

_TIMES = ("issuedOn", "expires")
_MAX_SECONDS = 10**10
"""Ten digits: the year 2286."""
_HASHES = ("sha256$", "sha1$", "md5$")
_KEPT = ("name", "image", "description")


def rewritten(document: JsonObject) -> JsonObject:
    """Return an older assertion in the words of version 2.0; anything else as it is."""
    if _is_oldest(document):
        document = _version_1(document)
    if "verify" not in document or "verification" in document:
        return document
    return {**document, **dict(_times(document))}


def _is_oldest(document: JsonObject) -> bool:
    """Version 0.5 has nothing that says what it is, but an issuer who states an origin."""
    badge = document.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    return (
        isinstance(issuer, dict)
        and string(issuer.get("origin")) is not None
        and isinstance(document.get("recipient"), str)
    )


def _times(document: JsonObject) -> Iterator[tuple[str, str]]:
    for name in _TIMES:
        stated = document.get(name)
        if isinstance(stated, str) and stated.strip().isascii() and stated.strip().isdigit():
            stated = int(stated) if len(stated.strip()) == len(str(_MAX_SECONDS - 1)) else None
        if isinstance(stated, int) and not isinstance(stated, bool) and 0 <= stated < _MAX_SECONDS:
            at = dates.numeric(stated)
            if at is not None:
                yield name, dates.text(at)


def _version_1(document: JsonObject) -> JsonObject:
    badge: JsonObject = document["badge"]
    stated: JsonObject = badge["issuer"]
    origin = string(stated.get("origin")) or ""
    issuer = {"name": stated.get("name"), "url": origin, "email": stated.get("contact")}
    older: dict[str, Json] = {
        "recipient": _recipient(document),
        "issuedOn": document.get("issued_on"),
        "expires": document.get("expires"),
        "evidence": _absolute(document.get("evidence"), origin),
        "badge": {
            **{name: badge[name] for name in _KEPT if name in badge},
            "criteria": _absolute(badge.get("criteria"), origin),
            "issuer": _stated(issuer),
        },
        "verify": {"type": "hosted"},
    }
    return _stated(older)


def _recipient(document: JsonObject) -> JsonObject:
    identity: str = document["recipient"]
    found: dict[str, Json] = {"type": "email", "identity": identity}
    found["hashed"] = identity.lower().startswith(_HASHES)
    if isinstance(document.get("salt"), str):
        found["salt"] = document["salt"]
    return found


def _absolute(stated: object, origin: str) -> str | None:
    """Addresses may be relative to the origin."""
    try:
        return urljoin(origin, stated) if isinstance(stated, str) else None
    except ValueError:
        return None


def _stated(members: JsonObject) -> JsonObject:
    return {name: value for name, value in members.items() if value is not None}
