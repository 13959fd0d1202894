"""One field for what opens a wallet or a backup: the passphrase, or the recovery sheet."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wallet.actions.backing_up import Secret
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.labelled import secret_line
from wallet.ui.widgets.plain import Paragraph


class SecretField(QWidget):
    """Asks for the passphrase; a quiet button below turns it into a field for the sheet.

    What is typed from a sheet can be seen: it has to be compared, and is half a line long.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.sheet = False
        layout = column(GRID // 2)
        self.setLayout(layout)
        self._name = Paragraph("", "strong")
        self.field = secret_line("")
        self._name.setBuddy(self.field)
        self._hint = Paragraph(session(safe.SHEET_FIELD_TEXT), "small")
        self.other = button(session.style, "", self._switch, role="link")
        for part in (self._name, self.field, self._hint):
            layout.addWidget(part)
        layout.addLayout(Flow(self.other))
        self.field.textChanged.connect(self.changed)
        self.field.returnPressed.connect(self.entered)
        self.setFocusProxy(self.field)
        self.ask_for(sheet=False)

    @property
    def secret(self) -> Secret | None:
        """What is typed; None while nothing is."""
        text = self.field.text()
        if not text.strip():
            return None
        return Secret(sheet=text) if self.sheet else Secret(text)

    def ask_for(self, *, sheet: bool) -> None:
        """Ask for the sheet or the passphrase; what was typed is gone."""
        s, self.sheet = self._session, sheet
        self.field.clear()
        name = s(safe.SHEET if sheet else labels.PASSPHRASE)
        self._name.set(name)
        self.field.setAccessibleName(name)
        self.field.setPlaceholderText(s(safe.SHEET_HINT) if sheet else "")
        mode = QLineEdit.EchoMode.Normal if sheet else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)
        self._hint.setVisible(sheet)
        other = s(safe.USE_PASSPHRASE if sheet else safe.HAVE_SHEET)
        self.other.ready(other)
        self.other.setAccessibleName(other)

    def again(self) -> None:
        """Let it be typed once more."""
        self.field.selectAll()
        self.field.setFocus()

    def _switch(self) -> None:
        self.ask_for(sheet=not self.sheet)
        self.field.setFocus()
