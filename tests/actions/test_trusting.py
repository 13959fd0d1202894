"""Trust in the vault: lists kept distilled, and the wallet's own import as a proof of existence."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from tests import needs
from tests.issuer import NOW, Form, issuer_of, issuer_registry, status_list
from tests.trust import certifying, europe
from wallet.actions import importing, trusting, unlocking
from wallet.actions import wallet as content
from wallet.actions.demonstrating import QUICK
from wallet.actions.trusting import BundledLists
from wallet.actions.wallet import Wallet
from wallet.errors import NoTrustData, UsageError
from wallet.model.verification import Outcome, Reason
from wallet.trust import snapshot
from wallet.trust.anchors import TrustStore
from wallet.trust.lists import TrustedLists

LISTS = ("eu-lotl-seq388.xml", "es-tl-seq187.xml")
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
        assert not trusting.has_european_lists(wallet)
        for name in LISTS:
            wallet, _ = trusting.add(wallet, needs.shared("samples", "trusted-lists", name))
        assert trusting.has_european_lists(wallet)
        issuer = content.show(wallet, item.id).report.checks[2]
        assert issuer.reason is reason
        assert (issuer.outcome is Outcome.PASSED) == (imported is IN_FORCE)
        assert all(len(one.raw) < 2_000_000 for one in wallet.vault.trust_items())
    finally:
        wallet.close()


@pytest.fixture
def bundling(wallet: Wallet, tmp_path: Path) -> Wallet:
    """The same wallet in a program that came with lists, ten days ago."""
    lists = TrustedLists()
    for name in LISTS:
        raw = needs.shared("samples", "trusted-lists", name).read_bytes()
        lists = lists.with_file(raw, name, NOW)
    place = tmp_path / "european-lists.bin"
    place.write_bytes(snapshot.to_bytes(lists, "a packager", NOW - timedelta(days=10)))
    return replace(wallet, trust=replace(wallet.trust, bundled=place))


def test_bundled_lists_are_named_with_their_age(wallet: Wallet, bundling: Wallet) -> None:
    assert trusting.trusted(wallet).bundled is None
    found = trusting.trusted(bundling).bundled
    assert found == BundledLists("a packager", NOW - timedelta(days=10), 10, ("ES", "EU"))
    assert trusting.has_european_lists(bundling)
    assert not trusting.has_european_lists(wallet)
    early = replace(bundling, clock=lambda: NOW - timedelta(days=30))
    found = trusting.trusted(early).bundled
    assert found is not None
    assert found.age == 0


def test_a_list_of_the_same_edition_takes_the_bundled_ones_place(bundling: Wallet) -> None:
    spain = needs.shared("samples", "trusted-lists", "es-tl-seq187.xml")
    _, item = trusting.add(bundling, spain)
    assert (item.id, item.source) == ("list-ES", spain.name)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (issuer_registry([issuer_of(Form.OPEN_BADGE)]), "registry"),
        (status_list(issuer_of(Form.OPEN_BADGE)), "status-list"),
        (certifying.pem(certifying.certificate("Root", "Root", ca=True)), "certificate"),
    ],
)
def test_a_file_is_kept_as_what_it_adds(
    wallet: Wallet, tmp_path: Path, raw: bytes, kind: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(raw)
    for _ in range(2):  # the second time it is here already
        wallet, item = trusting.add(wallet, file)
        assert (item.kind, item.raw) == (kind, raw)
    file.write_bytes(b"nothing of the kind")
    with pytest.raises(NoTrustData):
        trusting.add(wallet, file)


def test_an_older_list_is_refused(bundling: Wallet, tmp_path: Path) -> None:
    file = tmp_path / "es.xml"
    wallet = replace(
        bundling,
        trust=TrustStore.empty().with_file(
            certifying.der(x509.load_der_x509_certificate(europe.authority(europe.OPERATOR))),
            "operator.der",
            NOW,
        ),
    )
    file.write_bytes(europe.national(sequence=8))
    newer = wallet.trust.with_file(file.read_bytes(), "es.xml", NOW)
    file.write_bytes(europe.national(sequence=7))
    with pytest.raises(UsageError) as refused:
        trusting.add(replace(wallet, trust=newer), file)
    assert refused.value.facts["detail"] == "list_is_older"
