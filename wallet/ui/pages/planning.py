"""What if: tick courses that one thinks of taking, and see what would then be met, everywhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from wallet.actions import planning as plans
from wallet.actions import progress as counting
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.model.keeping import Entry
from wallet.model.programme import (
    Assessment,
    AwardAssessment,
    AwardStatus,
    Closing,
    Item,
    Programme,
    RequirementState,
)
from wallet.texts import planning
from wallet.texts import progress as said
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Columns, Page, button, clear, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.form import TickList
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.requirements import every

_PAUSE = 150
"""Milliseconds after the last tick until it is counted."""
_AT_ONCE = 20
"""Credentials that are read in one task."""
_NARROW = 640
"""Pixels below which the answer stands under the list."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What the person is planning with: read once, while the page is open."""

    programmes: tuple[Programme, ...]
    held: tuple[counting.Held, ...]
    now: tuple[Assessment, ...]
    planned: tuple[str, ...]


class PlanningPage(Page):
    """One programme's catalogue with boxes to tick. What is ticked is kept as planned."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._id, self._round = "", 0
        self._begun: Begun | None = None
        self._others: tuple[str, ...] = ()
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self._count)
        self._row_later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._row_later.timeout.connect(self._ask_what_closes)

    def show_programme(self, programme_id: str) -> None:
        """Read what is held, and plan with this programme."""
        self._id, self._begun, self._round = programme_id, None, self._round + 1
        self.empty()
        self.body.addWidget(Paragraph(self._session(planning.EVALUATING), "muted"))
        wallet, round_ = self._session.open_wallet, self._round
        self._session.tasks.ask(
            self, lambda: content.entries(wallet), partial(self._read, round_, ())
        )

    def _read(
        self, round_: int, held: tuple[counting.Held, ...], entries: tuple[Entry, ...]
    ) -> None:
        """Read some credentials at a time, so that other pages get their turn between two."""
        if round_ != self._round:
            return
        wallet, some, rest = self._session.open_wallet, entries[:_AT_ONCE], entries[_AT_ONCE:]
        if some:
            self._session.tasks.ask(
                self,
                lambda: counting.held(wallet, some),
                lambda found: self._read(round_, (*held, *found), rest),
            )
        else:
            self._session.tasks.ask(
                self, lambda: _begin(wallet, held), partial(self._begin, round_)
            )

    def _begin(self, round_: int, begun: Begun) -> None:
        programme = next((one for one in begun.programmes if one.id == self._id), None)
        if round_ != self._round or programme is None:
            return
        self._begun = begun
        own = {item.key for item in programme.catalogue}
        self._others = tuple(key for key in begun.planned if key not in own)
        with self.settled():
            self._build(programme, begun.planned)
        self._count()
        self.ticks.setFocus()

    def _build(self, programme: Programme, planned: tuple[str, ...]) -> None:
        s = self._session
        title = programme.title.best(s.texts.language)
        self.empty()
        back = button(
            s.style, s(planning.BACK_TO_PROGRESS), self.left.emit, icon="back", role="quiet"
        )
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(planning.PLAN_TITLE, title=title), "title"))
        self.body.addWidget(Paragraph(s(planning.PLAN_TEXT), "muted"))
        courses = Card(s(planning.COURSES))
        self.ticks = TickList(s(planning.COURSES))
        self.ticks.offer([(i.key, self._row(programme, i)) for i in programme.catalogue], planned)
        self.ticks.ticked.connect(self._ticked)
        self.ticks.currentRowChanged.connect(lambda _row: self._row_later.start())
        self._number = Paragraph("", "small")
        self.clear_button = button(s.style, s(planning.CLEAR_PLAN), self._untick)
        courses.add(self.ticks)
        courses.add(self._number)
        courses.add(Flow(self.clear_button))
        then = Card(s(planning.THEN))
        self._then = column(GRID)
        then.add(self._then)
        then.body.addStretch(1)
        self.body.addWidget(courses)
        closes, self._closes_heading = Card(), Paragraph(s(planning.EVERYWHERE), "head")
        closes.add(self._closes_heading)
        self._closes = column(GRID)
        closes.add(self._closes)
        closes.body.addStretch(1)
        self.body.addWidget(Columns(then, closes, narrow=_NARROW, shares=(1, 1)))
        self.body.addStretch(1)

    def _row(self, programme: Programme, item: Item) -> str:
        s, language = self._session, self._session.texts.language
        found = (programme.institution(key) for key in item.awarded_by)
        bodies = s.texts.listing(one.name.best(language) for one in found if one is not None)
        title = item.title.best(language)
        if item.ects is None:
            return s(planning.COURSE_ROW_NO_ECTS, title=title, bodies=bodies)
        return s(planning.COURSE_ROW, title=title, ects=s.texts.decimal(item.ects), bodies=bodies)

    # ---- ticking and counting

    @property
    def planned(self) -> tuple[str, ...]:
        """Keys of everything that is planned, in this programme and in others."""
        return (*self._others, *self.ticks.keys)

    def _untick(self) -> None:
        self.ticks.tick(())
        self._ticked()

    def _ticked(self) -> None:
        wallet, planned = self._session.open_wallet, self.planned
        self._session.tasks.change(self, lambda: plans.set_plan(wallet, planned), _done)
        self._later.start()

    def _count(self) -> None:
        begun = self._begun
        if begun is None:
            return
        wallet, planned, round_ = self._session.open_wallet, self.planned, self._round
        count = len(self.ticks.keys)
        self._number.set(self._session(planning.PLANNED_COUNT, n=count))
        self.clear_button.setEnabled(count > 0)
        self._row_later.start()
        self._session.tasks.ask(
            self,
            lambda: counting.assess_all(wallet, begun.programmes, begun.held, planned),
            lambda then: self._show_then(round_, planned, then),
        )

    def _show_then(
        self, round_: int, planned: tuple[str, ...], then: tuple[Assessment, ...]
    ) -> None:
        if round_ != self._round or planned != self.planned or self._begun is None:
            return
        s = self._session
        with self.settled():
            clear(self._then)
            if not planned:
                self._then.addWidget(Paragraph(s(planning.THEN_NOTHING), "muted"))
                return
            changed = False
            for before, after in zip(self._begun.now, then, strict=True):
                for one, other in zip(before.awards, after.awards, strict=True):
                    if self._comes_nearer(one, other) or before.programme == self._id:
                        self._add_change(self._then, one, other)
                        changed = True
            if not changed:
                self._then.addWidget(Paragraph(s(planning.CHANGES_NOTHING), "muted"))

    def _comes_nearer(self, before: AwardAssessment, after: AwardAssessment) -> bool:
        return (before.status, before.missing_items) != (after.status, after.missing_items)

    def _add_change(self, to: QVBoxLayout, before: AwardAssessment, after: AwardAssessment) -> None:
        s, t = self._session, self._session.texts
        title, now = after.title.best(t.language), said.status(t, before.status)
        later = said.status(t, after.status)
        part = column(GRID // 2)
        if before.status is after.status:
            part.addWidget(Paragraph(s(planning.NOW_STILL, title=title, after=later), "strong"))
        else:
            text = s(planning.BEFORE_AND_AFTER, title=title, before=now, after=later)
            part.addWidget(Paragraph(text, "strong"))
        if closed := list(self._closed(before, after)):
            text = s(planning.WOULD_CLOSE, requirements=t.listing(closed))
            part.addWidget(Paragraph(text, "muted"))
        if after.missing_items:
            text = s(planning.STILL_MISSING, n=after.missing_items)
            part.addWidget(Paragraph(text, "muted"))
        to.addLayout(part)

    def _closed(self, before: AwardAssessment, after: AwardAssessment) -> Iterator[str]:
        language = self._session.texts.language
        open_ = {
            one.key for one in every(before.requirements) if one.state is RequirementState.NOT_MET
        }
        for one in every(after.requirements):
            if one.key in open_ and one.state is not RequirementState.NOT_MET:
                yield one.title.best(language)

    # ---- what one course would close

    def _ask_what_closes(self) -> None:
        begun, key = self._begun, self._current()
        if begun is None or not key:
            return
        wallet, id_, round_ = self._session.open_wallet, self._id, self._round
        without = tuple(one for one in self.planned if one != key)
        self._session.tasks.ask(
            self,
            lambda: counting.closes(wallet, id_, key, begun.held, without),
            lambda found: self._show_closing(round_, key, found),
        )

    def _current(self) -> str:
        if self.ticks.currentRow() < 0:
            return ""
        return self.ticks.key(self.ticks.currentItem())

    def _show_closing(self, round_: int, key: str, found: tuple[Closing, ...]) -> None:
        if round_ != self._round or key != self._current() or self._begun is None:
            return
        s, t = self._session, self._session.texts
        programme = next(one for one in self._begun.programmes if one.id == self._id)
        item = programme.item(key)
        title = item.title.best(t.language) if item is not None else key
        with self.settled():
            self._closes_heading.set(s(planning.CLOSES_HEADING, title=title))
            clear(self._closes)
            for one in found:
                if one.helps:
                    self._closes.addWidget(Paragraph(self._closing(one)))
            if not any(one.helps for one in found):
                self._closes.addWidget(Paragraph(s(planning.CHANGES_NOTHING), "muted"))

    def _closing(self, one: Closing) -> str:
        s, t = self._session, self._session.texts
        title = one.title.best(t.language)
        before, after = said.status(t, one.before), said.status(t, one.after)
        if one.before is not one.after:
            text = s(planning.BEFORE_AND_AFTER, title=title, before=before, after=after)
        else:
            text = s(planning.NOW_STILL, title=title, after=after)
        if one.missing_after and one.after is not AwardStatus.MET:
            text += f" ({s(planning.STILL_MISSING, n=one.missing_after)})"
        return text


def _begin(wallet: Wallet, held: tuple[counting.Held, ...]) -> Begun:
    programmes = counting.in_use(wallet, held)
    now = counting.assess_all(wallet, programmes, held)
    return Begun(programmes, held, now, plans.plan(wallet, programmes))


def _done(_result: object) -> None:
    """What is shown follows from the tick itself."""
