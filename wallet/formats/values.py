"""Reading JSON values leniently: one or many, plain or multilingual, never trusting a type.

The learning models let every property be one object or an array of them, and every text be plain,
a language map, or a language map of arrays. What has another type reads as not stated.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from wallet.model.credential import JsonObject, Text, is_global

MAX_IDENTIFIERS = 50
"""Of one person or organisation; who has more is listed with the first ones."""
MAX_NUMBER = Decimal(100_000)
"""No stated number of credits is larger; what claims to be is no statement."""
MAX_NUMBER_CHARACTERS = 20


def many(value: object) -> list[Any]:
    """Return the entries of an array, or the one value, or nothing for null."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def objects(value: object) -> list[JsonObject]:
    """Return the objects among one or many values."""
    return [entry for entry in many(value) if isinstance(entry, dict)]


def walk(values: Iterable[JsonObject], *names: str) -> Iterator[JsonObject]:
    """Follow member names from objects to objects: `walk(claims, "awardedBy", "awardingBody")`."""
    found = list(values)
    for name in names:
        found = [inner for value in found for inner in objects(value.get(name))]
    return iter(found)


def string(value: object) -> str | None:
    """Return the first text of one or many, stripped; None where there is none."""
    return next(iter(strings(value)), None)


def strings(value: object) -> list[str]:
    """Return the non-empty texts among one or many values, stripped."""
    stripped = (entry.strip() for entry in many(value) if isinstance(entry, str))
    return [entry for entry in stripped if entry]


def scalar(value: object) -> str | None:
    """Return the first text or number as text: credits and grades are written as either."""
    for entry in many(value):
        if isinstance(entry, str) and entry.strip():
            return entry.strip()
        if isinstance(entry, int | float) and not isinstance(entry, bool):
            return str(entry)
    return None


def number(value: object) -> Decimal | None:
    """Return a plain, non-negative decimal number, written as text or number.

    A decimal comma is read as such. Anything that is not a number up to `MAX_NUMBER` is None.
    """
    text = scalar(value)
    if text is None or len(text) > MAX_NUMBER_CHARACTERS:
        return None
    try:
        found = Decimal(text.replace(",", ".") if text.count(",") == 1 else text)
    except InvalidOperation:
        return None
    if not found.is_finite() or not 0 <= found <= MAX_NUMBER:
        return None
    # 3.0 and 3 are one statement, and equal models have equal digits.
    whole = found.quantize(Decimal(1)) if found == found.to_integral_value() else found.normalize()
    return whole + 0


def literal(value: object, language: str = "") -> Text | None:
    """Read a text: plain, number, `{"en": "x"}`, `{"en": ["x"]}`, `{"@value": ...}`, or many.

    `language` is that of plain texts, where the document states one elsewhere. Several texts in
    one language are joined; each language appears once, in the document's order.
    """
    found: dict[str, dict[str, None]] = {}
    for tag, text in _pairs(value, language):
        found.setdefault(tag, {})[text] = None
    return Text(tuple((tag, "; ".join(texts)) for tag, texts in found.items())) if found else None


def _pairs(value: object, language: str) -> Iterator[tuple[str, str]]:
    for entry in many(value):
        if isinstance(entry, dict):
            if "@value" in entry:
                tag = entry.get("@language")
                inner = scalar(entry["@value"])
                if inner is not None:
                    yield (tag if isinstance(tag, str) else language), inner
                continue
            for tag, texts in entry.items():
                for text in many(texts):
                    inner = scalar(text)
                    if inner is not None and not isinstance(text, list):
                        yield ("" if tag in {"@none", "none"} else tag), inner
        else:
            inner = scalar(entry)
            if inner is not None:
                yield language, inner


def first_text(*values: object, language: str = "") -> Text | None:
    """Return the first of several values that states a text."""
    for value in values:
        found = literal(value, language)
        if found is not None:
            return found
    return None


def texts(values: Iterable[Text | None]) -> tuple[Text, ...]:
    """Return the stated ones, each once, in order."""
    return tuple(dict.fromkeys(text for text in values if text is not None))


def types(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the stated types of an object, in order."""
    return tuple(strings(value.get("type")))


def identifying(values: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers of somebody, each once, as many as anybody has."""
    return tuple(dict.fromkeys(values))[:MAX_IDENTIFIERS]


def global_ids(values: Iterable[str]) -> tuple[str, ...]:
    """Return those identifiers that mean something outside the document, each once."""
    return tuple(dict.fromkeys(value for value in values if is_global(value)))
