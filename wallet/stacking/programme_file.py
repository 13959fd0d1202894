"""Reading programme definitions (mc-programme/1) and holdings files, and saying where they err.

A definition is checked in two steps: against the schema, then for what a schema cannot say
(`references`). Nothing is evaluated that did not pass both.
"""

import json
from functools import cache
from typing import Any

from wallet.errors import MalformedCredential, ProgrammeInvalid
from wallet.model.credential import JsonObject
from wallet.model.programme import Holdings, Programme
from wallet.proofs.strict_json import Limits, parse
from wallet.resources import resource
from wallet.stacking.building import build
from wallet.stacking.holdings_file import read_holdings
from wallet.stacking.references import check_references

MAX_PROGRAMME_BYTES = 2 * 1024 * 1024
MAX_HOLDINGS_BYTES = 4 * 1024 * 1024
MAX_PLACES = 50
"""Places that are reported; who mends fifty will check again."""

Place = tuple[str, str]
"""(JSON pointer, what is wrong there)."""


def load(data: bytes) -> Programme:
    """Read and check a programme definition.

    Raises:
        ProgrammeInvalid: not JSON, not of the schema, or a reference that leads nowhere; every
            place with a JSON pointer (RFC 6901) and what is wrong.
    """
    return read(_object(data, MAX_PROGRAMME_BYTES))


def read(document: JsonObject) -> Programme:
    """Check a programme definition that is parsed already; raises as `load`."""
    places = _against_schema(document)
    if not places:
        places = check_references(document)
    if places:
        raise ProgrammeInvalid(tuple(places[:MAX_PLACES]))
    return build(document)


def load_holdings(data: bytes) -> Holdings:
    """Read a holdings file: an object with `credentials`, `learner` and `taken`.

    Members without meaning for the evaluation are listed in `Holdings.remarks`.

    Raises:
        ProgrammeInvalid: not JSON, or a member of the wrong kind; every place.
    """
    return read_holdings(_object(data, MAX_HOLDINGS_BYTES))


def _object(data: bytes, limit: int) -> JsonObject:
    try:
        parsed = parse(data, limits=Limits(size=limit))
    except MalformedCredential as error:
        what = " ".join(str(value) for value in error.facts.values())
        raise ProgrammeInvalid((("", f"cannot be read as JSON: {what}"),)) from error
    if parsed.duplicates:
        raise ProgrammeInvalid(tuple((place, "named twice") for place in parsed.duplicates))
    if not isinstance(parsed.value, dict):
        raise ProgrammeInvalid((("", "is not an object"),))
    return parsed.value


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 -- slow to import

    schema = json.loads(resource("programmes", "programme.schema.json").read_bytes())
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def _against_schema(document: JsonObject) -> list[Place]:
    errors = sorted(_validator().iter_errors(document), key=lambda e: list(map(str, e.path)))
    return [place for error in errors[:MAX_PLACES] for place in _places(error)]


def _places(error: Any) -> list[Place]:
    """One place per error; of alternatives, the one that came furthest."""
    if error.context:
        deepest = max(error.context, key=lambda one: len(one.absolute_path))
        if len(deepest.absolute_path) > len(error.absolute_path):
            return _places(deepest)
    pointer = "".join(f"/{_escape(str(step))}" for step in error.absolute_path)
    return [(pointer, error.message)]


def _escape(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")
