"""What the vault gives back: entries of the list, one credential with its history, notes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from pathlib import Path

from wallet.model.credential import Credential, Format, Text
from wallet.model.verification import VerificationReport


@dataclass(frozen=True, slots=True)
class Provenance:
    """How a version came into the vault."""

    source: str
    path: tuple[str, ...]
    added_at: datetime


class AddResult(StrEnum):
    """What an import did with one item."""

    IMPORTED = "imported"
    ALREADY_HERE = "already_here"
    NEW_VERSION = "new_version"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Added:
    """The outcome of adding one item, and the entry it belongs to."""

    result: AddResult
    id: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: an index of the shown version, and its last stored report."""

    id: str
    title: Text | None
    format: Format
    issuer: str
    awarding_bodies: tuple[str, ...]
    issued: datetime | None
    valid_from: datetime | None
    valid_until: datetime | None
    ects: Decimal | None
    eqf: int | None
    stored: Callable[[], VerificationReport] = field(repr=False)
    """Reads the last stored report: of thousands in a list, few are looked at."""
    versions: int
    tags: tuple[str, ...] = ()
    deleted_at: datetime | None = None

    @property
    def report(self) -> VerificationReport:
        """The report, read anew each time; what came from a wallet has the validity of its now."""
        return self.stored()


@dataclass(frozen=True, slots=True)
class Version:
    """One set of bytes of an entry."""

    sha256: str
    size: int
    provenance: Provenance
    report: VerificationReport
    shown: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What the person wrote beside an entry: plain text, never empty, and when."""

    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """A credential in the vault: the shown version read again from its bytes, and the others."""

    entry: Entry
    credential: Credential
    versions: tuple[Version, ...]
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The person's word that an achievement is a programme's catalogue item; can be taken back."""

    credential_id: str
    programme: str
    item: str
    made_at: datetime
    achievement: int = 1
    """Which achievement of the credential, counted from 1."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which award the person gives an achievement to, where awards exclude each other."""

    credential_id: str
    award: str
    """"programme id#award key", or a programme's id alone: any of its awards."""
    made_at: datetime
    achievement: int = 1


@dataclass(frozen=True, slots=True)
class OwnProgramme:
    """A programme definition that the person brought or made: its bytes, and where from."""

    id: str
    version: str
    raw: bytes = field(repr=False)
    source: str
    added_at: datetime
    signature: bytes | None = field(default=None, repr=False)
    """A detached JWS over `raw`, where one came along."""


class SlotKind(StrEnum):
    """The ways to open a vault."""

    PASSPHRASE = "passphrase"  # noqa: S105 -- a kind of slot
    KEYRING = "keyring"
    SHEET = "recovery-sheet"


@dataclass(frozen=True, slots=True)
class PassphraseCost:
    """What one guess of the passphrase costs a thief: Argon2id memory in KiB, passes, lanes."""

    memory_kib: int
    passes: int
    lanes: int


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """What `vault info` says."""

    path: Path
    schema: int
    credentials: int
    """How many entries are in the list; the trash is not counted."""
    slots: tuple[SlotKind, ...]
    last_backup: datetime | None = None
    cost: PassphraseCost | None = None
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class HolderKey:
    """A key that proves "this was shown by me". It exists in the vault alone."""

    did: str
    kind: str
    """`Ed25519` or `P-256`."""
    private: bytes = field(repr=False)
    """The raw private key: Ed25519 seed or P-256 scalar, 32 bytes."""
    created_at: datetime
    name: str = ""
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TrustItem:
    """Something that the person gave as trust data: its bytes, and where they came from."""

    id: str
    kind: str
    name: str
    source: str
    as_of: datetime
    raw: bytes = field(repr=False)


class Verdict(StrEnum):
    """What the person decided about a key."""

    ACCEPTED = "accepted"
    DISTRUSTED = "distrusted"


@dataclass(frozen=True, slots=True)
class TrustDecision:
    """The person's word about a key: how it was checked, when; can be taken back."""

    id: str
    key: str
    """The key's thumbprint."""
    verdict: Verdict
    how: str
    made_at: datetime
    withdrawn_at: datetime | None = None
