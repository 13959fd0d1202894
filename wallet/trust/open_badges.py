"""Documents of Open Badges that a person supplies: badge classes, issuers, lists of revocations.

Open Badges 2.0, sections 4.2 to 4.5, and the list of 1.x; the 1EdTech Revocation List Status Method
1.0. All of these are plain JSON that issuers host: nothing but the person who supplies them vouches
for them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from wallet.errors import TooLarge
from wallet.model.credential import JsonObject, is_global

MAX_REVOKED = 100_000
"""Entries of one list."""
MAX_REASON_CHARACTERS = 500

_MEMBERS = frozenset(
    [
        "id",
        "type",
        "name",
        "url",
        "issuer",
        "description",
        "narrative",
        "image",
        "email",
        "kid",
        "error",
        "message",
        "status",
    ]
)
"""What other documents have members of; a badge is not called so."""
_CLASSES = frozenset({"BadgeClass"})
_ISSUERS = frozenset({"Issuer", "Profile"})


class ListKind(StrEnum):
    """Which specification a list of revocations follows."""

    OPEN_BADGES_2 = "RevocationList"
    ONE_EDTECH = "1EdTechRevocationList"


@dataclass(frozen=True, slots=True)
class BadgeDocument:
    """A badge class or an issuer's profile under its own address."""

    id: str
    is_issuer: bool
    document: JsonObject
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A list of revoked badges, as stated."""

    kind: ListKind
    id: str | None
    issuer: str | None
    source: str
    as_of: datetime
    revoked: Mapping[str, str] = field(repr=False)
    """Identifiers of revoked badges, each with the stated reason or ""."""
    stands_in: bool = False
    """Whether it may be asked where its address is not the stated one."""


def badge_document(document: JsonObject, source: str, as_of: datetime) -> BadgeDocument | None:
    """Read a BadgeClass, Issuer or Profile of Open Badges 2.0; None for anything else.

    One without an address of its own cannot be what a badge links to.
    """
    types = set(_texts(document.get("type")))
    own = document.get("id")
    if types.isdisjoint(_CLASSES | _ISSUERS) or not isinstance(own, str) or not is_global(own):
        return None
    return BadgeDocument(own, not types.isdisjoint(_ISSUERS), document, source, as_of)


def linked(
    documents: Iterable[BadgeDocument], address: str | None, *, is_issuer: bool
) -> JsonObject | None:
    """Find the document of an address; of several the one that was supplied last."""
    found = None
    for entry in documents:
        if entry.id == address and entry.is_issuer is is_issuer:
            found = entry.document
    return found


def revocation_list(document: JsonObject, source: str, as_of: datetime) -> RevocationList | None:
    """Read a list of revocations of either specification; None for anything else.

    The list of Open Badges 1.x is an object of identifiers and reasons, without an address or an
    issuer of its own: it can revoke what it names, and clears nothing.

    Raises:
        TooLarge: more than `MAX_REVOKED` entries.
    """
    issuer = document.get("issuer")
    stated = (
        _text(document.get("id")),
        _text(issuer.get("id") if isinstance(issuer, dict) else issuer),
        source,
        as_of,
    )
    if "RevocationList" in _texts(document.get("type")):
        entries = document.get("revokedAssertions", [])
        return RevocationList(ListKind.OPEN_BADGES_2, *stated, _revoked(entries))
    for name in ("revokedCredentials", "revokedCredential"):
        if name in document:
            return RevocationList(ListKind.ONE_EDTECH, *stated, _revoked(document[name]))
    if _is_older_list(document):
        entries = [{"id": name, "revocationReason": why} for name, why in document.items()]
        return RevocationList(ListKind.OPEN_BADGES_2, None, None, source, as_of, _revoked(entries))
    return None


def _is_older_list(document: JsonObject) -> bool:
    """Of version 1.x: only identifiers, each with the reason. Nothing else says what it is."""
    return (
        bool(document)
        and all(isinstance(why, str) for why in document.values())
        and not any(name in _MEMBERS or name.startswith("@") for name in document)
    )


def _revoked(value: object) -> dict[str, str]:
    """Read the entries: an identifier alone, or an object with `id` or `uid` and a reason.

    `revoked` false is an entry that is none (1EdTech, section 3.2).
    """
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_REVOKED:
        raise TooLarge("revocation list", limit=MAX_REVOKED)
    found: dict[str, str] = {}
    for entry in entries:
        if isinstance(entry, str):
            found.setdefault(entry.strip(), "")
        elif isinstance(entry, dict) and entry.get("revoked") is not False:
            reason = _text(entry.get("revocationReason")) or ""
            for name in _names(entry):
                found[name] = reason[:MAX_REASON_CHARACTERS]
    return found


def _names(entry: Mapping[str, Any]) -> Iterator[str]:
    for name in ("id", "uid"):
        value = _text(entry.get(name))
        if value is not None and value.strip():
            yield value.strip()


def _texts(value: object) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if isinstance(entry, str)]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
