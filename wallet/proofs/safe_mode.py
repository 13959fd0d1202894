"""What a document that is signed as RDF must not contain, found in its JSON before any processing.

An RDF signature covers the graph, not the text. A holder who respells a member (as its address,
as a keyword, as an alias from a context that was slipped in) keeps the signature intact, and who
reads the JSON no longer sees the expiry or the status. So only plain spellings are accepted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from wallet.model.credential import JsonObject
from wallet.proofs.budget import MAX_VALUES, PoisonGraph
from wallet.proofs.contexts import Contexts, UnknownContext
from wallet.proofs.strict_json import pointer

MAX_CONTEXT_ENTRIES = 12
"""Contexts that one @context may name."""
MAX_CONTEXT_LISTS = 8
"""Different @context values in one document: each costs some tens of milliseconds."""

EMBEDDING = frozenset({"verifiableCredential", "endorsement"})
"""Members whose values are credentials of their own, with an @context of their own."""

_VALUE_KEYWORDS = frozenset({"@value", "@language", "@direction", "@type"})

_CREDENTIALS = "https://www.w3.org/2018/credentials#"
_SECURITY = "https://w3id.org/security#"
_CREDENTIAL_TYPES = {
    "VerifiableCredential": f"<{_CREDENTIALS}VerifiableCredential>",
    "VerifiablePresentation": f"<{_CREDENTIALS}VerifiablePresentation>",
}
CREDENTIAL_MEMBERS = {
    name: f"<{_CREDENTIALS}{name}>"
    for name in (
        "issuer",
        "holder",
        "credentialSubject",
        "credentialStatus",
        "verifiableCredential",
        "validFrom",
        "validUntil",
        "issuanceDate",
        "expirationDate",
    )
}
"""Members on which a verdict depends, and what they have to stand for."""
PROOF_MEMBERS = {
    "created": "<http://purl.org/dc/terms/created>",
    "expires": f"<{_SECURITY}expiration>",
    "domain": f"<{_SECURITY}domain>",
    "challenge": f"<{_SECURITY}challenge>",
    "proofPurpose": f"<{_SECURITY}proofPurpose>",
    "verificationMethod": f"<{_SECURITY}verificationMethod>",
}


_Place: TypeAlias = "tuple[_Place, str | int] | None"
"""Where a value is: its owner's place and its own name there. Written out only where one is told,
for most documents have thousands of places and nothing to tell about any."""


@dataclass(frozen=True, slots=True)
class Unsigned:
    """Something in a document that its signature would not cover, and where."""

    term: str
    where: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in the JSON: the contexts that it names, and the first unsafe spelling."""

    addresses: tuple[str, ...]
    unsigned: Unsigned | None
    values: int
    """How many members and entries there are."""
    characters: int
    """How long all names and texts are together."""


def scan(document: JsonObject, contexts: Contexts) -> Scan:
    """Walk a document and look at every member name and every @context.

    Raises:
        UnknownContext: a context that no file stands for, an inline one, or one in a place where
            only an embedded credential has one.
        PoisonGraph: more than `MAX_VALUES`, `MAX_CONTEXT_ENTRIES` or `MAX_CONTEXT_LISTS`.
    """
    addresses: dict[str, None] = {}
    lists: set[str] = set()
    contexts_found, values, characters = _contexts(document)
    for where, value in contexts_found:
        lists.add(repr(value))
        for address in _addresses(value, contexts, where, top=not where):
            addresses[address] = None
    if len(lists) > MAX_CONTEXT_LISTS:
        raise PoisonGraph(limit="context lists")
    aliases = frozenset().union(*(contexts.aliases(address) for address in addresses))
    unsigned = next(_unsafe(document, aliases), None)
    return Scan(tuple(addresses), unsigned, values, characters)


