"""Every way to count every course of a case, what each adds to each rule, and what it costs.

Made once for a case in one evaluation; all searches that ask the same with fewer rules, other
dates or other planned items share it (see `problem`).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import product
from math import prod
from typing import Any

from wallet.model.programme import Constraint, ConstraintType
from wallet.stacking.case import Case, Entrant
from wallet.stacking.courses import Course
from wallet.stacking.doubts import open_facts
from wallet.stacking.eligibility import Fit
from wallet.stacking.same import Tie
from wallet.stacking.trackers import (
    CoverageTracker,
    LeafTracker,
    LimitTracker,
    NeverTracker,
    OrderTracker,
    State,
    TotalTracker,
    Tracker,
    ects_of,
)
from wallet.stacking.trackers_over import (
    DistinctTracker,
    OnceTracker,
    OverlapTracker,
    ShareTracker,
    measures,
)

MAX_WAYS = 5000
"""Ways to count one course: a definition with a dozen layers asks for more than anybody reads."""
UNSURE = 10
"""Weakness on top for a course that is not sure."""

Cost = tuple[int, int, int, int, int, int]
"""Planned courses, their ECTS, confirmations; weakness, courses used, their ECTS."""
Gains = tuple[tuple[int, State], ...]
"""(index of the tracker, what is added to it)."""


class SearchStopped(Exception):
    """The budget is spent; nothing is known but what was proven before."""


class Aim(Enum):
    """What is to be least; the value is how many parts of the cost are looked at, from where."""

    ASSIGNMENT = (0, 1, 3, 4, 5)
    """Confirmations do not come first: the order of the assignment that is shown."""
    PLAN = (0, 1, 2, 3, 4, 5)
    """What is planned, and then how what is held is counted beside it."""
    PRICE = (0, 1, 2)
    """What is planned and what is to be confirmed; how it is counted makes no difference."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to count one course: in these requirements, at this cost."""

    course: Course
    rank: int
    """Place of the credential in the order of ids; planned items come last."""
    fits: tuple[Fit, ...]
    places: tuple[int, ...]
    """Indices of the requirements, for a stable choice among equals."""
    cost: Cost
    gains: Gains
    barred: frozenset[str]
    """Keys of the `exclusive` rules that forbid it."""


@dataclass(frozen=True, slots=True)
class Group:
    """All ways to count one credential, or one planned item, in the order of their places."""

    id: str
    planned: bool
    kind: int
    """Equal for groups that nothing but their ids and dates tells apart."""
    options: tuple[Option, ...]


