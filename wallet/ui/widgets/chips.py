"""Chips: a short word that one press takes away or puts on."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt

from wallet.ui.style import Style
from wallet.ui.widgets.basic import Button, keep_icon, text_colour
from wallet.ui.widgets.plain import one_line, tip

_ICON = 14
_LONGEST = 40
"""Characters of a chip; the tooltip has all of them."""


def chip(style: Style, text: str, pressed: Callable[[], object], icon: str, name: str) -> Button:
    """Make a chip; `icon` says what a press does, `name` says it to a screen reader."""
    shown = one_line(text)
    made = Button(shown if len(shown) <= _LONGEST else shown[: _LONGEST - 1] + "…")
    made.setProperty("role", "chip")
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the icon stands behind the word
    keep_icon(made, style, icon, text_colour)
    made.setIconSize(QSize(_ICON, _ICON))
    made.setAccessibleName(name)
    made.setToolTip(tip(name))
    made.clicked.connect(lambda _checked=False: pressed())
    return made
