"""A command pays for what its files are, not for all that the program knows."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.issuer import Form, specimen

SAID = "import sys, atexit; atexit.register(lambda: print(*sys.modules, file=sys.stderr))"
RUN = f"{SAID}; from wallet.__main__ import main; sys.exit(main())"
OTHERS = {
    "asyncio", "multiprocessing", "ssl", "email", "lxml.etree", "asn1crypto",
    "pyhanko_certvalidator",
    "sqlcipher3", "keyring", "PIL", "PySide6", "cryptography.x509",
    "wallet.actions.wallet", "wallet.cli.shapes", "wallet.model.keeping",
    "wallet.model.programme", "wallet.vault",
    "wallet.carriers.png", "wallet.carriers.svg", "wallet.intake.archive", "wallet.intake.mail",
    "wallet.formats.edci_xml", "wallet.formats.open_badge_2", "wallet.formats.sd_jwt_vc",
    "wallet.proofs.ecdsa_sd", "wallet.proofs.jades", "wallet.proofs.sd_jwt", "wallet.proofs.xades",
    "wallet.trust.adding", "wallet.trust.certified", "wallet.trust.trusted_list",
}  # fmt: skip
"""What one badge has nothing to do with."""


def loaded(*arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", RUN, *arguments], check=False, capture_output=True, text=True
    )
    assert done.returncode in {0, 3}, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("form", [Form.OPEN_BADGE, Form.OPEN_BADGE_JWT])
def test_one_badge_loads_its_own_format_alone(form: Form, tmp_path: Path) -> None:
    badge = tmp_path / "badge"
    badge.write_bytes(specimen(form))
    modules = loaded("verify", str(badge))
    assert "wallet.formats.open_badge" in modules
    assert modules.isdisjoint(OTHERS), sorted(modules & OTHERS)


def test_a_seal_loads_what_a_seal_needs_and_no_json_ld(tmp_path: Path) -> None:
    sealed = tmp_path / "credential.jsonld"
    sealed.write_bytes(specimen(Form.SEALED_EDC))
    modules = loaded("verify", str(sealed))
    assert "wallet.trust.certified" in modules
    assert not [name for name in modules if name.partition(".")[0] in {"pyld", "sqlcipher3"}]


def test_the_version_loads_no_format() -> None:
    assert not [name for name in loaded("--version") if name.startswith("wallet.formats")]
