"""One award and everything that could count toward it: the question that is solved and checked."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from wallet.model.programme import (
    Award,
    Constraint,
    Holdings,
    LearnerFacts,
    Programme,
    Requirement,
)
from wallet.stacking.courses import Bodies, Course, held_courses, planned_course
from wallet.stacking.eligibility import (
    Fit,
    Refusal,
    covers,
    eligible,
    exclusive_rules,
    refused_state,
)
from wallet.stacking.same import Limit, limits


@dataclass(frozen=True, slots=True)
class Entrant:
    """A course and the requirements in which it may count."""

    course: Course
    fits: tuple[Fit, ...]
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A course that counts, and where: one requirement per layer."""

    course: Course
    fits: tuple[Fit, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """Which rules are in force: keys of top requirements, keys of constraints."""

    requirements: frozenset[str]
    constraints: frozenset[str]

    def without(self, key: str, *, constraint: bool) -> "Rules":
        """The same without one rule."""
        if constraint:
            return replace(self, constraints=self.constraints - {key})
        return replace(self, requirements=self.requirements - {key})


@dataclass(frozen=True, slots=True)
class Case:
    """One award, the learner, and all courses that may count; `limits` are over all of them."""

    programme: Programme
    award: Award
    learner: LearnerFacts
    today: date
    leaves: tuple[Requirement, ...]
    held: tuple[Entrant, ...]
    items: tuple[Entrant, ...]
    """Catalogue items that are not validly held, as if they were taken. Those that a what-if
    assumes are among `held`."""
    limits: tuple[Limit, ...]
    coverage: dict[str, frozenset[str]] = field(compare=False)
    """By key of a rule over the whole, the keys of the leaves that it looks at."""

    @property
    def all_rules(self) -> Rules:
        """Every rule of the award; advice is no rule."""
        return Rules(
            frozenset(top.key for top in self.award.requirements),
            frozenset(c.key for c in self.award.constraints if not c.advice),
        )

    def below(self, key: str | None) -> frozenset[str]:
        """Keys of the leaves of the requirement of that key."""
        found = self.award.requirement(key) if key is not None else None
        return frozenset(leaf.key for leaf in found.leaves()) if found is not None else frozenset()

    def covered(self, constraint: Constraint) -> frozenset[str]:
        """Keys of the leaves that the rule looks at."""
        return self.coverage[constraint.key]


def courses_of(programme: Programme, holdings: Holdings) -> tuple[Course, ...]:
    """All held credentials in all readings, by id, whatever order they came in."""
    bodies = Bodies(programme, holdings.credentials)
    ordered = sorted(holdings.credentials, key=lambda held: held.id)
    return tuple(c for held in ordered for c in held_courses(programme, held, bodies))


def make_case(
    programme: Programme,
    award: Award,
    courses: tuple[Course, ...],
    holdings: Holdings,
    today: date,
) -> Case:
    """Ask every course whether it may count in every requirement of the award."""
    taken = _taken(programme, award, holdings)
    owned = held_items(courses)
    planned = sorted(
        (
            planned_course(programme, item, assumed=item.key in holdings.planned)
            for item in programme.catalogue
            if item.key not in owned
        ),
        key=lambda course: course.id,
    )
    items = tuple(
        _entrant(award, course, holdings.learner, {}) for course in planned if not course.assumed
    )
    held = tuple(
        _entrant(award, course, holdings.learner, {} if course.planned else taken)
        for course in (*courses, *(course for course in planned if course.assumed))
    )
    return Case(
        programme=programme,
        award=award,
        learner=holdings.learner,
        today=today,
        leaves=award.leaves(),
        held=held,
        items=items,
        limits=limits(programme, [entrant.course for entrant in (*held, *items)]),
        coverage={
            rule.key: frozenset(leaf.key for leaf in award.leaves() if covers(rule, award, leaf))
            for rule in award.constraints
        },
    )


def held_items(courses: Iterable[Course]) -> frozenset[str]:
    """Keys of catalogue items that are held, or would be after a confirmation: never planned.

    A title that suggests several items is taken for the one it is most like.
    """
    best: dict[str, Course] = {}
    for course in courses:
        if course.planned or refused_state(course) is not None or not course.matches:
            continue
        known = best.get(course.id)
        if known is None or course.suggestion_rank > known.suggestion_rank:
            best[course.id] = course
    return frozenset(match.item.key for course in best.values() for match in course.matches)


def _taken(
    programme: Programme, award: Award, holdings: Holdings
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Per exclusive rule: ids that other awards counted, and the leaves the rule looks at."""
    nested = {f"{programme.id}#{key}" for key in absorbed(programme, award)}
    found = {}
    for rule in exclusive_rules(award):
        names = [name for name in rule.with_awards if name not in nested]
        ids = frozenset(one for name in names for one in holdings.taken.get(name, ()))
        leaves = frozenset(leaf.key for leaf in award.leaves() if covers(rule, award, leaf))
        found[rule.key] = (ids, leaves)
    return found


def absorbed(programme: Programme, award: Award) -> frozenset[str]:
    """Keys of all awards nested in this one, and nested in those."""
    found: set[str] = set()
    waiting = list(award.absorbs)
    while waiting:
        key = waiting.pop()
        inner = programme.award(key)
        if key not in found and inner is not None:
            found.add(key)
            waiting += inner.absorbs
    return frozenset(found)


def _entrant(
    award: Award,
    course: Course,
    learner: LearnerFacts,
    taken: dict[str, tuple[frozenset[str], frozenset[str]]],
) -> Entrant:
    found: list[Fit] = []
    refusals: list[Refusal] = []
    for leaf in award.leaves():
        answer = eligible(award, leaf, course, learner)
        if isinstance(answer, Refusal):
            refusals.append(answer)
        elif answer is not None:
            barred = tuple(
                key
                for key, (ids, leaves) in taken.items()
                if course.id in ids and leaf.key in leaves
            )
            found.append(replace(answer, barred_by=barred))
    return Entrant(course, tuple(found), tuple(refusals))
