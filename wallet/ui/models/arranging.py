"""Which credentials of the list are shown, and in which order: values, without a widget."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from wallet.model.credential import Format
from wallet.model.keeping import Entry
from wallet.model.verification import State

NO_YEAR = 0
"""The year of what states no date of award."""


class Order(Enum):
    """How the list is sorted; the first is how the wallet gives it."""

    ADDED = "added"
    AWARDED = "awarded"
    TITLE = "title"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Filter:
    """What a credential has to be to be shown; None asks for nothing."""

    state: State | None = None
    body: str | None = None
    year: int | None = None
    tag: str | None = None
    format: Format | None = None

    @property
    def asked(self) -> int:
        """How many things it asks for."""
        asks = (self.state, self.body, self.year, self.tag, self.format)
        return sum(one is not None for one in asks)

    def admits(self, entry: Entry, state_of: Callable[[Entry], State]) -> bool:
        """Tell whether a credential is shown; its state is read only where it is asked for."""
        return (
            (self.body is None or self.body in bodies_of(entry))
            and (self.year is None or self.year == year_of(entry))
            and (self.tag is None or self.tag in entry.tags)
            and (self.format is None or self.format is entry.format)
            and (self.state is None or self.state is state_of(entry))
        )


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A filter and an order."""

    filter: Filter = Filter()
    order: Order = Order.ADDED

    def of(
        self,
        entries: Iterable[Entry],
        state_of: Callable[[Entry], State],
        title_of: Callable[[Entry], str],
    ) -> Sequence[Entry]:
        """Return those that are shown, in their order; what is equal stays as it was given."""
        shown = [entry for entry in entries if self.filter.admits(entry, state_of)]
        match self.order:
            case Order.ADDED:
                return shown
            case Order.AWARDED:
                # What states no date comes last.
                return sorted(shown, key=_awarded, reverse=True)
            case Order.TITLE:
                return sorted(shown, key=lambda one: alphabetical(title_of(one)))
            case Order.BODY:
                return sorted(shown, key=_body)


def bodies_of(entry: Entry) -> tuple[str, ...]:
    """Return the awarding bodies, else the issuer: what the list shows below the title."""
    return entry.awarding_bodies or ((entry.issuer,) if entry.issuer else ())


def year_of(entry: Entry) -> int:
    """Return the year of award, `NO_YEAR` where none is stated."""
    return entry.issued.year if entry.issued else NO_YEAR


def alphabetical(text: str) -> tuple[str, str]:
    """Order texts as a person looks for them: whatever their case and accents, ł behind l."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l\u0335"))
    return "".join(c for c in plain if not unicodedata.combining(c)), plain


def _awarded(entry: Entry) -> float:
    return entry.issued.timestamp() if entry.issued else float("-inf")


def _body(entry: Entry) -> tuple[bool, tuple[str, str]]:
    bodies = bodies_of(entry)
    return not bodies, alphabetical(bodies[0] if bodies else "")
