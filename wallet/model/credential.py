"""A format-neutral reading of a credential: who awarded what to whom, and the sixteen elements.

The elements are those of Annex I of the Council Recommendation on micro-credentials (2022/C
243/02), eleven mandatory and five optional, in its order. Everything here is an index of `raw`
and can be read again from it; nothing is computed that the credential does not state.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Any]


class Format(StrEnum):
    """What kind of item this is, as `verify --json` names it."""

    EDC = "edc"
    EDCI_XML = "edci-xml"
    OPEN_BADGE_3 = "open-badge-3"
    OPEN_BADGE_2 = "open-badge-2"
    CLR_2 = "clr-2"
    W3C_VC = "w3c-vc"
    SD_JWT_VC = "sd-jwt-vc"
    PRESENTATION = "presentation"
    STATUS_LIST = "status-list"
    SELF_ASSERTED = "self-asserted"
    SIGNED_DOCUMENT = "signed-document"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages that the credential has; "" where the language is not stated.

    `values` holds (language tag, text) pairs in the file's order, each language once, never empty.
    """

    values: tuple[tuple[str, str], ...]

    def __post_init__(self) -> None:
        if not self.values:
            raise ValueError("a text that is not stated is None, not empty")

    @classmethod
    def plain(cls, text: str, language: str = "") -> "Text":
        """Make a text in one language, or in none that is stated."""
        return cls(((language, text),))

    @property
    def languages(self) -> tuple[str, ...]:
        """The stated language tags, in order."""
        return tuple(tag for tag, _ in self.values if tag)

    def best(self, *languages: str) -> str:
        """Return the text in the first of `languages` it has, else English, else the first."""
        for wanted in (*languages, "en"):
            for tag, text in self.values:
                if tag.split("-")[0].lower() == wanted.split("-")[0].lower():
                    return text
        return self.values[0][1]

    def everything(self) -> Iterator[str]:
        """All texts, for searching."""
        return (text for _, text in self.values)


@dataclass(frozen=True, slots=True)
class Organisation:
    """An issuer, an awarding body or a sealing organisation, as stated."""

    name: Text | None = None
    identifiers: tuple[str, ...] = ()
    """DIDs, addresses, VAT and register numbers, Erasmus codes: global ones only."""
    country: str | None = None
    """ISO 3166-1 alpha-2 where it can be told, else as stated."""

    @property
    def label(self) -> str:
        """The name, else the first identifier, else "" (nothing is stated)."""
        if self.name is not None:
            return self.name.best()
        return self.identifiers[0] if self.identifiers else ""


@dataclass(frozen=True, slots=True)
class Learner:
    """The subject as stated. Identifiers may be salted hashes and then say so."""

    name: str | None = None
    birth_date: str | None = None
    """As stated: time zones in this field are known to lie by a day."""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A term with its address in a vocabulary: an ESCO skill, an ISCED field, a learning mode."""

    label: Text | None = None
    uri: str | None = None


@dataclass(frozen=True, slots=True)
class LearningOutcome:
    """One learning outcome: its text and the skills it is linked to."""

    text: Text | None = None
    skills: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Workload:
    """Notional workload. ECTS and hours are two statements and never converted."""

    ects: Decimal | None = None
    hours: str | None = None
    """As stated ("60", "PT60H"): shown, never computed with."""
    remark: str | None = None
    """A stable word for what is absurd about it ("months"), else None."""


@dataclass(frozen=True, slots=True)
class Level:
    """Level of the learning: EQF 1 to 8, national, QF-EHEA cycle, as far as stated."""

    eqf: int | None = None
    others: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its scale, as stated."""

    value: Text
    scale: Text | None = None


class Element(StrEnum):
    """The European standard elements: eleven mandatory, then five optional."""

    LEARNER = "learner"
    TITLE = "title"
    COUNTRY = "country"
    AWARDING_BODY = "awarding_body"
    ISSUED = "issued"
    LEARNING_OUTCOMES = "learning_outcomes"
    WORKLOAD = "workload"
    LEVEL = "level"
    ASSESSMENT = "assessment"
    PARTICIPATION = "participation"
    QUALITY_ASSURANCE = "quality_assurance"
    PREREQUISITES = "prerequisites"
    SUPERVISION = "supervision"
    GRADE = "grade"
    STACKABILITY = "stackability"
    FURTHER_INFORMATION = "further_information"

    @property
    def mandatory(self) -> bool:
        """Whether Annex I lists it among the eleven."""
        return list(Element).index(self) < 11


