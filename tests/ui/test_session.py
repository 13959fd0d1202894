"""What surrounds the path: locking, the passphrase, what is remembered, and starting at all."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.actions import unlocking
from wallet.errors import WrongPassphrase
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.dialogs.passphrase import PassphraseDialog
from wallet.ui.drops import files_of
from wallet.ui.idle import Idle
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.settings import SettingsPage
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.themes import Appearance
from wallet.ui.widgets.places import Place

from .people import press, says, the

Wait = Callable[[], None]


def test_the_passphrase_can_be_changed(
    window: MainWindow, session: Session, idle: Wait, tmp_path: Path
) -> None:
    path = tmp_path / "changed.mikrofolio"
    session.tasks.ask(window, lambda: unlocking.create(path, "the old one"), session.opened)
    idle()
    window.show_place(Place.SETTINGS)
    idle()
    assert says(the(window, SettingsPage), str(path))
    press(window, safe.OPEN_SECURITY)
    idle()
    press(window, labels.CHANGE_PASSPHRASE)
    dialog = the(window, PassphraseDialog)
    dialog.fields.first.setText("another lamp under seven rivers")
    dialog.fields.second.setText("another lamp under seven rivers")
    dialog.save.click()
    idle()
    assert says(window, "The new passphrase is in force.")
    session.lock()
    idle()
    with pytest.raises(WrongPassphrase):
        unlocking.unlock(path, "the old one")
    unlocking.unlock(path, "another lamp under seven rivers").close()


def test_the_demonstration_leaves_nothing_behind(
    window: MainWindow, session: Session, idle: Wait
) -> None:
    window.open_demonstration()
    idle()
    folder = session.open_wallet.path.parent
    assert folder.exists()
    assert says(window, "15 October 2024")
    session.lock()
    idle()
    assert not folder.exists()
    assert not says(window, "15 October 2024")


def test_nobody_there_is_noticed(qapp: QApplication, qtbot: QtBot, window: MainWindow) -> None:
    watcher = Idle(qapp, window, interval=50)
    with qtbot.waitSignal(watcher.reached, timeout=5000):
        pass
    qapp.removeEventFilter(watcher)


def test_language_and_appearance_are_remembered(tmp_path: Path) -> None:
    first = Preferences(tmp_path / "window.ini")
    first.language, first.appearance = "pl", Appearance.DARK
    first.write()
    again = Preferences(tmp_path / "window.ini")
    assert again.language == "pl"
    assert again.appearance is Appearance.DARK


def test_only_files_of_this_computer_are_taken_from_a_drop() -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/a.json"), QUrl.fromLocalFile("/tmp/a.json")])  # noqa: S108 -- a name, nothing is written
    assert files_of(data) == [Path("/tmp/a.json")]  # noqa: S108 -- the same


def test_an_error_that_nobody_handles_is_said_in_a_dialog(
    window: MainWindow, session: Session, idle: Wait
) -> None:
    def fail() -> None:
        raise WrongPassphrase

    session.tasks.ask(window, fail, lambda _: None)
    idle()
    assert says(window, "This passphrase does not open the wallet")


def test_the_window_starts_and_ends(tmp_path: Path) -> None:
    code = (
        "import threading, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication, QMetaObject, Qt\n"
        "from wallet.ui.app import run\n"
        "def leave():\n"
        "    app, queued = QCoreApplication.instance(), Qt.ConnectionType.QueuedConnection\n"
        "    QMetaObject.invokeMethod(app, 'quit', queued)\n"
        "threading.Timer(4, leave).start()\n"
        "sys.exit(run([], Path(sys.argv[1]), demonstration=True))\n"
    )
    environment = os.environ | {
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_CONFIG_HOME": str(tmp_path),
        "QT_LOGGING_RULES": "qt.qpa.*=false",
    }
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "w.mikrofolio")],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    assert "Traceback" not in ended.stderr
