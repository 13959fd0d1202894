"""What backups are: one file with a date, what is in it, and what became of bringing it back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from wallet.errors import VaultError
from wallet.model.keeping import Entry


class BackupKind(StrEnum):
    """Why a backup was made; only daily ones are ever removed by the program."""

    DAILY = "daily"
    MIGRATION = "before-migration"
    RESTORE = "before-restore"
    ASKED = "asked"


class BackupState(StrEnum):
    """Whether a backup can be brought back, and why not."""

    GOOD = "good"
    """Its bytes are those that were checked when it was made; with a key: and they open."""
    DAMAGED = "damaged"
    OTHER_KEY = "other-key"
    """Whole, but made under another key: its own passphrase or sheet opens it."""
    TOO_NEW = "too-new"


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file, as far as it could be read."""

    path: Path
    size: int
    """Bytes of the file."""
    state: BackupState
    made_at: datetime | None = None
    kind: BackupKind | None = None
    vault: str = ""
    """The vault that it is of, as a random name; "" where it cannot be read."""
    schema: int | None = None
    credentials: int | None = None
    """How many are in its list; None where it was not opened."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was made, its copy in the second folder, and what went wrong with that."""

    path: Path
    copy: Path | None = None
    problem: VaultError | None = None


@dataclass(frozen=True, slots=True)
class BackupPolicy:
    """How many daily backups stay: the newest of so many days, weeks and months that have one."""

    daily: int = 7
    weekly: int = 4
    monthly: int = 12


@dataclass(frozen=True, slots=True)
class BackupSettings:
    """What the person chose: how many stay, and the folder that gets a second copy."""

    policy: BackupPolicy = BackupPolicy()
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What is in a backup, beside what is here: entries of the list and the trash."""

    backup: Backup
    only_there: tuple[Entry, ...]
    more_there: tuple[Entry, ...]
    """Here as well, but the backup has a version that is not."""
    same: tuple[Entry, ...]
    only_here: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge brought; nothing that was here is gone."""

    entries: int
    versions: int
    """Further versions of entries that were here."""
    already_here: int
    tags: int
    confirmations: int
    ledger: int
    holder_keys: int
    decisions: int
    trust_items: int
    kept_here: tuple[str, ...]
    """Names of settings and profile facts that differ: what is here stays."""
    notes: int = 0
