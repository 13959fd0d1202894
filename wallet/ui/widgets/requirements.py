"""The requirement tree of an award: what met what, what is missing, what could meet it.

The tree is one stop of the Tab key; arrows move in it, and each node says all its words.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.model.credential import Text
from wallet.model.keeping import Confirmation
from wallet.model.programme import (
    Candidate,
    Counted,
    OpenFact,
    RequirementProgress,
    RequirementState,
    RuleProgress,
    Strength,
)
from wallet.model.verification import Colour
from wallet.texts import labels, planning
from wallet.texts import progress as said
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Icon, button, column, row
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.verdict import tint

_COLOURS = {
    RequirementState.MET: Colour.GREEN,
    RequirementState.MET_IF_CONFIRMED: Colour.AMBER,
    RequirementState.NOT_MET: Colour.GREY,
    RequirementState.NOT_NEEDED: Colour.GREY,
}
_BY_A_NAME = {Strength.IDENTIFIER, Strength.CODE, Strength.OUTCOMES}
_ICON = 18

Names = Callable[[str], str]
"""From a holding's id to the credential's title, in the language of the window."""
Doing = Callable[[str], object]
"""Does something with a holding's id."""
DoingWith = Callable[[str, str], object]
"""Does something with a holding's id and a catalogue item's key."""


def _nothing(*_args: str) -> None:
    """Do nothing: where the tree is only looked at."""


