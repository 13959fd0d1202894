"""Noticing that nobody is there: no key, no click, no move for some time."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

FIVE_MINUTES = 5 * 60 * 1000
"""Milliseconds."""
_SIGNS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class Idle(QObject):
    """`reached` comes after `interval` milliseconds without a sign of life, again and again."""

    reached = Signal()

    def __init__(self, app: QApplication, parent: QObject, interval: int = FIVE_MINUTES) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.reached)
        self._timer.start()
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: D102 -- Qt's name
        if event.type() in _SIGNS:
            self._timer.start()
        return False
