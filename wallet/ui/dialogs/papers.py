"""The supplement and the audit of an award: to look at, to print, and to save."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from wallet.actions import audit_pages, auditing
from wallet.actions.files import safe_name
from wallet.errors import WalletError
from wallet.model.audit import Audit
from wallet.texts import labels, planning, problems
from wallet.ui.dialogs.base import Dialog
from wallet.ui.dialogs.files import choose_new_file
from wallet.ui.papers import Facts, print_paper
from wallet.ui.session import Session
from wallet.ui.themes import GRID
from wallet.ui.widgets.basic import button, clear, column, line
from wallet.ui.widgets.fields import Choice
from wallet.ui.widgets.plain import Paragraph, button_text

KINDS = ("pdf", "json")


class PapersDialog(Dialog):
    """Shows one of the two; what is printed and saved is the one that is shown."""

    def __init__(self, parent: QWidget, session: Session, found: Audit) -> None:
        super().__init__(parent, session, session(planning.PAPERS), width=760)
        self._found = found
        s = session
        self.body.addWidget(Paragraph(s(planning.PAPERS_TEXT), "muted"))
        self.choice = Choice()
        self.choice.setAccessibleName(s(planning.PAPERS))
        for name in (planning.PAPER_SUPPLEMENT, planning.PAPER_AUDIT):
            self.choice.addItem(button_text(s(name)))
        self.choice.currentIndexChanged.connect(self.show_paper)
        self.body.addWidget(self.choice)
        self._content = column(GRID * 2)
        self.body.addLayout(self._content)
        self._saved_as = Paragraph("", "strong")
        self._error = Paragraph("", "error")
        for told in (self._saved_as, self._error):
            told.hide()
        self.body.addWidget(self._saved_as)
        self.body.addWidget(self._error)
        self.print_button = button(s.style, s(planning.PRINT), self._print)
        saves = [
            button(s.style, s(labels.SAVE_AS, kind=kind.upper()), partial(self.ask, kind))
            for kind in KINDS
        ]
        self.show_paper()
        self.end(self.print_button, *saves)

    @property
    def facts(self) -> Facts:
        """The page that is shown, in the language of the window."""
        t = self.session.texts
        shown = audit_pages.audit if self.choice.currentIndex() else audit_pages.supplement
        return shown(self._found, t)

    def show_paper(self) -> None:
        """Show the one that is chosen."""
        facts = self.facts
        clear(self._content)
        head = column(GRID // 2)
        head.addWidget(Paragraph(facts["award"], "head"))
        head.addWidget(Paragraph(facts["result"], "strong"))
        head.addWidget(Paragraph(facts["verdict"]))
        for row in facts["head"]:
            _add_pair(head, row)
        self._content.addLayout(head)
        for section in facts["sections"]:
            self._content.addWidget(line())
            self._content.addLayout(_section(section))
        for text in (facts["remark"], facts["footer"]):
            if text:
                self._content.addWidget(Paragraph(text, "small"))
        QTimer.singleShot(0, self.fit)  # Qt shows what was put in only afterwards

    def _print(self) -> None:
        print_paper(self, self.facts)

    def ask(self, kind: str) -> None:
        """Ask where to save, as "pdf" or "json"."""
        name = safe_name(f"{self.choice.currentText()} {self.facts['award']}")
        choose_new_file(self, self.session, planning.SAVE_PAPER, f"{name}.{kind}", self.save)

    def save(self, path: Path) -> None:
        """Write the one that is shown; the file's ending says whether as PDF or as JSON."""
        s, found = self.session, self._found
        language, audit = s.texts.language, self.choice.currentIndex() == 1
        write = auditing.write_audit if audit else auditing.write_supplement
        if path.suffix.lower().lstrip(".") not in KINDS:
            path = path.with_name(f"{path.name}.pdf")
        s.tasks.ask(self, lambda: write(found, path, language), self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self._error.hide()
        self._saved_as.set(self.session(labels.SAVED_AS, path=path))
        self._saved_as.show()
        self.fit()

    def _failed(self, error: WalletError) -> None:
        self._error.set(problems.error(self.session.texts, error))
        self._error.show()
        self.fit()


def _section(section: Facts) -> QVBoxLayout:
    part = column(GRID)
    part.addWidget(Paragraph(section["title"], "strong"))
    if section["kind"] == "table":
        for row in section["rows"]:
            entry = column(0)
            entry.addWidget(Paragraph(row[0]))
            named = zip(section["columns"][1:], row[1:], strict=True)
            entry.addWidget(Paragraph(" · ".join(f"{n}: {v}" for n, v in named), "small"))
            part.addLayout(entry)
        part.addWidget(Paragraph(": ".join(section["total"]), "strong"))
    elif section["kind"] == "lines":
        for text in section["lines"]:
            part.addWidget(Paragraph(text))
    else:
        for entry_ in section["entries"]:
            entry = column(2)
            entry.addWidget(Paragraph(entry_["title"]))
            for row in entry_["rows"]:
                _add_pair(entry, row)
            part.addLayout(entry)
    return part


def _add_pair(to: QVBoxLayout, row: list[str]) -> None:
    """Add a name and its value; what is there to be copied can be reached by the keyboard."""
    if audit_pages.CODE in row[2:]:
        to.addWidget(Paragraph(row[0], "small"))
        to.addWidget(Paragraph(row[1], "fixed"))
    else:
        to.addWidget(Paragraph(f"{row[0]}: {row[1]}", "small"))
