"""A real window on a real vault in a temporary folder; no display, no user's settings."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.actions.wallet import now
from wallet.ui.main_window import MainWindow
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks
from wallet.ui.themes import Appearance

WAIT = 20_000
"""Milliseconds that a slow machine may take for one answer of the worker."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the offscreen platform say that it knows no smallest size of a window; it has none."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture
def crashes() -> list[Exception]:
    """Bugs that came out of the worker: a test that ends with one has failed."""
    return []


@pytest.fixture
def session(qapp: QApplication, tmp_path: Path, crashes: list[Exception]) -> Iterator[Session]:
    """A session without a wallet, whose vault would lie in the temporary folder."""
    preferences = Preferences(tmp_path / "window.ini")
    preferences.language = "en"
    style = Style(qapp, Appearance.LIGHT)
    made = Session(Tasks(), style, preferences, tmp_path / "test.mikrofolio", clock=now)
    made.tasks.crashed.connect(crashes.append)
    yield made
    made.end()
    assert not crashes, crashes


@pytest.fixture
def window(qtbot: QtBot, session: Session) -> Iterator[MainWindow]:
    """The window, shown."""
    made = MainWindow(session)
    session.tasks.crashed.disconnect(made.show_crash)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def idle(qtbot: QtBot, session: Session) -> Callable[[], None]:
    """Wait until the worker has answered everything and the pages have shown it."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not session.tasks.busy, timeout=WAIT)
        qtbot.wait(180)
        qtbot.waitUntil(lambda: not session.tasks.busy, timeout=WAIT)

    return wait
