"""What a person had begun, kept while a change of language makes all pages anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from wallet.actions.verifying import Examination
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.present import Begun, PresentPage


@dataclass(frozen=True, slots=True)
class Remembered:
    """The search, the credential that is open, the presentation begun, what was checked."""

    search: str = ""
    opened: str = ""
    begun: Begun | None = None
    checked: tuple[tuple[Path, ...], Examination] | None = None


def remember(pages: Iterable[QWidget], current: QWidget | None) -> Remembered:
    """Ask the pages what they hold."""
    search, opened, begun, checked = "", "", None, None
    for page in pages:
        match page:
            case CredentialsPage():
                search = page.search.text()
            case DetailPage() if page is current:
                opened = page.entry_id
            case PresentPage():
                begun = page.begun()
            case CheckPage() if page.examination is not None:
                checked = tuple(page.paths), page.examination
    return Remembered(search, opened, begun, checked)
