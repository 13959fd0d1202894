"""Before a wallet is open: welcome, making one, unlocking one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout, QWidget

from wallet.actions import unlocking
from wallet.actions.unlocking import Strength
from wallet.actions.wallet import Wallet
from wallet.errors import KeyringUnavailable, VaultLocked, WalletError
from wallet.model.keeping import SlotKind
from wallet.texts import Message, labels, problems
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Columns, Icon, Page, accent_colour, button, column, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph

_NARROW = 560
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
        self.first = _secret(session(labels.PASSPHRASE))
        self.second = _secret(session(labels.PASSPHRASE_AGAIN))
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
        super().__init__(_NARROW)
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


class UnlockPage(Page):
    """A wallet is there: its passphrase opens it, or the system keyring."""

    demonstration_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(_NARROW)
        s = self._session = session
        self.body.addWidget(Icon(s.style, "lock", accent_colour, 40))
        self.body.addWidget(Paragraph(s(labels.UNLOCK_TITLE), "title"))
        card = Card()
        self._place = Paragraph(str(session.path), "fixed")
        card.add(self._place)
        self.field = _secret(s(labels.PASSPHRASE))
        self.field.returnPressed.connect(self._unlock)
        card.add(labelled(s, labels.PASSPHRASE, self.field))
        self.error = Paragraph("", "error")
        self.error.hide()
        card.add(self.error)
        self.unlock = button(s.style, s(labels.UNLOCK), self._unlock, role="main")
        self.unlock.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.unlock.setEnabled(bool(text)))
        self._keyring = button(s.style, s(labels.UNLOCK_KEYRING), self._unlock_keyring)
        self._keyring.hide()
        card.add(Flow(self.unlock, self._keyring))
        self.body.addWidget(card)
        other = button(s.style, s(labels.OTHER_WALLET), self._choose, icon="folder", role="quiet")
        look = button(
            s.style, s(labels.WAY_LOOK), self.demonstration_wanted.emit, icon="look", role="quiet"
        )
        self.body.addLayout(Flow(other))
        self.body.addLayout(Flow(look))
        self.body.addStretch(1)
        self.setFocusProxy(self.field)
        self._ask_ways()

    def _ask_ways(self) -> None:
        path = self._session.path
        self._session.tasks.ask(
            self,
            lambda: unlocking.ways(path),
            lambda ways: self._keyring.setVisible(SlotKind.KEYRING in ways),
        )

    def _unlock(self) -> None:
        if self.field.text() and not self.unlock.waiting:
            self._ask(self.field.text())

    def _unlock_keyring(self) -> None:
        self._ask(None)

    def _ask(self, passphrase: str | None) -> None:
        path, clock = self._session.path, self._session.clock
        self.unlock.wait(self._session(labels.UNLOCKING))
        self._session.tasks.ask(
            self,
            lambda: unlocking.unlock(path, passphrase, clock),
            self._unlocked,
            self._failed,
        )

    def _unlocked(self, wallet: Wallet) -> None:
        self.field.clear()
        self._session.opened(wallet)

    def _failed(self, error: WalletError) -> None:
        self.unlock.ready(self._session(labels.UNLOCK))
        self.error.set(problems.error(self._session.texts, error))
        self.error.show()
        if isinstance(error, VaultLocked):
            self._keyring.setEnabled(False)
        self.field.selectAll()
        self.field.setFocus()

    def _choose(self) -> None:
        def chosen(folder: Path) -> None:
            self._session.path = folder
            self._place.set(str(folder))
            self._ask_ways()

        choose_folder(self, self._session, labels.OTHER_WALLET, chosen)


def ask_about_weakness(parent: QWidget, session: Session, go_on: Callable[[], None]) -> None:
    """Ask whether a weak passphrase is wanted all the same."""
    said = (labels.WEAK_QUESTION, labels.WEAK_TEXT, labels.WEAK_GO)
    question = QuestionDialog(parent, session, *said)
    question.accepted.connect(go_on)
    question.open()


def _secret(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setAccessibleName(name)
    return field


class _TickText(Paragraph):
    """The words of a box: a click on them is a click on the box."""

    selectable = False

    def __init__(self, box: QCheckBox, text: str) -> None:
        super().__init__(text)
        self._box = box
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self.setBuddy(box)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._box.toggle()


def ticked(box: QCheckBox, text: str) -> QHBoxLayout:
    """Put a text that can wrap beside a box, which cannot wrap its own."""
    layout = row(spacing=GRID // 2)
    layout.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(_TickText(box, text), 1)
    return layout


def labelled(session: Session, name: Message, field: QWidget) -> QVBoxLayout:
    """Put a field under its name, to which it is bound for screen readers."""
    layout = column(GRID // 2)
    label = Paragraph(session(name), "strong")
    label.setBuddy(field)
    layout.addWidget(label)
    layout.addWidget(field)
    return layout
