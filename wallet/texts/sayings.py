"""Sentences from the fullest to the plainest: the first whose facts are all there is said."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from string import Formatter

from wallet.texts.catalogue import Message, Texts

Sayings = tuple[Message, ...]

_MOMENT = re.compile(r"\d{4}-\d\d-\d\d([T ][0-9:.]+(Z|[+-]\d\d:\d\d)?)?")


def places(message: Message) -> frozenset[str]:
    """Return the names of the facts that a sentence needs."""
    both = message.one + (message.many or "")
    return frozenset(name for _, name, _, _ in Formatter().parse(both) if name)


def fullest(t: Texts, sayings: Sequence[Message], facts: Mapping[str, str | int]) -> str:
    """Say the first sentence whose facts are all stated; dates are written out.

    The last of `sayings` should need no fact. Raises KeyError where none can be said: a bug.
    """
    for message in sayings:
        needed = places(message)
        if all(facts.get(name) not in (None, "") for name in needed):
            return t(message, **{name: _readable(t, facts[name]) for name in needed})
    raise KeyError(sayings[-1].one)


def _readable(t: Texts, fact: str | int) -> str | int:
    """Write a fact that is a point in time as a date; anything else stays as it is."""
    if isinstance(fact, int) or not _MOMENT.fullmatch(fact):
        return fact
    try:
        return t.date(datetime.fromisoformat(fact))
    except ValueError:
        return fact
