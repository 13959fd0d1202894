"""What opens the wallet, when it locks, the keys that sign, and what is promised."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from wallet.actions import unlocking
from wallet.errors import WalletError
from wallet.model.keeping import SlotKind, VaultInfo
from wallet.texts import Message, labels
from wallet.texts import keeping_safe as safe
from wallet.texts import trusting as words
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.dialogs.passphrase import PassphraseDialog
from wallet.ui.dialogs.rekey import RekeyDialog
from wallet.ui.dialogs.sheet import CheckSheetDialog, SheetDialog
from wallet.ui.preferences import IDLE_MINUTES
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Page, button, column, line, row
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.holder_keys import HolderKeysCard
from wallet.ui.widgets.labelled import ticked
from wallet.ui.widgets.plain import Paragraph, button_text

_WIDEST = 720


class SecurityPage(Page):
    """Reached from the settings while a wallet of the person's own is open."""

    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_WIDEST)
        self._session = s = session
        self._has_sheet = False
        back = button(s.style, s(words.BACK_TO_SETTINGS), self.left.emit, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(safe.SECURITY), "title"))
        self.body.addWidget(self._ways_card())
        self.body.addWidget(self._lock_card())
        keys = HolderKeysCard(s)
        keys.told.connect(self.told)
        self.body.addWidget(keys)
        self.body.addWidget(self._rekey_card())
        self.body.addWidget(self._promises_card())
        self.body.addStretch(1)
        s.tasks.changed.connect(self._ask)
        self._ask()

    # ---- what opens the wallet

    def _ways_card(self) -> Card:
        s = self._session
        card = Card(s(safe.WHAT_OPENS))
        self._cost = Paragraph("", "muted")
        self._change = button(s.style, s(labels.CHANGE_PASSPHRASE), self._change_passphrase)
        _add_part(card, s(labels.PASSPHRASE), self._cost, self._change)
        card.add(line())
        self._sheet = Paragraph("", "muted")
        self._new = button(s.style, s(safe.FIRST_SHEET), self.make_sheet)
        self._check = button(s.style, s(safe.CHECK_SHEET), self.check_sheet)
        self._remove = button(
            s.style,
            s(safe.REMOVE_SHEET),
            self._ask_remove,
            role="quiet",
            name=s(safe.REMOVE_SHEET_NAMED),
        )
        buttons = (self._new, self._check, self._remove)
        _add_part(card, s(safe.SHEET), self._sheet, *buttons)
        card.add(line())
        self.keyring = QCheckBox()
        self.keyring.setAccessibleName(s(labels.USE_KEYRING))
        self.keyring.clicked.connect(self._switch_keyring)
        card.add(ticked(self.keyring, s(labels.USE_KEYRING)))
        for made in (self._change, *buttons):
            made.hide()
        return card

    def _ask(self) -> None:
        if (wallet := self._session.wallet) is not None:
            self._session.tasks.ask(self, lambda: unlocking.info(wallet), self._show)

    def _show(self, info: VaultInfo) -> None:
        s, has_sheet = self._session, SlotKind.SHEET in info.slots
        if info.cost is not None:
            memory, passes = info.cost.memory_kib // 1024, info.cost.passes
            self._cost.set(s(safe.PASSPHRASE_COST, mebibytes=memory, passes=passes))
        compared = safe.HAS_SHEET if s.preferences.sheet_compared else safe.HAS_UNCHECKED_SHEET
        self._sheet.set(s(compared if has_sheet else safe.NO_SHEET))
        writable = not info.read_only
        new = s(safe.NEW_SHEET if has_sheet else safe.FIRST_SHEET)
        self._new.ready(new)
        self._new.setAccessibleName(f"{s(safe.SHEET)}: {new}")
        self._has_sheet = has_sheet
        self._change.setVisible(writable)
        self._new.setVisible(writable)
        self._check.setVisible(has_sheet)
        self._remove.setVisible(writable and has_sheet)
        self._rekey.setVisible(writable)
        self.keyring.setEnabled(writable)
        self.keyring.setChecked(SlotKind.KEYRING in info.slots)

    def _change_passphrase(self) -> None:
        dialog = PassphraseDialog(self, self._session)
        dialog.changed.connect(lambda: self.told.emit(self._session(labels.PASSPHRASE_CHANGED)))
        dialog.open()

    def make_sheet(self) -> None:
        """Make a recovery sheet; it takes the place of the one there is."""
        dialog = SheetDialog(self, self._session, replaces=self._has_sheet)
        dialog.told.connect(self.told)
        dialog.finished.connect(self._ask)
        dialog.open()

    def check_sheet(self) -> None:
        """Compare a sheet on paper with what opens the wallet."""
        dialog = CheckSheetDialog(self, self._session)
        dialog.told.connect(self.told)
        dialog.finished.connect(self._ask)
        dialog.open()

    def _ask_remove(self) -> None:
        said = (safe.REMOVE_SHEET_QUESTION, safe.REMOVE_SHEET_TEXT, safe.REMOVE_SHEET_GO)
        question = QuestionDialog(self, self._session, *said)
        question.accepted.connect(self._remove_sheet)
        question.open()

    def _remove_sheet(self) -> None:
        s, wallet = self._session, self._session.open_wallet
        s.tasks.change(
            self,
            lambda: unlocking.remove_recovery_sheet(wallet),
            lambda _: self.told.emit(s(safe.SHEET_REMOVED)),
        )

    def _switch_keyring(self, on: bool) -> None:
        wallet = self._session.open_wallet
        switch = unlocking.remember_in_keyring if on else unlocking.forget_in_keyring
        self._session.tasks.change(self, lambda: switch(wallet), _done, self._not_switched)

    def _not_switched(self, error: WalletError) -> None:
        self._ask()
        self._session.tasks.failed.emit(error)

    # ---- locking, a new key, promises

    def _lock_card(self) -> Card:
        s = self._session
        card = Card(s(safe.LOCKING))
        self.idle = Choice()
        self.idle.setAccessibleName(s(safe.LOCK_AFTER))
        for minutes in IDLE_MINUTES:
            self.idle.addItem(button_text(s(safe.MINUTES, n=minutes)), minutes)
        self.idle.setCurrentIndex(self.idle.findData(s.preferences.idle_minutes))
        self.idle.activated.connect(lambda number: s.set_idle(self.idle.itemData(number)))
        label = Paragraph(s(safe.LOCK_AFTER))
        label.setBuddy(self.idle)
        layout = row(spacing=GRID * 2)
        layout.addWidget(label, 1)
        layout.addWidget(self.idle)
        card.add(layout)
        card.add(Paragraph(s(safe.LOCKING_TEXT), "muted"))
        return card

    def _rekey_card(self) -> Card:
        s = self._session
        card = Card(s(safe.REKEY))
        card.add(Paragraph(s(safe.REKEY_TEXT), "muted"))
        self._rekey = button(s.style, s(safe.REKEY_OPEN), self._ask_rekey)
        card.add(Flow(self._rekey))
        return card

    def _ask_rekey(self) -> None:
        dialog = RekeyDialog(self, self._session)
        dialog.sheet_gone.connect(self._make_sheet_anew)
        dialog.open()

    def _make_sheet_anew(self) -> None:
        self._has_sheet = False
        self.make_sheet()

    def _promises_card(self) -> Card:
        s = self._session
        card = Card(s(safe.PROMISES))
        promises: tuple[Message, ...] = (safe.PROMISE_DISK, safe.PROMISE_OPEN, safe.PROMISE_LOST)
        for promise in promises:
            card.add(Paragraph(s(promise)))
        return card


def _add_part(card: Card, name: str, facts: Paragraph, *buttons: QWidget) -> None:
    part = column(GRID // 2)
    part.addWidget(Paragraph(name, "strong"))
    part.addWidget(facts)
    part.addSpacing(GRID // 2)
    part.addLayout(Flow(*buttons))
    card.add(part)


def _done(_result: None) -> None:
    """The page asks anew by itself."""
