"""The person's word on a key: one stands at a time, and taking it back revives no older one."""

from dataclasses import replace
from datetime import timedelta

from tests.issuer import NOW, Defect, Form, specimen
from wallet.actions import importing, trusting
from wallet.actions.wallet import Wallet, entries, show
from wallet.model.keeping import Verdict
from wallet.model.verification import State, standing
from wallet.trust.anchors import TrustStore


def _state(wallet: Wallet, entry: str) -> State:
    return standing(show(wallet, entry).report).state


def test_one_word_stands_for_each_key_and_none_when_it_is_taken_back(
    wallet: Wallet, badge: str
) -> None:
    before = _state(wallet, badge)
    wallet = trusting.decide(wallet, badge, Verdict.ACCEPTED, "their web page")
    later = replace(wallet, clock=lambda: NOW + timedelta(days=1))
    later = trusting.decide(later, badge, Verdict.DISTRUSTED, "")
    assert _state(later, badge) is State.REJECTED_BY_YOU
    known = trusting.known_key(later, show(later, badge).report)
    assert known is not None
    assert known.decision is not None
    assert known.decision.verdict is Verdict.DISTRUSTED
    assert [entry.id for entry in trusting.signed_with(later, known.key)] == [badge]
    later = trusting.remove(later, known.decision.id)
    assert not trusting.trusted(later).decisions
    assert not later.trust.decisions
    assert _state(later, badge) is before


def test_a_proof_that_does_not_hold_shows_no_key(wallet: Wallet) -> None:
    importing.import_bytes(wallet, "b.json", specimen(Form.OPEN_BADGE, Defect.ALTERED_PAYLOAD))
    (entry,) = entries(wallet)
    assert trusting.known_key(wallet, entry.report) is None


def test_without_national_lists_no_seal_can_be_traced(wallet: Wallet) -> None:
    assert not trusting.has_european_lists(replace(wallet, trust=TrustStore.empty()))
