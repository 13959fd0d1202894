"""What is handed in with an application: one award, what was counted by which rule, and evidence.

The same data makes the audit (rules, digests, how each credential was recognised) and the
supplement (activities, university, obligatory or elective, ECTS, date, grade). ECTS are Decimals.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from wallet.model.assessment import Assessment, AwardAssessment, OpenFact, Strength
from wallet.model.credential import Text
from wallet.model.verification import Standing


class Component(StrEnum):
    """Whether a programme leaves a choice in a requirement."""

    OBLIGATORY = "obligatory"
    ELECTIVE = "elective"


@dataclass(frozen=True, slots=True)
class Activity:
    """One credential that counts in one requirement, and the evidence for it."""

    holding: str
    """The vault's id of the achievement ("ID", "ID#2")."""
    title: Text
    universities: tuple[Text, ...]
    countries: tuple[str, ...]
    requirement: str
    requirement_title: Text
    component: Component
    ects: Decimal
    """What is counted."""
    held_ects: Decimal | None
    """What the credential states; None where it states none."""
    eqf: int | None
    awarded: date | None
    grade: str | None
    grade_scale: str | None
    strength: Strength
    matched: str
    """The identifier or code by which it was recognised; "" where none."""
    open: tuple[OpenFact, ...]
    """What is still to be confirmed or checked; empty: it is certain."""
    confirmed_at: datetime | None
    """When the learner confirmed which course it is, where it rests on that."""
    credential_id: str | None
    """The credential's own identifier, where it has a global one."""
    format: str
    sha256: str
    """Of the bytes as issued."""
    standing: Standing
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Audit:
    """One award of one version of a programme, evaluated at one moment."""

    assessment: Assessment
    award: AwardAssessment
    at: datetime
    definition: str
    """SHA-256 of the programme file."""
    published: str
    """How far the rules are known: `as-published`, `partly-published`, `illustrative`."""
    vouched_by: str | None
    """Who signed the programme file, if anybody did and the signature was checked."""
    learners: tuple[str, ...]
    """The names that the counted credentials state, each once."""
    activities: tuple[Activity, ...]

    @property
    def total(self) -> Decimal:
        """ECTS that count, each credential once."""
        return self.award.used_ects
