"""What is in a backup beside what is here; then bringing it in, or putting it in its place."""

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.actions import backing_up
from wallet.actions.backing_up import Secret
from wallet.actions.wallet import Wallet
from wallet.errors import BackupLocked, VaultError, WalletError, WrongPassphrase, WrongSheet
from wallet.model.backups import BackupMade, Merged, Preview
from wallet.model.keeping import Entry
from wallet.texts import Message, problems
from wallet.texts import backups as backup_words
from wallet.texts import keeping_safe as safe
from wallet.ui.dialogs.base import Dialog
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.models.entries import row_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.trust_changes import change_trust
from wallet.ui.widgets.basic import Card, Folded, button, clear, column
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.secret import SecretField

_MOST = 200
"""Titles of one kind that are shown."""


class RestoreDialog(Dialog):
    """Compares first; nothing is changed before one of its two ways is chosen.

    A backup that was made under another key asks for its own passphrase or sheet.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session, path: Path) -> None:
        super().__init__(parent, session, session(safe.RESTORE_TITLE), 620)
        s = session
        self._path = path
        self._secret: Secret | None = None
        self.body.addWidget(Paragraph(str(path), "fixed"))
        self._said = Paragraph(s(safe.COMPARING), "muted")
        self.body.addWidget(self._said)
        self._parts: QVBoxLayout = column(GRID)
        self.body.addLayout(self._parts)
        self._own = Card()
        self.secret = SecretField(s)
        self.secret.entered.connect(self._open_with_secret)
        self._own.add(self.secret)
        self._own.hide()
        self.body.addWidget(self._own)
        self._error = Paragraph("", "error")
        self._error.hide()
        self.body.addWidget(self._error)
        self.open_it = button(s.style, s(safe.OPEN_BACKUP), self._open_with_secret, role="main")
        self.merge = button(s.style, s(safe.MERGE), self._merge, role="main")
        self.replace = button(s.style, s(safe.REPLACE), self._ask_replace)
        for made in (self.open_it, self.merge, self.replace):
            made.hide()
        self.end(self.replace, self.merge, self.open_it)
        self._preview()

    # ---- comparing

    def _preview(self) -> None:
        wallet, path, secret = self.session.open_wallet, self._path, self._secret
        self.session.tasks.ask(
            self, lambda: backing_up.preview(wallet, path, secret), self._show, self._not_opened
        )

    def _show(self, found: Preview) -> None:
        s = self.session
        self._own.hide()
        self._error.hide()
        self.open_it.hide()
        time = found.backup.made_at
        self._said.set(s(safe.BACKUP_ENTRY, time=s.texts.time(time)) if time is not None else "")
        clear(self._parts)
        kinds: tuple[tuple[Message, tuple[Entry, ...]], ...] = (
            (safe.COUNT_ONLY_THERE, found.only_there),
            (safe.COUNT_MORE_THERE, found.more_there),
            (safe.COUNT_SAME, found.same),
            (safe.COUNT_ONLY_HERE, found.only_here),
        )
        for message, entries in kinds:
            self._parts.addWidget(self._titles(s.texts(message, n=len(entries)), entries))
        if not s.read_only:
            self._parts.addWidget(Paragraph(s(safe.MERGE_TEXT), "muted"))
            self.merge.show()
            self.replace.show()
            self.merge.setFocus()
        QTimer.singleShot(0, self.fit)  # Qt shows what is new a turn later

    def _titles(self, counted: str, entries: tuple[Entry, ...]) -> QWidget:
        if not entries:
            return Paragraph(counted, "muted")
        fold = Folded(self.session.style, counted)
        fold.toggle.toggled.connect(self.fit)
        for entry in entries[:_MOST]:
            title = row_of(self.session.texts, entry).title
            fold.inside.addWidget(Paragraph(title))
        if len(entries) > _MOST:
            fold.inside.addWidget(Paragraph("…"))
        return fold

    def _not_opened(self, error: WalletError) -> None:
        self.open_it.ready(self.session(safe.OPEN_BACKUP))
        self._said.set("")
        if isinstance(error, BackupLocked | WrongPassphrase | WrongSheet):
            self._own.show()
            self.open_it.show()
            self.secret.again()
        self._say(error)

    def _open_with_secret(self) -> None:
        if self.secret.secret is not None and not self.open_it.waiting:
            self._secret = self.secret.secret
            self.open_it.wait(self.session(safe.OPENING_BACKUP))
            self._preview()

    # ---- bringing it back

    def _merge(self) -> None:
        wallet, path, secret = self.session.open_wallet, self._path, self._secret
        lines: list[str] = []

        def merge() -> Wallet:
            renewed, merged = backing_up.merge(wallet, path, secret)
            lines.extend(self._merged(merged))
            return renewed

        self.merge.wait(self.session(safe.MERGING))
        change_trust(self.session, self, merge, lambda: self._done(" ".join(lines)), self._failed)

    def _merged(self, merged: Merged) -> tuple[str, ...]:
        return backup_words.merged(self.session.texts, merged)

    def _ask_replace(self) -> None:
        if self.merge.waiting:
            return
        said = (safe.REPLACE_QUESTION, safe.REPLACE_TEXT, safe.REPLACE_GO)
        question = QuestionDialog(self, self.session, *said)
        question.accepted.connect(self._replace)
        question.open()

    def _replace(self) -> None:
        wallet, path, secret = self.session.open_wallet, self._path, self._secret
        before: list[BackupMade] = []

        def replace() -> Wallet:
            renewed, made = backing_up.replace(wallet, path, secret)
            before.append(made)
            return renewed

        self.replace.wait(self.session(safe.BRINGING_BACK))
        change_trust(
            self.session,
            self,
            replace,
            lambda: self._done(self.session(safe.REPLACED)),
            self._failed,
        )

    def _done(self, text: str) -> None:
        self.told.emit(text)
        self.accept()

    def _failed(self, error: WalletError) -> None:
        self.merge.ready(self.session(safe.MERGE))
        self.replace.ready(self.session(safe.REPLACE))
        self._say(error)

    def _say(self, error: WalletError | VaultError) -> None:
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.fit()
