"""The solver against a general solver of integer programmes, where all states are too many."""

from decimal import Decimal

import pytest

from benchmarks.stacking import TODAY, agree, by_highs, instance, unfinished
from wallet.model.programme import AwardStatus
from wallet.stacking.solve import assess

SIZES = ((20, 3), (20, 4), (30, 5), (40, 6), (60, 4), (60, 8))
"""Credentials held, and requirements."""
SEEDS = range(1000, 1035)


@pytest.mark.parametrize(("credentials", "requirements"), SIZES)
def test_status_and_least_numbers_are_the_same(credentials: int, requirements: int) -> None:
    found = set()
    for seed in SEEDS:
        given = instance(credentials, requirements, seed)
        ours = assess(given.programme, given.holdings, TODAY).awards[0]
        theirs = by_highs(given)
        assert not unfinished(ours), seed
        agree(given, ours, theirs)
        if ours.missing_items:
            assert ours.missing_ects == Decimal(str(theirs[2])), seed
            assert ours.plan_count >= 1
            assert all(len(plan) == ours.missing_items for plan in ours.next)
        found.add(ours.status)
    assert AwardStatus.MET in found
