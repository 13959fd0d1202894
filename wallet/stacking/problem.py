"""A case as a search problem: one state for all rules, steps between states, and what is hopeless.

A problem asks for some rules in one stretch of dates (`layout`); the state has one part for each
tracker of the `table`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from wallet.model.programme import Requirement
from wallet.stacking.case import Rules
from wallet.stacking.layout import Layout, Move, layouts
from wallet.stacking.table import Aim, Gains, Table
from wallet.stacking.trackers import State
from wallet.stacking.tree import NOTHING, Lack, least_shortfall, shortfall

States = tuple[State, ...]
ECTS_BITS = 40
"""Room for the hundredths of ECTS that are lacking, below the number of courses."""


class Problem:
    """Which rules must hold, and which as nearly as possible; see `problems`."""

    def __init__(self, layout: Layout, rules: Rules, soft: Collection[str]) -> None:
        self.layout = layout
        self.table = layout.table
        self.end = layout.end
        self.run_end = layout.run_end
        self.moves = layout.moves
        trackers = self.table.trackers
        tops = self.table.case.award.requirements
        self.tops = tuple(top for top in tops if top.key in rules.requirements)
        self.soft = tuple(top for top in tops if top.key in soft)
        self._trees = [top for top in self.tops if not top.is_leaf]
        keys = {top.key for top in self.tops if top.is_leaf}
        self._must = {i for i, leaf in enumerate(self.table.case.leaves) if leaf.key in keys}
        rule_of = self.table.rule_of
        self._active = [(i, trackers[i]) for i in rule_of if rule_of[i] in rules.constraints]
        inactive = {i for i in rule_of if rule_of[i] not in rules.constraints}
        if inactive:
            self.moves = [_without(moves, inactive) for moves in layout.moves]
        self.start: States = self.table.start
        self._entered: tuple[tuple[int, States] | None] | None = None

    def enter(self) -> tuple[int, States] | None:
        """The least weight that may be enough, and the first state; None where it is hopeless."""
        if self._entered is None:
            self._entered = (self._enter(),)
        return self._entered[0]

    def _enter(self) -> tuple[int, States] | None:
        before = self._settle(0, (), self.start)
        if before is None:
            return None
        least = self.least(0, before)
        return None if least >= self.layout.hopeless else (least + self._lack(0, before), before)

    # ---- the steps of a search --------------------------------------------------------------

    def step(self, state: States, gains: Gains) -> States | None:
        """The state with these gains, or None where a rule can never hold again."""
        after = list(state)
        trackers = self.table.trackers
        for index, gain in gains:
            found = trackers[index].add(after[index], gain)
            if found is None:
                return None
            after[index] = found
        return tuple(after)

    def settle(self, group: int, state: States) -> States | None:
        """After a group: forget what makes no difference any more; None where it is hopeless."""
        return self._settle(group + 1, self.layout.last[group], state)

    def _settle(self, group: int, ends: Iterable[int], state: States) -> States | None:
        coming = self.layout.coming[group]
        after: list[State] | None = None
        for index, tracker in self._active:
            before = state[index]
            settled = tracker.settle(before, coming[index])
            if settled is None:
                return None
            if settled is not before:
                after = after or list(state)
                after[index] = settled
        if ends:
            after = after or list(state)
            for index in ends:
                after[index] = self.start[index]
        return tuple(after) if after is not None else state

    def least(self, group: int, state: States) -> int:
        """The least weight that may complete the requirements with this and later groups."""
        bounds = self.layout.bounds
        rest = bounds.rest[group]
        found = sum([rest[leaf][state[leaf]] for leaf in self._must])
        return found + sum([bounds.of(top, group, state) for top in self._trees])

    def bound(
        self, groups: tuple[int, int], states: tuple[States, States], before: int
    ) -> int | None:
        """A lower bound on what must still be chosen from `groups[1]` and `states[1]` on.

        It was `before` at `groups[0]`, and the groups between are one run. What requirements that
        need not hold lack comes on top, and weighs more than all choices. None: there is no way.
        """
        (group, later), (state, reached) = groups, states
        bounds = self.layout.bounds
        if self.soft or (self._trees and not self._must.issuperset(bounds.touched[group])):
            found = self.least(later, reached)
        else:
            found, here, there = before, bounds.rest[group], bounds.rest[later]
            for leaf in bounds.touched[group]:
                if leaf in self._must:
                    found += there[leaf][reached[leaf]] - here[leaf][state[leaf]]
        if found >= self.layout.hopeless:
            return None
        return found + self._lack(later, reached) if self.soft else found

    def done(self, group: int, state: States, bound: int) -> bool:
        """Whether all rules in force hold and nothing more needs to be chosen."""
        if not self.soft:
            return bound == 0 and self.holds(state)
        exact = group == self.end or bound == self._packed(self.lacks(state, self.soft))
        return exact and self.holds(state)

    def holds(self, state: States) -> bool:
        """Whether all rules in force hold."""
        return all([tracker.holds(state[i]) for i, tracker in self._active]) and (
            self.lacks(state, self.tops) == NOTHING
        )

    # ---- how much is lacking ----------------------------------------------------------------

    def lacks(self, state: States, tops: Iterable[Requirement]) -> Lack:
        """How many courses and hundredths of ECTS these top requirements still lack."""
        found = self._lacking(state, {})
        lacks = [shortfall(top, found) for top in tops]
        return (sum(lack[0] for lack in lacks), sum(lack[1] for lack in lacks))

    def distance(self, state: States) -> tuple[int, int, int]:
        """How far a state is from holding, roughly: for choosing when not all can be kept."""
        open_rules = sum(1 for i, tracker in self._active if not tracker.holds(state[i]))
        courses, ects = self.lacks(state, self.tops)
        return (courses + open_rules, ects, open_rules)

    def _lacking(self, state: States, rest: Mapping[int, Lack]) -> dict[str, Lack]:
        return {
            leaf.key: tracker.lacks(state[i], rest.get(i, NOTHING))
            for i, (leaf, tracker) in enumerate(
                zip(self.table.case.leaves, self.table.leaves, strict=True)
            )
        }

    def _lack(self, group: int, state: States) -> int:
        """The least that requirements which need not hold will lack, as a weight."""
        if not self.soft:
            return 0
        if group == self.end:
            return self._packed(self.lacks(state, self.soft))
        coming = dict(enumerate(self.layout.coming[group][: len(self.table.leaves)]))
        found = self._lacking(state, coming)
        lacks = [least_shortfall(top, found) for top in self.soft]
        return self._packed((sum(lack[0] for lack in lacks), sum(lack[1] for lack in lacks)))

    def _packed(self, lack: Lack) -> int:
        return ((lack[0] << ECTS_BITS) + lack[1]) * self.layout.hopeless

    # ---- which states are as good as others -------------------------------------------------

    def covers(self, some: States, other: States) -> bool:
        """Whether all that can follow one ordered part can follow the other too."""
        for tracker, one, two in zip(self.layout.comparing, some, other, strict=True):
            if one != two and not tracker.covers(one, two):
                return False
        return True

    def as_good(self, state: States, other: States) -> bool:
        """Whether all that can follow one state can follow the other too."""
        for index, tracker in enumerate(self.table.trackers):
            one, two = state[index], other[index]
            if one != two and (index in self.table.fixed or not tracker.covers(one, two)):
                return False
        return True


def _without(moves: Iterable[Move], inactive: Collection[int]) -> tuple[Move, ...]:
    """The same moves without what they add to rules that are not in force."""
    return tuple(
        (weight, tuple([gain for gain in gains if gain[0] not in inactive]), option)
        for weight, gains, option in moves
    )


def problems(
    table: Table,
    rules: Rules,
    *,
    aim: Aim = Aim.ASSIGNMENT,
    planned: Collection[str] = (),
    soft: Collection[str] = (),
) -> Iterator[Problem]:
    """One problem per stretch of dates that the windows allow; together they are the case.

    Stretches in which one of the requirements cannot be met are left out.

    Args:
        table: the case in one evaluation.
        rules: what is in force.
        aim: what is to be least.
        planned: keys of the catalogue items that may be planned.
        soft: top requirements that need not hold, but of which as little as possible is lacking.

    Raises:
        SearchStopped: there are too many ways to count one course.
    """
    must = [i for i, leaf in enumerate(table.case.leaves) if leaf.key in rules.requirements]
    for layout in layouts(table, rules, aim=aim, planned=planned):
        if all(table.leaves[i].lacks(layout.most[i]) == NOTHING for i in must):
            yield Problem(layout, rules, soft)
