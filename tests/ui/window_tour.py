"""A tour through the window that tests/test_nothing_in_clear.py watches; no test by itself."""

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from tests.test_nothing_in_clear import LETTER, OUT
from wallet.texts import labels
from wallet.ui.clipboard import copy_text
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.widgets.places import Place

from .people import press, the
from .test_path import bring_in, make_wallet, save_as


def test_the_tour(window: MainWindow, idle: Callable[[], None]) -> None:
    letter, out = Path(os.environ[LETTER]), Path(os.environ[OUT])
    make_wallet(window, idle)
    bring_in(window, idle, letter).accept()
    idle()
    row = the(window, CredentialsPage).rows()[0]
    window.page(CredentialsPage).search.setText("climate")
    idle()
    window.open_entry(row.id)
    idle()
    copy_text(row.title)
    window.show_place(Place.PROGRESS)
    idle()
    window.present(row.id)
    idle()
    the(window, PresentPage).whom.setText("Example Employer")
    press(window, labels.SAVE_FILE)
    save_as(window, out / "shown.json", idle)
    window.check_files([letter])
    idle()
    window.session.set_language("pl")
    idle()
    window.delete(row.id, row.title)
    idle()
    window.session.preferences.write()
    window.session.lock()
    idle()
    QGuiApplication.clipboard().clear()
