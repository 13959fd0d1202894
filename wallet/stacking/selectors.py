"""Does a course fit a selector? Three answers, with the strength on which the answer rests.

`all` is as strong as its weakest part, `any` as its best, `not` turns yes and no and leaves
"not known". A no rests on a fact too: a course that the catalogue recognises as another item by
its identifier is not this item by that identifier.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from wallet.model.programme import (
    Item,
    LearnerFacts,
    OpenFact,
    Selector,
    SelectorKind,
    Strength,
)
from wallet.stacking.courses import Course
from wallet.stacking.identity import alike

FIELD_DIGITS = 3
"""Digits of an ISCED-F code that tell fields of study apart."""


class Truth(Enum):
    """Yes, no, or not known because the fact is not stated."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """One of three answers; `open` names the facts that would have to be stated or confirmed."""

    truth: Truth
    strength: Strength
    matched: str = ""
    open: tuple[OpenFact, ...] = ()


def fits(selector: Selector, course: Course, learner: LearnerFacts) -> Answer:
    """Answer whether the course fits the selector."""
    if selector.kind is SelectorKind.ALL:
        return _all([fits(part, course, learner) for part in selector.parts])
    if selector.kind is SelectorKind.ANY:
        return _any([fits(part, course, learner) for part in selector.parts])
    if selector.kind is SelectorKind.NOT:
        return _not(fits(selector.parts[0], course, learner))
    return _QUESTIONS[selector.kind](selector.values, course, learner)


# ---- combining ----------------------------------------------------------------------------------


def _weakness(answer: Answer) -> tuple[int, int]:
    return (answer.strength.weakness, len(answer.open))


def _all(answers: list[Answer]) -> Answer:
    no = [answer for answer in answers if answer.truth is Truth.NO]
    if no:
        return min(no, key=_weakness)
    if any(answer.truth is Truth.UNKNOWN for answer in answers):
        return _unknown(*_open(answers))
    return replace(max(answers, key=_weakness), open=_open(answers))


def _any(answers: list[Answer]) -> Answer:
    yes = [answer for answer in answers if answer.truth is Truth.YES]
    if yes:
        return min(yes, key=_weakness)
    unknown = [answer for answer in answers if answer.truth is Truth.UNKNOWN]
    if unknown:
        return _unknown(*_open(unknown))
    return replace(max(answers, key=_weakness), open=_open(answers))


def _not(answer: Answer) -> Answer:
    turned = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}
    return replace(answer, truth=turned[answer.truth], matched="")


def _open(answers: Iterable[Answer]) -> tuple[OpenFact, ...]:
    return tuple(dict.fromkeys(fact for answer in answers for fact in answer.open))


def _unknown(*facts: OpenFact) -> Answer:
    return Answer(Truth.UNKNOWN, Strength.STATED, "", facts)


# ---- the questions ------------------------------------------------------------------------------

_Question = Callable[[tuple[str, ...], Course, LearnerFacts], Answer]


def _item_question(attribute: Callable[[Item], Iterable[str]]) -> _Question:
    def ask(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
        wanted = set(values)
        hits = [m for m in course.matches if not wanted.isdisjoint(attribute(m.item))]
        if hits:
            best = min(hits, key=lambda match: match.strength.weakness)
            return Answer(Truth.YES, best.strength, best.matched)
        # A title that suggests such an item leaves the "no" open, until the learner says so.
        suggests = any(not wanted.isdisjoint(attribute(item)) for item in course.suggested)
        own = course.best_match
        strength = own.strength if own is not None else Strength.ATTRIBUTES
        return Answer(Truth.NO, strength, "", (OpenFact.MATCH,) if suggests else ())

    return ask


def _achievement(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    hit = next((value for value in values if value in course.identifiers), None)
    if hit is not None:
        return Answer(Truth.YES, Strength.IDENTIFIER, hit)
    strength = Strength.IDENTIFIER if course.identifiers else Strength.ATTRIBUTES
    return Answer(Truth.NO, strength)


def _outcomes_all(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    return _outcomes(course.outcomes.issuperset(values), values, course)


def _outcomes_any(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    return _outcomes(not course.outcomes.isdisjoint(values), values, course)


def _outcomes(hit: bool, values: tuple[str, ...], course: Course) -> Answer:
    if hit:
        return Answer(Truth.YES, Strength.OUTCOMES, values[0] if values else "")
    if not course.outcomes:
        return _unknown(OpenFact.OUTCOMES)
    return Answer(Truth.NO, Strength.OUTCOMES)


def _institution(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    if not course.bodies:
        return _unknown(OpenFact.AWARDING_BODY)
    return _attribute(any(body.key in values for body in course.bodies))


def _country(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    countries = [body.country for body in course.bodies]
    if any(country in values for country in countries):
        return _attribute(True)
    if not countries or None in countries:
        return _unknown(OpenFact.AWARDING_BODY)
    return _attribute(False)


def _isced(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    return _prefixes(values, course)


def _prefixes(values: Iterable[str], course: Course) -> Answer:
    wanted = tuple(values)
    if any(code.startswith(wanted) for code in course.isced):
        return _attribute(True)
    # A broad field ("05") says neither yes nor no about a narrower one ("054").
    broad = any(value.startswith(code) for code in course.isced for value in wanted)
    if not course.isced or broad:
        return _unknown(OpenFact.FIELD)
    return _attribute(False)


def _esco(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    if not course.esco:
        return _unknown(OpenFact.OUTCOMES)
    return _attribute(any(value in course.esco for value in values))


def _form(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    if course.form is None:
        return _unknown(OpenFact.FORM)
    return _attribute(course.form in values)


def _mode(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    if not course.mode:
        return _unknown(OpenFact.MODE)
    return _attribute(any(mode in values for mode in course.mode))


def _title(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    for title in course.titles:
        if any(alike(title, value) for value in values):
            return Answer(Truth.YES, Strength.TITLE, title)
    if not course.titles:
        return _unknown(OpenFact.MATCH)
    return _attribute(False)


def _field_of_study(values: tuple[str, ...], course: Course, learner: LearnerFacts) -> Answer:
    if learner.field is None:
        own = (OpenFact.FIELD_OF_STUDY,)
        return _unknown(*own) if course.isced else _unknown(*own, OpenFact.FIELD)
    inside = _prefixes([learner.field[:FIELD_DIGITS]], course)
    return _not(inside) if values == ("outside-learner",) else inside


def _attribute(yes: bool) -> Answer:
    return Answer(Truth.YES if yes else Truth.NO, Strength.ATTRIBUTES)


_QUESTIONS: dict[SelectorKind, _Question] = {
    SelectorKind.ITEM: _item_question(lambda item: (item.key,)),
    SelectorKind.GROUP: _item_question(lambda item: item.groups),
    SelectorKind.TAG: _item_question(lambda item: item.tags),
    SelectorKind.ACHIEVEMENT: _achievement,
    SelectorKind.OUTCOMES_ALL: _outcomes_all,
    SelectorKind.OUTCOMES_ANY: _outcomes_any,
    SelectorKind.INSTITUTION: _institution,
    SelectorKind.COUNTRY: _country,
    SelectorKind.ISCED: _isced,
    SelectorKind.ESCO: _esco,
    SelectorKind.FORM: _form,
    SelectorKind.MODE: _mode,
    SelectorKind.TITLE: _title,
    SelectorKind.FIELD_OF_STUDY: _field_of_study,
}
