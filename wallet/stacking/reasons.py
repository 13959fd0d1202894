"""Why a held credential is not counted: one reason each, the one that says most."""

from collections.abc import Sequence

from wallet.model.programme import (
    ConstraintType,
    NotCounted,
    NotCountedReason,
    OpenFact,
    Strength,
)
from wallet.stacking.case import Case, Entrant, Placed
from wallet.stacking.checker import POSSIBLE, rule_holds, satisfied
from wallet.stacking.courses import decimal_ects
from wallet.stacking.eligibility import Fit, least, refused_state
from wallet.stacking.same import Limit, Tie

_BY_FACT = (
    (OpenFact.CHECK, NotCountedReason.NOT_CHECKED),
    (OpenFact.SELF_ASSERTED, NotCountedReason.SELF_ASSERTED),
    (OpenFact.ATTENDANCE, NotCountedReason.ATTENDANCE_ONLY),
    (OpenFact.LEVEL, NotCountedReason.LEVEL_NOT_STATED),
    (OpenFact.APPROVAL, NotCountedReason.NEEDS_APPROVAL),
)
_BY_TIE = {
    Tie.WHOLE_AND_PART: NotCountedReason.PART_OF,
    Tie.SAME: NotCountedReason.DUPLICATE,
    Tie.EDITIONS: NotCountedReason.EDITION_OF,
}


def not_counted(
    case: Case, placed: Sequence[Placed], taken: dict[str, str]
) -> tuple[NotCounted, ...]:
    """Give every held credential that is not among the placed its reason, by id.

    Args:
        case: the award.
        placed: what counts.
        taken: credential id -> the award ("programme#award") in which it is counted elsewhere.
    """
    used = {one.course.id for one in placed if not one.course.planned}
    readings: dict[str, list[Entrant]] = {}
    for entrant in case.held:
        if not entrant.course.planned and entrant.course.id not in used:
            readings.setdefault(entrant.course.id, []).append(entrant)
    return tuple(_reason(case, placed, readings[key], taken) for key in sorted(readings))


def _reason(
    case: Case, placed: Sequence[Placed], readings: Sequence[Entrant], taken: dict[str, str]
) -> NotCounted:
    course = readings[0].course
    never = refused_state(course)
    if never is not None:
        return NotCounted(course.id, never)
    for tie in (Tie.WHOLE_AND_PART, Tie.SAME, Tie.EDITIONS):
        other = _in_the_way(case, placed, readings, tie)
        if other is not None:
            return NotCounted(course.id, _BY_TIE[tie], other=other)
    fits = [fit for reading in readings for fit in reading.fits if fit.certain or fit.possible]
    if fits:
        return _of_fits(case, placed, readings, fits, taken)
    refusals = [refusal for reading in readings for refusal in reading.refusals]
    if refusals:
        first = refusals[0]
        key = first.requirement.key
        return NotCounted(course.id, first.reason, key, None, first.found, first.needed)
    return NotCounted(course.id, NotCountedReason.NO_MATCH)


def _in_the_way(
    case: Case, placed: Sequence[Placed], readings: Sequence[Entrant], tie: Tie
) -> str | None:
    """The counted credential that is the same, another edition, the whole or a part."""
    for limit in case.limits:
        if limit.tie is tie and any(limit.number(r.course) is not None for r in readings):
            inside = _members(limit, placed)
            together = len({n for _, n in inside}) if tie is Tie.EDITIONS else len(inside)
            if together >= limit.most:
                return min(name for name, _ in inside)
    return None


def _members(limit: Limit, placed: Sequence[Placed]) -> list[tuple[str, int]]:
    numbered = ((one.course.id, limit.number(one.course)) for one in placed)
    return [(name, number) for name, number in numbered if number is not None]


def _of_fits(
    case: Case,
    placed: Sequence[Placed],
    readings: Sequence[Entrant],
    fits: Sequence[Fit],
    taken: dict[str, str],
) -> NotCounted:
    course = readings[0].course
    free = [fit for fit in fits if not fit.barred_by]
    if not free:
        where = taken.get(course.id)
        reason = NotCountedReason.COUNTED_ELSEWHERE
        return NotCounted(course.id, reason, fits[0].requirement.key, where)
    sure = [fit for fit in free if fit.certain]
    if not sure:
        facts = {fact for fit in free for fact in fit.open}
        if all(fit.strength is Strength.STATED for fit in free):
            facts.discard(OpenFact.APPROVAL)  # first it has to be stated whether it fits at all
        reason = next((r for f, r in _BY_FACT if f in facts), NotCountedReason.NEEDS_CONFIRMATION)
        return NotCounted(course.id, reason, free[0].requirement.key)
    for fit in sure:
        asked = least(fit.requirement.ects)
        short = course.possible_ects < asked
        if short and not satisfied(fit.requirement, placed, POSSIBLE):
            found, needed = str(decimal_ects(course.possible_ects)), str(decimal_ects(asked))
            reason = NotCountedReason.TOO_FEW_ECTS
            return NotCounted(course.id, reason, fit.requirement.key, None, found, needed)
    if _outside_window(case, placed, readings[0], sure):
        found = str(course.awarded or "")
        return NotCounted(course.id, NotCountedReason.OUTSIDE_DATES, None, None, found)
    return NotCounted(course.id, NotCountedReason.NOT_NEEDED, sure[0].requirement.key)


def _outside_window(
    case: Case, placed: Sequence[Placed], entrant: Entrant, fits: Sequence[Fit]
) -> bool:
    rules = [rule for rule in case.award.constraints if rule.type is ConstraintType.WINDOW]
    for rule in rules:
        if rule_holds(case, rule, placed, POSSIBLE):
            added = [(*placed, Placed(entrant.course, (fit,))) for fit in fits]
            if not any(rule_holds(case, rule, one, POSSIBLE) for one in added):
                return True
    return False
