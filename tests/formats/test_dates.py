"""Dates as they are found in real files."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.formats import dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2010-01-01T00:00:00Z", "2010-01-01T00:00:00Z"),
        ("2010-01-01t00:00:00z", "2010-01-01T00:00:00Z"),
        ("2023-09-27T13:54:17+02:00", "2023-09-27T11:54:17Z"),
        ("2024-09-25T00:00:00", "2024-09-25T00:00:00Z"),
        ("2024-09-25", "2024-09-25T00:00:00Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("2016-12-31T24:00:00Z", "2017-01-01T00:00:00Z"),
        ("2025-01-09T15:20:02.183Z", "2025-01-09T15:20:02Z"),
        ("2025-01-09 15:20Z", "2025-01-09T15:20:00Z"),
    ],
)
def test_dates_are_read_as_utc(text: str, expected: str) -> None:
    found = dates.date(text)
    assert found is not None
    assert dates.text(found) == expected


@pytest.mark.parametrize(
    "text",
    ["", "soon", "2024-13-01", "2024-02-30T00:00:00Z", "0000-01-01", "2024-1-1", "99999-01-01",
     "2024-01-01T25:00:00Z", "2024-01-01T00:00:00+99:00", "0001-01-01T00:00:00+12:00", "x" * 100],
)  # fmt: skip
def test_what_no_calendar_has_is_no_date(text: str) -> None:
    assert dates.moment(text) is None


@pytest.mark.parametrize("value", [None, 3, True, [], {}, ["soon"]])
def test_other_types_are_no_dates(value: object) -> None:
    assert dates.date(value) is None


def test_only_rfc_3339_is_exact() -> None:
    exact = [dates.moment(text) for text in ("2024-01-01T00:00:00Z", "2024-01-01T00:00:00")]
    assert [moment.exact for moment in exact if moment] == [True, False]


def test_a_day_lasts_to_its_end() -> None:
    day = dates.moment("2024-09-25")
    assert day is not None
    assert dates.text(day.end) == "2024-09-25T23:59:59Z"


@pytest.mark.parametrize("value", [1262304000, 1262304000.0, "1262304000", "2010-01-01T00:00:00Z"])
def test_numeric_dates_are_numbers_or_text(value: object) -> None:
    assert dates.numeric(value) == datetime(2010, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("value", [True, None, "soon", 1e300, "1e300", "nan", [], {}])
def test_what_is_no_numeric_date_is_none(value: object) -> None:
    assert dates.numeric(value) is None


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    dates.moment(text)
    dates.numeric(text)


@given(st.datetimes(timezones=st.just(UTC)))
def test_what_is_written_is_read_again(at: datetime) -> None:
    found = dates.date(dates.text(at))
    assert found is not None
    assert abs(found - at) < timedelta(seconds=1)
