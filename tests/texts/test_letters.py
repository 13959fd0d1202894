"""The letter to the university: it asks for everything that is missing, and for nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from wallet.model.credential import (
    Achievement,
    Credential,
    Element,
    Elements,
    Format,
    Learner,
    Organisation,
    Text,
)
from wallet.texts import LANGUAGES, letters, use, verdicts

BARE = Elements(title=Text((("en", "Data"), ("pl", "Dane"))))
CREDENTIAL = Credential(
    raw=b"",
    format=Format.OPEN_BADGE_3,
    securing="none",
    document={},
    id="urn:uuid:1",
    title=Text((("en", "Data"), ("pl", "Dane"))),
    issuer=Organisation(Text.plain("Example University")),
    issued=datetime(2026, 5, 4, tzinfo=UTC),
    achievements=(Achievement(BARE),),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_what_is_missing_and_nothing_that_is_stated(language: str) -> None:
    t = use(language)
    said = letters.letter(t, CREDENTIAL)
    for element in Element:
        missing = element in BARE.missing_mandatory()
        assert (f"- {verdicts.element(t, element)}:" in said) is missing, element
    for part in ("Example University", "2026", "2022/C 243/02", "urn:uuid:1"):
        assert part in said
    assert ("Dane" in said) is (language == "pl")
    assert "{" not in said


def test_it_is_signed_by_the_learner_where_one_is_named() -> None:
    named = replace(BARE, learner=Learner(name="Hanna Żółkiewska"))
    t = use("en")
    signed = letters.letter(t, replace(CREDENTIAL, achievements=(Achievement(named),)))
    assert signed.endswith("Kind regards,\nHanna Żółkiewska\n")
    assert letters.letter(t, CREDENTIAL).endswith("(your name)\n")


def test_each_of_several_achievements_has_its_list() -> None:
    other = Achievement(Elements(title=Text.plain("Statistics")))
    several = replace(CREDENTIAL, achievements=(*CREDENTIAL.achievements, other))
    said = letters.letter(use("en"), several)
    assert said.index("for “Data”") < said.index("for “Statistics”")


def test_what_states_nothing_of_itself_still_has_a_letter() -> None:
    bare = replace(CREDENTIAL, id=None, title=None, issuer=None, issued=None)
    said = letters.letter(use("en"), bare)
    assert "Dear Sir or Madam" in said
    assert "identifier" not in said.split("This is missing:")[0]


def test_only_what_is_incomplete_is_asked_about() -> None:
    assert letters.incomplete(CREDENTIAL) == CREDENTIAL.achievements
    assert letters.incomplete(replace(CREDENTIAL, achievements=())) == ()
