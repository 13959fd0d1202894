"""Fields of a long form: a name, what is typed or ticked, and below it what is wrong with it."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from wallet.texts import Message, planning
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, group, row
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.plain import Paragraph, button_text, tip

_ROWS = 8
"""Rows of a list that are seen without scrolling, at most."""
_NARROW = 520
"""Pixels below which fields stand one under the other."""


class Field(QWidget):
    """A label, an editor, and the sentence that says what is wrong.

    The sentence waits until the person has been here: an empty form is not a list of faults.
    """

    changed = Signal()

    def __init__(self, session: Session, name: Message, wrong: Message | None = None) -> None:
        super().__init__()
        self.name = session(name)
        self._wrong = session(wrong) if wrong is not None else ""
        self.touched = False
        self.is_wrong = False
        self._layout = column(GRID // 2)
        self.setLayout(self._layout)
        self._label = Paragraph(self.name, "small")
        self._layout.addWidget(self._label)
        self._error = Paragraph("", "error")
        self._error.hide()

    def _take(self, editor: QWidget) -> None:
        editor.setAccessibleName(self.name)
        self._editor = editor
        self._label.setBuddy(editor)
        self._layout.addWidget(editor)
        self._layout.addWidget(self._error)
        self._layout.addStretch(1)

    def judge(self, *, wrong: bool, tried: bool) -> None:
        """Show whether the check found something here; `tried` says it at an untouched field."""
        self.is_wrong = wrong
        shown = wrong and (self.touched or tried)
        self._error.set(self._wrong if shown else "")
        self._error.setVisible(shown)
        self._editor.setAccessibleDescription(self._wrong if shown else "")

    def go(self) -> None:
        """Put the focus here."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _edited(self) -> None:
        self.touched = True
        self.changed.emit()


class TextField(Field):
    """One line of text."""

    def __init__(
        self,
        session: Session,
        name: Message,
        wrong: Message | None = None,
        text: str = "",
        hint: Message | None = None,
    ) -> None:
        super().__init__(session, name, wrong)
        self.line = QLineEdit(text)
        if hint is not None:
            self.line.setPlaceholderText(session(hint))
            self.line.setToolTip(tip(session(hint)))
        self._take(self.line)
        self.line.setCursorPosition(0)
        self.line.textEdited.connect(self._edited)

    @property
    def text(self) -> str:
        """What is typed, as it is."""
        return self.line.text()

    def type(self, text: str) -> None:
        """Write something, as the person would."""
        self.line.setText(text)
        self._edited()


class ChoiceField(Field):
    """One of some: (key, what it is called) pairs."""

    def __init__(
        self,
        session: Session,
        name: Message,
        wrong: Message,
        choices: Iterable[tuple[str, str]],
        chosen: str,
    ) -> None:
        super().__init__(session, name, wrong)
        self.box = Choice()
        for key, text in choices:
            self.box.addItem(button_text(text), key)
        self.box.setCurrentIndex(self.box.findData(chosen))
        self._take(self.box)
        self.box.currentIndexChanged.connect(self._edited)

    @property
    def chosen(self) -> str:
        """The key chosen; "" for none."""
        return self.box.currentData() or ""


class TickList(QListWidget):
    """A list with a box to tick in each row: arrows move, the space bar ticks."""

    ticked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setObjectName("ticks")
        self.setTabKeyNavigation(False)
        self._rows: tuple[tuple[str, str], ...] = ()
        self.itemChanged.connect(lambda _item: self.ticked.emit())

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of what is ticked, in the list's order."""
        items = map(self.item, range(self.count()))
        return tuple(self.key(x) for x in items if x.checkState() is Qt.CheckState.Checked)

    def key(self, item: QListWidgetItem) -> str:
        """Return the key of a row."""
        return str(item.data(Qt.ItemDataRole.UserRole))

    def offer(self, rows: Sequence[tuple[str, str]], ticked: Iterable[str]) -> None:
        """Show these rows, (key, text); nothing is done where they are the same already."""
        if tuple(rows) == self._rows:
            self.tick(ticked)
            return
        self._rows, wanted, place = tuple(rows), set(ticked), self.currentRow()
        self.blockSignals(True)
        self.clear()
        for key, text in rows:
            item = QListWidgetItem(text)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Checked if key in wanted else Qt.CheckState.Unchecked)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setToolTip(tip(text))
            self.addItem(item)
        self.setCurrentRow(max(min(place, self.count() - 1), 0))
        self.blockSignals(False)
        self._fit()

    def tick(self, keys: Iterable[str]) -> None:
        """Tick these alone."""
        wanted = set(keys)
        self.blockSignals(True)
        for item in map(self.item, range(self.count())):
            on = item.data(Qt.ItemDataRole.UserRole) in wanted
            item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        self.blockSignals(False)

    def _fit(self) -> None:
        each = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + GRID
        self.setFixedHeight(max(min(self.count(), _ROWS), 1) * each + GRID + 4)


