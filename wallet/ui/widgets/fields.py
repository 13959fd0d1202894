"""Fields: a choice and a day that a turn of the wheel cannot change by accident; plain text."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QPlainTextEdit, QStyledItemDelegate


class Choice(QComboBox):
    """A choice among some. The wheel scrolls the page unless the field has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The usual delegate of a combo box knows nothing of the style sheet's rows.
        self.setItemDelegate(QStyledItemDelegate(self))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102 -- Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Day(QDateEdit):
    """A day; the wheel scrolls the page unless the field has the focus."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: D102 -- Qt's name
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class TextField(QPlainTextEdit):
    """Plain text over several lines, as high as it is told; Tab leaves it."""

    def __init__(self, name: str, text: str = "", height: int = 200) -> None:
        super().__init__(text)
        self._height = height
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)

    def sizeHint(self) -> QSize:  # noqa: D102 -- Qt's name
        # A smallest height would be overruled by the style sheet's.
        return QSize(super().sizeHint().width(), self._height)
