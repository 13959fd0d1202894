"""What a learner holds, as programmes look at it: achievements, their state, facts about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class HoldingState(StrEnum):
    """Whether a held credential counts, as a holdings file states it."""

    VALID = "valid"
    UNVERIFIED = "unverified"
    SELF_ASSERTED = "self-asserted"
    REVOKED = "revoked"
    EXPIRED = "expired"
    INVALID = "invalid"
    NOT_MINE = "not-mine"
    IN_PROGRESS = "in-progress"

    @property
    def certain(self) -> bool:
        """Counts without another step."""
        return self is HoldingState.VALID

    @property
    def possible(self) -> bool:
        """Counts at least when something is confirmed or checked."""
        return self in {HoldingState.VALID, HoldingState.UNVERIFIED, HoldingState.SELF_ASSERTED}


@dataclass(frozen=True, slots=True)
class AwardingBody:
    """Who awarded it: global identifiers (or a programme file's key), legal names, country."""

    identifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    country: str | None = None


@dataclass(frozen=True, slots=True)
class HeldCode:
    """A course code; `institution` None: of whichever body awarded the credential."""

    code: str
    institution: str | None = None


@dataclass(frozen=True, slots=True)
class HeldGrade:
    """A grade as stated; `scales` are the names of its scale, none where it is not stated."""

    value: str
    scales: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """One achievement that the learner holds, with what programmes look at. ECTS are Decimals."""

    id: str
    achievement: tuple[str, ...] = ()
    codes: tuple[HeldCode, ...] = ()
    awarded_by: tuple[AwardingBody, ...] = ()
    titles: tuple[str, ...] = ()
    """The title in every language it has."""
    ects: Decimal | None = None
    eqf: int | None = None
    isced: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    form: str | None = None
    mode: tuple[str, ...] = ()
    grade: HeldGrade | None = None
    awarded: date | None = None
    state: HoldingState = HoldingState.VALID
    attestation_expired: bool = False
    """The attestation is out of date, the achievement is not: it counts, a fresh copy is due."""
    attendance_only: bool = False
    parts: tuple[str, ...] = ()
    """Ids of holdings (or identifiers of achievements) that this one is made of."""
    confirmed: tuple[str, ...] = ()
    """Keys of catalogue items that the person says this is."""

    @property
    def title(self) -> str:
        """Something to call it by: the first title, else the id."""
        return self.titles[0] if self.titles else self.id


@dataclass(frozen=True, slots=True)
class LearnerFacts:
    """What is known about the learner: the field of study, an ISCED-F code."""

    field: str | None = None


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that is held, the learner's facts, and what other awards already counted."""

    credentials: tuple[Holding, ...] = ()
    learner: LearnerFacts = LearnerFacts()
    taken: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """"programme id#award key" -> ids of the credentials counted there."""
    remarks: tuple[tuple[str, str], ...] = ()
    """(JSON pointer, key) of members that mean nothing to the evaluation."""
    planned: tuple[str, ...] = ()
    """What-if: keys of catalogue items to be taken as done, though nobody holds them."""
