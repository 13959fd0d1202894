"""Tags of one credential or of several: taken away, put on, chosen among those in use."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from wallet.actions import noting
from wallet.texts import Message
from wallet.texts import noting as own
from wallet.ui.dialogs.base import Dialog
from wallet.ui.models.arranging import alphabetical
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Button, button, clear, column, row
from wallet.ui.widgets.chips import chip
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph

_MOST = 24
"""Suggestions that are shown; the field completes the others."""
_State = tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]


class TagsDialog(Dialog):
    """Every press is done at once; `told` comes when the dialog closes, with a way back."""

    told = Signal(str, object)

    def __init__(self, parent: QWidget, session: Session, entry_ids: tuple[str, ...]) -> None:
        several = len(entry_ids) > 1
        title = session(own.TAGS_OF_SEVERAL, n=len(entry_ids)) if several else session(own.TAGS)
        super().__init__(parent, session, title)
        self._ids = entry_ids
        self._first: Mapping[str, tuple[str, ...]] | None = None
        self._now: Mapping[str, tuple[str, ...]] = {}
        self.body.addWidget(Paragraph(session(own.TAGS_TEXT), "muted"))
        self._on, self._offered = column(GRID), column(GRID)
        self.body.addLayout(self._on)
        self.field = QLineEdit()
        self.field.setAccessibleName(session(own.TAG_NEW))
        self.field.setPlaceholderText(session(own.TAG_NEW))
        self.field.setMaxLength(noting.MAX_TAG)
        self.field.returnPressed.connect(self._add_typed)
        go = button(session.style, session(own.TAG_GO), self._add_typed)
        self.body.addLayout(row(self.field, go))
        self.body.addLayout(self._offered)
        self.end()
        self.finished.connect(self._tell)
        self.field.setFocus()
        self._reload()

    def _reload(self) -> None:
        wallet, ids = self.session.open_wallet, self._ids
        self.session.tasks.ask(
            self, lambda: (noting.tags_of(wallet, ids), noting.tags_in_use(wallet)), self._show
        )

    def _show(self, state: _State) -> None:
        self._now, in_use = state
        if self._first is None:
            self._first = self._now
        counted = Counter(tag for tags in self._now.values() for tag in tags)
        clear(self._on)
        clear(self._offered)
        if counted:
            chips = [self._chip(tag, counted[tag]) for tag in sorted(counted, key=alphabetical)]
            self._on.addLayout(Flow(*chips))
        else:
            self._on.addWidget(Paragraph(self.session(own.TAG_NONE), "muted"))
        others = [tag for tag in in_use if counted[tag] < len(self._ids)]
        if others:
            self._offered.addWidget(Paragraph(self.session(own.TAG_SUGGESTED), "small"))
            self._offered.addLayout(Flow(*map(self._suggestion, others[:_MOST])))
        completer = QCompleter(others, self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        QTimer.singleShot(0, self.fit)  # Qt shows new parts with its next turn

    def _chip(self, tag: str, on: int) -> Button:
        s, total = self.session, len(self._ids)
        text = tag if on == total else s(own.TAG_ON_SOME, tag=tag, number=on, total=total)
        name = s(own.TAG_OFF, tag=tag)
        return chip(s.style, text, partial(self._change, remove=(tag,)), "close", name)

    def _suggestion(self, tag: str) -> Button:
        name = self.session(own.TAG_PUT, tag=tag)
        return chip(self.session.style, tag, partial(self._change, add=(tag,)), "plus", name)

    def _add_typed(self) -> None:
        tag = self.field.text().strip()
        if tag:
            self.field.clear()
            self._change(add=(tag,))

    def _change(self, add: Iterable[str] = (), remove: Iterable[str] = ()) -> None:
        wallet, ids = self.session.open_wallet, self._ids
        self.field.setFocus()  # the chip that was pressed goes
        self.session.tasks.change(
            self,
            lambda: noting.change_tags(wallet, ids, add=add, remove=remove),
            lambda _before: self._reload(),
        )

    def _tell(self) -> None:
        if self._first is None or self._first == self._now or self.session.wallet is None:
            return
        s, wallet, before = self.session, self.session.open_wallet, self._first
        done: Message = own.TAGS_CHANGED
        self.told.emit(
            s(done), lambda: s.tasks.change(s, lambda: noting.put_tags(wallet, before), _done)
        )


def _done(_result: None) -> None:
    """The page reloads by itself."""
