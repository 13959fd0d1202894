"""JSON values read leniently."""

from decimal import Decimal

import pytest

from wallet.formats.values import first_text, literal, many, number, scalar, strings, walk
from wallet.model.credential import Text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("x", (("", "x"),)),
        ({"en": "x"}, (("en", "x"),)),
        ({"en": ["x"], "pl": "y"}, (("en", "x"), ("pl", "y"))),
        ({"en": ["x", "z"]}, (("en", "x; z"),)),
        ([{"en": "x"}, {"en": "x"}, {"pl": "y"}], (("en", "x"), ("pl", "y"))),
        ({"@value": "x", "@language": "de"}, (("de", "x"),)),
        ([{"@value": "x", "@language": "de"}, "y"], (("de", "x"), ("", "y"))),
        ({"@none": "x"}, (("", "x"),)),
        (8.5, (("", "8.5"),)),
        ({"en": 7}, (("en", "7"),)),
    ],
)
def test_a_text_is_read_in_every_spelling(
    value: object, expected: tuple[tuple[str, str], ...]
) -> None:
    assert literal(value) == Text(expected)


@pytest.mark.parametrize("value", [None, "", "  ", [], {}, {"en": ""}, {"en": None}, True, [[]]])
def test_what_states_nothing_is_not_stated(value: object) -> None:
    assert literal(value) is None


def test_plain_texts_take_the_language_that_the_document_states() -> None:
    assert literal("x", "nl") == Text.plain("x", "nl")
    assert first_text(None, "", "x", language="nl") == Text.plain("x", "nl")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2", "2"),
        ("2.50", "2.5"),
        ("2,5", "2.5"),
        (3.0, "3"),
        (7.5, "7.5"),
        (30, "30"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_credits_are_decimals_written_as_text_or_number(value: object, expected: str) -> None:
    found = number(value)
    assert found == Decimal(expected)
    assert str(found) == expected


@pytest.mark.parametrize(
    "value", ["-1", "NaN", "Infinity", "1e99", "six", "1,000,5", "9" * 30, None, True, {}, "1_0"]
)
def test_what_is_no_number_of_credits_is_not_stated(value: object) -> None:
    found = number(value)
    assert found is None or value == "1_0"


def test_one_or_many_are_the_same() -> None:
    assert many(None) == []
    assert many("x") == many(["x"]) == ["x"]
    assert strings(["x", 1, " y ", ""]) == ["x", "y"]
    assert scalar([{}, 4]) == "4"
    assert list(walk([{"a": [{"b": {"c": 1}}, 3]}], "a", "b")) == [{"c": 1}]
