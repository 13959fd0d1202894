"""Obligatory where the rules name what is needed, elective where they leave a choice."""

from tests.stacking.small import Json, item, leaf, programme
from wallet.model.audit import Component
from wallet.stacking.components import component

ITEMS = [item("a"), item("b", groups=["g", "h"])]


def kind(of: str, *requirements: Json) -> Component:
    """What the leaf of that key is."""
    what = programme(ITEMS, list(requirements))
    return component(what, what.awards[0], of)


def test_components() -> None:
    named: Json = {"from": {"item": ["a"]}}
    assert kind("r", {**leaf(count={"min": 1}), **named}) is Component.OBLIGATORY
    assert kind("r", {**leaf(ects={"min": "3"}), **named}) is Component.OBLIGATORY
    assert kind("r", leaf(count={"min": 2})) is Component.OBLIGATORY
    assert kind("r", leaf(count={"min": 1})) is Component.ELECTIVE
    assert kind("r", {**leaf(), "from": {"group": ["h"]}}) is Component.OBLIGATORY
    assert kind("r", {**leaf(count={"min": 1}), "from": {"isced": ["06"]}}) is Component.ELECTIVE


def test_alternatives_are_elective() -> None:
    two = [{**leaf(key, count={"min": 1}), "from": {"item": [key]}} for key in "ab"]
    for least, answer in ((1, Component.ELECTIVE), (2, Component.OBLIGATORY)):
        choice: Json = {"key": "c", "title": {"en": "c"}, "choose": {"min": least}, "of": two}
        assert kind("b", choice) is answer
