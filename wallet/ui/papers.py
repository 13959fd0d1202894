"""The supplement or audit of an award on paper: the same words as in the PDF, laid out by Qt."""

from collections.abc import Iterator
from html import escape
from typing import Any

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_POINTS = 10

Facts = dict[str, Any]
"""A page as `wallet.actions.audit_pages` makes it."""


def print_paper(parent: QWidget, facts: Facts) -> QPrintDialog:
    """Ask for the printer, and print the page on it when the person agrees."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(f"{facts['title']}: {facts['award']}")
    dialog = QPrintDialog(printer, parent)
    document = paper_document(facts)
    dialog.accepted.connect(lambda: document.print_(printer))
    QDialog.open(dialog)  # QPrintDialog's own wants a receiver by name
    return dialog


def paper_document(facts: Facts) -> QTextDocument:
    """Lay the page out. All its words are plain text, whatever they contain."""
    head = "".join(_pair(row[0], row[1]) for row in facts["head"])
    sections = "".join(part for section in facts["sections"] for part in _section(section))
    document = QTextDocument()
    document.setHtml(
        f"<body style='font-size: {_POINTS}pt'><p>{escape(facts['title'])}</p>"
        f"<h1>{escape(facts['award'])}</h1>"
        f"<p><b>{escape(facts['result'])}</b></p><p>{escape(facts['verdict'])}</p>"
        f"<table cellpadding='3'>{head}</table>{sections}"
        f"<p>{escape(facts['remark'])}</p><p>{escape(facts['footer'])}</p></body>"
    )
    return document


def _pair(name: str, value: str) -> str:
    return f"<tr><td><b>{escape(name)}</b></td><td>{escape(value)}</td></tr>"


def _section(section: Facts) -> Iterator[str]:
    yield f"<h2>{escape(section['title'])}</h2>"
    if section["kind"] == "table":
        yield "<table border='1' cellspacing='0' cellpadding='4' width='100%'><tr>"
        yield "".join(f"<th align='left'>{escape(name)}</th>" for name in section["columns"])
        yield "</tr>"
        for row in section["rows"]:
            yield "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        yield "</table>"
        yield f"<p><b>{escape(': '.join(section['total']))}</b></p>"
    elif section["kind"] == "lines":
        yield "".join(f"<p>{escape(text)}</p>" for text in section["lines"])
    else:
        for entry in section["entries"]:
            yield f"<h3>{escape(entry['title'])}</h3><table cellpadding='3'>"
            yield "".join(_pair(row[0], row[1]) for row in entry["rows"]) + "</table>"
