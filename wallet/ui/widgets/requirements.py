"""The requirement tree of an award: what met what, what is missing, what could meet it."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from wallet.model.credential import Text
from wallet.model.programme import (
    Candidate,
    Counted,
    RequirementProgress,
    RequirementState,
    RuleProgress,
)
from wallet.model.verification import Colour
from wallet.texts import labels
from wallet.texts import progress as said
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Icon, button, column, row
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.verdict import tint

_COLOURS = {
    RequirementState.MET: Colour.GREEN,
    RequirementState.MET_IF_CONFIRMED: Colour.AMBER,
    RequirementState.NOT_MET: Colour.GREY,
    RequirementState.NOT_NEEDED: Colour.GREY,
}

Open = Callable[[str], object]
"""Shows the credential that a holding's id belongs to."""
Names = Callable[[str], str]
"""From a holding's id to the credential's title, in the language of the window."""


def requirement(
    session: Session, found: RequirementProgress, names: Names, open_: Open
) -> QHBoxLayout:
    """Show a requirement and everything below it."""
    t = session.texts
    words = column(GRID)
    state = said.requirement_state(t, found.state)
    title = t(labels.TITLE_AND_STATE, title=found.title.best(t.language), state=state)
    words.addWidget(Paragraph(title, "strong"))
    for counted in found.met_by:
        called = replace(counted, title=Text.plain(names(counted.id)))
        words.addLayout(_shown(session, said.met_by(t, called), called, open_))
    if found.missing is not None and found.state is not RequirementState.NOT_NEEDED:
        words.addWidget(Paragraph(said.missing(t, found.missing), "muted"))
    for candidate in found.could_be_met_by:
        named = replace(candidate, title=Text.plain(names(candidate.id)))
        words.addLayout(_shown(session, said.could_be_met_by(t, named), named, open_))
    for child in found.children:
        words.addLayout(requirement(session, child, names, open_))
    return marked(session, _COLOURS[found.state], words)


def rule(session: Session, found: RuleProgress) -> QHBoxLayout:
    """Show a rule over the whole award."""
    return marked(session, _COLOURS[found.state], Paragraph(said.rule(session.texts, found)))


def marked(session: Session, colour: Colour, words: Paragraph | QVBoxLayout) -> QHBoxLayout:
    """Put the icon of a colour before some words."""
    layout = row(spacing=GRID + 4)
    icon = Icon(session.style, ICONS_OF_COLOURS[colour], tint(colour), 18)
    layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    if isinstance(words, Paragraph):
        layout.addWidget(words, 1)
    else:
        layout.addLayout(words, 1)
    return layout


def _shown(
    session: Session, text: str, credential: Counted | Candidate, open_: Open
) -> QHBoxLayout:
    layout = row(spacing=GRID)
    layout.addWidget(Paragraph(text, "muted"), 1)
    if not (isinstance(credential, Counted) and credential.planned):
        name = session(labels.SHOW_NAMED, title=credential.title.best(session.texts.language))
        show = button(
            session.style,
            session(labels.SHOW),
            lambda: open_(credential.id),
            role="link",
            name=name,
        )
        layout.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
    return layout
