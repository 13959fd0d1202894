"""The backups, line by line: when, why, how large, how many credentials, good or why not."""

from decimal import Decimal
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from wallet.actions import backing_up
from wallet.model.backups import Backup, BackupState
from wallet.model.verification import Colour
from wallet.texts import backups as backup_words
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.session import Session
from wallet.ui.themes import GRID, ICONS_OF_COLOURS
from wallet.ui.widgets.basic import Card, Icon, button, clear, column, group, line, row
from wallet.ui.widgets.plain import Paragraph
from wallet.ui.widgets.verdict import tint

_COLOURS = {
    BackupState.GOOD: Colour.GREEN,
    BackupState.DAMAGED: Colour.RED,
    BackupState.OTHER_KEY: Colour.AMBER,
    BackupState.TOO_NEW: Colour.AMBER,
}
_KB, _MB = 1000, 1_000_000


class BackupRow(QWidget):
    """One backup. What it states is there at once, what was found in it as soon as it is read."""

    wanted = Signal(object)

    def __init__(self, session: Session, stated: Backup, second: Path | None) -> None:
        super().__init__()
        self._session, self._second = session, second
        s = session
        self.state = Icon(s.style, ICONS_OF_COLOURS[Colour.GREY], tint(Colour.GREY), 22)
        self._facts = Paragraph("", "muted")
        text = column(2)
        made_at = stated.made_at
        time = "" if made_at is None else s.texts.time(made_at)
        text.addWidget(Paragraph(time or s(safe.BACKUP_OF_NO_TIME), "strong"))
        text.addWidget(self._facts)
        layout = row(spacing=GRID + 4)
        layout.addWidget(self.state)
        layout.addLayout(text, 1)
        self.look = button(
            s.style,
            s(safe.LOOK_INTO),
            lambda: self.wanted.emit(stated.path),
            name=s(safe.LOOK_INTO_NAMED, time=time or stated.path.name),
        )
        if stated.state is BackupState.DAMAGED:
            self.look.hide()
        layout.addWidget(self.look)
        self.setLayout(layout)
        self._say(stated, s(safe.BEING_CHECKED))

    def show_found(self, found: Backup) -> None:
        """Say what reading it whole has found."""
        colour = _COLOURS[found.state]
        self.state.show_icon(ICONS_OF_COLOURS[colour], tint(colour))
        self._say(found, self._session.texts(safe.SHORT_STATES[found.state]))
        usable = found.state in {BackupState.GOOD, BackupState.OTHER_KEY}
        self.look.setVisible(usable)

    def _say(self, one: Backup, state: str) -> None:
        s = self._session
        facts = [state]
        if one.credentials is not None:
            facts.append(s(labels.CREDENTIAL_COUNT, n=one.credentials))
        facts.append(_size(s, one.size))
        if one.kind is not None:
            facts.append(backup_words.kind(s.texts, one.kind))
        if self._second is not None and one.path.parent == self._second:
            facts.append(s(safe.IN_SECOND_FOLDER))
        self._facts.set(" · ".join(facts))


class BackupList(Card):
    """All backups, newest first. Each is read in a task of its own: nothing waits for all."""

    wanted = Signal(object)
    """A backup's path: the person wants to look inside."""
    other_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session(safe.BACKUP_LIST))
        self._session = s = session
        self._shown: tuple[Path, ...] = ()
        self.rows: dict[Path, BackupRow] = {}
        self._rows = column(GRID + 4)
        self.add(self._rows)
        other = button(s.style, s(safe.ANOTHER_FILE), self.other_wanted.emit, icon="folder")
        self.add(group(row(other, None)))

    def show_listed(self, listed: tuple[Backup, ...], second: Path | None) -> None:
        """Show other backups; the same ones stay as they are, and are not read again."""
        paths = tuple(one.path for one in listed)
        if paths == self._shown and paths:
            return
        self._shown, s = paths, self._session
        clear(self._rows)
        self.rows = {}
        if not listed:
            self._rows.addWidget(Paragraph(s(safe.NO_BACKUP_YET), "muted"))
        for number, one in enumerate(listed):
            if number:
                self._rows.addWidget(line())
            made = BackupRow(s, one, second)
            made.wanted.connect(self.wanted)
            self.rows[one.path] = made
            self._rows.addWidget(made)
        self._check(list(paths))

    def _check(self, paths: list[Path]) -> None:
        """Have the first of these read, and then the others."""
        wallet = self._session.wallet
        if not paths or wallet is None or paths[0] not in self.rows:
            return
        shown, path = self.rows[paths[0]], paths[0]

        def found(one: Backup) -> None:
            shown.show_found(one)
            self._check(paths[1:])

        self._session.tasks.ask(shown, partial(backing_up.look, wallet, path), found)


def _size(session: Session, size: int) -> str:
    if size < _MB:
        return session(safe.SIZE_KB, number=max(1, round(size / _KB)))
    return session(safe.SIZE_MB, number=session.texts.decimal(_tenths(size)))


def _tenths(size: int) -> Decimal:
    return Decimal(round(size * 10 / _MB)) / 10
