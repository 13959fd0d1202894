"""The list of what is in the wallet: search as you type, and how to bring the first one in."""

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView, QStackedWidget, QWidget

from wallet.actions import wallet as content
from wallet.model.keeping import Entry
from wallet.texts import labels
from wallet.ui.models.cards import CardDelegate
from wallet.ui.models.entries import EntriesModel, Row
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, group, row
from wallet.ui.widgets.places import EmptyState
from wallet.ui.widgets.plain import Paragraph

_TYPING = 120
"""Milliseconds after the last key before the list is asked."""


class CardList(QListView):
    """The list; whoever comes to it by the keyboard stands on its first card."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("plain")

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        super().focusInEvent(event)
        # Qt has made a row current by now, but a card shows the focus only when it is selected.
        if not self.selectionModel().hasSelection() and self.model().rowCount():
            at = self.currentIndex()
            self.setCurrentIndex(at if at.isValid() else self.model().index(0, 0))


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

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("page")
        layout = column(GRID * 2, GRID * 4)
        self.setLayout(layout)
        bring = button(
            session.style,
            session(labels.IMPORT),
            self.import_wanted.emit,
            icon="import",
            role="main",
        )
        trash = button(
            session.style,
            session(labels.TRASH),
            self.trash_wanted.emit,
            icon="delete",
            role="quiet",
        )
        layout.addLayout(row(Paragraph(session(labels.CREDENTIALS), "title"), None, trash, bring))
        self.search = self._search_field()
        layout.addWidget(self.search)
        self._count = Paragraph("", "small")
        layout.addWidget(self._count)
        self._stack = QStackedWidget()
        layout.addWidget(self._stack, 1)
        self._model = EntriesModel(session.texts, self)
        self.list = self._list_view()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing_yet())
        self._stack.addWidget(self._nothing_found())
        session.tasks.changed.connect(self.reload)
        self.reload()

    def rows(self) -> tuple[Row, ...]:
        """What the list shows."""
        return self._model.rows

    def reload(self) -> None:
        """Ask for the list anew."""
        wallet, text = self._session.open_wallet, self.search.text()
        self._session.tasks.ask(self, lambda: content.entries(wallet, text), self._show)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        current = self._model.row_at(i).id if (i := self.list.currentIndex()).isValid() else ""
        self._model.show_entries(entries)
        self.list.setCurrentIndex(self._model.position(current))
        searching = bool(self.search.text().strip())
        self._stack.setCurrentIndex(0 if entries else 2 if searching else 1)
        self.search.setVisible(bool(entries) or searching)
        self._count.setVisible(bool(entries))
        self._count.set(self._session(labels.CREDENTIAL_COUNT, n=len(entries)))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._model.row_at(index).id)

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
        wait.timeout.connect(self.reload)
        field.textChanged.connect(lambda _text: wait.start())
        return field

    def _list_view(self) -> QListView:
        view = CardList()
        view.setModel(self._model)
        view.setItemDelegate(CardDelegate(self._session.style, view))
        view.setAccessibleName(self._session(labels.CREDENTIALS))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMouseTracking(True)
        view.setUniformItemSizes(True)
        view.clicked.connect(self._open)
        view.activated.connect(self._open)
        return view

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
        everything = button(s.style, s(labels.SHOW_ALL), self.search.clear)
        return _above(
            EmptyState(
                s, "search", s(labels.NOTHING_FOUND), s(labels.NOTHING_FOUND_TEXT), everything
            )
        )


def _above(card: QWidget) -> QWidget:
    layout = column()
    layout.addWidget(card)
    layout.addStretch(1)
    return group(layout)
