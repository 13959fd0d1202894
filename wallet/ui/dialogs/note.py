"""The person's note on a credential: written, changed, removed by emptying it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import noting
from wallet.texts import noting as own
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.fields import TextField
from wallet.ui.widgets.plain import Paragraph

_HEIGHT = 200
"""Pixels of the field."""


class NoteDialog(Dialog):
    """A field with the note as it is, and how much room is left."""

    told = Signal(str, object)
    """What was done, and how it is taken back."""

    def __init__(self, parent: QWidget, session: Session, entry_id: str, text: str) -> None:
        super().__init__(parent, session, session(own.NOTE))
        self._entry_id, self._before = entry_id, text
        self._most = max(noting.MAX_NOTE, len(text))
        self.field = TextField(session(own.NOTE_FIELD), text, _HEIGHT)
        self._room = Paragraph("", "small")
        self.keep = button(session.style, session(own.NOTE_KEEP), self._keep, role="main")
        self.body.addWidget(self.field)
        self.body.addWidget(self._room)
        self.end(self.keep)
        self.field.textChanged.connect(self._count)
        self._count()
        self.field.setFocus()

    def _count(self) -> None:
        room = self._most - len(self.field.toPlainText().strip())
        message = own.NOTE_ROOM if room >= 0 else own.NOTE_OVER
        self._room.set(self.session(message, n=abs(room)))
        self._room.setVisible(room < self._most // 10)
        self.keep.setEnabled(room >= 0)

    def _keep(self) -> None:
        s, wallet, entry_id = self.session, self.session.open_wallet, self._entry_id
        text, before = self.field.toPlainText(), self._before
        if text.strip() == before:
            self.accept()
            return
        done = s(own.NOTE_KEPT if text.strip() else own.NOTE_REMOVED)

        def take_back() -> None:
            s.tasks.change(s, lambda: noting.set_note(wallet, entry_id, before), _done)

        def kept(_before: str) -> None:
            self.told.emit(done, take_back)
            self.accept()

        s.tasks.change(self, lambda: noting.set_note(wallet, entry_id, text), kept)


def _done(_before: str) -> None:
    """The page reloads by itself."""
