"""What is copied from the window does not stay on the clipboard.

Every way of copying ends in the same place (our buttons, a field's own Ctrl+C, a selection with
the mouse), so it is the clipboard that is watched, not the ways.
"""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

TWO_MINUTES = 2 * 60 * 1000
"""Milliseconds: long enough to find the place to paste in."""

_HINTS = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"1",
    "application/x-nspasteboard-concealed-type": b"text",
}
"""What asks the clipboard histories of KDE, Windows and macOS not to write a text down."""


def copy_text(text: str) -> None:
    """Put `text` on the clipboard, marked for clipboard histories as not to be kept."""
    data = QMimeData()
    data.setText(text)
    for form, value in _HINTS.items():
        data.setData(form, value)
    QGuiApplication.clipboard().setMimeData(data)


class ClipboardGuard(QObject):
    """Takes back what this program put on the clipboard, after `interval` milliseconds.

    What another program has put there meanwhile is left alone.
    """

    def __init__(self, parent: QObject, interval: int = TWO_MINUTES) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=interval, singleShot=True)
        self._timer.timeout.connect(self.clear)
        clipboard = QGuiApplication.clipboard()
        clipboard.dataChanged.connect(self._changed)
        clipboard.selectionChanged.connect(self._changed)

    def _changed(self) -> None:
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard() or clipboard.ownsSelection():
            self._timer.start()

    def clear(self) -> None:
        """Take it back now: the wallet is locked, or the program ends."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear(QClipboard.Mode.Clipboard)
        if clipboard.ownsSelection():
            clipboard.clear(QClipboard.Mode.Selection)
