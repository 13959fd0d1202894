"""What the parts of the window share: the worker, the looks, the language, and the open wallet."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from wallet.actions import verifying
from wallet.actions.wallet import Clock, Wallet, now
from wallet.model.programme import Assessment
from wallet.texts import Message, use
from wallet.ui.preferences import Preferences
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks


class Session(QObject):
    """Handed to every page; there is one for each window and none anywhere else."""

    language_changed = Signal()
    wallet_changed = Signal()

    def __init__(
        self,
        tasks: Tasks,
        style: Style,
        preferences: Preferences,
        path: Path,
        clock: Clock = now,
    ) -> None:
        super().__init__()
        self.tasks = tasks
        self.style = style
        self.preferences = preferences
        self.path = path
        self.texts = use(preferences.language)
        self.wallet: Wallet | None = None
        self._afterwards: Callable[[], None] | None = None
        self._clock = clock
        self.assessments: dict[str, Assessment] = {}
        """What was counted, by programme, as long as nothing has changed since."""
        tasks.changed.connect(self.assessments.clear)

    def __call__(self, message: Message, **facts: object) -> str:
        """Say a sentence in the language chosen."""
        return self.texts(message, **facts)

    def set_language(self, language: str) -> None:
        """Choose another language; the window builds its pages anew."""
        self.preferences.language = language
        self.texts = use(language)
        self.language_changed.emit()

    @property
    def open_wallet(self) -> Wallet:
        """The wallet; asked for only on pages that exist while one is open."""
        if self.wallet is None:
            raise RuntimeError("no wallet is open")
        return self.wallet

    @property
    def clock(self) -> Clock:
        """The wallet's clock, which is fixed in the demonstration; else the computer's."""
        return self.wallet.clock if self.wallet is not None else self._clock

    def now(self) -> datetime:
        """The moment by that clock, in UTC."""
        return self.clock()

    def examine(self, paths: Sequence[Path]) -> verifying.Examination:
        """Check files with the trust data of the open wallet, or with what there is without."""
        wallet = self.wallet
        trust = wallet.trust if wallet is not None else verifying.trust_without_wallet()
        return verifying.examine(paths, trust, self.now())

    def opened(self, wallet: Wallet, afterwards: Callable[[], None] | None = None) -> None:
        """Take over a wallet that the worker has opened; `afterwards` runs once it is closed."""
        self._close()
        self.wallet, self._afterwards = wallet, afterwards
        self.wallet_changed.emit()

    def lock(self) -> None:
        """Close the wallet: the key is dropped in the worker, the pages are emptied here."""
        if self.wallet is not None:
            self._close()
            self.wallet_changed.emit()

    def end(self) -> None:
        """Close the wallet and stop the worker: the window is going."""
        self._close()
        self.tasks.stop()

    def _close(self) -> None:
        wallet, afterwards = self.wallet, self._afterwards
        self.wallet = self._afterwards = None
        self.assessments.clear()
        if wallet is None:
            return

        def close() -> None:
            wallet.close()
            if afterwards is not None:
                afterwards()

        self.tasks.ask(self, close, _nothing)


def _nothing(_result: None) -> None:
    """Closing has no result."""
