"""What the search remembers about each rule while it adds courses one by one.

A tracker's state is a small hashable value, capped where more makes no difference, so that equal
states have equal futures. `add` answers None where the rule can never hold again. Of two states
one may cover the other: whatever makes the rule hold from the other on makes it hold from it.
"""

from collections.abc import Collection, Sequence
from typing import Any, Protocol

from wallet.model.programme import Amount, Constraint, Requirement
from wallet.stacking.courses import Course, hundredths
from wallet.stacking.eligibility import least
from wallet.stacking.tree import Lack

State = Any
"""A hashable value; each tracker knows its own."""


class Tracker(Protocol):
    """One rule during the search."""

    @property
    def start(self) -> State:
        """The state before anything counts."""

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """What this course adds when counted in these leaves; None where it adds nothing."""

    def add(self, state: State, gain: State) -> State:
        """The state with the course, or None where the rule can never hold again."""

    def holds(self, state: State) -> bool:
        """Whether the rule holds if nothing more is counted."""

    @property
    def nothing(self) -> State:
        """What may still come when nothing may."""

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """What may still come, with one more course that adds one of these gains, or nothing."""

    def settle(self, state: State, rest: State) -> State:
        """The state without what makes no difference to this rest; None where it is hopeless."""

    @property
    def ordered(self) -> bool:
        """Whether one state can cover another that is not the same."""

    def covers(self, state: State, other: State) -> bool:
        """Whether the rule holds in the end from `state` wherever it does from `other`."""


def ects_of(course: Course, generous: bool) -> int:
    """What the course counts, in hundredths, in this evaluation."""
    return course.possible_ects if generous else course.certain_ects


class Base:
    """A tracker that never says that a rule is hopeless, and whose states are all different."""

    nothing: State = None
    ordered = False

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """Nothing is asked of them."""
        return None

    def settle(self, state: State, rest: State) -> State:
        """It may always still hold."""
        return state

    def covers(self, state: State, other: State) -> bool:
        """Only itself."""
        return bool(state == other)


class LeafTracker(Base):
    """Number and ECTS of what one requirement counts."""

    start = (0, 0)
    nothing = (0, 0)

    def __init__(self, leaf: Requirement, generous: bool) -> None:
        self._key = leaf.key
        self._generous = generous
        self.least_count = 0 if leaf.count is None else leaf.count.min
        self._most_count = None if leaf.count is None else leaf.count.max
        self.least_ects = least(leaf.ects)
        self._most_ects = _most(leaf.ects)
        self.ordered = self._most_count is None and self._most_ects is None

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """One, and its ECTS."""
        return (1, ects_of(course, self._generous)) if self._key in leaves else None

    def add(self, state: State, gain: State) -> State:
        """Count it, up to what the requirement asks."""
        count, ects = state[0] + gain[0], state[1] + gain[1]
        if self._most_count is None:
            count = min(count, self.least_count)
        elif count > self._most_count:
            return None
        if self._most_ects is None:
            ects = min(ects, self.least_ects)
        elif ects > self._most_ects:
            return None
        return (count, ects)

    def holds(self, state: State) -> bool:
        """Enough courses, and enough ECTS."""
        return bool(state[0] >= self.least_count and state[1] >= self.least_ects)

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """Number and ECTS of all."""
        return (rest[0] + 1, rest[1] + max(gain[1] for gain in gains))

    def covers(self, state: State, other: State) -> bool:
        """No less of either."""
        if not self.ordered:
            return bool(state == other)
        return bool(state[0] >= other[0] and state[1] >= other[1])

    def lacks(self, state: State, rest: State = (0, 0)) -> Lack:
        """What is lacking even with the rest."""
        count = max(0, self.least_count - state[0] - rest[0])
        return (count, max(0, self.least_ects - state[1] - rest[1]))


def _most(amount: Amount | None) -> int | None:
    return None if amount is None or amount.max is None else hundredths(amount.max)


