"""The published scenarios, with the results that they state."""

import json
from typing import Any

import pytest

from tests import needs
from tests.stacking.small import TODAY
from wallet.model.programme import AwardAssessment
from wallet.stacking.programme_file import load, load_holdings
from wallet.stacking.solve import assess

NAMES = ["T01", "T02", "T04", "T05", "T06", "T07", "T09", "T12", "T13", "T14"]
NAMES += ["T17", "T20", "T23", "T26", "T30"]


def test_every_scenario_is_here() -> None:
    stated = json.loads(needs.shared("programmes", "scenarios.json").read_bytes())
    assert [one["id"] for one in stated] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_scenario(name: str) -> None:
    stated = json.loads(needs.shared("programmes", "scenarios.json").read_bytes())
    scenario = next(one for one in stated if one["id"] == name)
    file = needs.shared("programmes", f"{scenario['programme']}.json")
    found = assess(load(file.read_bytes()), load_holdings(json.dumps(scenario).encode()), TODAY)
    for key, expected in scenario["expect"].items():
        expected.pop("greedy", None)
        answered = as_stated(found.award(key))
        assert {member: answered[member] for member in expected} == expected


def as_stated(award: AwardAssessment) -> dict[str, Any]:
    """An award in the words of the scenarios."""
    return {
        "status": award.status.value,
        "used": {key: list(ids) for key, ids in award.used},
        "usedEcts": str(award.used_ects),
        "missingItems": award.missing_items,
        "missingEcts": None if award.missing_ects is None else str(award.missing_ects),
        "next": [list(plan) for plan in award.next],
        "toConfirm": [one.subject for one in award.to_confirm],
        "notCounted": {one.id: one.reason.value for one in award.not_counted},
    }
