"""The second opinion: it names what is wrong with an assignment, and the solver listens."""

from dataclasses import replace

import pytest

from tests.stacking.small import TODAY, held, holdings, item, leaf, programme, rule
from wallet.model.programme import Programme
from wallet.stacking.case import Case, Placed, courses_of, make_case
from wallet.stacking.checker import CERTAIN, POSSIBLE, AssignmentDisagrees, Favour, broken
from wallet.stacking.problem import problems
from wallet.stacking.search import Budget, Way, best
from wallet.stacking.solve import _checked
from wallet.stacking.table import Table

ITEMS = [item("a"), item("b", "tub"), item("c", "pg")]
RULES = [rule("distinct", of="country", min=2)]


def case_of(what: Programme, *credentials: dict[str, object]) -> Case:
    """The case of the one award."""
    mine = holdings(*credentials)
    return make_case(what, what.awards[0], courses_of(what, mine), mine, TODAY)


def place(case: Case, *where: tuple[str, str]) -> tuple[Placed, ...]:
    """Count these credentials in these requirements."""
    found = []
    for name, key in where:
        entrant = next(one for one in case.held if one.course.id == name)
        fit = next(fit for fit in entrant.fits if fit.requirement.key == key)
        found.append(Placed(entrant.course, (fit,)))
    return tuple(found)


def test_a_good_assignment_breaks_nothing() -> None:
    case = case_of(
        programme(ITEMS, [leaf(count={"min": 2})], RULES), held("x", "a"), held("y", "b", "tub")
    )
    assert broken(case, place(case, ("x", "r"), ("y", "r")), CERTAIN, case.all_rules) == ()


def test_broken_rules_are_named() -> None:
    what = programme(ITEMS, [leaf(count={"min": 2})], RULES)
    case = case_of(what, held("x", "a"), held("y", "b", "tub"), held("z", "c", "pg"))
    assert broken(case, place(case, ("x", "r")), CERTAIN, case.all_rules) == ("r", "rule")
    poles = place(case, ("x", "r"), ("z", "r"))
    assert broken(case, poles, CERTAIN, case.all_rules) == ("rule",)
    assert broken(case, poles, CERTAIN, case.all_rules.without("rule", constraint=True)) == ()


def test_what_holds_always_is_checked_too() -> None:
    layers = [leaf("r", count={"min": 1}), leaf("s", count={"min": 0})]
    case = case_of(programme(ITEMS, layers), held("x", "a"), held("y", "a", state="unverified"))
    first, second = case.held
    twice = (Placed(first.course, (first.fits[0], first.fits[1])),)
    assert "<layer>" in broken(case, twice, CERTAIN, case.all_rules)
    same = place(case, ("x", "r"), ("y", "s"))
    assert set(broken(case, same, CERTAIN, case.all_rules)) == {"<fit>", "<same>"}
    assert broken(case, (Placed(second.course, (second.fits[0],)),), POSSIBLE, case.all_rules) == ()
    again = place(case, ("x", "r"), ("x", "s"))
    assert "<reading>" in broken(case, again, CERTAIN, case.all_rules)


def test_favour_is_given_by_name() -> None:
    what = programme(ITEMS, [leaf(count={"min": 2})], RULES)
    case = case_of(what, held("x", "a"), held("y", "b", None))
    both = place(case, ("x", "r"), ("y", "r"))
    assert broken(case, both, Favour(frozenset({"x"})), case.all_rules) == ("rule",)
    assert broken(case, both, Favour(frozenset({"y"})), case.all_rules) == ()


def test_a_disagreement_shows_nothing() -> None:
    what = programme(ITEMS, [leaf(count={"min": 2})], RULES)
    case = case_of(what, held("x", "a"), held("y", "b", "tub"))
    way = best(problems(Table(case, generous=False), case.all_rules), Budget())
    assert way is not None
    _checked(case, way, CERTAIN, case.all_rules)
    with pytest.raises(AssignmentDisagrees, match="r"):
        _checked(case, replace(way, options=way.options[:1]), CERTAIN, case.all_rules)
    with pytest.raises(AssignmentDisagrees):
        _checked(case, Way(), CERTAIN, case.all_rules)
