"""A credential looked at: its bytes as text, an older version, where it counts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.issuer import BADGE_AWARD, NOW, Form, issuer_of, specimen
from tests.issuer.badges import open_badge
from wallet.actions import importing, looking
from wallet.actions import wallet as content
from wallet.actions.demonstrating import open_demonstration
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound
from wallet.model.verification import State, standing


def test_raw_text_is_what_was_issued_and_is_set_out_beside(wallet: Wallet, badge: str) -> None:
    found = looking.raw(wallet, badge)
    issued = specimen(Form.OPEN_BADGE)
    assert found.text.encode() == issued == wallet.vault.raw(badge)
    assert (found.size, found.cut) == (len(issued), False)
    assert json.loads(found.laid_out) == json.loads(issued)
    assert found.laid_out.count("\n") > 20


@pytest.mark.parametrize("form", list(Form))
def test_every_format_has_a_text(wallet: Wallet, form: Form) -> None:
    for item in importing.import_bytes(wallet, "file", specimen(form)):
        if item.id is not None:
            found = looking.raw(wallet, item.id)
            assert found.text
            assert not found.laid_out or json.loads(found.laid_out)
            assert bool(found.laid_out) != found.text.lstrip().startswith("<")


def test_a_large_file_is_shown_up_to_a_limit(
    wallet: Wallet, badge: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MAX_SHOWN", 100)
    found = looking.raw(wallet, badge)
    assert (len(found.text), len(found.laid_out), found.cut) == (100, 100, True)
    assert found.size == len(specimen(Form.OPEN_BADGE))


def test_an_older_version_has_its_own_verdict_and_words(wallet: Wallet, badge: str) -> None:
    course = replace(BADGE_AWARD.course, title={"en": "Newer words"})
    newer = replace(BADGE_AWARD, course=course, issued=NOW)
    (item,) = importing.import_bytes(
        wallet, "newer.json", open_badge(issuer_of(Form.OPEN_BADGE), newer)
    )
    assert item.id == badge
    kept = wallet.vault.get(badge)
    assert [version.shown for version in kept.versions] == [False, True]

    older = looking.version(wallet, badge, kept.versions[0].sha256)

    assert older.credential.raw == specimen(Form.OPEN_BADGE)
    assert older.credential.title != kept.credential.title
    assert standing(older.report).state is State.VERIFIED
    with pytest.raises(NotFound):
        looking.version(wallet, badge, "0" * 64)


def test_where_it_counts_is_said_in_the_programmes_words(tmp_path: Path) -> None:
    wallet = open_demonstration(tmp_path / "demonstration.mikrofolio")
    found = {one.id: looking.counts_in(wallet, one.id) for one in content.entries(wallet)}
    counted = [place for places in found.values() for place in places]
    assert counted
    for place in counted:
        assert place.award.best()
        assert place.requirement is not None
    assert () in found.values()
    wallet.close()
