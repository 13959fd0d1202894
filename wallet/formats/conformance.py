"""The members of a W3C credential or presentation that have to have a certain form, one by one.

VC Data Model 2.0, sections 4.3 to 4.13 and 5.3 to 5.6; 1.1 says the same of what it knows. These
rules need no vocabulary: they hold in a token as in JSON-LD.
"""

import re
from collections.abc import Iterator

from wallet.formats.values import many
from wallet.model.credential import Json, JsonObject
from wallet.proofs.strict_json import pointer

MAX_BROKEN = 20
"""Members that are named; one is already too many."""

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_DIRECTIONS = ("ltr", "rtl")
_TYPED = {
    "credentialStatus": False,
    "credentialSchema": True,
    "refreshService": False,
    "termsOfUse": False,
    "evidence": False,
}
"""Members that are objects with a type, and whether each has to have an id as well."""
_DIGESTS = ("digestSRI", "digestMultibase")


def is_url(value: object) -> bool:
    """Tell whether a value is one address: a text with a scheme and nothing foreign in it."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def broken_members(document: JsonObject, version: int) -> Iterator[str]:
    """Name the members (as JSON pointers) that have not the form that the data model demands.

    Args:
        document: the credential or presentation.
        version: of the data model, 1 or 2: texts and related resources are defined in 2 alone.
    """
    found = _broken(document, version)
    for _, where in zip(range(MAX_BROKEN), found, strict=False):
        yield where


def _broken(document: JsonObject, version: int) -> Iterator[str]:
    yield from _contexts(document.get("@context"), version)
    if not all(isinstance(entry, str) for entry in many(document.get("type"))):
        yield "/type"
    if "id" in document and not is_url(document["id"]):
        yield "/id"
    for index, subject in enumerate(many(document.get("credentialSubject"))):
        if isinstance(subject, dict) and "id" in subject and not is_url(subject["id"]):
            yield pointer("credentialSubject", index, "id")
    for name, named in _TYPED.items():
        for index, entry in enumerate(many(document.get(name))):
            if not _is_typed(entry, named=named):
                yield pointer(name, index)
    if version > 1:
        yield from _texts(document)
        yield from _related(document.get("relatedResource"))


def _contexts(value: Json, version: int) -> Iterator[str]:
    """Addresses and objects (section 4.3). Tokens of version 1 in use have blanks in theirs."""
    for index, entry in enumerate(many(value)):
        text = is_url(entry) if version > 1 else isinstance(entry, str)
        if not (text or isinstance(entry, dict)):
            yield pointer("@context", index)


def _is_typed(entry: Json, *, named: bool) -> bool:
    """Sections 4.10, 4.11 and 5.4 to 5.6: a type of one or more texts, an id that is an address."""
    if not isinstance(entry, dict):
        return False
    types = many(entry.get("type"))
    if not types or not all(isinstance(item, str) and item for item in types):
        return False
    return is_url(entry["id"]) if "id" in entry else not named


def _texts(document: JsonObject) -> Iterator[str]:
    """Sections 4.6 and 11.1: `name` and `description` of the credential and of its issuer."""
    issuer = document.get("issuer")
    places: list[tuple[tuple[str, ...], JsonObject]] = [((), document)]
    if isinstance(issuer, dict):
        places.append((("issuer",), issuer))
    for path, place in places:
        for name in ("name", "description"):
            if name in place and not all(_is_text(entry) for entry in _entries(place[name])):
                yield pointer(*path, name)


def _entries(value: Json) -> list[Json]:
    """One or many values; null is a value here, and none that is allowed."""
    return value if isinstance(value, list) else [value]


def _is_text(value: Json) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    if not isinstance(value.get("@value"), str) or not value.keys() <= {
        "@value",
        "@language",
        "@direction",
    }:
        return False
    language, direction = value.get("@language", "en"), value.get("@direction", "ltr")
    tagged = isinstance(language, str) and _LANGUAGE.fullmatch(language) is not None
    return tagged and direction in _DIRECTIONS


def _related(value: Json) -> Iterator[str]:
    """Section 5.3: each resource once, by its address, with at least one digest of it."""
    seen: set[str] = set()
    for index, entry in enumerate(many(value)):
        stated = [entry[name] for name in _DIGESTS if name in entry] if _is_object(entry) else []
        texts = [text for digest in stated for text in _entries(digest)]
        sound = bool(texts) and all(isinstance(text, str) and text for text in texts)
        if not sound or not is_url(entry.get("id")) or entry["id"] in seen:
            yield pointer("relatedResource", index)
        else:
            seen.add(entry["id"])


def _is_object(value: Json) -> bool:
    return isinstance(value, dict)
