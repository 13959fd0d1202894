"""The one banner that says that seals cannot be traced, while no European lists are here."""

from PySide6.QtCore import Slot

from wallet.actions import trusting, updating
from wallet.texts import trusting as words
from wallet.ui.dialogs.fetching import OfferDialog
from wallet.ui.fetching import FetchRun
from wallet.ui.session import Session
from wallet.ui.widgets.asking import AskingBanner
from wallet.ui.widgets.basic import button, group
from wallet.ui.widgets.flow import Flow


class ListsBanner(AskingBanner):
    """There while a wallet of the person's own is open without the lists, and not declined."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, session(words.NO_LISTS))
        s = session
        self.get = button(s.style, s(words.GET_LISTS), self.offer)
        self.put(group(Flow(self.get)))
        s.tasks.changed.connect(self.look)
        self.look()

    @property
    def wanted(self) -> bool:
        """Whether there is anything to say."""
        wallet = self._session.wallet
        return (
            wallet is not None
            and not wallet.demonstration
            and self._session.preferences.offer_lists
            and not trusting.has_european_lists(wallet)
        )

    @Slot()
    def look(self) -> None:
        """Appear or go, by what the wallet has now."""
        self.setVisible(self.wanted)

    def offer(self) -> None:
        """Make the offer, where there is one to make."""
        if self.wanted:
            dialog = OfferDialog(self.window(), self._session)
            dialog.accepted.connect(self._get)
            dialog.never.connect(self._never)
            dialog.open()

    def _get(self) -> None:
        session = self._session
        FetchRun(self.window(), session, updating.european(session.open_wallet)).start()

    def _never(self) -> None:
        self._session.preferences.offer_lists = False
        self.look()
