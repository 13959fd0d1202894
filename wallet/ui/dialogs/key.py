"""The person's own word on a key: "I have checked it with the issuer", or "I distrust it"."""

from collections.abc import Iterator
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from wallet.actions import trusting
from wallet.actions.trusting import KnownKey
from wallet.actions.wallet import Shown
from wallet.errors import WalletError
from wallet.model.keeping import Entry, Verdict
from wallet.model.verification import CheckName
from wallet.texts import Message, labels, problems
from wallet.texts import trusting as words
from wallet.ui.clipboard import copy_text
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.trust_changes import change_trust
from wallet.ui.widgets.basic import Card, button, column, line, row
from wallet.ui.widgets.choosing import labelled_line
from wallet.ui.widgets.plain import Paragraph, button_text

_MOST = 500
"""Characters of a note."""
_IDENTIFIERS = 3
"""Identifiers of the issuer that are shown, at most."""


class KeyDialog(Dialog):
    """Asks for one decision about one key, keeps it, and stays until every state is anew."""

    decided = Signal()

    def __init__(
        self, parent: QWidget, session: Session, shown: Shown, known: KnownKey, verdict: Verdict
    ) -> None:
        accepts = verdict is Verdict.ACCEPTED
        title = words.CHECKED_KEY_TITLE if accepts else words.DISTRUST_TITLE
        super().__init__(parent, session, session(title), 620)
        self._key, self._verdict = known.key, verdict
        self.body.setSpacing(GRID + 4)
        text = words.CHECKED_KEY_TEXT if accepts else words.DISTRUST_TEXT
        self.body.addWidget(Paragraph(session(text)))
        self.body.addWidget(self._facts(shown))
        self._also = Paragraph()
        self._also.hide()
        self.body.addWidget(self._also)
        self._ways = QButtonGroup(self)
        """Has no buttons where nothing was checked."""
        if accepts:
            self.body.addLayout(self._choice())
        name, hint = (words.NOTE, words.NOTE_HINT) if accepts else (words.WHY, words.WHY_HINT)
        layout, self.note = labelled_line(session, name, hint)
        self.note.setMaxLength(_MOST)
        self.note.textChanged.connect(self._look)
        self.body.addLayout(layout)
        self._missing = Paragraph("", "small")
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._missing)
        self.body.addWidget(self._error)
        self._go = words.CONFIRM if accepts else words.DISTRUST_GO
        self.save = button(session.style, session(self._go), self._decide, role="main")
        self.end(self.save)
        self._look()
        fields: list[QWidget] = [*self._ways.buttons(), self.note]
        fields[0].setFocus()
        wallet = session.open_wallet
        session.tasks.ask(self, lambda: trusting.signed_with(wallet, known.key), self._concerns)

    def choose(self, number: int) -> None:
        """Choose how it was checked, by the place in `WAYS_TO_CHECK`."""
        for way in self._ways.buttons()[number : number + 1]:
            way.setChecked(True)

    def _concerns(self, signed: tuple[Entry, ...]) -> None:
        if len(signed) > 1:
            self._also.set(self.session(words.ALSO_SIGNED, n=len(signed)))
            self._also.show()
            self.fit()

    def _facts(self, shown: Shown) -> Card:
        s = self.session
        card = Card(margin=GRID * 2)
        table = QGridLayout()
        table.setHorizontalSpacing(GRID * 2)
        table.setVerticalSpacing(GRID)
        table.setColumnStretch(1, 1)
        for number, (name, value) in enumerate(_stated(s, shown)):
            table.addWidget(Paragraph(s(name), "muted"), number, 0, Qt.AlignmentFlag.AlignTop)
            table.addWidget(Paragraph(value), number, 1)
        card.add(table)
        card.add(line())
        print_ = column(GRID)
        self.copy = button(s.style, s(words.COPY_FINGERPRINT), self._copy)
        print_.addLayout(row(Paragraph(s(words.FINGERPRINT), "strong"), None, self.copy))
        self.fingerprint = Paragraph(words.grouped(self._key), "fingerprint")
        self.fingerprint.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fingerprint.setAccessibleName(f"{s(words.FINGERPRINT)}: {self.fingerprint.text()}")
        print_.addWidget(self.fingerprint)
        card.add(print_)
        return card

    def _choice(self) -> QVBoxLayout:
        layout = column(0)
        layout.addWidget(Paragraph(self.session(words.HOW_CHECKED), "strong"))
        layout.addSpacing(GRID // 2)
        for number, way in enumerate(words.WAYS_TO_CHECK):
            text = self.session(way)
            choice = QRadioButton(button_text(text))
            choice.setAccessibleName(text)
            self._ways.addButton(choice, number)
            layout.addWidget(choice)
        self._ways.idToggled.connect(self._look)
        return layout

    @property
    def how(self) -> str:
        """What would be kept: the way, and the note behind it; "" while something is missing."""
        note = self.note.text().strip()
        if not self._ways.buttons():
            return note
        number = self._ways.checkedId()
        other = number == len(words.WAYS_TO_CHECK) - 1
        if number < 0 or (other and not note):
            return ""
        way = self.session(words.WAYS_TO_CHECK[number])
        if other:
            return note
        return f"{way}: {note}" if note else way

    def _look(self) -> None:
        """Let it be kept once a way is chosen; "in another way" alone says nothing."""
        ready = not self._ways.buttons() or bool(self.how)
        self.save.setEnabled(ready)
        missing = words.OTHER_NEEDS_NOTE if self._ways.checkedId() >= 0 else words.NOTE_NEEDED
        self._missing.set(self.session(missing))
        self._missing.setVisible(not ready)

    def _copy(self) -> None:
        copy_text(self._key)
        self.copy.setText(button_text(self.session(labels.COPIED)))

    def _decide(self) -> None:
        wallet, key, verdict, how = self.session.open_wallet, self._key, self._verdict, self.how
        self.save.wait(self.session(words.JUDGING))
        change_trust(
            self.session,
            self,
            lambda: trusting.decide(wallet, key, verdict, how),
            self._decided,
            self._failed,
        )

    def _decided(self) -> None:
        self.decided.emit()
        self.accept()

    def _failed(self, error: WalletError) -> None:
        self.save.ready(self.session(self._go))
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.fit()


def _stated(session: Session, shown: Shown) -> Iterator[tuple[Message, str]]:
    """Who is said to have issued and sealed it. The seal's own words come from its certificate."""
    facts, credential = shown.report.check(CheckName.ISSUER).facts, shown.kept.credential
    if stated := facts.get("issuer", ""):
        yield words.STATED_ISSUER, stated
    found = credential.issuer.identifiers[:_IDENTIFIERS] if credential.issuer is not None else ()
    if identifiers := [one for one in found if one != stated]:
        yield words.IDENTIFIER, "\n".join(identifiers)
    if (body := facts.get("awarding_body", stated)) != stated:
        yield words.STATED_BODY, body
    if until := facts.get("certificate_expires", ""):
        seal, identifier = facts.get("organisation", ""), facts.get("organisation_identifier", "")
        yield words.SEALED_BY, f"{seal} ({identifier})" if identifier else seal
        yield words.CERTIFICATE_UNTIL, session.texts.date(datetime.fromisoformat(until))
