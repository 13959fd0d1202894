"""Bringing credentials into the vault: what came of every item, by name."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wallet.actions.wallet import Wallet
from wallet.intake import gather, gather_bytes
from wallet.model.credential import Text
from wallet.model.intake import Found, Gathered, Problem, ProblemCode
from wallet.model.keeping import AddResult, Provenance
from wallet.model.verification import Standing, standing
from wallet.verification.verify import verify

STEP_SECONDS = 0.5
"""Writing through to the disk takes as long as reading several files: one step does it once."""


@dataclass(frozen=True, slots=True)
class ImportItem:
    """One line of the import report. `problem` says why something was refused."""

    source: str
    path: tuple[str, ...]
    result: AddResult
    id: str | None = None
    title: Text | None = None
    problem: Problem | None = None
    standing: Standing | None = None
    """The state of what was brought in; a broken seal is kept with its state."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, item by item, in the order of the files."""

    items: tuple[ImportItem, ...]

    def count(self, result: AddResult) -> int:
        """Return how many items came out so."""
        return sum(item.result is result for item in self.items)


def import_files(wallet: Wallet, paths: Sequence[Path]) -> ImportReport:
    """Import everything found in the files. A broken seal is imported with its state."""
    items: list[ImportItem] = []
    done = 0
    while done < len(paths):
        some = import_some(wallet, paths[done:])
        done += len(some)
        items += (item for file in some for item in file)
    return ImportReport(tuple(items))


def import_some(wallet: Wallet, paths: Sequence[Path]) -> tuple[tuple[ImportItem, ...], ...]:
    """Import the first of the files: the piece of work between two steps of a progress bar.

    As many as `STEP_SECONDS` allow, and one at least, in one transaction: either all of them are
    in or, with an error, none. Returns the items of each file that was taken.
    """
    files: list[tuple[ImportItem, ...]] = []
    end = time.monotonic() + STEP_SECONDS
    with wallet.vault.batch():
        for path in paths:
            files.append(import_one(wallet, path))
            if time.monotonic() >= end:
                break
    return tuple(files)


def import_one(wallet: Wallet, path: Path) -> tuple[ImportItem, ...]:
    """Import what one file holds."""
    return _keep(wallet, gather(path))


def import_bytes(wallet: Wallet, name: str, data: bytes) -> tuple[ImportItem, ...]:
    """Import what was pasted or dropped as `name`."""
    return _keep(wallet, gather_bytes(name, data))


def _keep(wallet: Wallet, gathered: Gathered) -> tuple[ImportItem, ...]:
    with wallet.vault.batch():
        kept = [_keep_one(wallet, found) for found in gathered.items]
    refused = [
        ImportItem(problem.source, problem.path, AddResult.REFUSED, problem=problem)
        for problem in gathered.problems
    ]
    return (*kept, *refused)


def _keep_one(wallet: Wallet, found: Found) -> ImportItem:
    credential = found.credential
    if not credential.importable:
        return ImportItem(
            found.source, found.path, AddResult.REFUSED, None, credential.title, _refusal(found)
        )
    report = verify(credential, wallet.trust, wallet.clock())
    provenance = Provenance(found.source, found.path, wallet.clock())
    added = wallet.vault.add(credential, report, provenance)
    return ImportItem(
        found.source,
        found.path,
        added.result,
        added.id,
        credential.title,
        standing=standing(report),
    )


def _refusal(found: Found) -> Problem:
    facts = {"format": found.credential.format.value}
    return Problem(found.source, found.path, ProblemCode.NOT_IMPORTABLE, facts)
