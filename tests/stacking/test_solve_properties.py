"""What must hold of every answer: order changes nothing, more never hurts, fewer rules never do."""

import json
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stacking.instances import instance
from tests.stacking.small import TODAY
from wallet.model.programme import Assessment, AwardStatus
from wallet.stacking.building import build
from wallet.stacking.programme_file import load_holdings
from wallet.stacking.references import check_references
from wallet.stacking.solve import assess

SEEDS = st.integers(min_value=0, max_value=10**9)


def evaluate(programme: dict[str, Any], holdings: dict[str, Any]) -> Assessment:
    return assess(build(programme), load_holdings(json.dumps(holdings).encode()), TODAY)


@given(SEEDS, st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_the_order_of_import_changes_nothing(seed: int, random: Random) -> None:
    programme, holdings = instance(seed)
    if check_references(programme):
        return
    before = evaluate(programme, holdings)
    random.shuffle(holdings["credentials"])
    assert evaluate(programme, holdings) == before


@given(SEEDS)
@settings(max_examples=250, deadline=None)
def test_a_valid_credential_more_never_hurts(seed: int) -> None:
    programme, holdings = instance(seed)
    if check_references(programme) or not holdings["credentials"]:
        return
    more = evaluate(programme, holdings).awards[0].status
    last = holdings["credentials"].pop()
    valid = last.get("state", "valid") == "valid"
    before = evaluate(programme, holdings).awards[0].status
    if valid and before is AwardStatus.MET:
        assert more is AwardStatus.MET
    if valid and before is AwardStatus.MET_IF_CONFIRMED:
        assert more is not AwardStatus.NOT_MET


@given(SEEDS)
@settings(max_examples=250, deadline=None)
def test_a_rule_less_never_hurts(seed: int) -> None:
    programme, holdings = instance(seed)
    award = programme["awards"][0]
    if check_references(programme) or not award["constraints"]:
        return
    before = evaluate(programme, holdings).awards[0].status
    award["constraints"].pop()
    after = evaluate(programme, holdings).awards[0].status
    if before is AwardStatus.MET:
        assert after is AwardStatus.MET
    if before is AwardStatus.MET_IF_CONFIRMED:
        assert after is not AwardStatus.NOT_MET


def test_the_same_question_again_is_answered_from_memory() -> None:
    programme, holdings = instance(1)
    raw = json.dumps(holdings).encode()
    first = assess(build(programme), load_holdings(raw), TODAY)
    assert assess(build(programme), load_holdings(raw), TODAY) is first
    assert assess(build(programme), load_holdings(raw), TODAY.replace(year=2030)) is not first
