"""One rule at a time: what each means exactly, at its edges."""

from decimal import Decimal

import pytest

from tests.stacking.small import answer, held, item, leaf, programme, reasons, rule
from wallet.model.credential import Text
from wallet.model.programme import AwardStatus, OpenFact, RequirementState, Strength

MET, CONFIRM, NOT = AwardStatus.MET, AwardStatus.MET_IF_CONFIRMED, AwardStatus.NOT_MET
TWO = leaf(count={"min": 2})
ONE = leaf(count={"min": 1})
ITEMS = [item("a"), item("b", "pg"), item("c", "tub"), item("d", ["wut", "tub"])]


def test_strengths_count_as_accepted() -> None:
    course = item("a", codes=[{"institution": "wut", "code": "IS-101"}], outcomes=["urn:o:1"])
    by_code = {"id": "c", "awardedBy": ["wut"], "codes": ["is 101"], "ects": "3"}
    by_outcomes = {"id": "c", "awardedBy": ["tub"], "outcomes": ["urn:o:1"], "ects": "3"}
    what = programme([course], [ONE])
    assert answer(what, held("c", "a")).status is MET
    assert answer(what, by_code).status is MET
    assert answer(what, {**by_code, "awardedBy": ["pg"]}).status is NOT
    assert answer(what, by_outcomes).status is MET
    strict = programme([course], [ONE], award={"accept": ["identifier"]})
    assert answer(strict, by_code).status is CONFIRM
    assert answer(strict, by_code).to_confirm[0].facts == (OpenFact.MATCH,)


def test_a_title_suggests_and_never_counts_alone() -> None:
    what = programme([item("a")], [ONE], award={"accept": ["identifier", "confirmed-title"]})
    titled = {"id": "c", "title": "Course A!", "awardedBy": ["wut"], "ects": "3"}
    assert answer(what, titled).status is CONFIRM
    assert answer(what, {**titled, "awardedBy": ["tub"]}).status is NOT
    assert answer(what, {**titled, "achievement": ["urn:x:other"]}).status is NOT
    assert answer(what, {**titled, "achievement": ["urn:epass:qualification:1"]}).status is CONFIRM
    confirmed = answer(what, {**titled, "title": "Kurs", "confirmed": ["a"]})
    assert confirmed.status is MET
    assert confirmed.requirements[0].met_by[0].strength is Strength.CONFIRMED_TITLE


def test_a_document_local_identifier_is_nobodys() -> None:
    local = "urn:epass:learningAchievement:1"
    what = programme([item("a", achievement=[local])], [ONE])
    assert answer(what, {"id": "c", "achievement": [local], "ects": "3"}).status is NOT


def test_attributes_alone_need_approval_or_an_open_pool() -> None:
    pool = {"key": "r", "title": {"en": "r"}, "from": {"isced": ["06"]}, "count": {"min": 1}}
    course = {"id": "c", "isced": ["0613"], "ects": "3"}
    closed = answer(programme([item("a")], [pool]), course)
    assert closed.status is CONFIRM
    assert closed.to_confirm[0].facts == (OpenFact.APPROVAL,)
    assert answer(programme([item("a")], [{**pool, "openPool": True}]), course).status is MET


def test_all_is_as_weak_as_its_weakest_part() -> None:
    both = {"all": [{"group": ["g"]}, {"institution": ["wut"]}]}
    what = programme([item("a")], [{**ONE, "from": both}])
    assert answer(what, held("c", "a")).status is CONFIRM
    either = {"any": [{"group": ["g"]}, {"institution": ["wut"]}]}
    assert answer(programme([item("a")], [{**ONE, "from": either}]), held("c", "a")).status is MET


