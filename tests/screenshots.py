"""`make screenshots`: every page of the demonstration, in both languages and both appearances.

Usage: python -m tests.screenshots [FOLDER]. One process for each scale, because Qt reads it once.
At 200 % the window is as small as a laptop's screen makes it.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from wallet.actions import unlocking
from wallet.actions.demonstrating import QUICK, tour_mail
from wallet.model.presentation import Form
from wallet.ui.app import QtWords, dress_application
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.gate import CreatePage
from wallet.ui.pages.present import PresentPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks
from wallet.ui.themes import Appearance
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.places import Place

SCALES = {"100": (1180, 780), "200": (960, 640)}
"""Percent, and the window's size in device-independent pixels."""
_SETTLED = 150
"""Milliseconds after the last answer of the worker until a page is painted."""


class Photographer:
    """Walks through the window as the tour does and keeps what there is to see."""

    def __init__(self, window: MainWindow, folder: Path, ending: str) -> None:
        self.window, self.folder, self.ending = window, folder, ending

    def walk(self) -> None:
        """Take all pictures, in the order of the story."""
        window = self.window
        self.take("welcome")
        window.stack.addWidget(window.page(CreatePage))
        window.stack.setCurrentWidget(window.page(CreatePage))
        self.take("create")
        window.show_place(Place.CHECK)
        self.take("check")
        window.check_files([tour_mail()])
        self.take("checked")
        window.open_demonstration()
        self.take("credentials")
        self.tour()
        for place in (Place.PROGRESS, Place.SETTINGS):
            window.show_place(place)
            self.take(place.name.lower())
            for award in window.page(ProgressPage).findChildren(AwardView)[1:2]:
                award.unfold()
        window.show_place(Place.PROGRESS)
        self.take("requirements")
        window.delete(window.page(CredentialsPage).rows()[-1].id, "Climate data analysis")
        self.settle()
        window.show_trash()
        self.take("trash")
        window.show_help()
        self.take_dialog("help")
        window.session.lock()
        unlocking.create(window.session.path, "only for the picture", kdf=QUICK).close()
        window.show_place(Place.CREDENTIALS)
        self.take("unlock")

    def tour(self) -> None:
        """A mail comes in, is looked at, and is shown as a code."""
        window = self.window
        window.import_files([tour_mail()])
        self.take_dialog("imported")
        rows = window.page(CredentialsPage).rows()
        window.open_entry(rows[0].id)
        self.take("detail")
        window.present(next(row.id for row in rows if "Sustainable" in row.title))
        self.settle()
        page = window.page(PresentPage)
        page.whom.setText("Example Employer")
        page.forms.choose(Form.QR)
        self.take("present")
        page.make.click()
        self.take_dialog("code")
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
        self.take("ledger")

    def take(self, name: str, part: QWidget | None = None) -> None:
        """Keep a picture of the window or a part of it."""
        self.settle()
        (part or self.window).grab().save(str(self.folder / f"{name}-{self.ending}.png"))

    def take_dialog(self, name: str) -> None:
        """Keep a picture of the dialog that is open, and close it."""
        self.settle()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                self.take(name, dialog)
                dialog.close()

    def settle(self) -> None:
        """Wait until every answer is there, and once more until it is painted."""
        loop, quiet = QEventLoop(), 0
        while quiet < 2:
            QTimer.singleShot(_SETTLED, loop.quit)
            loop.exec()
            quiet = 0 if self.window.session.tasks.busy else quiet + 1


def main() -> int:
    """Make all pictures below the folder named; returns the exit status."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        take_all(folder, sys.argv[2])
        return 0
    for scale in SCALES:
        environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
        environment |= {"QT_SCALE_FACTOR": str(int(scale) / 100)}
        command = [sys.executable, "-m", "tests.screenshots", str(folder), scale]
        subprocess.run(command, env=environment, check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


def take_all(folder: Path, scale: str) -> None:
    """Walk once for each language and appearance, at one scale."""
    application = QApplication(sys.argv[:1])
    dress_application(application)
    for language in ("en", "pl"):
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            with tempfile.TemporaryDirectory() as scratch:
                preferences = Preferences(Path(scratch) / "window.ini")
                preferences.language = language
                style = Style(application, appearance)
                vault = Path(scratch) / "wallet.mikrofolio"
                session = Session(Tasks(), style, preferences, vault)
                words = QtWords(application, session)
                window = MainWindow(session)
                window.resize(*SCALES[scale])
                window.show()
                Photographer(window, folder, f"{language}-{appearance.value}-{scale}").walk()
                window.close()
                words.unload()


if __name__ == "__main__":
    sys.exit(main())
