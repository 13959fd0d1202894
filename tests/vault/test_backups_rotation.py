"""Which daily backups stay: two years of days, clocks that jump, any numbers."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.vault.sketch import NOW
from wallet.model.backups import BackupPolicy
from wallet.vault.backups_rotation import kept

STANDARD = BackupPolicy()
TIMES = st.datetimes(
    datetime(2016, 1, 1),
    datetime(2036, 1, 1),
    timezones=st.just(UTC),
)
POLICIES = st.builds(BackupPolicy, st.integers(1, 20), st.integers(1, 20), st.integers(1, 20))


def live(days: Iterable[datetime], policy: BackupPolicy = STANDARD) -> frozenset[datetime]:
    """Make a backup at each of these times and rotate after each, as the vault does."""
    there: frozenset[datetime] = frozenset()
    for now in days:
        there = kept(there | {now}, now, policy)
        assert now in there
    return there


def dates(times: Iterable[datetime]) -> list[date]:
    return sorted((time.date() for time in times), reverse=True)


def test_two_years_of_days_leave_seven_days_four_weeks_twelve_months() -> None:
    days = [NOW - timedelta(days=back) for back in range(730, -1, -1)]

    left = dates(live(days))

    today = NOW.date()  # a Sunday, so that the week of now ends today
    assert left[:7] == [today - timedelta(days=back) for back in range(7)]
    assert left[7:10] == [today - timedelta(days=7 * back) for back in (1, 2, 3)]
    ends = [date(2026, month, 1) - timedelta(days=1) for month in range(11, 0, -1)]
    assert left[10:] == ends
    assert len(left) == 7 + 3 + 11


def test_at_every_day_of_two_years_there_is_a_backup_of_about_each_age() -> None:
    there: frozenset[datetime] = frozenset()
    for number in range(730):
        now = NOW + timedelta(days=number)
        there = kept(there | {now}, now, STANDARD)
        assert len(there) <= 7 + 4 + 12
        for age, slack in ((0, 0), (6, 0), (15, 6), (304, 31)):
            if number >= age + slack:
                ages = [(now - time).days for time in there]
                assert any(age <= found <= age + slack for found in ages), (number, age)


def test_a_month_without_the_wallet_takes_no_ones_place() -> None:
    days = [NOW + timedelta(days=number) for number in (0, 1, 2, 300, 301)]

    assert live(days) == frozenset(days)


@given(st.lists(TIMES, max_size=60), TIMES, POLICIES)
def test_the_newest_stays_and_no_more_than_asked_for(
    times: list[datetime], now: datetime, policy: BackupPolicy
) -> None:
    stay = kept(times, now, policy)

    past = [time for time in times if time <= now]
    assert stay <= set(times)
    assert {time for time in times if time > now} <= stay
    assert not past or max(past) in stay
    assert len([time for time in stay if time <= now]) <= sum(
        (policy.daily, policy.weekly, policy.monthly)
    )
    assert kept(sorted(stay), now, policy) == stay
    days = sorted({time.date() for time in past}, reverse=True)[: policy.daily]
    assert {time.date() for time in stay} >= set(days)


@given(st.lists(TIMES, min_size=1, max_size=40), st.integers(1, 3650), POLICIES)
def test_a_clock_set_back_removes_nothing_that_was_good(
    times: list[datetime], back: int, policy: BackupPolicy
) -> None:
    good = kept(times, max(times), policy)
    earlier = min(times) - timedelta(days=back)

    there = good
    for hours in range(5):
        now = earlier + timedelta(hours=hours)
        there = kept(there | {now}, now, policy)

    assert good <= there
    assert kept(there, max(times), policy) >= kept(good, max(times), policy) - {earlier}


@given(st.lists(TIMES, min_size=1, max_size=40), POLICIES)
def test_a_clock_that_jumps_ahead_makes_nothing_old(
    times: list[datetime], policy: BackupPolicy
) -> None:
    good = kept(times, max(times), policy)

    assert kept(sorted(good), datetime(2236, 1, 1, tzinfo=UTC), policy) == good
