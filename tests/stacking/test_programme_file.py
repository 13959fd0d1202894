"""Definitions and holdings files: what is read, and what is refused with its place."""

import contextlib
import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import needs
from tests.stacking.small import held, item, leaf, programme_json, rule
from wallet.errors import ProgrammeInvalid
from wallet.model.programme import HoldingState, SelectorKind, Strength
from wallet.resources import resource
from wallet.stacking.programme_file import load, load_holdings

SHIPPED = (
    "enhance-climate-action",
    "enhance-data-literacy",
    "enhance-higher-education-teaching",
    "wut-data-in-engineering",
    "wut-smart-sustainable-cities",
)


@pytest.mark.parametrize("name", [*SHIPPED, "programme.schema"])
def test_shipped_files_are_the_published_ones(name: str) -> None:
    shipped = resource("programmes", f"{name}.json").read_text("utf-8")
    published = needs.shared("programmes", f"{name}.json").read_text("utf-8")
    # One Polish word is spelled as the list of words has it.
    assert shipped == published.replace("mini-certyfikat", "minicertyfikat")


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_programmes_are_valid(name: str) -> None:
    programme = load(resource("programmes", f"{name}.json").read_bytes())
    assert programme.awards
    assert programme.title.best("pl") != ""


def test_the_published_minor_is_valid() -> None:
    programme = load(needs.shared("programmes", "eu-conexus-minor.json").read_bytes())
    assert programme.awards[0].constraints[0].joint_once


def test_what_is_read() -> None:
    programme = load(resource("programmes", "enhance-data-literacy.json").read_bytes())
    full = programme.award("full")
    assert full is not None
    elective = full.requirement("elective")
    assert elective is not None
    assert elective.ects is not None
    assert elective.ects.more_than == Decimal(3)
    assert elective.selector is not None
    assert elective.selector.kind is SelectorKind.ANY
    assert Strength.CONFIRMED_TITLE in full.accept
    assert full.absorbs == ("mini",)
    sources = [fact.source for fact in programme.facts_at(elective.at + "/count")]
    assert sources == ["assumed"]


# ---- what is wrong, and where -------------------------------------------------------------------

Change = Callable[[dict[str, Any]], object]


def definition() -> dict[str, Any]:
    """A valid definition with a bit of everything."""
    return programme_json(
        [item("a", tags=["t-x"]), item("b", prerequisites=["a"]), item("c")],
        [
            leaf("one", count={"min": 1}, layer="l1"),
            {
                "key": "two",
                "title": {"en": "two"},
                "choose": {"min": 1},
                "of": [leaf("x", count={"min": 1}), leaf("y", ects={"min": "3", "max": "6"})],
            },
        ],
        [rule("distinct", of="country", min=2, over=["one"])],
        equivalences=[{"items": ["a", "b"]}],
        pathways=[
            {
                "key": "p",
                "award": "award",
                "title": {"en": "p"},
                "steps": [{"requirement": "one", "items": ["a"]}],
            }
        ],
        facts=[{"at": "/awards/0", "source": "assumed"}],
    )


def award(document: dict[str, Any]) -> dict[str, Any]:
    """Its one award."""
    found: dict[str, Any] = document["awards"][0]
    return found


def order(before: str, after: str, key: str) -> dict[str, Any]:
    """A rule of order."""
    return {"key": key, "title": {"en": key}, "type": "order", "before": before, "after": after}


