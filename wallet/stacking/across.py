"""Programmes that exclude each other: which award has a credential, and who wanted it too.

An `exclusive` rule names awards that may not count the same credential. What those awards count is
worked out here, award by award, those that are named first:
1. a credential that the person gave to an award is that award's, and no other's that excludes it;
2. else an award that is met, or held, has what it counts;
3. awards that exclude each other in a circle are asked in the order of their names.
A choice binds from both sides: the award that lost the credential gets the rule mirrored.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from wallet.model.credential import Text
from wallet.model.programme import (
    Assessment,
    Award,
    AwardAssessment,
    AwardStatus,
    Conflict,
    Constraint,
    ConstraintType,
    Holdings,
    NotCountedReason,
    Programme,
)
from wallet.stacking.case import absorbed
from wallet.stacking.eligibility import exclusive_rules
from wallet.stacking.solve import assess
from wallet.texts.figures import in_all_languages
from wallet.texts.progress import GIVEN_TO

Choices = Mapping[str, str]
"""Holding's id -> the award ("programme#award", or a programme: any of its awards) that gets it."""
Taken = Mapping[str, tuple[str, ...]]


def conflicts_of(assessments: Iterable[Assessment], choices: Choices) -> tuple[Conflict, ...]:
    """Say which credentials several of these awards want, by holding and award."""
    found = [
        Conflict(
            one.id,
            one.other,
            f"{assessment.programme}#{award.key}",
            serves(choices.get(one.id), one.other),
        )
        for assessment in assessments
        for award in assessment.awards
        for one in award.not_counted
        if one.reason is NotCountedReason.COUNTED_ELSEWHERE and one.other is not None
    ]
    return tuple(sorted(found, key=lambda c: (c.holding, c.counted_in, c.wanted_by)))


def serves(choice: str | None, award: str) -> bool:
    """Tell whether a choice gives a credential to this award ("programme#award")."""
    return choice is not None and choice in {award, award.partition("#")[0]}


class Among:
    """Programmes that are evaluated together, one version of each, on the same holdings.

    Whichever is asked first, the answers fit together.
    """

    def __init__(
        self,
        programmes: Sequence[Programme],
        holdings: Callable[[Programme], Holdings],
        today: date,
        choices: Choices,
    ) -> None:
        self._holdings, self._today, self._choices = holdings, today, choices
        self._programmes = {one.id: one for one in programmes}
        self._awards = {
            f"{one.id}#{award.key}": (one, award) for one in programmes for award in one.awards
        }
        self._taken: Taken | None = None
        self._excludes = {
            name: tuple(other for other in _excluded(*found) if other in self._awards)
            for name, found in self._awards.items()
        }

    def assess(self, programme: Programme) -> Assessment:
        """Evaluate one of them on what the others leave it."""
        names = (f"{programme.id}#{award.key}" for award in programme.awards)
        if not self._choices and not any(self._excludes.get(name) for name in names):
            return self._on(programme, {})
        if self._taken is None:
            self._taken = self._settled()
        return self._on(programme, self._taken)

    def _settled(self) -> Taken:
        """What every award that somebody excludes has."""
        named = {other for others in self._excludes.values() for other in others}
        rivals = named | {name for name, others in self._excludes.items() if others}
        taken: dict[str, tuple[str, ...]] = {name: self._given(name) for name in rivals}
        for name in self._ordered():
            if name in named:
                programme, award = self._awards[name]
                found = self._on(programme, taken)
                counted = _counted(found.award(award.key), found.planned)
                taken[name] = tuple(dict.fromkeys((*taken[name], *counted)))
        return {name: ids for name, ids in taken.items() if ids}

    def _on(self, programme: Programme, taken: Taken) -> Assessment:
        """Evaluate one, with the rules that choices mirror onto it."""
        holdings = replace(self._holdings(programme), taken=taken)
        found = assess(self._mirrored(programme), holdings, self._today)
        return replace(found, planned=holdings.planned)

    def _given(self, name: str) -> tuple[str, ...]:
        return tuple(sorted(one for one, to in self._choices.items() if serves(to, name)))

    def _ordered(self) -> list[str]:
        """All awards, each after those that it excludes."""
        done: dict[str, None] = {}
        waiting = [(name, False) for name in sorted(self._awards, reverse=True)]
        entered: set[str] = set()
        while waiting:
            name, leaving = waiting.pop()
            if leaving:
                done[name] = None
            elif name not in entered:
                entered.add(name)
                waiting.append((name, True))
                waiting += [(other, False) for other in sorted(self._excludes[name], reverse=True)]
        return list(done)

    def _mirrored(self, programme: Programme) -> Programme:
        """The programme with a rule on each award that lost a credential to one that excludes it.

        Without a choice there is none: the excluding award's own rule is enough.
        """
        awards = tuple(self._with_mirrors(programme, award) for award in programme.awards)
        return programme if awards == programme.awards else replace(programme, awards=awards)

    def _with_mirrors(self, programme: Programme, award: Award) -> Award:
        name = f"{programme.id}#{award.key}"
        mirrors: list[Constraint] = []
        for rival in sorted(self._awards):
            if name in self._excludes[rival] and rival not in self._excludes[name]:
                other, theirs = self._awards[rival]
                if self._given(rival) and theirs.key not in _nested(programme, award, other):
                    title = _given_to(theirs.title)
                    key = f"given-{len(mirrors) + 1}"
                    kind = ConstraintType.EXCLUSIVE
                    mirrors.append(Constraint(key, kind, title, award.at, with_awards=(rival,)))
        return replace(award, constraints=(*award.constraints, *mirrors)) if mirrors else award


def _excluded(programme: Programme, award: Award) -> tuple[str, ...]:
    nested = {f"{programme.id}#{key}" for key in absorbed(programme, award)}
    names = (name for rule in exclusive_rules(award) for name in rule.with_awards)
    return tuple(dict.fromkeys(name for name in names if name not in nested))


def _nested(programme: Programme, award: Award, other: Programme) -> frozenset[str]:
    return absorbed(programme, award) if programme.id == other.id else frozenset()


def _given_to(title: Text) -> Text:
    return in_all_languages(lambda t: t(GIVEN_TO, title=title.best(t.language)))


def _counted(found: AwardAssessment, planned: Sequence[str]) -> tuple[str, ...]:
    """What an award that is met, or held, counts; planned items are nobody's."""
    if found.status is not AwardStatus.MET and found.earned_by is None:
        return ()
    return tuple(one for _, ids in found.used for one in ids if one not in planned)
