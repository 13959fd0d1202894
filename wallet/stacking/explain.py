"""An assignment explained, as data: the requirement tree, the rules, and what is missing.

The sentences are made in `wallet.texts.progress`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from wallet.model.programme import (
    Amount,
    Candidate,
    Constraint,
    Counted,
    Holding,
    Missing,
    OpenFact,
    Requirement,
    RequirementProgress,
    RequirementState,
    RuleProgress,
)
from wallet.stacking.case import Case, Placed
from wallet.stacking.checker import (
    CERTAIN,
    POSSIBLE,
    counted_in,
    rule_holds,
    satisfied,
)
from wallet.stacking.courses import Course, decimal_ects
from wallet.stacking.doubts import open_facts
from wallet.stacking.eligibility import Fit, least
from wallet.stacking.figures import describe
from wallet.stacking.tree import NOTHING, Lack, shortfall


@dataclass(frozen=True, slots=True)
class Shown:
    """A case with the assignment that is shown, and the holdings by id."""

    case: Case
    placed: tuple[Placed, ...]
    holdings: dict[str, Holding]
    certain: bool = False
    """The award is met: ECTS that are not stated count as none, whatever the catalogue says."""

    # ---- requirements -----------------------------------------------------------------------

    def tree(self) -> tuple[RequirementProgress, ...]:
        """All top requirements with everything below them."""
        return tuple(self._node(top) for top in self.case.award.requirements)

    def _node(self, requirement: Requirement, *, needed: bool = True) -> RequirementProgress:
        state = self._state(requirement)
        inside = counted_in(requirement, self.placed) if requirement.is_leaf else ()
        if not needed and state is RequirementState.NOT_MET and not self._anything(requirement):
            state = RequirementState.NOT_NEEDED
        open_here = state is RequirementState.NOT_MET and needed and requirement.is_leaf
        asked = needed and state not in {RequirementState.MET, RequirementState.NOT_NEEDED}
        choose = requirement.choose
        still = not satisfied(requirement, self.placed, POSSIBLE)
        return RequirementProgress(
            key=requirement.key,
            title=requirement.title,
            at=requirement.at,
            state=state,
            met_by=tuple(self._counted(one, requirement) for one in inside),
            missing=self._lacking(requirement) if needed and still else None,
            could_be_met_by=tuple(self._candidates(requirement)) if asked else (),
            open_items=self._open_items(requirement) if open_here or (asked and still) else (),
            children=tuple(
                self._node(child, needed=needed and still) for child in requirement.children
            ),
            choose_min=choose.min if choose is not None else None,
            choose_max=choose.max if choose is not None else None,
            needs_items=requirement.count.min if requirement.count is not None else 0,
            needs_ects=_bound(requirement.ects),
            needs_more_than=_strict(requirement.ects),
            counted_ects=decimal_ects(sum(self._ects(one.course) for one in inside)),
        )

    def _state(self, requirement: Requirement) -> RequirementState:
        if satisfied(requirement, self.placed, CERTAIN) and all(
            any(fit.certain and fit.requirement.key == leaf.key for fit in one.fits)
            for leaf in requirement.leaves()
            for one in counted_in(leaf, self.placed)
        ):
            return RequirementState.MET
        if satisfied(requirement, self.placed, POSSIBLE):
            return RequirementState.MET_IF_CONFIRMED
        return RequirementState.NOT_MET

    def _anything(self, requirement: Requirement) -> bool:
        return any(counted_in(leaf, self.placed) for leaf in requirement.leaves())

    def _counted(self, one: Placed, leaf: Requirement) -> Counted:
        fit = next(fit for fit in one.fits if fit.requirement.key == leaf.key)
        course = one.course
        stated = None if course.planned else self.holdings[course.id].ects
        return Counted(
            id=course.id,
            title=course.title,
            ects=decimal_ects(self._ects(course)),
            held_ects=stated,
            strength=fit.strength,
            matched=fit.matched,
            open=open_facts(self.case, course, (fit,)),
            planned=course.planned,
            fresh_copy=course.fresh_copy,
        )

    def _ects(self, course: Course) -> int:
        return course.certain_ects if self.certain else course.possible_ects

    def _candidates(self, requirement: Requirement) -> Iterable[Candidate]:
        """Held credentials that could count here: the fact to confirm, or where to move it from."""
        if not requirement.is_leaf:
            return
        here = {one.course.id for one in counted_in(requirement, self.placed)}
        elsewhere = {
            one.course.id: one.fits[0].requirement.key
            for one in self.placed
            if one.course.id not in here and not one.course.planned
        }
        seen: set[str] = set()
        for entrant in self.case.held:
            course = entrant.course
            for fit in _usable(entrant.fits, requirement):
                if course.planned or course.id in here or course.id in seen:
                    continue
                seen.add(course.id)
                fact = None if fit.certain else _first(fit.open)
                yield Candidate(course.id, course.title, fact, elsewhere.get(course.id))

    def _open_items(self, requirement: Requirement) -> tuple[str, ...]:
        keys = {leaf.key for leaf in requirement.leaves()}
        planned = {one.course.id for one in self.placed if one.course.planned}
        return tuple(
            entrant.course.id
            for entrant in self.case.items
            if entrant.course.id not in planned
            and any(fit.possible and fit.requirement.key in keys for fit in entrant.fits)
        )

    # ---- what is missing --------------------------------------------------------------------

    def missing(self) -> tuple[Missing, ...]:
        """What the top requirements lack; where they lack nothing, the rules that do not hold.

        While a module is empty, "only one country" says nothing yet.
        """
        found = []
        for top in self.case.award.requirements:
            if not satisfied(top, self.placed, POSSIBLE):
                found.append(self._lacking(top))
        if found:
            return tuple(found)
        return tuple(
            self.named_rule(rule)
            for rule in self.case.award.constraints
            if not rule.advice and not rule_holds(self.case, rule, self.placed, POSSIBLE)
        )

    def named(self, key: str, *, constraint: bool) -> Missing:
        """A rule by name, as far as it holds now."""
        if constraint:
            rule = next(rule for rule in self.case.award.constraints if rule.key == key)
            return self.named_rule(rule)
        return self._lacking(next(t for t in self.case.award.requirements if t.key == key))

    def named_rule(self, rule: Constraint) -> Missing:
        """A rule over the whole by name, with what there is and what it asks."""
        found, needed = describe(self.case, rule, self.placed, POSSIBLE)
        return Missing(rule.key, rule.title, rule=True, found=found, needed=needed)

    def _lacking(self, requirement: Requirement) -> Missing:
        lacks: dict[str, Lack] = {}
        strict = False
        for leaf in requirement.leaves():
            inside = counted_in(leaf, self.placed)
            count = max(0, (leaf.count.min if leaf.count is not None else 0) - len(inside))
            ects = sum(one.course.possible_ects for one in inside)
            lacks[leaf.key] = (count, max(0, least(leaf.ects) - ects))
            strict = strict or (_strict(leaf.ects) and lacks[leaf.key] != NOTHING)
        items, ects = shortfall(requirement, lacks)
        if strict and ects:
            ects -= 1
        return Missing(
            requirement.key,
            requirement.title,
            items=items,
            ects=decimal_ects(ects),
            more_than=strict,
        )

    # ---- rules over the whole ---------------------------------------------------------------

    def rules(self) -> tuple[RuleProgress, ...]:
        """All rules over the whole, and how far each holds."""
        return tuple(self._rule(rule) for rule in self.case.award.constraints)

    def _rule(self, rule: Constraint) -> RuleProgress:
        state = RequirementState.NOT_MET
        if rule_holds(self.case, rule, self.placed, CERTAIN):
            state = RequirementState.MET
        elif rule_holds(self.case, rule, self.placed, POSSIBLE):
            state = RequirementState.MET_IF_CONFIRMED
        found, needed = describe(self.case, rule, self.placed, POSSIBLE)
        return RuleProgress(
            rule.key, rule.title, rule.at, rule.type.value, state, found, needed, rule.advice
        )


def _usable(fits: Iterable[Fit], leaf: Requirement) -> Iterable[Fit]:
    return (
        fit
        for fit in fits
        if fit.requirement.key == leaf.key and (fit.certain or fit.possible) and not fit.barred_by
    )


def _first(facts: Sequence[OpenFact]) -> OpenFact | None:
    return facts[0] if facts else None


def _bound(amount: Amount | None) -> Decimal:
    if amount is None:
        return Decimal(0)
    return max(amount.min or Decimal(0), amount.more_than or Decimal(0))


def _strict(amount: Amount | None) -> bool:
    if amount is None or amount.more_than is None:
        return False
    return amount.min is None or amount.more_than >= amount.min
