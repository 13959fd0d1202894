"""The backups of one open vault: made when asked and by themselves, listed, rotated, copied away.

By themselves: after the first change of a day, and again when the vault closes if something has
changed since. A backup that fails is remembered as `problem` and never stops the change.
"""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, date, datetime
from pathlib import Path

from wallet.errors import BackupFailed, BackupFolderMissing, UsageError, VaultError
from wallet.model.backups import (
    Backup,
    BackupKind,
    BackupMade,
    BackupPolicy,
    BackupSettings,
    Merged,
    Preview,
)
from wallet.vault import (
    backup,
    backups_file,
    backups_rotation,
    credentials,
    merging,
    settings,
)
from wallet.vault import backups_restoring as restoring
from wallet.vault.backups_restoring import Find
from wallet.vault.database import Database
from wallet.vault.opening import Opened
from wallet.vault.settings import Store

PREFIX = "backup."
"""Settings that are about the backups of this vault, and belong to no other."""
_FOLDER = f"{PREFIX}folder"
_DIGITS = re.compile(r"[0-9]{1,4}")
_NUMBERS = ("daily", "weekly", "monthly")


class Backups:
    """The backups of one open vault. It belongs to the vault's thread."""

    def __init__(
        self,
        opened: Callable[[], Opened],
        reader: credentials.Reader,
        clock: Callable[[], datetime],
    ) -> None:
        """Look after an open vault; nothing happens by itself before `keep`."""
        self._opened = opened
        self._reader = reader
        self._clock = clock
        self._kept = False
        self._busy = False
        self._changed = False
        self._day: date | None = None
        self.problem: VaultError | None = None
        """Why the last backup that was made by itself, or its copy, failed."""

    @property
    def _database(self) -> Database:
        return self._opened().database

    @property
    def own_folder(self) -> Path:
        """Where the backups lie: inside the vault's folder."""
        return self._database.folder / backup.FOLDER

    # ---- by themselves ---------------------------------------------------------------------------

    def keep(self) -> None:
        """From now on, make daily backups by themselves; not where nothing can be written."""
        if self._opened().read_only:
            return
        days = [one.made_at for one in self._own() if one.kind is BackupKind.DAILY and one.made_at]
        self._day = _day(max(days)) if days else None
        self._kept = True
        self._database.after_change = self._after_change

    def before_close(self) -> None:
        """Make the daily backup anew if something has changed since; never raises a known error."""
        if self._kept and self._changed:
            self._daily()

    def _after_change(self) -> None:
        if self._busy:
            return
        self._changed = True
        if self._day != _day(self._clock()):
            self._daily()

    def _daily(self) -> None:
        self._day = _day(self._clock())
        try:
            self.problem = self.make(BackupKind.DAILY).problem
        except VaultError as error:
            self.problem = error

    # ---- when asked ------------------------------------------------------------------------------

    def make(self, kind: BackupKind = BackupKind.ASKED) -> BackupMade:
        """Make a backup, copy it to the second folder if there is one, and rotate both.

        Raises `BackupFailed` when the vault's own folder cannot take it; what goes wrong with the
        second folder is said in `problem`.
        """
        self._busy = True
        try:
            at = self._clock()
            path = backup.make(self._database, kind, at)
            self._changed = False
            self._rotate(self.own_folder, at)
            return self._copied(path, at)
        finally:
            self._busy = False

    def _copied(self, path: Path, at: datetime) -> BackupMade:
        folder = self.settings().folder
        if folder is None:
            return BackupMade(path)
        if not folder.is_dir():
            return BackupMade(path, problem=BackupFolderMissing(path=str(folder)))
        try:
            copy = backup.copy_into(path, folder)
            self._rotate(folder, at)
        except OSError as error:
            failed = BackupFailed(path=str(folder), detail=error.strerror or "")
            return BackupMade(path, problem=failed)
        except VaultError as error:
            return BackupMade(path, problem=error)
        return BackupMade(path, copy)

    def _rotate(self, folder: Path, now: datetime) -> None:
        """Remove the daily backups of this vault that no number asks for; others stay."""
        own = backup.identity(self._database)
        daily = [
            (one.path, one.made_at)
            for one in backups_file.in_folder(folder)
            if one.kind is BackupKind.DAILY and one.vault == own and one.made_at is not None
        ]
        times = {made_at for _, made_at in daily}
        stay = set(backups_rotation.kept(times, now, self.settings().policy))
        for path, made_at in daily:  # newest first: of two of one moment the later one stays
            if made_at in stay:
                stay.remove(made_at)
                continue
            with suppress(OSError):
                path.unlink()

    # ---- what there is ---------------------------------------------------------------------------

    def last(self) -> datetime | None:
        """When the newest backup was made that lies in one of the two folders."""
        times = [one.made_at for one in self._all() if one.made_at is not None]
        return max(times, default=None)

    def listed(self) -> tuple[Backup, ...]:
        """List the backups of both folders, newest first, by what each states; quick."""
        return backups_file.newest_first(self._all())

    def look(self, path: Path) -> Backup:
        """Read one backup whole and open it: how many credentials, or why it does not open."""
        return self._look(path, None)

    def found(self) -> tuple[Backup, ...]:
        """List the backups of both folders, newest first; each is read whole and opened."""
        return tuple(self.look(one.path) for one in self.listed())

    def _own(self) -> tuple[Backup, ...]:
        return backups_file.in_folder(self.own_folder)

    def _all(self) -> list[Backup]:
        """Those of this vault, and in its own folder what cannot be read as well."""
        own = self._own()
        folder = self.settings().folder
        mine = {one.vault for one in own if one.vault} | {self._identity()}
        elsewhere = backups_file.in_folder(folder) if folder is not None else []
        return [*own, *(one for one in elsewhere if one.vault in mine)]

    def _identity(self) -> str | None:
        return settings.everything(self._database, Store.SETTINGS).get(backup.IDENTITY)

    # ---- bringing one back -----------------------------------------------------------------------

    def preview(self, path: Path, find: Find | None = None) -> Preview:
        """Compare what is in a backup with what is here.

        `find` gives the key of a backup that was made under another one. Raises `BackupDamaged`,
        `BackupLocked` (without `find`), `VaultTooNew`, and what `find` raises.
        """
        found = self._look(path, find)
        with self._copy(path, find) as copy:
            return restoring.preview(copy.database, self._database, found)

    def merge(self, path: Path, find: Find | None = None) -> Merged:
        """Bring what is only in a backup here; see `merging`. Raises as `preview` does.

        What is here is backed up first, or nothing is merged: `BackupFailed`.
        """
        with self._copy(path, find) as copy:
            restoring.check(copy.database, path)
            self.make(BackupKind.RESTORE)
            return merging.merge(copy.database, self._database, self._reader, self._clock())

    def replace(self, path: Path, find: Find | None = None) -> BackupMade:
        """Put what is in a backup in the place of what is here, in one step, under the same keys.

        Returns the backup of what was here, which is made first. Raises as `merge` does; what was
        here is then still here.
        """
        with self._copy(path, find) as copy:
            restoring.check(copy.database, path)
            made = self.make(BackupKind.RESTORE)
            restoring.replace_with(copy, self._opened(), self._clock())
            self._changed = True
        return made

    def _copy(self, path: Path, find: Find | None) -> AbstractContextManager[Opened]:
        opened = self._opened()
        with_key = restoring.with_key(opened.key)
        return restoring.opened(path, self._place(), find or with_key, self._clock())

    def _look(self, path: Path, find: Find | None) -> Backup:
        with_key = restoring.with_key(self._opened().key)
        return restoring.look(path, self._place(), find or with_key, self._clock())

    def _place(self) -> Path | None:
        opened = self._opened()
        return None if opened.read_only else opened.folder

    # ---- settings --------------------------------------------------------------------------------

    def settings(self) -> BackupSettings:
        """What the person chose; the defaults where nothing is chosen or it makes no sense."""
        stored = settings.everything(self._database, Store.SETTINGS)
        standard = BackupPolicy()
        numbers = {
            name: _number(stored.get(f"{PREFIX}{name}"), getattr(standard, name))
            for name in _NUMBERS
        }
        folder = stored.get(_FOLDER)
        return BackupSettings(BackupPolicy(**numbers), Path(folder) if folder else None)

    def set_settings(self, chosen: BackupSettings) -> None:
        """Store what the person chose.

        Raises `UsageError` for a number below 1 or above 1000, or a folder that is not absolute.
        """
        numbers = {name: getattr(chosen.policy, name) for name in _NUMBERS}
        if not all(1 <= number <= backups_rotation.MOST for number in numbers.values()):
            raise UsageError(detail="backup_numbers")
        if chosen.folder is not None and not chosen.folder.is_absolute():
            raise UsageError(detail="backup_folder_relative")
        with self._database.change():
            for name, number in numbers.items():
                settings.put(self._database, Store.SETTINGS, f"{PREFIX}{name}", str(number))
            folder = None if chosen.folder is None else str(chosen.folder)
            settings.put(self._database, Store.SETTINGS, _FOLDER, folder)


def _day(at: datetime) -> date:
    return at.astimezone(UTC).date()


def _number(text: str | None, standard: int) -> int:
    number = int(text) if text is not None and _DIGITS.fullmatch(text) else standard
    return number if 1 <= number <= backups_rotation.MOST else standard
