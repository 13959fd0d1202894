"""The vault: one person's credentials in one encrypted folder, open in one place at a time."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self, TypeAlias

from wallet.model.credential import Credential
from wallet.model.keeping import (
    Added,
    Confirmation,
    Entry,
    HolderKey,
    Kept,
    Provenance,
    TrustDecision,
    TrustItem,
    VaultInfo,
)
from wallet.model.presentation import LedgerEntry
from wallet.model.verification import VerificationReport
from wallet.vault import (
    credentials,
    holder_keys,
    keyfile,
    keys,
    ledger,
    notes,
    opening,
    settings,
    trusted,
)
from wallet.vault.kdf import Kdf
from wallet.vault.keyfile import KeyFile
from wallet.vault.settings import Store
from wallet.vault.slots import KeyringSlot, PassphraseSlot, keyring_slot, passphrase_slot

Clock: TypeAlias = Callable[[], datetime]


def read_any(data: bytes) -> Credential | None:
    """Read a stored credential with the formats that the wallet knows."""
    from wallet import formats  # noqa: PLC0415 -- loads every format; unlocking needs none

    return formats.read(data)


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


class Vault:
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

        Raises `VaultExists` when anything is at `path`, `VaultNotWritable`, and `UsageError` for
        an empty passphrase. Nothing is left behind when it fails.
        """
        opened = opening.make(path, passphrase, kdf or Kdf.default(), clock())
        return cls(opened, reader=reader, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        passphrase: str | None = None,
        *,
        clock: Clock = utc_now,
        reader: credentials.Reader = read_any,
    ) -> Self:
        """Open the vault at `path` with the passphrase; without one, with the system keyring.

        Raises `VaultMissing`, `VaultBusy`, `VaultDamaged` (`what`: `keys.json`, `wallet.db`),
        `VaultTooNew`, `WrongPassphrase`, `VaultNotWritable`, and `VaultLocked` (`why`:
        `passphrase`, `absent`, `locked`, `refused`, `forgotten`). A vault that cannot be opened
        is not touched.
        """
        return cls(opening.unlock(path, passphrase, clock()), reader=reader, clock=clock)

    def close(self) -> None:
        """Close the vault and let the next one in; a second time does nothing."""
        self._opened.close()

    def info(self) -> VaultInfo:
        """Describe the vault."""
        return VaultInfo(
            path=self._opened.folder,
            schema=self._database.value("PRAGMA user_version"),
            credentials=self._database.value(
                "SELECT count(*) FROM entries WHERE deleted_at IS NULL"
            ),
            slots=tuple(slot.kind for slot in self._keys().slots),
        )

    def batch(self) -> AbstractContextManager[None]:
        """Make many changes in one transaction: `with vault.batch(): ...`, all or none.

        A change that fails inside, and whose error is caught inside, takes back only itself.
        """
        return self._database.change()

    # ---- key slots ---------------------------------------------------------------------------

    def change_passphrase(self, new: str, *, kdf: Kdf | None = None) -> None:
        """Replace the passphrase slot; the database is not written again.

        Without `kdf` the slot keeps its parameters. Raises `UsageError` for an empty one.
        """
        found = self._keys()
        kept = next((s.kdf for s in found.slots if isinstance(s, PassphraseSlot)), Kdf.default())
        slot = passphrase_slot(self._opened.key, new, kdf or kept)
        self._save(KeyFile((slot, *found.without(PassphraseSlot).slots)))

    def add_keyring_slot(self) -> None:
        """Let the system keyring open this vault. Raises `KeyringUnavailable` (`why`)."""
        found = self._keys()
        slot_id = secrets.token_hex(8)
        slot = keyring_slot(self._opened.key, keys.remember(slot_id), slot_id)
        try:
            self._save(KeyFile((*found.without(KeyringSlot).slots, slot)))
        except BaseException:
            keys.forget(slot_id)
            raise
        self._forget(found)

    def remove_keyring_slot(self) -> None:
        """Let the system keyring open this vault no longer; works without a keyring, too."""
        found = self._keys()
        self._save(found.without(KeyringSlot))
        self._forget(found)

    def _keys(self) -> KeyFile:
        return keyfile.load(self._opened.folder)

    def _save(self, slots: KeyFile) -> None:
        keyfile.save(self._opened.folder, slots)

    def _forget(self, found: KeyFile) -> None:
        for slot in found.of(KeyringSlot):
            keys.forget(slot.id)

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

        With `text`: those whose shown version states every word of it, each as the beginning of
        a word, whatever its case and accents.
        """
        return credentials.entries(self._database, text, deleted=deleted)

    def get(self, entry_id: str) -> Kept:
        """Read one entry, in the list or in the trash, from its bytes; all its versions."""
        return credentials.get(self._database, entry_id, self._reader)

    def raw(self, entry_id: str, sha256: str | None = None) -> bytes:
        """Return the bytes as issued: of the shown version, or of the one with this SHA-256."""
        return credentials.raw(self._database, entry_id, sha256)

    def update_report(self, entry_id: str, sha256: str, report: VerificationReport) -> None:
        """Store what a later verification of one version found."""
        credentials.update_report(self._database, entry_id, sha256, report)

    def delete(self, entry_id: str, at: datetime) -> None:
        """Put an entry into the trash, dated `at`."""
        credentials.delete(self._database, entry_id, at)

    def restore(self, entry_id: str) -> None:
        """Take an entry out of the trash."""
        credentials.restore(self._database, entry_id)

    def erase_deleted_before(self, at: datetime) -> int:
        """Erase for good what went into the trash before `at`; returns how many entries."""
        return credentials.erase_deleted_before(self._database, at)

    # ---- the person's notes ------------------------------------------------------------------

    def set_tags(self, entry_id: str, tags: Iterable[str]) -> None:
        """Give an entry exactly these tags."""
        notes.set_tags(self._database, entry_id, tags)

    def tags(self) -> tuple[str, ...]:
        """All tags in use, in order."""
        return notes.tags(self._database)

    def confirm(self, confirmation: Confirmation) -> None:
        """Store the person's word that a credential is a programme's item."""
        notes.confirm(self._database, confirmation)

    def unconfirm(self, entry_id: str, programme: str, item: str) -> bool:
        """Take that word back; False when it was not given."""
        return notes.unconfirm(self._database, entry_id, programme, item)

    def confirmations(self) -> tuple[Confirmation, ...]:
        """All confirmations for entries in the list, oldest first."""
        return notes.confirmations(self._database)

    # ---- showing -----------------------------------------------------------------------------

    def holder_key(self, kind: str = "Ed25519") -> HolderKey:
        """Return the holder key of a kind (`Ed25519`, `P-256`); made on first use."""
        return holder_keys.current(self._database, kind, self._clock())

    def holder_keys(self) -> tuple[HolderKey, ...]:
        """All holder keys, oldest first."""
        return holder_keys.everything(self._database)

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
