"""The ways to open a vault: recovery sheet, a passphrase that costs more, a new key."""

import subprocess
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    QUICK,
    content,
    key_of,
    make,
    noise,
    provenance,
    read,
    reopen,
    report,
    sketch,
)
from tests.vault.test_disk import fill, strace
from wallet.errors import (
    UsageError,
    VaultDamaged,
    VaultNotWritable,
    WrongPassphrase,
    WrongSheet,
)
from wallet.model.keeping import PassphraseCost, SlotKind
from wallet.vault import Kdf, Vault, keyfile, opening, ways
from wallet.vault.attempts import Attempts
from wallet.vault.database import Database
from wallet.vault.finding import Secret
from wallet.vault.slots import PassphraseSlot


def with_sheet(path: Path, text: str) -> Vault:
    return Vault.open(path, sheet=text, clock=lambda: NOW, reader=read)


def new_sheet(path: Path) -> str:
    vault = reopen(path)
    text = vault.new_recovery_sheet()
    vault.close()
    return text


# ---- the recovery sheet -------------------------------------------------------------------------


def test_the_sheet_opens_what_the_forgotten_passphrase_does_not(path: Path) -> None:
    text = new_sheet(path)

    vault = with_sheet(path, text.lower().replace("-", " "))
    assert vault.info().slots == (SlotKind.PASSPHRASE, SlotKind.SHEET)
    assert len(vault.entries()) == 1
    vault.change_passphrase("a new word")
    vault.close()

    reopen(path, "a new word").close()
    with_sheet(path, text).close()


def test_nothing_of_the_sheet_is_in_the_folder(path: Path) -> None:
    text = new_sheet(path)
    everything = b"".join(content(path).values())

    for form in (text, text.replace("-", ""), *text.split("-")):
        assert form.encode() not in everything


def test_a_new_sheet_replaces_the_one_before(path: Path) -> None:
    old, new = new_sheet(path), new_sheet(path)

    with pytest.raises(WrongSheet) as caught:
        with_sheet(path, old)
    assert caught.value.facts == {"path": str(path), "why": "other"}
    vault = with_sheet(path, new)
    assert vault.info().slots == (SlotKind.PASSPHRASE, SlotKind.SHEET)
    vault.check_recovery_sheet(new)
    with pytest.raises(WrongSheet):
        vault.check_recovery_sheet(old)
    vault.remove_recovery_sheet()
    assert vault.info().slots == (SlotKind.PASSPHRASE,)
    vault.remove_recovery_sheet()
    vault.close()
    with pytest.raises(WrongSheet):
        with_sheet(path, new)


def test_a_slip_in_a_sheet_is_named_and_touches_nothing(path: Path) -> None:
    text = new_sheet(path)
    before = content(path)
    slipped = text[:6] + ("A" if text[6] != "A" else "B") + text[7:]

    with pytest.raises(WrongSheet) as caught:
        with_sheet(path, slipped)

    assert caught.value.facts == {"why": "group", "groups": "2"}
    assert content(path) == before


def test_the_last_way_is_never_removed(path: Path) -> None:
    opened = opening.unlock(path, Secret(PASSPHRASE), NOW, Attempts())
    before = content(path)["keys.json"]

    with pytest.raises(UsageError) as caught:
        ways.remove(opened, PassphraseSlot)

    assert caught.value.facts == {"detail": "last_way"}
    assert content(path)["keys.json"] == before
    ways.add_sheet(opened)
    ways.remove(opened, PassphraseSlot)
    opened.close()


def test_slots_that_somebody_exchanged_meanwhile_are_not_sealed_again(path: Path) -> None:
    vault = reopen(path)
    make(path.with_name("other")).close()
    foreign = (path.with_name("other") / "keys.json").read_bytes()
    (path / "keys.json").write_bytes(foreign)

    for change in (vault.new_recovery_sheet, lambda: vault.change_passphrase("x"), vault.info):
        with pytest.raises(VaultDamaged):
            change()

    assert (path / "keys.json").read_bytes() == foreign
    vault.close()


# ---- what a guess costs -------------------------------------------------------------------------


