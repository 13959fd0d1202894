"""`mikrofolio self-test` finds a whole installation whole, and a broken one broken."""

import pytest

from tests.cli.conftest import Run
from wallet.actions import self_testing


def test_this_installation_works(run: Run) -> None:
    ran = run("self-test", "--json")
    parts = {part["name"]: part for part in ran.json["parts"]}
    assert ran.status == 0
    assert parts["vault, signatures and progress"]["works"] is True
    assert parts["QR code, both ways"]["works"] is True
    assert parts["window"]["works"] is True
    assert len(parts) == 4


def test_a_window_that_does_not_start_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_testing, "QT_PROBE", "import no_such_module")
    ran = run("self-test")
    assert ran.status == 1
    assert "window does NOT work" in ran.out
