"""What was deleted: it can be seen here and put back."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import wallet as content
from wallet.model.keeping import Entry
from wallet.texts import labels
from wallet.ui.models.entries import row_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Page, button, clear, column, line, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class TrashPage(Page):
    """The deleted credentials, in the order of the list."""

    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = s = session
        back = button(s.style, s(labels.BACK_TO_LIST), self.left.emit, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(labels.TRASH), "title"))
        self.body.addWidget(Paragraph(s(labels.TRASH_TEXT), "muted"))
        card = Card()
        self._rows = column(GRID * 2)
        card.add(self._rows)
        self.body.addWidget(card)
        self.body.addStretch(1)
        s.tasks.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the deleted ones anew."""
        wallet = self._session.open_wallet
        self._session.tasks.ask(self, lambda: content.entries(wallet, deleted=True), self._show)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        with self.settled():
            clear(self._rows)
            if not entries:
                self._rows.addWidget(Paragraph(self._session(labels.TRASH_EMPTY), "muted"))
            for number, entry in enumerate(entries):
                if number:
                    self._rows.addWidget(line())
                self._rows.addWidget(self._row(entry))

    def _row(self, entry: Entry) -> QWidget:
        s, said = self._session, row_of(self._session.texts, entry)
        facts = [said.body, said.state]
        if entry.deleted_at is not None:
            facts.append(s(labels.DELETED_ON, date=s.texts.date(entry.deleted_at)))
        words = column(2)
        words.addWidget(Paragraph(said.title, "strong"))
        words.addWidget(Paragraph(" · ".join(fact for fact in facts if fact), "muted"))
        restore = button(
            s.style,
            s(labels.PUT_BACK),
            partial(self._restore, entry.id, said.title),
            icon="undo",
            name=s(labels.PUT_BACK_NAMED, title=said.title),
        )
        if s.read_only:
            restore.hide()
        layout = row()
        layout.addLayout(words, 1)
        layout.addWidget(restore)
        made = QWidget()
        made.setLayout(layout)
        return made

    def _restore(self, entry_id: str, title: str) -> None:
        wallet, done = self._session.open_wallet, self._session(labels.IS_BACK, title=title)
        self._session.tasks.change(
            self, lambda: content.restore(wallet, entry_id), lambda _: self.told.emit(done)
        )
