"""JSON from foreign bytes: one reading only, within limits, and duplicate names are told.

Python's own parser keeps the last of two members with one name in silence, reads `NaN`, and goes
as deep as the stack allows. Where two readers may see two documents, a signature says nothing.
"""

import json
import math
import re
from dataclasses import dataclass
from typing import Any, NoReturn

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import Json, JsonObject

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 64
MAX_MEMBERS = 200_000
"""Members of all objects and entries of all arrays together."""
MAX_DIGITS = 400
"""Digits of one number: converting more costs time that grows with the square."""
MAX_DUPLICATES = 20
"""Duplicate names that are reported; one is already too many."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a document may ask for: bytes, nesting levels, members and entries."""

    size: int = MAX_BYTES
    depth: int = MAX_DEPTH
    members: int = MAX_MEMBERS


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value, and where an object names a member twice (JSON pointers, RFC 6901)."""

    value: Json
    duplicates: tuple[str, ...] = ()


DEFAULT_LIMITS = Limits()

_BRACKETS = re.compile(r"[\[\]{}]")
_STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


def parse(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Parse UTF-8 JSON (RFC 8259) without a byte order mark.

    Of two members with one name the last is kept, as most readers do, and reported.

    Raises:
        MalformedCredential: not UTF-8, not JSON, a number that is none (`NaN`, `1e999`), a text
            with half a surrogate pair.
        TooLarge: more bytes, levels, members or digits than `limits` and `MAX_DIGITS` allow.
    """
    if len(data) > limits.size:
        raise TooLarge("JSON", limit=limits.size)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedCredential("UTF-8") from error
    return parse_text(text, limits=limits)


def parse_text(text: str, *, limits: Limits = DEFAULT_LIMITS) -> Parsed:
    """Parse JSON that is already text: a JAdES payload, a decoded header. See `parse`."""
    if len(text) > limits.size:
        raise TooLarge("JSON", limit=limits.size)
    _measure(text, limits)
    doubles: list[tuple[JsonObject, str]] = []

    def collect(pairs: list[tuple[str, Any]]) -> JsonObject:
        members = dict(pairs)
        if len(members) != len(pairs):
            seen: set[str] = set()
            for name, _ in pairs:
                if name in seen:
                    doubles.append((members, name))
                seen.add(name)
        return members

    try:
        value = json.loads(
            text,
            object_pairs_hook=collect,
            parse_constant=_refuse_number,
            parse_float=_float,
            parse_int=_integer,
        )
        if "\\u" in text:
            # An escape alone can write half a surrogate pair, which no UTF-8 can carry on.
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise MalformedCredential("JSON") from error
    return Parsed(value, _pointers(value, doubles[:MAX_DUPLICATES]))


def parse_object(data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> JsonObject:
    """Parse JSON that has to be an object without duplicate names: a header, a key, a list.

    Raises:
        MalformedCredential: see `parse`; also any other JSON value and any duplicate name.
    """
    parsed = parse(data, limits=limits)
    if not isinstance(parsed.value, dict):
        raise MalformedCredential("JSON object")
    if parsed.duplicates:
        raise MalformedCredential("duplicate key", where=parsed.duplicates[0])
    return parsed.value


def pointer(*parts: str | int) -> str:
    """Build a JSON pointer (RFC 6901) from member names and array indices."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def _measure(text: str, limits: Limits) -> None:
    """Count nesting and members before anything is built.

    Without its escapes, every other piece between quotes is outside of texts. A text without its
    end is the last piece; what is no JSON is measured up to where the parser will stop.
    """
    plain = text.replace("\\\\", "").replace('\\"', "")
    outside = "".join(plain.split('"')[::2])
    if sum(map(outside.count, "[{,")) > limits.members:
        raise TooLarge("JSON members", limit=limits.members)
    depth = 0
    for bracket in _BRACKETS.findall(outside):
        depth += _STEPS[bracket]
        if depth > limits.depth:
            raise TooLarge("JSON depth", limit=limits.depth)


def _refuse_number(name: str) -> NoReturn:
    raise MalformedCredential("JSON number", value=name)


def _float(digits: str) -> float:
    if len(digits) > MAX_DIGITS:
        raise TooLarge("JSON number", limit=MAX_DIGITS)
    value = float(digits)
    if math.isinf(value):
        raise MalformedCredential("JSON number", value=digits[:20])
    return value


def _integer(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise TooLarge("JSON number", limit=MAX_DIGITS)
    return int(digits)


def _pointers(value: Json, doubles: list[tuple[JsonObject, str]]) -> tuple[str, ...]:
    """Find where the objects with duplicate names are; a lost object has only its name."""
    if not doubles:
        return ()
    names: dict[int, list[str]] = {}
    for members, name in doubles:
        names.setdefault(id(members), []).append(name)
    found: list[str] = []
    waiting: list[tuple[str, Json]] = [("", value)]
    while waiting:
        where, item = waiting.pop()
        if isinstance(item, dict):
            found += [where + pointer(name) for name in names.pop(id(item), [])]
            waiting += [(where + pointer(name), entry) for name, entry in item.items()]
        elif isinstance(item, list):
            waiting += [(where + pointer(index), entry) for index, entry in enumerate(item)]
    # An object that a later duplicate replaced is in no place any more.
    found += ["/.../" + name for lost in names.values() for name in lost]
    return tuple(found)