def test_not_turns_yes_and_no_and_leaves_not_known() -> None:
    elsewhere = {"not": {"institution": ["wut"]}}
    what = programme([item("a")], [{**ONE, "from": elsewhere, "openPool": True}])
    assert answer(what, {"id": "c", "awardedBy": ["tub"]}).status is MET
    assert answer(what, {"id": "c", "awardedBy": ["wut"]}).status is NOT
    assert answer(what, {"id": "c"}).status is CONFIRM


def test_a_no_is_as_strong_as_what_it_rests_on() -> None:
    other = {"all": [{"group": ["g"]}, {"not": {"item": ["b"]}}]}
    what = programme(ITEMS, [{**ONE, "from": other}])
    assert answer(what, held("c", "a")).status is MET
    assert answer(what, held("c", "b")).status is NOT


@pytest.mark.parametrize(("ects", "status"), [("3", NOT), ("3.01", MET), ("4", MET), ("2.99", NOT)])
def test_more_than_is_not_at_least(ects: str, status: AwardStatus) -> None:
    what = programme([item("a")], [leaf(ects={"moreThan": "3"})])
    assert answer(what, held("c", "a", ects=ects)).status is status


def test_decimals_add_up_exactly() -> None:
    what = programme([item("a"), item("b")], [leaf(ects={"min": "3.30", "max": "3.30"})])
    assert answer(what, held("c", "a", ects="1.10"), held("d", "b", ects="2.20")).status is MET


def test_ects_not_stated_are_none_or_the_catalogues() -> None:
    what = programme([item("a", ects="4")], [leaf(ects={"min": "4"})])
    found = answer(what, held("c", "a", ects=None))
    assert found.status is CONFIRM
    assert found.used_ects == Decimal(4)
    assert OpenFact.ECTS in found.to_confirm[0].facts
    assert answer(programme([item("a", ects=None)], [leaf(ects={"min": "4"})])).status is NOT


def test_a_count_has_a_most() -> None:
    what = programme(ITEMS, [leaf(count={"min": 1, "max": 1})], [rule("total", ects={"min": "6"})])
    assert answer(what, held("c", "a"), held("d", "b")).status is NOT
    assert answer(what, held("c", "a", ects="6"), held("d", "b")).status is MET


def test_one_layer_counts_once_two_layers_twice() -> None:
    same = [leaf("r", count={"min": 1}), leaf("s", count={"min": 1})]
    assert answer(programme(ITEMS, same), held("c", "a")).status is NOT
    layers = [leaf("r", count={"min": 1}), leaf("s", count={"min": 1}, layer="two")]
    found = answer(programme(ITEMS, layers), held("c", "a"))
    assert found.status is MET
    assert found.used == (("r", ("c",)), ("s", ("c",)))
    assert found.used_ects == Decimal(3)


def test_overlap_bounds_what_counts_twice() -> None:
    layers = [leaf("r", count={"min": 1}), leaf("s", count={"min": 1}, layer="two")]
    what = programme(ITEMS, layers, [rule("overlap", atMost={"count": 0})])
    assert answer(what, held("c", "a")).status is NOT
    assert answer(what, held("c", "a"), held("d", "b")).status is MET
    share = programme(ITEMS, layers, [rule("overlap", atMost={"percent": "50"})])
    assert answer(share, held("c", "a"), held("d", "b")).status is MET


def test_choose_wants_as_many_as_it_says() -> None:
    three = [leaf(k, **{"from": {"item": [k]}}, count={"min": 1}) for k in "abc"]
    pick = {"key": "pick", "title": {"en": "pick"}, "choose": {"min": 2}, "of": three}
    what = programme(ITEMS, [pick])
    assert answer(what, held("c", "a")).missing_items == 1
    found = answer(what, held("c", "a"), held("d", "c"))
    assert found.status is MET
    states = [child.state for child in found.requirements[0].children]
    met, idle = RequirementState.MET, RequirementState.NOT_NEEDED
    assert states == [met, idle, met]


