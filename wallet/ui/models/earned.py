"""How much of an award is earned: what is certain, apart from what counts only if confirmed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wallet.model.programme import AwardAssessment, Counted, RequirementProgress


@dataclass(frozen=True, slots=True)
class Earned:
    """ECTS of one award."""

    certain: Decimal
    open: Decimal
    """What counts besides, if the person confirms or the issuer can be checked."""
    missing: Decimal
    needed: Decimal
    """The award's own number where it has one; else what all together are."""
    planned: Decimal = Decimal(0)
    """What the person thinks of taking. It is neither earned nor missing."""

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return self.needed > 0


def earned(
    award: AwardAssessment, whole: Decimal | None, then: AwardAssessment | None = None
) -> Earned:
    """Add up each counted credential once.

    `whole` is the award's own number, if it has one; `then` the same award with what is planned.
    """
    amounts = _amounts(award, planned=False)
    certain = sum((one.ects for one in amounts if not one.open), Decimal(0))
    open_ = sum((one.ects for one in amounts if one.open), Decimal(0))
    missing = award.missing_ects or Decimal(0)
    if whole is None:
        whole = certain + open_ + missing
    else:
        missing = max(whole - certain - open_, Decimal(0))
    thought = _amounts(then, planned=True) if then is not None else ()
    planned = min(sum((one.ects for one in thought), Decimal(0)), missing)
    return Earned(certain, open_, missing - planned, whole, planned)


def _amounts(award: AwardAssessment, *, planned: bool) -> tuple[Counted, ...]:
    amounts: dict[str, Counted] = {}
    for one in _counted(award.requirements):
        if one.planned is planned and (one.id not in amounts or amounts[one.id].ects < one.ects):
            amounts[one.id] = one
    return tuple(amounts.values())


def _counted(requirements: Sequence[RequirementProgress]) -> Iterator[Counted]:
    for one in requirements:
        yield from one.met_by
        yield from _counted(one.children)
