"""What the banners above the page share that ask something of the person."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Icon, accent_colour, column
from wallet.ui.widgets.plain import Paragraph

_SIDE_BY_SIDE = 760
"""Pixels from which words and buttons stand beside each other."""


class AskingBanner(QFrame):
    """An icon, words, and what can be done: beside them, or below where it is narrow."""

    def __init__(self, session: Session, text: str = "") -> None:
        super().__init__()
        self._session = session
        self.setObjectName("banner")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID)
        outer.setSpacing(GRID)
        icon = column(0)
        icon.setContentsMargins(0, GRID, 0, 0)
        icon.addWidget(Icon(session.style, "info", accent_colour))
        icon.addStretch(1)
        outer.addLayout(icon)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(GRID)
        self.text = Paragraph(text)
        self._layout.addWidget(self.text, 1)
        outer.addLayout(self._layout, 1)

    def put(self, buttons: QWidget) -> None:
        """Put what can be done behind the words."""
        self._layout.addWidget(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 -- Qt's name
        sides = self.width() >= _SIDE_BY_SIDE
        kinds = QBoxLayout.Direction
        self._layout.setDirection(kinds.LeftToRight if sides else kinds.TopToBottom)
        super().resizeEvent(event)
