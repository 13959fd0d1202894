"""Changing whom the wallet trusts: the session takes the new trust up, whoever asked for it."""

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QObject

from wallet.actions.wallet import Wallet
from wallet.errors import WalletError
from wallet.ui.session import Session


def change_trust(
    session: Session,
    owner: QObject,
    task: Callable[[], Wallet],
    then: Callable[[], None],
    otherwise: Callable[[WalletError], None] | None = None,
) -> None:
    """Run `task`, which returns the wallet with other trust data, and then `then`.

    A page may be made anew and a dialog closed before the answer is here. The wallet is renewed
    all the same: with the old trust, the next check would undo what the person has decided.
    """

    def done(wallet: Wallet) -> None:
        session.renewed(wallet)
        if shiboken6.isValid(owner):
            then()

    def failed(error: WalletError) -> None:
        if otherwise is None:
            session.tasks.failed.emit(error)
        elif shiboken6.isValid(owner):
            otherwise(error)

    session.tasks.change(session, task, done, failed)
