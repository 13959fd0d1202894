"""What-if: courses taken as done, though nobody holds them."""

from dataclasses import replace

from tests.stacking.small import TODAY, held, holdings, item, leaf, programme, reasons, rule
from wallet.model.programme import AwardAssessment, AwardStatus, Programme
from wallet.stacking.solve import assess

ITEMS = [item("a"), item("b", "pg"), item("c", "tub", ects="5"), item("d", "ntnu", ects="2")]


def imagined(what: Programme, *planned: str, credentials: tuple[str, ...] = ()) -> AwardAssessment:
    """The one award, as if these items were taken."""
    has = holdings(*(held(f"h-{key}", key) for key in credentials))
    return assess(what, replace(has, planned=planned), TODAY).awards[0]


def test_a_planned_course_counts_and_is_marked() -> None:
    what = programme(ITEMS, [leaf(count={"min": 2})])
    found = imagined(what, "b", credentials=("a",))
    assert found.status is AwardStatus.MET
    marks = {one.id: one.planned for one in found.requirements[0].met_by}
    assert marks == {"h-a": False, "b": True}
    assert found.used_ects == 3
    assert found.missing_items == 0


def test_plans_count_only_what_is_still_to_take() -> None:
    abroad = rule("distinct", of="country", min=3)
    what = programme(ITEMS, [leaf(count={"min": 3})], [abroad])
    found = imagined(what, "c", credentials=("a",))
    assert found.status is AwardStatus.NOT_MET
    assert found.missing_items == 1
    assert found.next == (("d",),)


def test_what_is_held_is_preferred_to_what_is_planned() -> None:
    found = imagined(programme(ITEMS, [leaf(count={"min": 1})]), "b", credentials=("a",))
    assert found.used == (("r", ("h-a",)),)
    assert reasons(found) == {}


def test_what_is_held_is_never_planned_again() -> None:
    found = imagined(programme(ITEMS, [leaf(count={"min": 2})]), "a", credentials=("a",))
    assert found.status is AwardStatus.NOT_MET


def test_a_planned_course_has_no_date_and_the_best_grade() -> None:
    each = {"grade": {"scale": "s", "atLeast": "5"}, "awarded": {"until": "2020-01-01"}}
    window = rule("window", months=1)
    found = imagined(programme(ITEMS, [leaf(count={"min": 2}, each=each)], [window]), "a", "b")
    assert found.status is AwardStatus.MET


def test_planned_courses_are_not_offered_for_moving() -> None:
    two = [leaf("one", count={"min": 1}), leaf("two", count={"min": 2})]
    found = imagined(programme(ITEMS, two), "a")
    assert all(not node.could_be_met_by for node in found.requirements)
