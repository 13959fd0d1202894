"""A wallet with two badges of one unconfirmed issuer, and what a person does about its trust."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.issuer import BADGE_AWARD, NOW, Form, StatusEntry, issuer_of, list_address, open_badge
from wallet.actions import importing, unlocking
from wallet.actions import wallet as content
from wallet.actions.demonstrating import QUICK
from wallet.actions.wallet import Wallet
from wallet.model.verification import State, standing
from wallet.ui.main_window import MainWindow

ISSUER = issuer_of(Form.OPEN_BADGE)
LIST = list_address(ISSUER)
WAIT = 20_000
"""Milliseconds for one answer."""
Idle = Callable[[], None]


def badges() -> tuple[bytes, ...]:
    """Two badges of the same issuer; the second names a status list."""
    named = replace(BADGE_AWARD, id="urn:uuid:2", status=(StatusEntry(LIST, 7),))
    return open_badge(ISSUER, BADGE_AWARD), open_badge(ISSUER, named)


def open_wallet(window: MainWindow, idle: Idle, *held: bytes) -> Wallet:
    """Make a wallet on a clock that stands, with these credentials, and open it in the window."""
    session = window.session

    def make() -> Wallet:
        made = unlocking.create(session.path, "a passphrase", kdf=QUICK, clock=lambda: NOW)
        for number, raw in enumerate(held):
            importing.import_bytes(made, f"{number}.json", raw)
        return made

    session.tasks.ask(window, make, session.opened)
    idle()
    return session.open_wallet


def states(window: MainWindow, idle: Idle) -> list[State]:
    """The states of all credentials as the list has them."""
    wallet, found = window.session.open_wallet, list[State]()
    window.session.tasks.ask(
        window,
        lambda: [standing(entry.report).state for entry in content.entries(wallet)],
        found.extend,
    )
    idle()
    return found


def entry_ids(window: MainWindow, idle: Idle) -> list[str]:
    """Their ids, in the order of the list."""
    wallet, found = window.session.open_wallet, list[str]()
    window.session.tasks.ask(
        window, lambda: [entry.id for entry in content.entries(wallet)], found.extend
    )
    idle()
    return found


def fetched(window: MainWindow, qtbot: QtBot, idle: Idle) -> None:
    """Wait until nothing is asked of the network any more, and all of it is kept and shown."""
    network = window.session.network_tasks

    def quiet() -> bool:
        return not network.busy and not window.session.tasks.busy

    qtbot.waitUntil(quiet, timeout=WAIT)
    idle()
    qtbot.waitUntil(quiet, timeout=WAIT)
    idle()


def write(folder: Path, name: str, content_: bytes) -> Path:
    """Write a file to be added or dropped."""
    path = folder / name
    path.write_bytes(content_)
    return path