class TickField(Field):
    """Some of many."""

    def __init__(
        self,
        session: Session,
        name: Message,
        wrong: Message | None,
        ticked: Sequence[str] = (),
    ) -> None:
        super().__init__(session, name, wrong)
        self._wanted = tuple(ticked)
        self.list = TickList(self.name)
        self._take(self.list)
        self.list.ticked.connect(self._edited)

    @property
    def keys(self) -> tuple[str, ...]:
        """What is ticked."""
        return self.list.keys if self.list.count() else self._wanted

    def offer(self, rows: Sequence[tuple[str, str]]) -> None:
        """Show what there is to tick now; what was ticked stays so while it is there."""
        wanted = self.keys
        self.list.offer(rows, wanted)
        self.setVisible(bool(rows))


class Side(QWidget):
    """Fields side by side where there is room, else one under the other."""

    def __init__(self, *fields: QWidget) -> None:
        super().__init__()
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID * 2)
        for field in fields:
            self._layout.addWidget(field, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 -- Qt's name
        wide = self.width() >= _NARROW
        wanted = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._layout.direction() != wanted:
            self._layout.setDirection(wanted)
        super().resizeEvent(event)


class Part(QWidget):
    """One row of a form: folded to a line that says what it is, unfolded to its fields."""

    changed = Signal()
    removed = Signal()

    def __init__(self, session: Session, number: int, called: Message, *, unfolded: bool) -> None:
        super().__init__()
        self.session, self._number, self._called = session, number, called
        layout = column(GRID)
        self.setLayout(layout)
        self._line = Paragraph("", "strong")
        self.toggle = button(session.style, "", role="link")
        self.toggle.setCheckable(True)
        self.remove = button(
            session.style, session(planning.REMOVE_PART), self.removed.emit, role="link"
        )
        head = row(spacing=GRID)
        head.addWidget(self._line, 1)
        for one in (self.toggle, self.remove):
            head.addWidget(one, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(head)
        self.inside = column(GRID * 2)
        self.inside.setContentsMargins(GRID * 2, 0, 0, GRID)
        self._below = group(self.inside)
        layout.addWidget(self._below)
        self.call()
        self.toggle.toggled.connect(self._fold)
        self.toggle.setChecked(unfolded)
        self._fold(unfolded)

    def add(self, *fields: Field) -> None:
        """Put fields into one row."""
        for field in fields:
            field.changed.connect(self.changed)
        self.inside.addWidget(Side(*fields) if len(fields) > 1 else fields[0])

    def unfold(self) -> None:
        """Show the fields."""
        self.toggle.setChecked(True)

    def call(self, *said: str) -> None:
        """Say in one line what this is: its title, and what else there is to say."""
        named = said[0] if said and said[0] else self.session(self._called, number=self._number)
        self._line.set(" · ".join((named, *(one for one in said[1:] if one))))
        self._title = named
        self.remove.setAccessibleName(self.session(planning.REMOVE_PART_NAMED, title=named))
        self._fold(self.toggle.isChecked())

    def _fold(self, on: bool) -> None:
        s = self.session
        self._below.setVisible(on)
        self.toggle.setText(button_text(s(planning.FOLD_PART if on else planning.EDIT_PART)))
        name = planning.FOLD_NAMED if on else planning.EDIT_NAMED
        self.toggle.setAccessibleName(s(name, title=self._title))
