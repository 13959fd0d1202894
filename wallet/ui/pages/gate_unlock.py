"""A wallet is there: its passphrase opens it, its recovery sheet, or the system keyring."""

import math
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from wallet.actions import unlocking
from wallet.actions.backing_up import Secret
from wallet.actions.wallet import Wallet
from wallet.errors import VaultDamaged, VaultLocked, VaultMissing, WalletError
from wallet.model.keeping import SlotKind
from wallet.texts import keeping_safe as safe
from wallet.texts import labels, problems
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.dialogs.passphrase import PassphraseDialog
from wallet.ui.pages.gate import NARROW
from wallet.ui.session import Session
from wallet.ui.widgets.basic import Card, Icon, Page, accent_colour, button, clear, column
from wallet.ui.widgets.damaged import DamagedCard
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.secret import SecretField

_GLANCE = 200
"""Milliseconds between two looks at how long the next try still waits."""


class UnlockPage(Page):
    """Opens the wallet at the session's path, and offers a backup where it is damaged."""

    demonstration_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(NARROW)
        s = self._session = session
        self.body.addWidget(Icon(s.style, "lock", accent_colour, 40))
        self.body.addWidget(Paragraph(s(labels.UNLOCK_TITLE), "title"))
        card = Card()
        self._place = Paragraph(str(session.path), "fixed")
        card.add(self._place)
        self.secret = SecretField(s)
        self.field = self.secret.field
        card.add(self.secret)
        self.error = Paragraph("", "error")
        self.error.hide()
        card.add(self.error)
        self.unlock = button(s.style, s(labels.UNLOCK), self._unlock, role="main")
        self.unlock.setEnabled(False)
        self.secret.changed.connect(lambda: self.unlock.setEnabled(self.secret.secret is not None))
        self.secret.entered.connect(self._unlock)
        self._keyring = button(s.style, s(labels.UNLOCK_KEYRING), self._unlock_keyring)
        self._keyring.hide()
        card.add(Flow(self.unlock, self._keyring))
        self.body.addWidget(card)
        self._below = column()
        self.body.addLayout(self._below)
        other = button(s.style, s(labels.OTHER_WALLET), self._choose, icon="folder", role="quiet")
        look = button(
            s.style, s(labels.WAY_LOOK), self.demonstration_wanted.emit, icon="look", role="quiet"
        )
        self.body.addLayout(Flow(other))
        self.body.addLayout(Flow(look))
        self.body.addStretch(1)
        self.setFocusProxy(self.field)
        self._waiting = QTimer(self, interval=_GLANCE)
        self._waiting.timeout.connect(self._wait_or_ask)
        self._ask_ways()

    def _ask_ways(self) -> None:
        path = self._session.path
        self._session.tasks.ask(
            self,
            lambda: unlocking.ways(path),
            lambda ways: self._keyring.setVisible(SlotKind.KEYRING in ways),
        )

    def _unlock(self) -> None:
        if self.secret.secret is not None and not self.unlock.waiting:
            self._wait_or_ask()

    def _wait_or_ask(self) -> None:
        """Count down here what wrong tries cost, so that no worker sleeps meanwhile."""
        seconds, given = math.ceil(self._session.attempts.seconds), self.secret.secret
        if seconds > 0 and given is not None:
            self.unlock.wait(self._session(safe.NEXT_TRY, n=seconds))
            self._waiting.start()
            return
        self._waiting.stop()
        if given is None:
            self.unlock.ready(self._session(labels.UNLOCK))
        else:
            self._ask(given)

    def _unlock_keyring(self) -> None:
        if not self.unlock.waiting:
            self._ask(Secret())

    def _ask(self, given: Secret) -> None:
        path, clock, attempts = self._session.path, self._session.clock, self._session.attempts
        self.unlock.wait(self._session(labels.UNLOCKING))
        self._session.tasks.ask(
            self,
            lambda: unlocking.unlock(
                path, given.passphrase, clock, sheet=given.sheet, attempts=attempts
            ),
            lambda wallet: self._unlocked(wallet, by_sheet=given.sheet is not None),
            self._failed,
        )

    def _unlocked(self, wallet: Wallet, *, by_sheet: bool) -> None:
        self.field.clear()
        session, window = self._session, self.window()
        session.opened(wallet)  # this page goes with it
        if by_sheet and not wallet.read_only:
            PassphraseDialog(window, session, safe.NEW_PASSPHRASE_NOW).open()

    def _failed(self, error: WalletError) -> None:
        self.unlock.ready(self._session(labels.UNLOCK))
        self.error.set(problems.error(self._session.texts, error))
        self.error.show()
        if isinstance(error, VaultLocked):
            self._keyring.setEnabled(False)
        self._offer_backup(isinstance(error, VaultDamaged | VaultMissing))
        self.secret.again()

    def _offer_backup(self, damaged: bool) -> None:
        clear(self._below)
        if not damaged:
            return
        card = DamagedCard(self._session)

        def bring(path: Path) -> None:
            card.bring_back(path, self.secret.secret)

        card.wanted.connect(bring)
        card.restored.connect(self._restored)
        self._below.addWidget(card)

    def _restored(self, secret: Secret) -> None:
        self.error.hide()
        self._ask(secret)

    def _choose(self) -> None:
        def chosen(folder: Path) -> None:
            self._session.path = folder
            self._place.set(str(folder))
            self.error.hide()
            self._offer_backup(False)
            self._keyring.setEnabled(True)
            self._ask_ways()

        choose_folder(self, self._session, labels.OTHER_WALLET, chosen)
