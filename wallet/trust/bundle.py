"""Where a packager's snapshot of the European lists lies, and of when it is.

That much is asked of every verification, and costs one line of the file; the rest: snapshot.py.
"""

from datetime import datetime
from functools import cache
from pathlib import Path

from wallet.errors import MalformedCredential
from wallet.model.credential import JsonObject
from wallet.proofs import strict_json
from wallet.resources import resource

MAX_INDEX_BYTES = 64 * 1024
"""Of the first line: 150 bytes for each list."""

_PLACE = ("trust", "european-lists.bin")


def place() -> Path | None:
    """Return where it lies among the program's resources; None where none was bundled."""
    found = resource(*_PLACE)
    return found if found.is_file() else None


def index(file: Path) -> tuple[JsonObject, int]:
    """Read the first line, and say how many bytes it has.

    Raises:
        MalformedCredential: it is no JSON object, or longer than `MAX_INDEX_BYTES`.
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        line = opened.readline(MAX_INDEX_BYTES)
    return strict_json.parse_object(line), len(line)


@cache
def taken(file: Path) -> datetime | None:
    """Say when the lists were taken; None of a file that is no snapshot."""
    try:
        found = datetime.fromisoformat(index(file)[0]["as_of"])
    except (MalformedCredential, OSError, KeyError, TypeError, ValueError):
        return None
    return found if found.tzinfo is not None else None
