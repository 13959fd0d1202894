"""Trackers of the rules over the whole award that look at values and parts: see `trackers`."""

from collections.abc import Collection, Iterable, Sequence

from wallet.model.programme import Constraint, LearnerFacts, Share
from wallet.stacking.courses import Course, hundredths
from wallet.stacking.trackers import Base, State, ects_of
from wallet.stacking.values import Values, share_answer, values_of


class _DifferentValues(Base):
    """What both ways of counting different values know of their rule."""

    def __init__(self, rule: Constraint, covered: frozenset[str], generous: bool) -> None:
        self._rule = rule
        self._covered = covered
        self._generous = generous
        self._min = rule.min or 0
        self.ordered = rule.max is None

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """All their values."""
        known = rest[0].union(*(gain.known for gain in gains))
        return (known, rest[1] + max(gain.unstated for gain in gains))


class DistinctTracker(_DifferentValues):
    """Different values, every course adding all of its own."""

    start: State = (frozenset(), 0)
    nothing: State = (frozenset(), 0)
    _DONE: State = ()

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """Its values, and how many more it may have that are not stated."""
        if self._covered.isdisjoint(leaves):
            return None
        found = values_of(self._rule, course)
        unstated = 0 if course.planned else found.unstated
        if self._rule.max is None and not self._generous:
            unstated = 0
        return Values(found.known, unstated) if found.known or unstated else None

    def add(self, state: State, gain: State) -> State:
        """Join them; nothing more is remembered once there are enough."""
        if state == self._DONE:
            return state
        known = state[0] | gain.known
        if self._rule.max is None:
            unstated = min(state[1] + gain.unstated, self._min)
            return self._DONE if len(known) + unstated >= self._min else (known, unstated)
        if len(known) > self._rule.max:
            return None
        return (known, state[1] + gain.unstated)

    def holds(self, state: State) -> bool:
        """Enough of them, and not too many."""
        if state == self._DONE:
            return True
        known, unstated = len(state[0]), state[1]
        more, doubt = (unstated, 0) if self._generous else (0, unstated)
        return spans(known, known, more=more, doubt=doubt, least=self._min, most=self._rule.max)

    def settle(self, state: State, rest: State) -> State:
        """Hopeless where all the rest together is not enough; their known values are one."""
        if state == self._DONE or self._rule.max is not None:
            return state
        enough = len(state[0] | rest[0]) + state[1] + rest[1] >= self._min
        return state if enough else None

    def covers(self, state: State, other: State) -> bool:
        """All its values, and as many that are not stated."""
        if state == other or not self.ordered:
            return bool(state == other)
        if self._DONE in (state, other):
            return bool(state == self._DONE)
        return bool(state[0] >= other[0] and state[1] >= other[1])


def spans(low: int, high: int, *, more: int, doubt: int, least: int, most: int | None) -> bool:
    """Whether some number from `low` to `high` (plus up to `more`) lies within the bounds.

    `doubt` may come on top whether one likes it or not, so it must fit under the upper bound.
    """
    top = high + more
    if most is not None:
        top = min(top, most - doubt)
        if low > most - doubt:
            return False
    return top >= least


class OnceTracker(_DifferentValues):
    """Different values where a joint course adds only one, the choice that helps most."""

    start: State = ((), 0)
    nothing: State = (frozenset(), 0)
    _DONE: State = ("enough",)

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """The values it may add one of; or that it may add one that is not stated."""
        if self._covered.isdisjoint(leaves):
            return None
        found = values_of(self._rule, course)
        wild = found.unstated > 0 and (self._rule.max is not None or self._generous)
        if wild and (not found.known or self._generous) and not course.planned:
            return Values(frozenset(), 1)
        return Values(found.known, 0) if found.known else None

    def add(self, state: State, gain: State) -> State:
        """Keep each set as often as it could matter."""
        if state == self._DONE:
            return state
        sets, wild = state
        if gain.known and sets.count(tuple(sorted(gain.known))) < len(gain.known):
            sets = tuple(sorted((*sets, tuple(sorted(gain.known)))))
        wild += gain.unstated
        if self._rule.max is None:
            wild = min(wild, self._min)
            if wild + most_chosen(sets) >= self._min:
                return self._DONE
        return (sets, wild)

    def holds(self, state: State) -> bool:
        """Whether some choice gives enough and not too many."""
        if state == self._DONE:
            return True
        sets, wild = state
        more, doubt = (wild, 0) if self._generous else (0, wild)
        low = 0 if self._rule.max is None else fewest_chosen(sets)
        high = most_chosen(sets)
        return spans(low, high, more=more, doubt=doubt, least=self._min, most=self._rule.max)

    def settle(self, state: State, rest: State) -> State:
        """Hopeless where all the rest together is not enough."""
        if state == self._DONE or self._rule.max is not None:
            return state
        sets, wild = state
        known = rest[0].union(*sets)
        return state if len(known) + wild + rest[1] >= self._min else None

    def covers(self, state: State, other: State) -> bool:
        """All its sets, and as many that are not stated."""
        if state == other or not self.ordered:
            return bool(state == other)
        if self._DONE in (state, other):
            return bool(state == self._DONE)
        if state[1] < other[1]:
            return False
        return all(state[0].count(one) >= other[0].count(one) for one in other[0])


