"""A case as a search problem: options per credential, trackers per rule, one state for all.

Everything that does not depend on the order of choices is decided here: which courses may count
where in this evaluation, which dates go together, what each choice adds to each rule and costs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from wallet.model.programme import Constraint, ConstraintType, Requirement
from wallet.stacking.calendar import windows
from wallet.stacking.case import Case, Entrant, Rules
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
from wallet.stacking.tree import shortfall

MAX_WAYS = 5000
"""Ways to count one course: a definition with a dozen layers asks for more than anybody reads."""
UNSURE = 10
"""Weakness on top for a course that is not sure."""

Cost = tuple[int, int, int, int, int, int]
"""Planned courses, their ECTS, confirmations; weakness, courses used, their ECTS."""
FREE: Cost = (0, 0, 0, 0, 0, 0)
States = tuple[State, ...]
Allowed = Callable[[Course, Requirement], bool]


class SearchStopped(Exception):
    """The budget is spent; nothing is known but what was proven before."""


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
    gains: tuple[tuple[int, State], ...]
    """(index of the tracker, what it adds)."""


class Problem:
    """The trackers and options of one case in one evaluation; see `problems`."""

    def __init__(
        self,
        case: Case,
        rules: Rules,
        entrants: Sequence[Entrant],
        *,
        generous: bool,
        planning: bool,
        allowed: Allowed,
    ) -> None:
        self._case = case
        self._rules = rules
        self._generous = generous
        self._planning = planning
        self._leaf_trackers = [LeafTracker(leaf, generous) for leaf in case.leaves]
        self._trackers: list[Tracker] = [*self._leaf_trackers]
        self._trackers += list(_rule_trackers(case, rules, generous))
        self._required = len(self._trackers)
        for limit in case.limits:
            if limit.suspected and generous:
                continue
            members = {id(course): number for course, number in limit.members}
            editions = limit.tie is Tie.EDITIONS
            self._trackers.append(LimitTracker(limit.most, members, editions))
        self.start: States = tuple(tracker.start for tracker in self._trackers)
        self.groups = self._make_groups(entrants, allowed)
        self._rest = self._make_rest()
        self._last = self._make_last()
        self._must = self._mandatory()

    # ---- the steps of a search --------------------------------------------------------------

    def step(self, state: States, option: Option) -> States | None:
        """The state with the option chosen, or None where a rule can never hold again."""
        after = list(state)
        for index, gain in option.gains:
            found = self._trackers[index].add(after[index], gain)
            if found is None:
                return None
            after[index] = found
        return tuple(after)

    def settle(self, group: int, state: States) -> States | None:
        """After a group: forget what no later course touches; None where it is hopeless."""
        if self._last[group]:
            after = list(state)
            for index in self._last[group]:
                after[index] = self._trackers[index].start
            state = tuple(after)
        rest = self._rest[group]
        for index in self._must:
            if not self._trackers[index].reachable(state[index], rest[index]):
                return None
        return state

    def holds(self, state: States) -> bool:
        """Whether all rules in force hold."""
        lacking = self.lacks(state, self._rules.requirements)
        return lacking == (0, 0) and all(
            self._trackers[i].holds(state[i])
            for i in range(len(self._leaf_trackers), self._required)
        )

    def lacks(self, state: States, tops: Iterable[str]) -> tuple[int, int]:
        """How many courses and hundredths of ECTS these top requirements still lack."""
        found = {
            leaf.key: (
                max(0, tracker.least_count - state[i][0]),
                max(0, tracker.least_ects - state[i][1]),
            )
            for i, (leaf, tracker) in enumerate(
                zip(self._case.leaves, self._leaf_trackers, strict=True)
            )
        }
        wanted = set(tops)
        lacks = [shortfall(t, found) for t in self._case.award.requirements if t.key in wanted]
        return (sum(lack[0] for lack in lacks), sum(lack[1] for lack in lacks))

    def distance(self, state: States) -> tuple[int, int, int]:
        """How far a state is from holding, roughly: for choosing when not all can be kept."""
        open_rules = sum(
            1
            for i in range(len(self._leaf_trackers), self._required)
            if not self._trackers[i].holds(state[i])
        )
        courses, ects = self.lacks(state, self._rules.requirements)
        return (courses + open_rules, ects, open_rules)

    # ---- making it --------------------------------------------------------------------------

    def _make_groups(
        self, entrants: Sequence[Entrant], allowed: Allowed
    ) -> list[tuple[Option, ...]]:
        by_id: dict[tuple[bool, str], list[Entrant]] = {}
        for entrant in sorted(entrants, key=lambda e: (e.course.planned, e.course.id)):
            by_id.setdefault((entrant.course.planned, entrant.course.id), []).append(entrant)
        groups = []
        for rank, readings in enumerate(by_id.values()):
            options = [o for one in readings for o in self._options(one, rank, allowed)]
            if options:
                groups.append(tuple(options))
        return groups

    def _options(self, entrant: Entrant, rank: int, allowed: Allowed) -> Iterator[Option]:
        layers: dict[str, list[Fit]] = {}
        for fit in entrant.fits:
            usable = fit.possible if self._generous else fit.certain
            barred = not self._rules.constraints.isdisjoint(fit.barred_by)
            if usable and not barred and allowed(entrant.course, fit.requirement):
                layers.setdefault(fit.requirement.layer, []).append(fit)
        if prod(len(fits) + 1 for fits in layers.values()) > MAX_WAYS:
            raise SearchStopped
        keys = [leaf.key for leaf in self._case.leaves]
        for chosen in product(*([None, *fits] for fits in layers.values())):
            picked = tuple(fit for fit in chosen if fit is not None)
            if picked:
                places = tuple(keys.index(fit.requirement.key) for fit in picked)
                yield self._option(entrant.course, rank, picked, places)

    def _option(
        self, course: Course, rank: int, fits: tuple[Fit, ...], places: tuple[int, ...]
    ) -> Option:
        leaves = [fit.requirement.key for fit in fits]
        gains = []
        for index, tracker in enumerate(self._trackers):
            gain = tracker.gain(course, leaves)
            if gain is not None:
                gains.append((index, gain))
        ects = ects_of(course, self._generous)
        weakness = max(fit.strength.weakness for fit in fits)
        unsure = 0
        if self._generous and open_facts(self._case, course, fits):
            weakness += UNSURE
            unsure = 1
        planned = 1 if course.planned else 0
        asked = unsure if self._planning else 0
        cost = (planned, planned * ects, asked, weakness, 1, ects)
        return Option(course, rank, fits, places, cost, tuple(gains))

    def _make_rest(self) -> list[States]:
        """Per group and tracker, the gains of all later options (more than can come true)."""
        rest: list[States] = [() for _ in self.groups]
        later: list[list[State]] = [[] for _ in self._trackers]
        for index in range(len(self.groups) - 1, -1, -1):
            joined = (t.join(gains) for t, gains in zip(self._trackers, later, strict=True))
            rest[index] = tuple(joined)
            for option in self.groups[index]:
                for tracker, gain in option.gains:
                    later[tracker].append(gain)
        return rest

    def _make_last(self) -> list[list[int]]:
        """Per group, the limits that no later option touches."""
        last: dict[int, int] = {}
        for index, group in enumerate(self.groups):
            for option in group:
                for tracker, _ in option.gains:
                    if tracker >= self._required:
                        last[tracker] = index
        ends: list[list[int]] = [[] for _ in self.groups]
        for tracker, index in last.items():
            ends[index].append(tracker)
        return ends

    def _mandatory(self) -> list[int]:
        """Trackers that must hold in the end whatever is chosen."""
        must: set[str] = set()
        waiting = [
            top for top in self._case.award.requirements if top.key in self._rules.requirements
        ]
        while waiting:
            requirement = waiting.pop()
            if requirement.is_leaf:
                must.add(requirement.key)
            elif requirement.choose and requirement.choose.min >= len(requirement.children):
                waiting += requirement.children
        leaves = [i for i, leaf in enumerate(self._case.leaves) if leaf.key in must]
        return leaves + list(range(len(self._leaf_trackers), self._required))


def problems(
    case: Case, rules: Rules, entrants: Sequence[Entrant], *, generous: bool, planning: bool = False
) -> Iterator[Problem]:
    """One problem per stretch of dates that the windows allow; together they are the case.

    `generous` evaluates with everything open answered in the learner's favour. `planning` counts
    confirmations before weakness.
    """
    active = [c for c in case.award.constraints if c.key in rules.constraints]
    rules_of_time = [c for c in active if c.type is ConstraintType.WINDOW]
    for allowed in windows(case, rules_of_time, entrants, generous=generous):
        yield Problem(case, rules, entrants, generous=generous, planning=planning, allowed=allowed)


def _rule_trackers(case: Case, rules: Rules, generous: bool) -> Iterator[Tracker]:
    for rule in case.award.constraints:
        if rule.key in rules.constraints:
            yield from _trackers_of(case, rule, generous)


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
