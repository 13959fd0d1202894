"""The catalogues are current, finished, and the program loads what the .po files say."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from wallet import texts
from wallet.texts import Message, countries, labels, problems, progress, use, verdicts, ways
from wallet.texts.sayings import places

ROOT = Path(__file__).resolve().parents[2]
MODULES = (countries, labels, problems, progress, verdicts, ways)


def messages(value: object) -> Iterator[Message]:
    """Find every Message in a module, a mapping, a tuple or a record of them."""
    if isinstance(value, Message):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from messages(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from messages(one)


EVERY = sorted(
    {m for module in MODULES for v in vars(module).values() for m in messages(v)}, key=str
)


def test_the_catalogues_are_current_and_finished() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "packaging" / "translations.py", "check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stderr


def test_sentences_were_found() -> None:
    assert len(EVERY) > 400


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_sentence_can_be_filled(language: str) -> None:
    t = use(language)
    for message in EVERY:
        numbers = (1, 2, 5, 22) if message.many else (3,)
        for n in numbers:
            facts: dict[str, object] = dict.fromkeys(places(message), "x")
            said = t(message, **(facts | {"n": n}))
            assert said
            assert "{" not in said


def test_polish_says_something_else_than_english_wherever_there_are_words() -> None:
    english, polish = use("en"), use("pl")
    same = {
        m.one
        for m in EVERY
        if m.many is None
        and english(m, **dict.fromkeys(places(m), "x"))
        == polish(m, **dict.fromkeys(places(m), "x"))
    }
    names = {country.one for country in countries.COUNTRIES.values()}
    formats = {name.one for name in labels.FORMATS.values()}
    left = same - names - formats - SAME_IN_BOTH
    assert not left


SAME_IN_BOTH = {
    "{title}: {state}",
    "{number} ECTS",
    "ECTS",
    "Mikrofolio {version}",
    "{check}: {outcome}",
    "{grade} (scale: {scale})",
}


def test_polish_plurals_have_three_forms() -> None:
    t = use("pl")
    said = [t(labels.CREDENTIAL_COUNT, n=n) for n in (1, 2, 5, 12, 22)]
    assert said == [
        "1 poświadczenie",
        "2 poświadczenia",
        "5 poświadczeń",
        "12 poświadczeń",
        "22 poświadczenia",
    ]
