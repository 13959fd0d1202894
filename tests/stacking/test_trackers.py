"""What trackers promise: what covers another is never worse, and settling changes no end."""

import json
from random import Random

import pytest

from tests.stacking.instances import Size, instance
from tests.stacking.small import TODAY, held, holdings, item, leaf, programme
from wallet.stacking.building import build
from wallet.stacking.case import courses_of, make_case
from wallet.stacking.programme_file import load_holdings
from wallet.stacking.references import check_references
from wallet.stacking.table import Aim, Table
from wallet.stacking.trackers import State, Tracker

BLOCKS, BLOCK = 4, 40
SIZE = Size(items=(3, 6), credentials=(5, 9), leaves=(2, 4))
WALKS = 60


def tables(block: int) -> list[Table]:
    """Cases with all rules, in both evaluations."""
    found = []
    for seed in range(block * BLOCK, (block + 1) * BLOCK):
        raw, mine = instance(seed, SIZE)
        if not check_references(raw):
            built, read = build(raw), load_holdings(json.dumps(mine).encode())
            case = make_case(built, built.awards[0], courses_of(built, read), read, TODAY)
            found += [Table(case, generous=generous) for generous in (False, True)]
    return found


def gains_of(table: Table, index: int) -> list[State]:
    """One gain of each course that adds something to this tracker."""
    found = []
    for group in table.groups:
        some = [gain for option in group.options for i, gain in option.gains if i == index]
        found += some[:1]
    return found


def walk(tracker: Tracker, state: State, gains: list[State]) -> State:
    """The state after these gains; None where the rule can never hold again."""
    for gain in gains:
        state = None if state is None else tracker.add(state, gain)
    return state


def right(tracker: Tracker, state: State) -> bool:
    """Whether the rule holds now."""
    return state is not None and tracker.holds(state)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_what_covers_another_holds_wherever_it_does(block: int) -> None:
    rng = Random(block)  # noqa: S311 -- the same walks every time
    covered = 0
    for table in tables(block):
        for index, tracker in enumerate(table.trackers):
            gains = gains_of(table, index)
            for _ in range(WALKS if gains else 0):
                rng.shuffle(gains)
                cut = rng.randint(0, len(gains))
                before, later = gains[:cut], gains[cut:]
                one = walk(tracker, tracker.start, rng.sample(before, rng.randint(0, cut)))
                two = walk(tracker, tracker.start, rng.sample(before, rng.randint(0, cut)))
                if one is None or two is None or not tracker.covers(one, two):
                    continue
                covered += one != two
                ends = rng.sample(later, rng.randint(0, len(later)))
                if right(tracker, walk(tracker, two, ends)):
                    assert right(tracker, walk(tracker, one, ends)), (table.case.award, one, two)
    assert covered > WALKS


@pytest.mark.parametrize("block", range(BLOCKS))
def test_settling_changes_no_end(block: int) -> None:
    rng = Random(block)  # noqa: S311 -- the same walks every time
    for table in tables(block):
        for index, tracker in enumerate(table.trackers):
            gains = gains_of(table, index)
            for _ in range(WALKS if gains else 0):
                rng.shuffle(gains)
                cut = rng.randint(0, len(gains))
                state = walk(tracker, tracker.start, gains[:cut])
                if state is None:
                    continue
                rest = tracker.nothing
                for gain in gains[cut:]:
                    rest = tracker.join(rest, [gain])
                ends = rng.sample(gains[cut:], rng.randint(0, len(gains) - cut))
                settled = tracker.settle(state, rest)
                plain = right(tracker, walk(tracker, state, ends))
                assert plain == right(tracker, walk(tracker, settled, ends))


def test_under_a_maximum_more_is_not_better() -> None:
    two = [leaf("x", count={"min": 1}), leaf("y", count={"min": 1})]
    pick = {"key": "pick", "title": {"en": "pick"}, "choose": {"min": 1, "max": 1}, "of": two}
    what, mine = (
        programme([item("a")], [pick, leaf("z", count={"min": 1})]),
        holdings(held("c", "a")),
    )
    case = make_case(what, what.awards[0], courses_of(what, mine), mine, TODAY)
    table = Table(case, generous=False)
    assert table.fixed == {0, 1}
    assert table.ordered(Aim.PRICE)[:1] == [2]
