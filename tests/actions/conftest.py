"""A wallet with a badge in it, in a temporary folder, on a clock that stands."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.issuer import NOW, Form, specimen, trust_files
from wallet.actions import importing, unlocking
from wallet.actions.demonstrating import QUICK
from wallet.actions.wallet import Wallet
from wallet.model.keeping import TrustItem


@pytest.fixture
def wallet(tmp_path: Path) -> Iterator[Wallet]:
    """A wallet that trusts the simulator's issuers."""
    opened = unlocking.create(
        tmp_path / "test.mikrofolio", "a passphrase for tests", kdf=QUICK, clock=lambda: NOW
    )
    for number, raw in enumerate(trust_files()):
        opened.vault.put_trust_item(TrustItem(f"t{number}", "test", "test", "test", NOW, raw))
    yield unlocking.with_trust(opened)
    opened.close()


@pytest.fixture
def badge(wallet: Wallet) -> str:
    """The id of a verified badge in it."""
    (item,) = importing.import_bytes(wallet, "badge.json", specimen(Form.OPEN_BADGE))
    assert item.id is not None
    return item.id
