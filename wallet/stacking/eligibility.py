"""May this course count in this requirement, with certainty, or if something is confirmed?

The selector, the strength that the award accepts, the state of the credential, and what the
requirement asks of each credential. A refusal keeps its reason, for "not counted, because".
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from wallet.model.programme import (
    Amount,
    Award,
    Constraint,
    ConstraintType,
    Each,
    GradeRule,
    HeldGrade,
    HoldingState,
    LearnerFacts,
    NotCountedReason,
    OpenFact,
    Requirement,
    Strength,
)
from wallet.stacking.courses import Course, decimal_ects, hundredths
from wallet.stacking.selectors import Answer, Truth, fits


@dataclass(frozen=True, slots=True)
class Fit:
    """A course may count in a requirement. Neither certain nor possible: it may not."""

    requirement: Requirement
    strength: Strength
    matched: str
    certain: bool
    possible: bool
    open: tuple[OpenFact, ...] = ()
    """What must be confirmed when it is possible and not certain."""
    barred_by: tuple[str, ...] = ()
    """Keys of `exclusive` rules that keep it out of this requirement."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A course does not count in a requirement whose selector it fits, for this reason."""

    requirement: Requirement
    reason: NotCountedReason
    found: str = ""
    needed: str = ""


_REFUSED_STATES = {
    HoldingState.REVOKED: NotCountedReason.REVOKED,
    HoldingState.INVALID: NotCountedReason.FAILED,
    HoldingState.EXPIRED: NotCountedReason.EXPIRED,
    HoldingState.NOT_MINE: NotCountedReason.NOT_MINE,
    HoldingState.IN_PROGRESS: NotCountedReason.IN_PROGRESS,
}


def refused_state(course: Course) -> NotCountedReason | None:
    """The reason why a credential in this state never counts anywhere, or None."""
    return _REFUSED_STATES.get(course.state)


def eligible(
    award: Award, leaf: Requirement, course: Course, learner: LearnerFacts
) -> Fit | Refusal | None:
    """Decide whether the course may count in the leaf; None where its selector says no."""
    assert leaf.selector is not None  # noqa: S101 -- only leaves are asked
    answer = fits(leaf.selector, course, learner)
    if answer.truth is Truth.NO:
        return None
    if course.planned and not _publishable(answer):
        return None
    never = refused_state(course)
    if never is not None:
        return Refusal(leaf, never)
    doubts = [*answer.open, *_acceptance(award, leaf, answer), *course.open]
    asked = _each(leaf.each, course)
    if asked.refusal is not None:
        reason, found, needed = asked.refusal
        return Refusal(leaf, reason, found, needed)
    certain = not doubts and asked.certain
    doubts += asked.open
    return Fit(
        requirement=leaf,
        # In a what-if what is held comes first: the weakest of all, though nothing is open.
        strength=Strength.STATED if course.assumed else answer.strength,
        matched=answer.matched,
        certain=certain,
        possible=asked.possible,
        open=tuple(dict.fromkeys(doubts)),
        barred_by=(),
    )


def _publishable(answer: Answer) -> bool:
    # What a catalogue does not publish, the learner cannot confirm: plans rest on stated facts,
    # and on the learner's own.
    return answer.truth is Truth.YES or set(answer.open) <= {OpenFact.FIELD_OF_STUDY}


def _acceptance(award: Award, leaf: Requirement, answer: Answer) -> list[OpenFact]:
    open_pool = leaf.open_pool or Strength.ATTRIBUTES in award.accept
    if answer.truth is Truth.UNKNOWN:
        # Once it is stated it will be an attribute, and attributes alone are not enough either.
        alone = OpenFact.OUTCOMES not in answer.open and OpenFact.MATCH not in answer.open
        return [OpenFact.APPROVAL] if alone and not open_pool else []
    if answer.strength is Strength.ATTRIBUTES:
        return [] if open_pool else [OpenFact.APPROVAL]
    return [] if answer.strength in award.accept else [OpenFact.MATCH]


# ---- each ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Asked:
    certain: bool = True
    possible: bool = True
    open: tuple[OpenFact, ...] = ()
    refusal: tuple[NotCountedReason, str, str] | None = None


def _each(each: Each | None, course: Course) -> _Asked:
    if each is None:
        return _Asked()
    answers = [_ects(each.ects, course), _level(each, course), _grade(each.grade, course)]
    answers.append(_awarded(each, course))
    refusal = next((one.refusal for one in answers if one.refusal is not None), None)
    return _Asked(
        certain=all(one.certain for one in answers),
        possible=all(one.possible for one in answers),
        open=tuple(fact for one in answers for fact in one.open),
        refusal=refusal,
    )


def within(amount: Amount | None, ects: int) -> bool:
    """Whether hundredths of ECTS satisfy an amount ("more than 3" is at least 301)."""
    if amount is None:
        return True
    enough = ects >= least(amount)
    return enough and (amount.max is None or ects <= hundredths(amount.max))


