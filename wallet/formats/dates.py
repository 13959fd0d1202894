"""Dates as credentials write them: RFC 3339, and what is found beside it in real files.

A missing zone means UTC (reference of the European format), a leap second is legal, and a date
alone is a day. A date that no calendar has is not a date.
"""

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

MAX_CHARACTERS = 64
MAX_MICROSECOND_DIGITS = 6

_DATE = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})"
    r"(?:[Tt ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,](?P<part>\d+))?)?)?"
    r"(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?"
    r"(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?",
    re.ASCII,
)
_LEAP_SECOND = 60
_MIDNIGHT_AT_THE_END = 24


@dataclass(frozen=True, slots=True)
class Moment:
    """A date as read, and whether it was written as RFC 3339 wants it (with time and zone)."""

    at: datetime
    exact: bool
    whole_day: bool = False
    stamp: bool = False
    """Written as XML Schema's dateTimeStamp, save that the zone may be missing: that means UTC
    (VCDM 2.0, section 4.9; Data Integrity 1.0, section 2.1)."""

    @property
    def end(self) -> datetime:
        """The moment meant where something lasts until this date: a day lasts to its end."""
        return self.at + timedelta(days=1, seconds=-1) if self.whole_day else self.at


def moment(value: object) -> Moment | None:
    """Read a date or time (RFC 3339, XML Schema dateTime and date) as UTC; None if it is none."""
    if not isinstance(value, str) or len(value) > MAX_CHARACTERS:
        return None
    match = _DATE.fullmatch(value.strip())
    if match is None:
        return None
    try:
        at = _build(match)
    except (ValueError, OverflowError):
        return None
    whole_day = match["hour"] is None
    exact = not whole_day and match["zone"] is not None and match["second"] is not None
    return Moment(at, exact, whole_day, stamp=_STAMP.fullmatch(value) is not None)


def _build(match: re.Match[str]) -> datetime:
    hour, second = int(match["hour"] or 0), int(match["second"] or 0)
    extra = timedelta()
    if hour == _MIDNIGHT_AT_THE_END and not int(match["minute"]) and not second:
        hour, extra = 0, timedelta(days=1)
    if second == _LEAP_SECOND:
        second, extra = second - 1, timedelta(seconds=1)
    part = (match["part"] or "")[:MAX_MICROSECOND_DIGITS].ljust(MAX_MICROSECOND_DIGITS, "0")
    local = datetime(
        int(match["year"]),
        int(match["month"]),
        int(match["day"]),
        hour,
        int(match["minute"] or 0),
        second,
        int(part),
        tzinfo=_zone(match["zone"]),
    )
    return (local + extra).astimezone(UTC)


def _zone(text: str | None) -> timezone:
    if text is None or text in {"Z", "z"}:
        return UTC
    offset = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(-offset if text[0] == "-" else offset)


def date(value: object) -> datetime | None:
    """Read a date or time; of many the first that is one."""
    for entry in value if isinstance(value, list) else [value]:
        found = moment(entry)
        if found is not None:
            return found.at
    return None


def numeric(value: object) -> datetime | None:
    """Read a JWT NumericDate (RFC 7519, section 2): seconds since 1970, also as text."""
    if isinstance(value, str) and len(value) <= MAX_CHARACTERS:
        try:
            value = float(value)
        except ValueError:
            return date(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def text(at: datetime) -> str:
    """Write a time as RFC 3339 in UTC, for facts."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
