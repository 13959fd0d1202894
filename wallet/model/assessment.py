"""What an evaluation of a programme answers, as data: the seven parts that are shown.

Per award: met by, missing, could be met by, not counted and why, what next, what cannot hold
together, and what the answer rests on. ECTS are Decimals everywhere.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from wallet.model.credential import Text

LEARNER = "learner"
"""The subject of a `ToConfirm` whose open fact is about the learner, not about a credential."""


class Strength(StrEnum):
    """How a credential was recognised, the strongest first."""

    IDENTIFIER = "identifier"
    CODE = "code"
    OUTCOMES = "outcomes"
    ATTRIBUTES = "attributes"
    CONFIRMED_TITLE = "confirmed-title"
    TITLE = "title"
    STATED = "stated"
    """Nothing speaks against it, but the fact that would decide is not stated."""

    @property
    def weakness(self) -> int:
        """0 for an identifier up to 6."""
        return _WEAKNESS[self]


_WEAKNESS = {strength: number for number, strength in enumerate(Strength)}


class AwardStatus(StrEnum):
    """The three answers, and the honest fourth where the search was not finished."""

    MET = "met"
    MET_IF_CONFIRMED = "met-if-confirmed"
    NOT_MET = "not-met"
    NOT_FINISHED = "not-finished"


class RequirementState(StrEnum):
    """How one requirement or rule stands with the assignment that is shown."""

    MET = "met"
    MET_IF_CONFIRMED = "met-if-confirmed"
    NOT_MET = "not-met"
    NOT_NEEDED = "not-needed"
    """A branch of a choice that another branch made unnecessary."""


class NotCountedReason(StrEnum):
    """Why a held credential is not counted toward an award: one reason each."""

    DUPLICATE = "duplicate"
    PART_OF = "part-of"
    EDITION_OF = "edition-of"
    REVOKED = "revoked"
    FAILED = "failed"
    EXPIRED = "expired"
    NOT_MINE = "not-mine"
    IN_PROGRESS = "in-progress"
    NOT_CHECKED = "not-checked"
    SELF_ASSERTED = "self-asserted"
    ATTENDANCE_ONLY = "attendance-only"
    TOO_FEW_ECTS = "too-few-ects"
    LEVEL_TOO_LOW = "level-too-low"
    LEVEL_NOT_STATED = "level-not-stated"
    GRADE_TOO_LOW = "grade-too-low"
    OTHER_GRADE_SCALE = "other-grade-scale"
    OUTSIDE_DATES = "outside-dates"
    COUNTED_ELSEWHERE = "counted-elsewhere"
    NEEDS_APPROVAL = "needs-approval"
    NEEDS_CONFIRMATION = "needs-confirmation"
    NOT_NEEDED = "not-needed"
    NO_MATCH = "no-match"


class OpenFact(StrEnum):
    """A fact that is not certain, to be answered in the learner's favour or not."""

    CHECK = "check"
    """Not verified: checking it (online, or with newer trust data) decides."""
    SELF_ASSERTED = "self-asserted"
    ATTENDANCE = "attendance"
    MATCH = "match"
    """It looks like the course (title, or a kind of match that the award does not accept)."""
    APPROVAL = "approval"
    """Fits an elective pool by its attributes: the programme's office has to agree."""
    ECTS = "ects"
    """Not stated; the catalogue's number was used."""
    LEVEL = "level"
    GRADE = "grade"
    AWARDED = "awarded"
    AWARDING_BODY = "awarding-body"
    FIELD = "field"
    """The ISCED field of the credential."""
    OUTCOMES = "outcomes"
    FORM = "form"
    MODE = "mode"
    FIELD_OF_STUDY = "field-of-study"
    """The learner's own field of study."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One credential (or planned item) that counts in one requirement."""

    id: str
    """The holding's id, or the catalogue item's key when `planned`."""
    title: Text
    ects: Decimal
    """What is counted: the credential's own, or the catalogue's where it states none."""
    held_ects: Decimal | None
    """What the credential itself states."""
    strength: Strength
    matched: str
    """The identifier, code or item key by which it was recognised; "" where none."""
    open: tuple[OpenFact, ...] = ()
    """What has to be confirmed for it to count; empty: it is certain."""
    planned: bool = False
    fresh_copy: bool = False
    """Its attestation has expired, the achievement has not: fetch a fresh copy."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What one requirement still lacks, or a rule over the whole that does not hold."""

    key: str
    title: Text
    rule: bool = False
    """True: a rule over the whole (`found` of `needed` says how far), False: a requirement."""
    items: int = 0
    ects: Decimal = Decimal(0)
    more_than: bool = False
    """The bound is strict: "more than", and `ects` alone would not be enough."""
    found: Text | None = None
    needed: Text | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A held credential that could count in a requirement, and the one thing in the way."""

    id: str
    title: Text
    fact: OpenFact | None = None
    """What to confirm; None: nothing, it is certain."""
    counted_in: str | None = None
    """The requirement in which it counts now: moving it would serve here."""


@dataclass(frozen=True, slots=True)
class RequirementProgress:
    """A node of the requirement tree, with what met it, what it lacks and what could meet it."""

    key: str
    title: Text
    at: str
    """JSON pointer into the programme file (for `Programme.facts_at`)."""
    state: RequirementState
    met_by: tuple[Counted, ...] = ()
    missing: Missing | None = None
    could_be_met_by: tuple[Candidate, ...] = ()
    open_items: tuple[str, ...] = ()
    """Keys of catalogue items not held that could count here."""
    children: tuple["RequirementProgress", ...] = ()
    choose_min: int | None = None
    """How many of `children` are needed; None for a leaf."""
    choose_max: int | None = None
    needs_items: int = 0
    needs_ects: Decimal = Decimal(0)
    needs_more_than: bool = False
    counted_ects: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class RuleProgress:
    """A rule over the whole award, and how far it holds."""

    key: str
    title: Text
    at: str
    type: str
    """`total`, `distinct`, ... as in the format."""
    state: RequirementState
    found: Text | None = None
    """What there is, in the rule's own terms ("Poland", "13 ECTS"), in every language of ours."""
    needed: Text | None = None
    """What is asked, likewise ("at least 2")."""
    advice: bool = False
    """A recommendation: shown, never in the way."""


