"""The list of promises about keys, disk and faults: one test for each sentence, named after it.

Each proves its sentence in few lines. Where a whole module proves it in depth, `in_depth` names it,
and fails when that test is gone.
"""

import ast
import hashlib
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.issuer import NOW as ISSUED
from tests.issuer import Award, mail
from tests.issuer.badges import open_badge
from tests.issuer.courses import CLIMATE_DATA, HANNA
from tests.issuer.mail import Attachment
from tests.issuer.universities import chalmers
from tests.vault.sketch import (
    NOW,
    PASSPHRASE,
    content,
    key_of,
    make,
    provenance,
    read,
    reopen,
    report,
    sketch,
)
from wallet.actions import backing_up, files, importing, unlocking
from wallet.actions.demonstrating import QUICK
from wallet.errors import VaultBusy, VaultDamaged, VaultLocked, WrongPassphrase
from wallet.intake.limits import MAX_ENTRIES
from wallet.model.backups import BackupKind, BackupState
from wallet.model.keeping import AddResult, PassphraseCost, SlotKind
from wallet.vault import Kdf, Vault, kdf, keyfile
from wallet.vault.database import SQLITE_MAGIC, Database
from wallet.vault.finding import Secret
from wallet.vault.slots import KeyringSlot, PassphraseSlot, keyring_slot, unwrap