class Table:
    """The trackers of a case in one evaluation, and all groups of options.

    `generous` answers everything that is open in the learner's favour. The groups are in the
    order of the search: what is held before what may be planned, and within these, what only one
    requirement can use beside what else it can use.
    """

    def __init__(self, case: Case, *, generous: bool) -> None:
        self.case = case
        self.generous = generous
        self.leaves = [LeafTracker(leaf, generous) for leaf in case.leaves]
        self.trackers: list[Tracker] = [*self.leaves]
        self.rule_of: dict[int, str] = {}
        for rule in case.award.constraints:
            for tracker in _trackers_of(case, rule, generous):
                self.rule_of[len(self.trackers)] = rule.key
                self.trackers.append(tracker)
        self.first_limit = len(self.trackers)
        self._limits: dict[int, list[tuple[int, LimitTracker]]] = {}
        for limit in case.limits:
            if not (limit.suspected and generous):
                tracker = LimitTracker(
                    limit.most, {id(c): n for c, n in limit.members}, limit.tie is Tie.EDITIONS
                )
                for course, _ in limit.members:
                    self._limits.setdefault(id(course), []).append((len(self.trackers), tracker))
                self.trackers.append(tracker)
        self.start = tuple(tracker.start for tracker in self.trackers)
        self.fixed = _under_a_maximum(case)
        self._weights: dict[Aim, Mapping[int, int]] = {}
        self._hopeless: dict[Aim, int] = {}
        self.cache: dict[object, Any] = {}
        """What was made of it for some rules; see `layout`."""

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """All options by credential, in the order of the search.

        Raises:
            SearchStopped: there are too many ways to count one course.
        """
        by_id: dict[tuple[bool, str], list[Entrant]] = {}
        entrants = (*self.case.held, *(self.case.items if self.generous else ()))
        for entrant in sorted(entrants, key=lambda e: (e.course.planned, e.course.id)):
            by_id.setdefault((entrant.course.planned, entrant.course.id), []).append(entrant)
        kinds: dict[object, int] = {}
        groups = []
        for rank, ((_, name), readings) in enumerate(by_id.items()):
            options = [option for one in readings for option in self._options(one, rank)]
            options.sort(key=lambda option: option.places)
            if options:
                look = _look(options)
                to_take = options[0].course.to_take
                kind = kinds.setdefault((to_take, look), len(kinds))
                groups.append(Group(name, to_take, kind, tuple(options)))
        return self._in_order(groups)

    def says_more_than(self, certain: "Table") -> bool:
        """Whether anything about what is held is open: false where all that is possible is certain.

        Raises:
            SearchStopped: there are too many ways to count one course.
        """
        if any(rule.type is ConstraintType.APPROVAL for rule in self.case.award.constraints):
            return True
        if any(limit.suspected for limit in self.case.limits):
            return True
        held = [group for group in self.groups if not group.planned]
        if any(option.cost[2] for group in held for option in group.options):
            return True
        known = {group.id: group for group in certain.groups}
        return any(
            group.id not in known or _look(group.options) != _look(known[group.id].options)
            for group in held
        )

    def ordered(self, aim: Aim) -> list[int]:
        """The trackers of which states are compared, besides being looked up.

        Where counting more costs something a requirement's state is hardly ever better than
        another that weighs no less, so it is worth comparing only for prices.
        """
        first = 0 if aim is Aim.PRICE else len(self.leaves)
        return [
            i
            for i, t in enumerate(self.trackers)
            if i >= first and t.ordered and i not in self.fixed
        ]

    @cached_property
    def barring(self) -> frozenset[str]:
        """Keys of the `exclusive` rules that forbid something."""
        return frozenset(key for g in self.groups for o in g.options for key in o.barred)

    def _in_order(self, groups: Sequence[Group]) -> tuple[Group, ...]:
        using = [0] * len(self.leaves)
        for group in groups:
            for leaf in {place for option in group.options for place in option.places}:
                using[leaf] += 1
        turn = {
            leaf: n for n, leaf in enumerate(sorted(range(len(using)), key=lambda i: (using[i], i)))
        }

        def order(group: Group) -> tuple[object, ...]:
            first = min(turn[place] for option in group.options for place in option.places)
            return (group.planned, first, min(o.cost for o in group.options), group.kind, group.id)

        return tuple(sorted(groups, key=order))

    def weights(self, aim: Aim) -> Mapping[int, int]:
        """The cost of every option as one number, by the option's `id`.

        The parts of the cost one above the other, so that sums compare as the tuples do; below
        them, where the aim is an assignment, ids and places, of which the smallest are wanted.
        """
        if aim not in self._weights:
            self._weights[aim] = _weigh(self.groups, aim)
        return self._weights[aim]

    def hopeless(self, aim: Aim) -> int:
        """More than all options together weigh."""
        if aim not in self._hopeless:
            weights = self.weights(aim)
            most = sum(max(weights[id(o)] for o in group.options) for group in self.groups)
            self._hopeless[aim] = 1 << most.bit_length()
        return self._hopeless[aim]

    def _options(self, entrant: Entrant, rank: int) -> Iterator[Option]:
        layers: dict[str, list[Fit]] = {}
        for fit in entrant.fits:
            if fit.possible if self.generous else fit.certain:
                layers.setdefault(fit.requirement.layer, []).append(fit)
        if prod(len(fits) + 1 for fits in layers.values()) > MAX_WAYS:
            raise SearchStopped
        keys = {leaf.key: index for index, leaf in enumerate(self.case.leaves)}
        for chosen in product(*([None, *fits] for fits in layers.values())):
            picked = tuple(fit for fit in chosen if fit is not None)
            if picked:
                places = tuple(keys[fit.requirement.key] for fit in picked)
                yield self._option(entrant.course, rank, picked, places)

    def _option(
        self, course: Course, rank: int, fits: tuple[Fit, ...], places: tuple[int, ...]
    ) -> Option:
        names = [fit.requirement.key for fit in fits]
        touched = [(index, self.trackers[index]) for index in (*places, *self.rule_of)]
        touched += self._limits.get(id(course), ())
        gains = ((index, tracker.gain(course, names)) for index, tracker in touched)
        ects = ects_of(course, self.generous)
        unsure = 1 if self.generous and open_facts(self.case, course, fits) else 0
        weakness = max(fit.strength.weakness for fit in fits) + unsure * UNSURE
        planned = 1 if course.to_take else 0
        return Option(
            course=course,
            rank=rank,
            fits=fits,
            places=places,
            cost=(planned, planned * ects, unsure, weakness, 1, ects),
            gains=tuple((index, gain) for index, gain in gains if gain is not None),
            barred=frozenset(key for fit in fits for key in fit.barred_by),
        )


