"""A programme of one's own by form: new, or adapted from another; checked while one types."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout

from wallet.actions import making
from wallet.actions import programmes as shelf
from wallet.actions.files import safe_name
from wallet.actions.making import Place
from wallet.model.draft import (
    Draft,
    DraftAward,
    DraftCourse,
    DraftModule,
    DraftUniversity,
    new_key,
    next_key,
)
from wallet.texts import Message, labels, planning
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.dialogs.giving_up import LeaveDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Page, button, clear, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.form import Field, Part, TextField
from wallet.ui.widgets.making import AwardPart, CoursePart, UniversityPart, tell
from wallet.ui.widgets.plain import Paragraph

Row = TypeVar("Row", bound=Part)

_PAUSE = 250
"""Milliseconds without a key until what is typed is checked."""
_FEW = 3
"""Faults that no field shows which are listed below."""


class MakingPage(Page):
    """The form. What is typed is a draft; only "Keep it" writes anything."""

    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._draft: Draft | None = None
        self._round = 0
        self._tried = self._touched = False
        self._faults: tuple[Place, ...] = ()
        self._then_keep = False
        self._later = QTimer(self, singleShot=True, interval=_PAUSE)
        self._later.timeout.connect(self.check)

    # ---- opening

    def begin(self, version: shelf.Version | None = None) -> None:
        """Begin a new programme, or one like `version`."""
        if self.touched:
            return  # nothing that was written is lost by pressing the wrong button
        if version is None:
            self.show_new()
        else:
            self.show_version(version)

    def show_new(self) -> None:
        """Begin a programme from nothing."""
        s = self._session
        draft = making.new_draft(s.texts.language)
        self._open(draft, s(planning.MAKE_TITLE), s(planning.MAKE_TEXT))

    def show_version(self, version: shelf.Version) -> None:
        """Adapt a programme, or change one that was made here."""
        s = self._session
        language = s.texts.language

        def opened(draft: Draft) -> None:
            if draft.id == version.programme.id:
                self._open(draft, s(planning.CHANGE_TITLE), s(planning.MAKE_TEXT))
            else:
                title = version.programme.title.best(language)
                text = s(planning.ADAPT_TEXT, title=title)
                self._open(draft, s(planning.ADAPT_TITLE), text)

        s.tasks.ask(self, lambda: making.adapt(version, language), opened)

    def _open(self, draft: Draft, title: str, text: str) -> None:
        self._draft, self._tried, self._touched, self._faults = draft, False, False, ()
        s = self._session
        with self.settled():
            self.empty()
            back = button(
                s.style, s(planning.BACK_TO_PROGRESS), self._leave, icon="back", role="quiet"
            )
            self.body.addLayout(Flow(back))
            self.body.addWidget(Paragraph(title, "title"))
            self.body.addWidget(Paragraph(text, "muted"))
            self._add_about(draft)
            self._add_universities(draft)
            self._add_courses(draft)
            self._add_awards(draft)
            self._add_end()
            self.body.addStretch(1)
        self.verticalScrollBar().setValue(0)
        self.check()
        self.title.go()

    def _add_about(self, draft: Draft) -> None:
        s = self._session
        card = Card(s(planning.ABOUT))
        self.title = TextField(s, planning.FIELD_TITLE, planning.WRONG_TITLE, draft.title)
        wrong = planning.WRONG_VERSION
        self.version = TextField(s, planning.FIELD_VERSION, wrong, draft.version)
        self.source = TextField(
            s, planning.FIELD_SOURCE, text=draft.source, hint=planning.HINT_SOURCE
        )
        for field in (self.title, self.source, self.version):
            field.changed.connect(self._edited)
            card.add(field)
        self.body.addWidget(card)

    def _section(self, heading: Message, add: Message, more: Callable[[], None]) -> QVBoxLayout:
        s = self._session
        card = Card(s(heading))
        rows = column(GRID)
        card.add(rows)
        card.add(Flow(button(s.style, s(add), more, icon="plus")))
        self.body.addWidget(card)
        return rows

    def _add_universities(self, draft: Draft) -> None:
        self.universities: list[UniversityPart] = []
        self._university_rows = self._section(
            planning.UNIVERSITIES, planning.ADD_UNIVERSITY, self.add_university
        )
        for one in draft.universities:
            self._put_university(one, unfolded=not one.name)

    def _add_courses(self, draft: Draft) -> None:
        self.courses: list[CoursePart] = []
        self._course_rows = self._section(
            planning.COURSES_HEADING, planning.ADD_COURSE, self.add_course
        )
        for one in draft.courses:
            self._put_course(one, unfolded=not one.title)

    def _add_awards(self, draft: Draft) -> None:
        self.awards: list[AwardPart] = []
        self._award_rows = self._section(planning.AWARDS, planning.ADD_AWARD, self.add_award)
        alone = len(draft.awards) == 1
        for one in draft.awards:
            self._put_award(one, unfolded=alone)

    def _add_end(self) -> None:
        s = self._session
        self.verdict = Paragraph("", "strong")
        self._others = column(GRID // 2)
        self.keep_button = button(s.style, s(planning.KEEP_PROGRAMME), self.keep, role="main")
        self.share_button = button(s.style, s(planning.SHARE), self.share, icon="export")
        self.body.addWidget(self.verdict)
        self.body.addLayout(self._others)
        self.body.addLayout(Flow(self.keep_button, self.share_button))

    def add_university(self) -> None:
        """Add an empty university and put the focus into it."""
        taken = frozenset(one.draft().key for one in self.universities)
        new = DraftUniversity(next_key("university", taken), country="PL")
        self._put_university(new, unfolded=True).name.go()
        self._edited()

    def add_course(self) -> None:
        """Add an empty course and put the focus into it."""
        keys = tuple(one.draft().key for one in self.universities)
        universities = keys if len(keys) == 1 else ()
        new = DraftCourse(new_key("course"), universities=universities)
        self._put_course(new, unfolded=True).title.go()
        self._edited()

    def add_award(self) -> None:
        """Add an empty certificate and put the focus into it."""
        taken = frozenset(one.draft().key for one in self.awards)
        new = DraftAward(next_key("award", taken), modules=(DraftModule("module-1"),))
        self._put_award(new, unfolded=True).title.go()
        self._edited()

    def _put_university(self, one: DraftUniversity, *, unfolded: bool) -> UniversityPart:
        number = len(self.universities) + 1
        part = UniversityPart(self._session, number, one, unfolded=unfolded)
        return self._put(part, self.universities, self._university_rows)

    def _put_course(self, one: DraftCourse, *, unfolded: bool) -> CoursePart:
        part = CoursePart(self._session, len(self.courses) + 1, one, unfolded=unfolded)
        return self._put(part, self.courses, self._course_rows)

    def _put_award(self, one: DraftAward, *, unfolded: bool) -> AwardPart:
        part = AwardPart(self._session, len(self.awards) + 1, one, unfolded=unfolded)
        return self._put(part, self.awards, self._award_rows)

    def _put(self, part: Row, parts: list[Row], rows: QVBoxLayout) -> Row:
        part.changed.connect(self._edited)
        part.removed.connect(lambda: self._take_away(part, parts))
        parts.append(part)
        rows.addWidget(part)
        return part

    def _take_away(self, part: Row, parts: list[Row]) -> None:
        parts.remove(part)
        part.hide()
        part.deleteLater()
        self._edited()

    def _leave(self) -> None:
        if not self.touched:
            self.left.emit()
            return
        dialog = LeaveDialog(self, self._session)
        dialog.accepted.connect(self._give_up)
        dialog.open()

    def _give_up(self) -> None:
        self._touched = False
        self._later.stop()
        self.left.emit()

    # ---- checking

    def _edited(self) -> None:
        self._touched = True
        self._later.start()

    @property
    def touched(self) -> bool:
        """Whether something was written that leaving would lose."""
        return self._draft is not None and self._touched

    def draft(self) -> Draft:
        """What is in the form now."""
        assert self._draft is not None  # noqa: S101 -- asked for only while the form is open
        return replace(
            self._draft,
            title=self.title.text,
            version=self.version.text,
            source=self.source.text,
            universities=tuple(one.draft() for one in self.universities),
            courses=tuple(one.draft() for one in self.courses),
            awards=tuple(one.draft() for one in self.awards),
        )

    def check(self) -> None:
        """Offer what there is to choose from now, and check what is typed, in the worker."""
        self._later.stop()
        draft = self.draft()
        with self.settled():
            tell(self._session, draft, self.universities, self.courses, self.awards)
        draft = self.draft()  # what is gone can no longer be ticked
        self._round += 1
        self._session.tasks.ask(
            self, lambda: making.check(draft), partial(self._judged, self._round)
        )

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Every field with the place in the file (a JSON pointer) that it fills."""
        yield from (("/title", self.title), ("/version", self.version), ("/sources", self.source))
        yield from chain.from_iterable(one.fields() for one in self.universities)
        yield from chain.from_iterable(one.fields(n) for n, one in enumerate(self.courses))
        yield from chain.from_iterable(one.fields(n) for n, one in enumerate(self.awards))

    def _judged(self, round_: int, faults: tuple[Place, ...]) -> None:
        if round_ != self._round:
            return
        self._faults = faults
        placed = dict(self.fields())
        wrong, others = _placed(faults, placed)
        with self.settled():
            for place, field in placed.items():
                field.judge(wrong=place in wrong, tried=self._tried)
            self._say(len(wrong) + len(others), others)
        if self._then_keep:
            self._then_keep = False
            self._go_to_first(placed)

    def _say(self, count: int, others: Sequence[Place]) -> None:
        s = self._session
        self.verdict.set(s(planning.TO_MEND, n=count) if count else s(planning.ALL_RIGHT))
        clear(self._others)
        for at, what in others[:_FEW] if self._tried or self._touched else ():
            self._others.addWidget(Paragraph(_in_words(s, at, what), "error"))

    def _go_to_first(self, placed: dict[str, Field]) -> None:
        for field in placed.values():
            if field.is_wrong:
                _unfold_around(field)
                field.go()
                self.ensureWidgetVisible(field)
                return

    # ---- keeping and sharing

    def keep(self) -> None:
        """Put the programme among the person's own, if the check finds nothing."""
        draft, wallet, s = self.draft(), self._session.open_wallet, self._session
        title = draft.title.strip()
        if not self._ready():
            return

        def kept(_version: shelf.Version) -> None:
            self._touched = False
            self.told.emit(s(planning.KEPT, title=title))
            self.left.emit()

        name = f"{safe_name(title)}.json"
        raw = making.definition(draft)
        s.tasks.change(self, lambda: shelf.add(wallet, name, raw), kept)

    def share(self) -> None:
        """Save the programme as a file for others, if the check finds nothing."""
        if not self._ready():
            return
        draft, s = self.draft(), self._session

        def chosen(path: Path) -> None:
            s.tasks.ask(
                self,
                lambda: making.share(draft, path),
                lambda saved: self.told.emit(s(labels.SAVED_AS, path=saved)),
            )

        name = f"{safe_name(draft.title)}.json"
        choose_new_file(self, s, planning.SHARE, name, chosen)

    def _ready(self) -> bool:
        """Whether the last check found nothing; otherwise everything that is wrong is shown."""
        if not self._faults and not self._later.isActive():
            return True
        self._tried = self._then_keep = True
        self.check()
        return False


