"""What narrows the list down: a choice each for state, awarding body, year, tag and format."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.model.credential import Format
from wallet.model.keeping import Entry
from wallet.model.verification import State
from wallet.texts import Message, arranging, labels, verdicts
from wallet.texts.sayings import fullest
from wallet.ui.models.arranging import NO_YEAR, Filter, Order, alphabetical, bodies_of, year_of
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import column, group
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph, button_text, one_line

ORDERS = {
    Order.ADDED: arranging.SORT_ADDED,
    Order.AWARDED: arranging.SORT_AWARDED,
    Order.TITLE: arranging.SORT_TITLE,
    Order.BODY: arranging.SORT_BODY,
}
_WIDEST = 176
"""Pixels of one choice."""
_FIELDS: tuple[tuple[str, Message], ...] = (
    ("state", arranging.BY_STATE),
    ("body", arranging.BY_BODY),
    ("year", arranging.BY_YEAR),
    ("tag", arranging.BY_TAG),
    ("format", arranging.BY_FORMAT),
)
Options = Sequence[tuple[Any, str]]


class FilterPanel(QWidget):
    """The choices, of which only those are offered that tell some credentials from others."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._choices: dict[str, Choice] = {}
        self._groups: dict[str, QWidget] = {}
        flow = Flow()
        flow.setSpacing(GRID * 2)
        self.setLayout(flow)
        for name, title in _FIELDS:
            choice = Choice()
            choice.setAccessibleName(session(title))
            choice.setMaximumWidth(_WIDEST)
            choice.addItem(session(arranging.ANY), None)
            choice.activated.connect(lambda _number: self.changed.emit())
            label = Paragraph(session(title), "small")
            label.setBuddy(choice)
            layout = column(GRID // 2)
            layout.addWidget(label)
            layout.addWidget(choice)
            self._choices[name], self._groups[name] = choice, group(layout)
            flow.addWidget(self._groups[name])

    @property
    def filter(self) -> Filter:
        """What is asked for."""
        asked = {name: one.currentData() for name, one in self._choices.items()}
        state, form = asked["state"], asked["format"]  # Qt gives an enum's bare text back
        return Filter(**asked | {"state": state and State(state), "format": form and Format(form)})

    def choose(self, wanted: Filter) -> None:
        """Ask for this, as far as it is among what is offered."""
        for name, choice in self._choices.items():
            choice.setCurrentIndex(max(choice.findData(getattr(wanted, name)), 0))
        self.changed.emit()

    def clear(self) -> None:
        """Ask for nothing."""
        self.choose(Filter())

    def offer(self, entries: Sequence[Entry], state_of: Callable[[Entry], State]) -> None:
        """Offer what these credentials have; what is asked for stays, if any of them has it."""
        s, t, before = self._session, self._session.texts, self.filter
        states = {state_of(one) for one in entries}
        years = sorted({year_of(one) for one in entries}, reverse=True)
        formats = {one.format for one in entries}
        offered: dict[str, Options] = {
            "state": [
                (one, fullest(t, verdicts.STATES[one], {})) for one in State if one in states
            ],
            "body": _texts(body for one in entries for body in bodies_of(one)),
            "year": [(y, s(arranging.NO_YEAR) if y == NO_YEAR else str(y)) for y in years],
            "tag": _texts(tag for one in entries for tag in one.tags),
            "format": [(one, s(labels.FORMATS[one])) for one in labels.FORMATS if one in formats],
        }
        for name, options in offered.items():
            self._fill(name, options, getattr(before, name))
        if self.filter != before:
            self.changed.emit()

    def _fill(self, name: str, options: Options, wanted: object) -> None:
        choice = self._choices[name]
        choice.clear()
        choice.addItem(self._session(arranging.ANY), None)
        for value, text in options:
            choice.addItem(button_text(one_line(text)), value)
        found = max(choice.findData(wanted), 0)
        choice.setCurrentIndex(found)
        needed = 1 if name == "tag" else 2
        self._groups[name].setVisible(len(options) >= needed or found > 0)


class OrderChoice(Choice):
    """In which order the list is."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName(session(arranging.SORT))
        for order, text in ORDERS.items():
            self.addItem(button_text(session(text)), order)

    @property
    def order(self) -> Order:
        """The order chosen."""
        return Order(self.currentData())


def _texts(values: Iterable[str]) -> Options:
    return [(one, one) for one in sorted(set(values), key=alphabetical)]
