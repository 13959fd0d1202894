"""Keeping: import, list, show, check again, the trash, and the way out."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.issuer import NOW, Defect, Form, specimen
from wallet.actions import importing, unlocking
from wallet.actions import wallet as content
from wallet.actions.unlocking import Strength
from wallet.actions.wallet import Wallet
from wallet.model.keeping import AddResult
from wallet.model.verification import Reason, State, standing


def _state(wallet: Wallet, entry: str) -> State:
    return standing(content.show(wallet, entry).report).state


def test_every_format_goes_in_and_comes_out_bit_for_bit(wallet: Wallet, tmp_path: Path) -> None:
    kinds = (Form.OPEN_BADGE, Form.OPEN_BADGE_JWT, Form.SEALED_EDC)
    for kind in kinds:
        issued = specimen(kind)
        (item,) = importing.import_bytes(wallet, kind.value, issued)
        assert item.result is AddResult.IMPORTED
        assert item.id is not None
        (path,) = content.export(wallet, [item.id], tmp_path / kind.value)
        assert path.read_bytes() == issued
    assert len(content.entries(wallet)) == len(kinds)


def test_a_broken_seal_is_imported_with_its_state(wallet: Wallet) -> None:
    (item,) = importing.import_bytes(
        wallet, "altered", specimen(Form.OPEN_BADGE, Defect.ALTERED_PAYLOAD)
    )
    assert item.result is AddResult.IMPORTED
    assert item.id is not None
    assert _state(wallet, item.id) is State.SIGNATURE_NOT_VALID


def test_a_presentation_is_nobodys_credential_to_keep(wallet: Wallet) -> None:
    (item,) = importing.import_bytes(wallet, "shown", specimen(Form.PRESENTATION))
    assert item.result is AddResult.REFUSED
    assert content.entries(wallet) == ()


def test_validity_is_shown_as_of_now(wallet: Wallet) -> None:
    (item,) = importing.import_bytes(wallet, "one", specimen(Form.SEALED_EDC))
    assert item.id is not None
    before = replace(wallet, clock=lambda: NOW - timedelta(days=3650))
    assert _state(wallet, item.id) is State.VERIFIED
    assert _state(before, item.id) is State.NOT_YET_VALID


def test_checking_again_uses_the_trust_of_now_and_is_kept(wallet: Wallet, badge: str) -> None:
    assert _state(wallet, badge) is State.VERIFIED
    for item in wallet.vault.trust_items():
        wallet.vault.remove_trust_item(item.id)
    knows_nobody = unlocking.with_trust(wallet)
    report = content.check_again(knows_nobody, badge)
    assert report.checks[2].reason is Reason.ISSUER_UNKNOWN
    assert _state(knows_nobody, badge) is State.UNCHANGED_ISSUER_NOT_CONFIRMED


def test_the_trash_gives_back(wallet: Wallet, badge: str) -> None:
    content.delete(wallet, badge)
    assert content.entries(wallet) == ()
    assert [entry.id for entry in content.entries(wallet, deleted=True)] == [badge]
    content.restore(wallet, badge)
    assert [entry.id for entry in content.entries(wallet)] == [badge]


@pytest.mark.parametrize(
    ("passphrase", "strength"),
    [
        ("", Strength.WEAK),
        ("password", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("Password123!", Strength.WEAK),
        ("kolej-morze1", Strength.WEAK),
        ("kołdra kołdra kołdra kołdra", Strength.WEAK),
        ("kolej morze wiosło", Strength.FAIR),
        ("żaba kołdra wiosło pięść", Strength.GOOD),
        ("x7#Qm2$vL9!e", Strength.GOOD),
    ],
)
def test_strength_of_a_passphrase(passphrase: str, strength: Strength) -> None:
    assert unlocking.strength(passphrase) is strength
