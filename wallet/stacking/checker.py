"""A second opinion: recompute every rule from an assignment that is to be shown.

Nothing here knows how the search works: it looks at the whole assignment at once, with sums and
sets, and names what does not hold. What it shares with the search are the facts about single
courses: what they match, and what a selector says of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from wallet.model.programme import (
    Constraint,
    ConstraintType,
    OpenFact,
    Requirement,
    Share,
)
from wallet.stacking.calendar import plus_months
from wallet.stacking.case import Case, Placed, Rules
from wallet.stacking.courses import Course, hundredths
from wallet.stacking.eligibility import within
from wallet.stacking.same import Tie
from wallet.stacking.selectors import Truth
from wallet.stacking.values import Values, values_of, where_answer


class AssignmentDisagrees(Exception):
    """A bug: the search and the checker do not agree. Nothing may be shown."""


@dataclass(frozen=True, slots=True)
class Favour:
    """Whose open facts are answered in the learner's favour."""

    ids: frozenset[str] | None = frozenset()
    """Ids of credentials; None: of all."""
    learner: bool = False
    """Whether the learner's own facts are."""

    def of(self, course: Course) -> bool:
        """Whether this course's open facts are."""
        return self.ids is None or course.id in self.ids


CERTAIN = Favour()
POSSIBLE = Favour(None, True)


@dataclass(frozen=True, slots=True)
class View:
    """What a rule looks at: the courses counted in the leaves it covers, each once."""

    case: Case
    placed: tuple[Placed, ...]
    favour: Favour

    @property
    def courses(self) -> tuple[Course, ...]:
        """The courses, in the order of the assignment."""
        return tuple(one.course for one in self.placed)

    def ects(self, course: Course) -> int:
        """What it counts, in hundredths."""
        return course.possible_ects if self.favour.of(course) else course.certain_ects

    def total(self) -> int:
        """What all count, in hundredths."""
        return sum(self.ects(course) for course in self.courses)


def broken(case: Case, placed: Sequence[Placed], favour: Favour, rules: Rules) -> tuple[str, ...]:
    """Name every rule in force that the assignment breaks; empty: all hold.

    Requirements and constraints are named by key; what holds always (one layer counts once, one
    achievement counts once, only what may count counts) by a word in angle brackets.
    """
    found = [*_always(case, placed, favour, rules)]
    for top in case.award.requirements:
        if top.key in rules.requirements and not satisfied(top, placed, favour):
            found.append(top.key)
    for rule in case.award.constraints:
        if rule.key in rules.constraints and not rule_holds(case, rule, placed, favour):
            found.append(rule.key)
    return tuple(found)


# ---- what always holds --------------------------------------------------------------------------


def _always(case: Case, placed: Sequence[Placed], favour: Favour, rules: Rules) -> list[str]:
    found = []
    if len({(one.course.planned, one.course.id) for one in placed}) < len(placed):
        found.append("<reading>")
    for one in placed:
        layers = [fit.requirement.layer for fit in one.fits]
        if not layers or len(set(layers)) < len(layers):
            found.append("<layer>")
        for fit in one.fits:
            generous = one.course.planned or favour.of(one.course)
            if not (fit.certain or (generous and fit.possible)):
                found.append("<fit>")
            if not rules.constraints.isdisjoint(fit.barred_by):
                found.append(fit.barred_by[0])
    for limit in case.limits:
        counted = [one for one in placed if not (limit.suspected and favour.of(one.course))]
        numbers = [n for member, n in limit.members for one in counted if one.course is member]
        together = len(set(numbers)) if limit.tie is Tie.EDITIONS else len(numbers)
        if together > limit.most:
            found.append("<same>")
    return found


# ---- requirements -------------------------------------------------------------------------------


def counted_in(leaf: Requirement, placed: Sequence[Placed]) -> tuple[Placed, ...]:
    """What counts in a leaf."""
    return tuple(one for one in placed if any(fit.requirement.key == leaf.key for fit in one.fits))


def satisfied(requirement: Requirement, placed: Sequence[Placed], favour: Favour) -> bool:
    """Whether a requirement is satisfied, with everything below it."""
    if requirement.choose is not None and not requirement.is_leaf:
        done = sum(1 for child in requirement.children if satisfied(child, placed, favour))
        choose = requirement.choose
        return done >= choose.min and (choose.max is None or done <= choose.max)
    inside = [one.course for one in counted_in(requirement, placed)]
    if requirement.count is not None:
        most = requirement.count.max
        if len(inside) < requirement.count.min or (most is not None and len(inside) > most):
            return False
    ects = (c.possible_ects if favour.of(c) else c.certain_ects for c in inside)
    return within(requirement.ects, sum(ects))


# ---- rules over the whole -----------------------------------------------------------------------


def rule_holds(case: Case, rule: Constraint, placed: Sequence[Placed], favour: Favour) -> bool:
    """Whether one rule over the whole holds."""
    covered = case.covered(rule)
    over = tuple(one for one in placed if any(fit.requirement.key in covered for fit in one.fits))
    return _RULES[rule.type](rule, View(case, over, favour))


def _total(rule: Constraint, view: View) -> bool:
    return within(rule.ects, view.total())


