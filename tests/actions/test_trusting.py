"""Trust in the vault: lists kept distilled, and the wallet's own import as a proof of existence."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import needs
from wallet.actions import importing, trusting, unlocking
from wallet.actions import wallet as content
from wallet.actions.demonstrating import QUICK
from wallet.model.verification import Outcome, Reason

IN_FORCE = datetime(2023, 9, 28, tzinfo=UTC)
"""The day after the sample was sealed; its certificate expired on 10 May 2025."""
TODAY = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.mark.parametrize(
    ("imported", "reason"),
    [(IN_FORCE, Reason.EU_TRUSTED_LIST), (TODAY, Reason.OUT_OF_BOUNDS_NO_POE)],
)
def test_an_import_while_the_certificate_was_valid_proves_the_seal_for_its_owner(
    tmp_path: Path, imported: datetime, reason: Reason
) -> None:
    clock = [imported]
    wallet = unlocking.create(
        tmp_path / "test.mikrofolio", "a passphrase for tests", kdf=QUICK, clock=lambda: clock[0]
    )
    try:
        sample = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
        (item,) = importing.import_one(wallet, sample)
        assert item.id is not None
        clock[0] = TODAY
        for name in ("eu-lotl-seq388.xml", "es-tl-seq187.xml"):
            wallet, _ = trusting.add(wallet, needs.shared("samples", "trusted-lists", name))
        issuer = content.show(wallet, item.id).report.checks[2]
        assert issuer.reason is reason
        assert (issuer.outcome is Outcome.PASSED) == (imported is IN_FORCE)
        assert all(len(one.raw) < 2_000_000 for one in wallet.vault.trust_items())
    finally:
        wallet.close()
