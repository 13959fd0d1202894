"""Checking files without keeping them: no wallet, no network, nothing stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wallet.actions.files import read
from wallet.errors import MalformedCredential, NoTrustData
from wallet.formats import dates
from wallet.intake import gather, gather_bytes
from wallet.model.intake import Examined, Gathered, Problem
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, verify_with_parts


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found in some files: items outermost first, and what could not be used."""

    at: datetime
    items: tuple[Examined, ...]
    problems: tuple[Problem, ...]


def examine(
    paths: Sequence[Path],
    trust: TrustStore,
    at: datetime,
    *,
    audience: str | None = None,
    nonce: str | None = None,
) -> Examination:
    """Verify every credential and presentation in the files.

    `audience` and `nonce` are what a presentation has to be made for. One bad file stops no
    other; it becomes a `Problem`.
    """
    gathered = Gathered()
    for path in paths:
        gathered += gather(path)
    return _examined(gathered, trust, at, Demand(audience, nonce))


def examine_bytes(name: str, data: bytes, trust: TrustStore, at: datetime) -> Examination:
    """Verify what is in `data`, which a person pasted, dropped or scanned as `name`."""
    return _examined(gather_bytes(name, data), trust, at, Demand())


def moment(text: str) -> datetime | None:
    """Read a time as credentials write it (RFC 3339, leap seconds included); None if it is none."""
    found = dates.moment(text)
    return found.at if found is not None else None


def trust_without_wallet() -> TrustStore:
    """Return the trust data that a program without a wallet has: what came with it."""
    return TrustStore.shipped()


def trust_from_files(
    files: Sequence[Path], contexts: Path | None, at: datetime, *, status: Sequence[Path] = ()
) -> TrustStore:
    """Read the trust data, status lists and JSON-LD contexts that the person names, for one run.

    `contexts` is a folder with an index.json. `status` are lists to ask now, even where their
    addresses are not those that the credentials state: see `TrustStore.with_status`. Raises
    Unreadable for a file that cannot be opened and NoTrustData for one that is no trust data.
    """
    trust = trust_without_wallet()
    for place, path in enumerate((*files, *status)):
        add = trust.with_file if place < len(files) else trust.with_status
        try:
            trust = add(read(path), path.name, at)
        except MalformedCredential as error:
            raise NoTrustData(name=path.name) from error
    return trust if contexts is None else trust.with_contexts(contexts)


def _examined(gathered: Gathered, trust: TrustStore, at: datetime, demand: Demand) -> Examination:
    items = tuple(
        Examined(found.source, (*found.path, *inside), credential, report)
        for found in gathered.items
        for inside, credential, report in verify_with_parts(found.credential, trust, at, demand)
    )
    return Examination(at, items, gathered.problems)
