"""A new database key after a suspected leak: what it does, what is gone, and the passphrase."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import unlocking
from wallet.errors import WalletError
from wallet.model.keeping import SlotKind
from wallet.texts import keeping_safe as safe
from wallet.texts import labels, problems
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.labelled import labelled, secret_line
from wallet.ui.widgets.plain import Paragraph


class RekeyDialog(Dialog):
    """Asks for the passphrase, works in the background, and then says which ways are gone."""

    sheet_gone = Signal()
    """The recovery sheet opens no more; the dialog is closed."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(safe.REKEY_TITLE))
        s = session
        self._gone: tuple[SlotKind, ...] = ()
        for text in (safe.REKEY_TEXT, safe.REKEY_GONE, safe.REKEY_STAYS):
            self.body.addWidget(Paragraph(s(text)))
        self.field = secret_line(s(labels.PASSPHRASE))
        self.field.returnPressed.connect(self._rekey)
        self.body.addLayout(labelled(s, labels.PASSPHRASE, self.field))
        self._said = Paragraph("", "strong")
        self._said.hide()
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._said)
        self.body.addWidget(self._error)
        self.go = button(s.style, s(safe.REKEY_GO), self._rekey, role="main")
        self.end(self.go)
        self.finished.connect(self._finish)

    def _rekey(self) -> None:
        passphrase = self.field.text()
        if not passphrase or self.go.waiting or not self.go.isVisible():
            return
        wallet = self.session.open_wallet
        self._error.hide()
        self.go.wait(self.session(safe.REKEYING))
        self.session.tasks.change(
            self, lambda: unlocking.rekey(wallet, passphrase), self._done, self._failed
        )

    def _done(self, gone: tuple[SlotKind, ...]) -> None:
        self._gone = gone
        self.field.clear()
        self.go.hide()
        lines = [self.session(safe.REKEYED)]
        if SlotKind.SHEET in gone:
            lines.append(self.session(safe.REKEYED_SHEET))
        if SlotKind.KEYRING in gone:
            lines.append(self.session(safe.REKEYED_KEYRING))
        self._said.set("\n".join(lines))
        self._said.show()
        self.fit()

    def _finish(self) -> None:
        if SlotKind.SHEET in self._gone and self.session.wallet is not None:
            self.sheet_gone.emit()

    def _failed(self, error: WalletError) -> None:
        self.go.ready(self.session(safe.REKEY_GO))
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.field.selectAll()
        self.field.setFocus()
        self.fit()
