"""Held credentials and planned items as the rules see them: resolved bodies, integer ECTS, items.

A `Course` is one credential in one reading. A credential whose title suggests several catalogue
items may be any one of them, or none; each reading is a course of its own, and at most one
reading of a credential counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from wallet.model.credential import Text, is_global
from wallet.model.programme import (
    AwardingBody,
    HeldGrade,
    Holding,
    HoldingState,
    Item,
    OpenFact,
    Programme,
    Strength,
)
from wallet.stacking.identity import (
    alike,
    code_token,
    likeness,
    name_token,
    organisation_token,
)

HUNDREDTHS = 100
"""ECTS are computed as integers: 2.5 ECTS are 250."""


def hundredths(ects: Decimal) -> int:
    """ECTS as an integer number of hundredths; what is finer is cut off, never rounded up."""
    return int((ects * HUNDREDTHS).to_integral_value(ROUND_FLOOR))


def decimal_ects(number: int) -> Decimal:
    """Hundredths back as ECTS, without trailing zeros."""
    exact = Decimal(number) / HUNDREDTHS
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()


@dataclass(frozen=True, slots=True)
class Body:
    """An awarding body: the programme's key for it, or a token of its own; country if known."""

    key: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Match:
    """A catalogue item that a credential is recognised as, and by what."""

    item: Item
    strength: Strength
    matched: str


@dataclass(frozen=True, slots=True)
class Course:
    """One credential in one reading, or one planned catalogue item."""

    id: str
    title: Text
    planned: bool = False
    """A catalogue item as if it were taken: in a plan, or assumed in a what-if."""
    assumed: bool = False
    """Planned already, in a what-if: no plan has to add it."""
    matches: tuple[Match, ...] = ()
    suggested: tuple[Item, ...] = ()
    """Items that its title suggests and that this reading takes it not to be."""
    ects: int | None = None
    """Hundredths, as the credential states; for a planned item the catalogue's."""
    catalogue_ects: int = 0
    """Hundredths by the catalogue, for a credential that states none."""
    eqf: int | None = None
    grade: HeldGrade | None = None
    awarded: date | None = None
    bodies: tuple[Body, ...] = ()
    isced: tuple[str, ...] = ()
    esco: tuple[str, ...] = ()
    outcomes: frozenset[str] = frozenset()
    form: str | None = None
    mode: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    identifiers: frozenset[str] = frozenset()
    codes: frozenset[tuple[str, str]] = frozenset()
    """(body key, code) pairs, for finding duplicates."""
    parts: frozenset[str] = frozenset()
    state: HoldingState = HoldingState.VALID
    open: tuple[OpenFact, ...] = ()
    """What about its state has to be confirmed or checked."""
    fresh_copy: bool = False
    suggestion_rank: float = field(default=0.0, compare=False)

    @property
    def to_take(self) -> bool:
        """Whether it is a course that a plan would add."""
        return self.planned and not self.assumed

    @property
    def certain_ects(self) -> int:
        """What counts without doubt: not stated is nothing."""
        return self.ects or 0

    @property
    def possible_ects(self) -> int:
        """What counts in the learner's favour: not stated is the catalogue's number."""
        return self.catalogue_ects if self.ects is None else self.ects

    @property
    def tags(self) -> frozenset[str]:
        """Tags of the matched items; a credential has none of its own."""
        return frozenset(tag for match in self.matches for tag in match.item.tags)

    @property
    def best_match(self) -> Match | None:
        """The strongest match, the catalogue's first among equals."""
        return min(self.matches, key=lambda m: m.strength.weakness, default=None)


class Bodies:
    """Tells awarding bodies apart: by the programme's list, else by what they share.

    Bodies that the programme does not list are one body when they share an identifier or a name.
    """

    def __init__(self, programme: Programme, holdings: Iterable[Holding]) -> None:
        self._known: dict[str, Body] = {}
        for one in programme.institutions:
            body = Body(one.key, one.country)
            for token in (one.key.casefold(), *_tokens(one.identifiers, one.name.everything())):
                self._known.setdefault(token, body)
        self._links: dict[str, str] = {}
        self._countries: dict[str, str] = {}
        for held in sorted(holdings, key=lambda h: h.id):
            for stated in held.awarded_by:
                self._learn(stated)

    def resolve(self, stated: AwardingBody) -> Body | None:
        """The body that is meant; None where nothing is stated that would tell."""
        tokens = _tokens(stated.identifiers, stated.names)
        for token in tokens:
            if token in self._known:
                return self._known[token]
        if not tokens:
            return None
        root = self._root(tokens[0])
        return Body(root, stated.country or self._countries.get(root))

    def key_of(self, name: str) -> str | None:
        """The programme's key for an institution named by key, identifier or legal name."""
        body = self.resolve(AwardingBody((name,), (name,)))
        return body.key if body is not None else None

    def _learn(self, stated: AwardingBody) -> None:
        tokens = _tokens(stated.identifiers, stated.names)
        if not tokens or any(token in self._known for token in tokens):
            return
        roots = sorted({self._root(token) for token in tokens})
        for root in roots[1:]:
            self._links[root] = roots[0]
            if root in self._countries:
                self._countries.setdefault(roots[0], self._countries[root])
        if stated.country:
            self._countries.setdefault(roots[0], stated.country)

    def _root(self, token: str) -> str:
        while token in self._links:
            token = self._links[token]
        return token


