"""Two appearances, light and dark, as plain values: one accent, and one pair for every state.

Every pair of text and background here reaches a contrast of 4.5 to 1 (WCAG 2.2, 1.4.3).
"""

from dataclasses import dataclass, fields
from enum import StrEnum
from string import Template

from wallet.model.verification import Colour, Outcome
from wallet.resources import resource

GRID = 8
"""Pixels: every distance is this, a half or a multiple of it."""


class Appearance(StrEnum):
    """What the person chose; SYSTEM follows the system live."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Pair:
    """Text (and icon) on a background."""

    ink: str
    ground: str


@dataclass(frozen=True, slots=True)
class Theme:
    """All colours of one appearance."""

    dark: bool
    window: str
    surface: str
    sidebar: str
    text: str
    muted: str
    line: str
    field_line: str
    accent: str
    on_accent: str
    accent_hover: str
    accent_soft: str
    hover: str
    green: Pair
    amber: Pair
    red: Pair
    grey: Pair

    def pair(self, colour: Colour) -> Pair:
        """Return the pair of a state's colour."""
        pairs = {
            Colour.GREEN: self.green,
            Colour.AMBER: self.amber,
            Colour.RED: self.red,
            Colour.GREY: self.grey,
        }
        return pairs[colour]


LIGHT = Theme(
    dark=False,
    window="#f5f6f9",
    surface="#ffffff",
    sidebar="#ebeef4",
    text="#1b2230",
    muted="#566072",
    line="#dde2ea",
    field_line="#8a94a6",
    accent="#2a5bd7",
    on_accent="#ffffff",
    accent_hover="#214bb5",
    accent_soft="#e3ebfc",
    hover="#e9edf4",
    green=Pair("#17693a", "#e1f3e8"),
    amber=Pair("#7a4f00", "#fcf0d6"),
    red=Pair("#a8231b", "#fce7e5"),
    grey=Pair("#4d5768", "#eaedf2"),
)

DARK = Theme(
    dark=True,
    window="#14171c",
    surface="#1d2129",
    sidebar="#181b22",
    text="#e8ebf1",
    muted="#a6b0c0",
    line="#323945",
    field_line="#7b8698",
    accent="#8ab0ff",
    on_accent="#0b1733",
    accent_hover="#a9c5ff",
    accent_soft="#26324f",
    hover="#262b35",
    green=Pair("#86dda7", "#173325"),
    amber=Pair("#f3c566", "#3a2e14"),
    red=Pair("#ffa69d", "#45201d"),
    grey=Pair("#b8c1cf", "#2b313b"),
)

ICONS_OF_COLOURS = {
    Colour.GREEN: "passed",
    Colour.AMBER: "open",
    Colour.RED: "failed",
    Colour.GREY: "none",
}

COLOURS_OF_OUTCOMES = {
    Outcome.PASSED: Colour.GREEN,
    Outcome.INDETERMINATE: Colour.AMBER,
    Outcome.FAILED: Colour.RED,
    Outcome.NOT_CHECKED: Colour.GREY,
}


def sheet(theme: Theme, body: float, icons: str) -> str:
    """Fill in the style sheet. `body` is the size of running text in points, `icons` a folder."""
    colours = {item.name: getattr(theme, item.name) for item in fields(theme)}
    return Template(resource("window.qss").read_text("utf-8")).substitute(
        colours,
        red_ink=theme.red.ink,
        kind="dark" if theme.dark else "light",
        icons=icons,
        body=body,
        small=body * 0.9,
        head=body * 1.15,
        title=body * 1.7,
    )
