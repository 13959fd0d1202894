"""How single values are stored: times that sort as text, texts in all their languages."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from wallet.model.credential import Text


def time_out(time: datetime) -> str:
    """Write an aware time as UTC with microseconds, so that text order is time order."""
    if time.tzinfo is None:
        raise ValueError("a time without a zone")
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def time_in(text: str) -> datetime:
    """Read what `time_out` wrote."""
    return datetime.fromisoformat(text)


def optional_time_out(time: datetime | None) -> str | None:
    """Write a time, or nothing."""
    return None if time is None else time_out(time)


def optional_time_in(text: str | None) -> datetime | None:
    """Read a time, or nothing."""
    return None if text is None else time_in(text)


def strings_out(values: Iterable[str]) -> str:
    """Write several strings."""
    return json.dumps(list(values), ensure_ascii=False)


def strings_in(text: str) -> tuple[str, ...]:
    """Read what `strings_out` wrote."""
    return tuple(json.loads(text))


def text_out(text: Text | None) -> str | None:
    """Write a text with all its languages, or nothing."""
    return None if text is None else json.dumps(text.values, ensure_ascii=False)


def text_in(text: str | None) -> Text | None:
    """Read what `text_out` wrote."""
    if text is None:
        return None
    return Text(tuple((tag, value) for tag, value in json.loads(text)))
