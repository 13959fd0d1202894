"""The one banner that says that seals cannot be traced, while no European lists are here."""

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout

from wallet.actions import trusting, updating
from wallet.texts import trusting as words
from wallet.ui.dialogs.fetching import OfferDialog
from wallet.ui.fetching import FetchRun
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Icon, accent_colour, button
from wallet.ui.widgets.plain import Paragraph

_SIDE_BY_SIDE = 760
"""Pixels from which words and button stand beside each other."""


class ListsBanner(QFrame):
    """There while a wallet of the person's own is open without the lists, and not declined."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = s = session
        self.setObjectName("banner")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(GRID * 3, GRID, GRID * 3, GRID)
        outer.setSpacing(GRID)
        icon = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        icon.setContentsMargins(0, GRID, 0, 0)
        icon.addWidget(Icon(s.style, "info", accent_colour))
        icon.addStretch(1)
        outer.addLayout(icon)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._layout.setSpacing(GRID)
        self._layout.addWidget(Paragraph(s(words.NO_LISTS)), 1)
        self.get = button(s.style, s(words.GET_LISTS), self.offer)
        self._layout.addWidget(self.get)
        outer.addLayout(self._layout, 1)
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

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 -- Qt's name
        sides = self.width() >= _SIDE_BY_SIDE
        kinds = QBoxLayout.Direction
        self._layout.setDirection(kinds.LeftToRight if sides else kinds.TopToBottom)
        super().resizeEvent(event)
