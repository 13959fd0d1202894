"""The list of cards: one is opened, or several are chosen."""

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView

from wallet.texts import labels
from wallet.ui.models.cards import CardDelegate
from wallet.ui.models.entries import EntriesModel
from wallet.ui.session import Session


class CardList(QListView):
    """Whoever comes to it by the keyboard stands on its first card.

    While several are chosen, a click or Space chooses a card instead of opening it, Ctrl+A
    chooses all and Escape ends it.
    """

    opened = Signal(str)
    chosen_changed = Signal()
    done = Signal()

    def __init__(self, session: Session, model: EntriesModel) -> None:
        super().__init__()
        self._entries = model
        self._cards = CardDelegate(session.style, self)
        self.setObjectName("plain")
        self.setModel(model)
        self.setItemDelegate(self._cards)
        self.setAccessibleName(session(labels.CREDENTIALS))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.clicked.connect(self._open)
        self.activated.connect(self._open)
        self.selectionModel().selectionChanged.connect(lambda *_: self.chosen_changed.emit())

    @property
    def several(self) -> bool:
        """Whether several are being chosen."""
        return self._cards.boxes

    def choose_several(self, on: bool) -> None:
        """Start choosing several, or end it with none chosen."""
        self._cards.boxes = on
        modes = QListView.SelectionMode
        self.setSelectionMode(modes.MultiSelection if on else modes.SingleSelection)
        self.clearSelection()
        self.chosen_changed.emit()

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of what is chosen, in the list's order; none while one is opened at a time."""
        if not self.several:
            return ()
        found = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return tuple(self._entries.row_at(self._entries.index(row)).id for row in found)

    def current_id(self) -> str:
        """The id of the card that the keyboard stands on, "" where it is on none."""
        at = self.currentIndex()
        return self._entries.row_at(at).id if at.isValid() else ""

    def stand_on(self, entry_id: str, chosen: tuple[str, ...]) -> None:
        """Take up again where the keyboard was and what was chosen, as far as it is listed."""
        flags = self.selectionModel().SelectionFlag
        at = self._entries.position(entry_id)
        if not self.several:
            self.setCurrentIndex(at)
            return
        self.selectionModel().setCurrentIndex(at, flags.NoUpdate)
        for one in chosen:
            self.selectionModel().select(self._entries.position(one), flags.Select)
        self.chosen_changed.emit()

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and not self.several:
            self.opened.emit(self._entries.row_at(index).id)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        super().focusInEvent(event)
        # Qt has made a row current by now, but a card shows the focus only when it is selected.
        if self.several or self.selectionModel().hasSelection() or not self.model().rowCount():
            return
        at = self.currentIndex()
        self.setCurrentIndex(at if at.isValid() else self.model().index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if self.several and event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)
