"""Programme definitions (mc-programme/1) as frozen values.

The names are those of the format; how its rules are understood is in `wallet.stacking`. What a
learner holds is in `wallet.model.holding`, what an evaluation answers in `wallet.model.assessment`;
both can be imported from here as well.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wallet.model.assessment import (
    Assessment,
    AwardAssessment,
    AwardStatus,
    Bounds,
    Candidate,
    Closing,
    Conflict,
    Counted,
    Missing,
    NotCounted,
    NotCountedReason,
    OpenFact,
    Place,
    RequirementProgress,
    RequirementState,
    RuleProgress,
    Strength,
    ToConfirm,
    Track,
    TrackStep,
)
from wallet.model.credential import Text
from wallet.model.holding import (
    AwardingBody,
    HeldCode,
    HeldGrade,
    Holding,
    Holdings,
    HoldingState,
    LearnerFacts,
)

__all__ = [
    "Amount",
    "Assessment",
    "Award",
    "AwardAssessment",
    "AwardStatus",
    "AwardingBody",
    "Bounds",
    "Candidate",
    "Closing",
    "Conflict",
    "Constraint",
    "ConstraintType",
    "Count",
    "Counted",
    "Each",
    "Equivalence",
    "Fact",
    "GradeRule",
    "HeldCode",
    "HeldGrade",
    "Holding",
    "HoldingState",
    "Holdings",
    "Institution",
    "Item",
    "ItemCode",
    "LearnerFacts",
    "Missing",
    "NotCounted",
    "NotCountedReason",
    "OpenFact",
    "Pathway",
    "PathwayStep",
    "Period",
    "Place",
    "Programme",
    "Requirement",
    "RequirementProgress",
    "RequirementState",
    "RuleProgress",
    "Selector",
    "SelectorKind",
    "Share",
    "Strength",
    "ToConfirm",
    "Track",
    "TrackStep",
]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of ECTS: at least, strictly more than, at most; None is no bound."""

    min: Decimal | None = None
    more_than: Decimal | None = None
    max: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """How many: at least, at most (None: no bound)."""

    min: int = 0
    max: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """From and until, both inclusive; None is open."""

    start: date | None = None
    end: date | None = None

    def includes(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return (self.start is None or day >= self.start) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class GradeRule:
    """At least this grade on this scale; `order` is the scale from worst to best, if given."""

    scale: str
    at_least: str
    order: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Each:
    """What a requirement asks of every single credential that it counts."""

    ects: Amount | None = None
    eqf_min: int | None = None
    eqf_max: int | None = None
    grade: GradeRule | None = None
    awarded: Period | None = None


class SelectorKind(StrEnum):
    """What a selector looks at. The first three combine others."""

    ALL = "all"
    ANY = "any"
    NOT = "not"
    ITEM = "item"
    GROUP = "group"
    TAG = "tag"
    ACHIEVEMENT = "achievement"
    OUTCOMES_ALL = "outcomes-all"
    OUTCOMES_ANY = "outcomes-any"
    INSTITUTION = "institution"
    COUNTRY = "country"
    ISCED = "isced"
    ESCO = "esco"
    FORM = "form"
    MODE = "mode"
    TITLE = "title"
    FIELD_OF_STUDY = "fieldOfStudy"


@dataclass(frozen=True, slots=True)
class Selector:
    """Which credentials may count: a combination (`parts`) or a question (`values`)."""

    kind: SelectorKind
    values: tuple[str, ...] = ()
    parts: tuple["Selector", ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A leaf (`selector` is set: what it counts) or a choice (`choose` among `children`)."""

    key: str
    title: Text
    at: str
    """JSON pointer into the programme file, to look up its source."""
    selector: Selector | None = None
    count: Count | None = None
    ects: Amount | None = None
    each: Each | None = None
    layer: str = ""
    open_pool: bool = False
    choose: Count | None = None
    children: tuple["Requirement", ...] = ()

    @property
    def is_leaf(self) -> bool:
        """Whether it counts credentials itself."""
        return self.selector is not None

    def leaves(self) -> Iterator["Requirement"]:
        """All leaves below, itself if it is one, in the file's order."""
        if self.is_leaf:
            yield self
        for child in self.children:
            yield from child.leaves()

    def everything(self) -> Iterator["Requirement"]:
        """Itself and everything below, in the file's order."""
        yield self
        for child in self.children:
            yield from child.everything()


class ConstraintType(StrEnum):
    """Rules over the whole award."""

    TOTAL = "total"
    DISTINCT = "distinct"
    SHARE = "share"
    COVERAGE = "coverage"
    WINDOW = "window"
    ORDER = "order"
    OVERLAP = "overlap"
    APPROVAL = "approval"
    EXCLUSIVE = "exclusive"


@dataclass(frozen=True, slots=True)
class Share:
    """A bound in ECTS, in number, or in percent of the counted ECTS; all that are set hold."""

    ects: Decimal | None = None
    count: int | None = None
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """One rule over the counted credentials of `over` (empty: of all requirements)."""

    key: str
    type: ConstraintType
    title: Text
    at: str
    over: tuple[str, ...] = ()
    ects: Amount | None = None
    of: str | None = None
    min: int | None = None
    max: int | None = None
    joint_once: bool = False
    where: Selector | None = None
    at_least: Share | None = None
    at_most: Share | None = None
    outcomes: tuple[str, ...] = ()
    months: int | None = None
    anchor_today: bool = False
    before: str | None = None
    after: str | None = None
    advice: bool = False
    layers: tuple[str, ...] = ()
    with_awards: tuple[str, ...] = ()
    by: str | None = None
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """One certificate of the programme and what it asks."""

    key: str
    title: Text
    at: str
    requirements: tuple[Requirement, ...]
    constraints: tuple[Constraint, ...] = ()
    achievement: tuple[str, ...] = ()
    """Identifiers under which the award itself is issued: who holds one has earned it."""
    eqf: int | None = None
    ects: Decimal | None = None
    absorbs: tuple[str, ...] = ()
    accept: frozenset[Strength] = frozenset({Strength.IDENTIFIER, Strength.CODE, Strength.OUTCOMES})

    def leaves(self) -> tuple[Requirement, ...]:
        """All requirements that count credentials, in the file's order."""
        return tuple(leaf for top in self.requirements for leaf in top.leaves())

    def requirement(self, key: str) -> Requirement | None:
        """The requirement of that key, at any depth."""
        found = (r for top in self.requirements for r in top.everything() if r.key == key)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Institution:
    """A university that the programme file knows."""

    key: str
    name: Text
    country: str
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemCode:
    """A course code as an institution (by key) writes it."""

    institution: str
    code: str


@dataclass(frozen=True, slots=True)
class Item:
    """One course, school or module of the catalogue. `awarded_by` are institution keys."""

    key: str
    title: Text
    awarded_by: tuple[str, ...]
    published: bool
    """False: the file marks it as illustrative."""
    achievement: tuple[str, ...] = ()
    codes: tuple[ItemCode, ...] = ()
    ects: Decimal | None = None
    ects_range: tuple[Decimal, Decimal] | None = None
    eqf: int | None = None
    form: str | None = None
    mode: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    isced: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    repeatable: int = 1
    offered: tuple[Period, ...] = ()


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Items of which at most `max` may count together."""

    items: tuple[str, ...]
    max: int = 1


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """One step of a recommended pathway: catalogue items, and the requirement they are for."""

    items: tuple[str, ...]
    requirement: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Pathway:
    """A way to an award that the programme recommends."""

    key: str
    award: str
    title: Text
    steps: tuple[PathwayStep, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Where the value at a JSON pointer comes from: a source's key, or "assumed"."""

    at: str
    source: str
    note: str | None = None

    @property
    def assumed(self) -> bool:
        """Whether nobody published it."""
        return self.source == "assumed"


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme definition, read and checked."""

    id: str
    version: str
    title: Text
    kind: str
    status: str
    """`as-published`, `partly-published` or `illustrative`: how far the rules are known."""
    sources: Mapping[str, str]
    institutions: tuple[Institution, ...]
    catalogue: tuple[Item, ...]
    awards: tuple[Award, ...]
    summary: Text | None = None
    facts: tuple[Fact, ...] = ()
    owned_by: tuple[str, ...] = ()
    audience: Text | None = None
    audience_cycles: tuple[str, ...] = ()
    audience_institutions: tuple[str, ...] = ()
    valid: Period = Period()
    integration: str | None = None
    equivalences: tuple[Equivalence, ...] = ()
    pathways: tuple[Pathway, ...] = ()

    def item(self, key: str) -> Item | None:
        """The catalogue item of that key."""
        return next((item for item in self.catalogue if item.key == key), None)

    def award(self, key: str) -> Award | None:
        """The award of that key."""
        return next((award for award in self.awards if award.key == key), None)

    def institution(self, key: str) -> Institution | None:
        """The institution of that key."""
        return next((one for one in self.institutions if one.key == key), None)

    def facts_at(self, pointer: str) -> tuple[Fact, ...]:
        """The facts stated about a place of the file, or about what contains it."""
        return tuple(
            fact for fact in self.facts if pointer == fact.at or pointer.startswith(fact.at + "/")
        )
