"""Where a command writes: data on standard output, messages on standard error."""

import io
import json
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

from wallet.texts import Texts, use

WIDEST_CELL = 64
"""Characters of a table's cell; what is longer is cut with an ellipsis."""


@dataclass(frozen=True, slots=True)
class Screen:
    """Two streams, the language of the command line, and whether JSON was asked for."""

    json: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    texts: Texts = field(default_factory=lambda: use("en"))

    def data(self, value: object) -> None:
        """Print one JSON object on standard output: whole, or not at all."""
        whole = json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        self.out.write(whole.decode("utf-8") + "\n")

    def line(self, text: str = "") -> None:
        """Print one line of the answer, with control and direction characters made visible."""
        self.out.write(visible(text) + "\n")

    def message(self, text: str) -> None:
        """Print one line beside the answer, on standard error."""
        self.err.write(visible(text) + "\n")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Print rows as columns, each as wide as its widest cell."""
        shown = [[_short(visible(cell)) for cell in row] for row in rows]
        widths = [max(len(cell) for cell in column) for column in zip(*shown, strict=True)]
        for row in shown:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.out.write("  ".join(cells).rstrip() + "\n")


def visible(text: str) -> str:
    """Replace what would steer the terminal or turn the reading direction by its code point."""
    return "".join(_visible(character) for character in text)


def utf8() -> None:
    """Make both streams UTF-8, wherever they lead: JSON is, and a name may hold anything."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _visible(character: str) -> str:
    if character.isprintable():
        return character
    if unicodedata.category(character) == "Zs":
        return " "
    return f"<U+{ord(character):04X}>"


def _short(cell: str) -> str:
    return cell if len(cell) <= WIDEST_CELL else cell[: WIDEST_CELL - 1] + "…"
