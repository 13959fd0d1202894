"""Opening the demonstration wallet in a folder of its own, which goes away with it."""

import shutil
import tempfile
from pathlib import Path

from PySide6.QtCore import QObject

from wallet.actions import demonstrating
from wallet.actions.wallet import Wallet
from wallet.ui.session import Session


def open_demonstration(owner: QObject, session: Session) -> None:
    """Make the demonstration wallet in the worker and let the session take it over."""

    def make() -> tuple[Wallet, Path]:
        folder = Path(tempfile.mkdtemp(prefix="mikrofolio-demonstration-"))
        try:
            return demonstrating.open_demonstration(folder / "example.mikrofolio"), folder
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise

    def opened(found: tuple[Wallet, Path]) -> None:
        wallet, folder = found
        session.opened(wallet, lambda: shutil.rmtree(folder, ignore_errors=True))

    session.tasks.ask(owner, make, opened)
