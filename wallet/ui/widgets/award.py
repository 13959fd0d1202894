"""One award: how far it is, what met what, what is missing, and what would come next."""

from collections.abc import Callable, Sequence
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
)
from wallet.model.verification import Colour
from wallet.texts import Message, labels
from wallet.texts import progress as said
from wallet.ui.models.earned import earned
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Icon, button, clear, column, line, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.requirements import requirement, rule
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

    opened = Signal(str)
    confirmed = Signal(str, str)
    """The person says that a credential (id) is a catalogue item (key)."""
    unfolded = Signal(bool)

    def __init__(
        self,
        session: Session,
        assessment: Assessment,
        award: AwardAssessment,
        names: Callable[[str], str],
        whole: Decimal | None = None,
    ) -> None:
        super().__init__()
        self._session, self._assessment = session, assessment
        self._award, self._names = award, names
        self._earned = earned(award, whole)
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
        if found.missing and award.status is not AwardStatus.MET:
            said.append(t(labels.ECTS_MISSING, ects=t.decimal(found.missing)))
        if award.missing_items:
            said.append(t(labels.ITEMS_MISSING, n=award.missing_items))
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
        required = self._part(labels.REQUIREMENTS)
        for found in award.requirements:
            required.addLayout(requirement(s, found, self._names, self.opened.emit))
        for overall in award.rules:
            required.addLayout(rule(s, overall))
        confirmable = {id(c) for c in award.to_confirm if OpenFact.MATCH in c.facts and c.items}
        if confirmable:
            confirming = self._part(labels.TO_CONFIRM)
            for one in award.to_confirm:
                if id(one) in confirmable:
                    self._add_question(confirming, one)
        if remarks := tuple(said.remarks(t, award, self._names)):
            self._add_lines(labels.REMARKS, remarks)
        if award.next:
            plans = [self._plan(plan) for plan in award.next[:MOST_PLANS]]
            self._add_lines(labels.WHAT_NEXT, (said.plans(t, award), *plans))
        if award.not_counted:
            reasons = [said.not_counted(t, one, self._names) for one in award.not_counted]
            self._add_lines(labels.NOT_COUNTED, reasons)
        if award.tracks:
            tracks = [
                t(said.TRACK, title=x.title.best(t.language), done=x.done, n=len(x.steps))
                for x in award.tracks
            ]
            self._add_lines(labels.TRACKS, tracks)

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

    def _add_question(self, part: QVBoxLayout, one: ToConfirm) -> None:
        s = self._session
        title = self._names(one.subject)
        part.addWidget(Paragraph(said.to_confirm(s.texts, one, self._names)))
        for item in one.items:
            course = self._names(item)
            yes = button(
                s.style,
                s(labels.CONFIRM_MATCH, item=course),
                partial(self.confirmed.emit, one.subject, item),
                name=s(labels.CONFIRM_NAMED, title=title, item=course),
            )
            part.addLayout(Flow(yes))
