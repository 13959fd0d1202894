"""Somebody else's file, or one's own before keeping it: checked and shown, nothing stored."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from wallet.actions.verifying import Examination
from wallet.errors import WalletError
from wallet.model.intake import Examined, Problem
from wallet.model.verification import Colour
from wallet.texts import labels, problems
from wallet.texts.ways import way
from wallet.ui.dialogs.files import choose_files
from wallet.ui.dialogs.links import link_buttons
from wallet.ui.drops import files_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Card, Icon, Page, accent_colour, button, column, group, row
from wallet.ui.widgets.credential import CredentialView
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.verdict import tint

_WIDEST = 1240


class DropZone(QFrame):
    """Where a file is dropped; the button does the same for the keyboard."""

    dropped = Signal(list)

    def __init__(self, session: Session, *, small: bool = False) -> None:
        super().__init__()
        self.setObjectName("drop")
        self.setAcceptDrops(True)
        self._session = session
        s = session
        layout = column(GRID * 2, GRID * (2 if small else 5))
        self.setLayout(layout)
        words = column(GRID // 2)
        if not small:
            layout.addWidget(Icon(s.style, "check", accent_colour, 40))
            words.addWidget(Paragraph(s(labels.CHECK_HEADING), "head"))
        words.addWidget(Paragraph(s(labels.CHECK_TEXT), "muted"))
        layout.addLayout(words)
        role = "" if small else "main"
        self.choose = button(s.style, s(labels.OPEN_FILE), self._choose, icon="folder", role=role)
        layout.addLayout(Flow(self.choose))

    def _choose(self) -> None:
        choose_files(self, self._session, labels.OPEN_FILE, self.dropped.emit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102 -- Qt's name
        if files_of(event.mimeData()):
            event.acceptProposedAction()
            self._light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:  # noqa: D102 -- Qt's name
        self._light(False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102 -- Qt's name
        self._light(False)
        event.acceptProposedAction()
        self.dropped.emit(files_of(event.mimeData()))

    def _light(self, over: bool) -> None:
        self.setProperty("over", "true" if over else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class CheckPage(Page):
    """The same detail and the same checks, without a wallet and without keeping anything."""

    keep_wanted = Signal(list)

    def __init__(self, session: Session) -> None:
        super().__init__(_WIDEST)
        self._session = session
        self.paths: list[Path] = []
        self.examination: Examination | None = None
        self._show_nothing()
        session.trust_changed.connect(self._check_again)

    def check(self, paths: list[Path]) -> None:
        """Check files, which stay where they are."""
        self.paths = paths
        self._head()
        self.body.addWidget(Paragraph(self._session(labels.CHECKING), "muted"))
        self.body.addStretch(1)
        session = self._session
        session.tasks.ask(self, lambda: session.examine(paths), self.show_result, self._failed)

    def _check_again(self) -> None:
        """What is shown was judged by the trust data of before."""
        if self.examination is not None and self.paths:
            self.check(self.paths)

    def show_result(self, examination: Examination) -> None:
        """Show what was found: items first, then what could not be used."""
        self.examination = examination
        with self.settled():
            self._fill(examination)

    def _fill(self, examination: Examination) -> None:
        s = self._session
        self._head()
        if any(item.credential.importable for item in examination.items):
            keep = button(
                s.style,
                s(labels.KEEP_IT),
                lambda: self.keep_wanted.emit(self.paths),
                icon="import",
                role="main",
            )
            self.body.addLayout(row(Paragraph(s(labels.NOTHING_STORED), "muted"), None, keep))
        for item in examination.items:
            self.body.addWidget(self._item(item))
        for problem in examination.problems:
            self.body.addWidget(_problem_card(s, problem, self))
        if not examination.items and not examination.problems:
            self.body.addWidget(Paragraph(s(labels.NOTHING_IN_IT), "muted"))
        self.body.addStretch(1)

    def _item(self, item: Examined) -> QWidget:
        words = column(GRID)
        words.addWidget(Paragraph(way(self._session.texts, item.source, item.path), "small"))
        words.addWidget(CredentialView(self._session, item.credential, item.report))
        return group(words)

    def _failed(self, error: WalletError) -> None:
        self._show_nothing()
        self._session.tasks.failed.emit(error)

    def _head(self) -> None:
        self.empty()
        self.body.addWidget(Paragraph(self._session(labels.CHECK), "title"))
        if self.paths:
            zone = DropZone(self._session, small=True)
            zone.dropped.connect(self.check)
            self.body.addWidget(zone)

    def _show_nothing(self) -> None:
        self.paths = []
        self._head()
        zone = DropZone(self._session)
        zone.dropped.connect(self.check)
        self.body.addWidget(zone)
        self.body.addWidget(Paragraph(self._session(labels.CHECK_PRIVACY), "small"))
        self.body.addStretch(1)


def _problem_card(session: Session, problem: Problem, page: QWidget) -> QWidget:
    card = Card()
    icon = Icon(session.style, ICONS_OF_COLOURS[Colour.GREY], tint(Colour.GREY), 22)
    words = column(GRID // 2)
    words.addWidget(Paragraph(way(session.texts, problem.source, problem.path), "strong"))
    words.addWidget(Paragraph(problems.problem(session.texts, problem), "muted"))
    if (address := problems.link(problem)) is not None:
        words.addLayout(link_buttons(session, address, page))
    layout = row(spacing=GRID + 4)
    layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    layout.addLayout(words, 1)
    card.add(layout)
    return card
