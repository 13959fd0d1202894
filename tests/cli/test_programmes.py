"""`mikrofolio programme` and `progress`: the published scenarios through the command line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.cli.conftest import Run
from tests.issuer import EDC_AWARD, sealed_edc
from tests.issuer.universities import berlin
from wallet.resources import resource


def _scenarios() -> list[dict[str, Any]]:
    path = needs.SHARED / "programmes" / "scenarios.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


@pytest.mark.parametrize("scenario", _scenarios(), ids=lambda scenario: scenario["id"])
def test_scenario(run: Run, tmp_path: Path, scenario: dict[str, Any]) -> None:
    definition = needs.shared("programmes", scenario["programme"] + ".json")
    holdings = tmp_path / "holdings.json"
    parts = ("credentials", "learner", "taken")
    holdings.write_text(json.dumps({k: scenario[k] for k in parts if k in scenario}), "utf-8")
    ran = run("programme", "assess", definition, "--holdings", holdings, "--json")
    assert ran.status == 0
    for award, expected in scenario["expect"].items():
        found = ran.json["awards"][award]
        judged = {key: value for key, value in expected.items() if key != "greedy"}
        assert {key: found[key] for key in judged} == judged


def test_scenarios_are_there() -> None:
    needs.shared("programmes", "scenarios.json")
    assert len(_scenarios()) >= 15


def test_broken_holdings_are_the_holdings_fault(run: Run, tmp_path: Path) -> None:
    definition = needs.shared("programmes", "enhance-climate-action.json")
    holdings = tmp_path / "holdings.json"
    holdings.write_text("[]", "utf-8")
    ran = run("programme", "assess", definition, "--holdings", holdings, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "holdings_invalid")
    assert ran.json["error"]["places"]


def test_a_word_does_not_outweigh_what_the_credential_states(vault: Run) -> None:
    badge = resource("demonstration", "04-data-one.jwt")
    entry = vault("import", "--json", badge).json["items"][0]["id"]
    ran = vault("confirm", entry, "climate-abc")
    assert ran.status == 2
    assert "another course" in ran.err


def test_check_says_where_it_is_wrong(run: Run, tmp_path: Path) -> None:
    good = needs.shared("programmes", "enhance-climate-action.json")
    assert run("programme", "check", good).status == 0
    broken = json.loads(good.read_text("utf-8"))
    broken["awards"][0]["requirements"][0]["of"][0]["from"]["group"] = ["m9"]
    file = tmp_path / "broken.json"
    file.write_text(json.dumps(broken), "utf-8")
    ran = run("programme", "check", file, "--json")
    assert ran.status == 1
    places = {place["at"]: place["what"] for place in ran.json["places"]}
    assert "m9" in places["/awards/0/requirements/0/of/0/from/group/0"]


def test_shipped_programmes_are_the_published_ones(run: Run) -> None:
    listed = {one["id"] for one in run("programme", "list", "--json").json["programmes"]}
    assert "urn:mc-programme:enhance:climate-action" in listed
    assert len(listed) == 5


def test_progress_of_an_empty_vault(vault: Run) -> None:
    programmes = vault("progress", "--json").json["programmes"]
    climate = programmes["urn:mc-programme:enhance:climate-action"]["awards"]["full"]
    assert (climate["status"], climate["missingItems"], climate["missingEcts"]) == (
        "not-met", 4, "13",
    )  # fmt: skip


def test_confirmations_are_kept_and_taken_back(vault: Run, tmp_path: Path) -> None:
    course = replace(
        EDC_AWARD.course,
        title={"en": "Climate data analysis"},
        identifier="urn:epass:qualification:1",
        code=None,
        awarded_by=(),
    )
    file = tmp_path / "title-only.jsonld"
    file.write_bytes(sealed_edc(berlin(), replace(EDC_AWARD, course=course)))
    entry = vault("import", "--json", file).json["items"][0]["id"]
    climate = ("--programme", "urn:mc-programme:enhance:climate-action")
    assert vault("confirm", entry, "climate-data", *climate).status == 0
    assert vault("unconfirm", entry, "climate-data", *climate).status == 0
    assert vault("unconfirm", entry, "climate-data", *climate).status == 2
    assert vault("confirm", entry, "climate-abc", *climate).status == 2
    assert vault("confirm", entry, "no-such-course").status == 2


def test_profile(vault: Run) -> None:
    assert vault("profile", "set", "field", "0732").status == 0
    assert vault("profile", "show", "--json").json == {"profile": {"field": "0732"}}
    assert vault("profile", "set", "field", "zzz").status == 2
    assert vault("profile", "set", "fild", "0732").status == 2
    assert vault("profile", "set", "field", "").status == 0
    assert vault("profile", "show", "--json").json == {"profile": {}}
