"""What is done with several credentials at once: all of them or none."""

from collections.abc import Sequence

from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet


def delete(wallet: Wallet, entry_ids: Sequence[str]) -> None:
    """Move all of these to the trash. Raises NotFound, and then none is moved."""
    with wallet.vault.batch():
        for one in entry_ids:
            content.delete(wallet, one)


def restore(wallet: Wallet, entry_ids: Sequence[str]) -> None:
    """Take all of these out of the trash. Raises NotFound, and then none is taken."""
    with wallet.vault.batch():
        for one in entry_ids:
            content.restore(wallet, one)
