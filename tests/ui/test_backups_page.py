"""Backups in the settings: made, listed, compared, brought back; a failed one; open files."""

import json
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from wallet.actions import backing_up, unlocking
from wallet.actions import wallet as content
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.dialogs.open_files import OpenFilesDialog
from wallet.ui.dialogs.restoring import RestoreDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.settings_backups import BackupsPage
from wallet.ui.widgets.places import Place

from .keeping import PASSPHRASE, add, make, open_in
from .people import dialogs, press, says, the

Idle = Callable[[], None]


def open_page(window: MainWindow, idle: Idle) -> BackupsPage:
    """Go to the backups as a person does."""
    window.show_place(Place.SETTINGS)
    idle()
    press(window, safe.OPEN_BACKUPS)
    idle()
    return the(window, BackupsPage)


def choose(window: MainWindow, path: Path, idle: Idle) -> None:
    """Answer the file dialog that is open."""
    dialog = next(d for d in dialogs(window) if isinstance(d, QFileDialog))
    signal = dialog.filesSelected if dialog.fileMode().name == "ExistingFiles" else None
    if signal is not None:
        signal.emit([str(path)])
    else:
        dialog.fileSelected.emit(str(path))
    dialog.close()
    idle()


def run(window: MainWindow, idle: Idle, task: Callable[[], object]) -> None:
    """Do something in the worker, as another part of the program would."""
    window.session.tasks.change(window, task, lambda _: None)
    idle()


def test_a_backup_is_made_and_listed_with_what_is_in_it(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    open_in(window, 2)
    idle()
    page = open_page(window, idle)
    assert len(page.list.rows) == 1  # of the day's first change
    second = tmp_path / "stick"
    second.mkdir()
    press(window, safe.CHOOSE_SECOND)
    choose(window, second, idle)
    assert says(page, str(second))
    press(window, safe.BACK_UP_NOW)
    idle()
    assert says(window, window.session(safe.BACKED_UP_TWICE))
    assert says(page, "Last backup:")
    assert len(list(second.iterdir())) == 1
    assert len(page.list.rows) == 3
    assert says(page, "second folder")
    assert says(page, "good · 2 credentials · ")
    broken = next(iter((window.session.path / "backups").iterdir()))
    broken.write_bytes(broken.read_bytes()[:-100])
    press(window, safe.BACK_UP_NOW)
    idle()
    assert says(page, "damaged · ")


def test_how_many_stay_is_chosen(window: MainWindow, idle: Idle) -> None:
    open_in(window)
    idle()
    page = open_page(window, idle)
    field = page.numbers["weekly"]
    field.setCurrentIndex(field.findData(26))
    field.activated.emit(field.currentIndex())
    idle()
    window.session.lock()
    idle()
    wallet = unlocking.unlock(window.session.path, PASSPHRASE)
    assert backing_up.settings(wallet).policy.weekly == 26
    assert backing_up.settings(wallet).policy.daily == 7
    wallet.close()


def test_a_backup_is_compared_and_what_is_missing_comes_in(window: MainWindow, idle: Idle) -> None:
    wallet = make(window.session.path, 2)
    made = backing_up.make(wallet).path
    content.delete(wallet, content.entries(wallet)[0].id)
    wallet.vault.erase_deleted_before(wallet.clock().replace(year=9000))
    add(wallet, 7)
    wallet.close()
    path = window.session.path
    window.session.tasks.ask(
        window, lambda: unlocking.unlock(path, PASSPHRASE), window.session.opened
    )
    idle()
    page = open_page(window, idle)
    page.list.rows[made].look.click()
    idle()
    dialog = the(window, RestoreDialog)
    for said in ("1 only in the backup", "1 in both", "1 only here"):
        assert says(dialog, said)
    dialog.merge.click()
    idle()
    assert says(window, "1 credential came in.")
    window.show_place(Place.CREDENTIALS)
    idle()
    assert len(the(window, CredentialsPage).rows()) == 3


def test_a_backup_takes_the_place_of_what_is_here_after_a_question(
    window: MainWindow, idle: Idle
) -> None:
    open_in(window, 1)
    idle()
    wallet = window.session.open_wallet
    kept: list[Path] = []
    run(window, idle, lambda: kept.append(backing_up.make(wallet).path))
    run(window, idle, lambda: add(wallet, 7, 8))
    page = open_page(window, idle)
    page.list.rows[kept[0]].look.click()
    idle()
    press(window, safe.REPLACE)
    assert says(window, window.session(safe.REPLACE_TEXT))
    press(window, safe.REPLACE_GO)
    idle()
    assert says(window, window.session(safe.REPLACED))
    assert len(window.page(CredentialsPage).rows()) == 1
    assert says(page, "before a restore")


def test_a_backup_of_another_key_asks_for_its_own_passphrase(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    other = make(tmp_path / "other.mikrofolio", 3)
    backup = backing_up.make(other).path
    other.close()
    open_in(window)
    idle()
    open_page(window, idle)
    press(window, safe.ANOTHER_FILE)
    choose(window, backup, idle)
    dialog = the(window, RestoreDialog)
    assert says(dialog, "made under another key")
    dialog.secret.field.setText("wrong")
    dialog.open_it.click()
    idle()
    assert not dialog.merge.isVisible()
    dialog.secret.field.setText(PASSPHRASE)
    dialog.open_it.click()
    idle()
    assert says(dialog, "3 only in the backup")
    dialog.merge.click()
    idle()
    assert says(window, "3 credentials came in.")


def test_everything_is_written_in_clear_only_after_the_warning(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    open_in(window, 2)
    idle()
    open_page(window, idle)
    out = tmp_path / "out"
    out.mkdir()
    press(window, safe.EXPORT_ALL)
    choose(window, out, idle)
    dialog = the(window, OpenFilesDialog)
    assert says(dialog, "unencrypted")
    assert list(out.iterdir()) == []
    dialog.go.click()
    idle()
    (folder,) = out.iterdir()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert len(manifest["credentials"]) == 2
    assert says(window, str(folder))


def test_a_failed_daily_backup_is_one_line_and_stops_nothing(
    window: MainWindow, idle: Idle
) -> None:
    path = window.session.path
    make(path).close()
    window.session.tasks.ask(
        window, lambda: unlocking.unlock(path, PASSPHRASE), window.session.opened
    )
    idle()
    (path / "backups").write_bytes(b"in the way")
    wallet = window.session.open_wallet
    run(window, idle, lambda: add(wallet, 1))
    assert len(the(window, CredentialsPage).rows()) == 1
    assert says(window, "The last backup failed")
    assert not list(dialogs(window))
    window.vault.backups.click()
    idle()
    assert says(the(window, BackupsPage), "No backup could be made")


def test_closing_makes_the_last_backup_behind_a_hidden_window(
    window: MainWindow, idle: Idle
) -> None:
    open_in(window, 1)
    idle()
    wallet = window.session.open_wallet
    run(window, idle, lambda: add(wallet, 5))
    window.close()
    assert not window.isVisible()
    best = backing_up.newest_good(window.session.path)
    assert best is not None
    again = unlocking.unlock(window.session.path, PASSPHRASE)
    assert max(one.credentials or 0 for one in backing_up.found(again)) == 2
    again.close()


def test_the_words_of_the_page_say_when_there_is_none(window: MainWindow, idle: Idle) -> None:
    open_in(window)
    idle()
    window.show_place(Place.SETTINGS)
    idle()
    assert says(window, window.session(safe.NO_BACKUP_YET))
    assert says(window, window.session(labels.WALLET))
