"""What the vault costs, each figure as a ratio in one run: `python -m benchmarks.vault`.

The peers are the physical limits: SQLite's own answer on the same file, the bare SQLCipher file,
the verification without the storing, the bytes as issued. Ours and the peer's run by turns, since a
machine is rarely equally busy twice. The credentials are the simulator's: badges, tokens and sealed
EDC files, a thousand really issued and verified; the ten thousand of the long list are these again,
with other bytes and ids.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import sqlcipher3

from tests.issuer.badges import open_badge
from tests.issuer.edc import sealed_edc
from tests.issuer.specimens import BADGE_AWARD, EDC_AWARD
from tests.issuer.tokens import open_badge_jwt
from tests.issuer.universities import aachen_tokens, berlin, chalmers
from wallet import formats
from wallet.actions import importing
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.model.credential import Credential
from wallet.model.keeping import Provenance
from wallet.trust.anchors import TrustStore
from wallet.vault import Kdf, Vault
from wallet.verification.verify import verify

MANY = 10_000
SOME = 1_000
RUNS = 15
IMPORTS = 5
QUICK = Kdf(memory_kib=8, passes=1, lanes=1)
"""The key derivation is meant to be slow; here it must not hide the rest."""
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PASSPHRASE = "a passphrase of the benchmark"
MATCH = "SELECT rowid FROM search WHERE search MATCH ?"
TYPED = ("c", "cl", "cli", "climate", "climate 42", "sustain", "4711")
WORDS = ("Climate", "Energy", "Sustainable", "Urban", "Digital", "Ethics", "Water", "Mobility")


def issued(number: int) -> bytes:
    """Issue one credential of its own id and title: six badges, two tokens, two EDC in ten."""
    award, issuer = BADGE_AWARD, chalmers()
    make: Callable[..., bytes] = open_badge
    if number % 10 in {3, 7}:
        issuer, make = aachen_tokens(), open_badge_jwt
    if number % 10 in {1, 5}:
        award, issuer, make = EDC_AWARD, berlin(), sealed_edc
    title = f"{WORDS[number % len(WORDS)]} {number}"
    titles = {language: title for language in dict(award.course.title)}
    course = replace(award.course, title=titles)
    return make(
        issuer, replace(award, id=f"urn:uuid:00000000-0000-4000-8000-{number:012}", course=course)
    )


def by_turns(
    ours: Callable[[], object], peer: Callable[[], object], runs: int = RUNS
) -> tuple[float, float]:
    """Return the median seconds of both, called one after the other `runs` times."""
    times = [(median(ours, 1), median(peer, 1)) for _ in range(runs)]
    return statistics.median(t[0] for t in times), statistics.median(t[1] for t in times)


def median(function: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of `runs` calls."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        function()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def say(what: str, ours: float, peer: float, goal: float) -> None:
    """Print one figure."""
    print(
        f"{what}: {ours * 1000:.1f} ms against {peer * 1000:.1f} ms, {ours / peer:.2f} (goal: "
        f"below {goal:g})"
    )
    sys.stdout.flush()


def importing_some(folder: Path, files: Sequence[Path]) -> None:
    """Import of a thousand with verification, against verification alone; the size on disk."""
    trust = TrustStore.empty()
    raws = [file.read_bytes() for file in files]

    def only_verify() -> None:
        for raw in raws:
            credential = formats.read(raw)
            assert credential is not None
            verify(credential, trust, NOW)

    vaults = [
        Vault.create(folder / f"{run}.mikrofolio", PASSPHRASE, kdf=QUICK) for run in range(IMPORTS)
    ]
    waiting = iter(vaults)

    def bring_in() -> None:
        vault = next(waiting)
        wallet = Wallet(vault, trust, lambda: NOW, vault.info().path)
        report = importing.import_files(wallet, files)
        assert len({item.id for item in report.items}) == len(files)

    only_verify()  # warm: contexts are expanded once
    ours, peer = by_turns(bring_in, only_verify, IMPORTS)
    for vault in vaults:
        vault.close()
    say(f"import of {len(files)} with verification", ours, peer, 1.3)
    size = (folder / "0.mikrofolio" / "wallet.db").stat().st_size
    total = sum(map(len, raws))
    print(f"size on disk: {size:,} against {total:,} bytes, {size / total:.2f} (goal: below 1.5)")


def long_list(folder: Path, some: Sequence[Credential]) -> None:
    """Ten thousand credentials: unlock, list, find as one types, import of one more."""
    path = folder / "many.mikrofolio"
    vault = Vault.create(path, PASSPHRASE, kdf=QUICK)
    reports = [verify(one, TrustStore.empty(), NOW) for one in some[:20]]
    with vault.batch():
        for number in range(MANY):
            one = some[number % len(some)]
            copy = replace(one, id=f"urn:benchmark:{number}", raw=one.raw + b" " * (number // SOME))
            vault.add(copy, reports[number % len(reports)], Provenance("benchmark", (), NOW))
    key = vault._opened.key
    vault.close()

    def unlock() -> None:
        """Everything from the passphrase to the open vault and closed again.

        Inside: dump protection, lock file, keys.json and its seal, a key derivation that is quick
        (8 KiB, one pass), the schema's check, the trash, and what closing costs.
        """
        Vault.open(path, PASSPHRASE).close()

    def open_bare() -> None:
        """The file alone, with its key, and closed again."""
        connection = sqlcipher3.connect(str(path / "wallet.db"))
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.close()

    quick = median(lambda: QUICK.derive(PASSPHRASE, bytes(16)))
    ours, peer = by_turns(unlock, open_bare, 3 * RUNS)
    say("unlock and close, without a slow key derivation", ours, peer, 3)
    print(f"  the quick derivation in it: {quick * 1000:.2f} ms")
    vault = Vault.open(path, PASSPHRASE)
    wallet = Wallet(vault, TrustStore.empty(), lambda: NOW, path)
    print(f"list of {MANY}: {median(partial(content.entries, wallet), 5) * 1000:.0f} ms")
    find_and_add(vault, some[0])
    vault.close()


def find_and_add(vault: Vault, one: Credential) -> None:
    """Find as one types, against SQLite's own answer; one credential more."""
    database = vault._database
    turns = []
    for typed in TYPED:
        words = " ".join(f'"{word}"*' for word in typed.split())
        bare = partial(database.rows, MATCH, words)
        turns.append(by_turns(partial(vault.find, typed), bare))
    say("find as you type", sum(t[0] for t in turns), sum(t[1] for t in turns), 2)
    print(f"  the slowest of {len(TYPED)}: {max(t[0] for t in turns) * 1000:.1f} ms")
    report = verify(one, TrustStore.empty(), NOW)
    more = replace(one, id="urn:benchmark:more", raw=one.raw + b" " * 100)
    begin = time.perf_counter()
    vault.add(more, report, Provenance("benchmark", (), NOW))
    print(f"one more: {(time.perf_counter() - begin) * 1000:.1f} ms")


def main() -> int:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = []
        for number in range(SOME):
            files.append(folder / f"{number}.json")
            files[-1].write_bytes(issued(number))
        importing_some(folder, files)
        read = (formats.read(file.read_bytes()) for file in files)
        long_list(folder, [one for one in read if one is not None])
    return 0


if __name__ == "__main__":
    sys.exit(main())
