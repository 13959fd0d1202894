"""States and checks: an icon and words, never colour alone."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from wallet.model.verification import Check, Colour, Standing, VerificationReport
from wallet.texts import labels, verdicts
from wallet.ui.session import Session
from wallet.ui.themes import COLOURS_OF_OUTCOMES, GRID, ICONS_OF_COLOURS, Theme
from wallet.ui.widgets.basic import Card, Icon, Tint, column, line
from wallet.ui.widgets.plain import Line, Paragraph


def tint(colour: Colour) -> Tint:
    """Return the ink of a state's colour in the appearance in use."""

    def ink(theme: Theme) -> str:
        return theme.pair(colour).ink

    return ink


class Badge(QWidget):
    """A state: icon and words on a tinted ground."""

    def __init__(self, session: Session, standing: Standing) -> None:
        super().__init__()
        self._style, self._colour = session.style, standing.state.colour
        words = verdicts.state(session.texts, standing)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID + 2, GRID // 2, GRID + 4, GRID // 2)
        layout.setSpacing(GRID - 2)
        icon = Icon(session.style, ICONS_OF_COLOURS[self._colour], tint(self._colour), 18)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words = Paragraph(words, "strong")
        self._words.setAccessibleName(session(labels.STATE_IS, state=words))
        layout.addWidget(self._words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        session.style.changed.connect(self._recolour)
        self._recolour()

    def _recolour(self) -> None:
        ink = self._style.theme.pair(self._colour).ink
        self._words.setStyleSheet(f"color: {ink};")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._style.theme.pair(self._colour).ground)
        painter.drawRoundedRect(self.rect(), 9, 9)
        painter.end()


class CheckRow(QWidget):
    """One check: icon, its name and outcome, and the sentence."""

    def __init__(self, session: Session, check: Check) -> None:
        super().__init__()
        t = session.texts
        colour = COLOURS_OF_OUTCOMES[check.outcome]
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID + 4)
        icon = Icon(session.style, ICONS_OF_COLOURS[colour], tint(colour), 22)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        name, found = verdicts.check_name(t, check.name), verdicts.outcome(t, check.outcome)
        words = column(2)
        words.addWidget(Line(t(labels.CHECK_LINE, check=name, outcome=found), "strong"))
        words.addWidget(Paragraph(verdicts.check(t, check), "muted"))
        for said in verdicts.more(t, check):
            words.addWidget(Paragraph(said, "small"))
        layout.addLayout(words, 1)


class Checks(Card):
    """The card "How we checked this": the six checks in order, and when."""

    def __init__(self, session: Session, report: VerificationReport) -> None:
        super().__init__(session(labels.HOW_CHECKED))
        for number, check in enumerate(report.checks):
            if number:
                self.add(line())
            self.add(CheckRow(session, check))
        self.add(line())
        when = session(labels.CHECKED_AT, time=session.texts.time(report.at))
        self.add(Paragraph(f"{when} {session(labels.CHECKED_OFFLINE)}", "small"))
