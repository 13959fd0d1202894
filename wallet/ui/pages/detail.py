"""One credential of the wallet: content first, then how it was checked, then its history."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QMenu, QPushButton, QWidget

from wallet.actions import trusting
from wallet.actions import wallet as content
from wallet.actions.looking import Raw, raw
from wallet.actions.looking import version as older
from wallet.actions.trusting import KnownKey
from wallet.actions.wallet import Shown, Wallet
from wallet.errors import NotFound, WalletError
from wallet.model.credential import Format
from wallet.model.keeping import Verdict, Version
from wallet.model.presentation import LedgerEntry
from wallet.model.verification import CheckName, Standing, standing
from wallet.texts import labels
from wallet.texts import looking as looks
from wallet.texts import trusting as words
from wallet.texts.ways import way
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.dialogs.key import KeyDialog
from wallet.ui.dialogs.raw import RawDialog
from wallet.ui.dialogs.version import VersionDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.trust_changes import change_trust
from wallet.ui.widgets.basic import Card, Page, button, column, line, row
from wallet.ui.widgets.counts import CountsCard
from wallet.ui.widgets.credential import CredentialView
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.key_card import KeyCard
from wallet.ui.widgets.own_words import OwnWordsCard
from wallet.ui.widgets.plain import Paragraph, button_text
from wallet.ui.widgets.verdict import Badge

_WIDEST = 1240


class DetailPage(Page):
    """Shows one entry; goes back by itself when the entry is gone."""

    left = Signal()
    present_wanted = Signal(str)
    delete_wanted = Signal(str, str)
    told = Signal(str, object)
    """What was done, and how it is taken back (None where it cannot be)."""

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
        self._session.tasks.ask(self, lambda: _look(wallet, entry_id), self._show, self._not_there)

    def _not_there(self, error: WalletError) -> None:
        if isinstance(error, NotFound):
            self._leave()
        else:
            self._session.tasks.failed.emit(error)

    def _leave(self) -> None:
        self._entry_id = ""
        self.left.emit()

    def _show(self, found: tuple[Shown, KnownKey | None, int]) -> None:
        shown, known, credentials = found
        if shown.kept.entry.id != self._entry_id:
            return
        if shown.kept.entry.deleted_at is not None:
            self._leave()
            return
        with self.settled():
            self._fill(shown, known, credentials)

    def _fill(self, shown: Shown, known: KnownKey | None, credentials: int) -> None:
        s = self._session
        self.empty()
        back = button(s.style, s(labels.BACK_TO_LIST), self._leave, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        key = () if known is None else (self._key(shown, known),)
        own = OwnWordsCard(s, shown.kept)
        own.told.connect(self.told)
        counts = CountsCard(s, shown.kept.entry.id, credentials)
        more = (*key, own, counts, self._shown_to(shown.shown_to), self._origin(shown))
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
            self._more(),
        ]
        if s.read_only:  # what is left reads
            made = [made[1], made[-1]]
        return Flow(*made)

    def _more(self) -> QPushButton:
        s = self._session
        made = button(s.style, s(looks.MORE), name=s(looks.MORE_NAMED))
        menu = QMenu(made)
        menu.addAction(button_text(s(looks.RAW)), self._ask_for_raw)
        made.clicked.connect(lambda: menu.popup(made.mapToGlobal(made.rect().bottomLeft())))
        return made

    def _ask_for_raw(self) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id
        self._session.tasks.ask(self, lambda: raw(wallet, entry_id), self.show_raw)

    def show_raw(self, found: Raw) -> None:
        """Show the file as issued."""
        dialog = RawDialog(self, self._session, found)
        dialog.save_wanted.connect(self._save)
        dialog.open()

    def _save(self) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id

        def chosen(folder: Path) -> None:
            self._session.tasks.ask(
                self, lambda: content.export(wallet, (entry_id,), folder), self._saved
            )

        choose_folder(self, self._session, labels.SAVE_ORIGINAL, chosen)

    def _saved(self, paths: tuple[Path, ...]) -> None:
        self.told.emit(self._session(labels.SAVED_AS, path=str(paths[0])), None)

    def _check_again(self) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id
        done = self._session(labels.CHECKED_NOW)
        self._session.tasks.change(
            self,
            lambda: content.check_again(wallet, entry_id),
            lambda _: self.told.emit(done, None),
        )

    def _key(self, shown: Shown, known: KnownKey) -> KeyCard:
        s = self._session
        card = KeyCard(s, known, shown.report.check(CheckName.ISSUER).outcome)

        def ask(verdict: Verdict) -> None:
            dialog = KeyDialog(self, s, shown, known, verdict)
            dialog.decided.connect(lambda: self.told.emit(s(words.DECIDED), None))
            dialog.open()

        card.decision_wanted.connect(ask)
        card.taken_back.connect(self._take_back)
        for made in card.findChildren(QPushButton) if s.read_only else ():
            made.hide()
        return card

    def _take_back(self, decision_id: str) -> None:
        wallet, told = self._session.open_wallet, self._session(words.TAKEN_BACK)
        change_trust(
            self._session,
            self,
            lambda: trusting.remove(wallet, decision_id),
            lambda: self.told.emit(told, None),
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
        s, versions = self._session, shown.kept.versions
        card = Card(s(labels.WHERE_FROM))
        if len(versions) > 1:
            card.add(Paragraph(s(labels.VERSIONS_TEXT), "small"))
        for number, version in enumerate(versions):
            if number:
                card.add(line())
            card.add(self._version(version, shown, alone=len(versions) == 1))
        return card

    def _version(self, version: Version, shown: Shown, *, alone: bool) -> QLayout:
        s, t, sha256 = self._session, self._session.texts, version.sha256
        origin = way(t, version.provenance.source, version.provenance.path)
        added = t.date(version.provenance.added_at)
        words = column(GRID // 2)
        words.addWidget(Paragraph(origin))
        words.addWidget(Paragraph(s(labels.ADDED_ON, date=added, bytes=version.size), "muted"))
        if not alone:
            words.addLayout(row(Badge(s, _verdict(version, shown)), None))
        words.addWidget(Paragraph(f"SHA-256 {sha256}", "fixed"))
        if version.shown and not alone:
            words.addWidget(Paragraph(s(labels.THIS_IS_SHOWN), "strong"))
        elif not alone:
            name = s(looks.VERSION_LOOK_NAMED, date=added)
            look = button(s.style, s(looks.VERSION_LOOK), lambda: self._ask_for(sha256), name=name)
            words.addLayout(Flow(look))
        return words

    def _ask_for(self, sha256: str) -> None:
        wallet, entry_id = self._session.open_wallet, self._entry_id
        self._session.tasks.ask(
            self,
            lambda: older(wallet, entry_id, sha256),
            lambda found: VersionDialog(self, self._session, found).open(),
        )


def _verdict(version: Version, shown: Shown) -> Standing:
    asserted = shown.kept.entry.format is Format.SELF_ASSERTED
    return standing(shown.report if version.shown else version.report, self_asserted=asserted)


def _look(wallet: Wallet, entry_id: str) -> tuple[Shown, KnownKey | None, int]:
    shown = content.show(wallet, entry_id)
    return shown, trusting.known_key(wallet, shown.report), wallet.vault.info().credentials


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