def _look(options: Iterable[Option]) -> tuple[object, ...]:
    """What the search sees of a course."""
    return tuple([(o.places, o.cost, o.gains, o.barred) for o in options])


def _under_a_maximum(case: Case) -> frozenset[int]:
    """Requirements of which more may be worse: a choice above them must not have too many."""
    found: set[str] = set()
    for top in case.award.requirements:
        for one in top.everything():
            if one.choose is not None and one.choose.max is not None:
                found |= {leaf.key for leaf in one.leaves()}
    return frozenset(i for i, leaf in enumerate(case.leaves) if leaf.key in found)


def _weigh(groups: Sequence[Group], aim: Aim) -> Mapping[int, int]:
    many = len(groups)
    ranks = sorted(group.options[0].rank for group in groups)
    turn = {rank: number for number, rank in enumerate(ranks)}
    widths = [
        sum(max(o.cost[part] for o in group.options) for group in groups).bit_length()
        for part in aim.value
    ]
    digit = max((len(group.options) for group in groups), default=1).bit_length()
    found = {}
    for group in groups:
        for number, option in enumerate(group.options):
            weight = 0
            for part, width in zip(aim.value, widths, strict=True):
                weight = (weight << width) + option.cost[part]
            if aim is not Aim.PRICE:
                back = many - 1 - turn[option.rank]
                weight = (weight << many + many.bit_length()) + (1 << many) - (1 << back)
                weight = (weight << digit * many) + (number << digit * back)
            found[id(option)] = weight
    return found


def _trackers_of(case: Case, rule: Constraint, generous: bool) -> Iterator[Tracker]:
    covered = case.covered(rule)
    if rule.type is ConstraintType.TOTAL:
        yield TotalTracker(rule, covered, generous)
    elif rule.type is ConstraintType.DISTINCT:
        made = OnceTracker if rule.joint_once and _of_bodies(rule) else DistinctTracker
        yield made(rule, covered, generous)
    elif rule.type is ConstraintType.SHARE:
        for upper, bound in ((False, rule.at_least), (True, rule.at_most)):
            for measure in measures(bound):
                yield ShareTracker(
                    rule, covered, generous, learner=case.learner, measure=measure, upper=upper
                )
    elif rule.type is ConstraintType.COVERAGE:
        yield CoverageTracker(rule, covered, generous)
    elif rule.type is ConstraintType.ORDER and not rule.advice:
        before, after = case.below(rule.before), case.below(rule.after)
        yield OrderTracker(before & covered, after & covered)
    elif rule.type is ConstraintType.OVERLAP and rule.at_most is not None:
        layers = {leaf.key: leaf.layer for leaf in case.leaves}
        named = frozenset(rule.layers) or frozenset(layers.values())
        for measure in measures(rule.at_most):
            yield OverlapTracker(
                layers,
                named,
                covered=covered,
                generous=generous,
                bound=rule.at_most,
                measure=measure,
            )
    elif rule.type is ConstraintType.APPROVAL and not generous:
        yield NeverTracker()


def _of_bodies(rule: Constraint) -> bool:
    return rule.of in {"institution", "country"}
