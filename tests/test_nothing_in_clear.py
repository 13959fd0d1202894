"""What a person keeps is written nowhere in clear but where they asked for it.

A whole tour through the command line, and one through the window, run under strace. Every write
to a file is looked at, files that are gone at the end among them; then the disk is searched.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests import needs
from tests.issuer import NOW, Award, mail
from tests.issuer.badges import open_badge
from tests.issuer.courses import CLIMATE_DATA, HANNA
from tests.issuer.mail import Attachment
from tests.issuer.universities import chalmers

ROOT = Path(__file__).resolve().parents[1]
PASSPHRASE = "correct horse battery staple"
TITLE = "Climate data analysis"
"""Words that only the credential's content has; no programme of resources names them."""
LETTER, OUT = "MIKROFOLIO_TOUR_LETTER", "MIKROFOLIO_TOUR_OUT"
"""What tells the tour through the window (tests/ui/window_tour.py) what to use."""
CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range"
_WRITE = re.compile(r"^(?:\[pid\s+\d+\] |\d+\s+)?\w+\(\d+<(?P<path>/[^>]*)>, (?P<data>.*)$")


def forms(word: str) -> tuple[str, ...]:
    """How strace shows a word that is written as UTF-8, or as UTF-16."""
    return (word, "\\0".join(word))


def leaks(trace: Path, allowed: tuple[Path, ...]) -> tuple[set[str], set[str]]:
    """Files into which the word was written: (where it may be, where it may not)."""
    fine: set[str] = set()
    wrong: set[str] = set()
    with trace.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            found = _WRITE.match(line)
            if found is None or not any(form in found["data"] for form in forms(TITLE)):
                continue
            path = Path(found["path"].removesuffix(" (deleted)"))
            asked = any(path == one or one in path.parents for one in allowed)
            (fine if asked else wrong).add(str(path))
    return fine, wrong


def on_disk(folder: Path, allowed: tuple[Path, ...]) -> set[str]:
    """Files below `folder` that hold the word at the end, in any of these encodings."""
    wanted = [TITLE.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be")]
    found = set()
    for path in folder.rglob("*"):
        asked = any(path == one or one in path.parents for one in allowed)
        if path.is_file() and not asked:
            data = path.read_bytes()
            if any(word in data for word in wanted):
                found.add(str(path))
    return found


class House:
    """A home, a temporary folder and a runtime folder of their own; nothing else is written to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.letter = folder / "letter.eml"
        self.out = folder / "asked"
        self.trace = folder / "trace"
        for name in ("home", "temporary", "run"):
            (folder / name).mkdir(mode=0o700, parents=True)
        self.out.mkdir()
        award = Award(CLIMATE_DATA, HANNA, "urn:uuid:7d1c", issued=NOW)
        badge = open_badge(chalmers(), award)
        assert TITLE.encode() in badge
        self.letter.write_bytes(
            mail(
                sender=("Office", "office@university.example"),
                to=("Hanna", "hanna@student.example"),
                subject="A credential",
                date="Mon, 02 Oct 2023 09:00:00 +0200",
                text="Attached.",
                html="<p>Attached.</p>",
                attachments=(Attachment("badge.json", badge),),
            )
        )
        secret = folder / "passphrase"
        secret.write_text(PASSPHRASE + "\n", "utf-8")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith("XDG_")
        } | {
            "HOME": str(folder / "home"),
            "TMPDIR": str(folder / "temporary"),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "MIKROFOLIO_PASSPHRASE_FILE": str(secret),
            "MIKROFOLIO_VAULT": str(folder / "my.mikrofolio"),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def watch(self, *command: object) -> str:
        """Run a command under strace, which adds to the trace; return what it printed."""
        watched = [
            needs.program("strace"),
            "-f",
            "--seccomp-bpf",
            "-y",
            "-s",
            "10000000",
            "-A",
            "-o",
            self.trace,
        ]
        watched += ["-e", f"trace={CALLS}", *command]
        done = subprocess.run(
            [str(word) for word in watched], cwd=ROOT, env=self.environment, timeout=400,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode in {0, 3}, (command, done.stdout[-2000:], done.stderr[-2000:])
        return done.stdout

    def run(self, *arguments: object) -> str:
        """Run one command of the program so."""
        return self.watch(sys.executable, "-m", "wallet", *arguments)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path / "house")


def test_the_command_line_writes_nothing_in_clear(house: House) -> None:
    house.run("vault", "create")
    house.run("import", house.letter)
    assert TITLE in house.run("list")
    entry = house.run("list", "--json").split('"id": "')[1].split('"')[0]
    house.run("show", entry)
    house.run("verify", house.letter)
    house.run("progress")
    house.run("present", entry, "--to", house.out / "shown.json", "--audience", "Acme")
    house.run("export", entry, "--to", house.out / "original")
    house.run("ledger")
    house.run("vault", "backup")
    house.run("vault", "rekey")
    house.run("delete", entry)
    house.run("restore", entry)
    fine, wrong = leaks(house.trace, (house.out,))
    assert fine, "the watch saw nothing, not even what was asked for"
    assert wrong == set()
    allowed = (house.out, house.letter, house.trace)
    assert on_disk(house.folder, allowed) == set()


def test_the_window_writes_nothing_in_clear(house: House) -> None:
    house.environment |= {LETTER: str(house.letter), OUT: str(house.out)}
    tour = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    house.watch(*tour, f"--basetemp={house.folder / 'base'}", "tests/ui/window_tour.py")
    fine, wrong = leaks(house.trace, (house.out,))
    assert fine, "the watch saw nothing, not even what was asked for"
    assert wrong == set()
    assert on_disk(house.folder, (house.out, house.letter, house.trace)) == set()


def test_the_watch_notices_a_leak(house: House) -> None:
    leaky = house.folder / "temporary" / "leak"
    script = f"open({str(leaky)!r}, 'w').write('{TITLE}'); __import__('os').remove({str(leaky)!r})"
    house.watch(sys.executable, "-c", script)
    assert leaks(house.trace, (house.out,)) == (set(), {str(leaky)})
