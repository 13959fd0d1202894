"""What the window remembers without a wallet: language and appearance. Nothing personal."""

from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths

from wallet.texts import LANGUAGES, system_language
from wallet.ui.themes import Appearance


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

    def write(self) -> None:
        """Write to the disk now; Qt does it by itself a little later."""
        self._file.sync()
