"""Whom this wallet trusts: lists, files and addresses with their dates, and own decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.actions import trusting, updating
from wallet.actions.trusting import BundledLists, TrustList
from wallet.actions.wallet import Wallet
from wallet.errors import WalletError
from wallet.model.keeping import Entry, TrustDecision, TrustItem
from wallet.texts import labels
from wallet.texts import trusting as words
from wallet.ui.dialogs.fetching import OfferDialog, UpdateDialog
from wallet.ui.dialogs.files import choose_files
from wallet.ui.drops import files_of
from wallet.ui.fetching import FetchRun
from wallet.ui.models.entries import row_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.trust_changes import change_trust
from wallet.ui.widgets.basic import Card, Folded, Page, button, clear, column, line, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.key_card import decision_words
from wallet.ui.widgets.plain import Paragraph

_LISTS = frozenset({"lotl", "trusted-list"})


@dataclass(frozen=True, slots=True)
class Found:
    """What is held, and what each decision is about."""

    held: TrustList
    concerns: dict[str, tuple[Entry, ...]]
    """By the decision's id."""


class TrustPage(Page):
    """Reached from the settings; files that are dropped on it are trust data."""

    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = s = session
        self.setAcceptDrops(True)
        back = button(s.style, s(words.BACK_TO_SETTINGS), self.left.emit, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(words.TRUST), "title"))
        self.body.addWidget(Paragraph(s(words.TRUST_TEXT), "muted"))
        self._update = button(s.style, s(words.UPDATE), self._ask, icon="refresh", role="main")
        add = button(s.style, s(words.ADD_FILE), self._choose, icon="plus")
        self.body.addLayout(Flow(self._update, add))
        self._lists, self._files, self._decisions = (column(GRID * 2) for _ in range(3))
        for heading, part in (
            (words.NATIONAL_LISTS, self._lists),
            (words.FILES, self._files),
            (words.DECISIONS, self._decisions),
        ):
            card = Card(s(heading))
            card.add(part)
            self.body.addWidget(card)
        self.body.addStretch(1)
        s.tasks.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask for what is held anew."""
        if (wallet := self._session.wallet) is not None:
            self._session.tasks.ask(self, lambda: _look(wallet), self.show_found)

    def add_files(self, paths: list[Path]) -> None:
        """Keep files as trust data, one after the other; a refused one stops no other."""
        if not paths or self._session.wallet is None:
            return
        wallet, path, kept = self._session.wallet, paths[0], list[TrustItem]()

        def add() -> Wallet:
            renewed, item = trusting.add(wallet, path)
            kept.append(item)
            return renewed

        def added() -> None:
            self.told.emit(self._session(words.ADDED, what=self._name(kept[0])))
            self.add_files(paths[1:])

        def refused(error: WalletError) -> None:
            self._session.tasks.failed.emit(error)
            self.add_files(paths[1:])

        change_trust(self._session, self, add, added, refused)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102 -- Qt's name
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102 -- Qt's name
        event.acceptProposedAction()
        self.add_files(files_of(event.mimeData()))

    # ---- what is shown

    def show_found(self, found: Found) -> None:
        """Show what is held."""
        lists = [item for item in found.held.items if item.kind in _LISTS]
        others = [item for item in found.held.items if item.kind not in _LISTS]
        with self.settled():
            for part in (self._lists, self._files, self._decisions):
                clear(part)
            self._show_lists(lists, found.held.bundled)
            self._show_files(others)
            self._show_decisions(found)

    def _show_lists(self, lists: list[TrustItem], bundled: BundledLists | None) -> None:
        s = self._session
        if not lists and bundled is None:
            self._lists.addWidget(Paragraph(s(words.NO_LISTS), "muted"))
            get = button(s.style, s(words.GET_LISTS), self._offer)
            self._lists.addLayout(Flow(get))
            return
        count = national_lists(lists, bundled)
        self._lists.addWidget(Paragraph(s(words.COUNT_LISTS, n=count), "strong"))
        if bundled is not None:
            self._lists.addLayout(self._bundled(bundled))
        if not lists:
            return
        first = min(item.as_of for item in lists)
        oldest, age = s.texts.date(first), words.age(s.texts, first, s.now())
        dated = s(words.NATIONAL_LISTS_TEXT, oldest=oldest, age=age)
        self._lists.addWidget(Paragraph(dated, "muted"))
        fold = Folded(s.style, s(words.SHOW_LISTS))
        fold.inside.setSpacing(GRID * 2)
        for item in sorted(lists, key=lambda item: (item.kind, item.name)):
            fold.inside.addWidget(self._item(item))
        self._lists.addWidget(fold)

    def _bundled(self, bundled: BundledLists) -> QVBoxLayout:
        s = self._session
        date, age = s.texts.date(bundled.as_of), words.age(s.texts, bundled.as_of, s.now())
        text = s(words.BUNDLED_LISTS_TEXT, date=date, age=age, source=bundled.source)
        part = column(2)
        part.addWidget(Paragraph(s(words.BUNDLED_LISTS, n=national_lists((), bundled))))
        part.addWidget(Paragraph(text, "muted"))
        return part

    def _show_files(self, items: list[TrustItem]) -> None:
        s = self._session
        self._files.addWidget(Paragraph(s(words.FILES_TEXT), "muted"))
        if not items:
            self._files.addWidget(Paragraph(s(words.NO_FILES), "muted"))
        for item in items:
            self._files.addWidget(line())
            self._files.addWidget(self._item(item))

    def _item(self, item: TrustItem) -> QWidget:
        s, name = self._session, self._name(item)
        text = column(2)
        text.addWidget(Paragraph(name, "strong"))
        text.addWidget(Paragraph(s(words.FROM_SOURCE, source=item.source)))
        dated = (s.texts.date(item.as_of), words.age(s.texts, item.as_of, s.now()))
        text.addWidget(Paragraph(" · ".join(dated), "muted"))
        remove = button(
            s.style,
            s(words.REMOVE),
            partial(self._remove, item.id, s(words.REMOVED, what=name)),
            name=s(words.REMOVE_NAMED, what=f"{name}, {item.source}"),
        )
        return _beside(text, remove)

    def _show_decisions(self, found: Found) -> None:
        s, decisions = self._session, found.held.decisions
        said = words.DECISIONS_TEXT if decisions else words.NO_DECISIONS
        self._decisions.addWidget(Paragraph(s(said), "muted"))
        for decision in decisions:
            self._decisions.addWidget(line())
            self._decisions.addWidget(self._decision(decision, found.concerns[decision.id]))

    def _decision(self, decision: TrustDecision, concerns: tuple[Entry, ...]) -> QWidget:
        s = self._session
        titles = s.texts.listing(row_of(s.texts, entry).title for entry in concerns)
        text = column(GRID // 2)
        text.addWidget(decision_words(s, decision))
        below = column(GRID // 2)
        below.setContentsMargins(GRID * 4 + 2, 0, 0, 0)
        if titles:
            below.addWidget(Paragraph(s(words.CONCERNS, titles=titles)))
        fingerprint = Paragraph(words.grouped(decision.key), "fixed")
        fingerprint.setAccessibleName(f"{s(words.FINGERPRINT)}: {fingerprint.text()}")
        below.addWidget(fingerprint)
        text.addLayout(below)
        what = f"{s(words.VERDICTS[decision.verdict])}, {titles or decision.key}"
        back = button(
            s.style,
            s(words.TAKE_BACK),
            partial(self._remove, decision.id, s(words.TAKEN_BACK)),
            icon="undo",
            name=s(words.TAKE_BACK_NAMED, what=what),
        )
        return _beside(text, back)

    def _name(self, item: TrustItem) -> str:
        return words.item(self._session.texts, item)

    # ---- what can be done

    def _remove(self, item_id: str, told: str) -> None:
        wallet = self._session.open_wallet
        change_trust(
            self._session,
            self,
            lambda: trusting.remove(wallet, item_id),
            lambda: self.told.emit(told),
        )

    def _choose(self) -> None:
        choose_files(self, self._session, labels.OPEN_FILE, self.add_files)

    def _ask(self) -> None:
        dialog = UpdateDialog(self, self._session)
        dialog.chosen.connect(self._fetch)
        dialog.open()

    def _offer(self) -> None:
        dialog = OfferDialog(self, self._session)
        wallet = self._session.open_wallet
        dialog.accepted.connect(lambda: self._fetch(updating.european(wallet)))
        dialog.open()

    def _fetch(self, sources: tuple[updating.Source, ...]) -> None:
        FetchRun(self.window(), self._session, sources).start()


def national_lists(items: Iterable[TrustItem], bundled: BundledLists | None) -> int:
    """Count the countries whose list is in use: fetched or added, and what came along."""
    territories = {item.name for item in items if item.kind == "trusted-list"}
    came = bundled.territories if bundled is not None else ()
    return len(territories | (set(came) - {"EU"}))


def _look(wallet: Wallet) -> Found:
    held = trusting.trusted(wallet)
    return Found(held, {d.id: trusting.signed_with(wallet, d.key) for d in held.decisions})


def _beside(text: QVBoxLayout, action: QWidget) -> QWidget:
    """Put what can be done beside what it is about."""
    layout = row(spacing=GRID * 2)
    layout.addLayout(text, 1)
    layout.addWidget(action, 0, Qt.AlignmentFlag.AlignTop)
    made = QWidget()
    made.setLayout(layout)
    return made