WRONG: dict[str, tuple[str, Change]] = {
    "unknown member": ("", lambda d: d.update(surprise=1)),
    "number as number": ("/catalogue/0/ects", lambda d: d["catalogue"][0].update(ects=3)),
    "no such date": ("/valid/from", lambda d: d.update(valid={"from": "2024-13-01"})),
    "period": ("/valid", lambda d: d.update(valid={"from": "2024-02-01", "until": "2024-01-01"})),
    "institution": (
        "/catalogue/0/awardedBy/0",
        lambda d: d["catalogue"][0].update(awardedBy=["mit"]),
    ),
    "item twice": ("/catalogue/2/key", lambda d: d["catalogue"][2].update(key="a")),
    "prerequisite": (
        "/catalogue/1/prerequisites/0",
        lambda d: d["catalogue"][1].update(prerequisites=["z"]),
    ),
    "prerequisites in a circle": (
        "/catalogue",
        lambda d: d["catalogue"][0].update(prerequisites=["b"]),
    ),
    "equivalent": (
        "/equivalences/0/items/1",
        lambda d: d["equivalences"][0].update(items=["a", "z"]),
    ),
    "group without item": (
        "/awards/0/requirements/0/from/group/0",
        lambda d: award(d)["requirements"][0].update({"from": {"group": ["empty"]}}),
    ),
    "item in a selector": (
        "/awards/0/requirements/0/from/any/1/item/0",
        lambda d: award(d)["requirements"][0].update(
            {"from": {"any": [{"group": ["g"]}, {"item": ["z"]}]}}
        ),
    ),
    "tag": (
        "/awards/0/requirements/0/from/not/tag/0",
        lambda d: award(d)["requirements"][0].update({"from": {"not": {"tag": ["t-y"]}}}),
    ),
    "requirement twice": (
        "/awards/0/requirements/1/of/1/key",
        lambda d: award(d)["requirements"][1]["of"][1].update(key="x"),
    ),
    "more than there are": (
        "/awards/0/requirements/0/count/min",
        lambda d: award(d)["requirements"][0].update(count={"min": 4}),
    ),
    "least above most": (
        "/awards/0/requirements/0/count",
        lambda d: award(d)["requirements"][0].update(count={"min": 2, "max": 1}),
    ),
    "amount": (
        "/awards/0/requirements/1/of/1/ects",
        lambda d: award(d)["requirements"][1]["of"][1].update(ects={"moreThan": "6", "max": "6"}),
    ),
    "more children than there are": (
        "/awards/0/requirements/1/choose/min",
        lambda d: award(d)["requirements"][1].update(choose={"min": 3}),
    ),
    "neither leaf nor choice": (
        "/awards/0/requirements/0",
        lambda d: award(d)["requirements"][0].pop("from"),
    ),
    "grade off the scale": (
        "/awards/0/requirements/0/each/grade/atLeast",
        lambda d: award(d)["requirements"][0].update(
            each={"grade": {"scale": "s", "atLeast": "9", "order": ["1", "2"]}}
        ),
    ),
    "over": (
        "/awards/0/constraints/0/over/0",
        lambda d: award(d)["constraints"][0].update(over=["z"]),
    ),
    "rule without its amount": (
        "/awards/0/constraints/0",
        lambda d: award(d)["constraints"][0].update(type="total"),
    ),
    "rule without bounds": (
        "/awards/0/constraints/0",
        lambda d: award(d)["constraints"][0].pop("min"),
    ),
    "order of nothing": (
        "/awards/0/constraints/1/after",
        lambda d: award(d)["constraints"].append(order("one", "z", "k")),
    ),
    "order in a circle": (
        "/awards/0/constraints",
        lambda d: award(d)["constraints"].extend(
            [order("one", "x", "k1"), order("x", "y", "k2"), order("y", "one", "k3")]
        ),
    ),
    "absorbs itself": ("/awards", lambda d: award(d).update(absorbs=["award"])),
    "absorbs nothing": ("/awards/0/absorbs/0", lambda d: award(d).update(absorbs=["z"])),
    "layer": (
        "/awards/0/constraints/1/layers/1",
        lambda d: award(d)["constraints"].append(
            {
                "key": "k",
                "title": {"en": "k"},
                "type": "overlap",
                "layers": ["l1", "l2"],
                "atMost": {"count": 1},
            }
        ),
    ),
    "not an award": (
        "/awards/0/constraints/1/with/0",
        lambda d: award(d)["constraints"].append(
            {"key": "k", "title": {"en": "k"}, "type": "exclusive", "with": ["urn:x:y"]}
        ),
    ),
    "pathway's award": ("/pathways/0/award", lambda d: d["pathways"][0].update(award="z")),
    "pathway's requirement": (
        "/pathways/0/steps/0/requirement",
        lambda d: d["pathways"][0]["steps"][0].update(requirement="z"),
    ),
    "fact about nothing": ("/facts/0/at", lambda d: d["facts"][0].update(at="/awards/7")),
    "fact from nowhere": ("/facts/0/source", lambda d: d["facts"][0].update(source="z")),
}


