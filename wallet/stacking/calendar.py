"""Calendar months, and which award dates may count together."""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date
from itertools import product

from wallet.model.programme import Constraint, Requirement
from wallet.stacking.case import Case, Entrant
from wallet.stacking.courses import Course

MONTHS_A_YEAR = 12


def plus_months(day: date, months: int) -> date:
    """The same day so many calendar months later, or the month's last day where it has none."""
    number = day.year * MONTHS_A_YEAR + day.month - 1 + months
    year, month = divmod(number, MONTHS_A_YEAR)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Stretch:
    """What may count together under one window rule."""

    covered: frozenset[str]
    first: date = date.min
    last: date = date.max
    undated: bool = True
    alone: str | None = None
    """Only this credential counts: undated ones are certain of nothing but themselves."""

    def allows(self, course: Course, leaf: Requirement) -> bool:
        """Whether the course may count in the leaf; plans have no date and hold."""
        if leaf.key not in self.covered or course.planned:
            return True
        if self.alone is not None:
            return course.id == self.alone
        if course.awarded is None:
            return self.undated
        return self.first <= course.awarded <= self.last


def windows(
    case: Case, rules: Sequence[Constraint], entrants: Sequence[Entrant], *, generous: bool
) -> Iterator[Callable[[Course, Requirement], bool]]:
    """All ways to keep the window rules, as tests of a course in a requirement."""
    stretches = [_stretches(case, rule, entrants, generous) for rule in rules]
    for together in product(*stretches):
        yield _all_allow(together)


def _all_allow(together: Iterable[Stretch]) -> Callable[[Course, Requirement], bool]:
    every = tuple(together)

    def allowed(course: Course, leaf: Requirement) -> bool:
        return all(stretch.allows(course, leaf) for stretch in every)

    return allowed


def _stretches(
    case: Case, rule: Constraint, entrants: Sequence[Entrant], generous: bool
) -> list[Stretch]:
    covered = case.covered(rule)
    months = rule.months or 0
    inside = [
        e.course
        for e in entrants
        if not e.course.planned and any(fit.requirement.key in covered for fit in e.fits)
    ]
    if rule.anchor_today:
        dates = sorted({c.awarded for c in inside if c.awarded is not None})
        fresh = [day for day in dates if plus_months(day, months) >= case.today]
        first = fresh[0] if fresh else date.max
        return [Stretch(covered, first, undated=generous)]
    dates = sorted({course.awarded for course in inside if course.awarded is not None})
    found: list[Stretch] = []
    for day in dates:
        last = dates[bisect_right(dates, plus_months(day, months)) - 1]
        if not found or last > found[-1].last:
            found.append(Stretch(covered, day, last, undated=generous))
    if not found:
        found.append(Stretch(covered, undated=generous))
    if not generous:
        silent = sorted({course.id for course in inside if course.awarded is None})
        found += [Stretch(covered, alone=one) for one in silent]
    return found
