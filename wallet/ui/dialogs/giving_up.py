"""Asks before what was written in a form is given up."""

from PySide6.QtWidgets import QWidget

from wallet.texts import planning
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button
from wallet.ui.widgets.plain import Paragraph


class LeaveDialog(Dialog):
    """Accepted: the person gives it up."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(planning.LEAVE_QUESTION), width=480)
        self.body.addWidget(Paragraph(session(planning.LEAVE_TEXT)))
        leave = button(session.style, session(planning.LEAVE_GO), self.accept)
        stay = button(session.style, session(planning.STAY), self.reject, role="main")
        self.end(leave, stay, close=False)
        stay.setFocus()
