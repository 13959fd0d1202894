"""The whole path in the window: make a wallet, bring a mail in, see, count, show, check."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from tests import needs
from wallet.actions import wallet as content
from wallet.actions.demonstrating import tour_mail
from wallet.model.keeping import AddResult
from wallet.model.presentation import Form
from wallet.model.verification import State
from wallet.texts import keeping_safe as safe
from wallet.texts import labels
from wallet.ui.dialogs.code import CodeDialog
from wallet.ui.dialogs.report import ReportDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.gate import CreatePage, WelcomePage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.widgets.places import Place

from .people import dialogs, press, says, the

PASSPHRASE = "correct horse battery staple"
Idle = Callable[[], None]


def make_wallet(window: MainWindow, idle: Idle) -> None:
    press(window, labels.WAY_CREATE)
    page = the(window, CreatePage)
    assert not page.make.isEnabled()
    page.fields.first.setText(PASSPHRASE)
    page.fields.second.setText(PASSPHRASE + "x")
    assert not page.make.isEnabled()
    page.fields.second.setText(PASSPHRASE)
    page.make.click()
    idle()
    press(window, safe.LATER)
    idle()


def bring_in(window: MainWindow, idle: Idle, *paths: Path) -> ReportDialog:
    window.import_files(list(paths))
    idle()
    return the(window, ReportDialog)


def save_as(window: MainWindow, path: Path, idle: Idle) -> None:
    dialog = next(d for d in dialogs(window) if isinstance(d, QFileDialog))
    dialog.fileSelected.emit(str(path))
    dialog.close()
    idle()


def test_the_whole_path(window: MainWindow, idle: Idle, tmp_path: Path) -> None:
    the(window, WelcomePage)
    make_wallet(window, idle)
    assert says(window, window.session(labels.EMPTY_HEADING))

    report = bring_in(window, idle, tour_mail())
    assert says(report, "1 imported")
    report.accept()
    idle()
    page = the(window, CredentialsPage)
    model = page.list.model()
    assert model.rowCount() == 1
    row = page.rows()[0]
    assert "laboratory" in row.title.lower()
    assert row.standing.state is State.UNCHANGED_ISSUER_NOT_CONFIRMED

    page.list.clicked.emit(model.index(0, 0))
    idle()
    assert says(window, "Learning outcomes")
    assert says(window, "How we checked this")
    assert says(window, "Seal or signature: confirmed")

    window.show_place(Place.PROGRESS)
    idle()
    assert says(the(window, ProgressPage), "Climate Action")

    shown = tmp_path / "shown.json"
    window.present(row.id)
    idle()
    presenting = the(window, PresentPage)
    presenting.whom.setText("Example Employer")
    press(window, labels.SAVE_FILE)
    save_as(window, shown, idle)
    assert shown.exists()
    assert says(presenting, "Example Employer")

    window.show_place(Place.CHECK)
    window.take([shown])
    idle()
    examined = window.page(CheckPage).examination
    assert examined is not None
    assert examined.items[0].path == ()
    assert len(examined.items) == 2
    assert says(window, "Presentation")

    wallet = window.session.open_wallet
    kept: list[tuple[str, ...]] = []
    window.session.tasks.ask(
        window,
        lambda: (
            hashlib.sha256(content.show(wallet, row.id).kept.credential.raw).hexdigest(),
            *(entry.sha256 for entry in content.ledger(wallet)),
        ),
        kept.append,
    )
    idle()
    assert kept[0][1:] == (hashlib.sha256(shown.read_bytes()).hexdigest(),)


def test_a_code_is_shown_and_read_back(window: MainWindow, idle: Idle, tmp_path: Path) -> None:
    window.open_demonstration()
    idle()
    badge = next(r for r in window.page(CredentialsPage).rows() if "Sustainable" in r.title)
    window.present(badge.id)
    idle()
    page = the(window, PresentPage)
    page.forms.choose(Form.QR)
    idle()
    press(window, labels.SHOW_CODE)
    idle()
    dialog = the(window, CodeDialog)
    picture = tmp_path / "held-up.png"
    assert dialog.picture.grab().save(str(picture))
    dialog.accept()
    window.check_files([picture])
    idle()
    examined = window.page(CheckPage).examination
    assert examined is not None
    assert len(examined.items) == 2
    assert examined.items[1].credential.title is not None
    assert "Sustainable" in examined.items[1].credential.title.best()


def test_what_does_not_fit_says_how_large_it_is(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    sealed = next(r for r in window.page(CredentialsPage).rows() if "Climate data" in r.title)
    window.present(sealed.id)
    idle()
    the(window, PresentPage).forms.choose(Form.QR)
    idle()
    press(window, labels.SHOW_CODE)
    idle()
    assert says(window, "too large for a QR code")


def test_checking_comes_before_any_wallet_and_keeping_makes_one(
    window: MainWindow, idle: Idle
) -> None:
    window.take([tour_mail()])
    idle()
    assert window.place is Place.CHECK
    assert says(window, window.session(labels.NOTHING_STORED))
    press(window, labels.KEEP_IT)
    page = the(window, CreatePage)
    page.fields.first.setText(PASSPHRASE)
    page.fields.second.setText(PASSPHRASE)
    page.make.click()
    idle()
    press(window, safe.LATER)
    idle()
    assert says(the(window, ReportDialog), "1 imported")


def test_importing_twice_never_makes_two(window: MainWindow, idle: Idle) -> None:
    make_wallet(window, idle)
    bring_in(window, idle, tour_mail()).accept()
    idle()
    report = bring_in(window, idle, tour_mail())
    assert says(report, "1 already here")
    report.accept()
    idle()
    assert len(window.page(CredentialsPage).rows()) == 1


def test_many_files_show_how_far_they_are_and_refusals_say_why(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    make_wallet(window, idle)
    files = []
    for number in range(6):
        file = tmp_path / f"note-{number}.txt"
        file.write_text("nothing")
        files.append(file)
    report = bring_in(window, idle, *files, tour_mail())
    assert says(report, "1 imported")
    assert says(report, "6 refused")
    assert says(report, "There is no credential in it.")


def test_search_follows_the_typing(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    page = the(window, CredentialsPage)
    everything = len(page.rows())
    page.search.setText("chalmers")
    idle()
    assert 0 < len(page.rows()) < everything
    page.search.setText("no such words anywhere")
    idle()
    assert says(window, window.session(labels.NOTHING_FOUND))
    press(window, labels.SHOW_ALL)
    idle()
    assert len(page.rows()) == everything


def test_deleting_can_be_taken_back(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    before = [row.id for row in window.page(CredentialsPage).rows()]
    window.open_entry(before[0])
    idle()
    press(window, labels.DELETE)
    idle()
    assert before[0] not in [row.id for row in window.page(CredentialsPage).rows()]
    press(window, labels.UNDO)
    idle()
    assert before[0] in [row.id for row in window.page(CredentialsPage).rows()]


def test_locking_empties_the_window_and_the_passphrase_opens_it(
    window: MainWindow, idle: Idle
) -> None:
    make_wallet(window, idle)
    bring_in(window, idle, tour_mail()).accept()
    idle()
    window.session.lock()
    idle()
    page = the(window, UnlockPage)
    assert not says(window, "laboratory")
    page.field.setText("wrong")
    page.unlock.click()
    idle()
    assert says(window, "This passphrase does not open the wallet")
    page.field.setText(PASSPHRASE)
    page.unlock.click()
    idle()
    assert len(the(window, CredentialsPage).rows()) == 1


def test_the_annex_sample_is_unchanged_and_its_issuer_not_confirmed(
    window: MainWindow, idle: Idle
) -> None:
    sample = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
    make_wallet(window, idle)
    report = bring_in(window, idle, sample)
    assert report.items[0].result is AddResult.IMPORTED
    report.accept()
    idle()
    assert the(window, CredentialsPage).rows()[0].state == "Unchanged, issuer not confirmed"
