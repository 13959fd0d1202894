"""The credentials of the list, one row each, with everything that a row says.

Of thousands few are ever seen: a row is put into words when somebody looks at it.
"""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from wallet.model.credential import Format
from wallet.model.keeping import Entry
from wallet.model.verification import Standing, State, standing
from wallet.texts import Texts, labels, verdicts
from wallet.ui.models.arranging import Arrangement
from wallet.ui.widgets.plain import one_line

ROW = Qt.ItemDataRole.UserRole + 1
"""Role under which a `Row` lies."""
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """What one row shows, in words."""

    id: str
    title: str
    body: str
    facts: str
    state: str
    standing: Standing

    @property
    def spoken(self) -> str:
        """The whole row for a screen reader."""
        return ". ".join(part for part in (self.title, self.body, self.facts, self.state) if part)


def standing_of(entry: Entry) -> Standing:
    """Return the state of an entry, with the validity of now."""
    return standing(entry.report, self_asserted=entry.format is Format.SELF_ASSERTED)


def title_of(t: Texts, entry: Entry) -> str:
    """Return the title in the window's language, or say that there is none."""
    return entry.title.best(t.language) if entry.title else t(labels.UNTITLED)


def facts_of(t: Texts, entry: Entry) -> str:
    """Return date, ECTS and level, as far as stated."""
    facts = []
    if entry.issued:
        facts.append(t.date(entry.issued))
    if entry.ects is not None:
        facts.append(t(labels.ECTS, number=t.decimal(entry.ects)))
    if entry.eqf is not None:
        facts.append(t(labels.EQF_LEVEL, level=entry.eqf))
    if entry.versions > 1:
        facts.append(t(labels.VERSIONS, n=entry.versions))
    return " · ".join(facts)


def row_of(t: Texts, entry: Entry) -> Row:
    """Put one entry into words."""
    state = standing_of(entry)
    return Row(
        id=entry.id,
        title=one_line(title_of(t, entry)),
        body=one_line(t.listing(entry.awarding_bodies) or entry.issuer),
        facts=facts_of(t, entry),
        state=one_line(verdicts.state(t, state)),
        standing=state,
    )


class EntriesModel(QAbstractListModel):
    """The rows of the list: some of its entries, or all."""

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._entries: Sequence[Entry] = ()
        self._arrangement = Arrangement()
        self._only: Container[str] = ()
        self._listed: list[Entry] = []
        self._rows: dict[str, Row] = {}
        self._states: dict[str, State] = {}
        self._arranged: Sequence[Entry] = ()

    def show_entries(self, entries: Sequence[Entry], only: Container[str]) -> None:
        """Replace everything; those of the ids `only` are listed."""
        self._entries = entries
        self._rows, self._states = {}, {}
        self._arrange()
        self.show_only(only)

    def arrange(self, arrangement: Arrangement) -> None:
        """Show them filtered and ordered like this."""
        self._arrangement = arrangement
        self._arrange()
        self.show_only(self._only)

    def _arrange(self) -> None:
        t = self._texts
        self._arranged = self._arrangement.of(self._entries, self.state, lambda e: title_of(t, e))

    @property
    def entries(self) -> Sequence[Entry]:
        """All entries, whether they are listed or not."""
        return self._entries

    def state(self, entry: Entry) -> State:
        """Return an entry's state of now; it is read once."""
        if entry.id not in self._states:
            self._states[entry.id] = standing_of(entry).state
        return self._states[entry.id]

    def show_only(self, only: Container[str]) -> None:
        """List those of the entries that have one of these ids."""
        self.beginResetModel()
        self._only = only
        self._listed = [entry for entry in self._arranged if entry.id in only]
        self.endResetModel()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from the top."""
        return tuple(map(self._row, self._listed))

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row:
        """Return what a row shows."""
        return self._row(self._listed[index.row()])

    def position(self, entry_id: str) -> QModelIndex:
        """Return where an entry is, or an invalid index."""
        for number, found in enumerate(self._listed):
            if found.id == entry_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: D102 -- Qt's
        return 0 if parent.isValid() else len(self._listed)

    def data(  # noqa: D102 -- Qt's name
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        found = self.row_at(index)
        if role == ROW:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return found.spoken
        return None

    def _row(self, entry: Entry) -> Row:
        found = self._rows.get(entry.id)
        if found is None:
            found = self._rows[entry.id] = row_of(self._texts, entry)
        return found
