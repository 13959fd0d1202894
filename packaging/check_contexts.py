"""Compare the contexts in resources/contexts with their index: nothing moved, nothing extra.

Run by `make check`. Says what is wrong and ends with 1.
"""

import hashlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "resources" / "contexts"
MEMBERS = {"file", "sha256", "source", "licence"}


def problems(folder: Path = FOLDER) -> list[str]:
    """Return one sentence per context that is not what the index says."""
    index = json.loads((folder / "index.json").read_text("utf-8"))
    found = []
    named = {"index.json"}
    for address, entry in index.items():
        for version in (entry, *entry.get("alternatives", [])):
            missing = MEMBERS - version.keys()
            if missing:
                found.append(f"{address}: the index lacks {', '.join(sorted(missing))}")
                continue
            named.add(version["file"])
            path = place(folder, version["file"])
            if not path.is_file():
                found.append(f"{address}: {version['file']} is not there")
            elif hashlib.sha256(path.read_bytes()).hexdigest() != version["sha256"]:
                found.append(f"{address}: {version['file']} is not the file of {version['source']}")
    strays = {path.name for path in folder.iterdir()} - named
    return found + [f"{name}: not in the index" for name in sorted(strays)]


def place(folder: Path, name: str) -> Path:
    """Return where a file of the index lies: beside it, or in PyLD's own bundle (`pyld:`)."""
    if not name.startswith("pyld:"):
        return folder / name
    spec = find_spec("pyld")
    if spec is None or spec.origin is None:
        return Path(name)
    bundle = Path(spec.origin).parent / "documentloader" / "frozen" / "bundled"
    return bundle / name.removeprefix("pyld:")


if __name__ == "__main__":
    wrong = problems()
    print("\n".join(wrong) or "contexts: every file is what the index says")
    sys.exit(1 if wrong else 0)
