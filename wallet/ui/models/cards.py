"""How a credential looks in the list: a card with title, awarding body, facts and state."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from wallet.ui.models.entries import ROW, Row
from wallet.ui.style import Style
from wallet.ui.themes import GRID, ICONS_OF_COLOURS

_PADDING = GRID * 2
_GAP = GRID
"""Pixels between two cards."""
_ICON = 18
_BOX = 20
"""Pixels of the box while several are chosen."""
_NARROW = 620
"""Pixels of a card below which the state goes under the facts."""


class CardDelegate(QStyledItemDelegate):
    """Paints a row as a card; everything that does not fit is elided."""

    def __init__(self, style: Style, parent: QObject) -> None:
        super().__init__(parent)
        self._style = style
        self.boxes = False
        """Whether each card has a box that says whether it is chosen."""

    def sizeHint(  # noqa: D102 -- Qt's name
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        lines = 4 if option.widget.width() < _NARROW else 3
        more = GRID + 4 if lines == 4 else 0
        height = lines * (QFontMetrics(option.font).height() + 4) + more + 2 * _PADDING + _GAP - 4
        return QSize(200, height)

    def paint(  # noqa: D102 -- Qt's name
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        found: Row = index.data(ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = option.rect.adjusted(1, 1, -1, -_GAP - 1)
        self._ground(painter, option, card)
        inner = card.adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        if self.boxes:
            self._box(painter, option, inner)
            inner.setLeft(inner.left() + _BOX + _PADDING)
        metrics = QFontMetrics(option.font)
        line = metrics.height() + 4
        narrow = option.rect.width() < _NARROW
        room = inner.width() if narrow else inner.width() - self._badge_room(inner, found, metrics)
        strong = QFont(option.font)
        strong.setWeight(QFont.Weight.DemiBold)
        theme = self._style.theme
        rows = ((found.title, strong, theme.text), (found.body, option.font, theme.text))
        for number, (text, font, colour) in enumerate(
            (*rows, (found.facts, option.font, theme.muted))
        ):
            where = QRect(inner.left(), inner.top() + number * line, room - GRID, line)
            _draw(painter, where, text, font, colour)
        self._badge(painter, option, inner, found, narrow)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
        theme, flags = self._style.theme, option.state
        selected = bool(flags & QStyle.StateFlag.State_Selected)
        focused = bool(flags & QStyle.StateFlag.State_HasFocus)
        hovered = bool(flags & QStyle.StateFlag.State_MouseOver)
        chosen = selected and self.boxes
        ground = theme.accent_soft if chosen else theme.hover if hovered else theme.surface
        painter.setBrush(QColor(ground))
        marked = focused and (selected or self.boxes)
        painter.setPen(QPen(QColor(theme.accent if marked else theme.line), 2 if marked else 1))
        painter.drawRoundedRect(card, 10, 10)

    def _box(self, painter: QPainter, option: QStyleOptionViewItem, inner: QRect) -> None:
        theme, chosen = self._style.theme, bool(option.state & QStyle.StateFlag.State_Selected)
        box = QRect(inner.left(), inner.center().y() - _BOX // 2, _BOX, _BOX)
        painter.setPen(QPen(QColor(theme.accent if chosen else theme.field_line), 1))
        painter.setBrush(QColor(theme.accent if chosen else theme.surface))
        painter.drawRoundedRect(box, 4, 4)
        if chosen:
            ticked = self._style.pixmap(
                "tick", theme.on_accent, _BOX, painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(box.left(), box.top(), ticked)

    def _badge_room(self, inner: QRect, found: Row, metrics: QFontMetrics) -> int:
        wanted = metrics.horizontalAdvance(found.state) + _ICON + 3 * GRID
        return min(wanted, inner.width() * 45 // 100)

    def _badge(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        inner: QRect,
        found: Row,
        narrow: bool,
    ) -> None:
        metrics = QFontMetrics(option.font)
        height = metrics.height() + GRID
        pair = self._style.theme.pair(found.standing.state.colour)
        if narrow:
            width = min(metrics.horizontalAdvance(found.state) + _ICON + 3 * GRID, inner.width())
            box = QRect(inner.left(), inner.bottom() - height + 1, width, height)
        else:
            width = self._badge_room(inner, found, metrics)
            box = QRect(inner.right() - width + 1, inner.center().y() - height // 2, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(pair.ground))
        painter.drawRoundedRect(box, 9, 9)
        density = painter.device().devicePixelRatioF()
        name = ICONS_OF_COLOURS[found.standing.state.colour]
        picture = self._style.pixmap(name, pair.ink, _ICON, density)
        painter.drawPixmap(box.left() + GRID, box.center().y() - _ICON // 2 + 1, picture)
        words = box.adjusted(GRID + _ICON + GRID // 2, 0, -GRID // 2, 0)
        _draw(painter, words, found.state, option.font, pair.ink)


def _draw(painter: QPainter, where: QRect, text: str, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, where.width())
    painter.drawText(where, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
