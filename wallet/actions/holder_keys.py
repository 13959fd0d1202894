"""The keys that sign presentations: made, named and retired in the vault, and nowhere else."""

from wallet.actions.wallet import Wallet
from wallet.errors import UsageError
from wallet.model.keeping import HolderKey

KINDS = ("Ed25519", "P-256")
LONGEST_NAME = 100
"""Characters."""


def new(wallet: Wallet, kind: str = KINDS[0], name: str = "") -> HolderKey:
    """Make a key, which is the one of its kind that signs from now on.

    Raises UsageError for a name that is too long, VaultNotWritable.
    """
    return wallet.vault.new_holder_key(kind, _name(name))


def rename(wallet: Wallet, did: str, name: str) -> None:
    """Give a key another name. Raises NotFound, UsageError for one that is too long."""
    wallet.vault.name_holder_key(did, _name(name))


def retire(wallet: Wallet, did: str) -> None:
    """Sign with a key no longer; what it signed can still be told from forgeries.

    The next presentation takes another key of the kind, made if there is none. Raises NotFound.
    """
    wallet.vault.retire_holder_key(did, wallet.clock())


def _name(name: str) -> str:
    if len(name) > LONGEST_NAME:
        raise UsageError(detail="name_too_long")
    return name.strip()