@dataclass(frozen=True, slots=True)
class Ways:
    """What can be done from the tree, and what the person has said already."""

    names: Names
    open: Doing = _nothing
    confirm: DoingWith = _nothing
    take_back: DoingWith = _nothing
    confirmed: Mapping[str, tuple[Confirmation, ...]] = field(default_factory=dict)
    """By the holding's id."""
    confirmable: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Catalogue items that a holding could be confirmed to be."""


class Tree(QWidget):
    """All requirements of an award and the rules over the whole."""

    def __init__(
        self,
        session: Session,
        requirements: Sequence[RequirementProgress],
        rules: Sequence[RuleProgress],
        ways: Ways,
    ) -> None:
        super().__init__()
        self._session, self._ways = session, ways
        self.nodes: list[Node] = []
        layout = column(GRID)
        self.setLayout(layout)
        count = len(requirements) + len(rules)
        for number, found in enumerate(requirements, 1):
            layout.addWidget(self._requirement(found, None, number, count))
        for number, overall in enumerate(rules, len(requirements) + 1):
            layout.addWidget(self._rule(overall, number, count))
        if self.nodes:
            self.nodes[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _requirement(
        self, found: RequirementProgress, above: "Node | None", number: int, count: int
    ) -> "Node":
        s, t, ways = self._session, self._session.texts, self._ways
        state = said.requirement_state(t, found.state)
        title = t(labels.TITLE_AND_STATE, title=found.title.best(t.language), state=state)
        node = Node(self, s, _COLOURS[found.state], title, above, strong=True)
        for counted in found.met_by:
            called = replace(counted, title=Text.plain(ways.names(counted.id)))
            text = said.met_by(t, called)
            if counted.matched and counted.strength in _BY_A_NAME and not counted.planned:
                text += f" ({t(planning.MATCHED, identifier=counted.matched)})"
            node.say(text, self._show(called))
            self._add_taking_back(node, counted.id)
            if OpenFact.MATCH in counted.open:
                self._add_confirming(node, counted.id)
        if found.missing is not None and found.state is not RequirementState.NOT_NEEDED:
            node.say(said.missing(t, found.missing))
        for candidate in found.could_be_met_by:
            named = replace(candidate, title=Text.plain(ways.names(candidate.id)))
            node.say(said.could_be_met_by(t, named), self._show(named))
            self._add_confirming(node, candidate.id)
        node.place(number, count)
        for place, child in enumerate(found.children, 1):
            node.below.addWidget(self._requirement(child, node, place, len(found.children)))
        return node

    def _rule(self, found: RuleProgress, number: int, count: int) -> "Node":
        text = said.rule(self._session.texts, found)
        node = Node(self, self._session, _COLOURS[found.state], text, None, strong=False)
        node.place(number, count)
        return node

    def _show(self, credential: Counted | Candidate) -> QWidget | None:
        s = self._session
        if isinstance(credential, Counted) and credential.planned:
            return None
        title = credential.title.best(s.texts.language)
        name, id_ = s(labels.SHOW_NAMED, title=title), credential.id
        return button(s.style, s(labels.SHOW), lambda: self._ways.open(id_), role="link", name=name)

    def _add_taking_back(self, node: "Node", holding: str) -> None:
        s, ways = self._session, self._ways
        for one in ways.confirmed.get(holding, ()):
            title, item = ways.names(holding), ways.names(one.item)
            date = s.texts.date(one.made_at)
            node.say(s(planning.CONFIRMED_ON, date=date, title=title, item=item))
            node.offer(
                s(planning.TAKE_BACK, item=item),
                s(planning.TAKE_BACK_NAMED, title=title, item=item),
                partial(ways.take_back, holding, one.item),
            )

    def _add_confirming(self, node: "Node", holding: str) -> None:
        s, ways = self._session, self._ways
        for item in ways.confirmable.get(holding, ()):
            title, course = ways.names(holding), ways.names(item)
            node.offer(
                s(labels.CONFIRM_MATCH, item=course),
                s(labels.CONFIRM_NAMED, title=title, item=course),
                partial(ways.confirm, holding, item),
            )

    def moved_to(self, node: "Node") -> None:
        """Make this node the one that the Tab key comes to."""
        for one in self.nodes:
            here = one is node
            one.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    def step(self, node: "Node", key: int) -> bool:
        """Move from a node by an arrow, Home or End; False for any other key."""
        place = self.nodes.index(node)
        last = len(self.nodes) - 1
        inside = next((one for one in self.nodes if one.above is node), node)
        wanted = {
            Qt.Key.Key_Down: self.nodes[min(place + 1, last)],
            Qt.Key.Key_Up: self.nodes[max(place - 1, 0)],
            Qt.Key.Key_Home: self.nodes[0],
            Qt.Key.Key_End: self.nodes[last],
            Qt.Key.Key_Left: node.above or node,
            Qt.Key.Key_Right: inside,
        }.get(Qt.Key(key))
        if wanted is None:
            return False
        self.moved_to(wanted)
        wanted.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class Node(QWidget):
    """One requirement or rule: an icon, its sentences, and what is below it."""

    def __init__(
        self,
        tree: Tree,
        session: Session,
        colour: Colour,
        text: str,
        above: "Node | None",
        *,
        strong: bool,
    ) -> None:
        super().__init__()
        self.above, self._tree, self._session = above, tree, session
        self._level: int = 1 if above is None else above._level + 1
        self._said: list[str] = []
        tree.nodes.append(self)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        layout = row(spacing=GRID + 4)
        layout.setContentsMargins(4, 4, 4, 4)
        icon = Icon(session.style, ICONS_OF_COLOURS[colour], tint(colour), _ICON)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words: QVBoxLayout = column(GRID // 2)
        layout.addLayout(self._words, 1)
        self.setLayout(layout)
        self._say(text, "strong" if strong else "")
        self._own: QVBoxLayout = column(GRID // 2)
        self.below: QVBoxLayout = column(GRID // 2)
        self._words.addLayout(self._own)
        self._words.addLayout(self.below)

    def _say(self, text: str, role: str) -> None:
        self._said.append(text)
        self._words.addWidget(Paragraph(text, role))

    def say(self, text: str, beside: QWidget | None = None) -> None:
        """Add a sentence, with a button beside it."""
        self._said.append(text)
        line = row(spacing=GRID)
        line.addWidget(Paragraph(text, "muted"), 1)
        if beside is not None:
            line.addWidget(beside, 0, Qt.AlignmentFlag.AlignTop)
        self._own.addLayout(line)

    def offer(self, text: str, name: str, does: Callable[[], object]) -> None:
        """Add a button below the last sentence."""
        self._own.addLayout(Flow(button(self._session.style, text, does, name=name)))

    def place(self, number: int, count: int) -> None:
        """Say for a screen reader all sentences, and where in the tree they stand."""
        words = ". ".join(self._said)
        said_ = self._session(planning.NODE, text=words, number=number, n=count, level=self._level)
        self.setAccessibleName(said_)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: D102 -- Qt's name
        if not self._tree.step(self, event.key()):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        self._tree.moved_to(self)
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: D102 -- Qt's name
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: D102 -- Qt's name
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        painter.setPen(QPen(colour, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()


def every(requirements: Sequence[RequirementProgress]) -> Iterator[RequirementProgress]:
    """Walk all requirements, each before what is below it."""
    for one in requirements:
        yield one
        yield from every(one.children)