def test_each_asks_of_every_course() -> None:
    graded = {"scale": "pl-2-5", "atLeast": "4.0", "order": ["2.0", "3.0", "4.0", "5.0"]}
    what = programme([item("a")], [leaf(count={"min": 1}, each={"grade": graded})])

    def with_grade(scale: str, value: str) -> str:
        found = answer(what, held("c", "a", grade={"scale": scale, "value": value}))
        return reasons(found).get("c", found.status.value)

    assert with_grade("pl-2-5", "4,0") == "met"
    assert with_grade("pl-2-5", "3.0") == "grade-too-low"
    assert with_grade("de-1-5", "4.0") == "other-grade-scale"
    assert with_grade("pl-2-5", "excellent") == "other-grade-scale"
    assert answer(what, held("c", "a")).status is CONFIRM


def test_levels_and_dates_of_each() -> None:
    level = programme([item("a", eqf=7)], [leaf(count={"min": 1}, each={"eqf": {"min": 7}})])
    assert reasons(answer(level, held("c", "a", eqf=6))) == {"c": "level-too-low"}
    open_level = answer(level, held("c", "a"))
    assert open_level.status is CONFIRM
    assert open_level.to_confirm[0].facts == (OpenFact.LEVEL,)
    period = {"awarded": {"from": "2023-01-01", "until": "2023-12-31"}}
    dated = programme([item("a")], [leaf(count={"min": 1}, each=period)])
    assert answer(dated, held("c", "a", awarded="2023-12-31")).status is MET
    assert reasons(answer(dated, held("c", "a", awarded="2024-01-01"))) == {"c": "outside-dates"}


def test_each_ects() -> None:
    what = programme([item("a")], [leaf(count={"min": 1}, each={"ects": {"min": "6"}})])
    found = answer(what, held("c", "a", ects="5"))
    assert (found.not_counted[0].found, found.not_counted[0].needed) == ("5", "6")
    assert reasons(found) == {"c": "too-few-ects"}


# ---- the same achievement -----------------------------------------------------------------------


def test_duplicates_editions_and_repeats() -> None:
    what = programme(ITEMS, [TWO], equivalences=[{"items": ["a", "b"], "max": 1}])
    assert answer(what, held("c", "a"), held("d", "a")).status is NOT
    assert answer(what, held("c", "a"), held("d", "b")).status is NOT
    assert answer(what, held("c", "a"), held("d", "c")).status is MET
    one = programme(ITEMS, [ONE], equivalences=[{"items": ["a", "b"], "max": 1}])
    assert reasons(answer(one, held("c", "a"), held("d", "a"))) == {"d": "duplicate"}
    assert reasons(answer(one, held("c", "a"), held("d", "b"))) == {"d": "edition-of"}
    twice = programme([item("a", repeatable=2)], [TWO])
    assert answer(twice, held("c", "a"), held("d", "a")).status is MET


def test_a_whole_and_its_parts_never_both_count() -> None:
    what = programme(ITEMS, [TWO])
    whole = held("w", "c", parts=["c"])
    assert answer(what, held("c", "a"), whole).status is NOT
    found = answer(programme(ITEMS, [ONE]), held("c", "a"), whole)
    assert reasons(found) == {"w": "part-of"}
    nested = [held("c", "a"), held("m", "b", parts=["c"]), held("w", "c", parts=["m"])]
    assert answer(what, *nested).status is NOT


def test_an_identifier_the_catalogue_does_not_list_is_one_achievement_too() -> None:
    pool = {**TWO, "from": {"isced": ["06"]}, "openPool": True}
    what = programme([item("a")], [pool])
    both = [{"id": n, "achievement": ["urn:y:1"], "isced": ["0613"], "ects": "3"} for n in "cd"]
    assert answer(what, *both).status is NOT
    titled = [{"id": n, "title": "X", "awardedBy": ["wut"], "isced": ["0613"]} for n in "cd"]
    assert answer(what, *titled).status is CONFIRM


