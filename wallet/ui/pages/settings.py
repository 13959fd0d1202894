"""Language, appearance, the wallet's place and passphrase, and what this program is."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet import __version__
from wallet.actions import trusting, unlocking
from wallet.actions.trusting import TrustList
from wallet.model.keeping import VaultInfo
from wallet.texts import LANGUAGES, Message, labels
from wallet.texts import keeping_safe as safe
from wallet.texts import trusting as words
from wallet.ui.pages.settings_backups import BackupsPage
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.pages.trust import TrustPage, national_lists
from wallet.ui.session import Session
from wallet.ui.themes import GRID, Appearance
from wallet.ui.widgets.basic import Card, Icon, Page, button, column, row
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
    part_wanted = Signal(object)
    """The kind of a page that shows a part of the settings by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__(720)
        self._session = session
        self.body.addWidget(Paragraph(session(labels.SETTINGS), "title"))
        self.body.addWidget(self._window_card())
        self._wallet_card = Card(session(labels.WALLET))
        self._facts = column(GRID // 2)
        self._wallet_card.add(self._facts)
        self._add_wallet_buttons()
        self.body.addWidget(self._wallet_card)
        if session.wallet is not None and not session.wallet.demonstration:
            self.body.addWidget(self._security_card())
            self.body.addWidget(self._backups_card())
            self.body.addWidget(self._trust_card())
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
            if not wallet.demonstration:
                self._session.tasks.ask(self, lambda: trusting.trusted(wallet), self._show_trust)

    def _show(self, info: VaultInfo) -> None:
        s = self._session
        count = s(labels.CREDENTIAL_COUNT, n=info.credentials)
        if s.wallet is None or s.wallet.demonstration:
            # The examples lie in a passing folder, under a passphrase that nobody knows.
            self._say([count])
            return
        last = info.last_backup
        self._backup.set(
            s(safe.NO_BACKUP_YET) if last is None else s(safe.LAST_BACKUP, time=s.texts.time(last))
        )
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
        self._wallet_card.add(Flow(button(s.style, text, s.lock, icon="lock")))

    def _security_card(self) -> Card:
        s = self._session
        card = Card(s(safe.SECURITY))
        card.add(Paragraph(s(safe.SECURITY_LINE), "muted"))
        self._add_way(card, safe.OPEN_SECURITY, SecurityPage)
        return card

    def _backups_card(self) -> Card:
        card = Card(self._session(safe.BACKUPS))
        self._backup = Paragraph("", "muted")
        card.add(self._backup)
        self._add_way(card, safe.OPEN_BACKUPS, BackupsPage)
        return card

    def _add_way(self, card: Card, title: Message, page: type[QWidget]) -> None:
        s = self._session
        card.add(Flow(button(s.style, s(title), lambda: self.part_wanted.emit(page))))

    def _trust_card(self) -> Card:
        s = self._session
        card = Card(s(words.TRUST))
        self._trust = Paragraph("", "muted")
        card.add(self._trust)
        self._add_way(card, words.OPEN_TRUST, TrustPage)
        return card

    def _show_trust(self, held: TrustList) -> None:
        s = self._session
        lists = national_lists(held.items, held.bundled)
        others = sum(item.kind not in {"lotl", "trusted-list"} for item in held.items)
        counts = (
            (words.COUNT_LISTS, lists),
            (words.COUNT_ITEMS, others),
            (words.COUNT_DECISIONS, len(held.decisions)),
        )
        said = s.texts.listing(s(message, n=number) for message, number in counts if number)
        self._trust.set(said or s(words.NO_LISTS))

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
