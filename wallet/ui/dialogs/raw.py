"""The bytes of a credential as they were issued, to be read, searched and saved; never changed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QLineEdit, QWidget

from wallet.actions.looking import Raw
from wallet.texts import labels
from wallet.texts import looking as looks
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, row
from wallet.ui.widgets.fields import Choice, TextField
from wallet.ui.widgets.plain import Paragraph, button_text, visible

_WIDTH = 800
_HEIGHT = 340
"""Pixels of the text."""


class RawDialog(Dialog):
    """Plain text in a fixed-width letter, with a field to find in it."""

    save_wanted = Signal()

    def __init__(self, parent: QWidget, session: Session, raw: Raw) -> None:
        super().__init__(parent, session, session(looks.RAW_TITLE), _WIDTH)
        s, self._raw = session, raw
        facts = s(looks.RAW_SIZE, n=raw.size)
        self.body.addWidget(Paragraph(f"{facts} {s(looks.RAW_CUT)}" if raw.cut else facts, "muted"))
        self.view = Choice()
        self.view.setAccessibleName(s(looks.RAW_VIEW))
        self.view.addItem(button_text(s(looks.RAW_ISSUED)), raw.text)
        if raw.laid_out:
            self.view.addItem(button_text(s(looks.RAW_LAID_OUT)), raw.laid_out)
        else:
            self.view.hide()
        self.view.currentIndexChanged.connect(self._show)
        self.wanted = QLineEdit()
        self.wanted.setAccessibleName(s(looks.RAW_FIND))
        self.wanted.setPlaceholderText(s(looks.RAW_FIND))
        self.wanted.textChanged.connect(self._from_the_top)
        self.wanted.returnPressed.connect(self._next)
        following = button(s.style, s(looks.RAW_NEXT), self._next)
        self.body.addLayout(row(self.view, self.wanted, following, spacing=GRID))
        self._said = Paragraph("", "small")
        self.body.addWidget(self._said)
        self.text = TextField(s(looks.RAW_TEXT), height=_HEIGHT)
        self.text.setReadOnly(True)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setProperty("role", "raw")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.body.addWidget(self.text)
        self.end(button(s.style, s(labels.SAVE_ORIGINAL), self.save_wanted.emit, icon="export"))
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self.wanted.setFocus)
        self._show()
        self.wanted.setFocus()

    def _show(self) -> None:
        laid_out = self.view.currentIndex() == 1
        self.text.setPlainText(visible(str(self.view.currentData())))
        self._said.set(self.session(looks.RAW_LAID_OUT_TEXT) if laid_out else "")
        self._said.setVisible(laid_out)
        QTimer.singleShot(0, self.fit)
        if self.wanted.text():
            self._from_the_top()

    def _from_the_top(self) -> None:
        self.text.moveCursor(QTextCursor.MoveOperation.Start)
        self._next()

    def _next(self) -> None:
        """Mark the next place, from the beginning again after the last."""
        wanted = self.wanted.text()
        found = not wanted or self.text.find(wanted)
        if not found:
            self.text.moveCursor(QTextCursor.MoveOperation.Start)
            found = self.text.find(wanted)
        if found and self.view.currentIndex() == 0:
            self._said.hide()
        elif not found:
            self._said.set(self.session(looks.RAW_FOUND_NONE))
            self._said.show()
