"""What an unlocked wallet is, and what can be done with the credentials in it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from wallet.actions.files import safe_name, write_new
from wallet.errors import NotFound
from wallet.model.keeping import Entry, HolderKey, Kept
from wallet.model.presentation import LedgerEntry
from wallet.model.verification import VerificationReport
from wallet.trust.anchors import TrustStore
from wallet.vault.vault import Vault
from wallet.verification.verify import refresh, verify

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the time of the computer's clock, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Wallet:
    """An unlocked vault, the trust data in it, and a clock."""

    vault: Vault
    trust: TrustStore
    clock: Clock
    path: Path
    demonstration: bool = False

    @property
    def read_only(self) -> bool:
        """Whether the vault lies where nothing can be written: every change is refused."""
        return self.vault.read_only

    def close(self) -> None:
        """Drop the key and the connection."""
        self.vault.close()


@dataclass(frozen=True, slots=True)
class Shown:
    """One credential as the detail page shows it: with the validity of now."""

    kept: Kept
    report: VerificationReport
    shown_to: tuple[LedgerEntry, ...]


def entries(wallet: Wallet, text: str = "", *, deleted: bool = False) -> tuple[Entry, ...]:
    """List the credentials whose stated texts hold every word of `text`, newest first."""
    found, now = wallet.vault.entries(text, deleted=deleted), wallet.clock()
    return tuple(replace(entry, stored=_AsOf(entry, now)) for entry in found)


def find(wallet: Wallet, text: str) -> frozenset[str]:
    """Return which credentials `entries` would list for `text`, without listing them: quick."""
    return frozenset(wallet.vault.find(text))


def show(wallet: Wallet, entry_id: str) -> Shown:
    """Return one credential whole. Raises NotFound."""
    kept = wallet.vault.get(entry_id)
    shown_to = tuple(e for e in wallet.vault.ledger() if kept.entry.id in e.credential_ids)
    return Shown(kept, _AsOf(kept.entry, wallet.clock())(), shown_to)


def check_again(wallet: Wallet, entry_id: str) -> VerificationReport:
    """Verify the shown version from its bytes with the trust and clock of now, and store it.

    The dated import proves that the bytes existed then: a seal whose certificate has expired since
    stays good for the owner of the vault.
    """
    kept = wallet.vault.get(entry_id)
    shown = next(version for version in kept.versions if version.shown)
    report = verify(
        kept.credential,
        wallet.trust,
        wallet.clock(),
        known_since=shown.provenance.added_at,
    )
    wallet.vault.update_report(kept.entry.id, shown.sha256, report)
    return report


def delete(wallet: Wallet, entry_id: str) -> None:
    """Move a credential to the trash. Raises NotFound, also for one that is there already."""
    if wallet.vault.get(entry_id).entry.deleted_at is not None:
        raise NotFound(id=entry_id)
    wallet.vault.delete(entry_id, wallet.clock())


def restore(wallet: Wallet, entry_id: str) -> None:
    """Take a credential out of the trash. Raises NotFound for one that is not in it."""
    if wallet.vault.get(entry_id).entry.deleted_at is None:
        raise NotFound(id=entry_id)
    wallet.vault.restore(entry_id)


def export(wallet: Wallet, entry_ids: Sequence[str], folder: Path) -> tuple[Path, ...]:
    """Write the bytes as issued into `folder`, one new file each, mode 0600.

    Nothing that is already there is overwritten. Raises NotFound, NotWritable.
    """
    kept = [wallet.vault.get(entry_id) for entry_id in entry_ids]
    return tuple(write_new(folder, original_name(item), item.credential.raw) for item in kept)


def original_name(kept: Kept) -> str:
    """Suggest a file name for a credential's original bytes."""
    title = kept.entry.title.best() if kept.entry.title else kept.entry.id
    securing = kept.credential.securing
    ending = (
        ".jwt" if securing in {"jwt", "sd-jwt"} else ".jsonld" if securing == "jades" else ".json"
    )
    return safe_name(title) + ending


def ledger(wallet: Wallet) -> tuple[LedgerEntry, ...]:
    """Return what was shown to whom, newest first."""
    return wallet.vault.ledger()


def holder_keys(wallet: Wallet) -> tuple[HolderKey, ...]:
    """Return the keys that sign presentations, oldest first; one is made when first needed."""
    return wallet.vault.holder_keys()


@dataclass(frozen=True, slots=True)
class _AsOf:
    """An entry's report with the validity of a time, computed when somebody looks at it."""

    entry: Entry
    at: datetime

    def __call__(self) -> VerificationReport:
        entry = self.entry
        return refresh(entry.report, entry.valid_from, entry.valid_until, self.at)
