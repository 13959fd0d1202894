"""A Node process with the implementations of others (package.json), asked over a pipe.

The packages are installed once, with npm, beside this file in `node_modules`; where that is not
possible, the tests are skipped and say why.
"""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests import needs
from wallet.resources import resource

FOLDER = Path(__file__).parent


class Peer:
    """The other side of the pipe."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def ask(self, request: str, **members: Any) -> dict[str, Any]:
        """Send a request of peer.mjs and return its answer; `failed` says what went wrong."""
        reader, writer = self._process.stdout, self._process.stdin
        assert reader is not None
        assert writer is not None
        writer.write(json.dumps({"request": request, **members}) + "\n")
        writer.flush()
        answer: dict[str, Any] = json.loads(reader.readline())
        return answer


@contextmanager
def started() -> Iterator[Peer]:
    """Start a peer that knows the bundled contexts, and nothing else."""
    node = needs.program("node")
    with subprocess.Popen(
        [node, "peer.mjs"],
        cwd=needs.packages(FOLDER),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        peer = Peer(process)
        peer.ask("contexts", files=context_files())
        yield peer
        process.terminate()


def context_files() -> dict[str, str]:
    """Where the bundled contexts lie, by address."""
    folder = resource("contexts")
    spec = find_spec("pyld")
    assert spec is not None
    assert spec.origin is not None
    bundle = Path(spec.origin).parent / "documentloader" / "frozen" / "bundled"
    index = json.loads((folder / "index.json").read_text("utf-8"))
    return {
        address: str(bundle / entry["file"][5:] if entry["file"][:5] == "pyld:" else path)
        for address, entry in index.items()
        for path in [folder / entry["file"]]
    }
