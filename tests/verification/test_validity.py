"""In force from the first to before the last moment."""

from datetime import UTC, datetime, timedelta

import pytest

from wallet.model.verification import Outcome, Reason
from wallet.verification.validity import validity

START = datetime(2024, 1, 1, tzinfo=UTC)
END = datetime(2025, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (START - SECOND, Reason.NOT_YET_VALID),
        (START, None),
        (END - SECOND, None),
        (END, Reason.EXPIRED),
        (END + SECOND, Reason.EXPIRED),
    ],
)
def test_the_bounds_are_exact(at: datetime, reason: Reason | None) -> None:
    found = validity(START, END, at)
    assert found.reason is reason
    assert found.outcome is (Outcome.FAILED if reason else Outcome.PASSED)


def test_without_bounds_it_is_in_force() -> None:
    assert validity(None, None, START).outcome is Outcome.PASSED
    assert validity(None, None, START).facts == {}


def test_the_facts_say_the_dates() -> None:
    assert validity(START, END, START).facts == {
        "from": "2024-01-01T00:00:00Z",
        "until": "2025-01-01T00:00:00Z",
        "date": "2025-01-01T00:00:00Z",
    }
    assert validity(START, END, END).facts["date"] == "2025-01-01T00:00:00Z"
    assert validity(START, END, START - SECOND).facts["date"] == "2024-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("expires", "reason"),
    [
        ("2024-06-01T00:00:00Z", Reason.EXPIRED),
        ("2024-08-01T00:00:00Z", None),
        ("2030-01-01T00:00:00Z", None),
        ("soon", Reason.EXPIRED),
    ],
)
def test_a_proof_can_end_it_earlier(expires: str, reason: Reason | None) -> None:
    at = datetime(2024, 7, 1, tzinfo=UTC)
    assert validity(START, END, at, {"expires": expires}).reason is reason
    assert validity(START, None, at, {"expires": expires}).reason is reason
