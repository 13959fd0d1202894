"""Several versions of a programme: the one in force at the time of the award."""

from datetime import date

import pytest

from tests.stacking.small import TODAY, held, holdings, item, leaf, programme
from wallet.model.programme import Programme
from wallet.stacking.versions import day_of_award, in_force


def version(name: str, **valid: str) -> Programme:
    """A version that is valid from and until."""
    award = {"achievement": ["urn:award"]}
    return programme([item("a")], [leaf()], version=name, valid=valid, award=award)


OLD = version("2022", **{"from": "2022-10-01", "until": "2024-09-30"})
NEW = version("2024", **{"from": "2024-10-01"})
ALL = [NEW, OLD]


@pytest.mark.parametrize(
    ("on", "name"),
    [
        ("2022-09-30", "2022"),
        ("2022-10-01", "2022"),
        ("2024-09-30", "2022"),
        ("2024-10-01", "2024"),
    ],
)
def test_the_version_in_force(on: str, name: str) -> None:
    assert in_force(ALL, date.fromisoformat(on)).version == name
    assert in_force(ALL[::-1], date.fromisoformat(on)).version == name


def test_between_two_the_last_that_began_goes_on() -> None:
    ended = version("1", **{"from": "2020-01-01", "until": "2020-12-31"})
    assert in_force([ended, NEW], date(2023, 1, 1)) is ended
    assert in_force([version("b"), version("a")], TODAY).version == "b"


def test_an_award_that_is_held_keeps_the_rules_of_its_day() -> None:
    earned = held("w", "w", achievement=["urn:award"], awarded="2023-06-01")
    assert day_of_award(ALL, holdings(earned).credentials, date(2025, 1, 1)) == date(2023, 6, 1)
    revoked = {**earned, "state": "revoked"}
    assert day_of_award(ALL, holdings(revoked).credentials, TODAY) == TODAY
    assert day_of_award(ALL, (), TODAY) == TODAY
