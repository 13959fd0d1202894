"""The solver against a search that tries everything and shares no code with it."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stacking.exhaustive import Judge
from tests.stacking.instances import instance
from tests.stacking.small import TODAY
from wallet.model.programme import AwardAssessment
from wallet.stacking.building import build
from wallet.stacking.programme_file import load_holdings
from wallet.stacking.references import check_references
from wallet.stacking.solve import assess

BLOCKS, BLOCK = 10, 240
"""Over 2,000 instances; some of them are no valid definitions and say so."""


def compare(seed: int) -> str | None:
    """Evaluate one instance both ways; return its status, None for an invalid definition."""
    programme, holdings = instance(seed)
    if check_references(programme):
        return None
    assessed = assess(build(programme), load_holdings(json.dumps(holdings).encode()), TODAY)
    award = assessed.awards[0]
    expected = Judge(programme, programme["awards"][0], holdings, TODAY).result()
    assert award.status.value == expected.status, seed
    assert award.missing_items == expected.missing_items, seed
    assert hundredths(award) == expected.missing_ects, seed
    assert tuple(sorted(award.next)) == expected.plans, seed
    assert award.plan_count == len(expected.plans), seed
    if expected.cost is not None:
        ids = sorted({one for _, some in award.used for one in some})
        assert (award.used_ects * 100, tuple(ids)) == expected.cost[2:], seed
    return expected.status


def hundredths(award: AwardAssessment) -> int | None:
    """Missing ECTS as the exhaustive search counts them."""
    return None if award.missing_ects is None else int(award.missing_ects * 100)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_random_instances(block: int) -> None:
    found = [compare(seed) for seed in range(block * BLOCK, (block + 1) * BLOCK)]
    assert len([one for one in found if one]) >= BLOCK * 0.85
    assert {"met", "met-if-confirmed", "not-met"} <= set(found)


@given(st.integers(min_value=10**6, max_value=10**9))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_instance(seed: int) -> None:
    compare(seed)
