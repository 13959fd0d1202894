"""The one banner about the open vault: for reading only, a failed backup, no sheet; the worst."""

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot

from wallet.actions import backing_up, unlocking
from wallet.actions.wallet import Wallet
from wallet.errors import VaultError
from wallet.model.keeping import SlotKind, VaultInfo
from wallet.texts import keeping_safe as safe
from wallet.texts import problems
from wallet.ui.dialogs.sheet import CheckSheetDialog, SheetDialog
from wallet.ui.session import Session
from wallet.ui.widgets.asking import AskingBanner
from wallet.ui.widgets.basic import button, group
from wallet.ui.widgets.flow import Flow


class VaultBanner(AskingBanner):
    """Asks the vault after every change; gone while there is nothing to say."""

    told = Signal(str)
    backups_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        s = session
        self.make = button(s.style, s(safe.FIRST_SHEET), self.make_sheet)
        self.check = button(s.style, s(safe.CHECK_IT), self.check_sheet)
        self.backups = button(s.style, s(safe.OPEN_BACKUPS), self.backups_wanted.emit)
        self.never = button(s.style, s(safe.NO_REMINDER), self._never, role="quiet")
        buttons = Flow(self.make, self.check, self.backups, self.never)
        self.put(group(buttons))
        self.hide()
        s.tasks.changed.connect(self.look)
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask what there is to say about the open vault."""
        wallet = self._session.wallet
        if wallet is not None and not wallet.demonstration:
            self._session.tasks.ask(self, lambda: _ask(wallet), self._show)

    def _show(self, found: tuple[VaultInfo, VaultError | None]) -> None:
        info, problem = found
        s, preferences = self._session, self._session.preferences
        has_sheet = SlotKind.SHEET in info.slots
        open_question = not has_sheet or not preferences.sheet_compared
        text, buttons = "", set[object]()
        if info.read_only:
            text = s(safe.READ_ONLY)
        elif problem is not None:
            text = s(safe.BACKUP_PROBLEM, why=problems.error(s.texts, problem))
            buttons = {self.backups}
        elif open_question and preferences.remind_sheet:
            text = s(safe.REMIND_CHECK if has_sheet else safe.REMIND_SHEET)
            buttons = {self.check if has_sheet else self.make, self.never}
        for one in (self.make, self.check, self.backups, self.never):
            one.setVisible(one in buttons)
        self.text.set(text)
        self.setVisible(bool(text))

    def make_sheet(self, then: Callable[[], None] | None = None) -> None:
        """Make the first recovery sheet; `then` comes when it is made or put off."""
        session, wallet = self._session, self._session.open_wallet
        dialog = SheetDialog(self.window(), session)
        dialog.told.connect(self.told)

        def finished() -> None:
            if session.holds(wallet):
                self.look()
                if then is not None:
                    then()

        dialog.finished.connect(finished)
        dialog.open()

    def check_sheet(self) -> None:
        """Compare the sheet that was made with the paper."""
        dialog = CheckSheetDialog(self.window(), self._session)
        dialog.told.connect(self.told)
        dialog.finished.connect(self.look)
        dialog.open()

    def _never(self) -> None:
        self._session.preferences.remind_sheet = False
        self.look()


def _ask(wallet: Wallet) -> tuple[VaultInfo, VaultError | None]:
    return unlocking.info(wallet), backing_up.problem(wallet)
