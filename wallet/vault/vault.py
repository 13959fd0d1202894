"""The vault: one person's credentials in one encrypted folder, open in one place at a time."""

import contextlib
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeAlias

from wallet.errors import VaultNotWritable
from wallet.model.credential import Credential
from wallet.model.keeping import (
    Added,
    Entry,
    HolderKey,
    Kept,
    PassphraseCost,
    Provenance,
    SlotKind,
    TrustDecision,
    TrustItem,
    VaultInfo,
)
from wallet.model.presentation import LedgerEntry
from wallet.model.verification import VerificationReport
from wallet.vault import (
    credentials,
    holder_keys,
    ledger,
    notes,
    opening,
    settings,
    trash,
    trusted,
    ways,
)
from wallet.vault.attempts import Attempts
from wallet.vault.backups import Backups
from wallet.vault.finding import Secret
from wallet.vault.kdf import Kdf
from wallet.vault.personal import Personal
from wallet.vault.settings import Store
from wallet.vault.slots import KeyringSlot, SheetSlot

Clock: TypeAlias = Callable[[], datetime]


def read_any(data: bytes) -> Credential | None:
    """Read a stored credential with the formats that the wallet knows."""
    from wallet import formats  # noqa: PLC0415 -- loads every format; unlocking needs none

    return formats.read(data)


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


