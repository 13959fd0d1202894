"""An address that somebody sent: to be copied, or opened in the browser after a question."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from wallet.texts import Message, labels
from wallet.ui.clipboard import copy_text
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph


class LinkDialog(Dialog):
    """Shows the whole address and asks. Nothing is opened without the answer."""

    def __init__(
        self,
        parent: QWidget,
        session: Session,
        address: str,
        text: Message = labels.LINK_TEXT,
    ) -> None:
        super().__init__(parent, session, session(labels.LINK_TITLE))
        self._address = address
        self.body.addWidget(Paragraph(address, "fixed"))
        self.body.addWidget(Paragraph(session(text)))
        self.go = button(session.style, session(labels.LINK_GO), self._open, role="main")
        self.end(self.go)
        self.go.setFocus()

    def _open(self) -> None:
        QDesktopServices.openUrl(QUrl(self._address))
        self.accept()


def link_buttons(session: Session, address: str, parent: QWidget) -> Flow:
    """Make the two buttons that stand below a problem whose way out is an address."""
    copy = button(session.style, session(labels.COPY_LINK))
    copy.clicked.connect(lambda: copy_text(address))
    copy.clicked.connect(lambda: copy.setText(session(labels.COPIED)))
    ask = button(
        session.style,
        session(labels.OPEN_LINK),
        lambda: LinkDialog(parent, session, address).open(),
    )
    return Flow(copy, ask)
