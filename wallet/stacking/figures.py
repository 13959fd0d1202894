"""What a rule over the whole finds and what it asks, in words of every language."""

from collections.abc import Sequence
from decimal import Decimal

from wallet.model.credential import Text
from wallet.model.programme import Amount, Constraint, ConstraintType, Share
from wallet.stacking.case import Case, Placed
from wallet.stacking.checker import Favour, View
from wallet.stacking.courses import Course, decimal_ects
from wallet.stacking.selectors import Truth
from wallet.stacking.values import values_of, where_answer
from wallet.texts import figures as say
from wallet.texts.figures import Say

Figures = tuple[Say | None, Say | None]
"""What there is, and what is asked; None where there is no such."""


def describe(
    case: Case, rule: Constraint, placed: Sequence[Placed], favour: Favour
) -> tuple[Text | None, Text | None]:
    """Return what there is and what is asked, in the rule's own terms."""
    covered = case.covered(rule)
    over = tuple(one for one in placed if any(fit.requirement.key in covered for fit in one.fits))
    found, needed = _figures(case, rule, over, View(case, over, favour))
    return _text(found), _text(needed)


def _text(figure: Say | None) -> Text | None:
    return None if figure is None else say.in_all_languages(figure)


def _figures(case: Case, rule: Constraint, over: Sequence[Placed], view: View) -> Figures:
    if rule.type is ConstraintType.TOTAL:
        return say.ects(decimal_ects(view.total())), _amount(rule.ects)
    if rule.type is ConstraintType.DISTINCT:
        return _values(case, rule, view.courses), say.bound(_number(rule.min), None,
                                                            _number(rule.max))  # fmt: skip
    if rule.type is ConstraintType.SHARE:
        asked = say.bound(_share(rule.at_least), None, _share(rule.at_most))
        return _part(case, rule, view), asked
    if rule.type is ConstraintType.COVERAGE:
        stated = {outcome for course in view.courses for outcome in course.outcomes}
        done = sum(1 for outcome in rule.outcomes if outcome in stated)
        return say.plain(done), say.plain(len(rule.outcomes))
    if rule.type is ConstraintType.WINDOW:
        dates = sorted(c.awarded for c in view.courses if c.awarded is not None)
        length = say.months(rule.months or 0)
        return (say.days(dates[0], dates[-1]) if dates else None), say.bound(most=length)
    if rule.type is ConstraintType.OVERLAP:
        twice = sum(1 for one in over if len(one.fits) > 1)
        return say.plain(twice), say.bound(most=_share(rule.at_most))
    if rule.type is ConstraintType.APPROVAL and rule.by:
        by = rule.by
        return None, lambda t: by
    return None, None


def _number(count: int | None) -> Say | None:
    return None if count is None else say.plain(count)


def _credits(number: Decimal | None) -> Say | None:
    return None if number is None else say.ects(number)


def _amount(amount: Amount | None) -> Say | None:
    if amount is None:
        return None
    return say.bound(_credits(amount.min), _credits(amount.more_than), _credits(amount.max))


def _values(case: Case, rule: Constraint, courses: Sequence[Course]) -> Say | None:
    known = {code for course in courses for code in values_of(rule, course).known}
    return say.listed(_value(case, rule, code) for code in known) if known else None


def _value(case: Case, rule: Constraint, code: str) -> Say:
    institution = case.programme.institution(code) if rule.of == "institution" else None
    if institution is not None:
        name = institution.name
        return lambda t: name.best(t.language)
    kind = rule.of or ""
    if kind.startswith("tag:"):
        return say.value(kind, code.removeprefix(kind.removeprefix("tag:") + "-"))
    if kind == "institution" and code.startswith("name:"):
        return say.value(kind, code.removeprefix("name:").title())
    return say.value(kind, code)


def _part(case: Case, rule: Constraint, view: View) -> Say:
    inside = [c for c in view.courses if where_answer(rule, c, case.learner).truth is Truth.YES]
    bound = rule.at_least or rule.at_most
    if bound is not None and bound.count is not None:
        return say.plain(len(inside))
    ects = sum(view.ects(course) for course in inside)
    if bound is not None and bound.percent is not None:
        whole = view.total()
        return say.percent(Decimal(100 * ects // whole if whole else 0))
    return say.ects(decimal_ects(ects))


def _share(share: Share | None) -> Say | None:
    if share is None:
        return None
    if share.ects is not None:
        return say.ects(share.ects)
    if share.count is not None:
        return say.plain(share.count)
    return None if share.percent is None else say.percent(share.percent)
