"""The exact search: dynamic programming over the credentials, one state for all rules.

Credentials are taken in the order of their ids; after each, equal states keep the cheapest way
to reach them. Rules are capped (see `trackers`), so that states are few for what one learner
holds. The order of costs is the order of the answer, down to the ids, so that the same wallet
gives the same answer whatever order it was filled in.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field

from wallet.stacking.case import Placed
from wallet.stacking.problem import FREE, Cost, Option, Problem, SearchStopped, States

STEPS = 600_000
"""Options tried before a search gives up and says "not finished": a second
or two. A learner's real wallet needs some thousands."""


@dataclass(slots=True)
class Budget:
    """How many steps are left; shared by all searches of one award."""

    left: int = STEPS

    def spend(self, steps: int) -> None:
        """Count steps. Raises SearchStopped when none are left."""
        self.left -= steps
        if self.left < 0:
            raise SearchStopped


def unlimited() -> Budget:
    """A budget for searches that are small by themselves."""
    return Budget(sys.maxsize)


@dataclass(frozen=True, slots=True)
class Way:
    """How a state was reached: its cost, the ids in order, the places, and the choices."""

    cost: Cost = FREE
    ranks: tuple[int, ...] = ()
    places: tuple[tuple[int, ...], ...] = ()
    options: tuple[Option, ...] = ()
    lack: tuple[int, int] = field(default=(0, 0))

    @property
    def order(self) -> tuple[object, ...]:
        """What is compared, most important first."""
        return (self.lack, self.cost, self.ranks, self.places)

    def placed(self) -> tuple[Placed, ...]:
        """The courses that count, and where."""
        return tuple(Placed(option.course, option.fits) for option in self.options)


def best(
    problems: Iterable[Problem],
    budget: Budget,
    *,
    soft: frozenset[str] = frozenset(),
    width: int | None = None,
) -> Way | None:
    """Return the best way to satisfy all rules in force, or None where there is none.

    Args:
        problems: the stretches of one case (see `problem.problems`); each is searched.
        budget: shared; raises SearchStopped when it is spent.
        soft: top requirements that need not hold, but of which as little as possible is lacking.
        width: keep only so many states; what is found is then a way, not proven to be the best,
            and None says nothing. Without it the search is exact.
    """
    found: Way | None = None
    for problem in problems:
        for way in _ways(problem, budget, soft, width):
            if found is None or way.order < found.order:
                found = way
    return found


def add(cost: Cost, other: Cost) -> Cost:
    """Add two costs, part by part."""
    return (
        cost[0] + other[0],
        cost[1] + other[1],
        cost[2] + other[2],
        cost[3] + other[3],
        cost[4] + other[4],
        cost[5] + other[5],
    )


_Link = tuple[Cost, tuple[int, ...], tuple[tuple[int, ...], ...], tuple[Option, ...]]


def _ways(
    problem: Problem, budget: Budget, soft: frozenset[str], width: int | None
) -> Iterable[Way]:
    states: dict[States, _Link] = {problem.start: (FREE, (), (), ())}
    for index, group in enumerate(problem.groups):
        budget.spend(len(states) * (len(group) + 1))
        reached: dict[States, _Link] = {}
        for state, link in states.items():
            _keep(problem, index, reached, state, link)
            for option in group:
                after = problem.step(state, option)
                if after is not None:
                    _keep(problem, index, reached, after, _extend(link, option))
        states = reached if width is None else _narrow(problem, reached, width)
    for state, (cost, ranks, places, options) in states.items():
        if problem.holds(state):
            lack = problem.lacks(state, soft) if soft else (0, 0)
            yield Way(cost, ranks, places, options, lack)


def _extend(link: _Link, option: Option) -> _Link:
    cost, ranks, places, options = link
    return (
        add(cost, option.cost),
        (*ranks, option.rank),
        (*places, option.places),
        (*options, option),
    )


def _keep(
    problem: Problem, index: int, reached: dict[States, _Link], state: States, link: _Link
) -> None:
    settled = problem.settle(index, state)
    if settled is None:
        return
    known = reached.get(settled)
    if known is None or link[:3] < known[:3]:
        reached[settled] = link


def _narrow(problem: Problem, states: dict[States, _Link], width: int) -> dict[States, _Link]:
    """Keep the states that lack least, then the cheapest."""
    if len(states) <= width:
        return states
    order = sorted(states, key=lambda state: (problem.distance(state), states[state][:3]))
    return {state: states[state] for state in order[:width]}
