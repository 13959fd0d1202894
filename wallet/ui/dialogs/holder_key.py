"""A new key that signs presentations, or another name for one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import holder_keys
from wallet.errors import WalletError
from wallet.model.keeping import HolderKey
from wallet.texts import Message, problems
from wallet.texts import keeping_safe as safe
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.choosing import labelled_line
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.labelled import labelled
from wallet.ui.widgets.plain import Paragraph


class HolderKeyDialog(Dialog):
    """Asks for a name, and for the kind where the key is made (`key` is None)."""

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session, key: HolderKey | None = None) -> None:
        title = safe.NEW_KEY if key is None else safe.NAME_KEY
        super().__init__(parent, session, session(title).rstrip("…"), 480)
        self._key = key
        layout, self.name = labelled_line(session, safe.KEY_NAME, safe.KEY_NAME_HINT)
        self.name.setMaxLength(holder_keys.LONGEST_NAME)
        self.name.returnPressed.connect(self._save)
        self.body.addLayout(layout)
        self.kind = Choice()
        self.kind.setAccessibleName(session(safe.KEY_KIND))
        self.kind.addItems(holder_keys.KINDS)
        if key is None:
            self.body.addLayout(labelled(session, safe.KEY_KIND, self.kind))
            self.body.addWidget(Paragraph(session(safe.KEY_KIND_TEXT), "small"))
        else:
            self.name.setText(key.name)
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._error)
        self._go: Message = safe.MAKE_KEY if key is None else safe.SAVE
        self.save = button(session.style, session(self._go), self._save, role="main")
        self.end(self.save)
        self.name.setFocus()

    def _save(self) -> None:
        if self.save.waiting:
            return
        wallet, name, key = self.session.open_wallet, self.name.text(), self._key
        kind = self.kind.currentText()
        self.save.wait(self.session(self._go))

        def save() -> None:
            if key is None:
                holder_keys.new(wallet, kind, name)
            else:
                holder_keys.rename(wallet, key.did, name)

        self.session.tasks.change(self, save, self._done, self._failed)

    def _done(self, _result: None) -> None:
        said = safe.KEY_MADE if self._key is None else safe.KEY_NAMED
        self.told.emit(self.session(said))
        self.accept()

    def _failed(self, error: WalletError) -> None:
        self.save.ready(self.session(self._go))
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.fit()
