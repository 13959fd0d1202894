"""The demonstration wallet: example credentials, their own trust data, and a clock that stands."""

import json
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from wallet.actions.importing import import_files
from wallet.actions.progress import progress
from wallet.actions.unlocking import with_trust
from wallet.actions.wallet import Wallet, entries
from wallet.model.credential import Format, JsonObject
from wallet.model.keeping import Entry, TrustItem
from wallet.model.programme import Assessment
from wallet.model.verification import State, standing
from wallet.resources import resource
from wallet.trust.anchors import TrustStore
from wallet.vault.kdf import Kdf
from wallet.vault.vault import Vault

CLIMATE_ACTION = "urn:mc-programme:enhance:climate-action"

QUICK = Kdf(memory_kib=64, passes=1, lanes=1)
"""Its passphrase is 256 random bits that nobody keeps: there is nothing to slow down."""


def open_demonstration(folder: Path) -> Wallet:
    """Make the demonstration wallet in `folder`, which must not exist, and return it unlocked.

    Its passphrase is random and forgotten: the wallet lives as long as it is open.
    """
    story = _story()
    at = datetime.fromisoformat(story["clock"])
    vault = Vault.create(folder, secrets.token_urlsafe(), kdf=QUICK, clock=lambda: at)
    for name in story["trust"]:
        raw = resource("demonstration", name).read_bytes()
        vault.put_trust_item(TrustItem(name, "demonstration", name, name, at, raw))
    wallet = with_trust(
        Wallet(vault, TrustStore.empty(), clock=lambda: at, path=folder, demonstration=True)
    )
    import_files(wallet, [resource("demonstration", name) for name in story["credentials"]])
    return wallet


@contextmanager
def demonstration() -> Iterator[Wallet]:
    """Open the demonstration wallet in a temporary folder, and take both away afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="mikrofolio-demonstration-"))
    try:
        wallet = open_demonstration(folder / "example.mikrofolio")
        try:
            yield wallet
        finally:
            wallet.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def tour_mail() -> Path:
    """Return the mail that the tour brings in."""
    return resource("demonstration", _story()["mail"])


def climate_action(wallet: Wallet) -> tuple[Assessment, ...]:
    """Return the assessment that the tour talks about."""
    return progress(wallet, CLIMATE_ACTION)


def badge_for_a_code(wallet: Wallet) -> Entry:
    """Return the smallest verified badge: the one that makes the most readable QR code."""
    verified = [
        entry
        for entry in entries(wallet)
        if entry.format is Format.OPEN_BADGE_3 and standing(entry.report).state is State.VERIFIED
    ]
    return min(verified, key=lambda entry: len(wallet.vault.raw(entry.id)))


def _story() -> JsonObject:
    """Read what belongs to the demonstration, and its clock."""
    story: JsonObject = json.loads(
        resource("demonstration", "demonstration.json").read_text("utf-8")
    )
    return story
