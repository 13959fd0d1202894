"""The exact search: always go on from the state that promises the least weight.

A state's promise is what was chosen so far and a lower bound on what is still needed
(`bounds`). All stretches of dates stand in one queue, so that most of them are never looked at
beyond their first promise, and the first state that holds is the best there is. A state that
another one covers, which weighs no more, is dropped. The weights order whole answers, down to
the ids, so that the same wallet gives the same answer whatever order it was filled in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Any

from wallet.stacking.case import Placed
from wallet.stacking.problem import Problem, States
from wallet.stacking.table import Cost, Option, SearchStopped

STEPS = 600_000
"""Options tried before a search gives up and says "not finished": a few seconds. A learner's
real wallet needs some hundreds."""


@dataclass(slots=True)
class Budget:
    """How many steps are left; shared by all searches of one question."""

    left: int = STEPS

    def spend(self, steps: int) -> None:
        """Count steps. Raises SearchStopped when none are left."""
        self.left -= steps
        if self.left < 0:
            raise SearchStopped


@dataclass(frozen=True, slots=True)
class Way:
    """What was chosen, in the order of ids, and how much it weighs."""

    weight: int = 0
    options: tuple[Option, ...] = ()

    @property
    def cost(self) -> Cost:
        """The parts of the cost, each summed up."""
        parts = [sum(option.cost[part] for option in self.options) for part in range(6)]
        return (parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])

    def placed(self) -> tuple[Placed, ...]:
        """The courses that count, and where."""
        return tuple(Placed(option.course, option.fits) for option in self.options)


Link = tuple[Option, Any] | None
"""What was chosen last, and the link before."""


def chosen(link: Link) -> tuple[Option, ...]:
    """All options along the links, in the order of ids."""
    found = []
    while link is not None:
        found.append(link[0])
        link = link[1]
    return tuple(sorted(found, key=lambda option: option.rank))


@dataclass(frozen=True, slots=True)
class Node:
    """A state on the way: nothing is decided from `group` on."""

    problem: int
    group: int
    first: int
    """Within a run, the first move that may be chosen."""
    state: States
    weight: int
    bound: int
    link: Link


def best(problems: Iterable[Problem], budget: Budget) -> Way | None:
    """Return the best way to satisfy all rules in force, or None where there is none.

    Args:
        problems: the stretches of one case (see `problem.problems`).
        budget: shared; raises SearchStopped when it is spent.
    """
    return _Search(tuple(problems), budget).run()


@dataclass(slots=True)
class _Search:
    problems: tuple[Problem, ...]
    budget: Budget
    queue: list[tuple[int, int, int, Node]] = field(default_factory=list)
    closed: dict[Any, list[tuple[int, Any]]] = field(default_factory=dict)
    pushed: int = 0

    def run(self) -> Way | None:
        """Expand the most promising node until one of them holds."""
        for number, problem in enumerate(self.problems):
            entered = problem.enter()
            if entered is not None:
                bound, state = entered
                self._push(Node(number, 0, 0, state, 0, bound, None))
        while self.queue:
            promise, _, _, node = heappop(self.queue)
            following: Node | None = node
            while following is not None:
                node = following
                if self._covered(node):
                    break
                if self.problems[node.problem].done(node.group, node.state, node.bound):
                    return Way(node.weight, chosen(node.link))
                following = self._expand(node, promise)
        return None

    def _push(self, node: Node) -> None:
        self.pushed -= 1
        heappush(self.queue, (node.weight + node.bound, -node.group, self.pushed, node))

    def _expand(self, node: Node, promise: int) -> Node | None:
        """Queue all that may follow; return a node that promises as much as this one."""
        problem = self.problems[node.problem]
        if node.group == problem.end:
            return None
        following = None
        self.budget.spend(1 + len(problem.moves[node.group]) - node.first)
        for child in children(problem, node):
            if following is None and child.weight + child.bound == promise:
                following = child
            else:
                self._push(child)
        return following

    def _covered(self, node: Node) -> bool:
        """Whether a node that was expanded before is as good; else remember this one."""
        problem = self.problems[node.problem]
        key = (node.problem, node.group, node.first, problem.layout.exact(node.state))
        ordered = problem.layout.ordered(node.state)
        known = self.closed.setdefault(key, [])
        for weight, other in known:
            if weight <= node.weight and (other == ordered or problem.covers(other, ordered)):
                return True
        known.append((node.weight, ordered))
        return False


def children(problem: Problem, node: Node) -> Iterator[Node]:
    """What may follow: nothing more of this run, or the group's moves one by one."""
    group, state = node.group, node.state
    end = problem.run_end[group]
    settled = problem.settle(end - 1, state)
    if settled is not None:
        bound = problem.bound((group, end), (state, settled), node.bound)
        if bound is not None:
            yield Node(node.problem, end, 0, settled, node.weight, bound, node.link)
    moves = problem.moves[group]
    inside = group + 1 < end
    for number in range(node.first, len(moves)):
        weight, gains, option = moves[number]
        after = problem.step(state, gains)
        settled = None if after is None else problem.settle(group, after)
        if settled is not None:
            bound = problem.bound((group, group + 1), (state, settled), node.bound)
            if bound is not None:
                first = number if inside else 0
                total, link = node.weight + weight, (option, node.link)
                yield Node(node.problem, group + 1, first, settled, total, bound, link)


def some_way(problems: Iterable[Problem], width: int) -> Way | None:
    """Return a way that satisfies all rules in force, not proven to be the best; or None.

    Group by group, only the `width` states are kept that lack least: None says nothing.
    """
    found: Way | None = None
    for problem in problems:
        entered = problem.enter()
        nodes = [] if entered is None else [Node(0, 0, 0, entered[1], 0, entered[0], None)]
        for group in range(problem.end):
            reached: dict[States, Node] = {}
            for node in nodes:
                following = children(problem, node) if node.group == group else [node]
                for child in following:
                    known = reached.get(child.state)
                    if known is None or child.weight < known.weight:
                        reached[child.state] = child
            nodes = sorted(
                reached.values(), key=lambda node: (problem.distance(node.state), node.weight)
            )[:width]
        for node in nodes:
            better = found is None or node.weight < found.weight
            if better and node.group == problem.end and problem.holds(node.state):
                found = Way(node.weight, chosen(node.link))
    return found
