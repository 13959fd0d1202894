"""Evaluate a programme: met, met if you confirm, not met; with what, and what comes next.

The procedure, for each award:
1. ask every held credential and every catalogue item where it may count (`case`);
2. search with what is certain: found means met;
3. search with everything open in the learner's favour: found means met if confirmed;
4. otherwise find all smallest plans, the rules that cannot hold together, and the most that
   what is held can meet;
5. recompute every rule from the assignment that is to be shown (`checker`); a disagreement is a
   bug, and nothing is shown.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from wallet.model.programme import (
    Assessment,
    Award,
    AwardAssessment,
    AwardStatus,
    Bounds,
    ConstraintType,
    Holdings,
    Missing,
    Programme,
    ToConfirm,
    Track,
    TrackStep,
)
from wallet.stacking.blocking import Rule, held_view
from wallet.stacking.case import Case, Placed, Rules, courses_of, make_case
from wallet.stacking.checker import (
    CERTAIN,
    POSSIBLE,
    AssignmentDisagrees,
    Favour,
    broken,
)
from wallet.stacking.confirming import to_confirm
from wallet.stacking.courses import Course, decimal_ects
from wallet.stacking.eligibility import refused_state
from wallet.stacking.explain import Shown
from wallet.stacking.plans import Plans, smallest_plans
from wallet.stacking.problem import problems
from wallet.stacking.reasons import not_counted
from wallet.stacking.search import STEPS, Budget, Way, best, some_way
from wallet.stacking.table import Aim, SearchStopped, Table

REMEMBERED = 64
"""Answers that are kept: a window asks the same of a few programmes again and again."""
WIDTH = 400
"""States kept where a full search was stopped, to find a bound."""


def assess(
    programme: Programme, holdings: Holdings, today: date, *, steps: int = STEPS
) -> Assessment:
    """Evaluate all awards of a programme; the same question again is answered from memory.

    Args:
        programme: read with `programme_file.load`.
        holdings: what is held; the order of credentials changes nothing.
        today: for rules that look back from now.
        steps: the budget of each search; beyond it the answer says "not finished", with bounds.

    Raises:
        AssignmentDisagrees: a bug; search and checker differ.
    """
    return _assess(_Question(programme, holdings, today, steps))


@dataclass(frozen=True, slots=True)
class _Question:
    """Equal by content, whoever read it and when."""

    programme: Programme
    holdings: Holdings
    today: date
    steps: int

    def __hash__(self) -> int:
        """Hash little of it: holdings have no hash, and programmes are large."""
        held = tuple(one.id for one in self.holdings.credentials)
        planned = frozenset(self.holdings.planned)
        return hash((self.programme.id, self.programme.version, held, planned, self.today))


@lru_cache(maxsize=REMEMBERED)
def _assess(question: _Question) -> Assessment:
    programme, holdings, today = question.programme, question.holdings, question.today
    courses = courses_of(programme, holdings)
    awards = tuple(
        _assess_award(
            make_case(programme, award, courses, holdings, today), holdings, question.steps
        )
        for award in programme.awards
    )
    notes = tuple(fact.note for fact in programme.facts if fact.assumed and fact.note)
    return Assessment(programme.id, programme.version, programme.title, awards, today, notes)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What an award came to, before it is put into words."""

    status: AwardStatus
    placed: tuple[Placed, ...]
    confirm: tuple[ToConfirm, ...] = ()
    conflict: tuple[Rule, ...] = ()
    plans: Plans | None = None
    bounds: Bounds | None = None
    proven: bool = True


