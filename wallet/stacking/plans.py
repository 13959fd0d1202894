"""All smallest plans: which catalogue items, taken on top of what is held, would meet an award.

Smallest means fewest courses, then fewest ECTS, then fewest confirmations of what is held.

1. The search finds that price.
2. What is held is counted in every way that may lead to the price and is not covered by a better.
3. Kind by kind (items that nothing tells apart are one kind), the states that may be reached for
   the price are listed, and those are kept from which it is reached exactly.
4. A plan is how many of each kind are taken. Plans are counted, not listed: all states that the
   same plan leads to are one set, and a set knows how many plans lead to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product
from math import comb

from wallet.stacking.case import Rules
from wallet.stacking.problem import Problem, States, problems
from wallet.stacking.search import Budget, Node, best, children
from wallet.stacking.table import Aim, Table

MAX_LISTED = 1000
"""Plans that are listed; their number is exact beyond that."""

Together = frozenset[States]
"""All states that one plan may have led to so far."""


@dataclass(frozen=True, slots=True)
class Plans:
    """The smallest plans: their size, how many there are, and the first of them."""

    courses: int
    ects: int
    confirmations: int
    count: int
    listed: tuple[tuple[str, ...], ...]


def smallest_plans(table: Table, rules: Rules, budget: Budget) -> Plans | None:
    """Find all smallest plans, or None where no plan meets the rules.

    Raises:
        SearchStopped: the budget is spent.
    """
    items = frozenset(entrant.course.id for entrant in table.case.items)
    found = tuple(problems(table, rules, aim=Aim.PRICE, planned=items))
    way = best(found, budget)
    if way is None:
        return None
    entered = [problem for problem in found if problem.enter() is not None]
    starts: dict[States, int] = {}
    for problem in entered:
        for node in _counted(problem, way.weight, budget):
            starts[node.state] = min(node.weight, starts.get(node.state, node.weight))
    listing = _Listing(entered[0], way.weight, starts, budget)
    planned, ects, confirmations, *_ = way.cost
    listed = tuple(sorted(islice(listing.spell(), MAX_LISTED)))
    return Plans(planned, ects, confirmations, listing.count, listed)


def _counted(problem: Problem, price: int, budget: Budget) -> list[Node]:
    """All ways to count what is held, without those that another one covers."""
    entered = problem.enter()
    assert entered is not None  # noqa: S101 -- only such problems are asked
    held = problem.layout.first_planned
    layers: list[list[Node]] = [[] for _ in range(problem.end + 1)]
    layers[0].append(Node(0, 0, 0, entered[1], 0, entered[0], None))
    for group in range(held):
        for node in _best_of(problem, layers[group], budget):
            for child in children(problem, node):
                if child.weight + child.bound <= price:
                    layers[child.group].append(child)
    return _best_of(problem, layers[held], budget)


def _best_of(problem: Problem, nodes: Sequence[Node], budget: Budget) -> list[Node]:
    kept: list[Node] = []
    cheapest: dict[tuple[int, States], Node] = {}
    for node in nodes:
        key = (node.first, node.state)
        known = cheapest.get(key)
        if known is None or node.weight < known.weight:
            cheapest[key] = node
    for node in sorted(cheapest.values(), key=lambda node: (node.weight, node.bound, node.first)):
        budget.spend(1 + len(kept) // 8)
        if not any(
            other.first <= node.first and problem.as_good(other.state, node.state) for other in kept
        ):
            kept.append(node)
    return kept


@dataclass(frozen=True, slots=True)
class _Step:
    """So many items of a kind, and where that leads at what price."""

    number: int
    state: States
    price: int


class _Listing:
    """The plans of exactly one price, as numbers of each kind."""

    def __init__(
        self, problem: Problem, price: int, starts: dict[States, int], budget: Budget
    ) -> None:
        self._problem = problem
        self._price = price
        self._budget = budget
        first = problem.layout.first_planned
        self._kinds = []
        while first < problem.end:
            self._kinds.append((first, problem.run_end[first]))
            first = problem.run_end[first]
        self._steps: list[dict[States, list[_Step]]] = []
        alive = self._sweep(starts)
        self._next: list[dict[Together, list[tuple[int, Together]]]] = []
        self._start: Together = frozenset(state for state in starts if state in alive)
        self.count = self._count()

    def _sweep(self, starts: dict[States, int]) -> set[States]:
        """Keep the steps that lead to the price; return the states they start from."""
        layers = [starts]
        for kind in range(len(self._kinds)):
            steps = {state: self._of(kind, state, price) for state, price in layers[-1].items()}
            reached: dict[States, int] = {}
            for some in steps.values():
                for step in some:
                    known = reached.get(step.state)
                    if known is None or step.price < known:
                        reached[step.state] = step.price
            self._steps.append(steps)
            layers.append(reached)
        holds = self._problem.holds
        alive = {s for s, price in layers[-1].items() if price == self._price and holds(s)}
        for kind in range(len(self._kinds) - 1, -1, -1):
            prices = layers[kind + 1]
            kept = {}
            for state, some in self._steps[kind].items():
                leading = [s for s in some if s.state in alive and s.price == prices[s.state]]
                if leading:
                    kept[state] = leading
            self._steps[kind] = kept
            alive = set(kept)
        return alive

    def _of(self, kind: int, state: States, price: int) -> list[_Step]:
        """All ways to take items of a kind, for no more than the price in the end."""
        problem = self._problem
        begin, end = self._kinds[kind]
        found = []
        bound = problem.least(begin, state)
        waiting = [(0, Node(0, begin, 0, state, price, bound, None))]
        while waiting:
            number, node = waiting.pop()
            self._budget.spend(1)
            for child in children(problem, node):
                if child.weight + child.bound <= self._price:
                    taken = number + (child.link is not node.link)
                    if child.group == end:
                        found.append(_Step(taken, child.state, child.weight))
                    else:
                        waiting.append((taken, child))
        return found

    def _count(self) -> int:
        """How many plans there are, as sets of items."""
        sets: dict[Together, int] = {self._start: 1} if self._start else {}
        for kind, (begin, end) in enumerate(self._kinds):
            following: dict[Together, int] = {}
            self._next.append({})
            self._budget.spend(len(sets))
            for together, count in sets.items():
                leading = self._after(kind, together)
                self._next[-1][together] = leading
                for number, reached in leading:
                    more = count * comb(end - begin, number)
                    following[reached] = following.get(reached, 0) + more
            sets = following
        return sum(sets.values())

    def _after(self, kind: int, together: Together) -> list[tuple[int, Together]]:
        reached: dict[int, set[States]] = {}
        for state in together:
            for step in self._steps[kind].get(state, ()):
                reached.setdefault(step.number, set()).add(step.state)
        return [(number, frozenset(reached[number])) for number in sorted(reached, reverse=True)]

    def spell(self) -> Iterator[tuple[str, ...]]:
        """The plans one by one, each sorted by key."""
        waiting: list[tuple[int, Together, tuple[tuple[int, int], ...]]] = []
        if self._start:
            waiting.append((0, self._start, ()))
        while waiting:
            kind, together, taken = waiting.pop()
            while kind < len(self._kinds):
                leading = self._next[kind][together]
                for number, reached in leading[1:]:
                    more = (*taken, (kind, number)) if number else taken
                    waiting.append((kind + 1, reached, more))
                number, together = leading[0]
                taken = (*taken, (kind, number)) if number else taken
                kind += 1
            yield from self._named(taken)

    def _named(self, taken: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
        choices = []
        for kind, number in taken:
            begin, end = self._kinds[kind]
            keys = [group.id for group in self._problem.layout.groups[begin:end]]
            choices.append(combinations(keys, number))
        for some in product(*choices):
            yield tuple(sorted(key for keys in some for key in keys))
