"""One credential of the wallet: content first, then how it was checked, then its history."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from wallet.actions import wallet as content
from wallet.actions.wallet import Shown
from wallet.errors import NotFound, WalletError
from wallet.model.presentation import LedgerEntry
from wallet.texts import labels
from wallet.texts.ways import way
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, Page, button, column, line
from wallet.ui.widgets.credential import CredentialView
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph

_WIDEST = 1240


class DetailPage(Page):
    """Shows one entry; goes back by itself when the entry is gone."""

    left = Signal()
    present_wanted = Signal(str)
    delete_wanted = Signal(str, str)
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_WIDEST)
        self._session = session
        self._entry_id = ""
        session.tasks.changed.connect(self.reload)

    @property
    def entry_id(self) -> str:
        """The credential that is shown."""
        return self._entry_id

    def show_entry(self, entry_id: str) -> None:
        """Show another credential."""
        self._entry_id = entry_id
        self.empty()
        self.verticalScrollBar().setValue(0)
        self.reload()

    def reload(self) -> None:
        """Ask for it anew; stored things may have changed."""
        if not self._entry_id or self._session.wallet is None:
            return
        wallet, entry_id = self._session.open_wallet, self._entry_id
        self._session.tasks.ask(
            self, lambda: content.show(wallet, entry_id), self._show, self._not_there
        )

    def _not_there(self, error: WalletError) -> None:
        if isinstance(error, NotFound):
            self._leave()
        else:
            self._session.tasks.failed.emit(error)

    def _leave(self) -> None:
        self._entry_id = ""
        self.left.emit()

    def _show(self, shown: Shown) -> None:
        if shown.kept.entry.id != self._entry_id:
            return
        if shown.kept.entry.deleted_at is not None:
            self._leave()
            return
        with self.settled():
            self._fill(shown)

    def _fill(self, shown: Shown) -> None:
        s = self._session
        self.empty()
        back = button(s.style, s(labels.BACK_TO_LIST), self._leave, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        more = (self._shown_to(shown.shown_to), self._origin(shown))
        self.body.addWidget(
            CredentialView(
                s,
                shown.kept.credential,
                shown.report,
                buttons=self._buttons(shown),
                more=more,
            )
        )

    def _buttons(self, shown: Shown) -> QLayout:
        s, entry = self._session, shown.kept.entry
        title = entry.title.best(s.texts.language) if entry.title else s(labels.UNTITLED)
        made: list[QPushButton] = [
            button(
                s.style,
                s(labels.SHOW_TO_SOMEBODY),
                lambda: self.present_wanted.emit(entry.id),
                icon="present",
                role="main",
            ),
            button(s.style, s(labels.SAVE_ORIGINAL), self._save, icon="export"),
            button(s.style, s(labels.CHECK_AGAIN), self._check_again, icon="refresh"),
            button(
                s.style,
                s(labels.DELETE),
                lambda: self.delete_wanted.emit(entry.id, title),
                icon="delete",
                role="quiet",
            ),
        ]
        return Flow(*made)

    def _save(self) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id

        def chosen(folder: Path) -> None:
            self._session.tasks.ask(
                self, lambda: content.export(wallet, (entry_id,), folder), self._saved
            )

        choose_folder(self, self._session, labels.SAVE_ORIGINAL, chosen)

    def _saved(self, paths: tuple[Path, ...]) -> None:
        self.told.emit(self._session(labels.SAVED_AS, path=str(paths[0])))

    def _check_again(self) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id
        done = self._session(labels.CHECKED_NOW)
        self._session.tasks.change(
            self, lambda: content.check_again(wallet, entry_id), lambda _: self.told.emit(done)
        )

    def _shown_to(self, entries: tuple[LedgerEntry, ...]) -> Card:
        s = self._session
        card = Card(s(labels.SHOWN_TO))
        if not entries:
            card.add(Paragraph(s(labels.SHOWN_TO_NOBODY), "muted"))
        for entry in entries:
            card.add(ledger_line(s, entry, titles=False))
        return card

    def _origin(self, shown: Shown) -> Card:
        s, t = self._session, self._session.texts
        card = Card(s(labels.WHERE_FROM))
        versions = shown.kept.versions
        if len(versions) > 1:
            card.add(Paragraph(s(labels.VERSIONS_TEXT), "small"))
        for number, version in enumerate(versions):
            if number:
                card.add(line())
            origin = way(t, version.provenance.source, version.provenance.path)
            words = column(GRID // 2)
            words.addWidget(Paragraph(origin))
            added = s(labels.ADDED_ON, date=t.date(version.provenance.added_at), bytes=version.size)
            words.addWidget(Paragraph(added, "muted"))
            if version.shown and len(versions) > 1:
                words.addWidget(Paragraph(s(labels.THIS_IS_SHOWN), "strong"))
            words.addWidget(Paragraph(f"SHA-256 {version.sha256}", "fixed"))
            card.add(words)
        return card


def ledger_line(session: Session, entry: LedgerEntry, *, titles: bool) -> QWidget:
    """Put one line of the ledger into words: to whom, when, what, in which form, until when."""
    t = session.texts
    whom = entry.audience or t(labels.NOBODY_NAMED)
    facts = [t.time(entry.made_at), t(labels.FORMS[entry.form])]
    if entry.expires is not None:
        facts.append(t(labels.HOLDS_UNTIL, time=t.time(entry.expires)))
    words = column(2)
    words.addWidget(Paragraph(whom, "strong"))
    if titles:
        words.addWidget(Paragraph(t.listing(entry.titles)))
    words.addWidget(Paragraph(" · ".join(facts), "muted"))
    made = QWidget()
    made.setLayout(words)
    return made