def _assess_award(case: Case, holdings: Holdings, steps: int) -> AwardAssessment:
    answer = _answer(case, steps)
    by_id = {held.id: held for held in holdings.credentials}
    shown = Shown(case, answer.placed, by_id, certain=answer.status is AwardStatus.MET)
    met = answer.status in {AwardStatus.MET, AwardStatus.MET_IF_CONFIRMED}
    items, ects, plans, count = _next(case, answer, met=met)
    rules = shown.rules()
    approvals = {r.key for r in case.award.constraints if r.type is ConstraintType.APPROVAL}
    return AwardAssessment(
        key=case.award.key,
        title=case.award.title,
        status=answer.status,
        requirements=shown.tree(),
        rules=rules,
        used=_used(case, answer.placed),
        used_ects=_used_ects(answer),
        missing=() if met else shown.missing(),
        missing_items=items,
        missing_ects=ects,
        next=plans,
        plan_count=count,
        to_confirm=answer.confirm,
        not_counted=not_counted(case, answer.placed, _elsewhere(case.award, holdings)),
        blocking=_blocking(shown, answer.conflict),
        earned_by=_earned_by(case),
        approvals=tuple(rule for rule in rules if rule.key in approvals),
        tracks=_tracks(case),
        bounds=answer.bounds,
        proven_best=answer.proven,
    )


# ---- the answer ---------------------------------------------------------------------------------


def _answer(case: Case, steps: int) -> _Answer:
    sure_table, table = Table(case, generous=False), Table(case, generous=True)
    certain, sure = _search(sure_table, steps)
    if certain is not None:
        placed = _checked(case, certain, CERTAIN, case.all_rules)
        return _Answer(AwardStatus.MET, placed, proven=sure)
    if sure and not _open(table, sure_table):
        return _not_met(table, steps, decided=True)
    possible, decided = _search(table, steps)
    if possible is not None:
        placed = _checked(case, possible, POSSIBLE, case.all_rules)
        confirm = to_confirm(case, placed, case.all_rules)
        if sure:
            return _Answer(AwardStatus.MET_IF_CONFIRMED, placed, confirm, proven=decided)
        return _Answer(AwardStatus.NOT_FINISHED, placed, confirm, bounds=Bounds(0, 0))
    return _not_met(table, steps, decided=decided)


def _open(table: Table, certain: Table) -> bool:
    """Whether more may be possible than is certain."""
    try:
        return table.says_more_than(certain)
    except SearchStopped:
        return True


def _search(table: Table, steps: int) -> tuple[Way | None, bool]:
    """The best way, and whether "none" is proven: a stopped search may still find a way."""
    try:
        return best(problems(table, table.case.all_rules), Budget(steps)), True
    except SearchStopped:
        return _narrow(table, ()), False


def _narrow(table: Table, planned: Collection[str]) -> Way | None:
    """A way that a narrow search finds: none found says nothing."""
    aim = Aim.PLAN if planned else Aim.ASSIGNMENT
    try:
        found = problems(table, table.case.all_rules, aim=aim, planned=planned)
        return some_way(found, WIDTH)
    except SearchStopped:
        return None


def _not_met(table: Table, steps: int, *, decided: bool) -> _Answer:
    case = table.case
    status = AwardStatus.NOT_MET if decided else AwardStatus.NOT_FINISHED
    try:
        plans = smallest_plans(table, case.all_rules, Budget(steps))
    except SearchStopped:
        return _unfinished(table, steps, status, least=1 if decided else 0)
    if plans is not None:
        plans = _recommended_first(case, plans)
    bounds = None if decided else Bounds(0, plans.courses if plans is not None else None)
    try:
        view = held_view(table, Budget(steps))
    except SearchStopped:
        return _Answer(status, (), (), (), plans, bounds)
    left = case.all_rules
    for rule in view.dropped:
        left = left.without(rule.key, constraint=rule.constraint)
    placed = _checked(case, view.way, POSSIBLE, left)
    confirm = to_confirm(case, placed, left)
    if plans is not None:
        confirm = _confirm_for_plan(table, plans.listed[0], steps)
    return _Answer(status, placed, confirm, view.conflict, plans, bounds)


def _confirm_for_plan(table: Table, plan: Sequence[str], steps: int) -> tuple[ToConfirm, ...]:
    case = table.case
    found = problems(table, case.all_rules, aim=Aim.PLAN, planned=plan)
    try:
        way = best(found, Budget(steps))
    except SearchStopped:
        way = _narrow(table, plan)
        if way is None:
            return ()
    if way is None:
        raise AssignmentDisagrees("a plan does not meet the award")
    placed = _checked(case, way, POSSIBLE, case.all_rules)
    return to_confirm(case, placed, case.all_rules)


