"""The bar above the list while several credentials are chosen: what is done with all of them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from wallet.actions import several
from wallet.actions import wallet as content
from wallet.texts import noting as own
from wallet.ui.dialogs.files import choose_folder
from wallet.ui.dialogs.tags import TagsDialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Button, button, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class SeveralBar(QFrame):
    """Says how many are chosen, and offers what can be done with them."""

    present_wanted = Signal(tuple)
    told = Signal(str, object)
    """What was done, and how it is taken back (None where it cannot be)."""
    done = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setObjectName("card")
        self._chosen: tuple[str, ...] = ()
        layout = column(GRID, GRID + 4)
        self.setLayout(layout)
        self._count = Paragraph("", "strong")
        style, s = session.style, session
        self._show = button(style, s(own.SEVERAL_SHOW), self._present, icon="present")
        self._save = button(style, s(own.SEVERAL_SAVE), self._ask_where, icon="export")
        self._tag = button(style, s(own.SEVERAL_TAG), self._tags)
        self._delete = button(
            style, s(own.SEVERAL_DELETE), self._remove, icon="delete", role="quiet"
        )
        end = button(style, s(own.CHOOSE_DONE), self.done.emit)
        layout.addLayout(Flow(self._count, self._show, self._save, self._tag, self._delete, end))
        if session.read_only:
            for writing in (self._show, self._tag, self._delete):
                writing.hide()
        self.show_chosen(())

    def show_chosen(self, entry_ids: tuple[str, ...]) -> None:
        """Offer the work on these."""
        s, self._chosen = self._session, entry_ids
        count = len(entry_ids)
        self._count.set(s(own.CHOSEN, n=count) if count else s(own.CHOSEN_NONE))
        works: tuple[Button, ...] = (self._show, self._save, self._tag, self._delete)
        for one in works:
            one.setEnabled(bool(count))

    def _present(self) -> None:
        self.present_wanted.emit(self._chosen)

    def _ask_where(self) -> None:
        wallet, chosen, s = self._session.open_wallet, self._chosen, self._session

        def save(folder: Path) -> None:
            def saved(paths: tuple[Path, ...]) -> None:
                told = s(own.SEVERAL_SAVED, n=len(paths), folder=str(folder))
                self.told.emit(told, None)

            s.tasks.ask(self, lambda: content.export(wallet, chosen, folder), saved)

        choose_folder(self, s, own.SEVERAL_SAVE, save)

    def _tags(self) -> None:
        dialog = TagsDialog(self.window(), self._session, self._chosen)
        dialog.told.connect(self.told)
        dialog.open()

    def _remove(self) -> None:
        wallet, chosen, s = self._session.open_wallet, self._chosen, self._session
        told = s(own.SEVERAL_DELETED, n=len(chosen))

        def take_back() -> None:
            s.tasks.change(s, lambda: several.restore(wallet, chosen), _done)

        def deleted(_result: None) -> None:
            self.told.emit(told, take_back)
            self.done.emit()

        s.tasks.change(self, lambda: several.delete(wallet, chosen), deleted)


def _done(_result: None) -> None:
    """The list reloads by itself."""
