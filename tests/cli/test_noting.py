"""`note` and `tag` on the command line, and what `list` and `show` say of them."""

from pathlib import Path

import pytest

from tests.issuer import Form, specimen

from .conftest import Run


@pytest.fixture
def badge(vault: Run, tmp_path: Path) -> str:
    file = tmp_path / "badge.json"
    file.write_bytes(specimen(Form.OPEN_BADGE))
    return str(vault("import", "--json", file).json["items"][0]["id"])


def test_a_note_is_written_shown_found_and_removed(vault: Run, badge: str) -> None:
    assert vault("note", badge).err == "There is no note on it.\n"
    assert vault("note", badge, "Ask the study office").status == 0
    assert vault("note", badge).out == "Ask the study office\n"
    assert vault("show", badge, "--json").json["note"] == "Ask the study office"
    assert len(vault("list", "--find", "office study", "--json").json["credentials"]) == 1
    assert vault("note", badge, "", "--json").json == {"id": badge, "note": None}
    assert vault("show", badge, "--json").json["note"] is None


def test_tags_are_given_and_taken(vault: Run, badge: str) -> None:
    ran = vault("tag", badge, "--add", "to send", "--add", "2026", "--json")
    assert ran.json == {"tags": {badge: ["2026", "to send"]}}
    assert vault("tag", badge, "--remove", "2026").out == f"{badge}  to send\n"
    assert vault("list", "--json").json["credentials"][0]["tags"] == ["to send"]


def test_what_is_too_long_or_not_there_is_said_in_words(vault: Run, badge: str) -> None:
    ran = vault("note", badge, "x" * 10_001)
    assert (ran.status, ran.err) == (2, "A note has room for 10,000 characters. Shorten it.\n")
    ran = vault("tag", badge, "--add", "x" * 61)
    assert ran.status == 2
    assert "60 characters" in ran.err
    assert vault("note", "nothing", "x").status == 2
