"""The recovery sheet on paper: one page, drawn straight to the printer.

Nothing of it is written to a file here. What the system's own spooler keeps is out of our hands,
and gone as soon as the page is printed.
"""

from html import escape

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from wallet.texts import keeping_safe as safe
from wallet.ui.session import Session

_GROUP_POINTS, _POINTS = 20, 11


def print_sheet(parent: QWidget, session: Session, sheet: str) -> QPrintDialog:
    """Ask for the printer, and print the sheet on it when the person agrees."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(session(safe.SHEET_FILE))
    dialog = QPrintDialog(printer, parent)
    document = sheet_document(session, sheet)
    dialog.accepted.connect(lambda: document.print_(printer))
    QDialog.open(dialog)  # QPrintDialog's own wants a receiver by name
    return dialog


def sheet_document(session: Session, sheet: str) -> QTextDocument:
    """Lay the sheet out: what it is, its seven numbered groups, how to use it, what to mind."""
    s = session
    cell = f"<td style='font-family: monospace; font-size: {_GROUP_POINTS}pt'>"
    cells = "".join(
        f"<tr><td>{escape(s(safe.PAPER_GROUP, number=number))}</td>{cell}{escape(group)}</td></tr>"
        for number, group in enumerate(sheet.split("-"), 1)
    )
    before = (s(safe.PAPER_PLACE, path=s.path), s(safe.PAPER_DATE, date=s.texts.date(s.now())))
    after = (s(safe.PAPER_HOW), s(safe.PAPER_CARE))
    document = QTextDocument()
    document.setHtml(
        f"<body style='font-size: {_POINTS}pt'><h1>{escape(s(safe.PAPER_TITLE))}</h1>"
        + "".join(f"<p>{escape(text)}</p>" for text in before)
        + f"<table cellpadding='6'>{cells}</table>"
        + "".join(f"<p>{escape(text)}</p>" for text in after)
        + "</body>"
    )
    return document


def sheet_file(session: Session, sheet: str) -> bytes:
    """Write the same as plain text."""
    s = session
    groups = [
        f"{s(safe.PAPER_GROUP, number=number)}: {group}"
        for number, group in enumerate(sheet.split("-"), 1)
    ]
    lines = [
        s(safe.PAPER_TITLE),
        s(safe.PAPER_PLACE, path=s.path),
        s(safe.PAPER_DATE, date=s.texts.date(s.now())),
        "",
        *groups,
        "",
        s(safe.PAPER_HOW),
        s(safe.PAPER_CARE),
    ]
    return ("\n".join(lines) + "\n").encode()
