"""A closed vault that every test here can take."""

from pathlib import Path

import pytest

from tests.vault.sketch import make, provenance, report, sketch


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault with one credential and one tag."""
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    vault.set_tags(vault.add(sketch(title="One"), report(), provenance()).id, ["x"])
    vault.close()
    return path