# ---- states -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "status", "reason"),
    [
        ("valid", MET, None),
        ("unverified", CONFIRM, None),
        ("self-asserted", CONFIRM, None),
        ("revoked", NOT, "revoked"),
        ("expired", NOT, "expired"),
        ("invalid", NOT, "failed"),
        ("not-mine", NOT, "not-mine"),
        ("in-progress", NOT, "in-progress"),
    ],
)
def test_states(state: str, status: AwardStatus, reason: str | None) -> None:
    found = answer(programme([item("a")], [ONE]), held("c", "a", state=state))
    assert found.status is status
    assert reasons(found).get("c") == reason


def test_an_expired_attestation_counts_and_asks_for_a_fresh_copy() -> None:
    found = answer(programme([item("a")], [ONE]), held("c", "a", attestationExpired=True))
    assert found.status is MET
    assert found.requirements[0].met_by[0].fresh_copy


def test_attendance_alone_is_only_possible() -> None:
    found = answer(programme([item("a")], [ONE]), held("c", "a", attendanceOnly=True))
    assert found.status is CONFIRM
    assert found.to_confirm[0].facts == (OpenFact.ATTENDANCE,)


# ---- rules over the whole -----------------------------------------------------------------------


def test_joint_each_and_once() -> None:
    each = programme(ITEMS, [ONE], [rule("distinct", of="country", min=2)])
    once = programme(ITEMS, [ONE], [rule("distinct", of="country", min=2, joint="once")])
    joint = held("c", "d", ["wut", "tub"])
    assert answer(each, joint).status is MET
    assert answer(once, joint).status is NOT
    assert answer(once, joint, held("d", "a", "wut")).status is MET
    assert answer(once, joint, held("d", "b", "pg")).status is MET


def test_once_takes_the_choice_that_helps_most() -> None:
    rules = [rule("distinct", of="institution", min=3, joint="once")]
    what = programme([item(k) for k in "abc"], [leaf(count={"min": 3})], rules)
    courses = [
        held("x", "a", ["wut", "tub"]),
        held("y", "b", ["wut", "pg"]),
        held("z", "c", ["wut"]),
    ]
    assert answer(what, *courses).status is MET


def test_at_most_so_many_different() -> None:
    what = programme(ITEMS, [TWO], [rule("distinct", of="country", max=1)])
    assert answer(what, held("c", "a"), held("d", "c", "tub")).status is NOT
    assert answer(what, held("c", "a"), held("d", "c", "tub"), held("e", "b", "pg")).status is MET
    assert answer(what, held("c", "a"), held("d", "b", None)).status is CONFIRM


def test_an_awarding_body_not_stated_adds_one_possible_value() -> None:
    what = programme(ITEMS, [TWO], [rule("distinct", of="institution", min=2)])
    found = answer(what, held("c", "a"), held("d", "b", None))
    assert found.status is CONFIRM
    assert [one.subject for one in found.to_confirm] == ["d"]


def test_tags_count_by_their_prefix() -> None:
    items = [item("a", tags=["s-x", "t-1"]), item("b", tags=["s-y"]), item("c", tags=["s-x"])]
    what = programme(items, [TWO], [rule("distinct", of="tag:s", min=2)])
    assert answer(what, held("c", "a"), held("d", "c")).status is NOT
    assert answer(what, held("c", "a"), held("d", "b")).status is MET


@pytest.mark.parametrize(
    ("bound", "other", "status"),
    [
        ({"atMost": {"percent": "50"}}, "3", MET),
        ({"atMost": {"percent": "50"}}, "2.99", NOT),
        ({"atLeast": {"percent": "50"}}, "3.01", NOT),
        ({"atLeast": {"ects": "3"}}, "3", MET),
        ({"atLeast": {"ects": "3.01"}}, "3", NOT),
        ({"atMost": {"count": 1}}, "3", MET),
        ({"atMost": {"count": 0}}, "3", NOT),
    ],
)
def test_shares(bound: dict[str, object], other: str, status: AwardStatus) -> None:
    items = [item("a", tags=["in"]), item("b")]
    what = programme(items, [TWO], [rule("share", where={"tag": ["in"]}, **bound)])
    assert answer(what, held("c", "a"), held("d", "b", ects=other)).status is status


