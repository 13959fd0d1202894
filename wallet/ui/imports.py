"""Bringing files in from the window: in short tasks, so that it can be watched and ended."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import importing
from wallet.actions.importing import ImportItem
from wallet.errors import WalletError
from wallet.ui.dialogs.report import RunningDialog
from wallet.ui.session import Session

PATIENCE = 400
"""Milliseconds after which an import that still runs says what it reads."""


class ImportRun(QObject):
    """One import from the first file to the report. `done` comes once, stopped or not."""

    done = Signal(tuple)

    def __init__(self, parent: QWidget, session: Session, paths: Sequence[Path]) -> None:
        super().__init__(parent)
        self._session, self._paths = session, tuple(paths)
        self._wallet = session.open_wallet
        self._items: list[ImportItem] = []
        self._next, self._stopped = 0, False
        self._dialog: RunningDialog | None = None
        self._parent = parent
        self._slow = QTimer(self, singleShot=True, interval=PATIENCE)
        self._slow.timeout.connect(self._show)
        self._slow.start()

    def start(self) -> None:
        """Read the first files."""
        self._step()

    def stop(self) -> None:
        """Read no further file; what is in stays in."""
        self._stopped = True

    def _show(self) -> None:
        self._dialog = RunningDialog(self._parent, self._session, len(self._paths))
        self._dialog.stopped.connect(self.stop)
        self._dialog.rejected.connect(self.stop)
        self._say()
        self._dialog.open()

    def _say(self) -> None:
        if self._dialog is not None and not self._stopped:
            self._dialog.step(self._next + 1, self._paths[self._next].name)

    def _step(self) -> None:
        locked = not self._session.holds(self._wallet)
        if self._stopped or self._next == len(self._paths) or locked:
            self._finish()
            return
        paths, wallet = self._paths[self._next :], self._wallet
        self._say()
        self._session.tasks.change(
            self, lambda: importing.import_some(wallet, paths), self._took, self._failed
        )

    def _took(self, files: tuple[tuple[ImportItem, ...], ...]) -> None:
        self._next += len(files)
        self._items += (item for file in files for item in file)
        self._step()

    def _failed(self, error: WalletError) -> None:
        self._session.tasks.failed.emit(error)
        self._finish()

    def _finish(self) -> None:
        self._slow.stop()
        if not self._session.holds(self._wallet):
            self._items = []  # another wallet, or none, is open by now: this is not for its eyes
        if self._dialog is not None:
            self._dialog.blockSignals(True)
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None
        self.done.emit(tuple(self._items))
        self.deleteLater()
