"""Out of steps: bounds, never a guess; and what is proven all the same is said."""

from decimal import Decimal
from random import Random

from tests.stacking.small import TODAY, held, holdings, item, leaf, programme, rule
from wallet.model.programme import AwardStatus, Holdings, Programme
from wallet.stacking.solve import assess

FEW = 40


def pools() -> Programme:
    """Three pools that share their items, with a percentage over the whole."""
    rng = Random(7)  # noqa: S311 -- the same instance every time
    sizes = ["1.5", "2", "2.5", "3", "4"]
    items = [
        item(
            f"i{n:02}",
            ects=rng.choice(sizes),
            groups=rng.sample(["p", "q", "r"], 2),
            tags=["in"] if n % 2 else [],
        )
        for n in range(24)
    ]
    requirements = [leaf(k, **{"from": {"group": [k]}}, ects={"min": "6"}) for k in "pqr"]
    share = rule("share", where={"tag": ["in"]}, atMost={"percent": "60"})
    return programme(items, requirements, [share])


def mine(what: Programme, number: int) -> Holdings:
    """Credentials for the first items."""
    some = what.catalogue[:number]
    return holdings(*(held(f"c{one.key}", one.key, ects=str(one.ects)) for one in some))


def test_a_way_that_is_found_is_met_even_if_the_best_is_not_proven() -> None:
    what = pools()
    found = assess(what, mine(what, 20), TODAY, steps=FEW).awards[0]
    assert found.status is AwardStatus.MET
    assert not found.proven_best
    assert found.used_ects >= Decimal(18)
    exact = assess(what, mine(what, 20), TODAY).awards[0]
    assert exact.status is AwardStatus.MET
    assert exact.proven_best


def test_plans_that_are_not_finished_have_bounds() -> None:
    what = pools()
    found = assess(what, mine(what, 4), TODAY, steps=FEW).awards[0]
    assert found.status is AwardStatus.NOT_MET
    assert found.bounds is not None
    assert found.missing_items is None
    assert found.next == ()
    exact = assess(what, mine(what, 4), TODAY).awards[0]
    assert exact.missing_items is not None
    assert found.bounds.least <= exact.missing_items
    assert found.bounds.most is None or exact.missing_items <= found.bounds.most


def test_a_definition_that_asks_for_too_many_combinations_is_not_finished() -> None:
    layers = [leaf(f"r{n}", count={"min": 1}, layer=f"l{n}") for n in range(14)]
    what = programme([item("a"), item("b")], layers, [rule("overlap", atMost={"count": 0})])
    found = assess(what, holdings(held("c", "a"), held("d", "b")), TODAY).awards[0]
    assert found.status is AwardStatus.NOT_FINISHED
