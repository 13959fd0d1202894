"""Every code of an evaluation has a sentence, with the numbers it needs."""

from datetime import date
from decimal import Decimal

import pytest

from tests.stacking.small import answer, held, item, leaf, programme, rule
from wallet.model.credential import Text
from wallet.model.programme import (
    Assessment,
    AwardStatus,
    Candidate,
    Counted,
    Missing,
    NotCounted,
    NotCountedReason,
    OpenFact,
    RequirementState,
    RuleProgress,
    Strength,
    ToConfirm,
)
from wallet.texts import progress, use

ENGLISH = use("en")
TITLE = Text((("en", "Course"), ("pl", "Kurs")))


@pytest.mark.parametrize("language", ["en", "pl"])
def test_every_code_has_a_sentence(language: str) -> None:
    t = use(language)
    said = [progress.status(t, one) for one in AwardStatus]
    said += [progress.requirement_state(t, one) for one in RequirementState]
    said += [progress.strength(t, one) for one in Strength]
    said += [progress.open_fact(t, one) for one in OpenFact]
    said += [progress.reason(t, NotCounted("c", one)) for one in NotCountedReason]
    full = [NotCounted("c", one, "r", "d", "1", "2") for one in NotCountedReason]
    said += [progress.not_counted(t, one) for one in full]
    said += [progress.to_confirm(t, ToConfirm(who, (OpenFact.ECTS,))) for who in ("c", "learner")]
    assert all(said)


@pytest.mark.parametrize(
    ("lack", "sentence"),
    [
        (Missing("r", TITLE, items=1), "missing: 1 course"),
        (Missing("r", TITLE, items=2, ects=Decimal("2.50")), "missing: 2 courses, 2.5 ECTS"),
        (
            Missing("r", TITLE, items=1, ects=Decimal(3), more_than=True),
            "missing: 1 course, more than 3 ECTS",
        ),
        (Missing("r", TITLE, ects=Decimal(4)), "missing: 4 ECTS"),
        (Missing("r", TITLE, rule=True), "does not hold: Course"),
    ],
)
def test_what_is_missing(lack: Missing, sentence: str) -> None:
    assert progress.missing(ENGLISH, lack) == sentence


def test_met_by_and_could_be() -> None:
    whole = Counted("c", TITLE, Decimal(3), Decimal(3), Strength.IDENTIFIER, "urn:x:a")
    assert progress.met_by(ENGLISH, whole) == (
        "met by Course: 3 ECTS, recognised by its identifier"
    )
    assert "fetch a fresh copy" in progress.met_by(
        ENGLISH, Counted("c", TITLE, Decimal(3), None, Strength.TITLE, "", fresh_copy=True)
    )
    planned = Counted("i", TITLE, Decimal(3), None, Strength.IDENTIFIER, "i", planned=True)
    assert progress.met_by(ENGLISH, planned) == "planned: Course, 3 ECTS"
    for candidate in (
        Candidate("c", TITLE),
        Candidate("c", TITLE, OpenFact.CHECK),
        Candidate("c", TITLE, None, "other"),
    ):
        assert progress.could_be_met_by(ENGLISH, candidate).startswith("could be met by Course")


def test_rules_and_remarks() -> None:
    state = RequirementState.NOT_MET
    advice = RuleProgress("k", TITLE, "", "order", state, advice=True)
    assert progress.rule(ENGLISH, advice) == "Course (a recommendation): not met"
    items = [item("a"), item("b", "pg"), item("c", "tub")]
    what = programme(items, [leaf(count={"min": 2})], [rule("distinct", of="country", min=2)])
    award = answer(what, held("x", "a"), held("y", "b", "pg"))
    lines = list(progress.remarks(ENGLISH, award))
    assert any("the rule" in line and "Poland" in line and "at least 2" in line for line in lines)
    assert "With what you have this rule cannot hold: the rule" in lines
    assert progress.plans(ENGLISH, award) == "The smallest plan: 1 course"


def test_the_university_decides() -> None:
    found = Assessment("urn:p", "2024", TITLE, (), date(2024, 5, 31))
    assert progress.decides(ENGLISH, found) == (
        "You meet the published rules (version 2024). The university decides on the award."
    )
    assert progress.rests_on(ENGLISH, found) == (
        "Rests on Course, version 2024, evaluated on 31 May 2024."
    )
