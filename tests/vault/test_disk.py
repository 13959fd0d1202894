"""The disk: nothing in clear, private modes, full, read-only. Power cuts: test_faults_kills.py."""

import contextlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests import needs
from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    content,
    make,
    noise,
    provenance,
    read,
    reopen,
    report,
    sketch,
)
from wallet.errors import VaultNotWritable
from wallet.vault import Vault, files, finding, keyfile
from wallet.vault.database import Database
from wallet.vault.finding import Secret

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(__file__).resolve().parents[1] / "data" / "vaults"
MARKER = "Zaświadczenie-MARKER-7f3a"


def titles(path: Path) -> list[str]:
    vault = reopen(path)
    found = titles_of(vault)
    vault.close()
    return found


def titles_of(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries() if entry.title]


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
    secrets.append(finding.find_key(path, keyfile.load(path), Secret(PASSPHRASE)))

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
    database = Database(
        path / "wallet.db", finding.find_key(path, keyfile.load(path), Secret(PASSPHRASE))
    )
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
            vault.add(sketch(title=f"Batch {number}", pad=noise(9000)), report(), provenance())


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
        vault.add(sketch(title="Two", pad=noise(200_000)), report(), provenance())
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
                vault.add(sketch(title="Big", pad=noise(15_000_000)), report(), provenance())
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


def test_a_read_only_disk_opens_for_reading_and_is_left_alone(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One"), report(), provenance())
    vault.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    before = content(path)
    vault = reopen(path)
    assert vault.read_only
    assert vault.info().read_only
    assert titles_of(vault) == ["One"]
    for change in (
        lambda: vault.add(sketch(title="Two"), report(), provenance()),
        lambda: vault.change_passphrase("new word"),
        lambda: vault.rekey(PASSPHRASE),
        vault.new_recovery_sheet,
    ):
        with pytest.raises(VaultNotWritable) as caught:
            change()
        assert caught.value.facts == {"path": str(path), "detail": "READONLY"}
    with pytest.raises(VaultNotWritable):
        make(small_disk / "b.mikrofolio")
    vault.close()
    assert content(path) == before

    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    vault = reopen(path)
    assert not vault.read_only
    vault.close()


def test_a_log_on_a_read_only_disk_is_read_as_well(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    vault = make(path)
    vault.add(sketch(title="One"), report(), provenance())
    crashed = shutil.copytree(path, small_disk / "crashed")
    vault.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    before = content(crashed)

    vault = reopen(crashed)
    assert titles_of(vault) == ["One"]
    with pytest.raises(VaultNotWritable) as caught:
        vault.add(sketch(title="Two"), report(), provenance())
    assert caught.value.facts == {"path": str(crashed), "detail": "READONLY"}
    vault.close()

    assert before["wallet.db-wal"]
    assert content(crashed) == before


def test_a_vault_of_an_older_schema_on_a_read_only_disk_is_refused(small_disk: Path) -> None:
    path = shutil.copytree(KEPT / "schema-1.mikrofolio", small_disk / "a.mikrofolio")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    with pytest.raises(VaultNotWritable):
        Vault.open(path, "kept for the tests")


def test_a_vault_on_a_full_disk_opens(small_disk: Path) -> None:
    path = small_disk / "a.mikrofolio"
    make(path).close()
    fill(small_disk)

    later = Vault.open(path, PASSPHRASE, clock=lambda: NOW + timedelta(days=3), reader=read)

    assert later.entries() == ()
    later.close()


def test_a_replaced_file_is_the_old_one_when_it_fails(small_disk: Path) -> None:
    target = small_disk / "keys.json"
    target.write_bytes(b"old")
    fill(small_disk)

    with pytest.raises(VaultNotWritable) as caught:
        files.replace(target, b"x" * 10_000)

    assert caught.value.facts["detail"] == "ENOSPC"
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in small_disk.iterdir()) == ["filler", "keys.json"]


# ---- one system call that fails -----------------------------------------------------------------


def strace(path: Path, inject: str, code: str) -> subprocess.CompletedProcess[str]:
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


def test_times_are_the_clocks(tmp_path: Path) -> None:
    vault = make(tmp_path / "a.mikrofolio")
    assert vault.holder_key().created_at == NOW
    vault.close()
