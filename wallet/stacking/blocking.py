"""Why an award is not met: a smallest set of rules that cannot hold together, and what can."""

from dataclasses import dataclass
from itertools import combinations

from wallet.model.programme import ConstraintType
from wallet.stacking.case import Case, Rules
from wallet.stacking.problem import problems
from wallet.stacking.search import Budget, Way, best

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


def held_view(case: Case, budget: Budget) -> HeldView:
    """Give up rules, one of each conflict, until the rest can be met with what is held.

    A rule over the whole goes before a requirement, so that "all modules are filled, but ..." can
    be said. Of a requirement that is given up as little as possible is lacking.

    Raises:
        SearchStopped: the budget is spent.
    """
    rules = case.all_rules
    conflict: tuple[Rule, ...] = ()
    dropped: list[Rule] = []
    while True:
        soft = frozenset(rule.key for rule in dropped if not rule.constraint)
        found = problems(case, rules, case.held, generous=True)
        way = best(found, budget, soft=soft)
        if way is not None:
            return HeldView(conflict, tuple(dropped), way)
        next_conflict = smallest_conflict(case, rules, budget)
        conflict = conflict or next_conflict
        victim = _victim(case, next_conflict)
        dropped.append(victim)
        rules = rules.without(victim.key, constraint=victim.constraint)


def smallest_conflict(case: Case, rules: Rules, budget: Budget) -> tuple[Rule, ...]:
    """A smallest set among the rules that what is held cannot meet, in the file's order.

    Raises:
        SearchStopped: the budget is spent.
    """
    every = _in_order(case, rules)
    needed = list(every)
    for rule in reversed(every):
        fewer = [one for one in needed if one is not rule]
        if not _feasible(case, fewer, budget):
            needed = fewer
    for size in range(1, min(len(needed), SMALL + 1)):
        for some in combinations(every, size):
            if not _feasible(case, list(some), budget):
                return some
    return tuple(needed)


def _in_order(case: Case, rules: Rules) -> list[Rule]:
    tops = [Rule(top.key, False) for top in case.award.requirements]
    over = [Rule(rule.key, True) for rule in case.award.constraints]
    return [rule for rule in tops if rule.key in rules.requirements] + [
        rule for rule in over if rule.key in rules.constraints
    ]


def _feasible(case: Case, some: list[Rule], budget: Budget) -> bool:
    rules = Rules(
        frozenset(rule.key for rule in some if not rule.constraint),
        frozenset(rule.key for rule in some if rule.constraint),
    )
    return best(problems(case, rules, case.held, generous=True), budget) is not None


def _victim(case: Case, conflict: tuple[Rule, ...]) -> Rule:
    kinds = {rule.key: rule.type for rule in case.award.constraints}
    over = [
        rule
        for rule in conflict
        if rule.constraint and kinds[rule.key] is not ConstraintType.EXCLUSIVE
    ]
    tops = [rule for rule in conflict if not rule.constraint]
    return (over or tops or list(conflict))[-1]
