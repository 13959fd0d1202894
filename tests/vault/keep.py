"""Writes the vault of the present schema into tests/data/vaults: `python -m tests.vault.keep`.

Done once for each schema, before it is released; a kept vault is never written again.
"""

from datetime import timedelta
from pathlib import Path

from tests.vault.sketch import NOW, QUICK, provenance, read, report, sketch
from wallet.model.keeping import Confirmation
from wallet.model.presentation import Form, LedgerEntry
from wallet.vault import Vault

VAULTS = Path(__file__).resolve().parents[1] / "data" / "vaults"
SHEETS = VAULTS.with_name("sheets")
"""Their recovery sheets."""


def keep(path: Path) -> None:
    """Make a small vault with one of everything."""
    vault = Vault.create(path, "kept for the tests", kdf=QUICK, clock=lambda: NOW, reader=read)
    credential = sketch(
        titles={"pl": "Żegluga śródlądowa", "en": "Inland navigation"},
        learner="Hanna Żółkiewska",
        issuer="Example University",
        id="urn:uuid:0a6f1f5e-2d52-4f0e-9a53-0d4d0a3a7b11",
        issued="2026-05-04T10:00:00Z",
        ects=["2.5"],
    )
    entry = vault.add(credential, report(), provenance()).id
    vault.set_tags(entry, ["kept"])
    vault.set_note(entry, "Zażółć: ask the study office", NOW)
    vault.confirm(Confirmation(entry, "programme", "item", NOW))
    vault.set_profile("name", "Hanna Żółkiewska")
    vault.set_setting("language", "pl")
    holder = vault.holder_key().did
    week = NOW + timedelta(days=7)
    title = "Inland navigation"
    vault.record(
        LedgerEntry(
            "l1", NOW, Form.ORIGINAL, (title,), (entry,), "Example", week, holder, "0" * 64, 1
        )
    )
    name = f"schema-{vault.info().schema}"
    (SHEETS / f"{name}.sheet").write_text(vault.new_recovery_sheet() + "\n", "ascii")
    vault.close()
    (path / "lock").unlink()
    path.rename(path.with_name(f"{name}.mikrofolio"))


if __name__ == "__main__":
    keep(VAULTS / "new")
