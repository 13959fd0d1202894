"""Python's garbage is collected in the UI thread alone.

A collection runs in whichever thread happens to trigger it, and deleting a window's part from the
worker thread ends the program. So the automatic collection is off and this timer does the same.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000
"""Milliseconds between two looks at the counters."""


class Sweeper(QObject):
    """Collects what the automatic collection would have collected, and no more."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=_EVERY)
        timer.timeout.connect(self._sweep)
        timer.start()

    def _sweep(self) -> None:
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit
        ]
        if due:
            gc.collect(max(due))
