"""Folding and questions."""

import pytest

from tests.vault.sketch import sketch
from wallet.vault import search


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Żółkiewska", "zolkiewska"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "zazolc gesla jazn"),
        ("Straße, Æsir, Đorđe, Ørsted", "strasse, aesir, dorde, orsted"),
        ("Z\u0307o\u0301łw", "zolw"),
        ("İstanbul", "istanbul"),
        ("Київ", "киів"),
        ("ﬁnance", "finance"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert search.fold(text) == folded


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Żół data", '"zol"* "data"*'),
        ('"quoted" OR (x)', '"quoted"* "or"* "x"*'),
        ("snake_case", '"snake"* "case"*'),
        (" .-, ", None),
        ("", None),
    ],
)
def test_question(text: str, question: str | None) -> None:
    assert search.question(text) == question


def test_a_question_has_a_limited_number_of_words() -> None:
    assert (search.question("a " * 500) or "").count("*") == search.MAX_WORDS


def test_everything_stated_is_indexed_in_all_languages() -> None:
    credential = sketch(
        titles={"pl": "Łąka", "en": "Meadow"}, learner="Ola Żak", ects=["2.5"], eqf=6
    )

    words = search.stated(credential).split()

    assert {"laka", "meadow", "ola", "zak", "2.5", "6"} <= set(words)
