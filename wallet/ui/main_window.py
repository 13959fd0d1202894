"""The window: the page of the place chosen, and what can be done from anywhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QDialog, QWidget

from wallet.actions import unlocking
from wallet.actions import wallet as content
from wallet.actions.importing import ImportItem
from wallet.actions.programmes import Version
from wallet.errors import WalletError
from wallet.texts import labels
from wallet.ui.dialogs.files import choose_files
from wallet.ui.dialogs.notices import CrashDialog, ErrorDialog, HelpDialog
from wallet.ui.dialogs.report import ReportDialog
from wallet.ui.drops import files_of
from wallet.ui.frame import Frame
from wallet.ui.imports import ImportRun
from wallet.ui.opening import open_demonstration
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.gate import CreatePage, WelcomePage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.making import MakingPage
from wallet.ui.pages.planning import PlanningPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.pages.settings import SettingsPage
from wallet.ui.pages.settings_backups import BackupsPage
from wallet.ui.pages.trash import TrashPage
from wallet.ui.pages.trust import TrustPage
from wallet.ui.remembering import Remembered, recall, remember
from wallet.ui.session import Session
from wallet.ui.widgets.places import Place
from wallet.ui.wiring import wire

AnyPage = TypeVar("AnyPage", bound=QWidget)


class MainWindow(Frame):
    """Builds its pages anew when the language changes, and when a wallet opens or closes."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.place = Place.CREDENTIALS
        self._pages: dict[Callable[[Session], QWidget], QWidget] = {}
        self._creating = False
        self._pending: list[Path] = []
        self.setAcceptDrops(True)
        session.language_changed.connect(self._language_changed)
        session.wallet_changed.connect(self._wallet_changed)
        session.tasks.failed.connect(self.show_error)
        session.tasks.crashed.connect(self.show_crash)
        self._shortcuts()
        self.build()

    # ---- the parts

    @Slot()
    def build(self) -> None:
        """Make everything anew, in the language and for the wallet of now."""
        self._pages = {}
        self.build_frame()
        self.sidebar.chosen.connect(self.show_place)
        self.sidebar.lock.connect(self.session.lock)
        self.vault.backups_wanted.connect(lambda: self.show_part(BackupsPage))
        self.show_place(self.place)

    @Slot()
    def _language_changed(self) -> None:
        before = remember(self._pages.values(), self.stack.currentWidget())
        self.build()
        recall(self, before)

    def page(self, kind: Callable[[Session], AnyPage]) -> AnyPage:
        """Return the one page of a kind, made when it is first wanted."""
        if kind not in self._pages:
            made = kind(self.session)
            wire(self, made)
            self.stack.addWidget(made)
            self._pages[kind] = made
        return cast("AnyPage", self._pages[kind])

    # ---- where the person is

    def show_place(self, place: Place) -> None:
        """Go to a place of the sidebar; without a wallet, most of them lead to making one."""
        self.place = place
        self.sidebar.show_place(place)
        if place.needs_wallet and self.session.wallet is None:
            self._show(self._gate())
            return
        kinds: dict[Place, Callable[[Session], QWidget]] = {
            Place.CREDENTIALS: CredentialsPage,
            Place.PROGRESS: ProgressPage,
            Place.PRESENT: PresentPage,
            Place.CHECK: CheckPage,
            Place.SETTINGS: SettingsPage,
        }
        self._show(self.page(kinds[place]))

    def open_entry(self, entry_id: str) -> None:
        """Show one credential; without a wallet, what leads to one."""
        if self.session.wallet is None:
            self.show_place(Place.CREDENTIALS)
            return
        self.place = Place.CREDENTIALS
        self.sidebar.show_place(Place.CREDENTIALS)
        page = self.page(DetailPage)
        page.show_entry(entry_id)
        self._show(page)

    def show_trash(self) -> None:
        """Show what was deleted."""
        self.show_part(TrashPage)

    def show_trust(self) -> None:
        """Show whose keys the wallet knows."""
        self.show_part(TrustPage)

    def show_part(self, kind: Callable[[Session], QWidget]) -> None:
        """Show a page of the open wallet that belongs to a place."""
        if self.session.wallet is not None:
            self._show(self.page(kind))

    def show_planning(self, programme_id: str) -> None:
        """Show what would be met with other courses."""
        if self.session.wallet is not None:
            self.page(PlanningPage).show_programme(programme_id)
            self._show(self.page(PlanningPage))

    def show_making(self, version: Version | None = None) -> None:
        """Show the form for a new programme, or for one like this version."""
        if self.session.wallet is not None:
            page = self.page(MakingPage)
            page.begin(version)
            self._show(page)

    def _show(self, page: QWidget) -> None:
        self.stack.setCurrentWidget(page)
        page.setFocus()

    def _gate(self) -> QWidget:
        if self._creating:
            return self.page(CreatePage)
        if unlocking.exists(self.session.path):
            return self.page(UnlockPage)
        return self.page(WelcomePage)

    def create_wallet(self, wanted: bool) -> None:
        """Go to making a wallet, or back from it."""
        self._creating = wanted
        self.show_place(Place.CREDENTIALS)

    @Slot()
    def _wallet_changed(self) -> None:
        first, self._creating = self._creating, False
        self._close_dialogs()
        before = remember(self._pages.values(), None)
        if self.session.wallet is None:
            # Whoever locks leaves: nothing that was looked at stays on the screen.
            self.place, before = Place.CREDENTIALS, Remembered()
        self.build()
        recall(self, Remembered(checked=before.checked))
        if first and self.session.wallet is not None:
            self.vault.make_sheet(lambda: self._go_on(first=True))
        else:
            self._go_on(first=False)

    def _go_on(self, *, first: bool) -> None:
        wallet = self.session.wallet
        if wallet is not None and not wallet.demonstration and self._pending:
            pending, self._pending = self._pending, []
            self.import_files(pending)
        elif first:
            self.lists.offer()

    def _close_dialogs(self) -> None:
        for dialog in self.findChildren(QDialog):
            dialog.close()

    # ---- what can be done from anywhere

    def open_demonstration(self) -> None:
        """Open the wallet with example credentials."""
        self.place = Place.CREDENTIALS
        open_demonstration(self, self.session)

    def check_files(self, paths: list[Path]) -> None:
        """Check files without keeping them."""
        self.show_place(Place.CHECK)
        self.page(CheckPage).check(paths)

    def keep(self, paths: list[Path]) -> None:
        """Import what was checked; without a wallet, make or unlock one first."""
        if self.session.wallet is not None:
            self.import_files(paths)
            return
        self._pending = list(paths)
        self._creating = not unlocking.exists(self.session.path)
        self.show_place(Place.CREDENTIALS)
        self.bar.offer(self.session(labels.KEPT_AFTER))

    def take(self, paths: list[Path]) -> None:
        """Take files that were dropped or opened: check them, or bring them in."""
        session = self.session
        if paths and (session.wallet is None or session.read_only or self.place is Place.CHECK):
            self.check_files(paths)
        elif paths:
            self.import_files(paths)

    def called(self, paths: list[Path]) -> None:
        """Come to the front with the files of another start of the program."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        if paths:
            self.check_files(paths)

    def ask_for_files(self) -> None:
        """Ask which files to take."""
        choose_files(self, self.session, labels.OPEN_FILE, self.take)

    def import_files(self, paths: list[Path]) -> None:
        """Bring files in and show the report."""
        self.show_place(Place.CREDENTIALS)
        run = ImportRun(self, self.session, paths)
        run.done.connect(self._report)
        run.start()

    def _report(self, items: tuple[ImportItem, ...]) -> None:
        if self.session.wallet is not None and items:
            dialog = ReportDialog(self, self.session, items)
            dialog.opened.connect(self.open_entry)
            dialog.open()

    def present(self, *entry_ids: str) -> None:
        """Go and show something to somebody; `entry_ids` are chosen already."""
        self.show_place(Place.PRESENT)
        if entry_ids and self.session.wallet is not None:
            self.page(PresentPage).preselect(*entry_ids)

    def delete(self, entry_id: str, title: str) -> None:
        """Move a credential to the trash, with a way back."""
        session, wallet = self.session, self.session.open_wallet
        told = session(labels.DELETED, title=title)

        def restore() -> None:
            session.tasks.change(self, lambda: content.restore(wallet, entry_id), _done)

        def deleted(_result: None) -> None:
            self.show_place(Place.CREDENTIALS)
            self.bar.offer(told, restore)

        session.tasks.change(self, lambda: content.delete(wallet, entry_id), deleted)

    def show_help(self) -> None:
        """Show the keys and the words."""
        HelpDialog(self, self.session).open()

    @Slot(object)
    def show_error(self, error: WalletError) -> None:
        """Say what went wrong."""
        ErrorDialog(self, self.session, error).open()

    @Slot(object)
    def show_crash(self, error: Exception) -> None:
        """Say that it is our fault."""
        CrashDialog(self, self.session, error).open()

    def _find(self) -> None:
        self.show_place(Place.CREDENTIALS)
        if self.session.wallet is not None:
            search = self.page(CredentialsPage).search
            search.setFocus()
            search.selectAll()

    def _shortcuts(self) -> None:
        keys: dict[str, Callable[[], Any]] = {
            "Ctrl+O": self.ask_for_files,
            "Ctrl+F": self._find,
            "Ctrl+E": self.present,
            "Ctrl+L": self.session.lock,
            "Ctrl+Z": lambda: self.bar.take_back(),  # noqa: PLW0108 -- each build has its own bar
            "F1": self.show_help,
        }
        for key, action in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(action)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102 -- Qt's name
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102 -- Qt's name
        event.acceptProposedAction()
        self.take(files_of(event.mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102 -- Qt's name
        self.hide()  # the last backup may take a moment, and nobody has to look at it
        self.session.end()
        super().closeEvent(event)


def _done(_result: None) -> None:
    """The list reloads by itself."""
