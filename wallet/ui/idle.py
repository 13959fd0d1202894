"""Noticing that nobody is there: no key, no click, no move for some time, or a long sleep."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

MINUTE = 60 * 1000
"""Milliseconds."""
_GLANCE = 10 * 1000
"""Milliseconds between two looks at the clock."""
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
    """`reached` comes after `interval` milliseconds without a sign of life, again and again.

    A timer stands still while the computer sleeps, but the clock on the wall does not: where it
    has run on by more than `interval` between two glances, the time was slept away.
    """

    reached = Signal()

    def __init__(
        self,
        app: QApplication,
        parent: QObject,
        interval: int = 5 * MINUTE,
        glance: int = _GLANCE,
        wall: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(parent)
        self._wall, self._seen = wall, wall()
        glances = QTimer(self, interval=glance)
        glances.timeout.connect(self._glance)
        glances.start()
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(self.reached)
        self._timer.start()
        app.installEventFilter(self)

    @property
    def interval(self) -> int:
        """Milliseconds."""
        return self._timer.interval()

    def set_interval(self, interval: int) -> None:
        """Take another interval, counted from now."""
        self._timer.start(interval)

    def _glance(self) -> None:
        before, self._seen = self._seen, self._wall()
        if (self._seen - before) * 1000 >= self._timer.interval():
            self.reached.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: D102 -- Qt's name
        if event.type() in _SIGNS:
            self._timer.start()
        return False