def _tokens(identifiers: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    found = [token for one in identifiers if (token := organisation_token(one)) is not None]
    return (*dict.fromkeys([*found, *(name_token(name) for name in names if name.strip())]),)


# ---- which catalogue items a credential is ------------------------------------------------------


def matches_of(
    programme: Programme, held: Holding, bodies: Sequence[Body], codes: frozenset[tuple[str, str]]
) -> tuple[Match, ...]:
    """All catalogue items that the credential counts or may count as, in the catalogue's order."""
    outcomes = frozenset((*held.outcomes, *held.esco))
    named = bool(held.codes) or any(is_global(one) for one in held.achievement)
    stated = _Stated(held, bodies, codes, outcomes, named)
    found = (_match(item, stated) for item in programme.catalogue)
    return tuple(match for match in found if match is not None)


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a credential says of itself that an item may be recognised by."""

    held: Holding
    bodies: Sequence[Body]
    codes: frozenset[tuple[str, str]]
    outcomes: frozenset[str]
    named: bool
    """Whether it has an identifier or a code, so that its title suggests nothing."""


def _match(item: Item, stated: _Stated) -> Match | None:
    held = stated.held
    for identifier in held.achievement:
        if identifier in item.achievement and is_global(identifier):
            return Match(item, Strength.IDENTIFIER, identifier)
    for code in item.codes:
        if (code.institution, code_token(code.code)) in stated.codes:
            return Match(item, Strength.CODE, code.code)
    if item.outcomes and stated.outcomes.issuperset(item.outcomes):
        return Match(item, Strength.OUTCOMES, item.outcomes[0])
    if item.key in held.confirmed:
        return Match(item, Strength.CONFIRMED_TITLE, item.key)
    if stated.named or not any(body.key in item.awarded_by for body in stated.bodies):
        return None
    for title in held.titles:
        if any(alike(title, known) for known in item.title.everything()):
            return Match(item, Strength.TITLE, title)
    return None


def _rank(match: Match, held: Holding) -> float:
    known = list(match.item.title.everything())
    return max(likeness(title, other) for title in held.titles for other in known)


# ---- making courses -----------------------------------------------------------------------------


def held_courses(programme: Programme, held: Holding, bodies: Bodies) -> tuple[Course, ...]:
    """All readings of one credential: one, unless its title suggests catalogue items."""
    where = tuple(
        dict.fromkeys(b for one in held.awarded_by if (b := bodies.resolve(one)) is not None)
    )
    codes = frozenset(
        (body, code_token(code.code))
        for code in held.codes
        for body in _code_bodies(code.institution, where, bodies)
        if code_token(code.code)
    )
    base = _course(held, where, codes)
    found = matches_of(programme, held, where, codes)
    strong = tuple(match for match in found if match.strength is not Strength.TITLE)
    if strong or not found:
        return (_reading(base, held, strong, ()),)
    items = [match.item for match in found]
    readings = [_reading(base, held, (match,), (), rank=_rank(match, held)) for match in found]
    return (*readings, _reading(base, held, (), tuple(items)))


def _code_bodies(stated: str | None, where: Sequence[Body], bodies: Bodies) -> list[str]:
    if stated is None:
        return [body.key for body in where]
    key = bodies.key_of(stated)
    return [key] if key is not None else []


def _course(held: Holding, where: tuple[Body, ...], codes: frozenset[tuple[str, str]]) -> Course:
    state, doubts = held.state, []
    if state is HoldingState.EXPIRED and held.attestation_expired:
        state = HoldingState.VALID
    if state is HoldingState.UNVERIFIED:
        doubts.append(OpenFact.CHECK)
    if state is HoldingState.SELF_ASSERTED:
        doubts.append(OpenFact.SELF_ASSERTED)
    if held.attendance_only:
        doubts.append(OpenFact.ATTENDANCE)
    return Course(
        id=held.id,
        title=Text.plain(held.title),
        ects=None if held.ects is None else hundredths(held.ects),
        eqf=held.eqf,
        grade=held.grade,
        awarded=held.awarded,
        bodies=where,
        isced=held.isced,
        esco=held.esco,
        outcomes=frozenset((*held.outcomes, *held.esco)),
        form=held.form,
        mode=held.mode,
        titles=held.titles,
        identifiers=frozenset(one for one in held.achievement if is_global(one)),
        codes=codes,
        parts=frozenset(held.parts),
        state=state,
        open=tuple(doubts),
        fresh_copy=held.attestation_expired,
    )


def _reading(
    base: Course,
    held: Holding,
    matches: tuple[Match, ...],
    suggested: tuple[Item, ...],
    rank: float = 0.0,
) -> Course:
    ordered = sorted(matches, key=lambda match: match.strength.weakness)
    known = next((m.item.ects for m in ordered if m.item.ects is not None), None)
    title = base.title if held.titles or not ordered else ordered[0].item.title
    return replace(
        base,
        title=title,
        matches=matches,
        suggested=suggested,
        catalogue_ects=0 if known is None else hundredths(known),
        suggestion_rank=rank,
    )


def planned_course(programme: Programme, item: Item, *, assumed: bool = False) -> Course:
    """A catalogue item as if it were taken: its own ECTS and level, no date."""
    where = []
    for key in item.awarded_by:
        institution = programme.institution(key)
        where.append(Body(key, institution.country if institution is not None else None))
    return Course(
        id=item.key,
        title=item.title,
        planned=True,
        assumed=assumed,
        matches=(Match(item, Strength.IDENTIFIER, item.key),),
        ects=None if item.ects is None else hundredths(item.ects),
        eqf=item.eqf,
        bodies=tuple(where),
        isced=item.isced,
        esco=item.esco,
        outcomes=frozenset((*item.outcomes, *item.esco)),
        form=item.form,
        mode=item.mode,
        titles=tuple(item.title.everything()),
        identifiers=frozenset(item.achievement),
    )