def test_a_share_that_is_not_known_is_taken_both_ways() -> None:
    outside = {"fieldOfStudy": "outside-learner"}
    least = programme([item("a")], [ONE], [rule("share", where=outside, atLeast={"ects": "3"})])
    most = programme([item("a")], [ONE], [rule("share", where=outside, atMost={"ects": "0"})])
    for what in (least, most):
        found = answer(what, held("c", "a", isced=["0613"]))
        assert found.status is CONFIRM
        assert [one.subject for one in found.to_confirm] == ["learner"]
        silent = answer(what, held("c", "a"), learner={"field": "0732"})
        assert [one.subject for one in silent.to_confirm] == ["c"]
    assert answer(least, held("c", "a", isced=["0613"]), learner={"field": "0732"}).status is MET
    assert answer(least, held("c", "a", isced=["0731"]), learner={"field": "0732"}).status is NOT


def test_coverage() -> None:
    what = programme(ITEMS, [ONE], [rule("coverage", outcomes=["urn:o:1", "urn:o:2"])])
    first, second = held("c", "a", outcomes=["urn:o:1"]), held("d", "b", outcomes=["urn:o:2"])
    assert answer(what, first).status is NOT
    assert answer(what, first, second).status is MET
    assert answer(what, first, held("d", "b")).status is CONFIRM


@pytest.mark.parametrize(
    ("last", "status"), [("2020-02-29", MET), ("2020-03-01", NOT), ("2020-01-01", MET)]
)
def test_a_window_is_in_calendar_months_and_inclusive(last: str, status: AwardStatus) -> None:
    what = programme(ITEMS, [TWO], [rule("window", months=1)])
    courses = [held("c", "a", awarded="2020-01-31"), held("d", "b", awarded=last)]
    assert answer(what, *courses).status is status


def test_undated_courses_and_windows() -> None:
    what = programme(ITEMS, [TWO], [rule("window", months=12)])
    assert answer(what, held("c", "a"), held("d", "b", awarded="2020-01-31")).status is CONFIRM
    assert answer(programme(ITEMS, [ONE], [rule("window", months=1)]), held("c", "a")).status is MET
    today = programme(ITEMS, [ONE], [rule("window", months=12, anchor="today")])
    assert answer(today, held("c", "a")).status is CONFIRM
    assert answer(today, held("c", "a", awarded="2023-05-31")).status is MET
    assert answer(today, held("c", "a", awarded="2023-05-30")).status is NOT


def test_order_and_advice() -> None:
    two = [leaf(k, **{"from": {"item": [k]}}, count={"min": 1}) for k in "ab"]
    rules = [rule("order", before="a", after="b")]
    late, early = "2024-02-01", "2024-01-01"
    wrong = [held("c", "a", awarded=late), held("d", "b", awarded=early)]
    assert answer(programme(ITEMS, two, rules), *wrong).status is NOT
    right = [held("c", "a", awarded=early), held("d", "b", awarded=early)]
    assert answer(programme(ITEMS, two, rules), *right).status is MET
    assert answer(programme(ITEMS, two, rules), held("c", "a"), wrong[1]).status is MET
    advice = programme(ITEMS, two, [rule("order", before="a", after="b", advice=True)])
    found = answer(advice, *wrong)
    assert found.status is MET
    assert found.rules[0].advice
    assert found.rules[0].state is RequirementState.MET


