"""What may be chosen, group by group, in one stretch of dates: made once, asked by many problems.

A run is a stretch of groups that nothing but their ids tells apart. They are taken in the order of
ids, and the numbers of their moves never fall: every other order is as good.
"""

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from wallet.model.programme import ConstraintType
from wallet.stacking.bounds import Bounds
from wallet.stacking.calendar import windows
from wallet.stacking.case import Rules
from wallet.stacking.table import Aim, Gains, Group, Option, Table
from wallet.stacking.trackers import State
from wallet.stacking.tree import Lack

Scope = tuple[tuple[Group, tuple[Option, ...]], ...]
"""What may count in one stretch of dates."""
Move = tuple[int, Gains, Option]
"""What choosing an option weighs, and adds."""


class Layout:
    """The groups of one stretch in the order of the search, and what may still come after each.

    What may be planned is the same in all stretches: a layout of its own, the tail of the others.
    """

    def __init__(self, table: Table, scope: Scope, aim: Aim, tail: "Layout | None") -> None:
        self.table = table
        self.hopeless = table.hopeless(aim)
        weights = table.weights(aim)
        self._tail = tail
        ordered = table.ordered(aim)
        self.comparing = [table.trackers[i] for i in ordered]
        """The trackers of the ordered part of a state."""
        self.ordered = _picker(ordered)
        """The part of a state of which some values cover others."""
        self.exact = _picker([i for i in range(len(table.trackers)) if i not in set(ordered)])
        """The part of a state that no other value can stand for."""
        self._own: list[tuple[Move, ...]] = [
            tuple([(weights[id(option)], option.gains, option) for option in options])
            for _, options in scope
        ]
        self.groups = [group for group, _ in scope]
        self.moves = self._own
        self.first_planned = len(scope)
        if tail is not None:
            self.groups = self.groups + tail.groups
            self.moves = self._own + tail.moves
        self.end = len(self.moves)

    @cached_property
    def most(self) -> list[Lack]:
        """The most courses and ECTS that each requirement could count."""
        sums = [(0, 0)] * len(self.table.leaves) if self._tail is None else [*self._tail.most]
        for moves in self._own:
            most: dict[int, int] = {}
            for _, gains, option in moves:
                for place, gain in gains[: len(option.places)]:
                    most[place] = max(most.get(place, 0), gain[1])
            for place, ects in most.items():
                sums[place] = (sums[place][0] + 1, sums[place][1] + ects)
        return sums

    @cached_property
    def run_end(self) -> list[int]:
        """Per group, where its run ends."""
        ends = list(range(1, self.end + 1))
        for index in range(self.end - 2, -1, -1):
            if self.groups[index].kind == self.groups[index + 1].kind:
                one, two = ([m[2].places for m in self.moves[i]] for i in (index, index + 1))
                if one == two:
                    ends[index] = ends[index + 1]
        return ends

    @cached_property
    def bounds(self) -> Bounds:
        """What it takes at least to complete the requirements."""
        choices = [[(move[0], move[2]) for move in moves] for moves in self._own]
        tail = None if self._tail is None else self._tail.bounds
        return Bounds(self.table, choices, self.hopeless, tail)

    @cached_property
    def coming(self) -> list[tuple[State, ...]]:
        """Per group and tracker, what this and all later groups may add to it."""
        trackers = self.table.trackers[: self.table.first_limit]
        found = [tuple(tracker.nothing for tracker in trackers)]
        if self._tail is not None:
            found = self._tail.coming[::-1]
        rest = list(found[-1])
        for moves in reversed(self._own):
            gains: dict[int, list[State]] = {}
            for _, added, _ in moves:
                for index, gain in added:
                    if index < len(trackers):
                        gains.setdefault(index, []).append(gain)
            for index, some in gains.items():
                rest[index] = trackers[index].join(rest[index], some)
            found.append(tuple(rest))
        return found[::-1]

    @cached_property
    def last(self) -> list[tuple[int, ...]]:
        """Per group, the limits that no later group touches."""
        last = {
            index: number
            for number, moves in enumerate(self.moves)
            for _, gains, _ in moves
            for index, _ in gains
            if index >= self.table.first_limit
        }
        ends: list[tuple[int, ...]] = [()] * self.end
        for index, number in last.items():
            ends[number] = (*ends[number], index)
        return ends


def _picker(indices: list[int]) -> Callable[[tuple[State, ...]], Any]:
    if not indices:
        return lambda state: ()
    if len(indices) == 1:
        only = indices[0]
        return lambda state: (state[only],)
    return itemgetter(*indices)


def layouts(table: Table, rules: Rules, *, aim: Aim, planned: Collection[str]) -> Sequence[Layout]:
    """One layout per stretch of dates that the windows in force allow.

    Raises:
        SearchStopped: there are too many ways to count one course.
    """
    barring = table.barring & rules.constraints
    times = frozenset(
        rule.key
        for rule in table.case.award.constraints
        if rule.type is ConstraintType.WINDOW and rule.key in rules.constraints
    )
    key = (times, barring, aim, frozenset(planned))
    if key not in table.cache:
        tail = _tail(table, aim, frozenset(planned)) if planned else None
        scopes = _scopes(table, times, barring)
        table.cache[key] = [Layout(table, one, aim, tail) for one in scopes]
    found: Sequence[Layout] = table.cache[key]
    return found


def _tail(table: Table, aim: Aim, planned: frozenset[str]) -> Layout:
    """What may be planned: no rule of time or of other awards looks at it."""
    key = (aim, planned)
    if key not in table.cache:
        scope = tuple((g, g.options) for g in table.groups if g.planned and g.id in planned)
        table.cache[key] = Layout(table, scope, aim, None)
    tail: Layout = table.cache[key]
    return tail


def _scopes(table: Table, times: frozenset[str], barring: frozenset[str]) -> Sequence[Scope]:
    """What is held and may count, in each stretch."""
    case = table.case
    key = (times, barring)
    if key not in table.cache:
        held = [
            (group, tuple(o for o in group.options if barring.isdisjoint(o.barred)))
            for group in table.groups
            if not group.planned
        ]
        rules = [rule for rule in case.award.constraints if rule.key in times]
        found = []
        for allowed in windows(case, rules, case.held, generous=table.generous):
            fitting = []
            for group, options in held:
                some = tuple(
                    [o for o in options if all([allowed(o.course, f.requirement) for f in o.fits])]
                )
                if some:
                    fitting.append((group, some))
            found.append(tuple(fitting))
        table.cache[key] = found
    scopes: Sequence[Scope] = table.cache[key]
    return scopes