def _contexts(document: JsonObject) -> tuple[list[tuple[str, Any]], int, int]:
    """Find every @context; one outside the document and its embedded credentials is refused.

    Counts values and characters on the way.
    """
    found: list[tuple[str, Any]] = []
    waiting: list[tuple[_Place, Any, bool]] = [(None, document, True)]
    count = characters = 0
    while waiting:
        where, value, embedded = waiting.pop()
        count += 1
        if count > MAX_VALUES:
            raise PoisonGraph(limit="values")
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, dict):
            characters += sum(map(len, value))
            if "@context" in value:
                if not embedded:
                    raise UnknownContext("@context", _pointer(where))
                found.append((_pointer(where), value["@context"]))
            waiting += [
                ((where, name), inner, name in EMBEDDING)
                for name, inner in value.items()
                if name != "@context"
            ]
        elif isinstance(value, list):
            waiting += [((where, i), inner, embedded) for i, inner in enumerate(value)]
    return found, count, characters


def _pointer(place: _Place) -> str:
    parts: list[str | int] = []
    while place is not None:
        place, part = place
        parts.append(part)
    return pointer(*reversed(parts))


def size(value: object) -> tuple[int, int]:
    """Count the members and entries of a JSON value, and the characters of names and texts."""
    waiting = [value]
    count = characters = 0
    while waiting:
        inner = waiting.pop()
        count += 1
        if isinstance(inner, str):
            characters += len(inner)
        elif isinstance(inner, dict):
            characters += sum(map(len, inner))
            waiting += inner.values()
        elif isinstance(inner, list):
            waiting += inner
    return count, characters


def _addresses(value: object, contexts: Contexts, where: str, *, top: bool) -> list[str]:
    entries = value if isinstance(value, list) else [value]
    if len(entries) > MAX_CONTEXT_ENTRIES:
        raise PoisonGraph(limit="contexts")
    addresses = []
    for entry in entries:
        if isinstance(entry, str):
            if entry not in contexts:
                raise UnknownContext(entry, where)
            addresses.append(entry)
        elif not (top and _is_plain_vocabulary(entry)):
            raise UnknownContext("inline @context", where)
    return addresses


def _is_plain_vocabulary(entry: object) -> bool:
    """The one inline context that cannot respell anything: a default vocabulary alone."""
    if not isinstance(entry, dict) or set(entry) != {"@vocab"}:
        return False
    vocabulary = entry["@vocab"]
    return isinstance(vocabulary, str) and vocabulary.startswith(("https:", "http:", "urn:"))


def _unsafe(document: JsonObject, aliases: frozenset[str]) -> Iterator[Unsigned]:
    """Every spelling that could hide or respell a member, in the order of the document."""
    waiting: list[tuple[_Place, Any]] = [(None, document)]
    while waiting:
        where, value = waiting.pop()
        if isinstance(value, dict):
            for name in value:
                if _is_unsafe_name(name, value, aliases):
                    yield Unsigned(name, _pointer((where, name)))
            waiting += [
                ((where, name), inner)
                for name, inner in value.items()
                if isinstance(inner, dict | list) and name != "@context"
            ]
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if isinstance(inner, list):
                    yield Unsigned("array in array", _pointer((where, index)))
                if isinstance(inner, dict | list):
                    waiting.append(((where, index), inner))


def _is_unsafe_name(name: str, owner: JsonObject, aliases: frozenset[str]) -> bool:
    if name == "@context":
        return False
    if name == "@value":
        return not isinstance(owner[name], str | int | float)
    if name.startswith("@"):
        return name not in _VALUE_KEYWORDS or "@value" not in owner
    return ":" in name or name in aliases


def misread_member(
    document: JsonObject, members: dict[str, str], signed: dict[str, int]
) -> Unsigned | None:
    """Compare the members as shown with the properties as signed, by how many values each has.

    Args:
        document: the JSON as shown.
        members: the names in question, and the term each has to stand for.
        signed: how many values the outermost node has for each predicate in the quads.

    Returns:
        The first member that is shown and not signed as that, or signed and not shown as that: it
        was moved to another place, or spelled by an alias.
    """
    for name, term in members.items():
        value = document.get(name)
        shown = 0 if value is None else len(value) if isinstance(value, list) else 1
        if shown != signed.get(term, 0):
            return Unsigned(name, pointer(name))
    return None


def misread_type(document: JsonObject, types: frozenset[str]) -> Unsigned | None:
    """Compare what the document says it is with what is signed; `types` are terms of the root."""
    stated = document.get("type", [])
    names = stated if isinstance(stated, list) else [stated]
    for name, term in _CREDENTIAL_TYPES.items():
        if (name in names) != (term in types):
            return Unsigned(name, "/type")
    return None
