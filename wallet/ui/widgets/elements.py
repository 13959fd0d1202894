"""The sixteen European standard elements in the Council's order, each stated or "not stated"."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from wallet.model.credential import Achievement, Element
from wallet.texts import labels, verdicts
from wallet.texts.elements import ElementWords
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, line
from wallet.ui.widgets.links import linked
from wallet.ui.widgets.plain import Paragraph


class ElementsCard(Card):
    """One achievement: its elements as a table of name and value."""

    def __init__(
        self,
        session: Session,
        achievement: Achievement,
        language: str,
        heading: str,
        margin: int = GRID * 3,
    ) -> None:
        super().__init__(heading, margin)
        t, stated = session.texts, achievement.elements
        words = ElementWords(t, language)
        for start, (title, which) in enumerate(
            (
                (labels.MANDATORY_ELEMENTS, [e for e in Element if e.mandatory]),
                (labels.OPTIONAL_ELEMENTS, [e for e in Element if not e.mandatory]),
            )
        ):
            if start:
                self.add(line())
            self.add(Paragraph(t(title), "small"))
            grid = QGridLayout()
            grid.setHorizontalSpacing(GRID * 3)
            grid.setVerticalSpacing(GRID + 4)
            grid.setColumnStretch(0, 2)
            grid.setColumnStretch(1, 3)
            for number, element in enumerate(which):
                name = Paragraph(verdicts.element(t, element), "muted")
                name.setAlignment(Qt.AlignmentFlag.AlignTop)
                grid.addWidget(name, number, 0, Qt.AlignmentFlag(0))
                grid.addWidget(_value(session, words.of(stated, element)), number, 1)
            self.add(grid)


def _value(session: Session, lines: list[str]) -> QWidget:
    if lines:
        return linked(session, lines)
    nothing = Paragraph(session(verdicts.NOT_STATED), "muted")
    nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
    return nothing
