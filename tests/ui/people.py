"""What a person does in the window, for tests: find, press, type, and read what is shown."""

from collections.abc import Iterator
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget

from wallet.texts import Message
from wallet.ui.main_window import MainWindow
from wallet.ui.widgets.plain import button_text

Part = TypeVar("Part", bound=QWidget)


def the(within: QWidget, kind: type[Part]) -> Part:
    """Find the one visible part of a kind."""
    found = [part for part in within.findChildren(kind) if part.isVisible()]
    assert len(found) == 1, f"{len(found)} {kind.__name__} are visible"
    return found[0]


def press(window: MainWindow, message: Message, within: QWidget | None = None) -> None:
    """Press the visible, enabled button with this text."""
    wanted = button_text(window.session(message))
    found = [
        b
        for b in (within or window).findChildren(QAbstractButton)
        if b.text() == wanted and b.isVisible() and b.isEnabled()
    ]
    assert found, f"no button {wanted!r}"
    found[0].click()


def words(within: QWidget) -> list[str]:
    """Every text that is visible on labels and buttons."""
    labels = [x.text() for x in within.findChildren(QLabel) if x.isVisible()]
    buttons = [x.text() for x in within.findChildren(QAbstractButton) if x.isVisible()]
    return [text for text in (*labels, *buttons) if text]


def says(within: QWidget, text: str) -> bool:
    """Whether something visible contains this text."""
    return any(text in shown for shown in words(within))


def dialogs(window: MainWindow) -> Iterator[QDialog]:
    """The visible dialogs."""
    return (dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())
