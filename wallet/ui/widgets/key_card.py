"""The key that signed a credential: the person's word on it, and the way to give or revoke one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions.trusting import KnownKey
from wallet.model.keeping import TrustDecision, Verdict
from wallet.model.verification import Colour, Outcome
from wallet.texts import trusting as words
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Card, Icon, button, column, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.verdict import tint

_COLOURS = {Verdict.ACCEPTED: Colour.GREEN, Verdict.DISTRUSTED: Colour.RED}


class KeyCard(Card):
    """Offers a decision where none stands, else shows it and takes it back."""

    decision_wanted = Signal(object)
    """A `Verdict`."""
    taken_back = Signal(str)
    """The id of the decision."""

    def __init__(self, session: Session, known: KnownKey, issuer: Outcome) -> None:
        super().__init__(session(words.KEY))
        s = session
        self._add_fingerprint(s, known.key)
        if known.decision is not None:
            self._add_decision(s, known.decision)
            return
        unconfirmed = issuer is Outcome.INDETERMINATE
        self.add(Paragraph(s(words.KEY_OPEN if unconfirmed else words.KEY_KNOWN), "muted"))
        made: list[QWidget] = []
        if unconfirmed:
            made.append(
                button(
                    s.style,
                    s(words.CHECKED_KEY),
                    lambda: self.decision_wanted.emit(Verdict.ACCEPTED),
                )
            )
        made.append(
            button(
                s.style,
                s(words.DISTRUST),
                lambda: self.decision_wanted.emit(Verdict.DISTRUSTED),
                role="quiet",
            )
        )
        self.add(Flow(*made))

    def _add_fingerprint(self, session: Session, key: str) -> None:
        shown = Paragraph(words.grouped(key), "fixed")
        shown.setAccessibleName(f"{session(words.FINGERPRINT)}: {shown.text()}")
        part = column(GRID // 2)
        part.addWidget(Paragraph(session(words.FINGERPRINT), "small"))
        part.addWidget(shown)
        self.add(part)

    def _add_decision(self, session: Session, decision: TrustDecision) -> None:
        self.add(decision_words(session, decision))
        back = button(
            session.style,
            session(words.TAKE_BACK),
            lambda: self.taken_back.emit(decision.id),
            icon="undo",
            name=session(words.TAKE_BACK_NAMED, what=session(words.VERDICTS[decision.verdict])),
        )
        self.add(Flow(back))


def decision_words(session: Session, decision: TrustDecision) -> QWidget:
    """Say what was decided, how it was checked or why, and when."""
    t, colour = session.texts, _COLOURS[decision.verdict]
    text = column(2)
    text.addWidget(Paragraph(t(words.VERDICTS[decision.verdict]), "strong"))
    if decision.how:
        text.addWidget(Paragraph(decision.how))
    text.addWidget(Paragraph(t.date(decision.made_at), "muted"))
    layout = row(spacing=GRID + 4)
    icon = column(0)
    icon.addWidget(Icon(session.style, ICONS_OF_COLOURS[colour], tint(colour), 22))
    icon.addStretch(1)
    layout.addLayout(icon)
    layout.addLayout(text, 1)
    made = QWidget()
    made.setLayout(layout)
    return made
