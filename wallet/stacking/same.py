"""What is one and the same achievement, and so counts once: duplicates, editions, wholes and parts.

Courses of one catalogue item count together as often as the item is repeatable, items of one
class of equivalents as often as its `max`, a whole and its parts never.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from wallet.model.programme import Programme
from wallet.stacking.courses import Course
from wallet.stacking.identity import fold_title


class Tie(Enum):
    """Why courses limit each other."""

    SAME = "same"
    EDITIONS = "editions"
    WHOLE_AND_PART = "whole-and-part"


@dataclass(frozen=True, slots=True)
class Limit:
    """Of these courses at most `most` may count together.

    `members` maps the course to what is counted: one number per course, or per item for editions,
    so that repeated courses of one edition are one.
    """

    tie: Tie
    most: int
    members: tuple[tuple[Course, int], ...]
    suspected: bool = False
    """Only a title says so: it binds what is certain, and not what the learner may confirm."""

    def number(self, course: Course) -> int | None:
        """What the course adds, or None when it is no member."""
        return next((n for member, n in self.members if member is course), None)


def limits(programme: Programme, courses: Sequence[Course]) -> tuple[Limit, ...]:
    """All limits that can bind among these courses."""
    found = [*_items(programme, courses), *_editions(programme, courses)]
    found += _shared(programme, courses)
    found += _suspected(courses)
    found += _wholes(courses)
    return tuple(limit for limit in found if _binds(limit))


def _binds(limit: Limit) -> bool:
    if limit.tie is Tie.EDITIONS:
        return len({number for _, number in limit.members}) > limit.most
    return len({(c.planned, c.id) for c, _ in limit.members}) > limit.most


def _items(programme: Programme, courses: Sequence[Course]) -> list[Limit]:
    members: dict[str, list[Course]] = defaultdict(list)
    for course in courses:
        for match in course.matches:
            members[match.item.key].append(course)
    return [
        _limit(Tie.SAME, item.repeatable, members[item.key])
        for item in programme.catalogue
        if item.key in members
    ]


def _editions(programme: Programme, courses: Sequence[Course]) -> list[Limit]:
    found = []
    for equivalence in programme.equivalences:
        members = []
        for course in courses:
            ordered = sorted(course.matches, key=lambda match: match.strength.weakness)
            keys = [m.item.key for m in ordered if m.item.key in equivalence.items]
            if keys:
                members.append((course, equivalence.items.index(keys[0])))
        found.append(Limit(Tie.EDITIONS, equivalence.max, tuple(members)))
    return found


def _shared(programme: Programme, courses: Sequence[Course]) -> list[Limit]:
    """Courses that share an identifier or a code that no catalogue item lists."""
    listed = {identifier for item in programme.catalogue for identifier in item.achievement}
    members: dict[object, list[Course]] = defaultdict(list)
    for course in courses:
        for identifier in course.identifiers - listed:
            members[identifier].append(course)
        for code in course.codes:
            members[code].append(course)
    return [_limit(Tie.SAME, _repeatable(same), same) for same in members.values()]


def _suspected(courses: Sequence[Course]) -> list[Limit]:
    """Courses without identifier and code that have one title and the same bodies."""
    members: dict[object, list[Course]] = defaultdict(list)
    for course in courses:
        if course.bodies and not course.planned and not course.identifiers and not course.codes:
            where = frozenset(body.key for body in course.bodies)
            for title in {fold_title(title) for title in course.titles}:
                members[(where, title)].append(course)
    found = [_limit(Tie.SAME, _repeatable(same), same) for same in members.values()]
    return [replace(limit, suspected=True) for limit in found]


def _repeatable(courses: Iterable[Course]) -> int:
    return max((m.item.repeatable for course in courses for m in course.matches), default=1)


def _wholes(courses: Sequence[Course]) -> list[Limit]:
    found = []
    for whole in courses:
        if whole.planned or not whole.parts:
            continue
        inside = parts_of(whole, courses)
        found += [
            _limit(Tie.WHOLE_AND_PART, 1, [whole, part])
            for part in courses
            if part is not whole and part.id in inside
        ]
    return found


def parts_of(whole: Course, courses: Iterable[Course]) -> frozenset[str]:
    """Ids of all held courses that the whole is made of, parts of parts among them."""
    held = [course for course in courses if not course.planned]
    found: set[str] = set()
    waiting = set(whole.parts)
    while waiting:
        name = waiting.pop()
        for course in held:
            if course.id not in found and (course.id == name or name in course.identifiers):
                found.add(course.id)
                waiting |= course.parts
    return frozenset(found - {whole.id})


def _limit(tie: Tie, most: int, courses: Iterable[Course]) -> Limit:
    # Readings of one credential are one: they share a number.
    return Limit(tie, most, tuple((course, 0) for course in courses))
