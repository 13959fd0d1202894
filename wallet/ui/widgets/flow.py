"""A row that goes on below where it does not fit: for buttons, whose texts cannot be wrapped.

What stands in one line is centred on it.
"""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from wallet.ui.themes import GRID


class Flow(QLayout):
    """Places its items from left to right at their own size, and starts new lines as needed."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(GRID)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:  # noqa: D102 -- Qt's name
        self._items.append(item)

    def count(self) -> int:  # noqa: D102 -- Qt's name
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: D102 -- Qt's name; None ends Qt's walk
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: D102 -- the same
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: D102 -- Qt's name
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:  # noqa: D102 -- Qt's name
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: D102 -- Qt's name
        return self._place(QRect(0, 0, width, 0), really=False)

    def sizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:  # noqa: D102 -- Qt's name
        sizes = [item.minimumSize() for item in self._shown()]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def setGeometry(self, rect: QRect) -> None:  # noqa: D102 -- Qt's name
        super().setGeometry(rect)
        self._place(rect, really=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, really: bool) -> int:
        top = rect.top()
        for number, line in enumerate(self._lines(rect.width())):
            top += self.spacing() if number else 0
            height, left = max(item.sizeHint().height() for item in line), rect.left()
            for item in line if really else ():
                size = item.sizeHint()
                width = min(size.width(), rect.width())
                middle = top + (height - size.height()) // 2
                item.setGeometry(QRect(QPoint(left, middle), QSize(width, size.height())))
                left += size.width() + self.spacing()
            top += height
        return top - rect.top()

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            wanted = item.sizeHint().width()
            if not lines or left + wanted > width:
                lines.append([])
                left = 0
            lines[-1].append(item)
            left += wanted + self.spacing()
        return lines
