"""Plain text on the screen: wrapped or elided, never clipped, never interpreted; can be copied."""

import html
import re
import unicodedata
from typing import ClassVar

from PySide6.QtCore import QCoreApplication, QPointF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from wallet.ui.clipboard import copy_text

_STEERING = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
"""Unicode categories that steer instead of being seen."""
_HARMLESS = {"\n", "\t", "\u200c", "\u200d"}
"""Line ends, and the joiners without which some scripts are misspelt."""
_FAINT = 40
"""Opacity, of 255, of the ground of a text that has the focus."""
_WIDEST = 46
"""Characters of the width that a wrapped text would like to have."""
_MOST_HEIGHTS = 32
"""Of one text, each at another width."""


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
    """A text over as many lines as it needs; breaks inside a word where nothing else helps.

    It can be selected with the mouse and copied, whole where nothing is selected. What is made to
    be copied (role "fixed": paths, keys, hashes, addresses) can be reached by the keyboard, too.
    """

    selectable: ClassVar[bool] = True

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._anchor = self._cursor = 0
        self._heights: dict[tuple[int, str, str], int] = {}
        if role:
            self.setProperty("role", role)
        if self.selectable:
            tabbed = role == "fixed"
            policy_ = Qt.FocusPolicy.StrongFocus if tabbed else Qt.FocusPolicy.ClickFocus
            self.setFocusPolicy(policy_)
            self.setCursor(Qt.CursorShape.IBeamCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set(text)

    def set(self, text: str) -> None:
        """Show another text."""
        self._anchor = self._cursor = 0
        self.setText(visible(text).strip())
        self.updateGeometry()

    @property
    def selected(self) -> str:
        """The part that is selected, "" where nothing is."""
        return self.text()[slice(*sorted((self._anchor, self._cursor)))]

    def select(self, start: int, end: int) -> None:
        """Select the characters from `start` up to `end`."""
        self._anchor, self._cursor = start, end
        self.update()

    def copy(self) -> None:
        """Put what is selected, else the whole text, on the clipboard."""
        copy_text(self.selected or self.text())

    def hasHeightForWidth(self) -> bool:  # noqa: D102 -- Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102 -- Qt's name
        # A page asks ten times for each of its texts while it finds its own size.
        self.ensurePolished()
        asked = (width, self.text(), self.font().key())
        if asked not in self._heights:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            layout, self._heights[asked] = self._lay_out(width)
            del layout
        return self._heights[asked]

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
        if self.hasFocus() and self.focusPolicy() is Qt.FocusPolicy.StrongFocus:
            self._show_focus(painter)
        layout.draw(painter, QPointF(0, top), self._selections())
        painter.end()

    def _show_focus(self, painter: QPainter) -> None:
        ink = painter.pen()
        colour = self.palette().color(QPalette.ColorRole.Highlight)
        painter.setPen(QPen(colour, 1))
        colour.setAlpha(_FAINT)
        painter.setBrush(colour)
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(ink)

    def _selections(self) -> list[QTextLayout.FormatRange]:
        if self._anchor == self._cursor:
            return []
        chosen = QTextLayout.FormatRange()
        chosen.start = min(self._anchor, self._cursor)
        chosen.length = abs(self._anchor - self._cursor)
        ink = chosen.format
        ink.setBackground(self.palette().brush(QPalette.ColorRole.Highlight))
        ink.setForeground(self.palette().brush(QPalette.ColorRole.HighlightedText))
        chosen.format = ink
        return [chosen]

    def _position(self, point: QPointF) -> int:
        layout, _height = self._lay_out(self.width())
        last = layout.lineCount() - 1
        for number in range(last + 1):
            line = layout.lineAt(number)
            if point.y() < line.y() + line.height() or number == last:
                return int(line.xToCursor(point.x()))
        return 0

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: D102 -- Qt's name
        if not self.selectable:
            super().mousePressEvent(event)
        elif event.button() is Qt.MouseButton.LeftButton:
            place = self._position(event.position())
            self.select(place, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: D102 -- Qt's name
        if self.selectable and event.buttons() & Qt.MouseButton.LeftButton:
            self.select(self._anchor, self._position(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: D102 -- Qt's name
        place = self._position(event.position())
        for word in re.finditer(r"\S+", self.text()):
            if self.selectable and word.start() <= place <= word.end():
                self.select(*word.span())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select(0, len(self.text()))
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: D102 -- Qt's name
        if not self.selectable:
            return
        # Qt's own words, of which the language's translation is loaded.
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = QCoreApplication.translate
        menu.addAction(words("QWidgetTextControl", "&Copy"), self.copy)
        whole = menu.addAction(words("QWidgetTextControl", "Select All"))
        whole.triggered.connect(lambda: self.select(0, len(self.text())))
        menu.popup(event.globalPos())

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.select(0, 0)
        super().focusOutEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        super().focusInEvent(event)
        self.update()

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
