"""Locking leaves nothing behind: no dialog, no page, nothing that was being looked at."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog

from wallet.actions.demonstrating import tour_mail
from wallet.texts import labels
from wallet.ui.dialogs.report import ReportDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.widgets.places import Place

from .people import dialogs, says, the
from .test_path import make_wallet

Idle = Callable[[], None]


def test_locking_closes_every_dialog(window: MainWindow, idle: Idle) -> None:
    make_wallet(window, idle)
    window.import_files([tour_mail()])
    idle()
    report = the(window, ReportDialog)
    shown = report.items[0].id
    assert shown is not None
    window.session.lock()
    idle()
    assert not list(dialogs(window))
    assert not [d for d in window.findChildren(QDialog) if says(d, "laboratory")]
    the(window, UnlockPage)
    window.open_entry(shown)
    idle()
    assert not any(page.isVisible() for page in window.findChildren(DetailPage))
    the(window, UnlockPage)


def test_a_report_that_comes_after_the_lock_is_not_shown(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    make_wallet(window, idle)
    window.import_files([tour_mail(), tmp_path / "none"])
    window.session.lock()
    idle()
    assert not list(dialogs(window))


def test_locking_empties_what_was_being_checked(window: MainWindow, idle: Idle) -> None:
    make_wallet(window, idle)
    window.check_files([tour_mail()])
    idle()
    assert says(window, window.session(labels.NOTHING_STORED))
    window.session.lock()
    idle()
    the(window, UnlockPage)
    window.show_place(Place.CHECK)
    idle()
    assert window.page(CheckPage).examination is None
    assert not says(window, "laboratory")


def test_a_change_of_language_keeps_what_was_begun(window: MainWindow, idle: Idle) -> None:
    from wallet.ui.pages.present import PresentPage  # noqa: PLC0415 -- beside its only use

    window.open_demonstration()
    idle()
    rows = window.page(CredentialsPage).rows()
    window.page(CredentialsPage).search.setText("chalmers")
    window.present(rows[1].id)
    idle()
    page = window.page(PresentPage)
    page.whom.setText("Example Employer")
    page.until.choice.setCurrentIndex(3)
    window.session.set_language("pl")
    idle()
    after = window.page(PresentPage)
    assert after is not page
    assert after.chooser.chosen == (rows[1].id,)
    assert after.whom.text() == "Example Employer"
    assert after.until.choice.currentIndex() == 3
    assert window.page(CredentialsPage).search.text() == "chalmers"
    window.open_entry(rows[1].id)
    idle()
    window.session.set_language("en")
    idle()
    assert the(window, DetailPage).entry_id == rows[1].id
