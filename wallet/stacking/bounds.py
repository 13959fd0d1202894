"""The least weight that can still complete the requirements: what lets the search go straight.

Every requirement is completed for itself, as if the others would not want the same courses; no
way to complete all weighs less than these together.
"""

from collections.abc import Sequence

from wallet.model.programme import Requirement
from wallet.stacking.table import Option, Table
from wallet.stacking.trackers import LeafTracker
from wallet.stacking.tree import Lack

MAX_STEPS_OF_ECTS = 200
"""Different sums of ECTS that are told apart within one requirement; beyond, they are rounded
in its favour."""

Choices = Sequence[tuple[int, Option]]
"""Of one course, every way to count it, and what it weighs."""


class Rest(dict[Lack, int]):
    """The least weight that completes one requirement from a state on, with what is to come."""

    __slots__ = ("_grid", "_hopeless", "_leaf", "_ways")

    def __init__(self, leaf: LeafTracker, ways: dict[Lack, int], hopeless: int) -> None:
        super().__init__()
        self._leaf = leaf
        self._ways = ways
        self._hopeless = hopeless
        self._grid = max(1, leaf.least_ects // MAX_STEPS_OF_ECTS)

    def __missing__(self, state: Lack) -> int:
        """Find it once for each state."""
        n, ects = self._leaf.lacks(state)
        fitting = [w for (some, more), w in self._ways.items() if some >= n and more >= ects]
        found = min(fitting, default=self._hopeless)
        self[state] = found
        return found

    def with_one(self, choices: dict[int, int]) -> "Rest":
        """The same with one more course, of so many ECTS at such a weight."""
        ways = dict(self._ways)
        most, enough, grid = self._leaf.least_count, self._leaf.least_ects, self._grid
        for ects, more in choices.items():
            for (n, sum_of_ects), weight in self._ways.items():
                reached = -(-(sum_of_ects + ects) // grid) * grid
                key = (n + 1 if n < most else most, reached if reached < enough else enough)
                total = weight + more
                known = ways.get(key)
                if known is None or total < known:
                    ways[key] = total
        return Rest(self._leaf, ways, self._hopeless)


class Bounds:
    """What it takes at least to complete every requirement, for every group and state."""

    def __init__(
        self, table: Table, moves: Sequence[Choices], hopeless: int, tail: "Bounds | None"
    ) -> None:
        """Bounds for these groups, which those of the tail follow."""
        self._place = {leaf.key: index for index, leaf in enumerate(table.case.leaves)}
        layer = [leaf.layer for leaf in table.case.leaves]
        if tail is None:
            found = [tuple(Rest(leaf, {(0, 0): 0}, hopeless) for leaf in table.leaves)]
            touched: list[tuple[int, ...]] = []
        else:
            found, touched = tail.rest[::-1], tail.touched[::-1]
        now = list(found[-1])
        for choices in reversed(moves):
            adding = _adding(choices, layer)
            for place, some in adding.items():
                now[place] = now[place].with_one(some)
            found.append(tuple(now))
            touched.append(tuple(adding))
        self.rest: list[tuple[Rest, ...]] = found[::-1]
        """By group: the requirements' least weights with this and later groups."""
        self.touched: list[tuple[int, ...]] = touched[::-1]
        """By group: the requirements it may count in."""

    def of(self, requirement: Requirement, group: int, state: Sequence[Lack]) -> int:
        """The least weight that may complete one requirement with this and later groups."""
        if requirement.is_leaf or requirement.choose is None:
            leaf = self._place[requirement.key]
            return self.rest[group][leaf][state[leaf]]
        below = sorted(self.of(child, group, state) for child in requirement.children)
        return sum(below[: max(requirement.choose.min, 0)])


def _adding(choices: Choices, layer: Sequence[str]) -> dict[int, dict[int, int]]:
    """By requirement, the ECTS a course may add, and the least weight for them.

    A course that counts in several layers is paid once: each requirement pays its part at most.
    """
    if len(choices) == 1 and len(choices[0][1].places) == 1:
        weight, option = choices[0]
        place, gain = option.gains[0]
        return {place: {gain[1]: weight}}
    share = len({layer[place] for _, option in choices for place in option.places})
    adding: dict[int, dict[int, int]] = {}
    for weight, option in choices:
        for place, gain in option.gains[: len(option.places)]:
            known = adding.setdefault(place, {})
            part = weight // share
            known[gain[1]] = min(known.get(gain[1], part), part)
    return adding