class TotalTracker(Base):
    """ECTS of everything that is counted."""

    start = 0
    nothing = 0

    def __init__(self, rule: Constraint, covered: frozenset[str], generous: bool) -> None:
        self._covered = covered
        self._generous = generous
        self._least = least(rule.ects)
        self._most = _most(rule.ects)
        self.ordered = self._most is None

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """Its ECTS, once."""
        if self._covered.isdisjoint(leaves):
            return None
        return ects_of(course, self._generous) or None

    def add(self, state: State, gain: State) -> State:
        """Add them, up to what the rule asks."""
        total = state + gain
        if self._most is None:
            return min(total, self._least)
        return None if total > self._most else total

    def holds(self, state: State) -> bool:
        """Enough."""
        return bool(state >= self._least)

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """Their sum."""
        return rest + max(gains)

    def settle(self, state: State, rest: State) -> State:
        """Hopeless where all the rest together is not enough."""
        return state if state + rest >= self._least else None

    def covers(self, state: State, other: State) -> bool:
        """No less."""
        return bool(state >= other if self.ordered else state == other)


class CoverageTracker(Base):
    """Learning outcomes that something counted states; the state is what is still to be."""

    nothing: State = frozenset()
    ordered = True

    def __init__(self, rule: Constraint, covered: frozenset[str], generous: bool) -> None:
        self.start: State = frozenset(rule.outcomes)
        self._covered = covered
        self._generous = generous

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """The outcomes that it states; possibly all, where it states none."""
        if self._covered.isdisjoint(leaves):
            return None
        if not course.outcomes and self._generous and not course.planned:
            return self.start
        return (course.outcomes & self.start) or None

    def add(self, state: State, gain: State) -> State:
        """Tick them off."""
        return state - gain

    def holds(self, state: State) -> bool:
        """Nothing left."""
        return not state

    def join(self, rest: State, gains: Sequence[State]) -> State:
        """All their outcomes."""
        return rest.union(*gains)

    def settle(self, state: State, rest: State) -> State:
        """Hopeless where all the rest together does not tick everything off."""
        return state if state <= rest else None

    def covers(self, state: State, other: State) -> bool:
        """Nothing left that the other has not."""
        return bool(state <= other)


class OrderTracker(Base):
    """The latest date of `before` and the earliest of `after`."""

    start = (None, None)
    ordered = True

    def __init__(self, before: frozenset[str], after: frozenset[str]) -> None:
        self._before = before
        self._after = after

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """Its date, on either side or both; undated ones hold."""
        if course.awarded is None:
            return None
        first = None if self._before.isdisjoint(leaves) else course.awarded
        second = None if self._after.isdisjoint(leaves) else course.awarded
        return None if first is None and second is None else (first, second)

    def add(self, state: State, gain: State) -> State:
        """Move the two dates, unless they cross."""
        before = max((d for d in (state[0], gain[0]) if d is not None), default=None)
        after = min((d for d in (state[1], gain[1]) if d is not None), default=None)
        if before is not None and after is not None and before > after:
            return None
        return (before, after)

    def holds(self, state: State) -> bool:
        """They have not crossed."""
        return True

    def covers(self, state: State, other: State) -> bool:
        """No later before, and no earlier after."""
        before = state[0] is None or (other[0] is not None and state[0] <= other[0])
        return before and (state[1] is None or (other[1] is not None and state[1] >= other[1]))


class LimitTracker(Base):
    """Courses that are one achievement, or editions of one, up to a limit."""

    start = 0
    ordered = True

    def __init__(self, most: int, numbers: dict[int, int], editions: bool) -> None:
        self._most = most
        self._numbers = numbers
        self._editions = editions

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """The bit of its edition, or one."""
        number = self._numbers.get(id(course))
        if number is None:
            return None
        return 1 << number if self._editions else 1

    def add(self, state: State, gain: State) -> State:
        """Count it, up to the limit."""
        if self._editions:
            together = state | gain
            return together if together.bit_count() <= self._most else None
        return state + 1 if state < self._most else None

    def holds(self, state: State) -> bool:
        """A limit that was not passed holds."""
        return True

    def covers(self, state: State, other: State) -> bool:
        """No more of them."""
        return bool(state & ~other == 0 if self._editions else state <= other)


class NeverTracker(Base):
    """A rule that somebody else decides on: never certain."""

    start = 0

    def gain(self, course: Course, leaves: Collection[str]) -> State:
        """Nothing that is counted changes it."""
        return None

    def add(self, state: State, gain: State) -> State:
        """Nothing that is counted changes it."""
        return state

    def holds(self, state: State) -> bool:
        """It is not certain."""
        return False
