"""What the vault keeps beside credentials: notes, holder keys, the ledger, the profile, trust."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.vault.sketch import NOW, make, provenance, reopen, report, sketch
from wallet.errors import NotFound
from wallet.model.keeping import Confirmation, TrustDecision, TrustItem, Verdict
from wallet.model.presentation import Form, LedgerEntry
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.vault import Vault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new.mikrofolio"


@pytest.fixture
def vault(path: Path) -> Vault:
    return make(path)


@pytest.fixture
def entry(vault: Vault) -> str:
    return vault.add(sketch(title="One"), report(), provenance()).id


def again(vault: Vault, path: Path) -> Vault:
    vault.close()
    return reopen(path)


def line(number: int, entry: str = "gone") -> LedgerEntry:
    return LedgerEntry(
        id=f"shown-{number}",
        made_at=NOW + timedelta(minutes=number),
        form=Form.PRESENTATION,
        titles=("Żeglarstwo",),
        credential_ids=(entry,),
        audience="Example Ltd.",
        expires=NOW + timedelta(days=7),
        holder="did:key:z6Mk",
        sha256="0" * 64,
        size=1234,
    )


def test_tags_are_a_set_of_words(vault: Vault, path: Path, entry: str) -> None:
    vault.set_tags(entry, ["praca", " dom ", "", "praca"])
    vault = again(vault, path)

    assert vault.entries()[0].tags == ("dom", "praca")
    assert vault.tags() == ("dom", "praca")
    vault.set_tags(entry, [])
    assert vault.tags() == ()
    with pytest.raises(NotFound):
        vault.set_tags("nothing", ["x"])


def test_confirmations_are_given_and_taken_back(vault: Vault, path: Path, entry: str) -> None:
    first = Confirmation(entry, "enhance", "course-1", NOW)
    second = Confirmation(entry, "enhance", "course-2", NOW + timedelta(minutes=1))
    vault.confirm(second)
    vault.confirm(first)
    vault.confirm(first)
    vault = again(vault, path)

    assert vault.confirmations() == (first, second)
    assert vault.unconfirm(entry, "enhance", "course-2")
    assert not vault.unconfirm(entry, "enhance", "course-2")
    vault.delete(entry, NOW)
    assert vault.confirmations() == ()
    vault.restore(entry)
    assert vault.confirmations() == (first,)
    with pytest.raises(NotFound):
        vault.confirm(Confirmation("nothing", "enhance", "course-1", NOW))


@pytest.mark.parametrize("kind", ["Ed25519", "P-256"])
def test_a_holder_key_is_made_once_and_names_itself(vault: Vault, path: Path, kind: str) -> None:
    key = vault.holder_key(kind)
    vault = again(vault, path)

    assert vault.holder_key(kind) == key
    assert vault.holder_keys() == (key,)
    assert key.created_at == NOW
    private = PrivateKey.from_bytes(KeyKind(kind), key.private)
    assert private.public.did_key() == key.did
    assert key.private.hex() not in repr(key)
    assert repr(key.private) not in repr(key)


def test_a_retired_key_stays_and_another_one_signs(vault: Vault, path: Path) -> None:
    first = vault.new_holder_key("P-256", "For one school")
    assert vault.holder_key("P-256") == first
    vault.name_holder_key(first.did, "For another")
    vault.retire_holder_key(first.did, NOW)
    vault.retire_holder_key(first.did, NOW + timedelta(days=1))  # keeps its date
    vault = again(vault, path)

    second = vault.holder_key("P-256")

    assert second.did != first.did
    assert vault.holder_key("P-256") == second
    kept = {key.did: key for key in vault.holder_keys()}
    assert kept[first.did] == replace(first, name="For another", retired_at=NOW)
    with pytest.raises(NotFound):
        vault.name_holder_key("did:key:z", "x")
    with pytest.raises(NotFound):
        vault.retire_holder_key("did:key:z", NOW)


def test_the_key_made_last_signs(vault: Vault) -> None:
    for _ in range(6):
        made = vault.new_holder_key()
        assert vault.holder_key() == made


def test_there_is_no_holder_key_of_another_kind(vault: Vault) -> None:
    with pytest.raises(ValueError, match="RSA"):
        vault.holder_key("RSA")
    assert vault.holder_keys() == ()


def test_the_ledger_survives_the_credential(vault: Vault, path: Path, entry: str) -> None:
    vault.record(line(1, entry))
    vault.record(line(2, entry))
    vault.delete(entry, NOW - timedelta(days=1))
    vault.erase_deleted_before(NOW + timedelta(days=1))
    vault = again(vault, path)

    assert vault.entries(deleted=True) == ()
    assert vault.ledger() == (line(2, entry), line(1, entry))


def test_profile_and_settings_are_apart(vault: Vault, path: Path) -> None:
    vault.set_profile("name", "Hanna Żółkiewska")
    vault.set_profile("university", "PW")
    vault.set_profile("university", None)
    vault.set_setting("language", "pl")
    vault.set_setting("language", "en")
    vault = again(vault, path)

    assert vault.profile() == {"name": "Hanna Żółkiewska"}
    assert vault.settings() == {"language": "en"}


def test_trust_data_keep_their_bytes_source_and_date(vault: Vault, path: Path) -> None:
    item = TrustItem("tl-es", "trusted-list", "España", "es.xml", NOW, b"\x00<xml/>")
    vault.put_trust_item(item)
    vault = again(vault, path)

    assert vault.trust_items() == (item,)
    vault.remove_trust_item("tl-es")
    assert vault.trust_items() == ()
    with pytest.raises(NotFound):
        vault.remove_trust_item("tl-es")


def test_decisions_can_be_taken_back_and_stay_readable(vault: Vault, path: Path) -> None:
    decision = TrustDecision("d1", "thumb", Verdict.ACCEPTED, "a call", NOW)
    vault.decide(decision)
    vault = again(vault, path)

    assert vault.trust_decisions() == (decision,)
    vault.withdraw_decision("d1", NOW)
    assert vault.trust_decisions()[0].withdrawn_at == NOW
    with pytest.raises(NotFound):
        vault.withdraw_decision("d1", NOW)


def test_times_without_a_zone_are_a_mistake_of_the_caller(vault: Vault, entry: str) -> None:
    with pytest.raises(ValueError, match="zone"):
        vault.delete(entry, NOW.replace(tzinfo=None))
