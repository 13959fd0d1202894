"""What is not certain about a course that counts: every fact that a rule of the award looks at."""

from collections.abc import Iterable, Iterator

from wallet.model.programme import Constraint, ConstraintType, OpenFact
from wallet.stacking.case import Case
from wallet.stacking.courses import Course
from wallet.stacking.eligibility import Fit
from wallet.stacking.selectors import Truth
from wallet.stacking.values import open_value, where_answer


def open_facts(case: Case, course: Course, fits: Iterable[Fit]) -> tuple[OpenFact, ...]:
    """All facts about a counted course that are open, each once; empty: it is sure.

    A fact that no rule looks at is not open: ECTS that are not stated matter only where ECTS are
    asked for.
    """
    counted = tuple(fits)
    found: dict[OpenFact, None] = {}
    for fit in counted:
        found |= dict.fromkeys(fit.open)
    if course.planned:
        return tuple(found)
    if course.ects is None and course.catalogue_ects and _asks_ects(case, counted):
        found[OpenFact.ECTS] = None
    leaves = {fit.requirement.key for fit in counted}
    for rule in case.award.constraints:
        if not case.covered(rule).isdisjoint(leaves):
            found |= dict.fromkeys(_of_rule(case, rule, course))
    return tuple(found)


def _asks_ects(case: Case, fits: Iterable[Fit]) -> bool:
    if any(fit.requirement.ects is not None for fit in fits):
        return True
    kinds = (ConstraintType.TOTAL, ConstraintType.SHARE)
    return any(rule.type in kinds for rule in case.award.constraints)


def _of_rule(case: Case, rule: Constraint, course: Course) -> Iterator[OpenFact]:
    if rule.type is ConstraintType.DISTINCT:
        fact = open_value(rule, course)
        if fact is not None:
            yield fact
    elif rule.type is ConstraintType.SHARE:
        answer = where_answer(rule, course, case.learner)
        if answer.truth is Truth.UNKNOWN:
            yield from (one for one in answer.open if one is not OpenFact.FIELD_OF_STUDY)
    elif rule.type is ConstraintType.COVERAGE:
        if not course.outcomes:
            yield OpenFact.OUTCOMES
    elif rule.type is ConstraintType.WINDOW and course.awarded is None:
        yield OpenFact.AWARDED
