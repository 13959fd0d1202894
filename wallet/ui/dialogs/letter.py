"""The draft of a letter that asks the university for what a credential does not state."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from wallet.actions.files import save
from wallet.model.credential import Credential
from wallet.texts import LANGUAGES, labels, letters, use
from wallet.ui.clipboard import copy_text
from wallet.ui.dialogs.base import Dialog
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.session import Session
from wallet.ui.widgets.basic import button, row
from wallet.ui.widgets.fields import Choice, TextField
from wallet.ui.widgets.plain import Paragraph, visible

_WIDTH = 680
_HEIGHT = 320
"""Pixels of the text."""


class LetterDialog(Dialog):
    """A text to be changed, in any of our languages; copied or saved, never sent."""

    def __init__(self, parent: QWidget, session: Session, credential: Credential) -> None:
        super().__init__(parent, session, session(letters.TITLE), _WIDTH)
        s, self._credential = session, credential
        self.body.addWidget(Paragraph(s(letters.TEXT), "muted"))
        self.language = Choice()
        self.language.setAccessibleName(s(letters.LANGUAGE))
        for language in LANGUAGES:
            self.language.addItem(labels.OWN_NAMES[language], language)
        self.language.setCurrentIndex(self.language.findData(s.texts.language))
        self.language.currentIndexChanged.connect(self._draft)
        label = Paragraph(s(letters.LANGUAGE), "muted")
        label.setBuddy(self.language)
        self.body.addLayout(row(label, self.language, None))
        self.field = TextField(s(letters.FIELD), height=_HEIGHT)
        self.body.addWidget(self.field)
        self._said = Paragraph("", "small")
        self._said.hide()
        self.body.addWidget(self._said)
        self.end(
            button(s.style, s(labels.COPY), self._copy, role="main"),
            button(s.style, s(letters.SAVE), self._ask_where, icon="export"),
        )
        self._draft()

    def _draft(self) -> None:
        t = use(str(self.language.currentData()))
        self.field.setPlainText(visible(letters.letter(t, self._credential)))

    def _copy(self) -> None:
        copy_text(self.field.toPlainText())
        self._say(self.session(labels.COPIED))

    def _ask_where(self) -> None:
        s, text = self.session, self.field.toPlainText().encode()

        def chosen(path: Path) -> None:
            s.tasks.ask(self, lambda: save(text, path), self._saved)

        choose_new_file(self, s, letters.SAVE, f"{s(letters.FILE_NAME)}.txt", chosen)

    def _saved(self, path: Path) -> None:
        self._say(self.session(labels.SAVED_AS, path=str(path)))

    def _say(self, text: str) -> None:
        self._said.set(text)
        self._said.show()
        self.fit()
