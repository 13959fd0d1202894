"""Fetching trust data from the window: one address after the other, watched, and ended at will.

The network is waited for in a thread of its own; the vault's worker only reads and keeps what
came. So a slow host holds up no page, and locking drops the key at once.
"""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from wallet.actions import trusting, updating
from wallet.actions.updating import Fetched, Source, SourceKind, Update, UpdateResult
from wallet.actions.wallet import Wallet
from wallet.errors import NotFetched, WalletError
from wallet.ui.dialogs.fetching import FetchedDialog, FetchingDialog
from wallet.ui.session import Session


class FetchRun(QObject):
    """One run from the first address to the report. `done` comes once, stopped or not."""

    done = Signal(tuple)

    def __init__(self, parent: QWidget, session: Session, sources: Sequence[Source]) -> None:
        super().__init__(parent)
        self._parent, self._session = parent, session
        self._wallet = session.open_wallet
        self._waiting = list(sources)
        self._updates: list[Update] = []
        self._asked: Source | None = None
        """Whom an answer is waited for from."""
        self._stopped = self._ending = False
        self._dialog = FetchingDialog(parent, session)
        self._dialog.stopped.connect(self.stop)
        self._dialog.rejected.connect(self.stop)
        session.network_tasks.crashed.connect(self._crashed)
        session.tasks.crashed.connect(self._crashed)

    def start(self) -> None:
        """Ask the first host."""
        self._dialog.open()
        self._next()

    @Slot()
    def stop(self) -> None:
        """Ask no further host; what has come stays. An answer that is still out is not kept."""
        if self._ending:
            return
        self._stopped = True
        if self._asked is not None:
            self._judge()

    def _next(self) -> None:
        if self._stopped or not self._waiting or not self._session.holds(self._wallet):
            self._judge()
            return
        source, network = self._waiting.pop(0), self._session.network
        self._asked = source
        number = len(self._updates) + 1
        self._dialog.step(number, number + len(self._waiting), source)
        self._session.network_tasks.ask(
            self,
            lambda: updating.get(source, network),
            partial(self._came, source),
            partial(self._failed, source),
        )

    def _came(self, source: Source, fetched: Fetched) -> None:
        if self._asked is not source or self._ending:
            return
        self._asked = None
        if not self._session.holds(self._wallet):
            self._judge()
            return
        wallet = self._wallet
        self._session.tasks.ask(
            self, lambda: updating.keep(wallet, source, fetched), self._kept, self._broke
        )

    def _kept(self, kept: tuple[Wallet, Update]) -> None:
        self._wallet, update = kept
        self._updates.append(update)
        if update.source.kind is SourceKind.LIST_OF_LISTS:
            # A list of lists that is new may name other national lists.
            others = [one for one in self._waiting if one.kind is not SourceKind.NATIONAL_LIST]
            self._waiting = [*updating.european(self._wallet)[1:], *others]
        self._next()

    def _failed(self, source: Source, error: WalletError) -> None:
        if self._asked is not source or self._ending or not isinstance(error, NotFetched):
            return
        self._asked = None
        at = self._session.now()
        self._updates.append(Update(source, UpdateResult.FAILED, at, error=error))
        self._next()

    def _broke(self, error: WalletError) -> None:
        """The vault could not keep it: a full disk. Nothing further would be kept either."""
        self._session.tasks.failed.emit(error)
        self._finish()

    def _judge(self) -> None:
        if self._ending:
            return
        self._ending = True
        kept = any(update.result is not UpdateResult.FAILED for update in self._updates)
        if not kept or not self._session.holds(self._wallet):
            self._finish()
            return
        self._dialog.judge()
        wallet = self._wallet
        self._session.tasks.change(
            self, lambda: trusting.judged_again(wallet), self._judged, self._broke
        )

    def _judged(self, wallet: Wallet) -> None:
        self._session.renewed(wallet)
        self._finish()

    @Slot(object)
    def _crashed(self, error: Exception) -> None:
        if self.sender() is self._session.network_tasks:
            self._session.tasks.crashed.emit(error)
        else:
            self._finish()

    def _finish(self) -> None:
        self._ending = True
        self._dialog.blockSignals(True)
        self._dialog.close()
        self._dialog.deleteLater()
        updates = tuple(self._updates)
        if self._session.holds(self._wallet):
            FetchedDialog(self._parent, self._session, updates, stopped=self._stopped).open()
        self.done.emit(updates)
        self.deleteLater()