@dataclass(frozen=True, slots=True)
class ToConfirm:
    """Something to confirm or check: a credential's id, or `LEARNER`."""

    subject: str
    facts: tuple[OpenFact, ...]
    items: tuple[str, ...] = ()
    """Catalogue items that it would count as, for `confirm`."""


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A held credential that is not counted, and the one reason."""

    id: str
    reason: NotCountedReason
    requirement: str | None = None
    """Key of the requirement that it came nearest to."""
    other: str | None = None
    """The credential it is a duplicate, part or edition of; the award it is counted in."""
    found: str = ""
    needed: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the search was not finished: at least, and at most (None: not known) courses."""

    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class TrackStep:
    """One step of a recommended pathway, and the held credential that did it."""

    items: tuple[str, ...]
    requirement: str | None
    done_by: tuple[str, ...]
    """Ids of held credentials; empty: still to do."""


@dataclass(frozen=True, slots=True)
class Track:
    """A recommended pathway with its own progress."""

    key: str
    title: Text
    steps: tuple[TrackStep, ...]

    @property
    def done(self) -> int:
        """How many steps are done."""
        return sum(1 for step in self.steps if step.done_by)


@dataclass(frozen=True, slots=True)
class AwardAssessment:
    """How far the held credentials bring the learner toward one award."""

    key: str
    title: Text
    status: AwardStatus
    requirements: tuple[RequirementProgress, ...]
    """The tree, for the window. For an award that is not met it shows the held part of the
    first plan, or the most that can be met where there is no plan."""
    rules: tuple[RuleProgress, ...]
    used: tuple[tuple[str, tuple[str, ...]], ...]
    """(requirement key, ids of the credentials counted there), in the file's order."""
    used_ects: Decimal
    missing: tuple[Missing, ...]
    missing_items: int | None
    """Courses in the smallest plan; 0 when nothing is missing, None where no plan exists."""
    missing_ects: Decimal | None
    next: tuple[tuple[str, ...], ...]
    """All smallest plans, each a tuple of item keys; recommended ones first. Empty when nothing
    is missing and when no plan exists."""
    plan_count: int
    """How many smallest plans there are; more than `next` lists only past its limit."""
    to_confirm: tuple[ToConfirm, ...]
    not_counted: tuple[NotCounted, ...]
    blocking: tuple[Missing, ...]
    """For an award that is not met: a smallest set of rules that cannot hold together."""
    earned_by: str | None = None
    """The held credential that is this award itself."""
    approvals: tuple[RuleProgress, ...] = ()
    """Rules that somebody else decides on: at best "met if confirmed"."""
    tracks: tuple[Track, ...] = ()
    bounds: Bounds | None = None
    """Set only where the search was not finished."""
    proven_best: bool = True
    """False: the status is certain, but a lighter assignment than the one shown may exist."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All awards of one version of a programme, evaluated on one day."""

    programme: str
    version: str
    title: Text
    awards: tuple[AwardAssessment, ...]
    on: date
    assumptions: tuple[str, ...] = ()
    """Notes on what the programme file assumes (its facts with source "assumed")."""
    planned: tuple[str, ...] = ()
    """What-if: keys of the catalogue items that were taken as done. They are never earned."""

    def award(self, key: str) -> AwardAssessment:
        """The award of that key. Raises KeyError."""
        for award in self.awards:
            if award.key == key:
                return award
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class Conflict:
    """A credential that two awards would count, of which one excludes the other."""

    holding: str
    counted_in: str
    """The award that has it now ("programme id#award key")."""
    wanted_by: str
    """The award that would count it, and may not."""
    chosen: bool
    """Whether the person decided so."""


@dataclass(frozen=True, slots=True)
class Place:
    """What an award makes of a credential: it counts there, or one reason why it does not."""

    holding: str
    programme: str
    award: str
    requirement: str | None
    """Where it counts, or the requirement that it came nearest to."""
    reason: NotCountedReason | None = None
    """None: it counts."""
    other: str | None = None
    """The award that has it, or the credential it is a duplicate, part or edition of."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What one more course would change for an award."""

    programme: str
    award: str
    title: Text
    items: tuple[str, ...]
    """The course's keys in that programme's catalogue."""
    before: AwardStatus
    after: AwardStatus
    missing_before: int | None
    """Courses in the smallest plan; None where no plan exists."""
    missing_after: int | None

    @property
    def helps(self) -> bool:
        """Whether the award comes nearer."""
        fewer = (
            self.missing_before is not None
            and self.missing_after is not None
            and self.missing_after < self.missing_before
        )
        return (
            fewer
            or (self.before is not self.after)
            or (self.missing_before is None and self.missing_after is not None)
        )
