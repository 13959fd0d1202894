"""Backups on the command line: by themselves, asked for, brought back; leaving with everything."""

import json
from pathlib import Path

import pytest

from tests import needs
from tests.cli.conftest import Run


def _sample() -> Path:
    return needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")


def _badge() -> Path:
    return needs.shared("samples", "open-badges-3", "vc.getVCv2.json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The vault's folder of backups."""
    return tmp_path / "test.mikrofolio" / "backups"


def _damage(tmp_path: Path) -> bytes:
    database = tmp_path / "test.mikrofolio" / "wallet.db"
    data = b"x" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(data)
    return data


def test_an_import_makes_the_backup_of_the_day(vault: Run, folder: Path) -> None:
    assert vault("vault", "info", "--json").json["last_backup"] is None
    vault("import", _sample())
    (one,) = vault("vault", "backups", "--json").json["backups"]
    assert (one["kind"], one["credentials"], one["state"]) == ("daily", 1, "good")
    assert Path(one["path"]).parent == folder
    assert vault("vault", "info", "--json").json["last_backup"] == one["made_at"]
    vault("import", _badge())
    (again,) = vault("vault", "backups", "--json").json["backups"]
    assert again["credentials"] == 2


def test_backup_and_list_for_people(vault: Run) -> None:
    assert "no backup yet" in vault("vault", "backups").err
    ran = vault("vault", "backup")
    assert ran.status == 0
    assert "The backup is made and was checked" in ran.out
    assert "made by you" in vault("vault", "backups").out


def test_a_second_folder_that_is_absent_is_said(vault: Run, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    chosen = vault("vault", "backup-settings", "--folder", stick, "--daily", "3", "--json").json
    assert chosen == {"daily": 3, "weekly": 4, "monthly": 12, "folder": str(stick)}
    ran = vault("vault", "backup", "--json")
    assert ran.status == 2
    assert ran.json["copy"] is None
    assert str(stick) in ran.json["problem"]
    listed = vault("import", _sample())
    assert listed.status == 0
    assert str(stick) in listed.err
    stick.mkdir()
    made = vault("vault", "backup", "--json")
    assert (made.status, made.json["problem"]) == (0, None)
    assert Path(made.json["copy"]).read_bytes() == Path(made.json["path"]).read_bytes()
    assert vault("vault", "backup-settings", "--no-folder", "--json").json["folder"] is None
    assert vault("vault", "backup-settings", "--daily", "0", "--json").status == 2


def test_preview_merge_and_replace(vault: Run) -> None:
    entry = vault("import", "--json", _sample()).json["items"][0]["id"]
    path = vault("vault", "backup", "--json").json["path"]
    vault("import", _badge())
    seen = vault("vault", "restore", path, "--json").json
    assert [one["id"] for one in seen["same"]] == [entry]
    assert len(seen["only_here"]) == 1
    assert "Only here:" in vault("vault", "restore", path).out
    merged = vault("vault", "restore", path, "--merge", "--json").json["merged"]
    assert (merged["entries"], merged["already_here"]) == (0, 1)
    replaced = vault("vault", "restore", path, "--replace", "--json").json
    assert [one["id"] for one in vault("list", "--json").json["credentials"]] == [entry]
    before = replaced["before"]["path"]
    assert "1 credential came in." in vault("vault", "restore", before, "--merge").out
    assert len(vault("list", "--json").json["credentials"]) == 2


def test_a_damaged_vault_names_its_newest_good_backup_and_comes_back(
    vault: Run, tmp_path: Path
) -> None:
    vault("import", _sample())
    (good,) = vault("vault", "backups", "--json").json["backups"]
    damaged = _damage(tmp_path)

    ran = vault("list", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "vault_damaged")
    assert ran.json["error"]["backup"]["path"] == good["path"]
    assert "newest good backup" in ran.err
    assert "mikrofolio vault restore --replace" in ran.err
    assert vault("vault", "restore", "--json").status == 2

    restored = vault("vault", "restore", "--replace", "--json").json
    assert restored["restored"] == good["path"]
    (moved,) = restored["moved"]
    assert Path(moved).read_bytes() == damaged
    assert len(vault("list", "--json").json["credentials"]) == 1


def test_a_damaged_vault_without_a_backup_says_so(vault: Run, tmp_path: Path) -> None:
    _damage(tmp_path)
    ran = vault("list", "--json")
    assert ran.json["error"]["backup"] is None
    assert "No good backup" in ran.err
    assert vault("vault", "restore", "--replace", "--json").json["error"]["code"] == "not_found"


def test_a_backup_of_another_vault_needs_its_passphrase(vault: Run, tmp_path: Path) -> None:
    other, word = tmp_path / "other.mikrofolio", tmp_path / "word"
    word.write_text("quite another passphrase\n", "utf-8")
    theirs = {"MIKROFOLIO_PASSPHRASE_FILE": str(word)}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in theirs.items():
            patch.setenv(name, value)
        assert vault("vault", "create", "--vault", other).status == 0
        path = vault("vault", "backup", "--json", "--vault", other).json["path"]
    refused = vault("vault", "restore", path, "--merge", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (2, "backup_locked")
    taken = vault("vault", "restore", path, "--merge", "--passphrase-file", word, "--json")
    assert taken.status == 0


def test_a_damaged_backup_fails_the_list(vault: Run) -> None:
    path = Path(vault("vault", "backup", "--json").json["path"])
    path.write_bytes(path.read_bytes()[:-1])
    ran = vault("vault", "backups", "--json")
    assert ran.status == 1
    assert [one["state"] for one in ran.json["backups"]] == ["damaged"]
    assert vault("vault", "restore", path, "--json").json["error"]["code"] == "backup_damaged"
    assert vault("vault", "restore", "--json").json["error"]["message"].startswith("There is no")


def test_leaving_asks_before_it_writes_in_clear(vault: Run, tmp_path: Path) -> None:
    vault("import", _sample())
    folder = tmp_path / "left"
    ran = vault("vault", "export-all", "--to", folder, "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "usage")
    assert "unencrypted" in ran.err
    assert not folder.exists()


def test_leaving_and_coming_back(vault: Run, tmp_path: Path) -> None:
    entry = vault("import", "--json", _sample()).json["items"][0]["id"]
    vault("import", _badge())
    vault("present", entry, "--to", tmp_path / "shown.json", "--audience", "Acme")
    folder = tmp_path / "left"
    left = vault("vault", "export-all", "--to", folder, "--yes", "--json")
    assert (left.status, left.json["credentials"], left.json["keys"]) == (0, 2, 0)
    assert all(path.stat().st_mode & 0o077 == 0 for path in [folder, *folder.rglob("*.*")])
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert "private" not in manifest["holder_keys"][0]
    files = {folder / one["versions"][0]["file"] for one in manifest["credentials"]}
    assert {path.read_bytes() for path in files} == {
        _sample().read_bytes(), _badge().read_bytes()
    }  # fmt: skip
    before = vault("list", "--json").json["credentials"]

    new = ("--vault", tmp_path / "new.mikrofolio")
    assert vault("vault", "create", *new).status == 0
    came = vault("vault", "import-all", folder, "--json", *new)
    assert (came.status, came.json["imported"], came.json["refused"]) == (0, 2, [])
    after = vault("list", "--json", *new).json["credentials"]
    assert [{**one, "id": ""} for one in after] == [{**one, "id": ""} for one in before]
    (line,) = vault("ledger", "--json", *new).json["ledger"]
    assert line["audience"] == "Acme"
    assert line["credentials"][0] in {one["id"] for one in after}
    again = vault("vault", "import-all", folder, "--json", *new)
    assert (again.json["imported"], again.json["already_here"]) == (0, 2)
    assert vault("vault", "export-all", "--to", folder, "--yes", "--json").status == 2
