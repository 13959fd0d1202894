"""Where a credential counts: a card of the detail page, answered when there is time for it."""

from wallet.actions import looking
from wallet.actions.looking import Counted
from wallet.texts import labels
from wallet.texts import looking as looks
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import Card, button, clear, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph

FEW = 60
"""Credentials in a wallet that is counted without being asked; the answer takes a moment."""


class CountsCard(Card):
    """The awards and requirements that it counts in, in all programmes."""

    def __init__(self, session: Session, entry_id: str, credentials: int) -> None:
        super().__init__(session(looks.COUNTS))
        self._session, self._id = session, entry_id
        self._lines = column(GRID)
        self.add(self._lines)
        if credentials <= FEW:
            self.count()
        else:
            ask = button(session.style, session(looks.COUNTS_NOW), self.count)
            self._lines.addLayout(Flow(ask))

    def count(self) -> None:
        """Ask for the answer."""
        wallet, entry_id = self._session.open_wallet, self._id
        clear(self._lines)
        self._lines.addWidget(Paragraph(self._session(labels.COUNTING), "muted"))
        self._session.tasks.ask(self, lambda: looking.counts_in(wallet, entry_id), self._show)

    def _show(self, found: tuple[Counted, ...]) -> None:
        clear(self._lines)
        language = self._session.texts.language
        if not found:
            self._lines.addWidget(Paragraph(self._session(looks.COUNTS_NOWHERE), "muted"))
        for one in found:
            words = column(2)
            words.addWidget(Paragraph(one.award.best(language), "strong"))
            if one.requirement is not None:
                words.addWidget(Paragraph(one.requirement.best(language), "muted"))
            self._lines.addLayout(words)
