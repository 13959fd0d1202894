"""Small parts: cards, rows, icons, buttons, and the layouts that keep to the grid."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from wallet.ui.style import Style
from wallet.ui.themes import GRID, Theme
from wallet.ui.widgets.plain import Paragraph, button_text

ICON = 20
"""Pixels of an icon beside text."""
COLUMN = 880
"""Pixels: the widest that a column of text becomes."""

_ROUNDS = 4
"""Layouts inside layouts that settle one after another."""

Tint = Callable[[Theme], str]


def text_colour(theme: Theme) -> str:
    """Return the colour of running text, for an icon beside it."""
    return theme.text


def muted_colour(theme: Theme) -> str:
    """Return the colour of what matters less."""
    return theme.muted


def accent_colour(theme: Theme) -> str:
    """Return the one accent."""
    return theme.accent


class Icon(QWidget):
    """One of our own drawings, in a colour of the appearance in use. Decoration: no name."""

    def __init__(self, style: Style, name: str, tint: Tint = text_colour, size: int = ICON) -> None:
        super().__init__()
        self._style, self._name, self._tint, self._size = style, name, tint, size
        self.setFixedSize(size, size)
        style.changed.connect(self.update)

    def show_icon(self, name: str, tint: Tint) -> None:
        """Draw another one."""
        self._name, self._tint = name, tint
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        colour = self._tint(self._style.theme)
        density = self.devicePixelRatioF()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._style.pixmap(self._name, colour, self._size, density))
        painter.end()


class Button(QPushButton):
    """A push button that Enter presses, too, and that keeps the focus while its work is done."""

    def __init__(self, text: str) -> None:
        super().__init__(button_text(text))
        self.waiting = False
        self.setAutoDefault(False)

    def wait(self, text: str) -> None:
        """Say what is being done, and take no press until `ready`. Disabling would move focus."""
        self.waiting = True
        self.setText(button_text(text))

    def ready(self, text: str) -> None:
        """Take presses again."""
        self.waiting = False
        self.setText(button_text(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class _ButtonIcon(QObject):
    """Keeps a button's icon in the colours of the appearance."""

    def __init__(self, button: QPushButton, style: Style, name: str, tint: Tint) -> None:
        super().__init__(button)
        self._button, self._style, self._name, self._tint = button, style, name, tint
        style.changed.connect(self.draw)
        self.draw()

    @Slot()
    def draw(self) -> None:
        """Draw it in the colour of now."""
        colour = self._tint(self._style.theme)
        self._button.setIcon(self._style.icon(self._name, colour))
        self._button.setIconSize(QSize(ICON, ICON))


def button(
    style: Style,
    text: str,
    pressed: Callable[[], object] | None = None,
    *,
    icon: str = "",
    role: str = "",
    name: str = "",
) -> Button:
    """Make a push button. `role` is "main" (one on a page), "quiet" or nothing.

    `name` is what a screen reader says where the text alone is not enough.
    """
    made = Button(text)
    if role:
        made.setProperty("role", role)
    if icon:
        _ButtonIcon(made, style, icon, _on_accent if role == "main" else text_colour)
    made.setAccessibleName(name or text)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if pressed is not None:
        made.clicked.connect(lambda: None if made.waiting else pressed())
    return made


def keep_icon(made: QPushButton, style: Style, icon: str, tint: Tint) -> None:
    """Give a button an icon that follows the appearance."""
    _ButtonIcon(made, style, icon, tint)


def _on_accent(theme: Theme) -> str:
    return theme.on_accent


def column(spacing: int = GRID * 2, margin: int = 0) -> QVBoxLayout:
    """Make a layout from top to bottom."""
    layout = QVBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(margin, margin, margin, margin)
    return layout


def row(*items: QWidget | None, spacing: int = GRID) -> QHBoxLayout:
    """Make a layout from left to right; None is a stretch."""
    layout = QHBoxLayout()
    layout.setSpacing(spacing)
    layout.setContentsMargins(0, 0, 0, 0)
    for item in items:
        if item is None:
            layout.addStretch(1)
        else:
            layout.addWidget(item)
    return layout


def group(layout: QLayout, name: str = "") -> QWidget:
    """Put a layout into a widget of its own."""
    made = QWidget()
    if name:
        made.setObjectName(name)
    made.setLayout(layout)
    return made


class Card(QFrame):
    """A bordered surface with a column inside."""

    def __init__(self, heading: str = "", margin: int = GRID * 3) -> None:
        super().__init__()
        self.setObjectName("card")
        self.body = column(GRID * 2, margin)
        self.setLayout(self.body)
        if heading:
            self.body.addWidget(Paragraph(heading, "head"))

    def add(self, item: QWidget | QLayout) -> None:
        """Put something at the end."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)


class Folded(QWidget):
    """A quiet button, and below it what it unfolds (`inside`); closed at first."""

    def __init__(self, style: Style, text: str, name: str = "") -> None:
        super().__init__()
        layout = column(GRID // 2)
        self.setLayout(layout)
        self._text = button_text(text)
        self.toggle = button(style, text, role="fold", name=name or text)
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._mark)
        self._mark(False)
        self.inside = column(GRID // 2)
        below = group(self.inside)
        below.hide()
        self.toggle.toggled.connect(below.setVisible)
        layout.addWidget(self.toggle)
        layout.addWidget(below)

    def _mark(self, on: bool) -> None:
        self.toggle.setText(f"{'▾' if on else '▸'} {self._text}")


def line() -> QFrame:
    """Make a thin rule between two rows."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


class Page(QScrollArea):
    """A page: one centred column that scrolls; as wide as text can be read."""

    def __init__(self, widest: int = COLUMN, margin: int = GRID * 4) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setObjectName("page")
        self._outer = QHBoxLayout(inner)
        self._outer.setContentsMargins(margin, margin, margin, margin)
        self._widest = widest
        self._content = QWidget()
        self._content.setMaximumWidth(widest)
        self.body = column(GRID * 3)
        self._content.setLayout(self.body)
        self._outer.addStretch(1)
        self._outer.addWidget(self._content, 1000)
        self._outer.addStretch(1)
        self.setWidget(inner)

    def empty(self) -> None:
        """Take everything off the page."""
        clear(self.body)

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Change the page in one step: nothing is painted before every part has its place."""
        self.setUpdatesEnabled(False)
        try:
            yield
            for _ in range(_ROUNDS):
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        finally:
            self.setUpdatesEnabled(True)

    def height_for(self, width: int) -> int:
        """Return how high the whole page is at a width, in pixels."""
        if not self._outer.hasHeightForWidth():  # nothing in it wraps
            return self._outer.totalSizeHint().height()
        return self._outer.totalHeightForWidth(width)

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102 -- Qt's name
        if event.type() == QEvent.Type.FontChange:
            self._content.updateGeometry()
        super().changeEvent(event)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go.

    The parent stays the owner until Qt deletes it: what Python owns could be deleted by a garbage
    collection in the worker thread.
    """
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


class Columns(QWidget):
    """Two columns side by side where there is room, else one above the other."""

    def __init__(self, left: QWidget, right: QWidget, *, narrow: int, shares: tuple[int, int]):
        super().__init__()
        self._narrow = narrow
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID * 3)
        self._layout.addWidget(left, shares[0])
        self._layout.addWidget(right, shares[1])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 -- Qt's name
        sides = self.width() >= self._narrow
        wanted = QBoxLayout.Direction.LeftToRight if sides else QBoxLayout.Direction.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
        super().resizeEvent(event)