class Vault(Personal):
    """An open vault. It belongs to the thread that opened it.

    Every method that changes something does all of it or nothing, and raises `VaultNotWritable`
    when the disk is full, read-only or gone; any method raises `VaultDamaged` when it meets a page
    that is not what was written. A credential is named by its entry's id; an id that is not there
    raises `NotFound`. Times are aware.
    """

    def __init__(self, opened: opening.Opened, *, reader: credentials.Reader, clock: Clock) -> None:
        """Take over what was opened; use `create` or `open`."""
        self._opened = opened
        self._database = opened.database
        self._reader = reader
        self._clock = clock
        self.backups = Backups(lambda: self._opened, reader, clock)

    # ---- open and close ----------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: Path,
        passphrase: str,
        *,
        kdf: Kdf | None = None,
        clock: Clock = utc_now,
        reader: credentials.Reader = read_any,
    ) -> Self:
        """Make the folder `path` (NAME.mikrofolio) with a new random key, and open it.

        Without `kdf` the passphrase's cost is measured here. Raises `VaultExists` when anything is
        at `path`, `VaultNotWritable`, and `UsageError` for an empty passphrase. Nothing is left
        behind when it fails.
        """
        opened = opening.make(path, passphrase, kdf or Kdf.measured(), clock())
        return cls(opened, reader=reader, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        sheet: str | None = None,
        least: Kdf | None = None,
        attempts: Attempts | None = None,
        clock: Clock = utc_now,
        reader: credentials.Reader = read_any,
    ) -> Self:
        """Open the vault at `path` with the passphrase or the recovery sheet, else the keyring.

        A passphrase that costs a thief less than `least` is stored again with that. Wrong ones are
        counted in `attempts`. What has been in the trash for thirty days is erased. A folder or
        file that cannot be written opens for reading.

        Raises `VaultMissing`, `VaultBusy`, `VaultDamaged` (`what`: `keys.json`, `wallet.db`),
        `VaultTooNew`, `WrongPassphrase`, `WrongSheet`, `VaultNotWritable`, and `VaultLocked`
        (`why`: `passphrase`, `absent`, `locked`, `refused`, `no_answer`, `forgotten`). A vault
        that cannot be opened is not touched.
        """
        secret = Secret(passphrase, sheet)
        opened = opening.unlock(path, secret, clock(), attempts or Attempts())
        try:
            if not opened.read_only:
                with contextlib.suppress(VaultNotWritable):  # a full disk: later, then
                    trash.tidy(opened.database, clock())
                    ways.strengthen(opened, secret, least)
        except BaseException:
            opened.close()
            raise
        return cls(opened, reader=reader, clock=clock)

    def close(self) -> None:
        """Close the vault and let the next one in; a second time does nothing."""
        try:
            self.backups.before_close()
        finally:
            self._opened.close()

    def info(self) -> VaultInfo:
        """Describe the vault."""
        slots = ways.slots_of(self._opened)
        cost = ways.cost(slots)
        return VaultInfo(
            path=self._opened.folder,
            schema=self._database.value("PRAGMA user_version"),
            credentials=self._database.value(
                "SELECT count(*) FROM entries WHERE deleted_at IS NULL"
            ),
            slots=tuple(slot.kind for slot in slots.slots),
            cost=None if cost is None else PassphraseCost(cost.memory_kib, cost.passes, cost.lanes),
            read_only=self.read_only,
            last_backup=self.backups.last(),
        )

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written here; every change raises `VaultNotWritable`."""
        return self._opened.read_only

    def batch(self) -> AbstractContextManager[None]:
        """Make many changes in one transaction: `with vault.batch(): ...`, all or none.

        A change that fails inside, and whose error is caught inside, takes back only itself.
        """
        return self._database.change()

    # ---- key slots ---------------------------------------------------------------------------

    def change_passphrase(self, new: str, *, least: Kdf | None = None) -> None:
        """Replace the passphrase slot; the database is not written again.

        Its cost stays, or becomes `least` where that is higher. Raises `UsageError` for an empty
        one.
        """
        ways.change_passphrase(self._opened, new, least)

    def add_keyring_slot(self) -> None:
        """Let the system keyring open this vault. Raises `KeyringUnavailable` (`why`)."""
        ways.add_keyring(self._opened)

    def remove_keyring_slot(self) -> None:
        """Let the system keyring open this vault no longer; works without a keyring, too.

        Raises `UsageError` when nothing would be left that opens it.
        """
        ways.remove(self._opened, KeyringSlot)

    def new_recovery_sheet(self) -> str:
        """Make a recovery sheet and return its text, this once; the one before opens no more."""
        return ways.add_sheet(self._opened)

    def check_recovery_sheet(self, text: str) -> None:
        """Raise `WrongSheet` when this text would not open the vault."""
        ways.check_sheet(self._opened, text)

    def remove_recovery_sheet(self) -> None:
        """Let no recovery sheet open this vault. Raises `UsageError` as `remove_keyring_slot`."""
        ways.remove(self._opened, SheetSlot)

    def rekey(self, passphrase: str) -> tuple[SlotKind, ...]:
        """Encrypt everything with a new random key, after a suspected leak.

        Returns the ways to open the vault that are gone and have to be made again: always the
        recovery sheet, and the keyring where it refuses. Copies made before keep the old key. Needs
        as much room as the database. Raises `WrongPassphrase` and `VaultNotWritable`: nothing
        changed then.
        """
        self._opened, lost = ways.rekey(self._opened, passphrase)
        return lost

    # ---- credentials -------------------------------------------------------------------------

    def add(
        self, credential: Credential, report: VerificationReport, provenance: Provenance
    ) -> Added:
        """Keep a credential as it was issued, whatever its report says.

        The same bytes are `ALREADY_HERE` (nothing changes, but an entry in the trash comes back).
        Other bytes with the same issuer and global id are a `NEW_VERSION` of that entry. Raises
        `TooLarge` above 16 MiB.
        """
        return credentials.add(self._database, credential, report, provenance)

    def entries(self, text: str = "", *, deleted: bool = False) -> tuple[Entry, ...]:
        """List the entries, or the trash, last added first.

        With `text`: those whose shown version states every word of it, or whose note has it, each
        as the beginning of a word, whatever its case and accents.
        """
        return credentials.entries(self._database, text, deleted=deleted)

    def find(self, text: str) -> tuple[str, ...]:
        """The ids of the entries that `entries` would list for `text`, in no order: quick."""
        return credentials.find(self._database, text)

    def get(self, entry_id: str) -> Kept:
        """Read one entry, in the list or in the trash, from its bytes; all its versions."""
        kept = credentials.get(self._database, entry_id, self._reader)
        return replace(kept, note=notes.note(self._database, entry_id))

    def raw(self, entry_id: str, sha256: str | None = None) -> bytes:
        """Return the bytes as issued: of the shown version, or of the one with this SHA-256."""
        return credentials.raw(self._database, entry_id, sha256)

    def update_report(self, entry_id: str, sha256: str, report: VerificationReport) -> None:
        """Store what a later verification of one version found."""
        credentials.update_report(self._database, entry_id, sha256, report)

    def delete(self, entry_id: str, at: datetime) -> None:
        """Put an entry into the trash, dated `at`, or the latest time seen if that is later."""
        credentials.delete(self._database, entry_id, trash.now_or_later(self._database, at))

    def restore(self, entry_id: str) -> None:
        """Take an entry out of the trash."""
        credentials.restore(self._database, entry_id)

    def erase_deleted_before(self, at: datetime) -> int:
        """Erase for good what went into the trash before `at`; returns how many entries."""
        return trash.erase_deleted_before(self._database, at)

    # ---- showing -----------------------------------------------------------------------------

    def holder_key(self, kind: str = "Ed25519") -> HolderKey:
        """Return the holder key of a kind (`Ed25519`, `P-256`); made on first use."""
        return holder_keys.current(self._database, kind, self._clock())

    def holder_keys(self) -> tuple[HolderKey, ...]:
        """All holder keys, oldest first."""
        return holder_keys.everything(self._database)

    def new_holder_key(self, kind: str = "Ed25519", name: str = "") -> HolderKey:
        """Make a holder key, which is the one of its kind that signs from now on."""
        return holder_keys.new(self._database, kind, self._clock(), name)

    def name_holder_key(self, did: str, name: str) -> None:
        """Give a holder key another name."""
        holder_keys.name(self._database, did, name)

    def retire_holder_key(self, did: str, at: datetime) -> None:
        """Sign with a holder key no longer; it stays readable, with the date."""
        holder_keys.retire(self._database, did, at)

    def keep_holder_key(self, key: HolderKey) -> None:
        """Keep a key that was made before, elsewhere; one that is here stays as it is."""
        holder_keys.keep(self._database, key)

    def record(self, line: LedgerEntry) -> None:
        """Write a line into the ledger of what was shown."""
        ledger.record(self._database, line)

    def ledger(self) -> tuple[LedgerEntry, ...]:
        """The ledger, newest first; it survives the credentials."""
        return ledger.lines(self._database)

    # ---- profile, settings, trust ------------------------------------------------------------

    def profile(self) -> Mapping[str, str]:
        """What the person says about themselves, by name."""
        return settings.everything(self._database, Store.PROFILE)

    def set_profile(self, key: str, value: str | None) -> None:
        """Store one of these; None removes it."""
        settings.put(self._database, Store.PROFILE, key, value)

    def settings(self) -> Mapping[str, str]:
        """Settings that belong to this vault, by name."""
        return settings.everything(self._database, Store.SETTINGS)

    def set_setting(self, key: str, value: str | None) -> None:
        """Store a setting; None removes it."""
        settings.put(self._database, Store.SETTINGS, key, value)

    def put_trust_item(self, item: TrustItem) -> None:
        """Store trust data; the same id replaces."""
        trusted.put_item(self._database, item)

    def trust_items(self) -> tuple[TrustItem, ...]:
        """All stored trust data."""
        return trusted.items(self._database)

    def remove_trust_item(self, item_id: str) -> None:
        """Remove trust data."""
        trusted.remove_item(self._database, item_id)

    def decide(self, decision: TrustDecision) -> None:
        """Store the person's decision about a key."""
        trusted.decide(self._database, decision)

    def withdraw_decision(self, decision_id: str, at: datetime) -> None:
        """Take a decision back."""
        trusted.withdraw(self._database, decision_id, at)

    def trust_decisions(self) -> tuple[TrustDecision, ...]:
        """All decisions, taken back or not."""
        return trusted.decisions(self._database)
