"""`mikrofolio programme` and `progress`: the published scenarios through the command line."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import needs
from tests.cli.conftest import Run
from tests.issuer import EDC_AWARD, sealed_edc
from tests.issuer.universities import berlin, warsaw
from tests.stacking.small import item, leaf, programme_json
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
    assert vault("confirm", f"{entry}#2", "climate-data", *climate).status == 2
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


# ---- what-if, choices, own files, papers --------------------------------------------------------

CLIMATE = "urn:mc-programme:enhance:climate-action"


@pytest.fixture
def school(vault: Run, tmp_path: Path) -> str:
    """The id of a summer school of Warsaw in the vault."""
    course = replace(
        EDC_AWARD.course, identifier="urn:mc-example:wut:summer-school-2023", ects="4", code=None
    )
    file = tmp_path / "school.jsonld"
    file.write_bytes(sealed_edc(warsaw(), replace(EDC_AWARD, course=course)))
    entry: str = vault("import", "--json", file).json["items"][0]["id"]
    return entry


def test_what_if(vault: Run) -> None:
    plans = ("--plan", "climate-abc", "--plan", "summer-school-2025")
    ran = vault("progress", "climate-action", *plans, "--json")
    found = ran.json["programmes"][CLIMATE]
    assert found["planned"] == ["climate-abc", "summer-school-2025"]
    assert (found["awards"]["full"]["usedEcts"], found["awards"]["full"]["used"]) == ("0", {})
    assert found["awards"]["full"]["missingItems"] == 2
    said = vault("progress", "climate-action", *plans).out
    assert "What if, as planned" in said
    assert "You meet the published rules" not in said
    assert vault("progress", "--plan", "nothing").status == 2


def test_where_a_credential_counts(vault: Run, school: str) -> None:
    ran = vault("counts-in", school, "--json")
    where = {(one["programme"], one["award"]): one for one in ran.json["places"]}
    assert where[CLIMATE, "full"]["requirement"] == "summer-school"
    assert "summer-school" not in vault("counts-in", school).out
    assert vault("counts-in", school, "climate-action").status == 0
    assert vault("counts-in", school, "--undo").status == 0
    assert vault("counts-in", school, "--undo").status == 2
    assert vault("counts-in", school, "data-literacy").status == 2
    assert vault("counts-in", "nobody").status == 2


def test_own_programme_files(vault: Run, tmp_path: Path) -> None:
    own = programme_json([item("a")], [leaf(count={"min": 1})])
    file = tmp_path / "own.json"
    file.write_text(json.dumps(own), "utf-8")
    added = vault("programme", "add", file, "--json").json
    assert (added["id"], added["own"], added["signed"]) == (own["id"], True, None)
    file.write_text(json.dumps({**own, "version": "2"}), "utf-8")
    assert vault("programme", "add", file).status == 0
    assert vault("programme", "use", "small", "1").status == 0
    listed = {(one["id"], one["version"]): one
              for one in vault("programme", "list", "--json").json["programmes"]}  # fmt: skip
    assert len(listed) == 7
    assert listed[own["id"], "1"]["used"]
    assert listed[own["id"], "2"]["in_force"]
    assert vault("programme", "use", "small").status == 0
    assert own["id"] in vault("progress", "small", "--json").json["programmes"]
    assert vault("programme", "remove", "small").status == 0
    assert vault("programme", "remove", "small").status == 2
    file.write_text("{}", "utf-8")
    assert vault("programme", "add", file).status == 1


def test_supplement_and_audit_are_written(vault: Run, school: str, tmp_path: Path) -> None:
    paper, data = tmp_path / "supplement.pdf", tmp_path / "audit.json"
    ran = vault("progress", "climate-action", "--supplement", paper, "--audit", data, "--language",
                "pl", "--json")  # fmt: skip
    assert ran.json == {"files": [str(paper), str(data)]}
    assert paper.read_bytes().startswith(b"%PDF")
    assert json.loads(data.read_text("utf-8"))["activities"][0]["id"] == school
    assert vault("progress", "--audit", data).status == 2
    assert vault("progress", "climate-action", "--audit", tmp_path / "audit.odt").status == 2
    assert vault("progress", "higher-education-teaching", "--audit", data).status == 2
    two = ("higher-education-teaching", "--award", "basic")
    assert vault("progress", *two, "--audit", data).status == 0