def test_the_definition_is_valid_before_it_is_changed() -> None:
    load(json.dumps(definition()).encode())


@pytest.mark.parametrize("name", WRONG)
def test_the_place_is_named(name: str) -> None:
    place, change = WRONG[name]
    document = copy.deepcopy(definition())
    change(document)
    with pytest.raises(ProgrammeInvalid) as caught:
        load(json.dumps(document).encode())
    assert place in [at for at, _ in caught.value.places]
    assert all(what for _, what in caught.value.places)


@pytest.mark.parametrize("data", [b"", b"[]", b'{"a": 1, "a": 2}', b"\xff", b"{" * 200])
def test_what_is_no_document_is_refused(data: bytes) -> None:
    with pytest.raises(ProgrammeInvalid):
        load(data)
    with pytest.raises(ProgrammeInvalid):
        load_holdings(data)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_raises_nothing_else(data: st.DataObject) -> None:
    text = bytearray(json.dumps(definition()).encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text) - 1))
        text[place] = data.draw(st.sampled_from(list(b'{}[]":,0123x-')))
    with contextlib.suppress(ProgrammeInvalid):
        load(bytes(text))


# ---- holdings -----------------------------------------------------------------------------------


def test_holdings_are_read() -> None:
    document = {
        "credentials": [
            held("c1", "a", grade={"scale": "pl-2-5", "value": "4.5"}, state="unverified"),
            {"id": "c2", "title": {"en": "A", "pl": "Ą"}, "ects": 2.5, "codes": ["K1"]},
        ],
        "learner": {"field": "0732", "shoes": 42},
        "taken": {"urn:p#a": ["c1"]},
    }
    found = load_holdings(json.dumps(document).encode())
    first, second = found.credentials
    assert first.state is HoldingState.UNVERIFIED
    assert first.grade is not None
    assert first.grade.scales == ("pl-2-5",)
    assert second.titles == ("A", "Ą")
    assert second.ects == Decimal("2.5")
    assert found.learner.field == "0732"
    assert found.taken == {"urn:p#a": ("c1",)}
    assert found.remarks == (("/learner/shoes", "shoes"),)


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("ects", "three"),
        ("ects", "-1"),
        ("ects", True),
        ("eqf", 9),
        ("awarded", "yesterday"),
        ("state", "fine"),
        ("attestationExpired", "yes"),
        ("grade", {"scale": "x"}),
        ("awardedBy", [7]),
        ("achievement", 7),
    ],
)
def test_a_member_of_the_wrong_kind_is_named(member: str, value: Any) -> None:
    document = {"credentials": [{"id": "c1", member: value}]}
    with pytest.raises(ProgrammeInvalid) as caught:
        load_holdings(json.dumps(document).encode())
    assert caught.value.places[0][0].startswith(f"/credentials/0/{member}")


def test_ids_are_needed_and_are_different() -> None:
    with pytest.raises(ProgrammeInvalid) as caught:
        load_holdings(json.dumps({"credentials": [{"ects": "3"}]}).encode())
    assert caught.value.places == (("/credentials/0/id", "is missing"),)
    with pytest.raises(ProgrammeInvalid):
        load_holdings(json.dumps({"credentials": [{"id": "c"}, {"id": "c"}]}).encode())
