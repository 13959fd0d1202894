"""What an operation on a vault leaves behind when one of its system calls kills it or fails."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests import needs
from tests.vault import faults
from tests.vault.faults import OPERATIONS, Operation, older_in, vault_in
from tests.vault.sketch import NOW, PASSPHRASE, key_of, provenance, read, reopen, report, sketch
from wallet.errors import VaultDamaged, VaultLocked, WrongPassphrase, WrongSheet
from wallet.model.backups import BackupKind, BackupState
from wallet.model.presentation import LedgerEntry
from wallet.vault import Vault, finding, keyfile
from wallet.vault.finding import Secret

ROOT = Path(__file__).resolve().parents[2]
ALL = os.environ.get("MIKROFOLIO_ALL_KILLS") == "1"
CALLS = (
    "write", "pwrite64", "sendfile", "copy_file_range", "fsync", "fdatasync", "ftruncate",
    "rename", "renameat", "renameat2", "unlink", "unlinkat", "link", "mkdir", "rmdir",
)  # fmt: skip
"""What changes a disk."""
BACKED_UP_FIRST = {
    "migration": BackupKind.MIGRATION,
    "merge": BackupKind.RESTORE,
    "replace": BackupKind.RESTORE,
}
"""What has happened has a backup of what was before."""
BATCH = 40
"""Scenes that lie there at a time."""


# ---- what is there ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class State:
    """All that a person would see, without what is random when it is made."""

    entries: tuple[tuple[object, ...], ...]
    ledger: tuple[LedgerEntry, ...]
    confirmed: int
    profile: tuple[tuple[str, str], ...]
    holder_keys: tuple[str, ...]
    opens: tuple[str, ...]
    """Which of the passphrases and the sheet of before open it."""
    same_key: bool
    """Whether the database has the key of before."""


def observe(folder: Path, key: bytes | None = None) -> State:
    """Open a scene's vault with each secret that may fit, and look at everything in it.

    Its pages and its structure are checked, and whatever lies among its backups.
    """
    path = vault_in(folder)
    kept = not older_in(folder).exists()  # whose passphrase costs more
    names = ("own",) if kept else ("own", faults.OTHER, "sheet")
    opens = tuple(name for name in names if kept or _opens(folder, name))
    assert opens, "nothing opens it any longer"
    with closing(_open(folder, path, opens[0])) as vault:
        assert vault._database.rows("PRAGMA cipher_integrity_check") == []
        assert vault._database.value("PRAGMA integrity_check") == "ok"
        assert {one.state for one in vault.backups.found()} <= {
            BackupState.GOOD, BackupState.OTHER_KEY
        }  # fmt: skip
        state = State(
            tuple(sorted(_entry(vault, deleted) for deleted in (False, True))),
            vault.ledger(),
            len(vault.confirmations()),
            tuple(sorted(vault.profile().items())),
            tuple(sorted(f"{one.did} {one.private.hex()}" for one in vault.holder_keys())),
            opens,
            key is None or vault._opened.key == key,
        )
    assert keyfile.load(path).successor is None
    return state


def _entry(vault: Vault, deleted: bool) -> tuple[object, ...]:
    found = []
    for entry in vault.entries(deleted=deleted):
        kept = vault.get(entry.id)
        raws = tuple(sorted(vault.raw(entry.id, one.sha256) for one in kept.versions))
        note = kept.note.text if kept.note else ""
        title = entry.title.best() if entry.title else ""
        assert not title or entry.id in vault.find(title) or deleted
        found.append((title, raws, entry.tags, note))
    return (deleted, *sorted(found))


def _opens(folder: Path, name: str) -> bool:
    """Try a way on a copy, since opening tidies up."""
    trial = folder / "trial"
    shutil.copytree(vault_in(folder), trial)
    try:
        _open(folder, trial, name).close()
    except (WrongPassphrase, WrongSheet, VaultLocked):
        return False
    finally:
        shutil.rmtree(trial)
    return True


def _open(folder: Path, path: Path, name: str) -> Vault:
    if name == "sheet":
        text = (folder / "sheet").read_text("ascii") if (folder / "sheet").exists() else ""
        return Vault.open(path, sheet=text, clock=lambda: NOW, reader=read)
    kept = not older_in(folder).exists()
    own = faults.KEPT_PASSPHRASE if kept else PASSPHRASE
    return reopen(path, own if name == "own" else name)


def key_before(folder: Path, operation: Operation) -> bytes | None:
    """The database key of a scene, None where its vault does not open."""
    path = vault_in(folder)
    if operation.kept:
        return finding.find_key(path, keyfile.load(path), Secret(faults.KEPT_PASSPHRASE))
    return None if operation.damaged else key_of(path)


# ---- what is done -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Left:
    """What an operation left behind, whose system call was `at`."""

    folder: Path
    at: str
    status: int
    said: str


@dataclass(frozen=True, slots=True)
class Story:
    """A prepared scene, and how it is before and after an operation that nothing disturbs."""

    name: str
    scene: Path
    key: bytes | None
    before: State | None
    """None for a vault that is damaged, or not there yet."""
    after: State | None
    counts: Counter[str]

    @classmethod
    def told(cls, name: str, folder: Path) -> Self:
        """Prepare the scene in a folder, and do the operation in a copy of it."""
        operation = OPERATIONS[name]
        scene, done = folder / "scene", folder / "done"
        scene.mkdir()
        if name == "create":
            return cls(name, scene, None, None, None, _count(name, shutil.copytree(scene, done)))
        faults.prepare(scene, operation)
        key = key_before(scene, operation)
        before = None if operation.damaged else observe(shutil.copytree(scene, done), key)
        shutil.rmtree(done, ignore_errors=True)
        counts = _count(name, shutil.copytree(scene, done))
        return cls(name, scene, key, before, observe(done, key), counts)

    def calls(self, sample: int, among: tuple[str, ...] = CALLS) -> list[tuple[str, int]]:
        """Which calls to disturb: every renaming and so many others, evenly; or all of them."""
        found = self.counts.items()
        every = [(call, n) for call, most in found if call in among for n in range(1, most + 1)]
        if ALL:
            return every
        some = {every[(n + 1) * len(every) // sample - 1] for n in range(sample)}
        return sorted(some | {one for one in every if one[0] == "rename"})

    def disturbed(self, folder: Path, how: list[str]) -> Iterator[Left]:
        """Do the operation once for each injection of strace, in a copy of the scene."""

        def disturb(injection: str) -> Left:
            place = shutil.copytree(self.scene, folder / injection.replace(":", "-"))
            done = _run(self.name, place, injection)
            assert done.returncode in {0, faults.KNOWN, -9}, (injection, done.stderr)
            return Left(place, injection, done.returncode, done.stdout)

        for begin in range(0, len(how), BATCH):
            with ThreadPoolExecutor(2) as two:  # over before we open: a fork would share our lock
                batch = list(two.map(disturb, how[begin : begin + BATCH]))
            for left in batch:
                yield left
                shutil.rmtree(left.folder)

    def check(self, left: Left) -> None:
        """It has happened or it has not; what was refused has not; and the vault goes on, tidy."""
        if self.before is None:
            self._bring_back(left.folder)
        state = observe(left.folder, self.key)
        allowed = {
            0: (self.after,),
            faults.KNOWN: (self.before or self.after,),
            -9: (self.before or self.after, self.after),
        }[left.status]
        assert state in allowed, (left.at, left.said)
        made = goes_on_and_is_tidy(left.folder, state)
        first = BACKED_UP_FIRST.get(self.name)
        assert first is None or state == self.before != self.after or first in made, left.at

    def _bring_back(self, folder: Path) -> None:
        """What is damaged is still there, aside or in its place; where it is, restore again."""
        damaged = (vault_in(self.scene) / "wallet.db").read_bytes()
        assert damaged in {file.read_bytes() for file in vault_in(folder).glob("wallet.db*")}
        try:
            reopen(vault_in(folder)).close()
        except VaultDamaged:
            OPERATIONS[self.name].act(folder)


def goes_on_and_is_tidy(folder: Path, state: State) -> set[BackupKind | None]:
    """The vault takes a change and a backup; then nothing lies there that the program forgot.

    Returns the kinds of the good backups that it has.
    """
    path = vault_in(folder)
    with closing(_open(folder, path, state.opens[0])) as vault:
        vault.add(sketch(title="Afterwards"), report(), provenance())
        vault.backups.make()
        assert len(vault.entries("afterwards")) == 1
        made = {one.kind for one in vault.backups.found() if one.state is BackupState.GOOD}
    names = {str(file.relative_to(path)) for file in path.rglob("*")}
    known = {"keys.json", "lock", "wallet.db", "backups"}
    forgotten = {
        name for name in names - known if not name.startswith(("backups/a-", "wallet.db.damaged-"))
    }
    assert forgotten == set()
    return made


def _run(name: str, folder: Path, injection: str) -> subprocess.CompletedProcess[str]:
    watch = [needs.program("strace"), "-f", "-qq", "-o", os.devnull]
    watch += ["-e", f"trace={injection.partition(':')[0]}", "-e", f"inject={injection}"]
    child = [sys.executable, "-B", "-m", "tests.vault.faults", name, str(folder)]
    return subprocess.run([*watch, *child], cwd=ROOT, capture_output=True, text=True, check=False)


def _count(name: str, folder: Path) -> Counter[str]:
    log = folder / "calls"
    watch = [needs.program("strace"), "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    child = [sys.executable, "-B", "-m", "tests.vault.faults", name, str(folder)]
    subprocess.run([*watch, *child], cwd=ROOT, check=True)
    lines = [line.split(maxsplit=1)[1] for line in log.read_text().splitlines()]
    log.unlink()
    return Counter(line.partition("(")[0] for line in lines if "(" in line)
