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
    """The award's own number where it has one; else what all three together are."""

    @property
    def known(self) -> bool:
        """Whether there is anything to draw."""
        return self.needed > 0


def earned(award: AwardAssessment, whole: Decimal | None) -> Earned:
    """Add up each counted credential once. `whole` is the award's own number, if it has one."""
    amounts: dict[str, Counted] = {}
    for one in _counted(award.requirements):
        if not one.planned and (one.id not in amounts or amounts[one.id].ects < one.ects):
            amounts[one.id] = one
    certain = sum((one.ects for one in amounts.values() if not one.open), Decimal(0))
    open_ = sum((one.ects for one in amounts.values() if one.open), Decimal(0))
    if whole is None:
        missing = award.missing_ects or Decimal(0)
        return Earned(certain, open_, missing, certain + open_ + missing)
    return Earned(certain, open_, max(whole - certain - open_, Decimal(0)), whole)


def _counted(requirements: Sequence[RequirementProgress]) -> Iterator[Counted]:
    for one in requirements:
        yield from one.met_by
        yield from _counted(one.children)
