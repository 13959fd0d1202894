"""What the window remembers without a wallet: language, looks, offers declined, when to lock."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from wallet.texts import LANGUAGES, system_language
from wallet.ui.themes import Appearance

IDLE_MINUTES = (1, 2, 5, 10, 15, 30)
USUAL_IDLE_MINUTES = 5


class Preferences:
    """A small settings file; made for the platform's place, or for `path` in a test."""

    def __init__(self, path: Path | None = None) -> None:
        if path is None:
            folder = QStandardPaths.writableLocation(
                QStandardPaths.StandardLocation.AppConfigLocation
            )
            path = Path(folder) / "window.ini"
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    @property
    def language(self) -> str:
        """The language chosen, else the system's among ours, else English."""
        stored = str(self._file.value("language", ""))
        return stored if stored in LANGUAGES else system_language()

    @language.setter
    def language(self, language: str) -> None:
        self._file.setValue("language", language)

    @property
    def appearance(self) -> Appearance:
        """Light, dark or the system's."""
        stored = str(self._file.value("appearance", ""))
        return Appearance(stored) if stored in set(Appearance) else Appearance.SYSTEM

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._file.setValue("appearance", appearance.value)

    @property
    def offer_lists(self) -> bool:
        """Whether to offer the European lists while there are none."""
        return self._yes("offer_lists", standard=True)

    @offer_lists.setter
    def offer_lists(self, offer: bool) -> None:
        self._file.setValue("offer_lists", "yes" if offer else "no")

    @property
    def remind_sheet(self) -> bool:
        """Whether to say that there is no recovery sheet, or none that was compared."""
        return self._yes("remind_sheet", standard=True)

    @remind_sheet.setter
    def remind_sheet(self, remind: bool) -> None:
        self._file.setValue("remind_sheet", "yes" if remind else "no")

    @property
    def sheet_compared(self) -> bool:
        """Whether the sheet made last on this computer was typed back."""
        return self._yes("sheet_compared", standard=True)

    @sheet_compared.setter
    def sheet_compared(self, compared: bool) -> None:
        self._file.setValue("sheet_compared", "yes" if compared else "no")

    @property
    def idle_minutes(self) -> int:
        """After how many minutes without a sign of life the wallet locks; one of IDLE_MINUTES."""
        stored = str(self._file.value("idle_minutes", ""))
        known = {str(minutes): minutes for minutes in IDLE_MINUTES}
        return known.get(stored, USUAL_IDLE_MINUTES)

    @idle_minutes.setter
    def idle_minutes(self, minutes: int) -> None:
        self._file.setValue("idle_minutes", str(minutes))

    def _yes(self, name: str, *, standard: bool) -> bool:
        return str(self._file.value(name, "yes" if standard else "no")) != "no"

    def write(self) -> None:
        """Write to the disk now; Qt does it by itself a little later."""
        self._file.sync()
