"""What each page asks the window for, and where that leads."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

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
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.pages.trash import TrashPage
from wallet.ui.pages.trust import TrustPage
from wallet.ui.widgets.places import Place

if TYPE_CHECKING:
    from wallet.ui.main_window import MainWindow


def wire(window: "MainWindow", page: QWidget) -> None:
    """Connect a page that was just made with the window it is in."""
    if (told := getattr(page, "told", None)) is not None:
        told.connect(window.bar.offer)
    _wire_gate(window, page)
    _wire_wallet(window, page)
    _wire_parts(window, page)


def _wire_gate(window: "MainWindow", page: QWidget) -> None:
    match page:
        case WelcomePage():
            page.create_wanted.connect(lambda: window.create_wallet(True))
            page.check_wanted.connect(lambda: window.show_place(Place.CHECK))
            page.demonstration_wanted.connect(window.open_demonstration)
        case CreatePage():
            page.left.connect(lambda: window.create_wallet(False))
        case UnlockPage():
            page.demonstration_wanted.connect(window.open_demonstration)


def _wire_wallet(window: "MainWindow", page: QWidget) -> None:
    match page:
        case CredentialsPage():
            page.opened.connect(window.open_entry)
            page.import_wanted.connect(window.ask_for_files)
            page.trash_wanted.connect(window.show_trash)
            page.present_wanted.connect(lambda chosen: window.present(*chosen))
        case DetailPage():
            page.left.connect(lambda: window.show_place(Place.CREDENTIALS))
            page.present_wanted.connect(window.present)
            page.delete_wanted.connect(window.delete)
        case PresentPage():
            page.import_wanted.connect(window.ask_for_files)
        case ProgressPage():
            page.opened.connect(window.open_entry)
            page.import_wanted.connect(window.ask_for_files)
            page.plan_wanted.connect(window.show_planning)
            page.new_wanted.connect(window.show_making)
            page.change_wanted.connect(window.show_making)
        case CheckPage():
            page.keep_wanted.connect(window.keep)
        case SettingsPage():
            page.help_wanted.connect(window.show_help)
            page.part_wanted.connect(window.show_part)


def _wire_parts(window: "MainWindow", page: QWidget) -> None:
    """Pages that belong to a place, and lead back to it."""
    match page:
        case TrashPage():
            page.left.connect(lambda: window.show_place(Place.CREDENTIALS))
        case PlanningPage() | MakingPage():
            page.left.connect(lambda: window.show_place(Place.PROGRESS))
        case TrustPage() | SecurityPage() | BackupsPage():
            page.left.connect(lambda: window.show_place(Place.SETTINGS))
