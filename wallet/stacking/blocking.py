"""Why an award is not met: a smallest set of rules that cannot hold together, and what can."""

from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import combinations

from wallet.model.programme import ConstraintType
from wallet.stacking.case import Case, Rules
from wallet.stacking.checker import POSSIBLE, broken
from wallet.stacking.problem import problems
from wallet.stacking.search import Budget, Way, best
from wallet.stacking.table import Aim, Table

SMALL = 3
"""Up to this size a smallest set is looked for among all sets; beyond, a set of which every part
is needed is good enough."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule by its key: a top requirement, or a constraint."""

    key: str
    constraint: bool


@dataclass(frozen=True, slots=True)
class HeldView:
    """The most that what is held can meet: the conflict, what was given up, and how it counts."""

    conflict: tuple[Rule, ...]
    dropped: tuple[Rule, ...]
    way: Way


def held_view(table: Table, budget: Budget) -> HeldView:
    """Give up rules, one of each conflict, until the rest can be met with what is held.

    A rule over the whole goes before a requirement, so that "all modules are filled, but ..." can
    be said. Of a requirement that is given up as little as possible is lacking.

    Raises:
        SearchStopped: the budget is spent.
    """
    case = table.case
    rules = case.all_rules
    known = _Known(table, budget)
    conflict: tuple[Rule, ...] = ()
    dropped: list[Rule] = []
    while not known.together(_in_order(case, rules)):
        next_conflict = _smallest_conflict(_in_order(case, rules), known)
        conflict = conflict or next_conflict
        victim = _victim(case, next_conflict)
        dropped.append(victim)
        rules = rules.without(victim.key, constraint=victim.constraint)
    soft = frozenset(rule.key for rule in dropped if not rule.constraint)
    way = best(problems(table, rules, soft=soft), budget)
    assert way is not None  # noqa: S101 -- these rules hold together
    return HeldView(conflict, tuple(dropped), way)


def _smallest_conflict(every: list[Rule], known: "_Known") -> tuple[Rule, ...]:
    """A smallest set among the rules that what is held cannot meet, in the file's order."""
    for rule in every:
        if not known.together([rule]):
            return (rule,)
    needed = list(every)
    for rule in reversed(every):
        fewer = [one for one in needed if one is not rule]
        if not known.together(fewer):
            needed = fewer
    for size in range(2, min(len(needed), SMALL + 1)):
        for some in combinations(every, size):
            if not known.together(some):
                return some
    return tuple(needed)


@dataclass(slots=True)
class _Known:
    """Which rules hold together, remembered: fewer rules hold too, and more do not."""

    table: Table
    budget: Budget
    hold: list[frozenset[Rule]] = field(default_factory=list)
    clash: list[frozenset[Rule]] = field(default_factory=list)

    def together(self, some: Collection[Rule]) -> bool:
        """Whether what is held can meet these rules."""
        asked = frozenset(some)
        if any(asked <= known for known in self.hold):
            return True
        if any(asked >= known for known in self.clash):
            return False
        case = self.table.case
        rules = Rules(
            frozenset(rule.key for rule in asked if not rule.constraint),
            frozenset(rule.key for rule in asked if rule.constraint),
        )
        way = best(problems(self.table, rules, aim=Aim.PRICE), self.budget)
        if way is None:
            self.clash.append(asked)
            return False
        wrong = set(broken(case, way.placed(), POSSIBLE, case.all_rules))
        every = _in_order(case, case.all_rules)
        self.hold.append(asked | {rule for rule in every if rule.key not in wrong})
        return True


def _in_order(case: Case, rules: Rules) -> list[Rule]:
    tops = [Rule(top.key, False) for top in case.award.requirements]
    over = [Rule(rule.key, True) for rule in case.award.constraints]
    return [rule for rule in tops if rule.key in rules.requirements] + [
        rule for rule in over if rule.key in rules.constraints
    ]


def _victim(case: Case, conflict: tuple[Rule, ...]) -> Rule:
    kinds = {rule.key: rule.type for rule in case.award.constraints}
    over = [
        rule
        for rule in conflict
        if rule.constraint and kinds[rule.key] is not ConstraintType.EXCLUSIVE
    ]
    tops = [rule for rule in conflict if not rule.constraint]
    return (over or tops or list(conflict))[-1]
