"""The credentials of the list, one row each, with everything that a row says."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from wallet.model.credential import Format
from wallet.model.keeping import Entry
from wallet.model.verification import Standing, standing
from wallet.texts import Texts, labels, verdicts
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
    """The rows of the list."""

    def __init__(self, texts: Texts, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = texts
        self._rows: list[Row] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._rows = [row_of(self._texts, entry) for entry in entries]
        self.endResetModel()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, from the top."""
        return tuple(self._rows)

    def row_at(self, index: QModelIndex | QPersistentModelIndex) -> Row:
        """Return what a row shows."""
        return self._rows[index.row()]

    def position(self, entry_id: str) -> QModelIndex:
        """Return where an entry is, or an invalid index."""
        for number, found in enumerate(self._rows):
            if found.id == entry_id:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: D102 -- Qt's
        return 0 if parent.isValid() else len(self._rows)

    def data(  # noqa: D102 -- Qt's name
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        found = self._rows[index.row()]
        if role == ROW:
            return found
        if role == Qt.ItemDataRole.DisplayRole:
            return found.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return found.spoken
        return None
