"""A bar of three parts: what is certain, lighter what is open, and hatched what is planned."""

from decimal import Decimal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar

from wallet.ui.models.earned import Earned
from wallet.ui.style import Style

_FAINT = 110
"""Opacity, of 255, of the part that is open."""


class ShareBar(QProgressBar):
    """Its words are the accessible name; the colours only repeat them."""

    def __init__(self, style: Style, found: Earned, words: str) -> None:
        super().__init__()
        self._style, self._found = style, found
        self.setTextVisible(False)
        self.setRange(0, int(found.needed * 100))
        self.setValue(min(int(found.certain * 100), self.maximum()))
        self.setAccessibleName(words)
        style.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        theme, found = self._style.theme, self._found
        faint = QColor(theme.accent)
        faint.setAlpha(_FAINT)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        hatched = QBrush(QColor(theme.accent), Qt.BrushStyle.BDiagPattern)
        for amount, brush in (
            (found.needed, QBrush(QColor(theme.line))),
            (found.certain + found.open + found.planned if found.planned else Decimal(0), hatched),
            (found.certain + found.open, QBrush(faint)),
            (found.certain, QBrush(QColor(theme.accent))),
        ):
            if amount > 0:
                share = min(float(amount / found.needed), 1.0)
                painter.setBrush(brush)
                radius = self.height() / 2
                part = QRectF(0, 0, self.width() * share, self.height())
                painter.drawRoundedRect(part, radius, radius)
        painter.end()
