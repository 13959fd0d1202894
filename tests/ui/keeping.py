"""Wallets for the tests of what keeps them safe: made quickly, with credentials, damaged."""

from dataclasses import replace
from pathlib import Path

from tests.issuer import BADGE_AWARD, issuer_of, open_badge
from tests.issuer import Form as Issued
from wallet.actions import importing, unlocking
from wallet.actions.demonstrating import QUICK
from wallet.actions.wallet import Wallet
from wallet.ui.main_window import MainWindow

PASSPHRASE = "seven rivers under another lamp"


def make(path: Path, badges: int = 0) -> Wallet:
    """Make a wallet with a passphrase that opens it at once, and badges in it."""
    wallet = unlocking.create(path, PASSPHRASE, kdf=QUICK)
    add(wallet, *range(badges))
    return wallet


def add(wallet: Wallet, *numbers: int) -> None:
    """Bring badges in, each its own credential."""
    for number in numbers:
        award = replace(BADGE_AWARD, id=f"urn:uuid:{number}")
        raw = open_badge(issuer_of(Issued.OPEN_BADGE), award)
        importing.import_bytes(wallet, f"badge-{number}.json", raw)


def open_in(window: MainWindow, badges: int = 0) -> None:
    """Make a wallet at the session's path in the worker, and open it in the window."""
    session = window.session
    session.tasks.ask(window, lambda: make(session.path, badges), session.opened)
