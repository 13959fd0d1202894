"""Making a vault, opening one, and how good a passphrase is."""

import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import platformdirs

from wallet.actions.wallet import Clock, Wallet, now
from wallet.errors import MalformedCredential, VaultError
from wallet.model.keeping import SlotKind, VaultInfo, Verdict
from wallet.trust.anchors import Decision, TrustStore
from wallet.trust.trusted_list import LIST_OF_LISTS_KIND, NATIONAL_KIND
from wallet.vault import keyfile
from wallet.vault.attempts import Attempts as Attempts  # noqa: PLC0414 -- the window keeps one
from wallet.vault.kdf import Kdf
from wallet.vault.vault import Vault

VAULT_NAME = "wallet.mikrofolio"
FAIR_BITS, GOOD_BITS = 38, 54
"""Estimated bits of guessing work: below the first weak, from the second on good."""
WORD_BITS, LONG_WORD = 13, 10
"""One of some eight thousand words; a bit more for every letter beyond the tenth."""
CHARACTER_BITS = 5
"""A character outside of words, at its first occurrence; one bit at each further one."""


class Strength(StrEnum):
    """How long a passphrase would hold a thief with the file, roughly."""

    WEAK = "weak"
    FAIR = "fair"
    GOOD = "good"


def default_path() -> Path:
    """Return where the vault lies when nobody says otherwise: the platform's data folder."""
    return platformdirs.user_data_path("mikrofolio", appauthor=False) / VAULT_NAME


def exists(path: Path) -> bool:
    """Tell whether there is anything at `path`; opening says what it is."""
    return path.exists()


def create(
    path: Path,
    passphrase: str,
    *,
    keyring: bool = False,
    kdf: Kdf | None = None,
    clock: Clock = now,
) -> Wallet:
    """Make a new vault at `path` and return it unlocked.

    With `keyring`, the system keyring can open it as well; if the keyring refuses, the vault is
    made with its passphrase alone, and KeyringUnavailable says why.
    Raises VaultExists, VaultNotWritable, UsageError for an empty passphrase.
    """
    vault = Vault.create(path, passphrase, kdf=kdf, clock=clock)
    if keyring:
        try:
            vault.add_keyring_slot()
        except BaseException:
            vault.close()
            raise
    vault.backups.keep()
    return Wallet(vault, trust_of(vault), clock, path)


def unlock(
    path: Path,
    passphrase: str | None,
    clock: Clock = now,
    *,
    sheet: str | None = None,
    attempts: Attempts | None = None,
) -> Wallet:
    """Open the vault at `path` with its passphrase or recovery sheet, else the system keyring.

    Wrong ones are counted in `attempts`, and the next try waits for them. A passphrase that is
    stored too cheaply for today is stored again. Where nothing can be written, the wallet opens for
    reading (`wallet.read_only`).
    Raises VaultMissing, VaultLocked (with the reason), WrongPassphrase, WrongSheet, VaultBusy,
    VaultDamaged, VaultTooNew.
    """
    vault = Vault.open(
        path, passphrase, sheet=sheet, least=Kdf.least(), attempts=attempts, clock=clock
    )
    vault.backups.keep()
    return Wallet(vault, trust_of(vault), clock, path)


def change_passphrase(wallet: Wallet, passphrase: str) -> None:
    """Replace the passphrase: one key slot is rewritten, the database is not touched.

    What a guess costs is measured anew, and never becomes less.
    """
    wallet.vault.change_passphrase(passphrase, least=Kdf.measured())


def new_recovery_sheet(wallet: Wallet) -> str:
    """Make a recovery sheet and return its text, this once; the one before opens no more."""
    return wallet.vault.new_recovery_sheet()


def check_recovery_sheet(wallet: Wallet, text: str) -> None:
    """Raise WrongSheet, with the wrong groups, when this text would not open the wallet."""
    wallet.vault.check_recovery_sheet(text)


def remove_recovery_sheet(wallet: Wallet) -> None:
    """Let no recovery sheet open the wallet any longer."""
    wallet.vault.remove_recovery_sheet()


def rekey(wallet: Wallet, passphrase: str) -> tuple[SlotKind, ...]:
    """Encrypt everything with a new random key; return the ways to open it that are gone.

    Raises WrongPassphrase, VaultNotWritable: nothing changed then.
    """
    return wallet.vault.rekey(passphrase)


def remember_in_keyring(wallet: Wallet) -> None:
    """Let the system keyring open the wallet, too. Raises KeyringUnavailable."""
    wallet.vault.add_keyring_slot()


def forget_in_keyring(wallet: Wallet) -> None:
    """Let the system keyring open the wallet no longer; works without a keyring, too."""
    wallet.vault.remove_keyring_slot()


def ways(path: Path) -> tuple[SlotKind, ...]:
    """Return what opens the vault at `path`, as its key file states; () where it cannot be read."""
    try:
        return tuple(slot.kind for slot in keyfile.load(path).slots)
    except VaultError:
        return ()


def info(wallet: Wallet) -> VaultInfo:
    """Return where the vault lies, what it holds and what opens it."""
    return wallet.vault.info()


def with_trust(wallet: Wallet) -> Wallet:
    """Return the wallet with the trust data that its vault holds now."""
    # The demonstration's clock stands: what a packager bundled later is not of its world.
    known = TrustStore.empty() if wallet.demonstration else TrustStore.shipped()
    return replace(wallet, trust=trust_of(wallet.vault, known))


def trust_of(vault: Vault, known: TrustStore | None = None) -> TrustStore:
    """Gather a vault's trust data and decisions. One item that cannot be read stops no other.

    They are added to what is `known`: None for what came with the program.
    """
    trust = TrustStore.shipped() if known is None else known
    for item in vault.trust_items():
        try:
            distilled = item.kind in {LIST_OF_LISTS_KIND, NATIONAL_KIND}
            add = trust.with_distilled if distilled else trust.with_file
            trust = add(item.raw, item.source, item.as_of)
        except MalformedCredential:
            continue
    for one in vault.trust_decisions():
        if one.withdrawn_at is None:
            trusted = one.verdict is Verdict.ACCEPTED
            trust = trust.with_decision(Decision(one.key, trusted, one.how, one.made_at))
    return trust


def strength(passphrase: str) -> Strength:
    """Estimate the guessing work from the shape alone, and rather too low than too high.

    A run of letters counts as one word of a dictionary, whatever it says; what repeats counts
    once. Long random letters are underrated; nothing that people make up is overrated.
    """
    words = {word.casefold() for word in re.findall(r"[^\W\d_]{4,}", passphrase)}
    rest = re.sub(r"[^\W\d_]{4,}", "", passphrase)
    bits = sum(WORD_BITS + max(0, len(word) - LONG_WORD) for word in words)
    bits += sum(CHARACTER_BITS for _ in set(rest)) + (len(rest) - len(set(rest)))
    if bits < FAIR_BITS:
        return Strength.WEAK
    return Strength.FAIR if bits < GOOD_BITS else Strength.GOOD
