"""Security in the settings: idle time, keys that sign, a new database key, the promises."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication

from wallet.actions import unlocking
from wallet.actions import wallet as content
from wallet.model.keeping import HolderKey, SlotKind
from wallet.texts import keeping_safe as safe
from wallet.ui.dialogs.holder_key import HolderKeyDialog
from wallet.ui.dialogs.rekey import RekeyDialog
from wallet.ui.dialogs.sheet import SheetDialog
from wallet.ui.idle import Idle as IdleWatch
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.preferences import Preferences
from wallet.ui.widgets.places import Place

from .keeping import PASSPHRASE, open_in
from .people import press, says, the

Idle = Callable[[], None]


def open_page(window: MainWindow, idle: Idle) -> SecurityPage:
    """Go to it as a person does."""
    window.show_place(Place.SETTINGS)
    idle()
    press(window, safe.OPEN_SECURITY)
    idle()
    return the(window, SecurityPage)


def keys(window: MainWindow, idle: Idle) -> tuple[HolderKey, ...]:
    """The keys in the vault."""
    wallet, found = window.session.open_wallet, list[tuple[HolderKey, ...]]()
    window.session.tasks.ask(window, lambda: content.holder_keys(wallet), found.append)
    idle()
    return found[0]


def test_the_idle_time_is_chosen_and_kept(
    window: MainWindow, idle: Idle, qapp: QApplication
) -> None:
    open_in(window)
    idle()
    page, session = open_page(window, idle), window.session
    assert page.idle.currentData() == 5
    watch = IdleWatch(qapp, window)
    session.idle_changed.connect(lambda: watch.set_interval(session.preferences.idle_minutes))
    page.idle.setCurrentIndex(page.idle.findData(1))
    page.idle.activated.emit(page.idle.currentIndex())
    session.preferences.write()
    again = Preferences(session.path.parent / "window.ini")
    assert again.idle_minutes == 1
    assert watch.interval == 1
    watch.deleteLater()


def test_keys_are_made_named_and_retired(window: MainWindow, idle: Idle) -> None:
    open_in(window)
    idle()
    page = open_page(window, idle)
    assert says(page, window.session(safe.NO_KEYS))
    press(window, safe.NEW_KEY, page)
    dialog = the(window, HolderKeyDialog)
    dialog.name.setText("for employers")
    dialog.kind.setCurrentText("P-256")
    dialog.save.click()
    idle()
    assert says(page, "for employers")
    (made,) = keys(window, idle)
    assert made.kind == "P-256"
    assert says(page, made.did)
    press(window, safe.NAME_KEY, page)
    dialog = the(window, HolderKeyDialog)
    assert dialog.name.text() == "for employers"
    dialog.name.setText("for the study office")
    dialog.save.click()
    idle()
    press(window, safe.RETIRE, page)
    press(window, safe.RETIRE_GO)
    idle()
    (retired,) = keys(window, idle)
    assert retired.name == "for the study office"
    assert retired.retired_at is not None
    assert says(page, "retired on")


def test_a_new_database_key_says_what_is_gone_and_makes_a_new_sheet(
    window: MainWindow, idle: Idle
) -> None:
    open_in(window, 1)
    idle()
    page, session = open_page(window, idle), window.session
    wallet = session.open_wallet
    session.tasks.change(window, lambda: unlocking.new_recovery_sheet(wallet), lambda _: None)
    idle()
    press(window, safe.REKEY_OPEN, page)
    dialog = the(window, RekeyDialog)
    assert says(dialog, "The recovery sheet opens no more")
    before = (session.path / "wallet.db").read_bytes()
    dialog.field.setText("wrong")
    dialog.go.click()
    idle()
    assert says(dialog, "does not open")
    assert (session.path / "wallet.db").read_bytes() == before
    dialog.field.setText(PASSPHRASE)
    dialog.go.click()
    idle()
    assert says(dialog, window.session(safe.REKEYED))
    assert says(dialog, window.session(safe.REKEYED_SHEET))
    assert unlocking.ways(session.path) == (SlotKind.PASSPHRASE,)
    dialog.reject()
    assert the(window, SheetDialog).make.isVisible()


def test_three_sentences_say_what_is_promised_and_what_is_not(
    window: MainWindow, idle: Idle
) -> None:
    open_in(window)
    idle()
    page = open_page(window, idle)
    for promise in (safe.PROMISE_DISK, safe.PROMISE_OPEN, safe.PROMISE_LOST):
        assert says(page, window.session(promise))
