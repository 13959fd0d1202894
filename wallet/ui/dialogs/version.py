"""A version of a credential that is kept and not shown, looked at whole."""

from PySide6.QtWidgets import QWidget

from wallet.actions.looking import Older
from wallet.texts import looking as looks
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.credential import CredentialView
from wallet.ui.widgets.plain import Paragraph

_WIDTH = 860


class VersionDialog(Dialog):
    """The same view as of any credential, with its own verdict."""

    def __init__(self, parent: QWidget, session: Session, older: Older) -> None:
        super().__init__(parent, session, session(looks.VERSION_TITLE), _WIDTH)
        added = session.texts.date(older.version.provenance.added_at)
        self.body.addWidget(Paragraph(session(looks.VERSION_TEXT, date=added), "muted"))
        self.body.addWidget(CredentialView(session, older.credential, older.report))
        self.end()
