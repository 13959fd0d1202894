"""The recovery sheet in the window: made, printed, saved, asked back, used, checked, removed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog

from wallet.actions import unlocking
from wallet.errors import WrongSheet
from wallet.model.keeping import SlotKind
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.dialogs.passphrase import PassphraseDialog
from wallet.ui.dialogs.sheet import CheckSheetDialog, SheetDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.gate import CreatePage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.widgets.places import Place
from wallet.ui.widgets.vault_banner import VaultBanner

from .keeping import PASSPHRASE, open_in
from .people import dialogs, press, says, the

Idle = Callable[[], None]


def make_sheet(window: MainWindow, idle: Idle) -> tuple[SheetDialog, str]:
    """Make the sheet in the dialog that is open, up to where it is shown."""
    press(window, safe.MAKE_SHEET)
    idle()
    dialog = the(window, SheetDialog)
    return dialog, dialog.shown.text()


def compare(dialog: SheetDialog, sheet: str, *, wrong: bool = False) -> None:
    """Type the group that is asked for, in small letters and with blanks around."""
    number = int("".join(c for c in dialog.group.accessibleName() if c.isdigit()))
    group = sheet.split("-")[number - 1]
    dialog.group.setText(f" {(slip(group) if wrong else group).lower()} ")
    dialog.compare.click()


def slip(group: str) -> str:
    """Write another last character."""
    return group[:-1] + ("7" if group[-1] != "7" else "8")


def banner(window: MainWindow) -> VaultBanner:
    """The one about the vault, shown or not."""
    return window.findChildren(VaultBanner)[-1]


def first_start(window: MainWindow, idle: Idle) -> None:
    """Make a wallet as a person does, up to the recovery sheet."""
    press(window, labels.WAY_CREATE)
    page = the(window, CreatePage)
    page.fields.first.setText(PASSPHRASE)
    page.fields.second.setText(PASSPHRASE)
    page.make.click()
    idle()


def test_first_start_makes_a_sheet_and_asks_one_group_back(window: MainWindow, idle: Idle) -> None:
    first_start(window, idle)
    assert says(window, "everything in the wallet is lost")
    assert unlocking.ways(window.session.path) == (SlotKind.PASSPHRASE,)
    dialog, sheet = make_sheet(window, idle)
    assert len(sheet.split("-")) == 7
    press(window, safe.SHEET_AT_HAND)
    assert not dialog.shown.isVisible()
    compare(dialog, sheet, wrong=True)
    idle()
    assert says(dialog, "Count from the left")
    assert banner(window).text.text() == window.session(safe.REMIND_CHECK)
    compare(dialog, sheet)
    idle()
    assert not [d for d in dialogs(window) if isinstance(d, SheetDialog)]
    assert not banner(window).isVisible()
    window.session.lock()
    idle()
    unlocking.unlock(window.session.path, None, sheet=sheet).close()


def test_a_sheet_put_off_is_reminded_of_in_one_banner(window: MainWindow, idle: Idle) -> None:
    first_start(window, idle)
    press(window, safe.LATER)
    idle()
    assert says(banner(window), "There is no recovery sheet yet")
    banner(window).make.click()
    idle()
    make_sheet(window, idle)
    press(window, safe.LATER)
    idle()
    assert says(banner(window), "never compared")
    press(window, safe.NO_REMINDER)
    idle()
    assert not banner(window).isVisible()
    assert not window.session.preferences.remind_sheet
    window.show_part(SecurityPage)
    idle()
    assert says(window, "It was never compared.")


def test_the_sheet_is_saved_only_after_a_warning(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    open_in(window)
    idle()
    banner(window).make.click()
    dialog, sheet = make_sheet(window, idle)
    before = set(tmp_path.rglob("*"))
    press(window, safe.SAVE_SHEET)
    assert says(window, "opens everything in the wallet")
    press(window, safe.SAVE_SHEET_GO)
    chooser = next(d for d in dialogs(window) if isinstance(d, QFileDialog))
    chooser.fileSelected.emit(str(tmp_path / "kept.txt"))
    chooser.close()
    idle()
    saved = tmp_path / "kept.txt"
    assert all(group in saved.read_text("utf-8") for group in sheet.split("-"))
    assert saved.stat().st_mode & 0o777 == 0o600
    assert says(dialog, str(saved))
    assert {path for path in set(tmp_path.rglob("*")) - before if path.suffix == ".txt"} == {saved}


def test_the_sheet_is_printed(window: MainWindow, idle: Idle, tmp_path: Path) -> None:
    open_in(window)
    idle()
    banner(window).make.click()
    dialog, _ = make_sheet(window, idle)
    press(window, safe.PRINT)
    chooser = the(window, QPrintDialog)
    chooser.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    chooser.printer().setOutputFileName(str(tmp_path / "paper.pdf"))
    chooser.accepted.emit(chooser.printer())
    chooser.close()
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert says(dialog, window.session(safe.SHEET_PRINTED))


def test_a_copied_sheet_is_marked_and_taken_back(window: MainWindow, idle: Idle) -> None:
    open_in(window)
    idle()
    banner(window).make.click()
    dialog, sheet = make_sheet(window, idle)
    dialog.shown.copy()
    held = QGuiApplication.clipboard().mimeData()
    assert held.text() == sheet
    assert held.data("x-kde-passwordManagerHint").data() == b"secret"


def test_the_sheet_opens_the_wallet_and_a_new_passphrase_is_asked_for(
    window: MainWindow, idle: Idle
) -> None:
    open_in(window)
    idle()
    banner(window).make.click()
    _, sheet = make_sheet(window, idle)
    window.session.lock()
    idle()
    assert not list(dialogs(window))
    page = the(window, UnlockPage)
    press(window, safe.HAVE_SHEET)
    groups = sheet.split("-")
    page.field.setText("-".join([*groups[:2], slip(groups[2]), *groups[3:]]))
    page.unlock.click()
    idle()
    assert says(page, "look at group 3")
    page.field.setText(f"  {sheet.lower().replace('-', ' ')} ")
    page.unlock.click()
    idle()
    assert window.session.wallet is not None
    assert says(the(window, PassphraseDialog), "The recovery sheet has opened the wallet")


def test_settings_check_replace_and_remove_the_sheet(window: MainWindow, idle: Idle) -> None:
    open_in(window)
    idle()
    window.show_place(Place.SETTINGS)
    idle()
    press(window, safe.OPEN_SECURITY)
    idle()
    page = the(window, SecurityPage)
    assert says(page, window.session(safe.NO_SHEET))
    press(window, safe.FIRST_SHEET, page)
    _, old = make_sheet(window, idle)
    press(window, safe.LATER)
    idle()
    press(window, safe.CHECK_SHEET, page)
    check = the(window, CheckSheetDialog)
    check.field.setText(old[:-1])
    check.check.click()
    idle()
    assert says(check, "look at group 7")
    check.field.setText(old)
    check.check.click()
    idle()
    assert window.session.preferences.sheet_compared
    press(window, safe.NEW_SHEET, page)
    assert says(the(window, SheetDialog), window.session(safe.SHEET_REPLACES))
    make_sheet(window, idle)
    the(window, SheetDialog).reject()
    idle()
    path = window.session.path
    press(window, safe.REMOVE_SHEET, page)
    press(window, safe.REMOVE_SHEET_GO)
    idle()
    assert SlotKind.SHEET not in unlocking.ways(path)
    window.session.lock()
    idle()
    with pytest.raises(WrongSheet):
        unlocking.unlock(path, None, sheet=old)
