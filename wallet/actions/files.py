"""Writing files that the person asked for: whole or not at all, readable by the person alone."""

import contextlib
import os
import unicodedata
from pathlib import Path

from wallet.errors import NotWritable, Unreadable

LONGEST_NAME = 80
"""Characters of a suggested file name, before its ending."""


def safe_name(title: str) -> str:
    """Make a file name of a title: letters and digits of any language, the rest as hyphens."""
    plain = unicodedata.normalize("NFC", title)
    kept = "".join(c if c.isalnum() else "-" for c in plain)
    words = "-".join(part for part in kept.split("-") if part)
    return words[:LONGEST_NAME].strip("-") or "credential"


def save(content: bytes, path: Path) -> Path:
    """Write `content` to `path`, replacing what is there in one step; mode 0600.

    A failure on the way (a full disk, no permission) leaves the old file as it was and raises
    NotWritable.
    """
    import tempfile  # noqa: PLC0415 -- only who writes pays for it

    temporary = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".mikrofolio-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise NotWritable(name=str(path), detail=error.strerror or "") from error
    return path


def write_new(folder: Path, name: str, content: bytes) -> Path:
    """Save under a name that is still free in `folder`, making the folder if it is not there."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotWritable(name=str(folder), detail=error.strerror or "") from error
    stem, ending = Path(name).stem, Path(name).suffix
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}{ending}"
    return save(content, path)


def read(path: Path) -> bytes:
    """Return a small file of the person's own. Raises Unreadable."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(name=path.name, detail=error.strerror or "") from error
