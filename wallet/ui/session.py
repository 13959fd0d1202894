"""What the parts of the window share: the worker, the looks, the language, and the open wallet."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from wallet.actions import unlocking, verifying
from wallet.actions.updating import INTERNET, AllowedNetwork
from wallet.actions.wallet import Clock, Wallet, now
from wallet.texts import Message, use
from wallet.ui.preferences import Preferences
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks


class Session(QObject):
    """Handed to every page; there is one for each window and none anywhere else."""

    language_changed = Signal()
    wallet_changed = Signal()
    idle_changed = Signal()
    """Another time without a sign of life was chosen, after which the wallet locks."""
    trust_changed = Signal()
    """The same wallet judges by other trust data now."""

    def __init__(
        self,
        tasks: Tasks,
        style: Style,
        preferences: Preferences,
        path: Path,
        clock: Clock = now,
        *,
        network: AllowedNetwork = INTERNET,
    ) -> None:
        super().__init__()
        self.tasks = tasks
        self.network_tasks = Tasks()
        """What waits for other computers: a slow one holds up neither the vault nor the lock."""
        self.network = network
        self.style = style
        self.preferences = preferences
        self.path = path
        self.texts = use(preferences.language)
        self.wallet: Wallet | None = None
        self._afterwards: Callable[[], None] | None = None
        self._clock = clock
        self.attempts = unlocking.Attempts()
        """The wrong passphrases of this window, which the next one waits for."""

    def __call__(self, message: Message, **facts: object) -> str:
        """Say a sentence in the language chosen."""
        return self.texts(message, **facts)

    def set_idle(self, minutes: int) -> None:
        """Lock after so many minutes without a sign of life, from now on."""
        self.preferences.idle_minutes = minutes
        self.idle_changed.emit()

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
    def read_only(self) -> bool:
        """Whether the open wallet lies where nothing can be written."""
        return self.wallet is not None and self.wallet.read_only

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

    def renewed(self, wallet: Wallet) -> None:
        """Take over the open wallet with other trust data; nothing where it is closed by now."""
        if self.holds(wallet):
            self.wallet = wallet
            self.trust_changed.emit()

    def holds(self, wallet: Wallet) -> bool:
        """Tell whether this wallet is the open one, whatever it trusts."""
        return self.wallet is not None and self.wallet.vault is wallet.vault

    def lock(self) -> None:
        """Close the wallet: the key is dropped in the worker, the pages are emptied here."""
        if self.wallet is not None:
            self._close()
            self.wallet_changed.emit()

    def end(self) -> None:
        """Close the wallet and stop the worker: the window is going."""
        self._close()
        self.network_tasks.stop(wait=False)
        self.tasks.stop()

    def _close(self) -> None:
        wallet, afterwards = self.wallet, self._afterwards
        self.wallet = self._afterwards = None
        if wallet is None:
            return

        def close() -> None:
            wallet.close()
            if afterwards is not None:
                afterwards()

        self.tasks.ask(self, close, _nothing)


def _nothing(_result: None) -> None:
    """Closing has no result."""
