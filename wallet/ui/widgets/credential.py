"""One credential whole: what it says, and how it was checked. For the wallet and for "Check"."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from wallet.model.credential import Credential, Format
from wallet.model.verification import VerificationReport, standing
from wallet.texts import labels, letters
from wallet.texts.elements import kind_of, standard_line
from wallet.ui.dialogs.letter import LetterDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Columns, button, clear, column, group, row
from wallet.ui.widgets.elements import ElementsCard
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph, button_text, visible
from wallet.ui.widgets.verdict import Badge, Checks

_SIDE_BY_SIDE = 860
"""Pixels from which elements and checks stand beside each other."""


class CredentialView(QWidget):
    """Header, elements and checks. `buttons` stand below the header; `more` below the checks."""

    def __init__(
        self,
        session: Session,
        credential: Credential,
        report: VerificationReport,
        *,
        buttons: QLayout | None = None,
        more: tuple[QWidget, ...] = (),
    ) -> None:
        super().__init__()
        self._session, self._credential = session, credential
        self._language = session.texts.language
        layout = column(GRID * 3)
        self.setLayout(layout)
        layout.addWidget(self._header(report, buttons))
        self._elements = column(GRID * 3)
        left, right = group(self._elements), column(GRID * 3)
        right.addWidget(Checks(session, report))
        for card in more:
            right.addWidget(card)
        right.addStretch(1)
        layout.addWidget(Columns(left, group(right), narrow=_SIDE_BY_SIDE, shares=(3, 2)))
        layout.addStretch(1)
        self._show_elements()

    def _header(self, report: VerificationReport, buttons: QLayout | None) -> Card:
        s, credential = self._session, self._credential
        t = s.texts
        card = Card()
        asserted = credential.format is Format.SELF_ASSERTED
        card.add(row(Badge(s, standing(report, self_asserted=asserted)), None))
        words = column(GRID // 2)
        self._heading = Paragraph(self._title(), "title")
        words.addWidget(self._heading)
        bodies = t.listing(body.label for body in credential.awarding_bodies if body.label)
        issuer = credential.issuer.label if credential.issuer else ""
        if bodies or issuer:
            words.addWidget(Paragraph(bodies or issuer))
        if issuer and bodies and issuer != bodies:
            words.addWidget(Paragraph(s(labels.ISSUED_BY, issuer=issuer), "muted"))
        if facts := self._facts():
            words.addWidget(Paragraph(facts, "muted"))
        card.add(words)
        self._add_standard(card)
        if len(credential.languages) > 1:
            card.add(self._language_choice())
        if buttons is not None:
            card.add(buttons)
        return card

    def _add_standard(self, card: Card) -> None:
        """Say how far it is described, and offer the letter that asks for the rest."""
        s, credential = self._session, self._credential
        for achievement in credential.achievements[:1]:
            card.add(Paragraph(standard_line(s.texts, achievement), "small"))
        if letters.incomplete(credential) and credential.format is not Format.SELF_ASSERTED:
            ask = button(s.style, s(letters.ASK), role="link")
            ask.clicked.connect(lambda: LetterDialog(self.window(), s, credential).open())
            card.add(Flow(ask))

    def _title(self) -> str:
        title = self._credential.title
        return title.best(self._language) if title else self._session(labels.UNTITLED)

    def _facts(self) -> str:
        t, credential = self._session.texts, self._credential
        facts = [kind_of(t, credential.achievements), t(labels.FORMATS[credential.format])]
        if credential.issued:
            facts.append(t(labels.ISSUED_ON, date=t.date(credential.issued)))
        if credential.valid_until:
            facts.append(t(labels.VALID_UNTIL, date=t.date(credential.valid_until)))
        return " · ".join(facts)

    def _show_elements(self) -> None:
        clear(self._elements)
        s, credential = self._session, self._credential
        several = len(credential.achievements) > 1
        for number, achievement in enumerate(credential.achievements, 1):
            heading = s(labels.ACHIEVEMENT_NUMBER, number=number) if several else s(labels.CONTENT)
            self._elements.addWidget(ElementsCard(s, achievement, self._language, heading))
        if not credential.achievements:
            card = Card(s(labels.CONTENT))
            card.add(Paragraph(s(labels.NO_ACHIEVEMENT), "muted"))
            self._elements.addWidget(card)
        self._elements.addStretch(1)

    def _language_choice(self) -> QHBoxLayout:
        s = self._session
        choice = Choice()
        choice.setAccessibleName(s(labels.CONTENT_LANGUAGE))
        for tag in self._credential.languages:
            known = labels.LANGUAGE_NAMES.get(tag.split("-")[0].lower())
            choice.addItem(s(known) if known else button_text(visible(tag)), tag)
        choice.setCurrentIndex(max(choice.findData(self._language), 0))
        choice.activated.connect(lambda number: self._choose(choice.itemData(number)))
        return row(Paragraph(s(labels.CONTENT_LANGUAGE), "muted"), choice, None)

    def _choose(self, tag: str) -> None:
        self._language = tag
        self._heading.set(self._title())
        self._show_elements()
