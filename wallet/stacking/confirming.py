"""What has to be confirmed so that an assignment holds: as little as possible."""

from collections.abc import Sequence
from dataclasses import replace

from wallet.model.assessment import LEARNER
from wallet.model.programme import ConstraintType, OpenFact, ToConfirm
from wallet.stacking.case import Case, Placed, Rules
from wallet.stacking.checker import Favour, broken
from wallet.stacking.doubts import open_facts


def to_confirm(case: Case, placed: Sequence[Placed], rules: Rules) -> tuple[ToConfirm, ...]:
    """Name the credentials (and perhaps the learner) whose open facts the assignment rests on.

    Favour is withdrawn from one after the other, in the order of ids, where the rules hold
    without it; what is left cannot be done without. Rules that somebody else decides on are not
    the learner's to confirm.
    """
    approvals = {
        rule.key for rule in case.award.constraints if rule.type is ConstraintType.APPROVAL
    }
    asked = replace(rules, constraints=rules.constraints - approvals)
    ids = frozenset(one.course.id for one in placed if not one.course.planned)
    favour = Favour(ids, learner=True)
    doubtful = {one.course.id for one in placed if open_facts(case, one.course, one.fits)}
    doubtful |= {
        one.course.id for one in placed if one.course.certain_ects != one.course.possible_ects
    }
    plain = replace(favour, ids=frozenset(doubtful & ids))
    if not broken(case, placed, plain, asked):
        favour = plain
    for one in sorted(favour.ids or ()):
        fewer = replace(favour, ids=(favour.ids or frozenset()) - {one})
        if not broken(case, placed, fewer, asked):
            favour = fewer
    without = replace(favour, learner=False)
    if not broken(case, placed, without, asked):
        favour = without
    found = [
        ToConfirm(
            one.course.id,
            open_facts(case, one.course, one.fits),
            tuple(match.item.key for match in one.course.matches),
        )
        for one in placed
        if not one.course.planned and favour.of(one.course)
    ]
    found.sort(key=lambda one: one.subject)
    if favour.learner:
        found.append(ToConfirm(LEARNER, (OpenFact.FIELD_OF_STUDY,)))
    return tuple(found)
