"""Opening: the right word, the wrong word, nothing there, somebody else's, damaged, too new."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import sqlcipher3

from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    QUICK,
    content,
    key_of,
    make,
    read,
    reopen,
)
from wallet.errors import (
    UsageError,
    VaultBusy,
    VaultExists,
    VaultLocked,
    VaultMissing,
    VaultTooNew,
    WrongPassphrase,
)
from wallet.model.keeping import PassphraseCost, SlotKind, VaultInfo
from wallet.vault import Kdf, Vault, keyfile, schema
from wallet.vault.database import Database

KEPT = Path(__file__).resolve().parents[1] / "data" / "vaults"
SHEETS = KEPT.with_name("sheets")


# ---- making ---------------------------------------------------------------------------------


def test_a_new_vault_says_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "New.mikrofolio"
    vault = make(path)

    cost = PassphraseCost(QUICK.memory_kib, QUICK.passes, QUICK.lanes)
    number = schema.migrations()[-1].number
    assert vault.info() == VaultInfo(path, number, 0, (SlotKind.PASSPHRASE,), cost=cost)
    vault.close()
    vault.close()
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_folder_may_have_any_name(tmp_path: Path) -> None:
    path = tmp_path / "Moje 100 %? #1 'święte'.mikrofolio"
    make(path).close()
    reopen(path).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_nothing_is_made_over_something(path: Path, tmp_path: Path) -> None:
    before = content(path)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")

    for place in (path, tmp_path / "file", tmp_path / "empty", tmp_path / "link"):
        with pytest.raises(VaultExists):
            make(place)
    assert content(path) == before
    assert (tmp_path / "file").read_text() == "mine"


def test_an_empty_passphrase_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        make(tmp_path / "a.mikrofolio", passphrase="")
    assert list(tmp_path.iterdir()) == []


# ---- opening --------------------------------------------------------------------------------


def test_the_passphrase_opens_in_any_normalisation(path: Path) -> None:
    reopen(path, "z\u0307o\u0301łte krzesło 17").close()


@pytest.mark.parametrize("word", ["", " ", "żółte krzesło 18", "\ud800", "x" * 100_000])
def test_a_wrong_passphrase_opens_nothing(path: Path, word: str) -> None:
    before = content(path)
    with pytest.raises(WrongPassphrase):
        reopen(path, word)
    assert content(path) == before
    reopen(path).close()  # and the lock is free again


def test_without_passphrase_and_keyring_slot_it_stays_locked(path: Path) -> None:
    with pytest.raises(VaultLocked) as caught:
        reopen(path, None)
    assert caught.value.facts == {"path": str(path), "why": "passphrase"}


def test_nothing_there_is_missing(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("mine")
    for name in ("nothing", "empty", "file"):
        with pytest.raises(VaultMissing):
            reopen(tmp_path / name)
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_new_passphrase_replaces_the_old_and_leaves_the_database(path: Path) -> None:
    before = content(path)
    vault = reopen(path)
    vault.change_passphrase("another word")
    vault.close()

    after = content(path)
    assert after["wallet.db"] == before["wallet.db"]
    assert after["keys.json"] != before["keys.json"]
    with pytest.raises(WrongPassphrase):
        reopen(path)
    vault = reopen(path, "another word")
    assert vault.info().slots == (SlotKind.PASSPHRASE,)
    with pytest.raises(UsageError):
        vault.change_passphrase("")
    vault.change_passphrase("third word", least=Kdf(memory_kib=16, passes=2, lanes=1))
    vault.close()
    reopen(path, "third word").close()


def test_a_vault_belongs_to_the_thread_that_opened_it(path: Path) -> None:
    vault = reopen(path)
    caught: list[BaseException] = []

    def elsewhere() -> None:
        try:
            vault.entries()
        except sqlcipher3.ProgrammingError as error:
            caught.append(error)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert caught
    vault.close()


# ---- one writer -----------------------------------------------------------------------------


def test_a_second_opening_in_this_process_is_busy(path: Path) -> None:
    vault = reopen(path)
    for word in (PASSPHRASE, "wrong"):
        with pytest.raises(VaultBusy):
            reopen(path, word)
    vault.close()
    reopen(path).close()


def test_another_process_holds_it_until_it_ends_however_it_ends(path: Path) -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from tests.vault.sketch import reopen\n"
            "vault = reopen(Path(sys.argv[1])); print('open', flush=True); sys.stdin.read()",
            str(path),
        ],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"open\n"
        with pytest.raises(VaultBusy) as caught:
            reopen(path)
        assert caught.value.facts == {"path": str(path), "process": child.pid}
        child.kill()
    reopen(path).close()


# ---- schemas --------------------------------------------------------------------------------


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    database = Database(path / "wallet.db", key_of(path))
    database.run("PRAGMA user_version = 99")
    database.run("DROP TABLE tags")  # whatever later versions may do
    database.close()
    before = content(path)

    with pytest.raises(VaultTooNew) as caught:
        reopen(path)

    assert caught.value.facts == {
        "path": str(path),
        "found": 99,
        "known": schema.migrations()[-1].number,
    }
    assert content(path) == before


def test_a_newer_schema_with_a_log_is_left_alone(path: Path) -> None:
    database = Database(path / "wallet.db", key_of(path))
    database.make_durable()
    database.run("PRAGMA user_version = 99")
    crashed = path.with_name("crashed")
    shutil.copytree(path, crashed)
    database.close()
    before = content(crashed)

    with pytest.raises(VaultTooNew) as caught:
        reopen(crashed)

    assert caught.value.facts == {
        "path": str(crashed),
        "found": 99,
        "known": schema.migrations()[-1].number,
    }
    assert before["wallet.db-wal"]
    assert content(crashed) == before


@pytest.mark.parametrize("kept", sorted(KEPT.glob("*.mikrofolio")), ids=lambda path: path.stem)
def test_a_vault_of_every_schema_opens(tmp_path: Path, kept: Path) -> None:
    path = tmp_path / kept.name
    shutil.copytree(kept, path)

    vault = Vault.open(path, "kept for the tests", clock=lambda: NOW, reader=read)

    (entry,) = vault.entries("zolkiewska")
    assert vault.get(entry.id).credential.title == entry.title
    assert entry.tags == ("kept",)
    assert len(vault.holder_keys()) == len(vault.ledger()) == 1
    assert vault.confirmations()[0].credential_id == entry.id
    assert vault.profile() == {"name": "Hanna Żółkiewska"}
    vault.close()


def test_there_is_a_kept_vault_of_every_schema() -> None:
    numbers = [step.number for step in schema.migrations()]
    kept = sorted(path.name for path in KEPT.glob("*.mikrofolio"))
    assert kept == [f"schema-{number}.mikrofolio" for number in numbers]


@pytest.mark.parametrize("kept", sorted(SHEETS.glob("*.sheet")), ids=lambda path: path.stem)
def test_a_recovery_sheet_of_every_schema_opens(tmp_path: Path, kept: Path) -> None:
    path = shutil.copytree(KEPT / f"{kept.stem}.mikrofolio", tmp_path / "a.mikrofolio")

    vault = Vault.open(path, sheet=kept.read_text("ascii"), clock=lambda: NOW, reader=read)

    assert len(vault.entries()) == 1
    vault.close()


def test_an_old_vault_is_brought_to_the_present_form_and_sealed(tmp_path: Path) -> None:
    path = shutil.copytree(KEPT / "schema-1.mikrofolio", tmp_path / "a.mikrofolio")
    assert keyfile.load(path).seal == b""

    vault = Vault.open(path, "kept for the tests", clock=lambda: NOW, reader=read)
    assert vault.info().schema == schema.migrations()[-1].number
    vault.close()

    assert len(keyfile.load(path).seal) == keyfile.SEAL_BYTES
    assert len(list((path / "backups").iterdir())) == 1
