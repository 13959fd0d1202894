"""Backups as actions: what is brought back is judged by the trust of now."""

from pathlib import Path

import pytest

from tests.issuer import NOW
from wallet.actions import backing_up, trusting, unlocking
from wallet.actions import wallet as content
from wallet.actions.backing_up import Secret
from wallet.actions.demonstrating import QUICK, demonstration
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, VaultDamaged, WrongPassphrase
from wallet.model.keeping import Verdict
from wallet.model.verification import State, standing

WORD = "a passphrase for tests"


def _state(wallet: Wallet) -> State:
    (entry,) = content.entries(wallet)
    return standing(entry.report).state


def test_a_wallet_keeps_daily_backups_by_itself(wallet: Wallet, badge: str) -> None:
    assert badge
    (found,) = backing_up.found(wallet)
    assert found.made_at == NOW
    assert unlocking.info(wallet).last_backup == NOW
    assert backing_up.problem(wallet) is None


def test_what_is_brought_back_is_judged_by_the_trust_of_now(wallet: Wallet, badge: str) -> None:
    verified = backing_up.make(wallet).path
    assert _state(wallet) is State.VERIFIED
    for item in wallet.vault.trust_items():
        wallet.vault.remove_trust_item(item.id)
    wallet = trusting.judged_again(wallet)
    assert _state(wallet) is not State.VERIFIED

    wallet, merged = backing_up.merge(wallet, verified)

    assert (merged.entries, merged.already_here) == (0, 1)
    assert merged.trust_items > 0
    assert _state(wallet) is State.VERIFIED
    wallet = trusting.decide(wallet, badge, Verdict.DISTRUSTED, "")
    assert _state(wallet) is State.REJECTED_BY_YOU
    wallet, made = backing_up.replace(wallet, verified)
    assert _state(wallet) is State.VERIFIED
    wallet, _ = backing_up.merge(wallet, made.path)
    assert _state(wallet) is State.REJECTED_BY_YOU


def test_a_damaged_wallet_is_brought_back_from_its_newest_good_backup(
    wallet: Wallet, badge: str
) -> None:
    wallet.close()
    path = wallet.path
    (path / "wallet.db").write_bytes(b"x" * 8192)
    with pytest.raises(VaultDamaged):
        unlocking.unlock(path, WORD)
    best = backing_up.newest_good(path)
    assert best is not None

    with pytest.raises(WrongPassphrase):
        backing_up.restore_damaged(path, None, Secret("wrong"))
    brought, moved = backing_up.restore_damaged(path, None, Secret(WORD), lambda: NOW)

    assert brought == best.path
    assert [one.read_bytes() for one in moved] == [b"x" * 8192]
    again = unlocking.unlock(path, WORD, lambda: NOW)
    assert [entry.id for entry in content.entries(again)] == [badge]
    again.close()


def test_without_any_backup_nothing_is_touched(tmp_path: Path) -> None:
    unlocking.create(tmp_path / "a.mikrofolio", WORD, kdf=QUICK).close()
    with pytest.raises(NotFound):
        backing_up.restore_damaged(tmp_path / "a.mikrofolio", None, Secret(WORD))


def test_the_demonstration_makes_no_backups() -> None:
    with demonstration() as example:
        assert not (example.path / "backups").exists()
