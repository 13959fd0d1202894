"""An evaluation in lines of text: requirements, rules, what is missing, what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wallet.actions import programmes as shelf
from wallet.actions.wallet import Wallet, entries
from wallet.cli.screen import Screen
from wallet.model.programme import (
    Assessment,
    AwardAssessment,
    AwardStatus,
    Conflict,
    Place,
    Programme,
    RequirementProgress,
)
from wallet.texts import progress as said


@dataclass(frozen=True, slots=True)
class Names:
    """What ids and keys are called: credentials by title and id, courses and awards by title."""

    credentials: Mapping[str, str] = field(default_factory=dict)
    programmes: Sequence[Programme] = ()

    @classmethod
    def of(cls, wallet: Wallet) -> "Names":
        """Take them from a wallet."""
        titles = {one.id: one.title.best() for one in entries(wallet) if one.title is not None}
        return cls(titles, shelf.in_use(wallet))

    def __call__(self, name: str) -> str:
        """Return what a credential, a course or an award ("programme#award") is called."""
        entry_id, sharp, number = name.partition("#")
        if entry_id in self.credentials:
            return f"{self.credentials[entry_id]} ({name})"
        if sharp and (found := self.award(entry_id, number)):
            return found
        items = (item for one in self.programmes if (item := one.item(name)) is not None)
        item = next(items, None)
        return item.title.best() if item is not None else name

    def award(self, programme_id: str, key: str) -> str | None:
        """Return the title of an award, None where the programme is not here."""
        for one in self.programmes:
            if one.id == programme_id and (award := one.award(key)) is not None:
                return award.title.best()
        return None


def print_assessment(assessment: Assessment, screen: Screen, names: Names) -> None:
    """Print every award: the answer, what met what, what is missing, and what next."""
    screen.line(f"{assessment.title.best()} (version {assessment.version})")
    if assessment.planned:
        courses = screen.texts.listing(names(key) for key in assessment.planned)
        screen.line(f"  {screen.texts(said.WHAT_IF, courses=courses)}")
    for award in assessment.awards:
        status = said.status(screen.texts, award.status)
        screen.line(f"  {award.title.best()}: {status}")
        for requirement in award.requirements:
            _print_requirement(requirement, screen, "    ")
        for rule in award.rules:
            screen.line(f"    {said.rule(screen.texts, rule)}")
        for line in said.remarks(screen.texts, award, names):
            screen.line(f"    {line}")
        _print_next(award, screen, names)
        if award.status is AwardStatus.MET:
            screen.line(f"    {said.decides(screen.texts, assessment)}")


def print_conflict(conflict: Conflict, screen: Screen, names: Names) -> None:
    """Print which two awards want one credential, and how to decide."""
    screen.line(said.conflict(screen.texts, conflict, names))
    screen.line(f"  mikrofolio counts-in {conflict.holding} PROGRAMME")


def print_place(place: Place, screen: Screen, names: Names) -> None:
    """Print where a credential counts, or why it does not."""
    award = names(f"{place.programme}#{place.award}")
    screen.line(f"{award} ({place.programme}): {said.place(screen.texts, place, names)}")


def _print_requirement(requirement: RequirementProgress, screen: Screen, indent: str) -> None:
    met_by = [said.met_by(screen.texts, one) for one in requirement.met_by]
    state = said.requirement_state(screen.texts, requirement.state)
    screen.line(f"{indent}{requirement.title.best()}: {state}")
    for line in met_by:
        screen.line(f"{indent}  {line}")
    for child in requirement.children:
        _print_requirement(child, screen, indent + "  ")


def _print_next(award: AwardAssessment, screen: Screen, names: Names) -> None:
    for plan in award.next:
        screen.line(f"    next: {screen.texts.listing(names(key) for key in plan)}")