def most_chosen(sets: Sequence[Sequence[str]]) -> int:
    """The most different values when each set gives one: a maximum matching."""
    owner: dict[str, int] = {}

    def place(index: int, tried: set[str]) -> bool:
        for value in sets[index]:
            if value in tried:
                continue
            tried.add(value)
            if value not in owner or place(owner[value], tried):
                owner[value] = index
                return True
        return False

    return sum(1 for index in range(len(sets)) if place(index, set()))


def fewest_chosen(sets: Sequence[Sequence[str]]) -> int:
    """The fewest different values when each set gives one: a smallest hitting set."""
    if not sets:
        return 0
    first = min(sets, key=len)
    return 1 + min(fewest_chosen([one for one in sets if value not in one]) for value in first)


class _Bounded(Base):
    """A number that is to end at or above zero, or a bound; or at or below it."""

    nothing = (0, 0)
    ordered = True
    upper: bool
    percent: bool
    bound: int

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """The most that may be taken away, and added."""
        return (rest[0] + min(0, *gains), rest[1] + max(0, *gains))

    def add(self, state: State, gain: State) -> State:
        """Add it, up to what the rule asks."""
        if self.percent:
            return state + gain
        if self.upper:
            return None if state + gain > self.bound else state + gain
        return min(state + gain, self.bound)

    def holds(self, state: State) -> bool:
        """Enough of it, or not too much."""
        return bool(state <= self.bound if self.upper else state >= self.bound)

    def settle(self, state: State, rest: State) -> State:
        """What is safe whatever comes is equally safe."""
        low, high = rest
        if self.upper:
            return None if state + low > self.bound else max(state, self.bound - high)
        return None if state + high < self.bound else min(state, self.bound - low)

    def covers(self, state: State, other: State) -> bool:
        """No more, or no less."""
        return bool(state <= other if self.upper else state >= other)


class ShareTracker(_Bounded):
    """One bound on the part of what is counted that fits `where`."""

    start = 0

    def __init__(
        self,
        rule: Constraint,
        covered: frozenset[str],
        generous: bool,
        *,
        learner: LearnerFacts,
        measure: str,
        upper: bool,
    ) -> None:
        self._rule = rule
        self._covered = covered
        self._generous = generous
        self._learner = learner
        self._measure = measure
        self.upper = upper
        self.percent = measure == "percent"
        bound = rule.at_most if upper else rule.at_least
        assert bound is not None  # noqa: S101 -- made only for stated bounds
        self._share = _share_bound(bound, measure)
        self.bound = 0 if self.percent else self._share

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """What it adds to the part; for percent, to part x 100 % minus bound x whole."""
        if self._covered.isdisjoint(leaves):
            return None
        inside = share_answer(
            self._rule, course, self._learner, upper=self.upper, generous=self._generous
        )
        if self._measure == "count":
            return 1 if inside else None
        ects = ects_of(course, self._generous)
        if self._measure == "ects":
            return ects if inside and ects else None
        return (100 * 100 * ects if inside else 0) - self._share * ects or None


def _share_bound(share: Share, measure: str) -> int:
    if measure == "count":
        return share.count or 0
    number = share.ects if measure == "ects" else share.percent
    assert number is not None  # noqa: S101 -- made only for stated bounds
    return hundredths(number)


def measures(share: Share | None) -> Iterable[str]:
    """Which of the three measures a bound states."""
    if share is not None:
        stated = (("ects", share.ects), ("count", share.count), ("percent", share.percent))
        yield from (name for name, value in stated if value is not None)


class OverlapTracker(_Bounded):
    """What counts in more than one of the layers, by one measure."""

    start = 0
    upper = True

    def __init__(
        self,
        layer_of: dict[str, str],
        layers: frozenset[str],
        *,
        covered: frozenset[str],
        generous: bool,
        bound: Share,
        measure: str,
    ) -> None:
        self._layer_of = layer_of
        self._layers = layers
        self._covered = covered
        self._generous = generous
        self._measure = measure
        self.percent = measure == "percent"
        self._share = _share_bound(bound, measure)
        self.bound = 0 if self.percent else self._share

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """What it adds, if it counts in two layers or more."""
        over = [leaf for leaf in leaves if leaf in self._covered]
        if not over:
            return None
        twice = len({self._layer_of[leaf] for leaf in over} & self._layers) > 1
        if self._measure == "count":
            return 1 if twice else None
        ects = ects_of(course, self._generous)
        if self._measure == "ects":
            return ects if twice and ects else None
        return (100 * 100 * ects if twice else 0) - self._share * ects or None
