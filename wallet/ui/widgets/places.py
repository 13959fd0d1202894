"""The sidebar, the banner above a page, the bar below it, and what an empty page says."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QWidget

from wallet.texts import Message, labels
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import (
    Button,
    Card,
    Icon,
    accent_colour,
    button,
    column,
    keep_icon,
    muted_colour,
    row,
    text_colour,
)
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Line, Paragraph, button_text, tip

_UNDO_TIME = 10_000
"""Milliseconds that the bar with "Undo" stays."""


class Place(Enum):
    """The five places of the sidebar: name, icon, and what a screen reader adds."""

    CREDENTIALS = (labels.CREDENTIALS, "credentials")
    PROGRESS = (labels.PROGRESS, "progress")
    PRESENT = (labels.PRESENT, "present")
    CHECK = (labels.CHECK, "check")
    SETTINGS = (labels.SETTINGS, "settings")

    def __init__(self, title: Message, icon: str) -> None:
        self.title = title
        self.icon = icon

    @property
    def needs_wallet(self) -> bool:
        """Checking a file and choosing a language never need one."""
        return self not in {Place.CHECK, Place.SETTINGS}


class Sidebar(QFrame):
    """The five places, and the lock below."""

    chosen = Signal(object)
    lock = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAccessibleName(session(labels.SIDEBAR))
        layout = column(GRID // 2, GRID * 2)
        self.setLayout(layout)
        title = Line("Mikrofolio", "head")
        self._title = title
        layout.addLayout(row(Icon(session.style, "mikrofolio", size=28), title, None))
        layout.addSpacing(GRID * 2)
        group = QButtonGroup(self)
        self._buttons: dict[Place, Button] = {}
        for place in Place:
            made = self._button(session, session(place.title), place.icon)
            made.setCheckable(True)
            group.addButton(made)
            made.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(place))
            layout.addWidget(made)
            self._buttons[place] = made
        layout.addStretch(1)
        self._lock = self._button(session, session(labels.LOCK_NOW), "lock")
        self._lock.clicked.connect(self.lock)
        layout.addWidget(self._lock)
        self._lock.setVisible(session.wallet is not None)

    def show_place(self, place: Place) -> None:
        """Mark where the person is."""
        self._buttons[place].setChecked(True)

    def show_lock(self, open_: bool) -> None:
        """Offer the lock while a wallet is open."""
        self._lock.setVisible(open_)

    def show_words(self, words: bool) -> None:
        """Show icons and words, or in a narrow window the icons alone; the tooltips have both."""
        self._title.setVisible(words)
        for made in (*self._buttons.values(), self._lock):
            made.setText(button_text(made.accessibleName()) if words else "")

    def _button(self, session: Session, text: str, icon: str) -> Button:
        made = Button(text)
        made.setAccessibleName(text)
        made.setToolTip(tip(text))
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        keep_icon(made, session.style, icon, text_colour)
        return made


class Banner(QFrame):
    """One quiet line above the page, with buttons at its end."""

    def __init__(self, session: Session, text: str, *buttons: QWidget, icon: str = "info") -> None:
        super().__init__()
        self.setObjectName("banner")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID)
        layout.setSpacing(GRID)
        layout.addWidget(Icon(session.style, icon, accent_colour), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(Paragraph(text), 1)
        for made in buttons:
            layout.addWidget(made)


class UndoBar(QFrame):
    """Says what was done, and takes it back; goes away by itself."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("bar")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID * 2, GRID, GRID, GRID)
        self._text = Line()
        self._undo: Callable[[], None] | None = None
        self._button = button(session.style, session(labels.UNDO), self.take_back)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._button)
        self._timer = QTimer(self, singleShot=True, interval=_UNDO_TIME)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def offer(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say `text`, with "Undo" where there is a way back."""
        self._text.set(text)
        self._undo = undo
        self._button.setVisible(undo is not None)
        self.show()
        self._timer.start()

    def take_back(self) -> None:
        """Undo what the bar tells of; nothing where it is gone or offers nothing."""
        if self.isVisible() and self._undo is not None:
            self._undo()
            self.hide()


class EmptyState(Card):
    """What an empty page says: what would be here, and how to bring the first one in."""

    def __init__(
        self, session: Session, icon: str, heading: str, text: str, *buttons: QWidget
    ) -> None:
        super().__init__(margin=GRID * 5)
        self.body.setSpacing(GRID * 2)
        self.body.addWidget(
            Icon(session.style, icon, muted_colour, 40), 0, Qt.AlignmentFlag.AlignLeft
        )
        self.add(Paragraph(heading, "head"))
        self.add(Paragraph(text, "muted"))
        if buttons:
            self.add(Flow(*buttons))
