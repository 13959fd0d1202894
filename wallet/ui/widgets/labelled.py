"""Fields with their names: a line under its name, a box beside its words, a line for a secret."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from wallet.texts import Message
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import column, row
from wallet.ui.widgets.plain import Paragraph


def secret_line(name: str) -> QLineEdit:
    """Make a field that shows no characters, with its name for a screen reader."""
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class _TickText(Paragraph):
    """The words of a box: a click on them is a click on the box."""

    selectable = False

    def __init__(self, box: QCheckBox, text: str) -> None:
        super().__init__(text)
        self._box = box
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setBuddy(box)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._box.toggle()


def ticked(box: QCheckBox, text: str) -> QHBoxLayout:
    """Put a text that can wrap beside a box, which cannot wrap its own."""
    layout = row(spacing=GRID // 2)
    layout.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(_TickText(box, text), 1)
    return layout


def labelled(session: Session, name: Message, field: QWidget) -> QVBoxLayout:
    """Put a field under its name, to which it is bound for screen readers."""
    layout = column(GRID // 2)
    label = Paragraph(session(name), "strong")
    label.setBuddy(field)
    layout.addWidget(label)
    layout.addWidget(field)
    return layout
