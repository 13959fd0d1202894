"""How far what is held brings the person toward each award: a card for each programme."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from wallet.actions import auditing
from wallet.actions import planning as plans
from wallet.actions import programmes as shelf
from wallet.actions import progress as counting
from wallet.actions import wallet as content
from wallet.actions.files import safe_name, save
from wallet.actions.programmes import Version
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, WalletError
from wallet.model.audit import Audit
from wallet.model.keeping import Choice, Entry
from wallet.model.programme import Assessment, Conflict, Programme
from wallet.texts import labels, planning
from wallet.ui.dialogs.files import choose_files, choose_new_file
from wallet.ui.dialogs.papers import PapersDialog
from wallet.ui.models.entries import title_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Page, button, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.programme import Known, ProgrammeCard

Result = TypeVar("Result")

_AT_ONCE = 20
"""Credentials that are read in one task."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The programmes that are evaluated, and what is known beside that."""

    programmes: tuple[Programme, ...]
    known: dict[str, Known]
    planned: tuple[str, ...]


Answer = tuple[Assessment, Assessment | None]
"""An evaluation, and the one with what is planned."""


class ProgressPage(Page):
    """Programmes appear as they are evaluated. Nothing is evaluated while nobody looks."""

    opened = Signal(str)
    import_wanted = Signal()
    told = Signal(str, object)
    """What was done, and what takes it back (or None)."""
    plan_wanted = Signal(str)
    new_wanted = Signal()
    change_wanted = Signal(object)
    """The version to adapt or change."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self.cards: dict[str, ProgrammeCard] = {}
        self._titles: dict[str, str] = {}
        self._shelf = Shelf((), {}, ())
        self.answers: dict[str, Answer] = {}
        """By programme, as far as this round has come."""
        self._round, self._running = 0, False
        self._waiting: list[Programme] = []
        self._unread: list[Entry] = []
        self._held: list[counting.Held] = []
        self._build()
        session.tasks.changed.connect(self._changed)

    def _build(self) -> None:
        s = self._session
        self.body.addWidget(Paragraph(s(labels.PROGRESS), "title"))
        self.body.addWidget(Paragraph(s(labels.PROGRESS_TEXT), "muted"))
        new = button(s.style, s(planning.NEW_PROGRAMME), self.new_wanted.emit, icon="plus")
        add = button(s.style, s(planning.ADD_PROGRAMME), self._choose_file, icon="folder")
        self.body.addLayout(Flow(new, add))
        self._nothing = EmptyState(
            s,
            "progress",
            s(labels.NOTHING_TO_COUNT),
            s(labels.EMPTY_TEXT),
            button(s.style, s(labels.OPEN_FILE), self.import_wanted.emit, icon="folder"),
        )
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        self._counting = Paragraph(s(labels.COUNTING), "muted")
        self.body.addWidget(self._counting)
        self._list = column(GRID * 3)
        self.body.addLayout(self._list)
        self.body.addStretch(1)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102 -- Qt's name
        super().showEvent(event)
        if self._stale:
            self.reload()
        else:
            self._go_on()

    def reload(self) -> None:
        """Evaluate everything anew; each card is replaced when its answer is there."""
        self._stale, self._round = False, self._round + 1
        self._waiting, self._unread, self._held, self.answers = [], [], [], {}
        wallet = self._session.open_wallet
        self._session.tasks.ask(
            self, lambda: content.entries(wallet), partial(self._read, self._round), self._failed
        )

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _read(self, round_: int, entries: tuple[Entry, ...]) -> None:
        if round_ != self._round:
            return
        self._titles = {entry.id: title_of(self._session.texts, entry) for entry in entries}
        self._nothing.setVisible(not entries)
        self._unread = list(entries)
        if entries:
            self._go_on()
        else:
            self._ask_for_shelf()

    # ---- one short task after another, so that other pages get their turn between two

    def _go_on(self) -> None:
        if self._running or not self.isVisible():
            return
        wallet = self._session.open_wallet
        if self._unread:
            some, self._unread = self._unread[:_AT_ONCE], self._unread[_AT_ONCE:]
            self._work(lambda: counting.held(wallet, some), self._take)
        elif self._waiting:
            one, held, planned = self._waiting.pop(0), tuple(self._held), self._shelf.planned
            self._work(lambda: _assess(wallet, one, held, planned), partial(self._answered, one))

    def _work(self, task: Callable[[], Result], then: Callable[[Result], None]) -> None:
        round_, self._running = self._round, True

        def done(result: Result) -> None:
            self._running = False
            if round_ == self._round:
                then(result)
            self._go_on()

        self._session.tasks.ask(self, task, done, self._failed)

    def _take(self, held: tuple[counting.Held, ...]) -> None:
        self._held += held
        if not self._unread:
            self._ask_for_shelf()

    def _ask_for_shelf(self) -> None:
        wallet, held = self._session.open_wallet, tuple(self._held)
        self._work(lambda: _shelf(wallet, held), self._show_shelf)

    def _show_shelf(self, found: Shelf) -> None:
        self._shelf = found
        with self.settled():
            self._counting.hide()
            for gone in self.cards.keys() - found.known.keys():
                card = self.cards.pop(gone)
                card.hide()
                card.deleteLater()
            for place, programme in enumerate(found.programmes):
                known = found.known[programme.id]
                if programme.id in self.cards:
                    self.cards[programme.id].know(known, self._name)
                else:
                    self.cards[programme.id] = self._card(known)
                    self._list.insertWidget(place, self.cards[programme.id])
        self._waiting = list(found.programmes)

    def _answered(self, programme: Programme, answer: Answer) -> None:
        self.answers[programme.id] = answer
        with self.settled():
            self.cards[programme.id].fill(*answer)
        if not self._waiting:
            wallet = self._session.open_wallet
            every = [one for one, _then in self.answers.values()]
            self._work(
                lambda: (counting.conflicts(wallet, every), counting.choices(wallet)),
                self._show_conflicts,
            )

    def _show_conflicts(self, found: tuple[Sequence[Conflict], Sequence[Choice]]) -> None:
        with self.settled():
            for card in self.cards.values():
                card.show_conflicts(*found)

    def _failed(self, error: WalletError) -> None:
        self._running = False
        if not isinstance(error, NotFound):  # gone between two steps: a reload is on its way
            self._session.tasks.failed.emit(error)

    # ---- what can be done

    def _card(self, known: Known) -> ProgrammeCard:
        card = ProgrammeCard(self._session, known, self._name)
        id_ = known.used.programme.id
        do = self._change
        card.opened.connect(lambda holding: self.opened.emit(entry_of(holding)))
        card.confirmed.connect(lambda h, item: do(lambda w: counting.confirm(w, h, id_, item)))
        card.taken_back.connect(lambda h, item: do(lambda w: counting.unconfirm(w, h, id_, item)))
        card.given.connect(lambda h, award: do(lambda w: counting.give(w, h, award)))
        card.ungiven.connect(lambda h: do(lambda w: counting.take_back(w, h)))
        card.picked.connect(lambda version: do(lambda w: shelf.pick(w, id_, version)))
        card.plan_wanted.connect(lambda: self.plan_wanted.emit(id_))
        card.change_wanted.connect(lambda: self.change_wanted.emit(self.shown_version(id_)))
        card.share_wanted.connect(lambda: self._share(self.shown_version(id_)))
        card.remove_wanted.connect(lambda: self._remove(self.shown_version(id_)))
        card.papers_wanted.connect(lambda award: self._ask_for_papers(id_, award))
        return card

    def shown_version(self, programme_id: str) -> Version:
        """The version of a programme that is on its card."""
        return self._shelf.known[programme_id].used

    def _change(self, does: Callable[[Wallet], None]) -> None:
        wallet = self._session.open_wallet
        self._session.tasks.change(self, lambda: does(wallet), _done)

    def _ask_for_papers(self, programme_id: str, award: str) -> None:
        wallet = self._session.open_wallet
        self._session.tasks.ask(
            self, lambda: auditing.audit(wallet, programme_id, award), self._show_papers
        )

    def _show_papers(self, found: Audit) -> None:
        PapersDialog(self, self._session, found).open()

    def _choose_file(self) -> None:
        choose_files(self, self._session, planning.ADD_PROGRAMME, self.add_files)

    def add_files(self, paths: list[Path]) -> None:
        """Put programme files among the person's own."""
        s, wallet = self._session, self._session.open_wallet

        def added(version: Version) -> None:
            title = version.programme.title.best(s.texts.language)
            self.told.emit(s(planning.ADDED, title=title), None)

        for path in paths:
            s.tasks.change(self, partial(shelf.add_file, wallet, path), added)

    def _share(self, version: Version) -> None:
        s = self._session
        title = version.programme.title.best(s.texts.language)

        def chosen(path: Path) -> None:
            s.tasks.ask(
                self,
                lambda: save(shelf.file_of(version), path),
                lambda saved: self.told.emit(s(labels.SAVED_AS, path=saved), None),
            )

        choose_new_file(self, s, planning.SHARE, f"{safe_name(title)}.json", chosen)

    def _remove(self, version: Version) -> None:
        s, wallet, own, one = (
            self._session,
            self._session.open_wallet,
            version.own,
            version.programme,
        )
        if own is None:
            return
        title = one.title.best(s.texts.language)

        def put_back() -> None:
            s.tasks.change(
                self, lambda: shelf.add(wallet, own.source, own.raw, own.signature), _done
            )

        s.tasks.change(
            self,
            lambda: shelf.remove(wallet, one.id, one.version),
            lambda _none: self.told.emit(s(planning.REMOVED, title=title), put_back),
        )

    def _name(self, key: str) -> str:
        """Name a holding, a catalogue item, or an award ("programme#award")."""
        language = self._session.texts.language
        for one in self._shelf.programmes:
            item = one.item(key)
            if item is not None:
                return item.title.best(language)
            award = one.award(key.removeprefix(f"{one.id}#"))
            if award is not None and key.startswith(one.id):
                return award.title.best(language)
        return self._titles.get(entry_of(key), key)


def _shelf(wallet: Wallet, held: tuple[counting.Held, ...]) -> Shelf:
    programmes = counting.in_use(wallet, held)
    versions = shelf.versions(wallet)
    confirmed = counting.confirmations(wallet)
    known = {}
    for one in programmes:
        several = tuple(v for v in versions if v.programme.id == one.id)
        own = next((v.own for v in several if v.programme == one and v.own is not None), None)
        known[one.id] = Known(
            several,
            tuple(c for c in confirmed if c.programme == one.id),
            shelf.vouched(wallet, own) if own is not None else None,
        )
    return Shelf(programmes, known, plans.plan(wallet, programmes))


def _assess(
    wallet: Wallet, one: Programme, held: tuple[counting.Held, ...], planned: tuple[str, ...]
) -> Answer:
    now = counting.assess_held(wallet, one, held)
    then = counting.assess_held(wallet, one, held, planned) if planned else None
    return now, then if then is not None and then.planned else None


def entry_of(holding: str) -> str:
    """Return the id of the credential that a holding (one achievement of it) belongs to."""
    return holding.partition("#")[0]


def _done(_result: object) -> None:
    """The page reloads by itself."""
