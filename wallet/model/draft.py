"""A programme while a person writes it: every field as it was typed, nothing of it checked yet.

A draft may come from a definition that says more than a form can show. What the form does not show
is kept as the file has it (`rest`), and written back unchanged.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import uuid4

from wallet.model.credential import JsonObject


@dataclass(frozen=True, slots=True)
class DraftUniversity:
    """A university, by a key of the draft's own."""

    key: str
    name: str = ""
    country: str = ""
    """ISO 3166-1 alpha-2."""
    identifier: str = ""
    """Its address in the Research Organization Registry (ROR)."""
    rest: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DraftCourse:
    """A course that may count; `universities` are keys."""

    key: str
    title: str = ""
    universities: tuple[str, ...] = ()
    ects: str = ""
    level: str = ""
    code: str = ""
    identifiers: str = ""
    """Identifiers of the achievement in credentials, with blanks between them."""
    rest: JsonObject = field(default_factory=dict)


class Shape(StrEnum):
    """How much of a module a form can show."""

    OPEN = "open"
    """All of it."""
    KEPT = "kept"
    """It chooses its credentials in a way that the form has no fields for."""
    NESTED = "nested"
    """It is a choice among modules of its own: its title alone."""


@dataclass(frozen=True, slots=True)
class DraftModule:
    """What has to be there: so many of these courses, so many ECTS; keys throughout.

    What is chosen in `courses`, `universities` and `countries` all has to fit; an empty one asks
    for nothing.
    """

    key: str
    title: str = ""
    courses: tuple[str, ...] = ()
    universities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    count: str = ""
    ects: str = ""
    """A number is "at least"; with ">" before it, "more than"."""
    level: str = ""
    shape: Shape = Shape.OPEN
    rest: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule over the whole that the form has no field for. It can be left out, not changed."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class DraftAward:
    """A certificate: its modules, how many of them, and rules over the whole."""

    key: str
    title: str = ""
    modules: tuple[DraftModule, ...] = ()
    needed: str = ""
    """How many of the modules; "" for all."""
    total: str = ""
    universities: str = ""
    countries: str = ""
    months: str = ""
    kept: tuple[KeptRule, ...] = ()
    around: JsonObject = field(default_factory=dict)
    """Key and title of the choice among modules, where the file has one."""
    rest: JsonObject = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole programme. `language` is the one that titles and names are written in."""

    id: str
    language: str
    version: str = "1"
    title: str = ""
    source: str = ""
    """Where the rules are published; "" where nobody has published them."""
    universities: tuple[DraftUniversity, ...] = ()
    courses: tuple[DraftCourse, ...] = ()
    awards: tuple[DraftAward, ...] = ()
    before: JsonObject = field(default_factory=dict)
    """The definition that this one was made from; empty for a new one."""


def modules_at(award: int, draft: DraftAward) -> str:
    """Return the JSON pointer of the list that holds the modules of an award, by its number."""
    inner = "/0/of" if draft.needed.strip() else ""
    return f"/awards/{award}/requirements{inner}"


def next_key(kind: str, taken: frozenset[str]) -> str:
    """Return a key of that kind which is still free: "course-3"."""
    number = 1
    while f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def new_key(kind: str) -> str:
    """Return a key that no other programme has either: what is planned is kept by it."""
    return f"{kind}-{uuid4().hex[:12]}"
