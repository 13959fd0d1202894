"""A QR code to hold up: large, on white, with its quiet zone, and what to do with it."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from wallet.actions import presenting
from wallet.model.presentation import Code, Presented
from wallet.texts import labels
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Page, button, column
from wallet.ui.widgets.plain import Paragraph

COMFORTABLE = 25
"""The largest version that most cameras read from a screen without trying twice."""

_WORDS = 272
"""Pixels of the column with words."""


class CodePicture(QWidget):
    """Our own SVG of the code, as large as there is room, always dark on white."""

    def __init__(self, code: Code, name: str) -> None:
        super().__init__()
        self._renderer = QSvgRenderer(QByteArray(code.svg))
        self.setAccessibleName(name)
        self.setMinimumSize(QSize(280, 280))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        side = min(self.width(), self.height())
        left, top = (self.width() - side) / 2, (self.height() - side) / 2
        painter = QPainter(self)
        painter.fillRect(QRectF(left, top, side, side), Qt.GlobalColor.white)
        margin = side * 0.03
        inside = QRectF(left, top, side, side).adjusted(margin, margin, -margin, -margin)
        self._renderer.render(painter, inside)
        painter.end()


class CodeDialog(QDialog):
    """Fills the screen; Escape closes it."""

    def __init__(self, parent: QWidget, session: Session, presented: Presented) -> None:
        super().__init__(parent)
        if presented.code is None:
            raise ValueError("a presentation without a code cannot be shown as one")
        self._session, self._presented, self._code = session, presented, presented.code
        s = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(s(labels.CODE_TITLE))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 3, GRID * 3)
        layout.setSpacing(GRID * 3)
        self.picture = CodePicture(self._code, s(labels.CODE_TITLE))
        layout.addWidget(self.picture, 3)
        words = Page(_WORDS, margin=0)
        words.setMinimumWidth(_WORDS)
        words.body.addLayout(self._words())
        layout.addWidget(words, 1)
        self.resize(parent.window().size())
        self.setWindowState(Qt.WindowState.WindowMaximized)
        self._close.setFocus()

    def _words(self) -> QVBoxLayout:
        s, made = self._session, self._presented
        t = s.texts
        words = column(GRID * 2)
        words.addWidget(Paragraph(t.listing(made.disclosed), "head"))
        if made.request.audience:
            words.addWidget(Paragraph(s(labels.SHOWN_FOR, name=made.request.audience)))
        if made.request.expires is not None:
            until = s(labels.HOLDS_UNTIL, time=t.time(made.request.expires))
            words.addWidget(Paragraph(until, "muted"))
        words.addWidget(Paragraph(s(labels.CODE_ADVICE)))
        if self._code.version > COMFORTABLE:
            words.addWidget(Paragraph(s(labels.CODE_DENSE)))
        facts = s(labels.CODE_FACTS, version=self._code.version, bytes=self._code.size)
        words.addWidget(Paragraph(facts, "small"))
        words.addStretch(1)
        for ending, content in (("svg", self._code.svg), ("png", self._code.png)):
            text = s(labels.SAVE_AS, kind=ending.upper())
            words.addWidget(
                button(s.style, text, partial(self._save, ending, content), icon="export")
            )
        self._close = button(s.style, s(labels.CLOSE), self.accept, role="main")
        words.addWidget(self._close)
        return words

    def _save(self, ending: str, content: bytes) -> None:
        def chosen(path: Path) -> None:
            self._session.tasks.ask(self, lambda: presenting.save(content, path), _saved)

        name = Path(self._presented.suggested_name).stem + "." + ending
        choose_new_file(self, self._session, labels.SAVE_FILE, name, chosen)


def _saved(_path: Path) -> None:
    """The file dialog has said where; there is nothing more to tell."""
