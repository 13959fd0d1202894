"""One writer: whose lock it is, locks that were left, computers that share a folder, no locks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import make, reopen
from tests.vault.test_disk import ROOT, strace
from wallet.errors import VaultBusy
from wallet.vault import lock as locks
from wallet.vault.lock import Holder, Lock


def leave(folder: Path, **changes: object) -> None:
    """Leave a lock file as a crash does."""
    own = Holder.this()
    content = {"process": own.process, "computer": own.computer, "machine": own.machine}
    (folder / "lock").write_text(json.dumps({**content, **changes}))


def test_it_names_its_holder_and_can_be_released_twice(tmp_path: Path) -> None:
    lock = Lock(tmp_path)
    assert json.loads((tmp_path / "lock").read_text())["process"] == os.getpid()
    with pytest.raises(VaultBusy) as caught:
        Lock(tmp_path)
    assert caught.value.facts == {"path": str(tmp_path), "process": os.getpid()}
    lock.release()
    lock.release()
    assert (tmp_path / "lock").read_bytes() == b""
    Lock(tmp_path).release()


def test_what_a_crash_left_is_taken_over(path: Path) -> None:
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "import os, sys; from pathlib import Path; from tests.vault.sketch import reopen\n"
            "vault = reopen(Path(sys.argv[1])); print(os.getpid(), flush=True); os._exit(9)",
            str(path),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads((path / "lock").read_text())["process"] == int(child.stdout)

    reopen(path).close()


@pytest.mark.parametrize(
    "changes",
    [{"process": 1}, {"machine": "of before", "process": 1}, {"computer": "renamed"}],
)
def test_one_of_this_computer_that_nobody_holds_is_stale(
    tmp_path: Path, changes: dict[str, object]
) -> None:
    leave(tmp_path, **changes)
    Lock(tmp_path).release()


@pytest.mark.skipif(not Holder.this().machine, reason="this computer has no id of its own")
def test_one_of_another_computer_is_respected_until_it_is_deleted(path: Path) -> None:
    leave(path, computer="studio", machine="0123456789abcdef", process=77)
    before = (path / "lock").read_bytes()

    with pytest.raises(VaultBusy) as caught:
        reopen(path)

    assert caught.value.facts == {"path": str(path), "why": "elsewhere", "computer": "studio"}
    assert (path / "lock").read_bytes() == before
    (path / "lock").unlink()
    reopen(path).close()


@pytest.mark.parametrize(
    "content",
    [b"", b"123\n", b"[]", b"null", b'{"process": "x"}', b"\xff", b"[" * 900, b"{" * 5000],
)
def test_what_is_no_lock_of_ours_is_taken(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "lock").write_bytes(content)
    Lock(tmp_path).release()


def test_the_computers_id_says_nothing_else(tmp_path: Path) -> None:
    Lock(tmp_path)
    stated = Path("/etc/machine-id")
    if stated.exists():
        assert stated.read_text().strip() not in (tmp_path / "lock").read_text()
    assert len(Holder.this().line()) < locks.MAX_BYTES


def first_lock(path: Path, log: Path) -> int:
    """Count which fcntl call of an opening is the first one about a lock."""
    command = [needs.program("strace"), "-f", "-qq", "-o", str(log), "-e", "trace=fcntl"]
    subprocess.run([*command, sys.executable, "-c", _OPEN, str(path)], cwd=ROOT, check=True)
    calls = log.read_text().splitlines()
    return next(number for number, call in enumerate(calls, 1) if "F_SETLK" in call)


@pytest.mark.parametrize("call", ["flock", "fcntl"])
def test_a_file_system_without_locks_is_said(tmp_path: Path, call: str) -> None:
    path = tmp_path / "a.mikrofolio"
    make(path).close()
    # Python itself needs fcntl to start, so it fails from the first lock on.
    since = first_lock(path, tmp_path / "calls") if call == "fcntl" else 1

    child = strace(path, f"{call}:error=ENOLCK:when={since}+", _OPEN)

    assert "VaultNotWritable" in child.stderr
    assert "ENOLCK" in child.stderr
    reopen(path).close()


_OPEN = (
    "import sys; from pathlib import Path; from tests.vault.sketch import reopen\n"
    "reopen(Path(sys.argv[1])).close()"
)


def test_a_symbolic_link_is_no_second_door(path: Path) -> None:
    link = path.with_name("link.mikrofolio")
    link.symlink_to(path)
    vault = reopen(path)
    with pytest.raises(VaultBusy):
        reopen(link)
    vault.close()
