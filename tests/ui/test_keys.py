"""Keyboard, wheel and focus: Enter presses, the wheel scrolls, and focus stays where it was."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from wallet.texts import labels
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.gate import CreatePage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.pages.settings import SettingsPage
from wallet.ui.widgets.places import Place

from .people import press, says, the
from .test_path import PASSPHRASE, make_wallet, save_as

Idle = Callable[[], None]


def turn(field: QWidget) -> None:
    """Turn the wheel over a field by one notch."""
    place = QPointF(field.rect().center())
    event = QWheelEvent(
        place,
        QPointF(field.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def test_the_wheel_changes_no_choice_that_has_no_focus(window: MainWindow, idle: Idle) -> None:
    window.activateWindow()
    window.show_place(Place.SETTINGS)
    idle()
    field = window.page(SettingsPage).appearance
    before = field.currentIndex()
    field.setCurrentIndex(0)
    field.clearFocus()
    turn(field)
    assert field.currentIndex() == 0
    field.setFocus()
    turn(field)
    assert field.currentIndex() == 1
    field.setCurrentIndex(before)


def test_enter_presses_the_button_that_has_the_focus(window: MainWindow, idle: Idle) -> None:
    window.activateWindow()
    for name, place in ((labels.CHECK, Place.CHECK), (labels.SETTINGS, Place.SETTINGS)):
        wanted = window.session(name)
        made = [b for b in window.sidebar.findChildren(QPushButton) if b.text() == wanted]
        made[0].setFocus()
        QTest.keyClick(made[0], Qt.Key.Key_Return)
        assert window.place is place
    window.show_place(Place.CREDENTIALS)
    create = [b for b in window.findChildren(QPushButton) if b.isVisible()]
    wanted = window.session(labels.WAY_CREATE)
    first = next(b for b in create if b.text() == wanted)
    first.setFocus()
    QTest.keyClick(first, Qt.Key.Key_Enter)
    idle()
    the(window, CreatePage)


def test_focus_stays_on_the_button_that_works(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    window.activateWindow()
    make_wallet(window, idle)
    window.session.lock()
    idle()
    page = the(window, UnlockPage)
    page.field.setText("wrong")
    page.unlock.setFocus()
    page.unlock.click()
    assert window.focusWidget() is page.unlock
    idle()
    assert window.focusWidget() is page.field
    page.field.setText(PASSPHRASE)
    page.unlock.click()
    idle()
    window.open_demonstration()
    idle()
    window.present(window.page(CredentialsPage).rows()[0].id)
    idle()
    present = the(window, PresentPage)
    present.make.setFocus()
    press(window, labels.SAVE_FILE)
    save_as(window, tmp_path / "shown.json", idle)
    assert window.focusWidget() is present.make
    assert not present.make.waiting


def test_no_part_is_ever_a_window_of_its_own(window: MainWindow, idle: Idle, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.open_demonstration()
    idle()
    for place in Place:
        window.show_place(place)
        idle()
        assert window.isActiveWindow(), place


def test_the_first_card_is_current_for_whoever_comes_by_keyboard(
    window: MainWindow, idle: Idle, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.open_demonstration()
    idle()
    cards = window.page(CredentialsPage).list
    window.page(CredentialsPage).search.setFocus()
    assert not cards.selectedIndexes()
    cards.setFocus(Qt.FocusReason.TabFocusReason)
    assert [index.row() for index in cards.selectedIndexes()] == [0]


def test_a_deletion_is_taken_back_by_a_key_and_from_the_trash(
    window: MainWindow, idle: Idle, qtbot: QtBot
) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.open_demonstration()
    idle()
    first = window.page(CredentialsPage).rows()[0]

    def there() -> bool:
        return first.id in [row.id for row in window.page(CredentialsPage).rows()]

    window.delete(first.id, first.title)
    idle()
    assert not there()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    idle()
    assert there()
    window.delete(first.id, first.title)
    idle()
    press(window, labels.TRASH)
    idle()
    assert says(window, first.title)
    press(window, labels.PUT_BACK)
    idle()
    assert says(window, window.session(labels.TRASH_EMPTY))
    window.show_place(Place.CREDENTIALS)
    idle()
    assert there()
