"""Small programmes and holdings for one rule at a time."""

import json
from datetime import date
from typing import Any

from wallet.model.programme import AwardAssessment, Holdings, Programme
from wallet.stacking.programme_file import load, load_holdings
from wallet.stacking.solve import assess

Json = dict[str, Any]
TODAY = date(2024, 5, 31)
INSTITUTIONS = {"wut": "PL", "pg": "PL", "tub": "DE", "ntnu": "NO"}


def item(key: str, by: str | list[str] = "wut", ects: str | None = "3", **more: Any) -> Json:
    """A catalogue item in group "g"."""
    return {
        "key": key,
        "title": {"en": f"Course {key}"},
        "awardedBy": [by] if isinstance(by, str) else by,
        "achievement": [f"urn:x:{key}"],
        "ects": ects,
        "groups": ["g"],
        "known": "illustrative",
        **more,
    }


def leaf(key: str = "r", **more: Any) -> Json:
    """A requirement on group "g"."""
    return {"key": key, "title": {"en": key}, "from": {"group": ["g"]}, **more}


def rule(kind: str, **more: Any) -> Json:
    """A rule over the whole."""
    return {"key": "rule", "title": {"en": "the rule"}, "type": kind, **more}


def programme_json(
    items: list[Json], requirements: list[Json], rules: list[Json] | None = None, **more: Any
) -> Json:
    """A definition with one award."""
    award = more.pop("award", {})
    return {
        "format": "mc-programme/1",
        "id": "urn:mc-programme:test:small",
        "version": "1",
        "title": {"en": "Small", "pl": "Mały"},
        "kind": "other",
        "status": "illustrative",
        "sources": {"s": "made up"},
        "institutions": {
            k: {"name": {"en": f"University {k}"}, "country": c} for k, c in INSTITUTIONS.items()
        },
        "catalogue": items,
        "awards": [
            {
                "key": "award",
                "title": {"en": "Award"},
                "requirements": requirements,
                "constraints": rules or [],
                **award,
            }
        ],
        **more,
    }


def programme(
    items: list[Json], requirements: list[Json], rules: list[Json] | None = None, **more: Any
) -> Programme:
    """The same, read and checked."""
    return load(json.dumps(programme_json(items, requirements, rules, **more)).encode())


def held(name: str, key: str, by: str | list[str] | None = "wut", **more: Any) -> Json:
    """A credential for the item of that key, 3 ECTS."""
    raw: Json = {"id": name, "achievement": [f"urn:x:{key}"], "ects": "3", **more}
    if by is not None:
        raw["awardedBy"] = [by] if isinstance(by, str) else by
    return raw


def holdings(*credentials: Json, **more: Any) -> Holdings:
    """Holdings of these credentials."""
    return load_holdings(json.dumps({"credentials": list(credentials), **more}).encode())


def answer(what: Programme, *credentials: Json, **more: Any) -> AwardAssessment:
    """The assessment of the one award."""
    return assess(what, holdings(*credentials, **more), TODAY).awards[0]


def reasons(award: AwardAssessment) -> dict[str, str]:
    """Why what is not counted, by id."""
    return {one.id: one.reason.value for one in award.not_counted}