def _nearest(at: str, placed: Mapping[str, Field]) -> str | None:
    """Return the place of the field that fills `at`: itself, or the nearest around it."""
    around = [place for place in placed if at == place or at.startswith(f"{place}/")]
    if around:
        return max(around, key=len)
    missing = [place for place in placed if place.startswith(f"{at}/")]
    deep = at.count("/") >= 4
    return missing[0] if missing and deep else None


def _placed(
    faults: Iterable[Place], placed: Mapping[str, Field]
) -> tuple[frozenset[str], tuple[Place, ...]]:
    """Tell the places of the fields that are wrong from the faults that no field shows."""
    wrong: set[str] = set()
    others: list[Place] = []
    for at, what in faults:
        place = _nearest(at, placed)
        if place is None:
            others.append((at, what))
        else:
            wrong.add(place)
    return frozenset(wrong), tuple(others)


def _in_words(s: Session, at: str, what: str) -> str:
    """Say a fault that no field shows."""
    if at == "/institutions":
        return s(planning.WRONG_UNIVERSITIES)
    if at == "/awards":
        return s(planning.WRONG_AWARDS)
    if at.startswith("/awards/") and at.endswith(("/requirements", "/of")):
        return s(planning.WRONG_AWARD)
    return s(planning.ELSEWHERE, place=at or "/", what=what)


def _unfold_around(field: Field) -> None:
    """Open every part of the form that the field lies in."""
    above = field.parentWidget()
    while above is not None:
        if isinstance(above, Part):
            above.unfold()
        above = above.parentWidget()