ROOT = Path(__file__).resolve().parents[1]
MARKER = "Marzenna-MARKER-promise"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed vault that holds one credential."""
    path = tmp_path / "a.mikrofolio"
    with closing(make(path)) as vault:
        vault.add(sketch(title=MARKER), report(), provenance())
    return path


def in_depth(module: str, *names: str) -> None:
    """Say which tests prove a promise in depth."""
    tree = ast.parse((ROOT / module).read_text("utf-8"))
    there = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    assert set(names) <= there, f"{module} proves this no longer"


def titles(vault: Vault) -> list[str]:
    return [entry.title.best() for entry in vault.entries() if entry.title]


def in_child(code: str, path: Path) -> subprocess.CompletedProcess[str]:
    begin = "import os, sys; from pathlib import Path; from tests.vault.sketch import *\n"
    return subprocess.run(
        [sys.executable, "-c", f"{begin}path = Path(sys.argv[1])\n{code}", str(path)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


# ---- a thief with the laptop, off or locked -----------------------------------------------------


def test_the_vault_is_encrypted_with_a_random_256_bit_key(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.mikrofolio" for number in range(4)]
    for path in paths:
        make(path).close()
    keys = {key_of(path) for path in paths}
    assert [len(key) * 8 for key in keys] == [256] * len(paths)

    with closing(Database(paths[0] / "wallet.db", key_of(paths[0]))) as database:
        assert database.value("PRAGMA cipher_use_hmac") == "1"
        assert database.value("SELECT count(*) FROM entries") == 0
    other = Database(paths[0] / "wallet.db", key_of(paths[1]))
    with closing(other), pytest.raises(VaultDamaged):
        other.rows("SELECT * FROM entries")


def test_the_key_is_wrapped_by_argon2id_from_the_passphrase(path: Path) -> None:
    (slot,) = keyfile.load(path).slots
    assert isinstance(slot, PassphraseSlot)
    assert unwrap(slot, slot.kdf.derive(PASSPHRASE, slot.salt)) == key_of(path)
    assert unwrap(slot, slot.kdf.derive("another", slot.salt)) is None
    assert b'"argon2id"' in (path / "keys.json").read_bytes()


def test_its_parameters_are_measured_to_take_about_a_second_from_64_mib_up() -> None:
    assert kdf.TARGET_SECONDS == 1.0
    assert Kdf.least().memory_kib >= 64 * 1024

    class Timer:
        """A machine that needs this long for the least."""

        def __init__(self, seconds: float) -> None:
            self.times = [0.0, seconds]

        def __call__(self) -> float:
            return self.times.pop(0)

    for seconds in (0.1, 0.5, 3.0):
        found = Kdf.measured(timer=Timer(seconds))
        assert not found.weaker_than(Kdf.least())
        takes = seconds * found.work_kib / Kdf.least().work_kib
        assert seconds > 0.5 or 0.5 <= takes <= 1.5
    in_depth(
        "tests/vault/test_kdf.py",
        "test_the_cost_is_what_takes_about_a_second_and_never_less_than_the_least",
    )


def test_its_parameters_are_stored_and_upgradable(path: Path) -> None:
    stronger = Kdf(memory_kib=64, passes=3, lanes=1)
    with closing(Vault.open(path, PASSPHRASE, least=stronger, reader=read)) as vault:
        assert vault.info().cost == PassphraseCost(64, 3, 1)
    (slot,) = keyfile.load(path).slots
    assert isinstance(slot, PassphraseSlot)
    assert slot.kdf == stronger
    reopen(path).close()


def test_the_system_keyring_opens_it_if_chosen(path: Path) -> None:
    with pytest.raises(VaultLocked):
        reopen(path, None)
    secret = bytes(32)
    slot = keyring_slot(key_of(path), secret, "a slot")
    assert isinstance(slot, KeyringSlot)
    assert unwrap(slot, secret) == key_of(path)
    in_depth(
        "tests/vault/test_keyring.py",
        "test_the_keyring_opens_the_vault_without_a_passphrase",
        "test_a_locked_keyring_says_so",
        "test_a_keyring_that_asks_and_gets_no_answer_refuses",
        "test_without_a_bus_the_keyring_is_absent",
    )


def test_nothing_is_in_clear_on_the_disk(path: Path) -> None:
    with closing(reopen(path)) as vault:
        vault.set_note(vault.entries()[0].id, MARKER, NOW)
        vault.backups.make()
        key = key_of_open(vault)
        everything = b"".join(content(path).values())
    for secret in (MARKER, MARKER.lower(), PASSPHRASE):
        assert secret.encode() not in everything
    assert key not in everything
    assert key.hex().encode() not in everything
    in_depth(
        "tests/test_nothing_in_clear.py",
        "test_the_command_line_writes_nothing_in_clear",
        "test_the_window_writes_nothing_in_clear",
        "test_the_watch_notices_a_leak",
    )


def key_of_open(vault: Vault) -> bytes:
    return vault._opened.key


def test_no_log_or_crash_report_holds_credential_data() -> None:
    """There is no logging; the one report that is written names lines of ours and no value."""
    for file in (ROOT / "wallet").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = {alias.name for alias in node.names} if isinstance(node, ast.Import) else set()
            names |= {node.module or ""} if isinstance(node, ast.ImportFrom) else set()
            assert not {"logging", "faulthandler", "syslog"} & names, file
    in_depth("tests/cli/test_main.py", "test_a_bug_is_one_line_and_holds_no_data")


def test_a_process_that_holds_keys_leaves_no_core_dump() -> None:
    in_depth(
        "tests/vault/test_memory.py",
        "test_an_abort_leaves_no_core",
        "test_the_kernel_is_told",
        "test_an_open_vault_is_such_a_process",
    )


# ---- a thief with a backup ----------------------------------------------------------------------


def test_backups_are_encrypted_the_same_way(path: Path, tmp_path: Path) -> None:
    with closing(reopen(path)) as vault:
        made = vault.backups.make().path
    data = made.read_bytes()
    assert MARKER.encode() not in data
    assert SQLITE_MAGIC not in data
    shutil.unpack_archive(made, tmp_path / "thief.mikrofolio")
    assert key_of(tmp_path / "thief.mikrofolio") == key_of(path)
    with pytest.raises(WrongPassphrase):
        reopen(tmp_path / "thief.mikrofolio", "a guess")
    with closing(reopen(tmp_path / "thief.mikrofolio")) as vault:
        assert titles(vault) == [MARKER]


# ---- the disk, the power, a second instance -----------------------------------------------------


def test_there_is_one_writer(path: Path) -> None:
    with closing(reopen(path)):
        with pytest.raises(VaultBusy):
            reopen(path)
        assert VaultBusy.__name__ in in_child("reopen(path)", path).stderr
    assert in_child("reopen(path).close()", path).returncode == 0
    in_depth(
        "tests/ui/test_instance.py",
        "test_a_second_start_brings_its_files_to_the_first_and_ends",
    )


def test_a_writer_that_was_killed_leaves_no_lasting_lock(path: Path) -> None:
    killed = in_child("vault = reopen(path); os.kill(os.getpid(), 9)", path)
    assert killed.returncode == -9
    assert (path / "lock").read_bytes()
    reopen(path).close()


def test_every_commit_is_a_write_ahead_log_with_full_sync(path: Path) -> None:
    with closing(reopen(path)) as vault:
        assert vault._database.value("PRAGMA journal_mode") == "wal"
        assert vault._database.value("PRAGMA synchronous") == 2
        vault.add(sketch(title="Two"), report(), provenance())
        assert (path / "wallet.db-wal").stat().st_size > 0
        cut = shutil.copytree(path, path.with_name("cut.mikrofolio"))
    with closing(reopen(cut)) as vault:
        assert titles(vault) == ["Two", MARKER]


def test_files_are_replaced_atomically(path: Path) -> None:
    before = (path / "keys.json").stat().st_ino
    with (path / "keys.json").open("rb") as old, closing(reopen(path)) as vault:
        kept = old.read()
        vault.change_passphrase("new")
        old.seek(0)
        assert old.read() == kept  # never written in place
    assert (path / "keys.json").stat().st_ino != before
    in_depth(
        "tests/vault/test_faults_kills.py",
        "test_killed_anywhere_it_is_before_or_after_never_between",
        "test_a_new_vault_that_is_killed_is_there_whole_or_not_at_all",
    )
    in_depth("tests/vault/test_faults_disk.py", "test_what_a_disk_refuses_has_not_happened")


def test_backups_rotate(path: Path) -> None:
    in_depth(
        "tests/vault/test_backups.py",
        "test_the_first_change_of_a_day_makes_the_backup_of_the_day",
        "test_daily_backups_rotate_and_others_stay",
    )
    with closing(reopen(path)) as vault:
        for _ in range(3):
            vault.backups.make(BackupKind.DAILY)
        (daily,) = [one for one in vault.backups.found() if one.kind is BackupKind.DAILY]
        assert daily.state is BackupState.GOOD


def test_a_backup_is_opened_again_before_it_counts(path: Path) -> None:
    in_depth("tests/vault/test_backups.py", "test_a_backup_that_does_not_come_back_does_not_count")
    with closing(reopen(path)) as vault:
        made = vault.backups.make().path
        assert [one.credentials for one in vault.backups.found()] == [1]
        data = bytearray(made.read_bytes())
        data[len(data) // 2] ^= 1
        made.write_bytes(data)
        assert [one.state for one in vault.backups.found()] == [BackupState.DAMAGED]


def test_a_damaged_vault_is_never_overwritten_and_offers_its_last_good_backup(path: Path) -> None:
    with closing(reopen(path)) as vault:
        good = vault.backups.make().path
        shutil.copy(good, good.with_name(good.name.replace("asked", "asked-9")))
    broken = good.with_name(good.name.replace("asked", "asked-9"))
    broken.write_bytes(broken.read_bytes()[:-200])
    damaged = b"x" * 4096 + (path / "wallet.db").read_bytes()[4096:]
    (path / "wallet.db").write_bytes(damaged)
    before = content(path)

    with pytest.raises(VaultDamaged):
        reopen(path)
    assert content(path) == before
    offered = backing_up.newest_good(path)
    assert offered is not None
    assert offered.path == good

    _, aside = backing_up.restore_damaged(path, None, Secret(PASSPHRASE), lambda: NOW)
    assert [file.read_bytes() for file in aside] == [damaged]
    with closing(reopen(path)) as vault:
        assert titles(vault) == [MARKER]


# ---- forgetting ---------------------------------------------------------------------------------


def test_a_recovery_sheet_of_128_bits_opens_it_when_the_passphrase_is_gone(path: Path) -> None:
    with closing(reopen(path)) as vault:
        text = vault.new_recovery_sheet()
        assert vault.info().slots == (SlotKind.PASSPHRASE, SlotKind.SHEET)
    with closing(Vault.open(path, sheet=text, reader=read)) as vault:
        assert titles(vault) == [MARKER]
    in_depth(
        "tests/vault/test_sheet.py",
        "test_a_new_secret_is_128_random_bits",
        "test_every_wrong_character_names_its_group",
    )


def test_without_passphrase_sheet_and_keyring_it_is_lost(path: Path) -> None:
    for word, refusal in (("a guess", WrongPassphrase), ("", WrongPassphrase), (None, VaultLocked)):
        with pytest.raises(refusal):
            reopen(path, word)
    in_depth("tests/ui/test_recovery_sheet.py")


# ---- files that the person asked for ------------------------------------------------------------


def test_files_that_the_person_asked_for_are_theirs_alone_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "shown.json"
    path.write_bytes(b"old")
    with path.open("rb") as old:
        files.save(b"new", path)
        assert old.read() == b"old"  # replaced, never written in place
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    in_depth("tests/actions/test_files.py", "test_a_full_disk_leaves_the_old_file")
    in_depth(
        "tests/actions/test_leaving.py", "test_everything_is_there_as_files_of_the_owners_alone"
    )


# ---- tested, not promised -----------------------------------------------------------------------

BADGES = 20


def mailbox(letters: int) -> bytes:
    """A mail archive: every so many letters, one brings a badge."""
    found = []
    for number in range(letters):
        award = Award(CLIMATE_DATA, HANNA, f"urn:uuid:archive-{number}", issued=ISSUED)
        badge = open_badge(chalmers(), award) if number % (MAX_ENTRIES // BADGES) == 0 else b""
        letter = mail(
            sender=("Office", "office@university.example"),
            to=("Hanna", "hanna@student.example"),
            subject=f"Letter {number}",
            date="Mon, 02 Oct 2023 09:00:00 +0200",
            text="Attached.",
            html="<p>Attached.</p>",
            attachments=(Attachment("badge.json", badge),) if badge else (),
        )
        found.append(b"From office@university.example Mon Oct  2 09:00:00 2023\n")
        found.append(letter.replace(b"\r\n", b"\n") + b"\n")
    return b"".join(found)


def test_a_mail_archive_of_a_thousand_messages_is_imported_and_a_longer_one_refused(
    tmp_path: Path,
) -> None:
    archive = tmp_path / "letters.mbox"
    path = tmp_path / "a.mikrofolio"
    with closing(unlocking.create(path, PASSPHRASE, kdf=QUICK, clock=lambda: ISSUED)) as wallet:
        archive.write_bytes(mailbox(1000))
        whole = importing.import_files(wallet, [archive])
        assert whole.count(AddResult.IMPORTED) == BADGES
        before = hashlib.sha256(str(wallet.vault.entries()).encode()).digest()
        archive.write_bytes(mailbox(1001))
        longer = importing.import_files(wallet, [archive])
        assert longer.count(AddResult.IMPORTED) == 0
        assert [item.problem.code.value for item in longer.items if item.problem] == ["too_large"]
        assert hashlib.sha256(str(wallet.vault.entries()).encode()).digest() == before


def test_full_read_only_and_lockless_disks_wrong_clocks_and_other_versions_are_tested() -> None:
    in_depth(
        "tests/vault/test_disk.py",
        "test_a_full_disk_changes_nothing",
        "test_a_read_only_disk_opens_for_reading_and_is_left_alone",
    )
    in_depth(
        "tests/vault/test_faults_world.py",
        "test_a_folder_that_cannot_be_written_opens_for_reading",
        "test_a_clock_set_back_ten_years_loses_nothing",
        "test_keys_of_a_later_version_are_refused_and_untouched",
    )
    in_depth("tests/vault/test_lock.py", "test_a_file_system_without_locks_is_said")
    in_depth(
        "tests/vault/test_opening.py",
        "test_a_newer_schema_is_refused_and_left_alone",
        "test_a_vault_of_every_schema_opens",
    )
