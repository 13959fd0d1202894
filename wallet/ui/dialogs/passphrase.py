"""Another passphrase for the wallet: one key slot is written anew."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import unlocking
from wallet.errors import WalletError
from wallet.texts import Message, labels, problems
from wallet.ui.dialogs.base import Dialog
from wallet.ui.pages.gate import PassphraseFields, ask_about_weakness
from wallet.ui.session import Session
from wallet.ui.widgets.basic import Card, button
from wallet.ui.widgets.plain import Paragraph


class PassphraseDialog(Dialog):
    """Asks for the new passphrase twice."""

    changed = Signal()

    def __init__(self, parent: QWidget, session: Session, why: Message | None = None) -> None:
        super().__init__(parent, session, session(labels.CHANGE_PASSPHRASE).rstrip("…"))
        if why is not None:
            self.body.addWidget(Paragraph(session(why)))
        self.fields = PassphraseFields(session, self._typed)
        card = Card()
        self.fields.add_to(card)
        self.body.addWidget(card)
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._error)
        self.save = button(session.style, session(labels.CHANGE), self._change, role="main")
        self.save.setEnabled(False)
        self._asked = False
        self.end(self.save)

    def _typed(self) -> None:
        self._asked = False
        self.save.setEnabled(self.fields.passphrase is not None)

    def _change(self) -> None:
        wallet, passphrase = self.session.open_wallet, self.fields.passphrase
        if passphrase is None:
            return
        if self.fields.weak and not self._asked:
            ask_about_weakness(self, self.session, self._change_all_the_same)
            return
        self.save.wait(self.session(labels.CREATING))
        self.session.tasks.change(
            self,
            lambda: unlocking.change_passphrase(wallet, passphrase),
            self._changed,
            self._failed,
        )

    def _change_all_the_same(self) -> None:
        self._asked = True
        self._change()

    def _changed(self, _result: None) -> None:
        self.changed.emit()
        self.accept()

    def _failed(self, error: WalletError) -> None:
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.save.ready(self.session(labels.CHANGE))
