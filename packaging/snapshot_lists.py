"""Write the European trusted lists as a dated snapshot that a package carries.

    python packaging/snapshot_lists.py FOLDER_OR_FILES --out resources/trust/european-lists.bin
    python packaging/snapshot_lists.py --fetch --out resources/trust/european-lists.bin

The list of lists and the national lists are read as published (XML), in any order, and their
signatures are checked exactly as the wallet does. `--fetch` gets them as `trust update` does.
Nothing is written if any file is refused, or is of a signer whom the list of lists does not name.
A person's own lists win over the snapshot once they are newer.
"""

import argparse
import secrets
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from wallet.actions import unlocking, updating
from wallet.actions.demonstrating import QUICK
from wallet.actions.updating import AllowedNetwork, SourceKind, Update
from wallet.errors import MalformedCredential
from wallet.texts import problems, use
from wallet.trust import snapshot
from wallet.trust.lists import TrustedLists
from wallet.trust.trusted_list import EUROPE


def main(
    arguments: Sequence[str] | None = None, network: AllowedNetwork = updating.INTERNET
) -> int:
    """Write the snapshot; 1 if something is refused or missing."""
    parser = argparse.ArgumentParser(description="Write the European lists as a dated snapshot.")
    parser.add_argument("paths", nargs="*", type=Path, metavar="FOLDER_OR_FILE")
    parser.add_argument("--fetch", action="store_true", help="get the lists over the network")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    parser.add_argument("--source", help="where the lists were taken from, for people")
    parser.add_argument(
        "--date", type=_moment, default=datetime.now(UTC), help="when the lists were taken"
    )
    given = parser.parse_args(arguments)
    if given.fetch == bool(given.paths):
        parser.error("name the lists, or say --fetch")
    try:
        found = fetched(network) if given.fetch else read(given.paths, given.date)
    except _Refused as error:
        print(error, file=sys.stderr)
        return 1
    source = given.source or (updating.LIST_OF_LISTS if given.fetch else "the packager's files")
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(snapshot.to_bytes(found, source, given.date))
    for one in sorted(snapshot.read(given.out).national, key=lambda entry: entry.territory):
        services = len(one.services)
        print(f"{one.territory} no. {one.sequence} of {one.issued:%Y-%m-%d}: {services} services")
    print(f"{len(found.national)} lists, {given.out.stat().st_size:,} bytes: {given.out}")
    return 0


def read(places: Sequence[Path], at: datetime) -> TrustedLists:
    """Read lists from files, and from all files of folders. Raises _Refused."""
    lists = TrustedLists()
    for path in _files(places):
        try:
            lists = lists.with_file(path.read_bytes(), path.name, at)
        except (MalformedCredential, OSError) as error:
            raise _Refused(f"{path}: {error}") from error
    if lists.waiting:
        names = ", ".join(entry.source for entry in lists.waiting)
        raise _Refused(f"no list of lists names who may sign: {names}")
    return _whole(lists)


def fetched(network: AllowedNetwork) -> TrustedLists:
    """Fetch the lists as a new wallet would. Raises _Refused without the list of lists."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "packager.mikrofolio"
        wallet = unlocking.create(path, secrets.token_urlsafe(), kdf=QUICK)
        try:
            wallet, done = updating.update_all(wallet, network, after=_say)
        finally:
            wallet.close()
    if any(one.error and one.source.kind is SourceKind.LIST_OF_LISTS for one in done):
        raise _Refused("the list of lists could not be fetched")
    # Only what came now: a snapshot that lies here already would pass for one of today.
    kept = tuple(one for one in wallet.trust.lists.national if not one.bundled)
    return _whole(TrustedLists(wallet.trust.lists.european, kept))


def _whole(lists: TrustedLists) -> TrustedLists:
    if lists.european is None or not lists.national:
        raise _Refused("a snapshot needs the list of lists and at least one national list")
    here = {one.territory for one in lists.national}
    missing = [name for name, _ in lists.european.signers if name not in {*here, EUROPE}]
    if missing:
        print(f"without: {', '.join(missing)}", file=sys.stderr)
    return lists


def _files(places: Sequence[Path]) -> Iterator[Path]:
    for place in places:
        yield from sorted(place.glob("*.xml")) if place.is_dir() else (place,)


def _say(done: Update) -> None:
    why = f": {problems.error(use('en'), done.error)}" if done.error is not None else ""
    print(f"{done.result.value}: {done.source.name}{why}", file=sys.stderr)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


class _Refused(Exception):
    """Why there is no snapshot."""


if __name__ == "__main__":
    sys.exit(main())
