"""One award: how far it is, what met what, what is missing, and what would come next."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from wallet.model.programme import (
    Assessment,
    AwardAssessment,
    AwardStatus,
    OpenFact,
    ToConfirm,
    Track,
)
from wallet.model.verification import Colour
from wallet.texts import Message, labels, planning
from wallet.texts import progress as said
from wallet.ui.models.earned import earned
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Icon, button, clear, column, line, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.requirements import Tree, Ways, every
from wallet.ui.widgets.share import ShareBar
from wallet.ui.widgets.verdict import tint

COLOURS = {
    AwardStatus.MET: Colour.GREEN,
    AwardStatus.MET_IF_CONFIRMED: Colour.AMBER,
    AwardStatus.NOT_MET: Colour.GREY,
    AwardStatus.NOT_FINISHED: Colour.AMBER,
}
MOST_PLANS = 5
"""Plans that are listed; how many there are is always said."""
_ICON = 24


class AwardView(QWidget):
    """Folded: status, bar, and what next. Unfolded: everything that the evaluation answers."""

    papers_wanted = Signal()
    """The person wants the supplement or the audit of this award."""
    unfolded = Signal(bool)

    def __init__(
        self,
        session: Session,
        assessment: Assessment,
        award: AwardAssessment,
        ways: Ways,
        *,
        whole: Decimal | None = None,
        then: AwardAssessment | None = None,
    ) -> None:
        """Make the view. `then` is the same award with what is planned, where something is."""
        super().__init__()
        self._session, self._assessment = session, assessment
        self._award, self._ways, self._then = award, ways, then
        self._names = ways.names
        self._earned = earned(award, whole, then)
        layout = column(GRID)
        self.setLayout(layout)
        layout.addLayout(self._head())
        self._inside = column(GRID * 2)
        self._inside.setContentsMargins(_ICON + GRID + 4, 0, 0, 0)
        layout.addLayout(self._inside)

    def unfold(self) -> None:
        """Show everything."""
        self.toggle.setChecked(True)

    # ---- folded

    def _head(self) -> QHBoxLayout:
        s, t, award = self._session, self._session.texts, self._award
        colour = COLOURS[award.status]
        title = award.title.best(t.language)
        words = column(GRID // 2)
        state = said.status(t, award.status)
        words.addWidget(Paragraph(t(labels.TITLE_AND_STATE, title=title, state=state), "strong"))
        self._add_bar(words)
        if award.status is AwardStatus.MET:
            words.addWidget(Paragraph(said.decides(t, self._assessment)))
        elif award.next:
            plan = self._plan(award.next[0])
            words.addWidget(Paragraph(t(labels.NEXT_IS, plan=plan)))
        self.toggle = button(s.style, s(labels.DETAILS))
        self.toggle.setAccessibleName(s(labels.DETAILS_OF, title=title))
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._toggled)
        layout = row(spacing=GRID + 4)
        icon = Icon(s.style, ICONS_OF_COLOURS[colour], tint(colour), _ICON)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.toggle, 0, Qt.AlignmentFlag.AlignTop)
        return layout

    def _add_bar(self, words: QVBoxLayout) -> None:
        if self._earned.known:
            text = self._said()
            words.addWidget(ShareBar(self._session.style, self._earned, text))
            words.addWidget(Paragraph(text, "small"))

    def _said(self) -> str:
        t, found, award = self._session.texts, self._earned, self._award
        certain = t.decimal(found.certain)
        if found.certain == found.needed:
            said = [t(labels.EARNED_ONLY, earned=certain)]
        else:
            said = [t(labels.EARNED_OF, earned=certain, needed=t.decimal(found.needed))]
        if found.open:
            said.append(t(labels.MORE_IF_CONFIRMED, ects=t.decimal(found.open)))
        if found.planned:
            said.append(t(planning.PLANNED_TOO, ects=t.decimal(found.planned)))
        if found.missing and award.status is not AwardStatus.MET:
            said.append(t(labels.ECTS_MISSING, ects=t.decimal(found.missing)))
        then = self._then if found.planned and self._then is not None else award
        if then.missing_items:
            said.append(t(labels.ITEMS_MISSING, n=then.missing_items))
        return " · ".join(said)

    def _plan(self, keys: Sequence[str]) -> str:
        return self._session.texts.listing(self._names(key) for key in keys)

    # ---- unfolded

    def _toggled(self, on: bool) -> None:
        if on:
            self._fill()
        else:
            clear(self._inside)
        self.unfolded.emit(on)

    def _fill(self) -> None:
        s, t, award = self._session, self._session.texts, self._award
        self._part(labels.REQUIREMENTS).addWidget(
            Tree(s, award.requirements, award.rules, self._ways)
        )
        self._add_questions()
        why = tuple(said.why_not(t, award)) if award.status is AwardStatus.NOT_MET else ()
        if why:
            self._add_lines(planning.WHY_NOT, why)
        if remarks := [one for one in said.remarks(t, award, self._names) if one not in why]:
            self._add_lines(labels.REMARKS, remarks)
        if award.next:
            self._add_lines(labels.WHAT_NEXT, (said.plans(t, award), *self._plans()))
        if award.tracks:
            self._add_lines(
                labels.TRACKS, [text for track in award.tracks for text in self._track(track)]
            )
        if award.not_counted:
            reasons = [said.not_counted(t, one, self._names) for one in award.not_counted]
            self._add_lines(labels.NOT_COUNTED, reasons)
        title = award.title.best(t.language)
        papers = button(
            s.style,
            s(planning.SUPPLEMENT),
            self.papers_wanted.emit,
            icon="file",
            name=s(planning.SUPPLEMENT_OF, title=title),
        )
        self._inside.addLayout(Flow(papers))

    def _part(self, heading: Message) -> QVBoxLayout:
        part = column(GRID)
        part.addWidget(line())
        part.addWidget(Paragraph(self._session(heading), "small"))
        self._inside.addLayout(part)
        return part

    def _add_lines(self, heading: Message, lines: Sequence[str]) -> None:
        part = self._part(heading)
        for text in lines:
            if text:
                part.addWidget(Paragraph(text))

    def _plans(self) -> list[str]:
        shown = self._award.next[:MOST_PLANS]
        plans = [self._plan(plan) for plan in shown]
        if len(plans) == 1:
            return plans
        t = self._session.texts
        return [t(planning.PLAN_IS, number=n, courses=x) for n, x in enumerate(plans, 1)]

    def _track(self, track: Track) -> list[str]:
        t = self._session.texts
        title = track.title.best(t.language)
        lines = [t(said.TRACK, title=title, done=track.done, n=len(track.steps))]
        for number, step in enumerate(track.steps, 1):
            courses = self._plan(step.items) or self._requirement(step.requirement)
            if step.done_by:
                done = self._plan(step.done_by)
                lines.append(t(planning.TRACK_STEP_DONE, number=number, courses=done))
            elif courses:
                lines.append(t(planning.TRACK_STEP_OPEN, number=number, courses=courses))
        return lines

    def _requirement(self, key: str | None) -> str:
        found = (one for one in every(self._award.requirements) if one.key == key)
        return next((one.title.best(self._session.texts.language) for one in found), "")

    def _add_questions(self) -> None:
        """Ask what the tree does not ask already, at the place where it could count."""
        leaves = tuple(every(self._award.requirements))
        asked = {x.id for one in leaves for x in one.met_by}
        asked |= {x.id for one in leaves for x in one.could_be_met_by}
        left = [
            one
            for one in self._award.to_confirm
            if OpenFact.MATCH in one.facts and one.items and one.subject not in asked
        ]
        if left:
            part = self._part(labels.TO_CONFIRM)
            for one in left:
                self._add_question(part, one)

    def _add_question(self, part: QVBoxLayout, one: ToConfirm) -> None:
        s = self._session
        title = self._names(one.subject)
        part.addWidget(Paragraph(said.to_confirm(s.texts, one, self._names)))
        for item in one.items:
            course = self._names(item)
            yes = button(
                s.style,
                s(labels.CONFIRM_MATCH, item=course),
                partial(self._ways.confirm, one.subject, item),
                name=s(labels.CONFIRM_NAMED, title=title, item=course),
            )
            part.addLayout(Flow(yes))
