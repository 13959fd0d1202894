"""The recovery sheet: made, shown once, printed or saved, and one group of it asked back."""

import secrets
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from wallet.actions import unlocking
from wallet.actions.files import save
from wallet.errors import WalletError
from wallet.texts import keeping_safe as safe
from wallet.texts import labels, problems
from wallet.ui.dialogs.base import Dialog
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.dialogs.notices import QuestionDialog
from wallet.ui.printing import print_sheet, sheet_file
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, group
from wallet.ui.widgets.flow import Flow
from wallet.ui.widgets.plain import Paragraph

_CHARACTERS = 41
"""Of a whole sheet: seven groups of five, and what separates them."""


class SheetDialog(Dialog):
    """Three steps: why, the sheet, one group of it. Closing before the end is "later".

    The sheet lives in this dialog alone and goes with it; closing it after the sheet was shown
    leaves a sheet that opens the wallet and was not compared, of which the banner reminds.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session, *, replaces: bool = False) -> None:
        super().__init__(parent, session, session(safe.SHEET_TITLE), 600)
        s = session
        self._sheet, self._number = "", 0
        why = [s(safe.SHEET_WHY), s(safe.SHEET_WARNING)]
        self._why = _part(*why, *([s(safe.SHEET_REPLACES)] if replaces else []))
        self.shown = Paragraph("", "fingerprint")
        self._show_part = self._showing()
        self.group = QLineEdit()
        self.group.setMaxLength(_CHARACTERS)
        self.group.returnPressed.connect(self._compare)
        self._asked = Paragraph("", "strong")
        self._asked.setBuddy(self.group)
        self._ask_part = self._asking()
        self._error = Paragraph("", "error")
        self._error.hide()
        for part in (self._why, self._show_part, self._ask_part, self._error):
            self.body.addWidget(part)
        self.later = button(s.style, s(safe.LATER), self.reject)
        self.make = button(s.style, s(safe.MAKE_SHEET), self._make, role="main")
        self.go_on = button(s.style, s(safe.SHEET_AT_HAND), self._ask_back, role="main")
        self.compare = button(s.style, s(safe.COMPARE), self._compare, role="main")
        self.end(self.later, self.make, self.go_on, self.compare, close=False)
        self._step(self._why)

    def _showing(self) -> QWidget:
        s = self.session
        layout = column()
        layout.addWidget(Paragraph(s(safe.SHEET_ONCE)))
        layout.addWidget(self.shown)
        self._printed = Paragraph("", "small")
        self._printed.hide()
        print_ = button(s.style, s(safe.PRINT), self._print)
        save_ = button(s.style, s(safe.SAVE_SHEET), self._save, icon="export")
        layout.addLayout(Flow(print_, save_))
        layout.addWidget(self._printed)
        return group(layout)

    def _asking(self) -> QWidget:
        s = self.session
        layout = column(GRID)
        layout.addWidget(Paragraph(s(safe.ASK_GROUP_TEXT)))
        layout.addWidget(self._asked)
        layout.addWidget(self.group)
        again = button(s.style, s(safe.SHOW_AGAIN), self._show_again, role="link")
        layout.addLayout(Flow(again))
        return group(layout)

    def _step(self, part: QWidget) -> None:
        steps = (
            (self._why, self.make),
            (self._show_part, self.go_on),
            (self._ask_part, self.compare),
        )
        self._error.hide()
        for one, main in steps:
            one.setVisible(one is part)
            main.setVisible(one is part)
            if one is part:
                main.setFocus()
        self.fit()

    # ---- 1. made

    def _make(self) -> None:
        wallet = self.session.open_wallet
        self.make.wait(self.session(labels.CREATING))
        self.session.tasks.change(
            self, lambda: unlocking.new_recovery_sheet(wallet), self._made, self._failed
        )

    def _made(self, sheet: str) -> None:
        self._sheet = sheet
        self.session.preferences.sheet_compared = False
        self.make.ready(self.session(safe.MAKE_SHEET))
        self.shown.set(sheet)
        self.shown.setAccessibleName(f"{self.session(safe.SHEET)}: {sheet.replace('-', ' - ')}")
        self._step(self._show_part)

    # ---- 2. shown, printed, saved

    def _print(self) -> None:
        dialog = print_sheet(self, self.session, self._sheet)
        dialog.accepted.connect(lambda: self._say_printed(self.session(safe.SHEET_PRINTED)))

    def _save(self) -> None:
        s = self.session
        said = (safe.SAVE_SHEET_QUESTION, safe.SAVE_SHEET_TEXT, safe.SAVE_SHEET_GO)
        question = QuestionDialog(self, s, *said)
        name = f"{s(safe.SHEET_FILE)}.txt"
        question.accepted.connect(
            lambda: choose_new_file(self, s, safe.SAVE_SHEET, name, self._write)
        )
        question.open()

    def _write(self, path: Path) -> None:
        s, content = self.session, sheet_file(self.session, self._sheet)

        def done(_path: Path) -> None:
            self._say_printed(s(labels.SAVED_AS, path=str(path)))

        s.tasks.ask(self, lambda: save(content, path), done, self._failed)

    def _say_printed(self, text: str) -> None:
        self._error.hide()
        self._printed.set(text)
        self._printed.show()
        self.fit()

    # ---- 3. asked back

    def _ask_back(self) -> None:
        s = self.session
        self._number = secrets.randbelow(self._sheet.count("-") + 1) + 1
        name = s(safe.ASK_GROUP, number=self._number)
        self._asked.set(name)
        self.group.setAccessibleName(name)
        self.group.clear()
        self._step(self._ask_part)
        self.group.setFocus()

    def _show_again(self) -> None:
        self._step(self._show_part)

    def _compare(self) -> None:
        """Put what was typed in its place in the sheet, and see whether that opens the wallet."""
        typed = self.group.text().strip()
        if not typed or self.compare.waiting:
            return
        groups = self._sheet.split("-")
        groups[self._number - 1] = typed
        wallet, text = self.session.open_wallet, "-".join(groups)
        self.compare.wait(self.session(safe.COMPARE))
        self.session.tasks.ask(
            self,
            lambda: unlocking.check_recovery_sheet(wallet, text),
            self._compared,
            self._differs,
        )

    def _compared(self, _result: None) -> None:
        self.session.preferences.sheet_compared = True
        self.told.emit(self.session(safe.SHEET_DONE))
        self.accept()

    def _differs(self, _error: WalletError) -> None:
        self.compare.ready(self.session(safe.COMPARE))
        self._say_error(self.session(safe.GROUP_WRONG, number=self._number))
        self.group.selectAll()
        self.group.setFocus()

    def _failed(self, error: WalletError) -> None:
        self.make.ready(self.session(safe.MAKE_SHEET))
        self._say_error(problems.error(self.session.texts, error))

    def _say_error(self, text: str) -> None:
        self._error.set(text)
        self._error.show()
        self.fit()


class CheckSheetDialog(Dialog):
    """Tells whether a sheet that somebody types opens the wallet, and which group is wrong."""

    told = Signal(str)

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(safe.CHECK_SHEET).rstrip("…"))
        s = session
        self.body.addWidget(Paragraph(s(safe.CHECK_SHEET_TEXT)))
        self.field = QLineEdit()
        self.field.setAccessibleName(s(safe.SHEET))
        self.field.setPlaceholderText(s(safe.SHEET_HINT))
        self.field.returnPressed.connect(self._check)
        self.body.addWidget(self.field)
        self.error = Paragraph("", "error")
        self.error.hide()
        self.body.addWidget(self.error)
        self.check = button(s.style, s(safe.COMPARE), self._check, role="main")
        self.end(self.check)

    def _check(self) -> None:
        wallet, text = self.session.open_wallet, self.field.text()
        if not text.strip() or self.check.waiting:
            return
        self.check.wait(self.session(safe.COMPARE))
        self.session.tasks.ask(
            self, lambda: unlocking.check_recovery_sheet(wallet, text), self._opens, self._wrong
        )

    def _opens(self, _result: None) -> None:
        self.session.preferences.sheet_compared = True
        self.told.emit(self.session(safe.SHEET_OPENS))
        self.accept()

    def _wrong(self, error: WalletError) -> None:
        self.check.ready(self.session(safe.COMPARE))
        self.error.set(problems.error(self.session.texts, error))
        self.error.show()
        self.field.setFocus()
        self.fit()


def _part(*texts: str) -> QWidget:
    layout = column()
    for number, text in enumerate(texts):
        layout.addWidget(Paragraph(text, "strong" if number == 1 else ""))
    return group(layout)