def _unfinished(table: Table, steps: int, status: AwardStatus, *, least: int) -> _Answer:
    """Bounds instead of plans: what each requirement alone lacks, and some plan that is enough."""
    for top in table.case.award.requirements:
        alone = Rules(frozenset({top.key}), frozenset())
        try:
            plans = smallest_plans(table, alone, Budget(steps))
        except SearchStopped:
            continue
        if plans is not None:
            least = max(least, plans.courses)
    way = _narrow(table, [entrant.course.id for entrant in table.case.items])
    most = None if way is None else way.cost[0]
    return _Answer(status, (), bounds=Bounds(least, most))


def _checked(case: Case, way: Way, favour: Favour, rules: Rules) -> tuple[Placed, ...]:
    placed = way.placed()
    wrong = broken(case, placed, favour, rules)
    if wrong:
        raise AssignmentDisagrees(", ".join(wrong))
    return placed


# ---- putting it together ------------------------------------------------------------------------


def _next(
    case: Case, answer: _Answer, *, met: bool
) -> tuple[int | None, Decimal | None, tuple[tuple[str, ...], ...], int]:
    if met:
        return 0, Decimal(0), (), 0
    if answer.plans is None:
        return None, None, (), 0
    plans = answer.plans
    return plans.courses, decimal_ects(plans.ects), plans.listed, plans.count


def _recommended_first(case: Case, plans: Plans) -> Plans:
    tracks = [
        {key for step in pathway.steps for key in step.items}
        for pathway in case.programme.pathways
        if pathway.award == case.award.key
    ]

    def place(plan: tuple[str, ...]) -> tuple[int, tuple[str, ...]]:
        fitting = (i for i, track in enumerate(tracks) if track.issuperset(plan))
        return next(fitting, len(tracks)), plan

    return replace(plans, listed=tuple(sorted(plans.listed, key=place)))


def _used(case: Case, placed: Sequence[Placed]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for leaf in case.leaves:
        ids = sorted(
            one.course.id
            for one in placed
            if any(fit.requirement.key == leaf.key for fit in one.fits)
        )
        if ids:
            found.append((leaf.key, tuple(ids)))
    return tuple(found)


def _used_ects(answer: _Answer) -> Decimal:
    certain = answer.status is AwardStatus.MET
    return decimal_ects(
        sum(
            one.course.certain_ects if certain else one.course.possible_ects
            for one in answer.placed
            if not one.course.planned
        )
    )


def _blocking(shown: Shown, conflict: Sequence[Rule]) -> tuple[Missing, ...]:
    return tuple(shown.named(rule.key, constraint=rule.constraint) for rule in conflict)


def _elsewhere(award: Award, holdings: Holdings) -> dict[str, str]:
    found: dict[str, str] = {}
    for rule in award.constraints:
        for name in rule.with_awards:
            for one in holdings.taken.get(name, ()):
                found.setdefault(one, name)
    return found


def _counts_at_all(course: Course) -> bool:
    return not course.planned and refused_state(course) is None


def _earned_by(case: Case) -> str | None:
    wanted = set(case.award.achievement)
    held = (entrant.course for entrant in case.held)
    found = (c.id for c in held if _counts_at_all(c) and not wanted.isdisjoint(c.identifiers))
    return next(found, None)


def _tracks(case: Case) -> tuple[Track, ...]:
    done: dict[str, list[str]] = {}
    for entrant in case.held:
        for match in entrant.course.matches:
            if _counts_at_all(entrant.course):
                done.setdefault(match.item.key, []).append(entrant.course.id)
    return tuple(
        Track(
            pathway.key,
            pathway.title,
            tuple(
                TrackStep(
                    step.items,
                    step.requirement,
                    tuple(dict.fromkeys(one for key in step.items for one in done.get(key, ()))),
                )
                for step in pathway.steps
            ),
        )
        for pathway in case.programme.pathways
        if pathway.award == case.award.key
    )
