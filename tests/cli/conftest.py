"""Running a command in this process, with a vault of its own."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from wallet.actions import unlocking
from wallet.cli.main import main
from wallet.vault import Kdf

PASSPHRASE = "correct horse battery staple"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object on standard output."""
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs `mikrofolio ARGUMENTS` against a vault in a temporary folder."""
    secret = tmp_path / "passphrase"
    secret.write_text(PASSPHRASE + "\n", "utf-8")
    monkeypatch.setenv("MIKROFOLIO_PASSPHRASE_FILE", str(secret))
    monkeypatch.setenv("MIKROFOLIO_VAULT", str(tmp_path / "test.mikrofolio"))

    def call(*arguments: object) -> Ran:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Ran(status, printed.out, printed.err)

    return call


@pytest.fixture
def vault(run: Run, tmp_path: Path) -> Run:
    """The same, with a vault made, whose passphrase costs no second at every command."""
    unlocking.create(tmp_path / "test.mikrofolio", PASSPHRASE, kdf=Kdf.least()).close()
    return run
