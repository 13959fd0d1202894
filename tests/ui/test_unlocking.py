"""The door: slowed tries, a keyring that is not there, damage, a later version, another process."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests import needs
from wallet.actions import backing_up, unlocking
from wallet.model.keeping import SlotKind
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.settings_backups import BackupsPage
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.widgets.damaged import DamagedCard
from wallet.ui.widgets.places import Place
from wallet.vault import finding, keyfile
from wallet.vault.database import Database
from wallet.vault.slots import keyring_slot

from .conftest import WAIT
from .keeping import PASSPHRASE, make
from .people import press, says, the

Idle = Callable[[], None]


def at_the_door(window: MainWindow, idle: Idle) -> UnlockPage:
    """Come to the unlock page of what lies at the session's path by now."""
    window.show_place(Place.CREDENTIALS)
    window.build()
    idle()
    return the(window, UnlockPage)


def knock(page: UnlockPage, idle: Idle, passphrase: str = PASSPHRASE) -> None:
    """Try a passphrase."""
    page.field.setText(passphrase)
    page.unlock.click()
    idle()


def test_slowed_tries_count_down_and_leave_the_window_alive(
    window: MainWindow, idle: Idle, qtbot: QtBot
) -> None:
    make(window.session.path).close()
    page = at_the_door(window, idle)
    for _ in range(3):
        knock(page, idle, "wrong")
    assert window.session.attempts.seconds > 0
    page.field.setText(PASSPHRASE)
    page.unlock.click()
    assert page.unlock.text().startswith("Next try in")
    assert not window.session.tasks.busy
    window.show_place(Place.SETTINGS)
    window.show_place(Place.CREDENTIALS)
    qtbot.waitUntil(lambda: window.session.wallet is not None, timeout=WAIT)


def test_a_keyring_that_is_not_there_is_said(
    window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    path = window.session.path
    make(path).close()
    with_keyring_slot(path)
    page = at_the_door(window, idle)
    assert unlocking.ways(path) == (SlotKind.PASSPHRASE, SlotKind.KEYRING)
    press(window, labels.UNLOCK_KEYRING)
    idle()
    assert says(page, "no system keyring")
    knock(page, idle)
    assert window.session.wallet is not None


def with_keyring_slot(path: Path) -> None:
    """Add the slot of a keyring that was there once."""
    slots, key = keyfile.load(path).slots, key_of(path)
    slot = keyring_slot(key, bytes(32), "0123456789abcdef")
    keyfile.save(path, keyfile.KeyFile.sealed((*slots, slot), key))


def key_of(path: Path) -> bytes:
    """Return the database key."""
    return finding.find_key(path, keyfile.load(path), finding.Secret(PASSPHRASE))


def flip(path: Path, place: int) -> None:
    """Flip one bit."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_a_damaged_wallet_is_brought_back_from_its_newest_good_backup(
    window: MainWindow, idle: Idle
) -> None:
    path = window.session.path
    wallet = make(path, 2)
    made = backing_up.make(wallet).path
    wallet.close()
    flip(path / "wallet.db", 100)
    broken = (path / "wallet.db").read_bytes()
    page = at_the_door(window, idle)
    knock(page, idle)
    assert says(page, "Nothing was written")
    card = the(page, DamagedCard)
    assert says(card, "The newest good backup was made on")
    assert says(card, str(made.parent))
    assert (path / "wallet.db").read_bytes() == broken
    page.field.clear()
    press(window, safe.BRING_BACK, card)
    idle()
    assert says(card, "above first")
    page.field.setText("not the passphrase")
    press(window, safe.BRING_BACK, card)
    idle()
    assert says(card, "does not open")
    assert (path / "wallet.db").read_bytes() == broken
    page.field.setText(PASSPHRASE)
    press(window, safe.BRING_BACK, card)
    idle()
    assert window.session.wallet is not None
    assert len(the(window, CredentialsPage).rows()) == 2
    aside = [one for one in path.iterdir() if "damaged" in one.name]
    assert [one.read_bytes() for one in aside] == [broken]


def test_without_a_good_backup_another_file_can_be_chosen(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    path = window.session.path
    wallet = make(path, 1)
    made = backing_up.make(wallet).path
    wallet.close()
    kept = tmp_path / "stick.mikrofolio-backup"
    kept.write_bytes(made.read_bytes())
    for one in made.parent.iterdir():
        flip(one, one.stat().st_size // 2)
    (path / "wallet.db").write_bytes(b"")
    page = at_the_door(window, idle)
    knock(page, idle)
    card = the(page, DamagedCard)
    assert says(card, window.session(safe.NO_GOOD_BACKUP))
    card.wanted.emit(kept)
    idle()
    assert window.session.wallet is not None
    assert len(the(window, CredentialsPage).rows()) == 1


def test_a_later_version_is_named_and_left_alone(window: MainWindow, idle: Idle) -> None:
    path = window.session.path
    make(path).close()
    database = Database(path / "wallet.db", key_of(path))
    database.run("PRAGMA user_version = 99")
    database.close()
    before = (path / "wallet.db").read_bytes()
    page = at_the_door(window, idle)
    knock(page, idle)
    assert says(page, "later version of Mikrofolio")
    assert not [card for card in page.findChildren(DamagedCard) if card.isVisible()]
    assert (path / "wallet.db").read_bytes() == before


def test_a_wallet_open_in_another_process_is_said(window: MainWindow, idle: Idle) -> None:
    path = window.session.path
    make(path).close()
    code = (
        "import sys; from pathlib import Path; from wallet.actions import unlocking\n"
        "w = unlocking.unlock(Path(sys.argv[1]), sys.argv[2])\n"
        "print('open', flush=True); sys.stdin.readline(); w.close()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(path), PASSPHRASE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdin is not None
    assert other.stdout is not None
    try:
        assert other.stdout.readline() == "open\n"
        page = at_the_door(window, idle)
        knock(page, idle)
        assert says(page, f"process {other.pid}")
    finally:
        other.communicate("\n")
    knock(page, idle)
    assert window.session.wallet is not None


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, gone afterwards."""
    folder = tmp_path / "disk"
    folder.mkdir()
    needs.small_disk(folder, "4m")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_for_reading_only_nothing_offers_to_write(
    window: MainWindow, idle: Idle, disk: Path
) -> None:
    path = window.session.path = disk / "a.mikrofolio"
    make(path, 2).close()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    page = at_the_door(window, idle)
    knock(page, idle)
    assert window.session.read_only
    assert says(window, "It is open for reading")
    listed = the(window, CredentialsPage)
    assert len(listed.rows()) == 2
    assert not says(listed, window.session(labels.IMPORT))
    window.open_entry(listed.rows()[0].id)
    idle()
    detail = the(window, DetailPage)
    for label in (labels.DELETE, labels.CHECK_AGAIN, labels.SHOW_TO_SOMEBODY):
        assert not says(detail, window.session(label))
    for kind in (SecurityPage, BackupsPage):
        window.show_part(kind)
        idle()
    hidden = (labels.CHANGE_PASSPHRASE, safe.FIRST_SHEET, safe.REKEY_OPEN, safe.NEW_KEY)
    assert not any(says(window.page(SecurityPage), window.session(one)) for one in hidden)
    assert not window.page(BackupsPage).make.isVisible()
