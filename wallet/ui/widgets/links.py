"""Texts with addresses in them: each is shown whole, and opens only after a question."""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.texts import looking as looks
from wallet.ui.dialogs.links import LinkDialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import column, group
from wallet.ui.widgets.plain import Paragraph

_ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]}]")
_MOST = 40
"""Addresses of one element that can be opened; the others are text."""
_BESIDE = 40
"""Characters beside an address up to which the whole line is the link."""


class Link(Paragraph):
    """A text with one address that a click, Enter or Space asks about; a drag selects it."""

    def __init__(self, session: Session, address: str, text: str) -> None:
        super().__init__(text, "address")
        self._session, self._address = session, address
        self.setAccessibleName(session(looks.LINKS_OPEN, address=address))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def ask(self) -> None:
        """Show the address and ask whether to open it."""
        LinkDialog(self.window(), self._session, self._address, looks.LINK_STATED_TEXT).open()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: D102 -- Qt's name
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and not self.selected:
            self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.ask()
        else:
            super().keyPressEvent(event)


def linked(session: Session, lines: Sequence[str]) -> QWidget:
    """Put lines of text into a widget, with a `Link` for the first address in each of them."""
    layout = column(2)
    plain: list[str] = []
    links = 0
    for text in lines:
        found = _ADDRESS.search(text) if links < _MOST else None
        if found is None:
            plain.append(text)
            continue
        links += 1
        short = len(text) - len(found[0]) <= _BESIDE
        if not short:
            plain.append(text)
        _add_plain(layout, plain)
        layout.addWidget(_top(Link(session, found[0], text if short else found[0])))
    _add_plain(layout, plain)
    layout.addStretch(1)
    return group(layout)


def _add_plain(layout: QVBoxLayout, plain: list[str]) -> None:
    if plain:
        layout.addWidget(_top(Paragraph("\n".join(plain))))
        plain.clear()


def _top(text: Paragraph) -> Paragraph:
    text.setAlignment(Qt.AlignmentFlag.AlignTop)
    return text
