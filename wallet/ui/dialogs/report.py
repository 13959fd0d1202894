"""What an import did, item by item, by name, and while it runs how far it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QWidget

from wallet.actions.importing import ImportItem
from wallet.model.keeping import AddResult
from wallet.model.verification import Colour
from wallet.texts import Message, labels, problems
from wallet.texts.ways import way
from wallet.ui.dialogs.base import Dialog
from wallet.ui.dialogs.links import link_buttons
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Icon, button, column, line, muted_colour, row
from wallet.ui.widgets.plain import Line, Paragraph, one_line
from wallet.ui.widgets.verdict import Badge, tint

_ICONS = {
    AddResult.IMPORTED: "import",
    AddResult.NEW_VERSION: "import",
    AddResult.ALREADY_HERE: "credentials",
    AddResult.REFUSED: ICONS_OF_COLOURS[Colour.AMBER],
}
_LONGEST = 160
"""Characters of a title in the report; the whole of it is on the credential's own page."""
_COUNTS: dict[AddResult, Message] = {
    AddResult.IMPORTED: labels.COUNT_IMPORTED,
    AddResult.NEW_VERSION: labels.COUNT_NEW_VERSION,
    AddResult.ALREADY_HERE: labels.COUNT_ALREADY_HERE,
    AddResult.REFUSED: labels.COUNT_REFUSED,
}


class RunningDialog(Dialog):
    """A long import: which file of how many, and "Stop" (what is in stays in)."""

    stopped = Signal()

    def __init__(self, parent: QWidget, session: Session, total: int) -> None:
        super().__init__(parent, session, session(labels.IMPORTING))
        self._total = total
        self._file = Line("")
        self._bar = QProgressBar()
        # One file says nothing about how far it is: the bar then only shows that work goes on.
        self._bar.setRange(0, total if total > 1 else 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(session(labels.IMPORTING))
        self.body.addWidget(self._file)
        self.body.addWidget(self._bar)
        self.end(button(session.style, session(labels.STOP), self.stopped.emit), close=False)

    def step(self, number: int, name: str) -> None:
        """Say that file `number` of the total, counted from one, is being read."""
        if self._total == 1:
            self._file.set(name)
            return
        self._bar.setValue(number - 1)
        self._file.set(self.session(labels.FILE_OF, number=number, total=self._total, name=name))


class ReportDialog(Dialog):
    """The report. `opened` carries the id of an item that the person wants to see."""

    opened = Signal(str)

    def __init__(self, parent: QWidget, session: Session, items: tuple[ImportItem, ...]) -> None:
        super().__init__(parent, session, summary(session, items), 680)
        self.items = tuple(sorted(items, key=lambda item: item.result is not AddResult.REFUSED))
        self.body.setSpacing(GRID + 4)
        for number, item in enumerate(self.items):
            if number:
                self.body.addWidget(line())
            self.body.addWidget(self._item(item))
        self.end()

    def _item(self, item: ImportItem) -> QWidget:
        s, t = self.session, self.session.texts
        name = item.title.best(t.language) if item.title else item.path[-1:] or (item.source,)
        title = shortened(name if isinstance(name, str) else name[0])
        words = column(GRID // 2)
        words.addWidget(Paragraph(title, "strong"))
        said = problems.result(t, item.result)
        origin = way(t, item.source, item.path)
        words.addWidget(Paragraph(s(labels.RESULT_FROM, result=said, source=origin), "muted"))
        if item.standing is not None:
            words.addLayout(row(Badge(s, item.standing), None))
        if item.problem is not None:
            words.addWidget(Paragraph(problems.problem(t, item.problem)))
            if (address := problems.link(item.problem)) is not None:
                words.addLayout(link_buttons(s, address, self))
        refused = item.result is AddResult.REFUSED
        colour = tint(Colour.AMBER) if refused else muted_colour
        made = QWidget()
        layout = row(spacing=GRID + 4)
        icon = Icon(s.style, _ICONS[item.result], colour, 22)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        if item.id is not None:
            entry_id = item.id
            show = button(
                s.style,
                s(labels.SHOW),
                lambda: self._open(entry_id),
                name=s(labels.SHOW_NAMED, title=title),
            )
            layout.addWidget(show, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(layout)
        return made

    def _open(self, entry_id: str) -> None:
        self.opened.emit(entry_id)
        self.accept()


def shortened(title: str) -> str:
    """Put a title on one line, and end it where it goes on and on."""
    whole = one_line(title)
    return whole if len(whole) <= _LONGEST else whole[: _LONGEST - 1] + "…"


def summary(session: Session, items: tuple[ImportItem, ...]) -> str:
    """Say how many were imported, were here already, were refused."""
    counts = ((r, sum(item.result is r for item in items)) for r in _COUNTS)
    said = [session(_COUNTS[result], n=number) for result, number in counts if number]
    return session.texts.listing(said) if said else session(labels.NOTHING_IN_IT)
