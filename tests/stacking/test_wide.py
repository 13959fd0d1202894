"""Wallets of a learner's size, all selectors and rules: finished, and the same as every state."""

import json
from random import Random
from sys import maxsize

import pytest

from tests.stacking.instances import Json, Size, instance
from tests.stacking.small import TODAY
from wallet.model.programme import AwardAssessment, AwardStatus
from wallet.stacking.building import build
from wallet.stacking.case import Case, courses_of, make_case
from wallet.stacking.problem import problems
from wallet.stacking.programme_file import load_holdings
from wallet.stacking.references import check_references
from wallet.stacking.search import Budget, best, some_way
from wallet.stacking.solve import assess
from wallet.stacking.table import Aim, Table

MEDIUM = Size(items=(3, 6), credentials=(8, 14), leaves=(3, 5))
LARGE = Size(items=(6, 20), credentials=(10, 30), leaves=(3, 6))
BLOCKS, BLOCK = 4, 25


def valid(first: int, size: Size) -> list[tuple[Json, Json]]:
    """A block of definitions that are valid, with holdings."""
    found = [instance(seed, size) for seed in range(first, first + BLOCK)]
    return [one for one in found if not check_references(one[0])]


def evaluate(programme: Json, holdings: Json) -> AwardAssessment:
    """The assessment of the one award."""
    return assess(build(programme), load_holdings(json.dumps(holdings).encode()), TODAY).awards[0]


def case_of(programme: Json, holdings: Json) -> Case:
    """The one award as a question."""
    built, read = build(programme), load_holdings(json.dumps(holdings).encode())
    return make_case(built, built.awards[0], courses_of(built, read), read, TODAY)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_straight_search_finds_what_a_sweep_of_all_states_finds(block: int) -> None:
    for programme, holdings in valid(block * BLOCK, MEDIUM):
        case = case_of(programme, holdings)
        for generous in (False, True):
            table = Table(case, generous=generous)
            every = list(problems(table, case.all_rules))
            straight, swept = best(every, Budget(maxsize)), some_way(every, maxsize)
            assert (straight is None) == (swept is None), programme["version"]
            if straight is not None and swept is not None:
                assert straight.weight == swept.weight, programme["version"]
                assert straight.cost == swept.cost
                assert [o.course.id for o in straight.options] == [
                    o.course.id for o in swept.options
                ]


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_plans_cost_is_what_a_sweep_of_all_states_finds(block: int) -> None:
    small = Size(items=(2, 6), credentials=(3, 6), leaves=(2, 4))
    for programme, holdings in valid(block * BLOCK, small):
        case = case_of(programme, holdings)
        table = Table(case, generous=True)
        items = [entrant.course.id for entrant in case.items]
        every = list(problems(table, case.all_rules, aim=Aim.PLAN, planned=items))
        swept = some_way(every, maxsize)
        award = evaluate(programme, holdings)
        if award.status is AwardStatus.NOT_MET:
            planned = None if swept is None else swept.cost[:2]
            missing = None if award.missing_ects is None else int(award.missing_ects * 100)
            found = None if award.missing_items is None else (award.missing_items, missing)
            assert found == planned, programme["version"]


@pytest.mark.parametrize("block", range(BLOCKS))
def test_wallets_of_thirty_are_finished_in_any_order(block: int) -> None:
    rng = Random(block)  # noqa: S311 -- the same orders every time
    for programme, holdings in valid(block * BLOCK, LARGE)[:12]:
        award = evaluate(programme, holdings)
        assert award.status is not AwardStatus.NOT_FINISHED
        assert award.bounds is None
        assert award.proven_best
        rng.shuffle(holdings["credentials"])
        assert evaluate(programme, holdings) == award


@pytest.mark.parametrize("block", range(BLOCKS))
def test_one_more_and_one_rule_less_never_hurt(block: int) -> None:
    order = [AwardStatus.NOT_MET, AwardStatus.MET_IF_CONFIRMED, AwardStatus.MET]
    for programme, holdings in valid(block * BLOCK, MEDIUM):
        award = programme["awards"][0]
        before = evaluate(programme, holdings).status
        if award["constraints"]:
            fewer = {**programme, "awards": [{**award, "constraints": award["constraints"][1:]}]}
            if not check_references(fewer):
                assert order.index(evaluate(fewer, holdings).status) >= order.index(before)
        last = holdings["credentials"].pop()
        if last.get("state", "valid") == "valid":
            without = evaluate(programme, holdings).status
            assert order.index(before) >= order.index(without), programme["version"]
