"""The keys that sign presentations, with their names: made, named, retired."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import holder_keys
from wallet.actions import wallet as content
from wallet.model.keeping import HolderKey
from wallet.texts import keeping_safe as safe
from wallet.ui.dialogs.holder_key import HolderKeyDialog
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, button, clear, column, group, line
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class HolderKeysCard(Card):
    """Reads the keys anew after every change."""

    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session(safe.KEYS))
        self._session = s = session
        self.add(Paragraph(s(safe.KEYS_TEXT), "muted"))
        self._rows = column()
        self.add(self._rows)
        if not s.read_only:
            self.add(Flow(button(s.style, s(safe.NEW_KEY), self._ask_new, icon="plus")))
        s.tasks.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for the keys anew."""
        if (wallet := self._session.wallet) is not None:
            self._session.tasks.ask(self, lambda: content.holder_keys(wallet), self._show)

    def _show(self, keys: tuple[HolderKey, ...]) -> None:
        clear(self._rows)
        if not keys:
            self._rows.addWidget(Paragraph(self._session(safe.NO_KEYS), "muted"))
        for number, key in enumerate(sorted(keys, key=lambda one: one.retired_at is not None)):
            if number:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(key))

    def _row(self, key: HolderKey) -> QWidget:
        s, t = self._session, self._session.texts
        name, made = key.name or s(safe.UNNAMED_KEY), t.date(key.created_at)
        facts = s(safe.KEY_FACTS, kind=key.kind, date=made)
        if key.retired_at is not None:
            end = t.date(key.retired_at)
            facts = s(safe.KEY_RETIRED, kind=key.kind, date=made, end=end)
        layout = column(GRID // 2)
        layout.addWidget(Paragraph(name, "strong"))
        layout.addWidget(Paragraph(facts, "muted"))
        layout.addWidget(Paragraph(key.did, "fixed"))
        if s.read_only:
            return group(layout)
        called = key.name or key.did
        rename = button(
            s.style,
            s(safe.NAME_KEY),
            partial(self._ask_name, key),
            role="link",
            name=s(safe.NAME_KEY_NAMED, key=called),
        )
        buttons = [rename]
        if key.retired_at is None:
            retire = button(
                s.style,
                s(safe.RETIRE),
                partial(self._ask_retire, key),
                role="link",
                name=s(safe.RETIRE_NAMED, key=called),
            )
            buttons.append(retire)
        layout.addLayout(Flow(*buttons))
        return group(layout)

    def _ask_new(self) -> None:
        self._open(HolderKeyDialog(self, self._session))

    def _ask_name(self, key: HolderKey) -> None:
        self._open(HolderKeyDialog(self, self._session, key))

    def _open(self, dialog: HolderKeyDialog) -> None:
        dialog.told.connect(self.told)
        dialog.open()

    def _ask_retire(self, key: HolderKey) -> None:
        said = (safe.RETIRE_QUESTION, safe.RETIRE_TEXT, safe.RETIRE_GO)
        question = QuestionDialog(self, self._session, *said)
        question.accepted.connect(partial(self._retire, key))
        question.open()

    def _retire(self, key: HolderKey) -> None:
        s, wallet = self._session, self._session.open_wallet
        s.tasks.change(
            self,
            lambda: holder_keys.retire(wallet, key.did),
            lambda _: self.told.emit(s(safe.KEY_GONE)),
        )
