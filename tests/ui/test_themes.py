"""Both appearances can be read: contrast by WCAG 2.2, and the sheet is one that Qt takes."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from wallet.model.verification import Colour, Outcome
from wallet.resources import resource
from wallet.ui.style import Style
from wallet.ui.themes import (
    COLOURS_OF_OUTCOMES,
    DARK,
    ICONS_OF_COLOURS,
    LIGHT,
    Appearance,
    Theme,
)

ENOUGH, ENOUGH_FOR_LINES = 4.5, 3.0


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_can_be_read_on_its_ground(theme: Theme) -> None:
    grounds = (theme.window, theme.surface, theme.sidebar, theme.hover)
    for ground in grounds:
        assert contrast(theme.text, ground) >= ENOUGH
        assert contrast(theme.muted, ground) >= ENOUGH
    for ink, ground in (
        (theme.on_accent, theme.accent),
        (theme.on_accent, theme.accent_hover),
        (theme.text, theme.accent_soft),
        (theme.accent, theme.accent_soft),
        (theme.red.ink, theme.surface),
    ):
        assert contrast(ink, ground) >= ENOUGH
    for colour in Colour:
        assert contrast(theme.pair(colour).ink, theme.pair(colour).ground) >= ENOUGH
        assert contrast(theme.pair(colour).ink, theme.surface) >= ENOUGH
    assert contrast(theme.field_line, theme.surface) >= ENOUGH_FOR_LINES


def test_every_colour_has_an_icon_and_every_outcome_a_colour() -> None:
    assert set(ICONS_OF_COLOURS) == set(Colour)
    assert set(COLOURS_OF_OUTCOMES) == set(Outcome)
    for name in ICONS_OF_COLOURS.values():
        assert resource("icons", f"{name}.svg").exists()


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    style = Style(qapp)
    for file in sorted(Path(resource("icons")).glob("*.svg")):
        picture = style.pixmap(file.stem, "#ff0000", 20, 2.0).toImage()
        assert any(picture.pixelColor(x, y).alpha() for x in range(40) for y in range(40)), (
            file.name
        )


def test_the_appearance_changes_live(qapp: QApplication) -> None:
    style = Style(qapp, Appearance.LIGHT)
    told: list[bool] = []
    style.changed.connect(lambda: told.append(True))
    style.set_appearance(Appearance.DARK)
    assert told
    assert style.theme is DARK
    assert DARK.window in qapp.styleSheet()
