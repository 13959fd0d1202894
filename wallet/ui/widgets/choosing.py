"""The choices of a presentation: which credentials, which form, until when."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from wallet.actions.presenting import DEFAULT_LIFE
from wallet.model.credential import Format
from wallet.model.keeping import Entry
from wallet.model.presentation import Form
from wallet.texts import Message, labels
from wallet.ui.models.entries import row_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import column, group
from wallet.ui.widgets.fields import Choice, Day
from wallet.ui.widgets.plain import Paragraph, button_text, tip

ACROSS_THE_TABLE = timedelta(minutes=15)
_ROWS = 5
"""Credentials that the list shows without scrolling, at most."""


class Chooser(QListWidget):
    """The credentials with a box to tick each. What a person entered cannot be presented."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._wanted: set[str] = set()
        self.setAccessibleName(session(labels.STEP_WHAT))
        self.setObjectName("plain")
        self.setSpacing(2)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.itemChanged.connect(self._ticked)
        self._ticked_at_press = Qt.CheckState.Unchecked
        self.itemPressed.connect(self._pressed)
        self.itemClicked.connect(self._clicked)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Ids of what is ticked, in the list's order."""
        items = (self.item(number) for number in range(self.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def choose(self, *entry_ids: str) -> None:
        """Tick these alone, now or as soon as the list is there."""
        self._wanted = set(entry_ids)
        for number in range(self.count()):
            item = self.item(number)
            wanted = item.data(Qt.ItemDataRole.UserRole) in self._wanted
            item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
        self._show_first_ticked()

    def _show_first_ticked(self) -> None:
        items = (self.item(number) for number in range(self.count()))
        ticked = next((i for i in items if i.checkState() is Qt.CheckState.Checked), None)
        if ticked is not None:
            self.scrollToItem(ticked)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show other credentials; what was ticked and is still there stays so."""
        ticked = set(self.chosen) | self._wanted
        self._wanted = set()
        self.blockSignals(True)
        self.clear()
        for entry in entries:
            if entry.format is not Format.SELF_ASSERTED:
                self._add(entry, entry.id in ticked)
        self.blockSignals(False)
        height = self.sizeHintForRow(0) + 2 * self.spacing() if self.count() else 40
        self.setFixedHeight(max(min(self.count(), _ROWS), 1) * height + 4)
        self._show_first_ticked()
        self.changed.emit()

    def _add(self, entry: Entry, ticked: bool) -> None:
        words = row_of(self._session.texts, entry)
        lines = (words.title, words.body, words.state)
        item = QListWidgetItem("\n".join(one for one in lines if one))
        item.setFlags(
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsUserCheckable
        )
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        item.setData(Qt.ItemDataRole.UserRole, entry.id)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, words.spoken)
        item.setToolTip(tip(words.title))
        self.addItem(item)

    def _pressed(self, item: QListWidgetItem) -> None:
        self._ticked_at_press = item.checkState()

    def _clicked(self, item: QListWidgetItem) -> None:
        """A click beside the box ticks as well; one on the box has done so already."""
        if item.checkState() is self._ticked_at_press:
            ticked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def _ticked(self, _item: QListWidgetItem) -> None:
        self.changed.emit()


class FormChoice(QWidget):
    """File with proof, original, or code; below the one chosen, what it is good for."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        layout = column(GRID)
        self.setLayout(layout)
        self._group = QButtonGroup(self)
        self._forms = (Form.PRESENTATION, Form.QR, Form.ORIGINAL)
        for number, form in enumerate(self._forms):
            name, text = session(labels.FORMS[form]), session(labels.FORM_TEXTS[form])
            choice = QRadioButton(button_text(name))
            choice.setAccessibleName(name)
            choice.setAccessibleDescription(text)
            choice.setChecked(number == 0)
            self._group.addButton(choice, number)
            layout.addWidget(choice)
            words = column(0)
            words.setContentsMargins(GRID * 4, 0, 0, 0)
            words.addWidget(Paragraph(text, "small"))
            below = group(words)
            layout.addWidget(below)
            below.setVisible(number == 0)
            choice.toggled.connect(below.setVisible)
        self._group.idToggled.connect(self._toggled)

    @property
    def form(self) -> Form:
        """The form chosen."""
        return self._forms[self._group.checkedId()]

    def choose(self, form: Form) -> None:
        """Choose a form."""
        self._group.button(self._forms.index(form)).setChecked(True)

    def _toggled(self, _number: int, on: bool) -> None:
        if on:
            self.changed.emit()


class UntilChoice(QWidget):
    """Fifteen minutes, seven days, a date, or without an end."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = s = session
        week = s.texts.date(s.now() + DEFAULT_LIFE)
        layout = column(GRID // 2)
        self.setLayout(layout)
        label = Paragraph(s(labels.UNTIL_WHEN), "strong")
        self.choice = Choice()
        self.choice.setAccessibleName(s(labels.UNTIL_WHEN))
        label.setBuddy(self.choice)
        for text in (
            s(labels.UNTIL_WEEK, date=week),
            s(labels.UNTIL_TABLE),
            s(labels.UNTIL_DATE),
            s(labels.UNTIL_NEVER),
        ):
            self.choice.addItem(button_text(text))
        self.day = Day()
        self.day.setAccessibleName(s(labels.LAST_DAY))
        self.day.setDisplayFormat("d.MM.yyyy")
        today = s.now().astimezone()
        self.day.setMinimumDate(QDate(today.year, today.month, today.day))
        end = s.now() + timedelta(days=30)
        self.day.setDate(QDate(end.year, end.month, end.day))
        self.day.hide()
        self.choice.currentIndexChanged.connect(lambda number: self.day.setVisible(number == 2))
        for item in (label, self.choice, self.day):
            layout.addWidget(item)

    def expires(self) -> datetime | None:
        """The moment, in UTC, by the session's clock; None is without an end."""
        now = self._session.now()
        chosen = self.choice.currentIndex()
        if chosen == 0:
            return now + DEFAULT_LIFE
        if chosen == 1:
            return now + ACROSS_THE_TABLE
        if chosen == 3:
            return None
        day = self.day.date()
        last = datetime(day.year(), day.month(), day.day(), tzinfo=UTC).date()
        return datetime.combine(last, time(23, 59, 59)).astimezone(UTC)


def labelled_line(session: Session, name: Message, hint: Message) -> tuple[QVBoxLayout, QLineEdit]:
    """Make a text field under its name, with a hint inside."""
    layout = column(GRID // 2)
    field = QLineEdit()
    field.setPlaceholderText(session(hint))
    field.setAccessibleName(session(name))
    label = Paragraph(session(name), "strong")
    label.setBuddy(field)
    layout.addWidget(label)
    layout.addWidget(field)
    return layout, field