def test_a_cheap_passphrase_is_stored_again_at_the_next_opening(path: Path) -> None:
    least = Kdf(memory_kib=128, passes=2, lanes=1)
    vault = Vault.open(path, PASSPHRASE, least=least, clock=lambda: NOW, reader=read)
    assert vault.info().cost == PassphraseCost(128, 2, 1)
    vault.close()
    kept = content(path)

    vault = Vault.open(path, PASSPHRASE, least=QUICK, clock=lambda: NOW, reader=read)
    assert vault.info().cost == PassphraseCost(128, 2, 1)
    vault.change_passphrase("new", least=QUICK)
    assert vault.info().cost == PassphraseCost(128, 2, 1)
    vault.close()
    assert content(path).keys() == kept.keys()
    reopen(path, "new").close()


# ---- a new key ----------------------------------------------------------------------------------


def test_a_new_key_keeps_everything_and_the_old_one_opens_nothing(path: Path) -> None:
    text = new_sheet(path)
    old = key_of(path)
    vault = reopen(path)

    assert vault.rekey(PASSPHRASE) == (SlotKind.SHEET,)

    assert [e.title.best() for e in vault.entries() if e.title] == ["One"]
    vault.add(sketch(title="Two"), report(), provenance())
    new = vault.new_recovery_sheet()
    vault.close()
    assert key_of(path) != old
    with_old = Database(path / "wallet.db", old, read_only=True)
    with pytest.raises(VaultDamaged):
        with_old.rows("SELECT * FROM entries")
    with_old.close()
    with pytest.raises(WrongSheet):
        with_sheet(path, text)
    vault = with_sheet(path, new)
    assert len(vault.entries("one")) == len(vault.entries("two")) == 1
    assert vault._database.rows("PRAGMA cipher_integrity_check") == []
    assert vault._database.value("PRAGMA integrity_check") == "ok"
    vault.close()
    assert sorted(p.name for p in path.iterdir()) == ["keys.json", "lock", "wallet.db"]
    assert (path / "wallet.db").stat().st_mode & 0o777 == 0o600


def test_a_new_key_needs_the_passphrase(path: Path) -> None:
    vault = reopen(path)
    before = content(path)["keys.json"]
    with pytest.raises(WrongPassphrase):
        vault.rekey("wrong")
    assert content(path)["keys.json"] == before
    vault.close()


def test_no_room_for_a_new_key_changes_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    needs.small_disk(disk, "2m")
    try:
        path = disk / "a.mikrofolio"
        vault = make(path)
        vault.add(sketch(title="One", pad=noise(400_000)), report(), provenance())
        before = (path / "keys.json").read_bytes()
        fill(disk)
        with pytest.raises(VaultNotWritable):
            vault.rekey(PASSPHRASE)
        (disk / "filler").unlink()
        assert (path / "keys.json").read_bytes() == before
        vault.add(sketch(title="Two"), report(), provenance())
        vault.close()
        vault = reopen(path)
        assert len(vault.entries()) == 2
        vault.close()
        assert sorted(p.name for p in path.iterdir()) == ["keys.json", "lock", "wallet.db"]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


_REKEY = """
import sys
from pathlib import Path
from tests.vault.sketch import PASSPHRASE, reopen
reopen(Path(sys.argv[1])).rekey(PASSPHRASE)
"""
_GOES_ON = """
import sys
from pathlib import Path
from tests.vault.sketch import PASSPHRASE, provenance, reopen, report, sketch
from wallet.errors import VaultNotWritable
vault = reopen(Path(sys.argv[1]))
try:
    print(vault.rekey(PASSPHRASE))
except VaultNotWritable as error:
    print(error.facts["detail"])
vault.add(sketch(title="Two"), report(), provenance())
vault.change_passphrase("another word")
vault.close()
"""


@pytest.mark.parametrize(("call", "said"), [(1, "ENOSPC"), (2, "ENOSPC"), (3, "()"), (9, "()")])
def test_a_vault_goes_on_whatever_step_of_a_new_key_fails(path: Path, call: int, said: str) -> None:
    old = key_of(path)

    child = strace(path, f"rename:error=ENOSPC:when={call}", _GOES_ON)

    assert (child.stdout.strip(), child.returncode) == (said, 0), child.stderr
    vault = reopen(path, "another word")
    assert [e.title.best() for e in vault.entries() if e.title] == ["Two", "One"]
    assert (vault._opened.key == old) is (said == "ENOSPC")
    vault.close()
    assert keyfile.load(path).successor is None
