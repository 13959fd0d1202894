"""What is dropped on the window: files of this computer, nothing else."""

from pathlib import Path

from PySide6.QtCore import QMimeData

MOST_FILES = 1000
"""Files taken from one drop."""


def files_of(data: QMimeData) -> list[Path]:
    """Return the local files of a drop; addresses of the web are not fetched and not taken."""
    urls = data.urls()[:MOST_FILES]
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
