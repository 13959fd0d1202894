"""The backups: the last one, all of them, a second folder, how many stay, and leaving."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal

from wallet.actions import backing_up, unlocking
from wallet.actions.wallet import Wallet
from wallet.errors import VaultError, WalletError
from wallet.model.backups import Backup, BackupMade, BackupPolicy, BackupSettings
from wallet.texts import Message, problems
from wallet.texts import keeping_safe as safe
from wallet.texts import trusting as words
from wallet.ui.dialogs.files import choose_files, choose_folder
from wallet.ui.dialogs.open_files import OpenFilesDialog
from wallet.ui.dialogs.restoring import RestoreDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.backup_list import BackupList
from wallet.ui.widgets.basic import Card, Page, button, column, row
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.labelled import labelled
from wallet.ui.widgets.plain import Paragraph

_WIDEST = 720
_NUMBERS: dict[str, tuple[Message, tuple[int, ...]]] = {
    "daily": (safe.DAILY, (1, 3, 7, 14, 30)),
    "weekly": (safe.WEEKLY, (1, 2, 4, 8, 26)),
    "monthly": (safe.MONTHLY, (1, 3, 6, 12, 24, 60)),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What there is, as the page shows it."""

    listed: tuple[Backup, ...]
    settings: BackupSettings
    last: datetime | None
    problem: VaultError | None


