"""Labelled pairs of a credential and a catalogue item: what counts, is suggested, never matches.

`tests/data/matching-pairs.json` says of each pair what a person who knows both would say. A pair
holds a holding as in a holdings file, a course that the simulator issues, or a shared sample.
"""

import json
from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tests import needs
from tests.issuer import EDC_AWARD, open_badge, sealed_edc, universities
from tests.issuer.subjects import Issuer
from tests.issuer.tokens import open_badge_jwt
from tests.stacking.test_matching import report
from wallet import formats
from wallet.model.programme import Holding, Programme, Strength
from wallet.resources import resource
from wallet.stacking.courses import Bodies, held_courses
from wallet.stacking.matching import holdings
from wallet.stacking.programme_file import load, load_holdings

DATA = Path(__file__).resolve().parents[1] / "data"
PAIRS: list[dict[str, Any]] = json.loads((DATA / "matching-pairs.json").read_text("utf-8"))
LEAST_PAIRS = 200
LEAST_FOUND = 0.95


@cache
def _programmes() -> dict[str, Programme]:
    files = [*resource("programmes").glob("*.json"), DATA / "near-misses.json"]
    found = [load(f.read_bytes()) for f in files if "schema" not in f.name]
    return {one.id.rsplit(":", 1)[-1]: one for one in found}


def _held(pair: dict[str, Any]) -> tuple[Holding, ...]:
    if "holding" in pair:
        document = {"credentials": [{"id": "c", **pair["holding"]}]}
        return load_holdings(json.dumps(document).encode()).credentials
    if "sample" in pair:
        raw = needs.shared("samples", *pair["sample"].split("/")).read_bytes()
    else:
        raw = _issued(**pair["issued"])
    credential = formats.read(raw)
    assert credential is not None
    return holdings("c", credential, report())


def _issued(form: str, university: str, awarded_by: str = "", **course: Any) -> bytes:
    bodies = tuple(getattr(universities, one) for one in awarded_by.split("+") if one)
    stated = {"code": None, **course, "awarded_by": bodies}
    award = replace(EDC_AWARD, course=replace(EDC_AWARD.course, **stated))
    issuer: Issuer = getattr(universities, university)()
    if form == "sealed-edc":
        return sealed_edc(issuer, award)
    return open_badge(issuer, award) if form == "open-badge" else open_badge_jwt(issuer, award)


def _said(pair: dict[str, Any]) -> str:
    programme = _programmes()[pair["programme"]]
    held = _held(pair)
    found = {
        match.strength
        for one in held
        for course in held_courses(programme, one, Bodies(programme, held))
        for match in course.matches
        if match.item.key == pair["item"]
    }
    if found - {Strength.TITLE}:
        return "counts"
    return "suggested" if found else "never"


def test_matching_pairs() -> None:
    said = [(pair, _said(pair)) for pair in PAIRS]
    table = Counter((pair["label"], answer) for pair, answer in said)
    print("\nlabelled > said:", dict(sorted(table.items())))

    falsely = [pair for pair, answer in said if answer == "counts" != pair["label"]]
    true = [(pair, answer) for pair, answer in said if pair["label"] != "never"]
    missed = [pair["why"] for pair, answer in true if answer == "never"]
    weaker = [pair for pair, answer in true if (pair["label"], answer) == ("counts", "suggested")]
    suggested = [pair for pair, answer in said if (pair["label"], answer) == ("never", "suggested")]

    assert len(PAIRS) >= LEAST_PAIRS
    assert falsely == []
    assert weaker == []
    assert suggested == []
    assert len(true) - len(missed) >= LEAST_FOUND * len(true)
    assert missed == [
        "translated title that the catalogue does not know",
        "renamed course",
    ]


def test_every_pair_names_what_is_there() -> None:
    for pair in PAIRS:
        assert _programmes()[pair["programme"]].item(pair["item"]) is not None, pair
        assert pair["label"] in {"counts", "suggested", "never"}
        assert len(pair.keys() & {"holding", "issued", "sample"}) == 1