def test_approval_is_never_certain() -> None:
    found = answer(programme(ITEMS, [ONE], [rule("approval", by="the dean")]), held("c", "a"))
    assert found.status is CONFIRM
    assert found.to_confirm == ()
    assert [one.key for one in found.approvals] == ["rule"]


def test_exclusive_and_absorbs() -> None:
    other = rule("exclusive", **{"with": ["urn:p:other#award"]})
    taken = {"urn:p:other#award": ["c"]}
    what = programme(ITEMS, [ONE], [other])
    found = answer(what, held("c", "a"), taken=taken)
    assert found.status is NOT
    assert found.not_counted[0].reason.value == "counted-elsewhere"
    assert found.not_counted[0].other == "urn:p:other#award"
    assert [one.key for one in found.blocking] == ["r", "rule"]
    assert answer(what, held("c", "a"), held("d", "b"), taken=taken).status is MET


# ---- plans and explanations ---------------------------------------------------------------------


def test_plans_are_smallest_in_courses_then_ects() -> None:
    items = [item("a", ects="6"), item("b", ects="3"), item("c", ects="3"), item("d", ects="7")]
    found = answer(programme(items, [leaf(ects={"min": "6"})]))
    assert (found.missing_items, found.missing_ects) == (1, Decimal(6))
    assert found.next == (("a",),)


def test_nothing_held_is_proposed_again() -> None:
    what = programme([item("a", ects="6")], [leaf(ects={"min": "6"})])
    found = answer(what, held("c", "a", ects="5"))
    assert found.missing_items is None
    assert found.next == ()
    assert answer(what, held("c", "a", ects="5", state="revoked")).next == (("a",),)


def test_equal_plans_are_all_counted() -> None:
    items = [item(f"i{n}") for n in range(30)]
    found = answer(programme(items, [leaf(count={"min": 3})]))
    assert found.plan_count == 4060
    assert len(found.next) == 1000
    assert found.next[0] == ("i0", "i1", "i10")


def test_recommended_pathways_lead() -> None:
    track = {"key": "p", "award": "award", "title": {"en": "p"}, "steps": [{"items": ["b"]}]}
    found = answer(programme(ITEMS, [ONE], pathways=[track]))
    assert found.next == (("b",), ("a",), ("c",), ("d",))
    assert found.tracks[0].done == 0


def test_what_lacks_and_what_could_help() -> None:
    one = leaf("one", **{"from": {"item": ["a", "b"]}}, count={"min": 1})
    two = leaf("two", **{"from": {"item": ["b", "c"]}}, count={"min": 1}, ects={"min": "5"})
    found = answer(programme(ITEMS, [one, two]), held("x", "b", "pg"))
    lacking = {node.key: node.missing for node in found.requirements if node.missing}
    assert len(lacking) == 1
    key, missing = next(iter(lacking.items()))
    assert missing is not None
    assert missing.items == (1 if key == "one" else 0) or missing.ects
    assert found.blocking
    open_nodes = [node for node in found.requirements if node.missing]
    assert open_nodes[0].open_items


def test_the_rule_over_the_whole_is_named() -> None:
    two = [leaf(k, **{"from": {"item": [k]}}, count={"min": 1}) for k in "ab"]
    what = programme(ITEMS, two, [rule("distinct", of="country", min=2)])
    found = answer(what, held("x", "a"), held("y", "b", "pg"))
    (missing,) = found.missing
    assert (missing.key, missing.rule) == ("rule", True)
    assert missing.found == Text((("en", "Poland"), ("pl", "Polska")))
    assert missing.needed == Text((("en", "at least 2"), ("pl", "co najmniej 2")))
    assert [node.state for node in found.requirements] == [RequirementState.MET] * 2


def test_who_holds_the_award_has_earned_it() -> None:
    what = programme(ITEMS, [ONE], award={"achievement": ["urn:x:award"]})
    found = answer(what, {"id": "w", "achievement": ["urn:x:award"]})
    assert found.earned_by == "w"
    assert found.status is NOT
