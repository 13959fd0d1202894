"""How far what is held brings the person toward each award: a card for each programme."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from wallet.actions import progress as counting
from wallet.actions import wallet as content
from wallet.errors import NotFound, WalletError
from wallet.model.keeping import Entry
from wallet.model.programme import Assessment, AwardAssessment, Programme
from wallet.texts import labels
from wallet.texts import progress as said
from wallet.ui.models.entries import title_of
from wallet.ui.session import Session
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.basic import Card, Folded, Page, button, clear, line
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph

_AT_ONCE = 20
"""Credentials that are read in one task."""

Found = tuple[tuple[Programme, ...], tuple[Entry, ...]]


class ProgressPage(Page):
    """Programmes appear as they are evaluated. Nothing is evaluated while nobody looks."""

    opened = Signal(str)
    import_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._stale = True
        self._unfolded: set[tuple[str, str]] = set()
        self._cards: dict[str, Card] = {}
        self._titles: dict[str, str] = {}
        self._round, self._running = 0, False
        self._waiting: list[Programme] = []
        self._unread: list[Entry] = []
        self._held: list[counting.Held] = []
        self.body.addWidget(Paragraph(session(labels.PROGRESS), "title"))
        self.body.addWidget(Paragraph(session(labels.PROGRESS_TEXT), "muted"))
        self._nothing = EmptyState(
            session,
            "progress",
            session(labels.NOTHING_TO_COUNT),
            session(labels.EMPTY_TEXT),
            button(
                session.style, session(labels.OPEN_FILE), self.import_wanted.emit, icon="folder"
            ),
        )
        self._nothing.hide()
        self.body.addWidget(self._nothing)
        self._counting = Paragraph(session(labels.COUNTING), "muted")
        self.body.addWidget(self._counting)
        self.body.addStretch(1)
        session.tasks.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102 -- Qt's name
        super().showEvent(event)
        if self._stale:
            self.reload()
        else:
            self._go_on()

    def reload(self) -> None:
        """Evaluate everything anew; each card is replaced when its answer is there."""
        self._stale, self._round = False, self._round + 1
        self._waiting, self._unread, self._held = [], [], []
        wallet = self._session.open_wallet
        self._session.tasks.ask(
            self, lambda: (counting.programmes(), content.entries(wallet)), self._show
        )

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self.reload()

    def _show(self, found: Found) -> None:
        programmes, entries = found
        self._titles = {entry.id: title_of(self._session.texts, entry) for entry in entries}
        with self.settled():
            self._counting.hide()
            self._nothing.setVisible(not entries)
            for programme in programmes:
                if programme.id not in self._cards:
                    self._add_card(programme)
        known = self._session.assessments
        for programme in programmes:
            if programme.id in known:
                self._fill(programme, known[programme.id])
        self._waiting = [one for one in programmes if one.id not in known]
        self._unread = list(entries) if self._waiting else []
        self._go_on()

    def _add_card(self, programme: Programme) -> None:
        card = Card(programme.title.best(self._session.texts.language))
        self._cards[programme.id] = card
        card.add(Paragraph(self._session(labels.COUNTING), "muted"))
        self.body.insertWidget(self.body.count() - 1, card)

    # ---- one short task after another, so that other pages get their turn between two

    def _go_on(self) -> None:
        if self._running or not self.isVisible():
            return
        wallet, round_ = self._session.open_wallet, self._round
        if self._unread:
            some, self._unread = self._unread[:_AT_ONCE], self._unread[_AT_ONCE:]
            self._running = True
            self._session.tasks.ask(
                self, lambda: counting.held(wallet, some), partial(self._take, round_), self._failed
            )
        elif self._waiting:
            programme, held = self._waiting.pop(0), tuple(self._held)
            self._running = True
            self._session.tasks.ask(
                self,
                lambda: counting.assess_held(wallet, programme, held),
                partial(self._answered, round_, programme),
                self._failed,
            )

    def _take(self, round_: int, held: tuple[counting.Held, ...]) -> None:
        self._running = False
        if round_ == self._round:
            self._held += held
        self._go_on()

    def _answered(self, round_: int, programme: Programme, answer: Assessment) -> None:
        self._running = False
        if round_ == self._round:
            self._session.assessments[programme.id] = answer
            self._fill(programme, answer)
        self._go_on()

    def _failed(self, error: WalletError) -> None:
        self._running = False
        if not isinstance(error, NotFound):  # gone between two steps: a reload is on its way
            self._session.tasks.failed.emit(error)

    # ---- one programme

    def _fill(self, programme: Programme, assessment: Assessment) -> None:
        with self.settled():
            card = self._cards[programme.id]
            clear(card.body)
            card.add(Paragraph(assessment.title.best(self._session.texts.language), "head"))
            names = self._names(programme)
            for number, award in enumerate(assessment.awards):
                if number:
                    card.add(line())
                card.add(self._award(programme, assessment, award, names))
            card.add(line())
            card.add(self._rests_on(programme.id, assessment))

    def _award(
        self,
        programme: Programme,
        assessment: Assessment,
        award: AwardAssessment,
        names: Callable[[str], str],
    ) -> AwardView:
        stated = programme.award(award.key)
        view = AwardView(self._session, assessment, award, names, stated.ects if stated else None)
        key = (programme.id, award.key)
        view.opened.connect(lambda holding: self.opened.emit(entry_of(holding)))
        view.confirmed.connect(
            lambda holding, item: self._confirm(programme.id, entry_of(holding), item)
        )
        if key in self._unfolded:
            view.unfold()
        view.unfolded.connect(lambda on: self._remember(key, on))
        return view

    def _rests_on(self, programme_id: str, assessment: Assessment) -> QWidget:
        t, key = self._session.texts, (programme_id, "")
        title = assessment.title.best(t.language)
        folded = Folded(
            self._session.style,
            self._session(labels.RESTS_ON),
            self._session(labels.RESTS_ON_NAMED, title=title),
        )
        texts = [said.rests_on(t, assessment)]
        texts += [t(said.ASSUMED, note=note) for note in assessment.assumptions]
        for text in texts:
            folded.inside.addWidget(Paragraph(text, "small"))
        folded.toggle.setChecked(key in self._unfolded)
        folded.toggle.toggled.connect(lambda on: self._remember(key, on))
        return folded

    def _names(self, programme: Programme) -> Callable[[str], str]:
        language, titles = self._session.texts.language, self._titles

        def name(key: str) -> str:
            item = programme.item(key)
            if item is not None:
                return item.title.best(language)
            award = programme.award(key.rpartition("#")[2])
            return award.title.best(language) if award else titles.get(entry_of(key), key)

        return name

    def _remember(self, key: tuple[str, str], on: bool) -> None:
        (self._unfolded.add if on else self._unfolded.discard)(key)

    def _confirm(self, programme: str, entry_id: str, item: str) -> None:
        wallet = self._session.open_wallet
        self._session.tasks.change(
            self, lambda: counting.confirm(wallet, entry_id, programme, item), _done
        )


def entry_of(holding: str) -> str:
    """Return the id of the credential that a holding (one achievement of it) belongs to."""
    return holding.partition("#")[0]


def _done(_result: None) -> None:
    """The page reloads by itself."""
