"""Where a command writes: data on standard output, messages on standard error."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TextIO

from wallet.texts import Texts, use


@dataclass(frozen=True, slots=True)
class Screen:
    """Two streams, the language of the command line, and whether JSON was asked for."""

    json: bool = False
    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    texts: Texts = field(default_factory=lambda: use("en"))

    def data(self, value: object) -> None:
        """Print one JSON object on standard output."""
        json.dump(value, self.out, ensure_ascii=False, indent=1)
        self.out.write("\n")

    def line(self, text: str = "") -> None:
        """Print one line of the answer, with control and direction characters made visible."""
        self.out.write(visible(text) + "\n")

    def message(self, text: str) -> None:
        """Print one line beside the answer, on standard error."""
        self.err.write(visible(text) + "\n")

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Print rows as columns, each as wide as its widest cell."""
        shown = [[visible(cell) for cell in row] for row in rows]
        widths = [max(len(cell) for cell in column) for column in zip(*shown, strict=True)]
        for row in shown:
            cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.out.write("  ".join(cells).rstrip() + "\n")


def visible(text: str) -> str:
    """Replace what would steer the terminal or turn the reading direction by its code point."""
    return "".join(c if c.isprintable() or c == " " else f"<U+{ord(c):04X}>" for c in text)


JsonObject = dict[str, Any]
