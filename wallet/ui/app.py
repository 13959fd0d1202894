"""Starting the window: Qt, its own translation, the looks, and what the person asked to see."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from wallet.actions import unlocking
from wallet.resources import resource
from wallet.ui.away import Away
from wallet.ui.clipboard import ClipboardGuard
from wallet.ui.idle import MINUTE, Idle
from wallet.ui.instance import Instance
from wallet.ui.main_window import MainWindow
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.style import Style
from wallet.ui.sweeping import Sweeper
from wallet.ui.tasks import Tasks

HEARTBEAT = 300
"""Milliseconds in which a signal to the process is noticed."""


def run(files: Sequence[str | Path], vault: Path | None, demonstration: bool = False) -> int:
    """Open the window, show what is in `files`, and return the exit status when it is closed.

    `vault` is the wallet's folder, None the platform's place for it. With `demonstration` the
    example wallet is open at once. Where a window is open for the same wallet already, that one
    takes the files and comes to the front, and this start ends.
    """
    application = QApplication(sys.argv[:1])
    dress_application(application)
    paths = [Path(name) for name in files]
    place = vault or unlocking.default_path()
    instance = Instance(place)
    if not demonstration and instance.hand_over(paths):
        return 0
    instance.listen()
    preferences = Preferences()
    style = Style(application, preferences.appearance)
    session = Session(Tasks(), style, preferences, place)
    words = QtWords(application, session)
    session.language_changed.connect(words.load)
    window = MainWindow(session)
    instance.received.connect(window.called)
    guard = ClipboardGuard(window)
    idle = Idle(application, window, preferences.idle_minutes * MINUTE)
    session.idle_changed.connect(lambda: idle.set_interval(preferences.idle_minutes * MINUTE))
    for leaving in (idle.reached, Away(window).left):
        leaving.connect(session.lock)
    session.wallet_changed.connect(guard.clear)
    Sweeper(window)
    window.show()
    if demonstration:
        window.open_demonstration()
    if paths:
        window.check_files(paths)
    with ending_by_signal(application):
        status = application.exec()
    guard.clear()
    session.end()
    return status


@contextmanager
def ending_by_signal(application: QApplication) -> Iterator[None]:
    """Let Ctrl+C and an ordinary kill end the program as closing the window does.

    Python sees a signal only when it runs: a heartbeat lets it run at least so often.
    """
    heartbeat = QTimer()
    heartbeat.timeout.connect(lambda: None)
    heartbeat.start(HEARTBEAT)
    ends = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(end, lambda *_: application.quit()) for end in ends]
    try:
        yield
    finally:
        heartbeat.stop()
        for end, handler in zip(ends, before, strict=True):
            signal.signal(end, handler)


def dress_application(application: QApplication) -> None:
    """Give the application its name and icon."""
    application.setApplicationName("Mikrofolio")
    application.setDesktopFileName("mikrofolio")
    application.setWindowIcon(QIcon(str(resource("icons", "mikrofolio.svg"))))


class QtWords:
    """Qt's own words (file dialogs, context menus) in the session's language."""

    def __init__(self, application: QApplication, session: Session) -> None:
        self._application, self._session = application, session
        self._translator: QTranslator | None = None
        self.load()

    def load(self) -> None:
        """Replace them by those of the language chosen."""
        self.unload()
        locale = QLocale(self._session.texts.language)
        QLocale.setDefault(locale)
        self._translator = QTranslator(self._application)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(locale, "qtbase", "_", folder):
            self._application.installTranslator(self._translator)

    def unload(self) -> None:
        """Take them away again."""
        if self._translator is not None:
            self._application.removeTranslator(self._translator)
            self._translator = None
