"""Showing: what comes out, what the ledger says, and what cannot be shown."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.issuer import AUDIENCE, NONCE, NOW, specimen
from tests.issuer import Form as Issued
from wallet.actions import importing, presenting, verifying
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.errors import DoesNotFit, NotFound, NotWritable, UsageError
from wallet.model.presentation import Form, PresentationRequest
from wallet.model.verification import CheckName, Outcome, Reason


def _request(*ids: str, form: Form = Form.PRESENTATION) -> PresentationRequest:
    return PresentationRequest(ids, form, AUDIENCE, NONCE, NOW + timedelta(days=7))


def test_a_presentation_is_checked_by_the_other_side(wallet: Wallet, badge: str) -> None:
    made = presenting.present(wallet, _request(badge))
    checked = verifying.examine_bytes("shown.json", made.content, wallet.trust, NOW)
    outer, inner = (item.report for item in checked.items)
    assert outer.check(CheckName.PROOF).outcome is Outcome.PASSED
    assert outer.check(CheckName.HOLDER).reason is Reason.HOLDER_UNCONFIRMED
    assert inner.check(CheckName.ISSUER).outcome is Outcome.PASSED


def test_it_ends_when_it_was_said_to_end(wallet: Wallet, badge: str) -> None:
    made = presenting.present(wallet, _request(badge))
    later = NOW + timedelta(days=8)
    checked = verifying.examine_bytes("shown.json", made.content, wallet.trust, later)
    holder = checked.items[0].report.check(CheckName.HOLDER)
    assert holder.reason is Reason.PRESENTATION_EXPIRED


def test_the_ledger_tells_what_was_shown_and_survives_deletion(wallet: Wallet, badge: str) -> None:
    made = presenting.present(wallet, _request(badge))
    content.delete(wallet, badge)
    (line,) = content.ledger(wallet)
    assert (line.id, line.sha256, line.audience) == (made.ledger_id, made.sha256, AUDIENCE)
    assert line.titles == made.disclosed


def test_what_could_not_be_handed_over_was_not_shown(
    wallet: Wallet, badge: str, tmp_path: Path
) -> None:
    with pytest.raises(NotWritable):
        presenting.present(
            wallet,
            _request(badge),
            lambda made: presenting.save(made.content, tmp_path / "nowhere" / "shown.json"),
        )
    assert content.ledger(wallet) == ()


def test_a_code_is_made_where_it_fits_and_refused_with_sizes_where_not(
    wallet: Wallet, badge: str
) -> None:
    made = presenting.present(wallet, _request(badge, form=Form.QR))
    assert made.code is not None
    sealed = importing.import_bytes(wallet, "seal", specimen(Issued.SEALED_EDC))[0].id
    assert sealed is not None
    with pytest.raises(DoesNotFit) as raised:
        presenting.present(wallet, _request(sealed, form=Form.QR))
    assert int(raised.value.facts["size"]) > int(raised.value.facts["capacity"])
    assert len(content.ledger(wallet)) == 1


@pytest.mark.parametrize("kind", [Issued.OPEN_BADGE, Issued.OPEN_BADGE_JWT, Issued.SEALED_EDC])
def test_an_original_is_the_bytes_as_issued(wallet: Wallet, kind: Issued) -> None:
    issued = specimen(kind)
    entry = importing.import_bytes(wallet, "one", issued)[0].id
    assert entry is not None
    made = presenting.present(wallet, _request(entry, form=Form.ORIGINAL))
    assert made.content == issued
    assert made.holder is None


def test_what_makes_no_sense_is_refused(wallet: Wallet, badge: str) -> None:
    other = importing.import_bytes(wallet, "seal", specimen(Issued.SEALED_EDC))[0].id
    assert other is not None
    with pytest.raises(UsageError):
        presenting.present(wallet, _request())
    with pytest.raises(UsageError):
        presenting.present(wallet, _request(badge, other, form=Form.ORIGINAL))
    with pytest.raises(UsageError):
        presenting.present(wallet, replace(_request(badge), expires=NOW - timedelta(days=1)))
    with pytest.raises(NotFound):
        presenting.present(wallet, _request("nothing"))
    assert content.ledger(wallet) == ()
