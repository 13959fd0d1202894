"""Fields that a turn of the wheel cannot change by accident: a choice among some, and a day."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QStyledItemDelegate


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
