"""A note and tags beside a credential: written, found, taken back, and bounded."""

from datetime import timedelta

import pytest

from tests.issuer import NOW, Form, specimen
from wallet.actions import importing, noting
from wallet.actions import wallet as content
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, UsageError
from wallet.model.keeping import Note


@pytest.fixture
def seal(wallet: Wallet) -> str:
    (item,) = importing.import_bytes(wallet, "seal.json", specimen(Form.SEALED_EDC))
    assert item.id is not None
    return item.id


def test_a_note_is_dated_replaced_and_removed(wallet: Wallet, badge: str) -> None:
    assert noting.set_note(wallet, badge, "  Ask about\nthe grade ") == ""
    assert content.show(wallet, badge).kept.note == Note("Ask about\nthe grade", NOW)
    assert noting.set_note(wallet, badge, "Done") == "Ask about\nthe grade"
    assert noting.set_note(wallet, badge, " \n ") == "Done"
    assert content.show(wallet, badge).kept.note is None


def test_a_note_is_found_together_with_what_is_stated(
    wallet: Wallet, badge: str, seal: str
) -> None:
    title = content.show(wallet, badge).kept.entry.title
    assert title is not None
    word = title.best().split()[0]
    noting.set_note(wallet, badge, "Żółta teczka, 2. półka")
    noting.set_note(wallet, seal, "Zolty")

    assert wallet.vault.find("zolt teczk") == (badge,)
    assert set(wallet.vault.find("zol")) == {badge, seal}
    assert wallet.vault.find(f"{word} polka") == (badge,)
    assert wallet.vault.find("ołta") == ()
    assert [one.id for one in content.entries(wallet, "teczka")] == [badge]

    content.delete(wallet, badge)
    assert wallet.vault.find("teczka") == ()
    assert content.entries(wallet, "teczka") == ()
    assert [one.id for one in content.entries(wallet, "teczka", deleted=True)] == [badge]
    wallet.vault.erase_deleted_before(NOW + timedelta(days=1))
    assert content.entries(wallet, "teczka", deleted=True) == ()


def test_tags_go_on_several_at_once_and_come_off_again(
    wallet: Wallet, badge: str, seal: str
) -> None:
    noting.change_tags(wallet, (badge,), add=("to send",))
    before = noting.change_tags(
        wallet, (badge, seal), add=(" for  Ann ", "to send", " "), remove=("gone",)
    )
    assert before == {badge: ("to send",), seal: ()}
    assert noting.tags_in_use(wallet) == ("for Ann", "to send")
    noting.change_tags(wallet, (badge, seal), remove=("to send",))
    assert noting.tags_of(wallet, (badge, seal)) == {badge: ("for Ann",), seal: ("for Ann",)}
    noting.put_tags(wallet, before)
    assert noting.tags_of(wallet, (badge, seal)) == before


def test_what_is_too_long_changes_nothing(wallet: Wallet, badge: str) -> None:
    noting.set_note(wallet, badge, "x" * noting.MAX_NOTE)
    with pytest.raises(UsageError):
        noting.set_note(wallet, badge, "x" * (noting.MAX_NOTE + 1))
    with pytest.raises(UsageError):
        noting.change_tags(wallet, (badge,), add=("x" * (noting.MAX_TAG + 1),))
    with pytest.raises(UsageError):
        noting.change_tags(wallet, (badge,), add=(str(n) for n in range(noting.MAX_TAGS + 1)))
    assert noting.tags_of(wallet, (badge,)) == {badge: ()}
    assert len(noting.note(wallet, badge)) == noting.MAX_NOTE


def test_a_merged_note_above_the_limit_can_be_shortened(wallet: Wallet, badge: str) -> None:
    wallet.vault.set_note(badge, "x" * (noting.MAX_NOTE + 9), NOW)
    noting.set_note(wallet, badge, "x" * (noting.MAX_NOTE + 8))
    with pytest.raises(UsageError):
        noting.set_note(wallet, badge, "x" * (noting.MAX_NOTE + 10))


def test_what_is_not_there_is_not_tagged_and_neither_is_the_rest(
    wallet: Wallet, badge: str
) -> None:
    with pytest.raises(NotFound):
        noting.change_tags(wallet, (badge, "nothing"), add=("x",))
    with pytest.raises(NotFound):
        noting.set_note(wallet, "nothing", "x")
    assert noting.tags_in_use(wallet) == ()
