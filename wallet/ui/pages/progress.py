"""How far what is held brings the person toward each award: a card for each programme."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent

from wallet.actions import progress as counting
from wallet.actions import wallet as content
from wallet.model.keeping import Entry
from wallet.model.programme import Assessment, Programme
from wallet.texts import labels
from wallet.texts import progress as said
from wallet.ui.models.entries import title_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.basic import Card, Page, button, clear, column, line
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph

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
        self.body.addStretch(1)
        session.tasks.changed.connect(self._changed)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: D102 -- Qt's name
        super().showEvent(event)
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Evaluate everything anew; each card is replaced when its answer is there."""
        self._stale = False
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
        wallet, tasks = self._session.open_wallet, self._session.tasks
        self._titles = {entry.id: title_of(self._session.texts, entry) for entry in entries}
        self._nothing.setVisible(not entries)
        for programme in programmes:
            if programme.id not in self._cards:
                card = Card(programme.title.best(self._session.texts.language))
                self._cards[programme.id] = card
                card.add(Paragraph(self._session(labels.COUNTING), "muted"))
                self.body.insertWidget(self.body.count() - 1, card)
            tasks.ask(
                self,
                partial(counting.progress, wallet, programme.id),
                partial(self._fill, programme),
            )

    def _fill(self, programme: Programme, answer: tuple[Assessment, ...]) -> None:
        s, t, assessment = self._session, self._session.texts, answer[0]
        card = self._cards[programme.id]
        clear(card.body)
        card.add(Paragraph(assessment.title.best(t.language), "head"))
        names = self._names(programme)
        for number, award in enumerate(assessment.awards):
            if number:
                card.add(line())
            view = AwardView(s, assessment, award, names)
            key = (programme.id, award.key)
            view.opened.connect(lambda holding: self.opened.emit(entry_of(holding)))
            view.confirmed.connect(
                lambda holding, item: self._confirm(programme.id, entry_of(holding), item)
            )
            if key in self._unfolded:
                view.unfold()
            view.unfolded.connect(lambda on, key=key: self._remember(key, on))
            card.add(view)
        card.add(line())
        rests = [said.rests_on(t, assessment)]
        rests += [t(said.ASSUMED, note=note) for note in assessment.assumptions]
        below = column(GRID // 2)
        for text in rests:
            below.addWidget(Paragraph(text, "small"))
        card.add(below)

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
