"""Language, appearance, the wallet's place and passphrase, and what this program is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from wallet import __version__
from wallet.actions import unlocking
from wallet.errors import WalletError
from wallet.model.keeping import SlotKind, VaultInfo
from wallet.texts import LANGUAGES, Message, labels
from wallet.ui.dialogs.passphrase import PassphraseDialog
from wallet.ui.pages.gate import ticked
from wallet.ui.session import Session
from wallet.ui.themes import GRID, Appearance
from wallet.ui.widgets.basic import Card, Icon, Page, button, column, group, row
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph, button_text

_FIELD = 200
"""Pixels of a field beside its name."""

APPEARANCES: dict[Appearance, Message] = {
    Appearance.SYSTEM: labels.APPEARANCE_SYSTEM,
    Appearance.LIGHT: labels.APPEARANCE_LIGHT,
    Appearance.DARK: labels.APPEARANCE_DARK,
}


class SettingsPage(Page):
    """Works with and without an open wallet."""

    told = Signal(str)
    help_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(720)
        self._session = session
        self.body.addWidget(Paragraph(session(labels.SETTINGS), "title"))
        self.body.addWidget(self._window_card())
        self._wallet_card = Card(session(labels.WALLET))
        self._facts = column(GRID // 2)
        self._wallet_card.add(self._facts)
        self.keyring = QCheckBox()
        self.keyring.setAccessibleName(session(labels.USE_KEYRING))
        self.keyring.clicked.connect(self._switch_keyring)
        self._keyring_row = group(ticked(self.keyring, session(labels.USE_KEYRING)))
        self._keyring_row.hide()
        self._wallet_card.add(self._keyring_row)
        self._add_wallet_buttons()
        self.body.addWidget(self._wallet_card)
        self.body.addWidget(self._about_card())
        self.body.addStretch(1)
        self._ask()
        session.tasks.changed.connect(self._ask)

    def _window_card(self) -> Card:
        s = self._session
        card = Card(s(labels.WINDOW))
        self.language = Choice()
        for tag in LANGUAGES:
            self.language.addItem(labels.OWN_NAMES[tag], tag)
        self.language.setCurrentIndex(self.language.findData(s.texts.language))
        self.language.activated.connect(
            lambda number: s.set_language(self.language.itemData(number))
        )
        self.appearance = Choice()
        for appearance, name in APPEARANCES.items():
            self.appearance.addItem(button_text(s(name)), appearance.value)
        self.appearance.setCurrentIndex(list(APPEARANCES).index(s.style.appearance))
        self.appearance.activated.connect(self._dress)
        for name, field in (
            (labels.LANGUAGE, self.language),
            (labels.APPEARANCE, self.appearance),
        ):
            field.setAccessibleName(s(name))
            field.setMinimumWidth(_FIELD)
            label = Paragraph(s(name))
            label.setBuddy(field)
            card.add(row(label, None, field))
        return card

    def _dress(self, number: int) -> None:
        appearance = list(APPEARANCES)[number]
        self._session.preferences.appearance = appearance
        self._session.style.set_appearance(appearance)

    def _ask(self) -> None:
        wallet = self._session.wallet
        if wallet is None:
            self._say([self._session(labels.NO_WALLET_OPEN), str(self._session.path)])
        else:
            self._session.tasks.ask(self, lambda: unlocking.info(wallet), self._show)

    def _show(self, info: VaultInfo) -> None:
        s = self._session
        count = s(labels.CREDENTIAL_COUNT, n=info.credentials)
        if s.wallet is None or s.wallet.demonstration:
            # The examples lie in a passing folder, under a passphrase that nobody knows.
            self._say([count])
            return
        self.keyring.setChecked(SlotKind.KEYRING in info.slots)
        self._keyring_row.show()
        ways = s.texts.listing(s(labels.SLOTS[slot]) for slot in info.slots if slot in labels.SLOTS)
        lines = [str(info.path), count]
        self._say([*lines, s(labels.OPENED_BY, ways=ways)] if ways else lines)

    def _say(self, lines: list[str]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for text in lines:
            role = "fixed" if text == str(self._session.path) else "muted"
            self._facts.addWidget(Paragraph(text, role))

    def _add_wallet_buttons(self) -> None:
        s = self._session
        if s.wallet is None:
            return
        text = s(labels.LEAVE_EXAMPLES if s.wallet.demonstration else labels.LOCK_NOW)
        made: list[QWidget] = [button(s.style, text, s.lock, icon="lock")]
        if not s.wallet.demonstration:
            made.append(button(s.style, s(labels.CHANGE_PASSPHRASE), self._change_passphrase))
        self._wallet_card.add(Flow(*made))

    def _change_passphrase(self) -> None:
        dialog = PassphraseDialog(self, self._session)
        dialog.changed.connect(lambda: self.told.emit(self._session(labels.PASSPHRASE_CHANGED)))
        dialog.open()

    def _switch_keyring(self, on: bool) -> None:
        wallet = self._session.open_wallet
        switch = unlocking.remember_in_keyring if on else unlocking.forget_in_keyring
        self._session.tasks.change(self, lambda: switch(wallet), _done, self._not_switched)

    def _not_switched(self, error: WalletError) -> None:
        self._ask()
        self._session.tasks.failed.emit(error)

    def _about_card(self) -> Card:
        s = self._session
        card = Card(s(labels.ABOUT))
        words = column(GRID // 2)
        words.addWidget(Paragraph(s(labels.VERSION, version=__version__), "strong"))
        words.addWidget(Paragraph(s(labels.ABOUT_TEXT), "muted"))
        layout = row(Icon(s.style, "mikrofolio", size=48), spacing=GRID * 2)
        layout.addLayout(words, 1)
        card.add(layout)
        card.add(Flow(button(s.style, s(labels.HELP), self.help_wanted.emit, icon="help")))
        return card


def _done(_result: None) -> None:
    """The page asks anew by itself."""
