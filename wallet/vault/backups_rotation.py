"""Which daily backups stay: a pure function of their times, the time of now and the numbers."""

from collections.abc import Callable, Collection
from datetime import UTC, date, datetime

from wallet.model.backups import BackupPolicy

MOST = 1000
"""Of days, weeks or months that can be asked for."""


def kept(times: Collection[datetime], now: datetime, policy: BackupPolicy) -> frozenset[datetime]:
    """Return the times of the backups that stay.

    The newest of each of the last `daily` days, `weekly` ISO weeks and `monthly` months *that have
    a backup*: nothing is counted from now, so a clock that jumps ahead makes nothing old. A time
    after `now` always stays and takes nobody's place, so a clock that is set back removes nothing.
    """
    past = sorted((time for time in times if time <= now), reverse=True)
    stay = {time for time in times if time > now}
    spans: tuple[tuple[int, Callable[[date], tuple[int, ...]]], ...] = (
        (policy.daily, lambda day: (day.toordinal(),)),
        (policy.weekly, lambda day: day.isocalendar()[:2]),
        (policy.monthly, lambda day: (day.year, day.month)),
    )
    for count, span in spans:
        newest: dict[tuple[int, ...], datetime] = {}
        for time in past:
            newest.setdefault(span(time.astimezone(UTC).date()), time)
        stay.update(list(newest.values())[:count])
    return frozenset(stay)
