"""Plain text on the screen: wrapped or elided, never clipped, never interpreted."""

import html
import unicodedata

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories that steer instead of being seen."""
_HARMLESS = {"\n", "\t", "\u200c", "\u200d"}
"""Line ends, and the joiners without which some scripts are misspelt."""
_WIDEST = 46
"""Characters of the width that a wrapped text would like to have."""


def visible(text: str) -> str:
    """Show by their number the characters that hide, reorder or imitate others."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"⟨U+{ord(c):04X}⟩" if unicodedata.category(c) in _STEERING and c not in _HARMLESS else c
        for c in text.replace("\r\n", "\n")
    )


def one_line(text: str) -> str:
    """Make `visible` text of a single line."""
    return " ".join(visible(text).split())


def tip(text: str) -> str:
    """Write a tooltip that Qt will not take for HTML."""
    return f"<p style='white-space: pre-wrap'>{html.escape(visible(text))}</p>"


def button_text(text: str) -> str:
    """Write a text for a button or menu, where a single & would vanish."""
    return one_line(text).replace("&", "&&")


class Paragraph(QLabel):
    """A text over as many lines as it needs; breaks inside a word where nothing else helps."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set(text)

    def set(self, text: str) -> None:
        """Show another text."""
        self.setText(visible(text).strip())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:  # noqa: D102 -- Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102 -- Qt's name
        layout, height = self._lay_out(width)
        del layout
        return height

    def sizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        self.ensurePolished()
        metrics = self.fontMetrics()
        longest = max((metrics.horizontalAdvance(x) for x in self.text().split("\n")), default=0)
        width = min(longest + 2, metrics.averageCharWidth() * _WIDEST)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        self.ensurePolished()
        metrics = self.fontMetrics()
        words = self.text().split()
        longest = max((metrics.horizontalAdvance(word) for word in words), default=0)
        return QSize(min(longest + 2, metrics.averageCharWidth() * 16), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        layout, height = self._lay_out(self.width())
        top = 0.0
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top = max((self.height() - height) / 2, 0.0)
        layout.draw(painter, QPointF(0, top))
        painter.end()

    def _lay_out(self, width: int) -> tuple[QTextLayout, int]:
        self.ensurePolished()
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setAlignment(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        layout.setTextOption(option)
        height = 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, int(height + 0.999)


class Line(QLabel):
    """A text on one line, elided at its end; the whole of it is in the tooltip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set(text)

    def set(self, text: str) -> None:
        """Show another text."""
        self.setText(one_line(text))
        self.setToolTip(tip(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        self.ensurePolished()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        self.ensurePolished()
        metrics = self.fontMetrics()
        shortest = min(metrics.horizontalAdvance(self.text()) + 2, metrics.averageCharWidth() * 8)
        return QSize(shortest, metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        flags = self.alignment() | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), int(flags), shown)
        painter.end()
