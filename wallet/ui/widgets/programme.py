"""The card of a programme: its awards, what excludes what, what it rests on, what can be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from wallet.actions.programmes import Version, Vouched
from wallet.model.keeping import Choice, Confirmation
from wallet.model.programme import Assessment, Conflict, OpenFact
from wallet.model.verification import standing
from wallet.texts import labels, planning, verdicts
from wallet.texts import progress as said
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets import fields
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.basic import Card, Folded, button, clear, column, line, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph, button_text
from wallet.ui.widgets.requirements import Names, Ways


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about a programme beside its evaluation."""

    versions: tuple[Version, ...]
    """All that are here; the one that is evaluated is `used`."""
    confirmed: tuple[Confirmation, ...] = ()
    vouched: Vouched | None = None

    @property
    def used(self) -> Version:
        """The version that is evaluated."""
        return next((one for one in self.versions if one.used), self.versions[0])


class ProgrammeCard(Card):
    """Emits what the person wants; the page does it."""

    opened = Signal(str)
    confirmed = Signal(str, str)
    taken_back = Signal(str, str)
    given = Signal(str, str)
    """A holding's id, and the award ("programme#award") that gets it."""
    ungiven = Signal(str)
    picked = Signal(object)
    """A version, or None for the one in force."""
    plan_wanted = Signal()
    change_wanted = Signal()
    share_wanted = Signal()
    remove_wanted = Signal()
    papers_wanted = Signal(str)

    def __init__(self, session: Session, known: Known, names: Names) -> None:
        super().__init__()
        self._session, self._unfolded = session, set[str]()
        self.know(known, names)
        self.add(Paragraph(self._title, "head"))
        self.add(Paragraph(session(labels.COUNTING), "muted"))

    def know(self, known: Known, names: Names) -> None:
        """Take over what has changed beside the evaluation."""
        self._known, self._names = known, names
        self._title = known.used.programme.title.best(self._session.texts.language)

    def fill(self, assessment: Assessment, then: Assessment | None) -> None:
        """Show an evaluation; `then` is the one with what is planned, where something is."""
        clear(self.body)
        s = self._session
        self.add(Paragraph(self._title, "head"))
        if self._known.used.own is not None:
            self.add(Paragraph(s(planning.OWN), "small"))
        for number, award in enumerate(assessment.awards):
            if number:
                self.add(line())
            self.add(self._award(assessment, award.key, then))
        self._conflicts = column(GRID)
        self.add(self._conflicts)
        self.add(line())
        self.add(self._rests_on(assessment))
        self.add(self._buttons())

    # ---- awards

    def _award(self, assessment: Assessment, key: str, then: Assessment | None) -> AwardView:
        award = assessment.award(key)
        stated = self._known.used.programme.award(key)
        ways = Ways(
            self._names,
            self.opened.emit,
            self.confirmed.emit,
            self.taken_back.emit,
            self._confirmed(),
            {one.subject: one.items for one in award.to_confirm if OpenFact.MATCH in one.facts},
        )
        view = AwardView(
            self._session,
            assessment,
            award,
            ways,
            whole=stated.ects if stated else None,
            then=then.award(key) if then is not None else None,
        )
        view.papers_wanted.connect(partial(self.papers_wanted.emit, key))
        if key in self._unfolded:
            view.unfold()
        view.unfolded.connect(lambda on: self._remember(key, on))
        return view

    def _confirmed(self) -> dict[str, tuple[Confirmation, ...]]:
        found: dict[str, tuple[Confirmation, ...]] = {}
        for one in self._known.confirmed:
            number = f"#{one.achievement}" if one.achievement > 1 else ""
            holding = one.credential_id + number
            found[holding] = (*found.get(holding, ()), one)
        return found

    def _remember(self, key: str, on: bool) -> None:
        (self._unfolded.add if on else self._unfolded.discard)(key)

    # ---- what excludes what

    def show_conflicts(self, found: Sequence[Conflict], choices: Sequence[Choice]) -> None:
        """Show what of this programme and another cannot count in both, from this side."""
        clear(self._conflicts)
        own = f"{self._known.used.programme.id}#"
        mine = [x for x in found if x.counted_in.startswith(own) or x.wanted_by.startswith(own)]
        if not mine:
            return
        self._conflicts.addWidget(line())
        self._conflicts.addWidget(Paragraph(self._session(planning.CONFLICTS), "small"))
        decided = {_holding(one): one for one in choices}
        for holding in dict.fromkeys(one.holding for one in mine):
            about = [one for one in mine if one.holding == holding]
            awards = dict.fromkeys(a for x in about for a in (x.counted_in, x.wanted_by))
            self._add_conflict(holding, tuple(awards), decided.get(holding))

    def _add_conflict(self, holding: str, awards: tuple[str, ...], choice: Choice | None) -> None:
        s, title = self._session, self._names(holding)
        self._conflicts.addWidget(Paragraph(s(planning.CONFLICT, title=title)))
        if choice is None:
            self._conflicts.addWidget(Paragraph(s(planning.UNDECIDED), "muted"))
        else:
            given = s(planning.GIVEN_TO, award=self._names(choice.award))
            self._conflicts.addWidget(Paragraph(given, "strong"))
        buttons = Flow()
        for award in awards:
            if choice is not None and choice.award == award:
                continue
            called = self._names(award)
            give = button(
                s.style,
                s(planning.GIVE_TO, award=called),
                partial(self.given.emit, holding, award),
                name=s(planning.GIVE_TO_NAMED, title=title, award=called),
            )
            buttons.addWidget(give)
        if choice is not None:
            back = button(
                s.style,
                s(planning.TAKE_BACK_CHOICE),
                partial(self.ungiven.emit, holding),
                name=s(planning.TAKE_BACK_CHOICE_OF, title=title),
            )
            buttons.addWidget(back)
        self._conflicts.addLayout(buttons)

    # ---- what it rests on, and what can be done

    def _rests_on(self, assessment: Assessment) -> QWidget:
        s, t = self._session, self._session.texts
        name = s(labels.RESTS_ON_NAMED, title=self._title)
        folded = Folded(s.style, s(labels.RESTS_ON), name)
        texts = [said.rests_on(t, assessment)]
        if self._known.used.own is not None:
            texts.append(self._vouched())
        texts += [t(said.ASSUMED, note=note) for note in assessment.assumptions]
        for text in texts:
            folded.inside.addWidget(Paragraph(text, "small"))
        if len(self._known.versions) > 1:
            folded.inside.addLayout(self._version())
        folded.toggle.setChecked("" in self._unfolded)
        folded.toggle.toggled.connect(lambda on: self._remember("", on))
        return folded

    def _vouched(self) -> str:
        s, vouched = self._session, self._known.vouched
        if vouched is None:
            return s(planning.NOT_VOUCHED)
        state = verdicts.state(s.texts, standing(vouched.report))
        return s(planning.VOUCHED, name=vouched.by, state=state)

    def _version(self) -> QHBoxLayout:
        s = self._session
        box = fields.Choice()
        box.setAccessibleName(s(planning.VERSION_NAMED, title=self._title))
        force = next((one for one in self._known.versions if one.in_force), self._known.used)
        dated = s(planning.VERSION_DATED)
        box.addItem(button_text(f"{dated} ({force.programme.version})"), None)
        for one in self._known.versions:
            box.addItem(button_text(one.programme.version), one.programme.version)
            if one.picked:
                box.setCurrentIndex(box.count() - 1)
        box.currentIndexChanged.connect(lambda _place: self.picked.emit(box.currentData()))
        label = Paragraph(s(planning.VERSION_SHOWN), "small")
        label.setBuddy(box)
        return row(label, box, None)

    def _buttons(self) -> QLayout:
        s, own, title = self._session, self._known.used.own, self._title
        wanted = [(planning.PLAN, planning.PLAN_NAMED, self.plan_wanted)]
        if own is None:
            wanted.append((planning.ADAPT, planning.ADAPT_NAMED, self.change_wanted))
        else:
            wanted += [
                (planning.CHANGE_OWN, planning.CHANGE_NAMED, self.change_wanted),
                (planning.SHARE, planning.SHARE_NAMED, self.share_wanted),
                (planning.REMOVE_OWN, planning.REMOVE_NAMED, self.remove_wanted),
            ]
        return Flow(
            *(
                button(s.style, s(text), signal.emit, role="link", name=s(name, title=title))
                for text, name, signal in wanted
            )
        )


def _holding(choice: Choice) -> str:
    number = f"#{choice.achievement}" if choice.achievement > 1 else ""
    return choice.credential_id + number