class BackupsPage(Page):
    """Reached from the settings while a wallet of the person's own is open."""

    left = Signal()
    told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(_WIDEST)
        self._session = s = session
        self._settings = BackupSettings()
        back = button(s.style, s(words.BACK_TO_SETTINGS), self.left.emit, icon="back", role="quiet")
        self.body.addLayout(Flow(back))
        self.body.addWidget(Paragraph(s(safe.BACKUPS), "title"))
        self.body.addWidget(self._now_card())
        self.list = BackupList(s)
        self.list.wanted.connect(self.look_into)
        self.list.other_wanted.connect(self._choose_file)
        self.body.addWidget(self.list)
        self.body.addWidget(self._folder_card())
        self.body.addWidget(self._numbers_card())
        self.body.addWidget(self._leaving_card())
        self.body.addStretch(1)
        s.tasks.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Ask anew for what there is."""
        if (wallet := self._session.wallet) is not None:
            self._session.tasks.ask(self, lambda: _look(wallet), self._show)

    def _show(self, held: Held) -> None:
        s, self._settings = self._session, held.settings
        with self.settled():
            self._last.set(
                s(safe.NO_BACKUP_YET)
                if held.last is None
                else s(safe.LAST_BACKUP, time=s.texts.time(held.last))
            )
            self._problem.setVisible(held.problem is not None)
            if held.problem is not None:
                self._problem.set(problems.error(s.texts, held.problem))
            folder = held.settings.folder
            self._folder.set(str(folder or ""))
            self._folder.setVisible(folder is not None)
            self._none.setVisible(folder is None)
            self._no_folder.setVisible(folder is not None and not s.read_only)
            for name, choice in self.numbers.items():
                _choose(choice, getattr(held.settings.policy, name))
            self.list.show_listed(held.listed, folder)

    # ---- now

    def _now_card(self) -> Card:
        s = self._session
        card = Card()
        self._last = Paragraph("", "head")
        card.add(self._last)
        card.add(Paragraph(s(safe.BACKUPS_TEXT), "muted"))
        self._problem = Paragraph("", "error")
        self._problem.hide()
        card.add(self._problem)
        self.make = button(s.style, s(safe.BACK_UP_NOW), self._make, role="main")
        if s.read_only:
            self.make.hide()
        card.add(Flow(self.make))
        return card

    def _make(self) -> None:
        wallet = self._session.open_wallet
        self.make.wait(self._session(safe.BACKING_UP))
        self._session.tasks.ask(self, lambda: backing_up.make(wallet), self._made, self._failed)

    def _made(self, made: BackupMade) -> None:
        s = self._session
        self.make.ready(s(safe.BACK_UP_NOW))
        self.reload()
        if made.problem is not None:
            s.tasks.failed.emit(made.problem)
        else:
            self.told.emit(s(safe.BACKED_UP if made.copy is None else safe.BACKED_UP_TWICE))

    def _failed(self, error: WalletError) -> None:
        self.make.ready(self._session(safe.BACK_UP_NOW))
        self._session.tasks.failed.emit(error)

    # ---- bringing one back

    def look_into(self, path: Path) -> None:
        """Compare a backup with what is here."""
        dialog = RestoreDialog(self, self._session, path)
        dialog.told.connect(self.told)
        dialog.open()

    def _choose_file(self) -> None:
        choose_files(self, self._session, safe.ANOTHER_FILE, lambda paths: self.look_into(paths[0]))

    # ---- settings

    def _folder_card(self) -> Card:
        s = self._session
        card = Card(s(safe.SECOND_FOLDER))
        card.add(Paragraph(s(safe.SECOND_FOLDER_TEXT), "muted"))
        self._folder = Paragraph("", "fixed")
        self._none = Paragraph(s(safe.NO_SECOND_FOLDER), "muted")
        card.add(self._folder)
        card.add(self._none)
        choose = button(s.style, s(safe.CHOOSE_SECOND), self._choose_folder, icon="folder")
        if s.read_only:
            choose.hide()
        self._no_folder = button(s.style, s(safe.NO_SECOND), self._forget_folder, role="quiet")
        self._no_folder.hide()
        card.add(Flow(choose, self._no_folder))
        return card

    def _choose_folder(self) -> None:
        def chosen(folder: Path) -> None:
            self._set(replace(self._settings, folder=folder.absolute()))

        choose_folder(self, self._session, safe.SECOND_FOLDER, chosen)

    def _forget_folder(self) -> None:
        self._set(replace(self._settings, folder=None))

    def _numbers_card(self) -> Card:
        s = self._session
        card = Card(s(safe.HOW_MANY))
        card.add(Paragraph(s(safe.HOW_MANY_TEXT), "muted"))
        self.numbers: dict[str, Choice] = {}
        fields = row(spacing=GRID * 3)
        for name, (title, numbers) in _NUMBERS.items():
            choice = Choice()
            choice.setAccessibleName(f"{s(safe.HOW_MANY)}: {s.texts(title)}")
            for number in numbers:
                choice.addItem(str(number), number)
            choice.setEnabled(not s.read_only)
            choice.activated.connect(self._set_numbers)
            self.numbers[name] = choice
            field = column(GRID // 2)
            field.addLayout(labelled(s, title, choice))
            fields.addLayout(field)
        fields.addStretch(1)
        card.add(fields)
        return card

    def _set_numbers(self) -> None:
        chosen = {name: choice.currentData() for name, choice in self.numbers.items()}
        self._set(replace(self._settings, policy=BackupPolicy(**chosen)))

    def _set(self, chosen: BackupSettings) -> None:
        wallet, self._settings = self._session.open_wallet, chosen
        self._session.tasks.change(self, lambda: backing_up.set_settings(wallet, chosen), _done)

    # ---- leaving

    def _leaving_card(self) -> Card:
        s = self._session
        card = Card(s(safe.LEAVING))
        card.add(Paragraph(s(safe.LEAVING_TEXT), "muted"))
        card.add(Flow(button(s.style, s(safe.EXPORT_ALL), self._choose_export, icon="export")))
        return card

    def _choose_export(self) -> None:
        s = self._session

        def chosen(folder: Path) -> None:
            name = s(safe.EXPORT_FOLDER, date=f"{s.now().astimezone():%Y-%m-%d}")
            dialog = OpenFilesDialog(self, s, folder / name)
            dialog.told.connect(self.told)
            dialog.open()

        choose_folder(self, s, safe.EXPORT_ALL, chosen)


def _look(wallet: Wallet) -> Held:
    return Held(
        backing_up.listed(wallet),
        backing_up.settings(wallet),
        unlocking.info(wallet).last_backup,
        backing_up.problem(wallet),
    )


def _choose(choice: Choice, number: int) -> None:
    """Show a number, which may be one that was set elsewhere and is none of the usual ones."""
    if choice.findData(number) < 0:
        choice.addItem(str(number), number)
    choice.setCurrentIndex(choice.findData(number))


def _done(_result: None) -> None:
    """The page asks anew by itself."""
