"""What several commands read from their command line: times, files, and the parser's own type."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = Any


def time(text: str) -> datetime:
    """Read TIME (RFC 3339; a day is its beginning, without a zone UTC) for argparse."""
    from wallet.actions.verifying import moment as read  # noqa: PLC0415 -- loads every format

    moment = read(text)
    if moment is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no RFC 3339 time such as 2026-11-22T12:00:00Z"
        )
    return moment


def file_name(text: str) -> Path:
    """Read FILE for argparse: an empty name is a mistake, and not the current folder."""
    if not text:
        raise argparse.ArgumentTypeError("a file's name is missing")
    return Path(text)