@dataclass(frozen=True, slots=True)
class Elements:
    """The sixteen elements of one achievement; None or () is "not stated"."""

    learner: Learner | None = None
    title: Text | None = None
    country: tuple[str, ...] = ()
    awarding_body: tuple[Organisation, ...] = ()
    issued: datetime | None = None
    learning_outcomes: tuple[LearningOutcome, ...] = ()
    workload: Workload | None = None
    level: Level | None = None
    assessment: tuple[Concept, ...] = ()
    participation: tuple[Concept, ...] = ()
    quality_assurance: tuple[Concept, ...] = ()
    prerequisites: tuple[Text, ...] = ()
    supervision: tuple[Concept, ...] = ()
    grade: Grade | None = None
    stackability: tuple[Text, ...] = ()
    further_information: tuple[Text, ...] = ()

    def stated(self) -> tuple[Element, ...]:
        """Which of the sixteen are stated, in order."""
        return tuple(Element(item.name) for item in fields(self) if getattr(self, item.name))

    def missing_mandatory(self) -> tuple[Element, ...]:
        """Which of the eleven are not stated. Empty means: a micro-credential by the standard."""
        stated = self.stated()
        return tuple(e for e in Element if e.mandatory and e not in stated)


@dataclass(frozen=True, slots=True)
class Achievement:
    """What was learned: the elements, and what programmes match on."""

    elements: Elements
    identifiers: tuple[str, ...] = ()
    """Global identifiers of the achievement; document-local ones (`urn:epass:`, blank nodes,
    relative references) identify nothing and are left out."""
    codes: tuple[str, ...] = ()
    """Course codes as the awarding body writes them."""
    isced: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    form: str | None = None
    """The kind of learning opportunity in the words of mc-programme/1, where it can be told."""
    attendance_only: bool = False
    """True when the credential itself says that it confirms participation alone."""


@dataclass(frozen=True, slots=True)
class StatusEntry:
    """One `credentialStatus`: its type, purpose, and everything it states."""

    type: str
    purpose: str = "revocation"
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Defect:
    """What reading found wrong without being unable to read: becomes the `format` check.

    `kind` is a `Reason` of the format check; `where` a JSON pointer; `what` the term or key.
    """

    kind: str
    what: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Credential:
    """A credential, presentation or signed document as read; `raw` is what was issued."""

    raw: bytes
    format: Format
    securing: str
    """`jades`, `xades`, `jwt`, `sd-jwt`, `data-integrity:<suite>`, `Ed25519Signature2020`, ..."""
    document: JsonObject
    """What was signed, parsed: the credential's own JSON."""
    id: str | None = None
    """The stated id, global or not; `global_id` tells."""
    types: tuple[str, ...] = ()
    issuer: Organisation | None = None
    title: Text | None = None
    subject_ids: tuple[str, ...] = ()
    issued: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    achievements: tuple[Achievement, ...] = ()
    status: tuple[StatusEntry, ...] = ()
    languages: tuple[str, ...] = ()
    parts: tuple["Part", ...] = ()
    """Credentials inside: of a presentation, a CLR, an endorsement. Verified by themselves."""
    defects: tuple[Defect, ...] = ()

    @property
    def global_id(self) -> str | None:
        """The id if it means anything outside the document, else None."""
        return self.id if self.id is not None and is_global(self.id) else None

    @property
    def awarding_bodies(self) -> tuple[Organisation, ...]:
        """All awarding bodies of all achievements, each once, else none."""
        bodies = (body for item in self.achievements for body in item.elements.awarding_body)
        return tuple(dict.fromkeys(bodies))

    @property
    def importable(self) -> bool:
        """Whether a wallet can keep it: signed documents and status lists are only checked."""
        return self.format not in {
            Format.PRESENTATION,
            Format.STATUS_LIST,
            Format.SIGNED_DOCUMENT,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """Something inside a credential or presentation: where, and its bytes as they were."""

    path: str
    """What a person reads in `path`: "credential 1", "endorsement 2"."""
    raw: bytes


_LOCAL_PREFIXES = ("urn:epass:", "_:", "#", "/", ".", "?")


def is_global(identifier: str) -> bool:
    """Tell whether an identifier means the same outside the document that states it.

    `urn:epass:...` is numbered from one in every EDC file; blank nodes and relative references
    are local by definition.
    """
    scheme, colon, rest = identifier.partition(":")
    if not colon or not rest or identifier.startswith(_LOCAL_PREFIXES):
        return False
    return scheme[:1].isalpha() and all(c.isalnum() or c in "+-." for c in scheme)


def is_local(identifier: str) -> bool:
    """Tell an identifier that is numbered inside its document from a code that merely is no URI."""
    return identifier.startswith(("urn:epass:", "_:", "#"))


def first(values: Iterable[str]) -> str | None:
    """Return the first value, or None."""
    return next(iter(values), None)
