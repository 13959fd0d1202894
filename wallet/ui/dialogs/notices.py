"""Something to read: an error in sentences, a bug of ours, the help."""

import traceback
from pathlib import Path

from PySide6.QtWidgets import QWidget

from wallet import __version__
from wallet.errors import WalletError
from wallet.texts import Message, labels, problems
from wallet.ui.clipboard import copy_text
from wallet.ui.dialogs.base import Dialog
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, column, line
from wallet.ui.widgets.plain import Paragraph


class ErrorDialog(Dialog):
    """What happened, what it means, what to do."""

    def __init__(self, parent: QWidget, session: Session, error: WalletError) -> None:
        super().__init__(parent, session, session(labels.ERROR_TITLE))
        self.body.addWidget(Paragraph(problems.error(session.texts, error)))
        self.end()


class QuestionDialog(Dialog):
    """A question whose "yes" says what it does; closing is "no"."""

    def __init__(
        self, parent: QWidget, session: Session, title: Message, text: Message, yes: Message
    ) -> None:
        super().__init__(parent, session, session(title))
        self.body.addWidget(Paragraph(session(text)))
        self.end(button(session.style, session(yes), self.accept))


class CrashDialog(Dialog):
    """A bug of ours. The report names places in the program and nothing that it worked on."""

    def __init__(self, parent: QWidget, session: Session, error: BaseException) -> None:
        super().__init__(parent, session, session(labels.CRASH_TITLE))
        self.report = crash_report(error)
        self.body.addWidget(Paragraph(session(labels.CRASH_TEXT)))
        self.body.addWidget(Paragraph(self.report, "fixed"))
        self.end(button(session.style, session(labels.COPY), self._copy))

    def _copy(self) -> None:
        copy_text(self.report)


class HelpDialog(Dialog):
    """The keys, and the few words that one has to know."""

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, session, session(labels.HELP), 620)
        for number, (title, texts) in enumerate(labels.HELP_PARTS):
            if number:
                self.body.addWidget(line())
            part = column(GRID // 2)
            part.addWidget(Paragraph(session(title), "strong"))
            for text in texts:
                part.addWidget(Paragraph(session(text), "muted"))
            self.body.addLayout(part)
        self.end()


def crash_report(error: BaseException) -> str:
    """Name the kind of error and the places it went through: no message, no value, no path."""
    places = traceback.extract_tb(error.__traceback__)
    lines = [f"{Path(p.filename).name}:{p.lineno} {p.name}" for p in places]
    return "\n".join([f"Mikrofolio {__version__}: {type(error).__name__}", *lines[-12:]])
