"""What the person added to a credential: a note and tags, on a card of the detail page."""

from functools import partial

from PySide6.QtCore import Signal

from wallet.actions import noting
from wallet.model.keeping import Kept
from wallet.texts import noting as own
from wallet.ui.dialogs.note import NoteDialog
from wallet.ui.dialogs.tags import TagsDialog
from wallet.ui.models.arranging import alphabetical
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, button, column, line
from wallet.ui.widgets.chips import chip
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class OwnWordsCard(Card):
    """The note with its date, and the tags as chips; each change can be taken back."""

    told = Signal(str, object)

    def __init__(self, session: Session, kept: Kept) -> None:
        super().__init__(session(own.NOTE))
        self._session, self._id = session, kept.entry.id
        self._text = kept.note.text if kept.note else ""
        self._add_note(kept)
        self.add(line())
        self.add(Paragraph(session(own.TAGS), "strong"))
        self._add_tags(kept)

    def _add_note(self, kept: Kept) -> None:
        s = self._session
        if kept.note is None:
            self.add(Paragraph(s(own.NOTE_NONE), "muted"))
        else:
            words = column(GRID // 2)
            words.addWidget(Paragraph(kept.note.text))
            written = s.texts.time(kept.note.written_at)
            words.addWidget(Paragraph(s(own.NOTE_WRITTEN, time=written), "small"))
            self.add(words)
        if not s.read_only:
            text = s(own.NOTE_CHANGE if kept.note else own.NOTE_WRITE)
            self.add(Flow(button(s.style, text, self._write)))

    def _add_tags(self, kept: Kept) -> None:
        s = self._session
        made = [
            chip(s.style, tag, partial(self._remove, tag), "close", s(own.TAG_OFF, tag=tag))
            for tag in sorted(kept.entry.tags, key=alphabetical)
        ]
        if s.read_only:
            self.add(Paragraph(s.texts.listing(kept.entry.tags) or s(own.TAG_NONE), "muted"))
            return
        self.add(Flow(*made, button(s.style, s(own.TAG_ADD), self._tag)))

    def _write(self) -> None:
        dialog = NoteDialog(self.window(), self._session, self._id, self._text)
        dialog.told.connect(self.told)
        dialog.open()

    def _tag(self) -> None:
        dialog = TagsDialog(self.window(), self._session, (self._id,))
        dialog.told.connect(self.told)
        dialog.open()

    def _remove(self, tag: str) -> None:
        s, wallet, ids = self._session, self._session.open_wallet, (self._id,)
        told = s(own.TAG_REMOVED, tag=tag)

        def removed(before: noting.Tagged) -> None:
            undo = partial(noting.put_tags, wallet, before)
            self.told.emit(told, lambda: s.tasks.change(s, undo, _done))

        s.tasks.change(self, lambda: noting.change_tags(wallet, ids, remove=(tag,)), removed)


def _done(_result: None) -> None:
    """The page reloads by itself."""
