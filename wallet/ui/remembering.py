"""What a person had begun, kept while a change of language makes all pages anew."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from wallet.actions.verifying import Examination
from wallet.ui.models.arranging import Arrangement
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.present import Begun, PresentPage

if TYPE_CHECKING:
    from wallet.ui.main_window import MainWindow


@dataclass(frozen=True, slots=True)
class Remembered:
    """The search, the list's arrangement, what is open, was begun to be presented, or checked."""

    search: str = ""
    arrangement: Arrangement = field(default_factory=Arrangement)
    opened: str = ""
    begun: Begun | None = None
    checked: tuple[tuple[Path, ...], Examination] | None = None


def remember(pages: Iterable[QWidget], current: QWidget | None) -> Remembered:
    """Ask the pages what they hold."""
    search, arrangement, opened, begun, checked = "", Arrangement(), "", None, None
    for page in pages:
        match page:
            case CredentialsPage():
                search, arrangement = page.search.text(), page.arrangement
            case DetailPage() if page is current:
                opened = page.entry_id
            case PresentPage():
                begun = page.begun()
            case CheckPage() if page.examination is not None:
                checked = tuple(page.paths), page.examination
    return Remembered(search, arrangement, opened, begun, checked)


def recall(window: "MainWindow", before: Remembered) -> None:
    """Give it back to the pages of now; without a wallet only what was checked."""
    if before.checked is not None:
        paths, examination = before.checked
        checked = window.page(CheckPage)
        checked.paths = list(paths)
        checked.show_result(examination)
    if window.session.wallet is None:
        return
    window.page(CredentialsPage).take_up(before.arrangement)
    if before.search:
        window.page(CredentialsPage).search.setText(before.search)
    if before.begun is not None:
        window.page(PresentPage).go_on(before.begun)
    if before.opened:
        window.open_entry(before.opened)
