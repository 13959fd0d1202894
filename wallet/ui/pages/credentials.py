"""The list of what is in the wallet: search as you type, filters, and several chosen at once."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from wallet.actions import wallet as content
from wallet.model.keeping import Entry
from wallet.texts import arranging, labels
from wallet.texts import noting as own
from wallet.ui.models.arranging import Arrangement
from wallet.ui.models.entries import EntriesModel, Row
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, group, row
from wallet.ui.widgets.card_list import CardList
from wallet.ui.widgets.filters import FilterPanel, OrderChoice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph, button_text
from wallet.ui.widgets.several import SeveralBar

_TYPING = 120
"""Milliseconds after the last key before the list is asked."""
_LEAST = 120
"""Pixels of the list that nothing above it may take."""
_LIST, _NOTHING_YET, _NOTHING_FOUND, _NOTHING_LEFT = range(4)


class SearchField(QLineEdit):
    """Escape empties it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class CredentialsPage(QWidget):
    """Search, the list, and an explanation while there is nothing to list."""

    opened = Signal(str)
    import_wanted = Signal()
    trash_wanted = Signal()
    present_wanted = Signal(tuple)
    told = Signal(str, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("page")
        self._model = EntriesModel(session.texts, self)
        self.list = CardList(session, self._model)
        self.search = self._search_field()
        self.filters = FilterPanel(session)
        self.order = OrderChoice(session)
        self.several = SeveralBar(session)
        self._wanted: Arrangement | None = None
        self._count = Paragraph("", "small")
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(_LEAST)
        for part in (
            self.list, self._nothing_yet(), self._nothing_found(), self._nothing_left(),
        ):  # fmt: skip
            self._stack.addWidget(part)
        self._lay_out()
        self._wire()
        self.reload()

    def _lay_out(self) -> None:
        s, layout = self._session, column(GRID + 4, GRID * 4)
        self.setLayout(layout)
        bring = button(
            s.style, s(labels.IMPORT), self.import_wanted.emit, icon="import", role="main"
        )
        trash = button(
            s.style, s(labels.TRASH), self.trash_wanted.emit, icon="delete", role="quiet"
        )
        if s.read_only:
            bring.hide()
        layout.addLayout(row(Paragraph(s(labels.CREDENTIALS), "title"), None, trash, bring))
        layout.addLayout(self._tools())
        self.filters.hide()
        layout.addWidget(self.filters)
        self.clear = button(s.style, s(arranging.FILTER_CLEAR), self.filters.clear, role="link")
        self.choose = button(s.style, s(own.CHOOSE_SEVERAL), role="link")
        self.choose.clicked.connect(lambda: self.choose_several(True))
        self._facts = group(Flow(self._count, self.clear, self.choose))
        layout.addWidget(self._facts)
        self.several.hide()
        layout.addWidget(self.several)
        layout.addWidget(self._stack, 1)

    def _tools(self) -> QHBoxLayout:
        s = self._session
        self.filter = button(s.style, s(arranging.FILTER))
        self.filter.setCheckable(True)
        self.filter.toggled.connect(self._show_filters)
        tools = row()
        tools.addWidget(self.search, 1)
        tools.addWidget(self.filter)
        tools.addWidget(self.order)
        return tools

    def _wire(self) -> None:
        self.list.opened.connect(self.opened)
        self.list.chosen_changed.connect(lambda: self.several.show_chosen(self.list.chosen))
        self.list.done.connect(lambda: self.choose_several(False))
        self.filters.changed.connect(self._arrange)
        self.order.activated.connect(self._arrange)
        self.several.present_wanted.connect(self.present_wanted)
        self.several.told.connect(self.told)
        self.several.done.connect(lambda: self.choose_several(False))
        self._session.tasks.changed.connect(self.reload)

    def rows(self) -> tuple[Row, ...]:
        """What the list shows."""
        return self._model.rows

    # ---- what is listed

    def reload(self) -> None:
        """Ask for the list anew."""
        wallet, text = self._session.open_wallet, self.search.text()
        self._session.tasks.ask(
            self, lambda: (content.entries(wallet), content.find(wallet, text)), self._show
        )

    def _find(self) -> None:
        """Ask what of the list there is to be shown; the list itself is here."""
        wallet, text = self._session.open_wallet, self.search.text()
        self._session.tasks.ask(self, lambda: content.find(wallet, text), self._show_only)

    def _show(self, listed: tuple[tuple[Entry, ...], frozenset[str]]) -> None:
        current, chosen = self.list.current_id(), self.list.chosen
        self._model.show_entries(*listed)
        if self.filter.isChecked():
            self.filters.offer(self._model.entries, self._model.state)
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self.filter.setChecked(wanted.filter.asked > 0)
            self.filters.choose(wanted.filter)
        self._shown(current, chosen)

    def _show_only(self, found: frozenset[str]) -> None:
        current, chosen = self.list.current_id(), self.list.chosen
        self._model.show_only(found)
        self._shown(current, chosen)

    def _arrange(self) -> None:
        current, chosen = self.list.current_id(), self.list.chosen
        self._model.arrange(self.arrangement)
        self._shown(current, chosen)

    def _shown(self, current: str, chosen: tuple[str, ...]) -> None:
        s, count, total = self._session, self._model.rowCount(), len(self._model.entries)
        self.list.stand_on(current, chosen)
        asked = self.filters.filter.asked
        nothing = _NOTHING_LEFT if asked else _NOTHING_FOUND if total else _NOTHING_YET
        self._stack.setCurrentIndex(_LIST if count else nothing)
        for part in (self.search, self.filter, self.order):
            part.setVisible(total > 0)
        self._show_facts()
        text = s(arranging.FILTER_ON, n=asked) if asked else s(arranging.FILTER)
        self.filter.setText(button_text(text))
        self.filter.setAccessibleName(text)
        if count == total:
            self._count.set(s(labels.CREDENTIAL_COUNT, n=total))
        else:
            self._count.set(s(arranging.SHOWN_OF, shown=count, n=total))

    def _show_facts(self) -> None:
        asked = self.filters.filter.asked > 0
        self._facts.setVisible(bool(self._model.entries) and (asked or not self.list.several))
        self.clear.setVisible(asked)
        self.choose.setVisible(self._model.rowCount() > 1 and not self.list.several)

    @property
    def arrangement(self) -> Arrangement:
        """The filter and the order."""
        return Arrangement(self.filters.filter, self.order.order)

    def take_up(self, arrangement: Arrangement) -> None:
        """Arrange the list like this as soon as it is there."""
        self._wanted = arrangement
        self.order.setCurrentIndex(self.order.findData(arrangement.order))

    def _show_filters(self, on: bool) -> None:
        if on:
            self.filters.offer(self._model.entries, self._model.state)
        self.filters.setVisible(on)

    def show_everything(self) -> None:
        """Ask for nothing: neither words nor a filter."""
        self.search.clear()
        self.filters.clear()

    # ---- several at once

    def choose_several(self, on: bool) -> None:
        """Start choosing several credentials, or end it."""
        self.list.choose_several(on)
        self.several.setVisible(on)
        self._show_facts()
        self.list.setFocus()

    # ---- the parts

    def _search_field(self) -> QLineEdit:
        s = self._session
        field = SearchField()
        field.setPlaceholderText(s(labels.SEARCH_HINT))
        field.setAccessibleName(s(labels.SEARCH))
        field.setClearButtonEnabled(True)
        field.addAction(
            QAction(s.style.icon("search", s.style.theme.muted), "", field),
            QLineEdit.ActionPosition.LeadingPosition,
        )
        wait = QTimer(field, singleShot=True, interval=_TYPING)
        wait.timeout.connect(self._find)
        field.textChanged.connect(lambda _text: wait.start())
        return field

    def _nothing_yet(self) -> QWidget:
        s = self._session
        bring = button(
            s.style, s(labels.OPEN_FILE), self.import_wanted.emit, icon="folder", role="main"
        )
        return _above(
            EmptyState(s, "credentials", s(labels.EMPTY_HEADING), s(labels.EMPTY_TEXT), bring)
        )

    def _nothing_found(self) -> QWidget:
        s = self._session
        everything = button(s.style, s(labels.SHOW_ALL), self.show_everything)
        return _above(
            EmptyState(
                s, "search", s(labels.NOTHING_FOUND), s(labels.NOTHING_FOUND_TEXT), everything
            )
        )

    def _nothing_left(self) -> QWidget:
        s = self._session
        everything = button(s.style, s(labels.SHOW_ALL), self.show_everything)
        heading, text = s(arranging.NOTHING_LEFT), s(arranging.NOTHING_LEFT_TEXT)
        return _above(EmptyState(s, "search", heading, text, everything))


def _above(card: QWidget) -> QWidget:
    layout = column()
    layout.addWidget(card)
    layout.addStretch(1)
    return group(layout)