def least(amount: Amount | None) -> int:
    """The least number of hundredths that an amount asks for."""
    if amount is None:
        return 0
    strict = 0 if amount.more_than is None else hundredths(amount.more_than) + 1
    return max(strict, 0 if amount.min is None else hundredths(amount.min))


def _ects(amount: Amount | None, course: Course) -> _Asked:
    certain = within(amount, course.certain_ects)
    possible = within(amount, course.possible_ects)
    if not certain and not possible:
        needed = least(amount)
        reason = NotCountedReason.TOO_FEW_ECTS
        if course.possible_ects >= needed:
            reason = NotCountedReason.NOT_NEEDED  # more than the requirement takes of each
        return _Asked(refusal=(reason, _number(course.possible_ects), _bound(amount)))
    return _Asked(certain, possible, () if certain else (OpenFact.ECTS,))


def _number(ects: int) -> str:
    return str(decimal_ects(ects))


def _bound(amount: Amount | None) -> str:
    assert amount is not None  # noqa: S101 -- only a stated amount refuses
    if amount.more_than is not None:
        return f"> {amount.more_than}"
    return str(amount.min if amount.min is not None else amount.max)


def _level(each: Each, course: Course) -> _Asked:
    if each.eqf_min is None and each.eqf_max is None:
        return _Asked()
    needed = str(each.eqf_min if each.eqf_min is not None else each.eqf_max)
    if course.eqf is None:
        if course.planned:
            return _Asked(refusal=(NotCountedReason.LEVEL_NOT_STATED, "", needed))
        return _Asked(certain=False, open=(OpenFact.LEVEL,))
    low = each.eqf_min is not None and course.eqf < each.eqf_min
    high = each.eqf_max is not None and course.eqf > each.eqf_max
    if low or high:
        return _Asked(refusal=(NotCountedReason.LEVEL_TOO_LOW, str(course.eqf), needed))
    return _Asked()


def _grade(rule: GradeRule | None, course: Course) -> _Asked:
    if rule is None or course.planned:
        return _Asked()
    if course.grade is None:
        return _Asked(certain=False, open=(OpenFact.GRADE,))
    found, needed = course.grade.value, f"{rule.at_least} ({rule.scale})"
    same_scale = any(_same_scale(rule.scale, scale) for scale in course.grade.scales)
    if course.grade.scales and not same_scale:
        return _Asked(refusal=(NotCountedReason.OTHER_GRADE_SCALE, found, needed))
    enough = _good_enough(rule, course.grade)
    if enough is None:
        return _Asked(refusal=(NotCountedReason.OTHER_GRADE_SCALE, found, needed))
    if not enough:
        return _Asked(refusal=(NotCountedReason.GRADE_TOO_LOW, found, needed))
    if not course.grade.scales:
        return _Asked(certain=False, open=(OpenFact.GRADE,))
    return _Asked()


def _same_scale(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _good_enough(rule: GradeRule, held: HeldGrade) -> bool | None:
    """None: the grade is not on the rule's scale."""
    if rule.order:
        steps = [_grade_token(step) for step in rule.order]
        needed, found = _grade_token(rule.at_least), _grade_token(held.value)
        if needed not in steps or found not in steps:
            return None
        return steps.index(found) >= steps.index(needed)
    try:
        return Decimal(_grade_token(held.value)) >= Decimal(_grade_token(rule.at_least))
    except InvalidOperation:
        same = _grade_token(held.value) == _grade_token(rule.at_least)
        return True if same else None


def _grade_token(value: str) -> str:
    text = " ".join(value.split()).replace(",", ".").casefold()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number.normalize():f}" if number.is_finite() else text


def _awarded(each: Each, course: Course) -> _Asked:
    if each.awarded is None or course.planned:
        return _Asked()
    if course.awarded is None:
        return _Asked(certain=False, open=(OpenFact.AWARDED,))
    if each.awarded.includes(course.awarded):
        return _Asked()
    start, end = each.awarded.start, each.awarded.end
    needed = f"{start or ''}/{end or ''}"
    return _Asked(refusal=(NotCountedReason.OUTSIDE_DATES, str(course.awarded), needed))


# ---- exclusive ----------------------------------------------------------------------------------


def covers(constraint: Constraint, award: Award, leaf: Requirement) -> bool:
    """Whether the rule looks at what is counted in the leaf."""
    if not constraint.over:
        return True
    for key in constraint.over:
        requirement = award.requirement(key)
        if requirement is not None and any(one.key == leaf.key for one in requirement.leaves()):
            return True
    return False


def exclusive_rules(award: Award) -> tuple[Constraint, ...]:
    """The award's rules that keep out what other awards counted."""
    return tuple(c for c in award.constraints if c.type is ConstraintType.EXCLUSIVE)
