"""The disk: nothing in clear, private modes, full, read-only, and a power cut."""

import contextlib
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import NOW, PASSPHRASE, make, provenance, reopen, report, sketch
from wallet.errors import VaultBusy, VaultNotWritable, WrongPassphrase
from wallet.vault import Vault, files, keyfile, opening
from wallet.vault.database import Database

ROOT = Path(__file__).resolve().parents[2]
MARKER = "Zaświadczenie-MARKER-7f3a"


def titles(path: Path) -> list[str]:
    vault = reopen(path)
    found = [entry.title.best() for entry in vault.entries() if entry.title]
    vault.close()
    return found


# ---- nothing in clear, for nobody else ----------------------------------------------------------


def test_nothing_is_in_clear_while_open_and_after(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    secrets = [MARKER.encode(), MARKER.split("-")[1].lower().encode(), PASSPHRASE.encode()]
    for number in range(20):
        credential = sketch(title=f"{MARKER} {number}", learner=MARKER, bodies=[MARKER])
        entry = vault.add(credential, report(), provenance(f"{MARKER}.eml")).id
    vault.set_tags(entry, [MARKER])
    vault.set_profile("name", MARKER)
    secrets.append(vault.holder_key().private)
    secrets.append(opening.find_key(path, keyfile.load(path), PASSPHRASE))

    def scan() -> None:
        for file in tmp_path.rglob("*"):
            data = file.read_bytes() if file.is_file() else b""
            for secret in secrets:
                assert secret not in data, file
                assert secret.hex().encode() not in data, file
            assert MARKER not in file.name

    scan()
    assert (path / "wallet.db-wal").stat().st_size > 0
    vault.close()
    scan()
    assert sorted(p.name for p in path.iterdir()) == ["keys.json", "lock", "wallet.db"]


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_the_folder_is_the_owners_alone(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        vault = make(tmp_path / "a.mikrofolio")
        vault.add(sketch(title="One"), report(), provenance())
        vault.change_passphrase("new word")
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in vault.info().path.iterdir()}
        vault.close()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.mikrofolio").stat().st_mode) == 0o700
    assert modes == dict.fromkeys(["keys.json", "lock", "wallet.db", "wallet.db-wal"], 0o600)


def test_modes_that_a_copy_lost_are_set_again(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    make(path).close()
    path.chmod(0o755)
    (path / "wallet.db").chmod(0o644)

    reopen(path).close()

    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert stat.S_IMODE((path / "wallet.db").stat().st_mode) == 0o600


def test_every_commit_is_written_through_and_every_page_is_sealed(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    make(path).close()
    database = Database(path / "wallet.db", opening.find_key(path, keyfile.load(path), PASSPHRASE))
    database.make_durable()

    names = ("journal_mode", "synchronous", "foreign_keys", "cipher_use_hmac", "temp_store")
    settings = [str(database.value(f"PRAGMA {name}")) for name in names]
    database.close()

    assert settings == ["wal", "2", "1", "1", "2"]


# ---- full, read-only ----------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    needs.small_disk(folder, "2m")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def add_many(vault: Vault) -> None:
    with vault.batch():
        for number in range(200):
            vault.add(sketch(title=f"Batch {number}", pad="x" * 9000), report(), provenance())


def fill(folder: Path) -> None:
    with (folder / "filler").open("wb") as file, contextlib.suppress(OSError):
        while True:
            os.write(file.fileno(), b"x" * 512)


def test_a_full_disk_changes_nothing(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    entry = vault.add(sketch(title="One"), report(), provenance()).id
    fill(small_disk)

    with pytest.raises(VaultNotWritable) as caught:
        vault.add(sketch(title="Two", pad="x" * 200_000), report(), provenance())
    assert caught.value.facts == {"path": str(path), "detail": "FULL"}
    with pytest.raises(VaultNotWritable):
        add_many(vault)
    with pytest.raises(VaultNotWritable):
        vault.change_passphrase("new word")

    assert [e.id for e in vault.entries()] == [entry]
    assert vault.raw(entry) == sketch(title="One").raw
    (small_disk / "filler").unlink()
    vault.add(sketch(title="Three"), report(), provenance())
    vault.close()
    assert titles(path) == ["Three", "One"]
    assert sorted(p.name for p in path.iterdir()) == ["keys.json", "lock", "wallet.db"]


def test_a_full_disk_in_a_batch_that_goes_on_keeps_none_of_it(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    fill(small_disk)

    def stubborn() -> None:
        with vault.batch():
            with pytest.raises(VaultNotWritable):
                vault.add(sketch(title="Big", pad="x" * 9_000_000), report(), provenance())
            (small_disk / "filler").unlink()
            vault.add(sketch(title="Small"), report(), provenance())

    with pytest.raises(VaultNotWritable):
        stubborn()

    vault.close()
    assert titles(path) == []


def test_no_room_for_a_new_vault_leaves_none(small_disk: Path) -> None:
    fill(small_disk)

    with pytest.raises(VaultNotWritable) as caught:
        make(small_disk / "a.mikrofolio")

    assert caught.value.facts["path"] == str(small_disk / "a.mikrofolio")
    assert [p.name for p in small_disk.iterdir()] == ["filler"]


def test_a_read_only_disk_is_said_and_left_alone(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    make(path).close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(VaultNotWritable) as caught:
        reopen(path)
    assert caught.value.facts == {"path": str(path), "detail": "EROFS"}
    with pytest.raises(VaultNotWritable):
        make(small_disk / "b.mikrofolio")

    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert titles(path) == []


def test_a_replaced_file_is_the_old_one_when_it_fails(small_disk: Path) -> None:
    target = small_disk / "keys.json"
    target.write_bytes(b"old")
    fill(small_disk)

    with pytest.raises(VaultNotWritable) as caught:
        files.replace(target, b"x" * 10_000)

    assert caught.value.facts["detail"] == "ENOSPC"
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in small_disk.iterdir()) == ["filler", "keys.json"]


# ---- power cuts, and file systems without locks -------------------------------------------------

_ADD = """
import sys
from pathlib import Path
from tests.vault.sketch import NOW, provenance, reopen, report, sketch
vault = reopen(Path(sys.argv[1]))
with vault.batch():
    for number in range(3):
        vault.add(sketch(title=f"New {number}", pad="x" * 9000), report(), provenance())
vault.change_passphrase("another word")
vault.close()
"""


def strace(path: Path, inject: str, code: str = _ADD) -> subprocess.CompletedProcess[str]:
    """Run `code` in a child in which one system call fails; the trace is thrown away."""
    return subprocess.run(
        [
            *(needs.program("strace"), "-f", "-qq", "-o", os.devnull),
            *("-e", f"trace={inject.split(':', maxsplit=1)[0]}", "-e", f"inject={inject}"),
            *(sys.executable, "-c", code, str(path)),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("cut", [1, 2, 3, 5, 9, 14, 20, 30])
def test_after_a_power_cut_it_is_before_or_after_never_between(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One"), report(), provenance())
    vault.close()

    child = strace(path, f"pwrite64:signal=SIGKILL:when={cut}")

    assert child.returncode in {0, -9}, child.stderr
    try:
        vault = reopen(path)
    except WrongPassphrase:  # the passphrase was changed already
        vault = reopen(path, "another word")
    found = [entry.title.best() for entry in vault.entries() if entry.title]
    assert found in (["One"], ["New 2", "New 1", "New 0", "One"])
    for entry in vault.entries("new"):
        assert len(vault.raw(entry.id)) > 9000
    assert vault._database.rows("PRAGMA cipher_integrity_check") == []
    assert vault._database.value("PRAGMA integrity_check") == "ok"
    vault.close()


@pytest.mark.parametrize("call", ["rename", "fsync"])
@pytest.mark.parametrize("cut", [1, 2])
def test_after_a_power_cut_one_of_the_two_passphrases_opens(
    tmp_path: Path, call: str, cut: int
) -> None:
    path = tmp_path / "a.mikrofolio"
    make(path).close()
    code = (
        "import sys; from pathlib import Path; from tests.vault.sketch import reopen\n"
        "reopen(Path(sys.argv[1])).change_passphrase('another word')"
    )

    child = strace(path, f"{call}:signal=SIGKILL:when={cut}", code)

    assert child.returncode in {0, -9}, child.stderr
    opened = []
    for word in (PASSPHRASE, "another word"):
        with contextlib.suppress(WrongPassphrase):
            reopen(path, word).close()
            opened.append(word)
    assert len(opened) == 1


def test_a_file_system_without_locks_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.mikrofolio"
    make(path).close()

    child = strace(path, "flock:error=ENOLCK")

    assert "VaultNotWritable" in child.stderr
    assert "ENOLCK" in child.stderr
    assert titles(path) == []


def test_the_lock_names_its_holder_and_can_be_released_twice(tmp_path: Path) -> None:
    lock = files.Lock(tmp_path)
    assert int((tmp_path / "lock").read_text()) == os.getpid()
    with pytest.raises(VaultBusy):
        files.Lock(tmp_path)
    lock.release()
    lock.release()
    files.Lock(tmp_path).release()


def test_times_are_the_clocks(tmp_path: Path) -> None:
    vault = make(tmp_path / "a.mikrofolio")
    assert vault.holder_key().created_at == NOW
    vault.close()
