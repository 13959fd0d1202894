"""Several versions of one programme: which one is in force, and so evaluated unless picked."""

from collections.abc import Iterable, Sequence
from datetime import date

from wallet.model.holding import Holding
from wallet.model.programme import Programme


def in_force(versions: Sequence[Programme], on: date) -> Programme:
    """Return the version whose `valid` includes the day; of several the one that began last.

    Where none does: the last that began before, else the first to begin. A version without a
    beginning began before all others. Equal ones are told apart by their version's name.
    """
    now = [one for one in versions if one.valid.includes(on)]
    begun = [one for one in versions if (one.valid.start or date.min) <= on]
    if now or begun:
        return max(now or begun, key=_began)
    return min(versions, key=_began)


def day_of_award(versions: Iterable[Programme], held: Iterable[Holding], today: date) -> date:
    """Return the day whose rules count: that of the award where it is held, else today.

    With nested awards the outermost decide: while one of them is still open, it is today.
    """
    dates = []
    credentials = tuple(held)
    for programme in versions:
        nested = {key for award in programme.awards for key in award.absorbs}
        for award in programme.awards:
            if award.key in nested:
                continue
            earned = [
                one.awarded
                for one in credentials
                if one.state.possible and not set(award.achievement).isdisjoint(one.achievement)
            ]
            if not earned:
                return today
            dates += [day for day in earned if day is not None]
    return max(dates, default=today)


def _began(one: Programme) -> tuple[date, str]:
    return one.valid.start or date.min, one.version
