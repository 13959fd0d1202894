"""What stands around the pages: the sidebar, the banner above, the bar with "Undo" below."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from wallet.texts import labels
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, group
from wallet.ui.widgets.lists_banner import ListsBanner
from wallet.ui.widgets.places import Banner, Sidebar, UndoBar
from wallet.ui.widgets.vault_banner import VaultBanner

SMALLEST, USUAL = (560, 480), (1180, 780)
"""Pixels of the window."""
NARROW = 720
"""Pixels below which the sidebar shows its icons alone."""


class Frame(QMainWindow):
    """An empty window; `build_frame` fills it anew for the language and wallet of now."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.setMinimumSize(*SMALLEST)
        self.resize(*USUAL)
        self.setWindowTitle("Mikrofolio")

    def build_frame(self) -> None:
        """Make sidebar, banner, bar and an empty stack of pages; the old ones go."""
        session = self.session
        self.sidebar = Sidebar(session)
        self.stack = QStackedWidget()
        self.bar = UndoBar(session)
        below = column(0)
        below.setContentsMargins(GRID * 4, 0, GRID * 4, 0)
        below.addWidget(self.bar)
        below.addSpacing(GRID)
        right = column(0)
        if session.wallet is not None and session.wallet.demonstration:
            date = session.texts.date(session.now())
            leave = button(session.style, session(labels.LEAVE_EXAMPLES), session.lock)
            text = session(labels.DEMONSTRATION, date=date)
            right.addWidget(Banner(session, text, leave))
        self.vault = VaultBanner(session)
        self.vault.told.connect(self.bar.offer)
        right.addWidget(self.vault)
        self.lists = ListsBanner(session)
        right.addWidget(self.lists)
        right.addWidget(self.stack, 1)
        right.addWidget(group(below))
        outer = QWidget()
        outer.setObjectName("page")
        layout = QHBoxLayout(outer)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(group(right), 1)
        self.setCentralWidget(outer)
        self.sidebar.show_words(self.width() >= NARROW)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: D102 -- Qt's name
        super().resizeEvent(event)
        self.sidebar.show_words(self.width() >= NARROW)
