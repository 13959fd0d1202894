"""Everything as open files, in clear: the warning, and the one choice about private keys."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from wallet.actions import leaving
from wallet.actions.leaving import Left
from wallet.errors import WalletError
from wallet.texts import backups as backup_words
from wallet.texts import keeping_safe as safe
from wallet.texts import problems
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.labelled import ticked
from wallet.ui.widgets.plain import Paragraph


class OpenFilesDialog(Dialog):
    """Names the folder that everything goes into, and writes only after the word is given."""

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session, folder: Path) -> None:
        super().__init__(parent, session, session(safe.EXPORT_TITLE))
        s = session
        self._folder = folder
        self.body.addWidget(Paragraph(s.texts(backup_words.IN_CLEAR, path=folder), "strong"))
        self.keys = QCheckBox()
        self.keys.setAccessibleName(s(safe.EXPORT_KEYS))
        self.keys.setAccessibleDescription(s(safe.EXPORT_KEYS_TEXT))
        self.body.addLayout(ticked(self.keys, s(safe.EXPORT_KEYS)))
        self.body.addWidget(Paragraph(s(safe.EXPORT_KEYS_TEXT), "small"))
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._error)
        self.go = button(s.style, s(safe.EXPORT_GO), self._write, role="main")
        self.end(self.go)

    def _write(self) -> None:
        wallet, folder, keys = self.session.open_wallet, self._folder, self.keys.isChecked()
        self.go.wait(self.session(safe.EXPORTING))
        self.session.tasks.ask(
            self,
            lambda: leaving.export_all(wallet, folder, keys=keys),
            self._written,
            self._failed,
        )

    def _written(self, left: Left) -> None:
        self.told.emit(self.session.texts(backup_words.LEFT, path=left.folder))
        self.accept()

    def _failed(self, error: WalletError) -> None:
        self.go.ready(self.session(safe.EXPORT_GO))
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.fit()
