"""What all our dialogs share: a title in words, a column that scrolls, buttons at the end."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from wallet.texts import labels
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Page, button, column, row
from wallet.ui.widgets.plain import Paragraph, one_line

_TALLEST = 0.85
"""Share of the screen's height that a dialog takes before it scrolls."""


class Dialog(QDialog):
    """A window-modal dialog, gone when closed; `end` adds the buttons and must be called last."""

    def __init__(self, parent: QWidget, session: Session, title: str, width: int = 560) -> None:
        super().__init__(parent)
        self.session = session
        self._width = width
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(one_line(title))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(min(width, 400))
        self._outer = column(GRID * 2, GRID * 3)
        self.setLayout(self._outer)
        self._outer.addWidget(Paragraph(title, "head"))
        self._page = Page(width, margin=0)
        self.body = self._page.body
        self.body.setSpacing(GRID * 2)
        self._outer.addWidget(self._page, 1)

    def end(self, *buttons: QWidget, close: bool = True) -> None:
        """Add the last row, with "Close" in it unless one of `buttons` closes."""
        self.body.addStretch(1)
        made = list(buttons)
        if close:
            made.append(button(self.session.style, self.session(labels.CLOSE), self.reject))
        self._outer.addLayout(row(None, *made))

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102 -- Qt's name
        self.fit()
        super().showEvent(event)

    @Slot()
    def fit(self) -> None:
        """Become as high as what is in it now, up to a share of the screen."""
        with self._page.settled():
            pass  # nothing changes here: what has changed before takes its place
        self.resize(self._width, self._wanted_height())

    def _wanted_height(self) -> int:
        inside = self._width - 2 * GRID * 3
        content = self._page.height_for(inside)
        self._outer.invalidate()  # it keeps the page's size of before
        around = self._outer.totalHeightForWidth(self._width) - self._page.sizeHint().height()
        most = int(self.screen().availableGeometry().height() * _TALLEST)
        return min(content + max(around, 0) + GRID, most)
