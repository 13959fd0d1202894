"""Awards that exclude each other: who has a credential, from both sides, and what is chosen."""

import json
from typing import Any

import pytest

from tests.stacking.small import TODAY, held, holdings, item, leaf, programme_json
from wallet.model.programme import Assessment, AwardStatus, Conflict, Programme
from wallet.stacking.across import Among, conflicts_of, serves
from wallet.stacking.programme_file import load

P, Q = "urn:mc-programme:test:p", "urn:mc-programme:test:q"
MET, NOT_MET = AwardStatus.MET, AwardStatus.NOT_MET


def excluding(name: str, *others: str, needs: int = 1) -> Programme:
    """A programme with one award that excludes the awards of others."""
    rules: list[dict[str, Any]] = []
    if others:
        rules = [{"key": "ex", "title": {"en": "ex"}, "type": "exclusive",
                  "with": [f"{other}#award" for other in others]}]  # fmt: skip
    document = programme_json([item("a"), item("b")], [leaf(count={"min": needs})], rules, id=name)
    return load(json.dumps(document).encode())


def assessed(
    programmes: list[Programme], choices: dict[str, str], *keys: str
) -> dict[str, Assessment]:
    """All programmes on credentials for these items."""
    has = holdings(*(held(f"c-{key}", key) for key in keys))
    among = Among(programmes, lambda _: has, TODAY, choices)
    return {one.id: among.assess(one) for one in programmes}


def statuses(found: dict[str, Assessment]) -> dict[str, AwardStatus]:
    return {name: one.awards[0].status for name, one in found.items()}


def test_a_met_award_has_what_it_counts() -> None:
    found = assessed([excluding(P, Q), excluding(Q)], {}, "a")
    assert statuses(found) == {P: NOT_MET, Q: MET}
    (conflict,) = conflicts_of(found.values(), {})
    assert conflict == Conflict("c-a", f"{Q}#award", f"{P}#award", chosen=False)


def test_an_award_that_is_not_met_keeps_nothing_from_others() -> None:
    found = assessed([excluding(P, Q), excluding(Q, needs=2)], {}, "a")
    assert statuses(found) == {P: MET, Q: NOT_MET}


@pytest.mark.parametrize("to", [P, f"{P}#award"])
def test_the_persons_choice_binds_from_both_sides(to: str) -> None:
    choices = {"c-a": to}
    found = assessed([excluding(P, Q), excluding(Q)], choices, "a")
    assert statuses(found) == {P: MET, Q: NOT_MET}
    (conflict,) = conflicts_of(found.values(), choices)
    assert conflict == Conflict("c-a", f"{P}#award", f"{Q}#award", chosen=True)
    (mirror,) = found[Q].awards[0].rules
    assert mirror.title.best("pl").startswith("Liczy się")


def test_a_choice_holds_for_an_award_that_is_not_met_yet() -> None:
    found = assessed([excluding(P, Q), excluding(Q, needs=2)], {"c-a": Q}, "a")
    assert statuses(found) == {P: NOT_MET, Q: NOT_MET}


def test_a_choice_for_another_programme_changes_nothing() -> None:
    found = assessed([excluding(P, Q), excluding(Q)], {"c-a": "urn:mc-programme:test:r"}, "a")
    assert statuses(found) == {P: NOT_MET, Q: MET}


@pytest.mark.parametrize("first", [P, Q])
def test_a_circle_is_decided_once_whatever_is_asked_first(first: str) -> None:
    both = [excluding(P, Q), excluding(Q, P)]
    found = assessed(sorted(both, key=lambda one: one.id != first), {}, "a")
    assert sorted(statuses(found).values()) == [MET, NOT_MET]
    assert statuses(found) == statuses(assessed(both, {}, "a"))
    given = assessed(both, {"c-a": Q}, "a")
    assert statuses(given) == {P: NOT_MET, Q: MET}


def test_with_two_credentials_nobody_loses() -> None:
    found = assessed([excluding(P, Q), excluding(Q)], {}, "a", "b")
    assert statuses(found) == {P: MET, Q: MET}
    assert conflicts_of(found.values(), {}) != ()


def test_who_a_choice_serves() -> None:
    assert serves(P, f"{P}#award")
    assert serves(f"{P}#award", f"{P}#award")
    assert not serves(f"{P}#other", f"{P}#award")
    assert not serves(None, f"{P}#award")
