"""The vault's commands: bring in, list, show, take out, trash; and what they say when it fails."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from tests import needs
from tests.cli.conftest import Run


def _sample() -> Path:
    return needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")


def test_import_list_show_export(vault: Run, tmp_path: Path) -> None:
    (item,) = vault("import", "--json", _sample()).json["items"]
    assert (item["result"], item["code"], item["message"]) == ("imported", None, None)
    (listed,) = vault("list", "--json").json["credentials"]
    assert listed["id"] == item["id"]
    assert listed["state"] == "unchanged_issuer_not_confirmed"
    shown = vault("show", "--json", item["id"]).json
    assert shown["provenance"]["source"] == _sample().name
    elements = shown["achievements"][0]["elements"]
    assert len(elements) == 16
    assert elements["quality_assurance"] is None
    assert elements["learner"] is not None
    (file,) = vault("export", "--json", item["id"], "--to", tmp_path / "out").json["files"]
    original = hashlib.sha256(_sample().read_bytes()).hexdigest()
    assert hashlib.sha256(Path(file).read_bytes()).hexdigest() == original
    assert Path(file).stat().st_mode & 0o777 == 0o600


def test_importing_twice_never_makes_two(vault: Run) -> None:
    first = vault("import", "--json", _sample()).json["items"][0]
    (again,) = vault("import", "--json", _sample()).json["items"]
    assert (again["result"], again["id"]) == ("already_here", first["id"])
    assert len(vault("list", "--json").json["credentials"]) == 1


def test_delete_and_restore(vault: Run) -> None:
    entry = vault("import", "--json", _sample()).json["items"][0]["id"]
    assert vault("delete", entry).status == 0
    assert vault("list", "--json").json["credentials"] == []
    assert len(vault("list", "--trash", "--json").json["credentials"]) == 1
    assert vault("restore", entry).status == 0
    assert len(vault("list", "--json").json["credentials"]) == 1


def test_find(vault: Run) -> None:
    vault("import", _sample())
    title = vault("list", "--json").json["credentials"][0]["title"]
    word = title.split()[0].upper()
    assert len(vault("list", "--find", word, "--json").json["credentials"]) == 1
    assert vault("list", "--find", "nothing-like-it", "--json").json["credentials"] == []


def test_present_and_read_back(vault: Run, tmp_path: Path) -> None:
    entry = vault("import", "--json", _sample()).json["items"][0]["id"]
    file = tmp_path / "shown.json"
    made = vault("present", entry, "--to", file, "--audience", "Acme", "--nonce", "n1", "--json")
    assert made.json["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert file.stat().st_mode & 0o777 == 0o600
    read = vault("verify", "--json", file, "--audience", "Acme", "--nonce", "n1").json["items"]
    assert [item["format"] for item in read] == ["presentation", "edc"]
    assert read[0]["outcome"] == "passed"
    assert read[1]["checks"][1]["outcome"] == "passed"
    assert read[1]["checks"][5]["reason"] == "NO_HOLDER_BINDING"
    wrong = vault("verify", "--json", file, "--audience", "Other", "--nonce", "n1")
    assert wrong.status == 1
    assert wrong.json["items"][0]["checks"][5]["reason"] == "WRONG_AUDIENCE"
    (line,) = vault("ledger", "--json").json["ledger"]
    assert (line["audience"], line["sha256"]) == ("Acme", made.json["sha256"])


def test_a_seal_does_not_fit_a_code(vault: Run, tmp_path: Path) -> None:
    entry = vault("import", "--json", _sample()).json["items"][0]["id"]
    file = tmp_path / "shown.png"
    ran = vault("present", entry, "--as", "qr", "--to", file)
    assert ran.status == 2
    assert not file.exists()
    assert any(character.isdigit() for character in ran.err)
    assert vault("ledger", "--json").json["ledger"] == []


@pytest.mark.parametrize("picture", ["shown.png", "shown.svg"])
def test_a_badge_fits_a_code(vault: Run, tmp_path: Path, picture: str) -> None:
    badge = needs.shared("samples", "open-badges-3", "vc.getVCv2.json")
    entry = vault("import", "--json", badge).json["items"][0]["id"]
    file = tmp_path / picture
    assert vault("present", entry, "--as", "qr", "--to", file).status == 0
    items = vault("verify", "--json", file).json["items"]
    assert [item["format"] for item in items] == ["presentation", "open-badge-3"]
    assert items[1]["checks"][1]["outcome"] == "passed"


def test_wrong_passphrase(vault: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = tmp_path / "other"
    other.write_text("another passphrase\n", "utf-8")
    monkeypatch.setenv("MIKROFOLIO_PASSPHRASE_FILE", str(other))
    ran = vault("list", "--json")
    assert ran.status == 2
    assert ran.json["error"]["code"] == "wrong_passphrase"


def test_change_passphrase(vault: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "new"
    new.write_text("quite another passphrase\n", "utf-8")
    assert vault("vault", "change-passphrase", "--new", new).status == 0
    assert vault("vault", "unlock-test").status == 2
    monkeypatch.setenv("MIKROFOLIO_PASSPHRASE_FILE", str(new))
    assert vault("vault", "unlock-test").status == 0


def test_no_vault_and_two_vaults(run: Run) -> None:
    assert run("list", "--json").json["error"]["code"] == "vault_missing"
    assert run("vault", "create").status == 0
    assert run("vault", "create", "--json").json["error"]["code"] == "vault_exists"


def test_unknown_id(vault: Run) -> None:
    ran = vault("show", "--json", "nothing")
    assert (ran.status, ran.json["error"]["code"]) == (2, "not_found")


def test_damaged_vault(vault: Run, tmp_path: Path) -> None:
    database = tmp_path / "test.mikrofolio" / "wallet.db"
    damaged = b"x" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(damaged)
    ran = vault("list", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "vault_damaged")
    assert database.read_bytes() == damaged


def test_info(vault: Run) -> None:
    info = vault("vault", "info", "--json").json
    assert info["credentials"] == 0
    assert info["slots"] == ["passphrase"]
    assert set(info) == {
        *("path", "schema", "credentials", "slots", "kdf", "read_only", "last_backup")
    }
    assert info["kdf"]["name"] == "argon2id"
    assert info["kdf"]["memory_kib"] >= 64 * 1024
    assert info["read_only"] is False
    assert "MiB" in vault("vault", "info").out


# ---- the recovery sheet, a new key, keys ----------------------------------------------------


def test_the_sheet_opens_any_command_when_the_passphrase_is_lost(
    vault: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = vault("vault", "recovery-sheet", "new")
    sheet = tmp_path / "sheet"
    sheet.write_text(made.out.lower().replace("-", " "), "utf-8")
    assert "keep it away from this computer" in made.err
    new = tmp_path / "new"
    new.write_text("quite another passphrase\n", "utf-8")
    monkeypatch.delenv("MIKROFOLIO_PASSPHRASE_FILE")
    assert vault("list").status == 2
    monkeypatch.setenv("MIKROFOLIO_SHEET_FILE", str(sheet))

    assert vault("vault", "unlock-test").status == 0
    assert vault("list", "--json").json == {"credentials": []}
    assert vault("vault", "recovery-sheet", "check", "--json").json == {"unlocked": True}
    assert vault("vault", "info", "--json").json["slots"] == ["passphrase", "recovery-sheet"]
    assert vault("vault", "change-passphrase", "--new", new).status == 0

    monkeypatch.delenv("MIKROFOLIO_SHEET_FILE")
    monkeypatch.setenv("MIKROFOLIO_PASSPHRASE_FILE", str(new))
    assert vault("vault", "unlock-test").status == 0


def test_a_sheet_can_be_made_with_the_vault(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("vault", "create", "--recovery-sheet", "--json").json
    sheet = tmp_path / "sheet"
    sheet.write_text(made["recovery_sheet"], "utf-8")
    monkeypatch.setenv("MIKROFOLIO_SHEET_FILE", str(sheet))
    assert run("vault", "recovery-sheet", "check").status == 0


def test_a_slip_in_the_sheet_names_its_group(
    vault: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = vault("vault", "recovery-sheet", "new", "--json").json["recovery_sheet"]
    sheet = tmp_path / "sheet"
    monkeypatch.setenv("MIKROFOLIO_SHEET_FILE", str(sheet))
    sheet.write_text(text[:-1] + ("A" if text[-1] != "A" else "B"), "utf-8")
    ran = vault("vault", "recovery-sheet", "check", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "wrong_sheet")
    assert "group 7" in ran.err
    sheet.write_text(text, "utf-8")
    assert vault("vault", "recovery-sheet", "remove").status == 0
    ran = vault("vault", "recovery-sheet", "check", "--json")
    assert (ran.status, ran.json["error"]["code"]) == (2, "wrong_sheet")
    assert "another wallet" in ran.err


def test_a_new_key_keeps_the_passphrase_and_voids_the_sheet(vault: Run) -> None:
    vault("vault", "recovery-sheet", "new")
    assert vault("vault", "rekey", "--json").json == {"rekeyed": True, "gone": ["recovery-sheet"]}
    assert vault("vault", "info", "--json").json["slots"] == ["passphrase"]
    ran = vault("vault", "rekey")
    assert (ran.status, ran.err) == (0, "")


def test_a_read_only_vault_lists_shows_and_says_so(run: Run, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    needs.small_disk(disk, "2m")
    try:
        path = disk / "a.mikrofolio"
        assert run("vault", "create", "--vault", path).status == 0
        entry = run("import", "--json", "--vault", path, _sample()).json["items"][0]["id"]
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        listed = run("list", "--json", "--vault", path)
        assert len(listed.json["credentials"]) == 1
        assert "opens for reading" in listed.err
        assert run("show", "--json", "--vault", path, entry).json["id"] == entry
        assert run("vault", "info", "--json", "--vault", path).json["read_only"] is True
        ran = run("delete", "--json", "--vault", path, entry)
        assert (ran.status, ran.json["error"]["code"]) == (2, "vault_not_writable")
        assert "open for reading" in ran.json["error"]["message"]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_keys_are_made_named_and_retired(vault: Run) -> None:
    assert vault("key", "list", "--json").json == {"keys": []}
    (made,) = vault("key", "new", "--kind", "P-256", "--name", "For Acme", "--json").json["keys"]
    assert (made["kind"], made["name"], made["retired_at"]) == ("P-256", "For Acme", None)
    assert made["did"].startswith("did:key:z")
    (named,) = vault("key", "name", made["did"], "Old", "--json").json["keys"]
    assert named["name"] == "Old"
    (retired,) = vault("key", "retire", made["did"], "--json").json["keys"]
    assert retired["retired_at"]
    assert vault("key", "list", "--json").json["keys"] == [retired]
    assert "retired" in vault("key", "list").out
    assert vault("key", "retire", "did:key:zNone", "--json").json["error"]["code"] == "not_found"
    assert vault("key", "name", made["did"], "x" * 101).status == 2
    assert "private" not in str(retired)
