"""Before, while and after trust data are fetched: whom it asks, how far it is, what came."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from wallet.actions import updating
from wallet.actions.updating import Source, SourceKind, Update, UpdateResult
from wallet.model.verification import Colour
from wallet.texts import Message, labels, problems
from wallet.texts import trusting as words
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Card, Folded, Icon, button, clear, column, line, row
from wallet.ui.widgets.labelled import ticked
from wallet.ui.widgets.plain import Line, Paragraph
from wallet.ui.widgets.verdict import tint

_EUROPEAN = frozenset({SourceKind.LIST_OF_LISTS, SourceKind.NATIONAL_LIST})
_GROUPS: tuple[tuple[frozenset[SourceKind], Message, Message], ...] = (
    (_EUROPEAN, words.GROUP_EUROPEAN, words.PUBLIC_FILES),
    (frozenset({SourceKind.REGISTRY}), words.GROUP_REGISTRIES, words.PUBLIC_FILES),
    (frozenset({SourceKind.DID_DOCUMENT}), words.GROUP_DOCUMENTS, words.HOLDS_ONE),
    (frozenset({SourceKind.STATUS_LIST}), words.GROUP_STATUS, words.HOLDS_ONE),
)
"""What is ticked together, its name, and what the hosts learn."""
_NAMED_HOSTS = 5
"""Hosts that are named at once; all of them are in the addresses that unfold."""


class OfferDialog(Dialog):
    """The one offer of the European lists: what, from whom, what they learn. Closing is "Later"."""

    never = Signal()

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(words.GET_LISTS), 620)
        s = session
        self.body.addWidget(Paragraph(s(words.OFFER_WHY)))
        card = Card(margin=GRID * 2)
        for number, (heading, text) in enumerate(
            (
                (words.OFFER_WHAT, words.OFFER_WHAT_TEXT),
                (words.OFFER_WHO, words.OFFER_WHO_TEXT),
                (words.OFFER_LEARNS, words.OFFER_LEARNS_TEXT),
            )
        ):
            if number:
                card.add(line())
            part = column(GRID // 2)
            part.addWidget(Paragraph(s(heading), "strong"))
            part.addWidget(Paragraph(s(text), "muted"))
            card.add(part)
        self.body.addWidget(card)
        self.body.addWidget(Paragraph(s(words.OFFER_LATER), "muted"))
        self.get = button(s.style, s(words.GET), self.accept, role="main")
        self.later = button(s.style, s(words.LATER), self.reject)
        never = button(s.style, s(words.NEVER), self._never, role="quiet")
        self.end(self.get, self.later, never, close=False)
        self.get.setFocus()

    def _never(self) -> None:
        self.never.emit()
        self.reject()


class UpdateDialog(Dialog):
    """Whom an update would ask, group by group, each to be left out. `chosen` carries sources."""

    chosen = Signal(tuple)

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(words.UPDATE_TITLE), 620)
        self._boxes: list[tuple[QCheckBox, tuple[Source, ...]]] = []
        self.body.addWidget(Paragraph(session(words.UPDATE_TEXT)))
        self._groups = column(GRID * 2)
        self._groups.addWidget(Paragraph(session(words.FINDING_OUT), "muted"))
        card = Card(margin=GRID * 2)
        card.add(self._groups)
        self.body.addWidget(card)
        self.fetch = button(session.style, session(words.FETCH), self._go, role="main")
        self.fetch.setEnabled(False)
        self.end(self.fetch)
        wallet = session.open_wallet
        session.tasks.ask(self, lambda: updating.sources(wallet), self._show)

    def _show(self, sources: tuple[Source, ...]) -> None:
        clear(self._groups)
        for kinds, name, learns in _GROUPS:
            found = tuple(source for source in sources if source.kind in kinds)
            if found:
                if self._boxes:
                    self._groups.addWidget(line())
                self._groups.addLayout(self._group(found, self.session(name), self.session(learns)))
        self._ticked()
        self._boxes[0][0].setFocus()
        # What was put in just now is not shown yet, and has no height before.
        QTimer.singleShot(0, self, self.fit)

    def _group(self, found: tuple[Source, ...], name: str, learns: str) -> QVBoxLayout:
        s = self.session
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(name)
        box.setAccessibleDescription(learns)
        box.toggled.connect(self._ticked)
        self._boxes.append((box, found))
        hosts = _hosts(found)
        shown = s.texts.listing(hosts[:_NAMED_HOSTS]) + (" …" if hosts[_NAMED_HOSTS:] else "")
        more = found[0].kind is SourceKind.LIST_OF_LISTS and len(found) == 1
        told = s(words.ASKED_LATER if more else words.ASKED_HOSTS, hosts=shown)
        text = column(GRID // 2)
        text.setContentsMargins(GRID * 5, 0, 0, 0)
        text.addWidget(Paragraph(told, "muted"))
        text.addWidget(Paragraph(learns, "small"))
        fold = Folded(s.style, s(words.ADDRESSES, n=len(found)), s(words.ADDRESSES_OF, group=name))
        addresses = Paragraph("\n".join(source.address for source in found), "fixed")
        addresses.setAccessibleName(addresses.text())
        fold.inside.addWidget(addresses)
        fold.toggle.toggled.connect(lambda _on: QTimer.singleShot(0, self, self.fit))
        text.addWidget(fold)
        part = column(GRID // 2)
        part.addLayout(ticked(box, name))
        part.addLayout(text)
        return part

    @property
    def boxes(self) -> tuple[QCheckBox, ...]:
        """One for each group, in their order."""
        return tuple(box for box, _ in self._boxes)

    def _chosen(self) -> tuple[Source, ...]:
        return tuple(one for box, found in self._boxes if box.isChecked() for one in found)

    def _ticked(self) -> None:
        self.fetch.setEnabled(bool(self._chosen()))

    def _go(self) -> None:
        chosen = self._chosen()
        self.accept()
        self.chosen.emit(chosen)


class FetchingDialog(Dialog):
    """Which host is asked, how many of how many, and "Stop" (what has come stays)."""

    stopped = Signal()

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(words.FETCHING))
        self._what, self._host = Line("", "strong"), Line("", "muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(session(words.FETCHING))
        for part in (self._what, self._host, self._bar):
            self.body.addWidget(part)
        self._stop = button(session.style, session(labels.STOP), self.stopped.emit)
        self.end(self._stop, close=False)

    def step(self, number: int, total: int, source: Source) -> None:
        """Say that address `number` of the total, counted from one, is asked."""
        # One address says nothing about how far it is: the bar then shows that work goes on.
        self._bar.setRange(0, total if total > 1 else 0)
        self._bar.setValue(number - 1)
        self._what.set(_name(self.session, source))
        s, host = self.session, source.host
        self._host.set(s(words.FETCHING_ONE, number=number, total=total, host=host))

    def judge(self) -> None:
        """Say that the fetching is over; judging cannot be stopped."""
        self._bar.setRange(0, 0)
        self._what.set(self.session(words.JUDGING))
        self._host.set("")
        self._stop.hide()


class FetchedDialog(Dialog):
    """What came and what did not, address by address; what failed comes first."""

    def __init__(
        self, parent: QWidget, session: Session, updates: Sequence[Update], *, stopped: bool
    ) -> None:
        super().__init__(parent, session, session(words.FETCHED), 620)
        s = session
        self.updates = tuple(sorted(updates, key=lambda u: u.result is not UpdateResult.FAILED))
        self.body.setSpacing(GRID + 4)
        said = [s(count, n=n) for result, count in _COUNTS if (n := _number(updates, result))]
        self.body.addWidget(
            Paragraph(s.texts.listing(said) if said else s(words.NOTHING_FETCHED), "strong")
        )
        if stopped:
            self.body.addWidget(Paragraph(s(words.STOPPED)))
        if len(said) > (1 if _number(updates, UpdateResult.FAILED) else 0):
            self.body.addWidget(Paragraph(s(words.ALL_JUDGED), "muted"))
        for update in self.updates:
            self.body.addWidget(line())
            self.body.addLayout(self._row(update))
        self.end()

    def _row(self, update: Update) -> QHBoxLayout:
        s, source = self.session, update.source
        failed = update.result is UpdateResult.FAILED
        colour = Colour.AMBER if failed else Colour.GREEN
        text = column(2)
        text.addWidget(Paragraph(_name(s, source), "strong"))
        text.addWidget(Paragraph(s(_RESULTS[update.result], host=source.host), "muted"))
        if update.error is not None:
            text.addWidget(Paragraph(problems.error(s.texts, update.error)))
        layout = row(spacing=GRID + 4)
        icon = Icon(s.style, ICONS_OF_COLOURS[colour], tint(colour), 22)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(text, 1)
        return layout


_COUNTS: tuple[tuple[UpdateResult, Message], ...] = (
    (UpdateResult.NEW, words.COUNT_NEW),
    (UpdateResult.UNCHANGED, words.COUNT_UNCHANGED),
    (UpdateResult.FAILED, words.COUNT_FAILED),
)
_RESULTS: dict[UpdateResult, Message] = {
    UpdateResult.NEW: words.RESULT_NEW,
    UpdateResult.UNCHANGED: words.RESULT_UNCHANGED,
    UpdateResult.FAILED: words.RESULT_FAILED,
}


def _number(updates: Iterable[Update], result: UpdateResult) -> int:
    return sum(update.result is result for update in updates)


def _name(session: Session, source: Source) -> str:
    """Name a source by its kind, with the country or the identifier that it is about."""
    if source.kind is SourceKind.DID_DOCUMENT:
        return f"{words.kind(session.texts, source.kind)}: {source.name}"
    return words.kind(session.texts, source.kind, source.name)


def _hosts(sources: Iterable[Source]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source.host for source in sources))
