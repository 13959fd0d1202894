"""All smallest plans: which catalogue items, taken on top of what is held, would meet an award.

Smallest means fewest courses, then fewest ECTS, then fewest confirmations of what is held. A
first sweep finds the least cost of every state, a second keeps the states that lie on a least
way, a third collects what is planned on those ways. Items that no rule tells apart are counted
as one kind, so that thousands of equal plans cost no more than one.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import comb, prod

from wallet.stacking.case import Case, Rules
from wallet.stacking.problem import Option, Problem, States, problems
from wallet.stacking.search import Budget

MAX_LISTED = 1000
"""Plans that are listed; their number is exact beyond that."""

Price = tuple[int, int, int]
"""Planned courses, their ECTS in hundredths, confirmations."""
Kinds = tuple[int, ...]
"""A plan as the kinds of its items, in order."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The smallest plans: their size, how many there are, and the first of them."""

    courses: int
    ects: int
    confirmations: int
    count: int
    listed: tuple[tuple[str, ...], ...]


def smallest_plans(case: Case, rules: Rules, budget: Budget) -> Plans | None:
    """Find all smallest plans, or None where no plan meets the rules.

    Raises:
        SearchStopped: the budget is spent.
    """
    entrants = (*case.held, *case.items)
    most = 1
    while True:
        sweeps = [
            _Sweep(problem, most, budget)
            for problem in problems(case, rules, entrants, generous=True, planning=True)
        ]
        prices = [sweep.price for sweep in sweeps if sweep.price is not None]
        if prices:
            least = min(prices)
            return _collect([sweep for sweep in sweeps if sweep.price == least], least)
        if most >= len(case.items):
            return None
        most *= 2


def _collect(sweeps: Sequence["_Sweep"], price: Price) -> Plans:
    kinds = _Kinds(sweeps)
    plans: set[Kinds] = set()
    for sweep in sweeps:
        plans |= sweep.plans(kinds)
    count = sum(kinds.number(plan) for plan in plans)
    listed = (plan for kind in sorted(plans) for plan in kinds.spell(kind))
    first = tuple(sorted(islice(listed, MAX_LISTED)))
    return Plans(price[0], price[1], price[2], count, first)


class _Kinds:
    """Catalogue items that no rule tells apart."""

    def __init__(self, sweeps: Sequence["_Sweep"]) -> None:
        looks: dict[str, list[object]] = {}
        for sweep in sweeps:
            for group in sweep.problem.groups:
                if group[0].course.planned:
                    look = tuple((o.places, o.cost, o.gains) for o in group)
                    looks.setdefault(group[0].course.id, []).append((id(sweep), look))
        self._members: list[list[str]] = []
        self._kind: dict[str, int] = {}
        known: dict[object, int] = {}
        for key in sorted(looks):
            kind = known.setdefault(tuple(looks[key]), len(known))
            if kind == len(self._members):
                self._members.append([])
            self._members[kind].append(key)
            self._kind[key] = kind

    def of(self, option: Option) -> int:
        """The kind of a planned item."""
        return self._kind[option.course.id]

    def number(self, plan: Kinds) -> int:
        """How many plans of items a plan of kinds stands for."""
        return prod(comb(len(self._members[k]), n) for k, n in Counter(plan).items())

    def spell(self, plan: Kinds) -> Iterator[tuple[str, ...]]:
        """These plans, each sorted by key."""
        choices = [combinations(self._members[k], n) for k, n in sorted(Counter(plan).items())]
        for chosen in product(*choices):
            yield tuple(sorted(key for keys in chosen for key in keys))


class _Sweep:
    """The least price of every state after every group, for plans of at most `most` courses."""

    def __init__(self, problem: Problem, most: int, budget: Budget) -> None:
        self.problem = problem
        self._layers: list[dict[States, Price]] = [{problem.start: (0, 0, 0)}]
        for index, group in enumerate(problem.groups):
            states = self._layers[-1]
            budget.spend(len(states) * (len(group) + 1))
            reached: dict[States, Price] = {}
            for state, price in states.items():
                for option, after in self._moves(index, state):
                    total = _plus(price, option)
                    if total[0] <= most and (after not in reached or total < reached[after]):
                        reached[after] = total
            self._layers.append(reached)
        ends = [price for state, price in self._layers[-1].items() if problem.holds(state)]
        self.price: Price | None = min(ends, default=None)

    def _moves(self, index: int, state: States) -> Iterator[tuple[Option | None, States]]:
        """All states after one group: without it, or with one of its options."""
        settled = self.problem.settle(index, state)
        if settled is not None:
            yield None, settled
        for option in self.problem.groups[index]:
            after = self.problem.step(state, option)
            if after is not None:
                settled = self.problem.settle(index, after)
                if settled is not None:
                    yield option, settled

    def _alive(self) -> list[set[States]]:
        """Per group, the states that lie on a way of the least price."""
        last = self._layers[-1]
        alive = [{s for s, p in last.items() if p == self.price and self.problem.holds(s)}]
        for index in range(len(self.problem.groups) - 1, -1, -1):
            after = self._layers[index + 1]
            here = {
                state
                for state, price in self._layers[index].items()
                if any(
                    reached in alive[-1] and _plus(price, option) == after[reached]
                    for option, reached in self._moves(index, state)
                )
            }
            alive.append(here)
        return alive[::-1]

    def plans(self, kinds: _Kinds) -> set[Kinds]:
        """All plans of the least price, as kinds."""
        alive = self._alive()
        plans: dict[States, set[Kinds]] = {self.problem.start: {()}}
        for index in range(len(self.problem.groups)):
            reached: dict[States, set[Kinds]] = {}
            for state, known in plans.items():
                price = self._layers[index][state]
                for option, after in self._moves(index, state):
                    best = self._layers[index + 1].get(after)
                    if after in alive[index + 1] and _plus(price, option) == best:
                        reached.setdefault(after, set()).update(_longer(known, option, kinds))
            plans = reached
        return set().union(*plans.values())


def _plus(price: Price, option: Option | None) -> Price:
    if option is None:
        return price
    cost = option.cost
    return (price[0] + cost[0], price[1] + cost[1], price[2] + cost[2])


def _longer(known: set[Kinds], option: Option | None, kinds: _Kinds) -> set[Kinds]:
    if option is None or not option.course.planned:
        return known
    kind = kinds.of(option)
    return {tuple(sorted((*plan, kind))) for plan in known}
