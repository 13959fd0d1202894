"""How much there is and how much is asked, in words: bounds, values, dates, shares.

The rules over the whole of an award speak in these; each function returns a `Text` with every
language of ours, so that an evaluation carries its words and needs no language.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal

from wallet.model.credential import Text
from wallet.texts.catalogue import LANGUAGES, Message, Texts, use
from wallet.texts.countries import COUNTRIES

AT_LEAST = Message("at least {number}")
MORE_THAN = Message("more than {number}")
AT_MOST = Message("at most {number}")
FROM_TO = Message("{low} to {high}")
ECTS = Message("{number} ECTS")
PERCENT = Message("{number} %")
MONTHS = Message("{n} month", "{n} months")
ISCED_FIELD = Message("field {code}")
MODES: Mapping[str, Message] = {
    "onsite": Message("on site"),
    "online": Message("online"),
    "blended": Message("blended"),
}
KINDS: Mapping[str, Message] = {
    "course": Message("course"),
    "module": Message("module"),
    "multiple-modules": Message("several modules"),
    "summer-winter-school": Message("summer or winter school"),
    "bip": Message("blended intensive programme"),
    "coil": Message("collaborative online course"),
    "design-project": Message("design project"),
    "challenge": Message("challenge"),
    "mooc": Message("open online course"),
    "workshop": Message("workshop"),
    "certificate": Message("certificate"),
    "other": Message("other form"),
}

Say = Callable[[Texts], str]


def in_all_languages(say: Say) -> Text:
    """Say something in every language of ours. It must not be empty in any."""
    return Text(tuple((language, say(use(language))) for language in LANGUAGES))


def plain(number: Decimal | int) -> Say:
    """A bare number, with the language's decimal mark."""
    return lambda t: t.decimal(Decimal(number))


def ects(number: Decimal) -> Say:
    """A number of ECTS credits."""
    return lambda t: t(ECTS, number=t.decimal(number))


def percent(number: Decimal) -> Say:
    """A percentage."""
    return lambda t: t(PERCENT, number=t.decimal(number))


def months(number: int) -> Say:
    """A number of months."""
    return lambda t: t(MONTHS, n=number)


def days(first: date, last: date) -> Say:
    """A day, or the first and the last of several."""
    if first == last:
        return lambda t: _day(t, first)
    return lambda t: t(FROM_TO, low=_day(t, first), high=_day(t, last))


def bound(least: Say | None = None, more: Say | None = None, most: Say | None = None) -> Say | None:
    """At least, more than, at most: those that are asked for; None where none is."""
    asked = [(AT_LEAST, least), (MORE_THAN, more), (AT_MOST, most)]
    said = [(message, number) for message, number in asked if number is not None]
    if not said:
        return None
    return lambda t: t.listing(t(message, number=number(t)) for message, number in said)


def listed(values: Iterable[Say]) -> Say:
    """Several values, in the order of the language's words."""
    every = tuple(values)
    return lambda t: t.listing(sorted(value(t) for value in every))


def value(kind: str, code: str) -> Say:
    """A value that a rule counts, by its kind (`country`, `mode`, `form`, `isced2`, a tag)."""
    known = {"country": COUNTRIES, "mode": MODES, "form": KINDS}.get(kind, {})
    if code in known:
        return lambda t: t(known[code])
    if kind == "isced2":
        return lambda t: t(ISCED_FIELD, code=code)
    return lambda t: code


def _day(t: Texts, day: date) -> str:
    return t.date(datetime.combine(day, time()))
