"""Real credentials through the vault: what is read again is what was read, bit for bit."""

from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import NOW, QUICK, provenance, report
from wallet import formats
from wallet.vault import Vault

SAMPLES = [
    "edc/Sample-MC-Annex1-signed.jsonld",
    "open-badges-3/simple.json",
    "open-badges-3/simple.jwt",
    "clr/simple.json",
]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_stored_credential_is_read_again_as_it_was(tmp_path: Path, name: str) -> None:
    data = needs.shared("samples", *name.split("/")).read_bytes()
    credential = formats.read(data)
    assert credential is not None
    path = tmp_path / "a.mikrofolio"
    vault = Vault.create(path, "word", kdf=QUICK, clock=lambda: NOW)
    entry = vault.add(credential, report(), provenance(name)).id
    vault.close()

    vault = Vault.open(path, "word")

    kept = vault.get(entry)
    assert kept.credential == credential
    assert vault.raw(entry) == credential.raw == data
    assert kept.entry.title == credential.title
    assert (kept.entry.issued, kept.entry.valid_from) == (credential.issued, credential.valid_from)
    vault.close()


def test_the_official_sample_is_found_by_its_outcomes(tmp_path: Path) -> None:
    sample = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
    credential = formats.read(sample.read_bytes())
    assert credential is not None
    vault = Vault.create(tmp_path / "a.mikrofolio", "word", kdf=QUICK, clock=lambda: NOW)
    vault.add(credential, report(), provenance())
    outcome = credential.achievements[0].elements.learning_outcomes[0]
    assert outcome.text is not None

    assert len(vault.entries(outcome.text.best())) == 1
    assert vault.entries("nothing of the kind") == ()
    vault.close()
