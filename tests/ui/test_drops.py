"""Dropping files on the window, by the events that a desktop sends."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from tests.ui.people import the
from wallet.actions.demonstrating import tour_mail
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.widgets.places import Place

Idle = Callable[[], None]


def _drop(window: MainWindow, urls: Sequence[QUrl]) -> bool:
    """Enter and drop; returns whether the window took it."""
    data = QMimeData()
    data.setUrls(list(urls))
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    middle = window.rect().center()
    enter = QDragEnterEvent(middle, copy, data, left, none)
    QApplication.sendEvent(window, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(middle), copy, data, left, none, QEvent.Type.Drop)
    QApplication.sendEvent(window, drop)
    return drop.isAccepted()


def _mail() -> QUrl:
    return QUrl.fromLocalFile(str(tour_mail()))


def test_a_mail_dropped_before_any_wallet_exists_is_checked(window: MainWindow, idle: Idle) -> None:
    assert _drop(window, [_mail()])
    idle()
    assert window.place is Place.CHECK
    assert the(window, CheckPage).isVisible()


def test_a_mail_dropped_on_the_wallet_is_brought_in(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    before = len(the(window, CredentialsPage).rows())
    assert _drop(window, [_mail()])
    idle()
    assert len(window.page(CredentialsPage).rows()) == before + 1


def test_an_address_of_the_web_is_not_taken(window: MainWindow, idle: Idle) -> None:
    assert not _drop(window, [QUrl("https://university.example/credential.jsonld")])
    idle()
    assert window.place is Place.CREDENTIALS