def _distinct(rule: Constraint, view: View) -> bool:
    known: list[frozenset[str]] = []
    more = doubt = 0
    for course in view.courses:
        found = values_of(rule, course)
        values, unstated = _joint(rule, found, view.favour.of(course))
        if values:
            known.append(values)
        if course.planned:
            continue
        if view.favour.of(course):
            more += unstated
        else:
            doubt += unstated
    every = choices(known) if _once(rule) else {frozenset().union(*known)}
    for chosen in every:
        for extra in range(more + 1):
            number = len(chosen) + extra
            enough = number >= (rule.min or 0)
            if enough and (rule.max is None or number + doubt <= rule.max):
                return True
    return False


def _once(rule: Constraint) -> bool:
    return rule.joint_once and rule.of in {"institution", "country"}


def _joint(rule: Constraint, found: Values, generous: bool) -> tuple[frozenset[str], int]:
    """With `once`, a course is either one of its known values or one that is not stated."""
    if not _once(rule) or not found.unstated:
        return found.known, found.unstated
    if found.known and not generous:
        return found.known, 0
    return frozenset(), 1


def choices(sets: Sequence[frozenset[str]]) -> set[frozenset[str]]:
    """All unions that arise when every set gives exactly one of its values."""
    unions: set[frozenset[str]] = {frozenset()}
    for values in sets:
        unions = {union | {value} for union in unions for value in values}
    return unions


def _share(rule: Constraint, view: View) -> bool:
    low = [c for c in view.courses if _inside(rule, c, view, upper=False)]
    high = [c for c in view.courses if _inside(rule, c, view, upper=True)]
    return _at_least(rule.at_least, low, view) and _at_most(rule.at_most, high, view)


def _inside(rule: Constraint, course: Course, view: View, *, upper: bool) -> bool:
    answer = where_answer(rule, course, view.case.learner)
    if answer.truth is not Truth.UNKNOWN:
        return answer.truth is Truth.YES
    about_learner = OpenFact.FIELD_OF_STUDY in answer.open
    about_course = set(answer.open) != {OpenFact.FIELD_OF_STUDY}
    favoured = (view.favour.learner or not about_learner) and (
        not about_course or (view.favour.of(course) and not course.planned)
    )
    return favoured != upper


def _at_least(bound: Share | None, part: Sequence[Course], view: View) -> bool:
    if bound is None:
        return True
    ects = sum(view.ects(course) for course in part)
    return (
        (bound.ects is None or ects >= hundredths(bound.ects))
        and (bound.count is None or len(part) >= bound.count)
        and (bound.percent is None or 100 * ects >= bound.percent * view.total())
    )


def _at_most(bound: Share | None, part: Sequence[Course], view: View) -> bool:
    if bound is None:
        return True
    ects = sum(view.ects(course) for course in part)
    return (
        (bound.ects is None or ects <= hundredths(bound.ects))
        and (bound.count is None or len(part) <= bound.count)
        and (bound.percent is None or 100 * ects <= bound.percent * view.total())
    )


def _coverage(rule: Constraint, view: View) -> bool:
    stated = {outcome for course in view.courses for outcome in course.outcomes}
    silent = any(
        not course.outcomes and not course.planned and view.favour.of(course)
        for course in view.courses
    )
    return silent or stated.issuperset(rule.outcomes)


def _window(rule: Constraint, view: View) -> bool:
    counted = [course for course in view.courses if not course.planned]
    dates = sorted(course.awarded for course in counted if course.awarded is not None)
    silent = [c for c in counted if c.awarded is None and not view.favour.of(c)]
    if rule.anchor_today:
        return not silent and (not dates or _near(dates[0], view.case.today, rule))
    if silent and len(counted) > 1:
        return False
    return not dates or _near(dates[0], dates[-1], rule)


def _near(first: date, last: date, rule: Constraint) -> bool:
    return plus_months(first, rule.months or 0) >= last


def _order(rule: Constraint, view: View) -> bool:
    case = view.case
    before, after = case.below(rule.before), case.below(rule.after)
    first = _dates(view, before)
    second = _dates(view, after)
    return rule.advice or not first or not second or max(first) <= min(second)


def _dates(view: View, leaves: frozenset[str]) -> list[date]:
    return [
        one.course.awarded
        for one in view.placed
        if one.course.awarded is not None and any(fit.requirement.key in leaves for fit in one.fits)
    ]


def _overlap(rule: Constraint, view: View) -> bool:
    covered = view.case.covered(rule)
    named = frozenset(rule.layers) or frozenset(leaf.layer for leaf in view.case.leaves)
    twice = []
    for one in view.placed:
        layers = {f.requirement.layer for f in one.fits if f.requirement.key in covered}
        if len(layers & named) > 1:
            twice.append(one.course)
    return _at_most(rule.at_most, twice, view)


def _approval(rule: Constraint, view: View) -> bool:
    return view.favour.ids is None


def _exclusive(rule: Constraint, view: View) -> bool:
    return not any(rule.key in fit.barred_by for one in view.placed for fit in one.fits)


_RULES: dict[ConstraintType, Callable[[Constraint, View], bool]] = {
    ConstraintType.TOTAL: _total,
    ConstraintType.DISTINCT: _distinct,
    ConstraintType.SHARE: _share,
    ConstraintType.COVERAGE: _coverage,
    ConstraintType.WINDOW: _window,
    ConstraintType.ORDER: _order,
    ConstraintType.OVERLAP: _overlap,
    ConstraintType.APPROVAL: _approval,
    ConstraintType.EXCLUSIVE: _exclusive,
}
