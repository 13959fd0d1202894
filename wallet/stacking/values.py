"""What a course contributes to rules over the whole: its different values, its part of a share."""

from dataclasses import dataclass

from wallet.model.programme import Constraint, LearnerFacts, OpenFact, Strength
from wallet.stacking.courses import Course
from wallet.stacking.selectors import Answer, Truth, fits

ISCED_BROAD = 2
"""Digits of an ISCED-F code that name the broad field."""


@dataclass(frozen=True, slots=True)
class Values:
    """The values a course has, and how many more it has that are not stated."""

    known: frozenset[str]
    unstated: int = 0


def values_of(rule: Constraint, course: Course) -> Values:
    """The course's values of what a `distinct` rule counts."""
    if rule.of == "institution":
        return _stated({body.key for body in course.bodies})
    if rule.of == "country":
        known = frozenset(b.country for b in course.bodies if b.country is not None)
        silent = sum(1 for body in course.bodies if body.country is None)
        return Values(known, silent if course.bodies else 1)
    if rule.of == "mode":
        return _stated(set(course.mode))
    if rule.of == "form":
        return _stated({course.form} if course.form is not None else set())
    if rule.of == "isced2":
        return _stated({c[:ISCED_BROAD] for c in course.isced if len(c) >= ISCED_BROAD})
    prefix = (rule.of or "").removeprefix("tag:") + "-"
    return Values(frozenset(tag for tag in course.tags if tag.startswith(prefix)))


def _stated(values: set[str]) -> Values:
    return Values(frozenset(values), 0 if values else 1)


_FACTS = {
    "institution": OpenFact.AWARDING_BODY,
    "country": OpenFact.AWARDING_BODY,
    "mode": OpenFact.MODE,
    "form": OpenFact.FORM,
    "isced2": OpenFact.FIELD,
}


def open_value(rule: Constraint, course: Course) -> OpenFact | None:
    """The fact to be stated for a `distinct` rule, where it is not."""
    return _FACTS.get(rule.of or "") if values_of(rule, course).unstated else None


def where_answer(rule: Constraint, course: Course, learner: LearnerFacts) -> Answer:
    """Whether the course belongs to the part that a `share` rule looks at."""
    assert rule.where is not None  # noqa: S101 -- share rules have it
    answer = fits(rule.where, course, learner)
    if answer.truth is Truth.YES and (answer.strength is Strength.TITLE or answer.open):
        facts = answer.open or (OpenFact.MATCH,)
        return Answer(Truth.UNKNOWN, answer.strength, answer.matched, facts)
    if answer.truth is Truth.NO and answer.open:
        return Answer(Truth.UNKNOWN, answer.strength, answer.matched, answer.open)
    return answer


def share_answer(
    rule: Constraint, course: Course, learner: LearnerFacts, *, upper: bool, generous: bool
) -> bool:
    """Whether the course is counted in the part, for this bound in this evaluation.

    When certain, `atLeast` counts only the sure ones and `atMost` all that are not excluded; when
    possible, the other way round. What a catalogue does not publish stays uncertain in a plan.
    """
    answer = where_answer(rule, course, learner)
    if answer.truth is not Truth.UNKNOWN:
        return answer.truth is Truth.YES
    learners_own = set(answer.open) <= {OpenFact.FIELD_OF_STUDY}
    if course.planned and not learners_own:
        generous = False
    return generous != upper
