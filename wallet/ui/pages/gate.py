"""Before there is a wallet: welcome, and making one. `gate_unlock` opens one that is there."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar, QWidget

from wallet.actions import unlocking
from wallet.actions.unlocking import Strength
from wallet.actions.wallet import Wallet
from wallet.errors import KeyringUnavailable, WalletError
from wallet.texts import Message, labels, problems
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Columns, Icon, Page, button, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.labelled import labelled, secret_line, ticked
from wallet.ui.widgets.plain import Paragraph

NARROW = 560
"""Pixels of a form."""
_ONE_BELOW = 520
"""Pixels below which a button stands under its explanation."""

STRENGTHS: dict[Strength, tuple[int, Message]] = {
    Strength.WEAK: (1, labels.STRENGTH_WEAK),
    Strength.FAIR: (2, labels.STRENGTH_FAIR),
    Strength.GOOD: (3, labels.STRENGTH_GOOD),
}


class WelcomePage(Page):
    """No wallet yet: what this is, and the three ways on."""

    create_wanted = Signal()
    check_wanted = Signal()
    demonstration_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(720)
        s = session
        self.body.addWidget(Icon(s.style, "mikrofolio", size=72))
        self.body.addWidget(Paragraph(s(labels.WELCOME), "title"))
        self.body.addWidget(Paragraph(s(labels.WELCOME_TEXT)))
        ways = (
            (labels.WAY_CREATE, labels.WAY_CREATE_TEXT, "plus", self.create_wanted, "main"),
            (labels.WAY_CHECK, labels.WAY_CHECK_TEXT, "check", self.check_wanted, ""),
            (labels.WAY_LOOK, labels.WAY_LOOK_TEXT, "look", self.demonstration_wanted, ""),
        )
        for title, text, icon, signal, role in ways:
            card = Card()
            words = Paragraph(s(text), "muted")
            words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
            go = button(s.style, s(title), signal.emit, icon=icon, role=role)
            card.add(Columns(words, go, narrow=_ONE_BELOW, shares=(1, 0)))
            self.body.addWidget(card)
        self.body.addStretch(1)


class PassphraseFields:
    """Two passphrase fields, a strength in words, and whether they can be used."""

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        self._session, self._changed = session, changed
        self.first = secret_line(session(labels.PASSPHRASE))
        self.second = secret_line(session(labels.PASSPHRASE_AGAIN))
        self.meter = QProgressBar()
        self.meter.setRange(0, len(STRENGTHS))
        self.meter.setTextVisible(False)
        self.meter.setAccessibleName(session(labels.STRENGTH))
        self.words = Paragraph(session(labels.STRENGTH_NONE), "small")
        for field in (self.first, self.second):
            field.textChanged.connect(lambda _text: self._typed())

    def add_to(self, card: Card) -> None:
        """Put the fields, with their names above them, into a card."""
        first = labelled(self._session, labels.PASSPHRASE, self.first)
        first.addWidget(self.meter)
        first.addWidget(self.words)
        card.add(first)
        card.add(labelled(self._session, labels.PASSPHRASE_AGAIN, self.second))

    @property
    def passphrase(self) -> str | None:
        """The passphrase, or None while it is empty or the two differ."""
        same = self.first.text() == self.second.text()
        return self.first.text() if same and self.first.text() else None

    @property
    def weak(self) -> bool:
        """Whether what is entered would soon be guessed."""
        return unlocking.strength(self.first.text()) is Strength.WEAK

    def _typed(self) -> None:
        text = self.first.text()
        level, said = STRENGTHS[unlocking.strength(text)] if text else (0, labels.STRENGTH_NONE)
        if self.second.text() and text != self.second.text():
            said = labels.PASSPHRASES_DIFFER
        self.meter.setValue(level)
        self.words.set(self._session(said))
        self._changed()


class CreatePage(Page):
    """Where the wallet lives, its passphrase, and whether the keyring may open it."""

    left = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(NARROW)
        s = self._session = session
        back = button(s.style, s(labels.BACK), self.left.emit, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(labels.CREATE_TITLE), "title"))
        card = Card()
        self._path = session.path
        self._place = Paragraph(str(self._path), "fixed")
        where = column(GRID // 2)
        where.addWidget(Paragraph(s(labels.WALLET_PLACE), "strong"))
        where.addWidget(self._place)
        where.addLayout(Flow(button(s.style, s(labels.CHANGE_PLACE), self._choose)))
        card.add(where)
        self.fields = PassphraseFields(session, self._typed)
        self.fields.add_to(card)
        card.add(Paragraph(s(labels.PASSPHRASE_ADVICE), "muted"))
        self.keyring = QCheckBox()
        self.keyring.setAccessibleName(s(labels.USE_KEYRING))
        card.add(ticked(self.keyring, s(labels.USE_KEYRING)))
        self._error = Paragraph("", "error")
        self._error.hide()
        card.add(self._error)
        self.make = button(s.style, s(labels.CREATE), self._create, role="main")
        self.make.setEnabled(False)
        card.add(Flow(self.make))
        self.fields.second.returnPressed.connect(self._create)
        self._asked = False
        self.setFocusProxy(self.fields.first)
        self.body.addWidget(card)
        self.body.addStretch(1)

    def _typed(self) -> None:
        self._asked = False
        self.make.setEnabled(self.fields.passphrase is not None)

    def _choose(self) -> None:
        def chosen(folder: Path) -> None:
            self._path = folder / self._path.name
            self._place.set(str(self._path))

        choose_folder(self, self._session, labels.CHANGE_PLACE, chosen)

    def _create(self) -> None:
        passphrase, path = self.fields.passphrase, self._path
        if passphrase is None or self.make.waiting:
            return
        if self.fields.weak and not self._asked:
            ask_about_weakness(self, self._session, self._create_all_the_same)
            return
        keyring, clock = self.keyring.isChecked(), self._session.clock
        self.make.wait(self._session(labels.CREATING))

        def create() -> tuple[Wallet, WalletError | None]:
            try:
                return unlocking.create(path, passphrase, keyring=keyring, clock=clock), None
            except KeyringUnavailable as refusal:
                # The wallet is made all the same, and its passphrase opens it.
                return unlocking.unlock(path, passphrase, clock), refusal

        self._session.tasks.ask(self, create, self._created, self._failed)

    def _create_all_the_same(self) -> None:
        self._asked = True
        self._create()

    def _created(self, made: tuple[Wallet, WalletError | None]) -> None:
        session, (wallet, refusal) = self._session, made
        session.path = wallet.path
        session.opened(wallet)
        if refusal is not None:
            session.tasks.failed.emit(refusal)

    def _failed(self, error: WalletError) -> None:
        self.make.ready(self._session(labels.CREATE))
        self._error.set(problems.error(self._session.texts, error))
        self._error.show()


def ask_about_weakness(parent: QWidget, session: Session, go_on: Callable[[], None]) -> None:
    """Ask whether a weak passphrase is wanted all the same."""
    said = (labels.WEAK_QUESTION, labels.WEAK_TEXT, labels.WEAK_GO)
    question = QuestionDialog(parent, session, *said)
    question.accepted.connect(go_on)
    question.open()
