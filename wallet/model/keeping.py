"""What the vault gives back: entries of the list, one credential with its history, notes."""

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
    report: VerificationReport
    versions: int
    tags: tuple[str, ...] = ()
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One set of bytes of an entry."""

    sha256: str
    size: int
    provenance: Provenance
    report: VerificationReport
    shown: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """A credential in the vault: the shown version read again from its bytes, and the others."""

    entry: Entry
    credential: Credential
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True)
class Confirmation:
    """The person's word that a credential is a programme's catalogue item; can be taken back."""

    credential_id: str
    programme: str
    item: str
    made_at: datetime


class SlotKind(StrEnum):
    """The ways to open a vault."""

    PASSPHRASE = "passphrase"  # noqa: S105 -- a kind of slot
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """What `vault info` says."""

    path: Path
    schema: int
    credentials: int
    """How many entries are in the list; the trash is not counted."""
    slots: tuple[SlotKind, ...]
    last_backup: datetime | None = None


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
