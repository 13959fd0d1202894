"""Where bundled data lies: the source tree, an installed wheel or a frozen application."""

import sys
from pathlib import Path


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below `resources/`. Raises FileNotFoundError.

    A frozen application unpacks the folder beside the program, a wheel carries it inside the
    package as `bundled`, a source tree has it beside the package.
    """
    here = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    places = [Path(frozen) / "resources"] if frozen else []
    for place in (*places, here / "bundled", here.parent / "resources"):
        if place.is_dir():
            return place.joinpath(*parts)
    raise FileNotFoundError("resources")
