"""`make screenshots`: every page of the demonstration, in both languages and both appearances.

Usage: python -m tests.screenshots [FOLDER]. One process for each scale, because Qt reads it once.
At 200 % the window is as small as a laptop's screen makes it.
"""

import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from tests.issuer import BADGE_AWARD, NOW, StatusEntry, issuer_of, open_badge
from tests.issuer import Form as Issued
from wallet.actions import importing, noting, trusting, unlocking
from wallet.actions.demonstrating import QUICK, tour_mail
from wallet.actions.looking import raw
from wallet.actions.updating import Source, SourceKind, Update, UpdateResult
from wallet.actions.wallet import Wallet
from wallet.errors import NotFetched
from wallet.model.keeping import TrustItem, Verdict
from wallet.model.presentation import Form
from wallet.ui.app import QtWords, dress_application
from wallet.ui.dialogs.fetching import FetchedDialog, FetchingDialog, UpdateDialog
from wallet.ui.dialogs.holder_key import HolderKeyDialog
from wallet.ui.dialogs.key import KeyDialog
from wallet.ui.dialogs.letter import LetterDialog
from wallet.ui.dialogs.note import NoteDialog
from wallet.ui.dialogs.open_files import OpenFilesDialog
from wallet.ui.dialogs.raw import RawDialog
from wallet.ui.dialogs.rekey import RekeyDialog
from wallet.ui.dialogs.sheet import SheetDialog
from wallet.ui.dialogs.tags import TagsDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.models.arranging import Filter
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.pages.gate import CreatePage
from wallet.ui.pages.gate_unlock import UnlockPage
from wallet.ui.pages.making import MakingPage
from wallet.ui.pages.planning import PlanningPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.pages.settings_backups import BackupsPage
from wallet.ui.pages.settings_security import SecurityPage
from wallet.ui.pages.trust import TrustPage
from wallet.ui.preferences import Preferences
from wallet.ui.session import Session
from wallet.ui.style import Style
from wallet.ui.tasks import Tasks
from wallet.ui.themes import Appearance
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.basic import Folded, Page
from wallet.ui.widgets.key_card import KeyCard
from wallet.ui.widgets.links import Link
from wallet.ui.widgets.own_words import OwnWordsCard
from wallet.ui.widgets.places import Place

SCALES = {"100": (1180, 780), "200": (960, 640)}
"""Percent, and the window's size in device-independent pixels."""
PASSPHRASE = "only for the picture"
EXAMPLE_SHEET = "7G2KD-M0X4T-QW8RZ-3HNAV-KE51C-Y9JPB-60FSG"
_SETTLED = 150
"""Milliseconds after the last answer of the worker until a page is painted."""


class Photographer:
    """Walks through the window as the tour does and keeps what there is to see."""

    def __init__(self, window: MainWindow, folder: Path, ending: str) -> None:
        self.window, self.folder, self.ending = window, folder, ending

    def walk(self) -> None:
        """Take all pictures, in the order of the story."""
        window = self.window
        self.take("welcome")
        window.stack.addWidget(window.page(CreatePage))
        window.stack.setCurrentWidget(window.page(CreatePage))
        self.take("create")
        window.show_place(Place.CHECK)
        self.take("check")
        window.check_files([tour_mail()])
        self.take("checked")
        window.open_demonstration()
        self.take("credentials")
        self.tour()
        own_words(self)
        for place in (Place.PROGRESS, Place.SETTINGS):
            window.show_place(place)
            self.take(place.name.lower())
            for award in window.page(ProgressPage).findChildren(AwardView)[1:2]:
                award.unfold()
        window.show_place(Place.PROGRESS)
        self.take("requirements")
        self.programmes()
        window.delete(window.page(CredentialsPage).rows()[-1].id, "Climate data analysis")
        self.settle()
        window.show_trash()
        self.take("trash")
        window.show_help()
        self.take_dialog("help")
        window.session.lock()
        unlocking.create(window.session.path, PASSPHRASE, kdf=QUICK).close()
        window.show_place(Place.CREDENTIALS)
        self.take("unlock")
        self.trust()
        self.keeping_safe()

    def keeping_safe(self) -> None:
        """The recovery sheet, security, backups, and a wallet that is damaged."""
        window, session = self.window, self.window.session
        window.vault.make_sheet()
        self.settle()
        sheet = window.findChildren(SheetDialog)[-1]
        self.take("sheet-why", sheet)
        sheet.make.click()
        self.settle()
        sheet.shown.set(EXAMPLE_SHEET)
        self.take("sheet", sheet)
        sheet.go_on.click()
        sheet.group.setText("abcde")
        sheet.compare.click()
        self.take_dialog("sheet-asked")
        window.show_part(SecurityPage)
        self.take("security")
        security = window.page(SecurityPage)
        for step in (1, 2):
            self.scroll(security, step)
            self.take(f"security-{step}")
        RekeyDialog(security, session).open()
        self.take_dialog("rekey")
        HolderKeyDialog(security, session).open()
        self.take_dialog("holder-key")
        window.show_part(BackupsPage)
        backups = window.page(BackupsPage)
        self.settle()
        backups.make.click()
        self.take("backups")
        for step in (1, 2):
            self.scroll(backups, step)
            self.take(f"backups-{step}")
        backups.look_into(next(iter(backups.list.rows)))
        self.take_dialog("restore")
        OpenFilesDialog(backups, session, Path("/media/stick/mikrofolio-export")).open()
        self.take_dialog("open-files")
        session.lock()
        self.settle()
        unlock = window.page(UnlockPage)
        unlock.secret.ask_for(sheet=True)
        unlock.field.setText(EXAMPLE_SHEET)
        unlock.unlock.click()
        self.take("unlock-sheet")
        (session.path / "wallet.db").write_bytes(b"")
        unlock.secret.ask_for(sheet=False)
        unlock.field.setText(PASSPHRASE)
        unlock.unlock.click()
        self.take("damaged")

    def scroll(self, page: Page, step: int) -> None:
        """Go down by most of what is seen at once."""
        page.verticalScrollBar().setValue(step * (page.viewport().height() - 80))

    def programmes(self) -> None:
        """What if, the papers of an award, and the form for programmes."""
        window = self.window
        progress = window.page(ProgressPage)
        first, second = list(progress.cards)[:2]
        progress.cards[first].papers_wanted.emit("full")
        self.take_dialog("papers")
        window.show_planning(second)
        self.settle()
        planned = window.page(PlanningPage)
        planned.ticks.setCurrentRow(1)
        QTest.keyClick(planned.ticks, Qt.Key.Key_Space)
        self.take("planning")
        window.show_making()
        self.settle()
        form = window.page(MakingPage)
        form.keep()
        self.take("making")
        form.left.emit()
        progress.change_wanted.emit(progress.shown_version(first))
        self.settle()
        form.courses[0].unfold()
        self.take("adapting")
        form.left.emit()

    def trust(self) -> None:
        """A wallet of one's own: the lists offered and fetched, a key decided about."""
        window = self.window
        session, made = window.session, list[str]()
        session.tasks.ask(window, lambda: example_trust(session.path, made), session.opened)
        self.take("banner")
        window.lists.offer()
        self.take_dialog("offer")
        window.open_entry(made[0])
        self.settle()
        page = window.page(DetailPage)
        page.ensureWidgetVisible(page.findChildren(KeyCard)[-1])
        self.take("key")
        for verdict in Verdict:
            page.findChildren(KeyCard)[-1].decision_wanted.emit(verdict)
            for dialog in page.findChildren(KeyDialog):
                dialog.choose(1)
            self.take_dialog(f"key-{verdict.value}")
        window.open_entry(made[1])
        self.settle()
        page.ensureWidgetVisible(page.findChildren(KeyCard)[-1])
        self.take("key-decided")
        window.show_place(Place.SETTINGS)
        self.take("settings-wallet")
        window.show_trust()
        self.take("trust")
        trust = window.page(TrustPage)
        for fold in trust.findChildren(Folded):
            fold.toggle.click()
        self.settle()
        self.take("trust-lists")
        trust.verticalScrollBar().setValue(trust.verticalScrollBar().maximum())
        self.take("trust-below")
        UpdateDialog(trust, session).open()
        self.take_dialog("update")
        running = FetchingDialog(window, session)
        running.step(7, 33, SOURCES[1])
        running.open()
        self.take_dialog("fetching")
        FetchedDialog(window, session, updates(), stopped=True).open()
        self.take_dialog("fetched")

    def tour(self) -> None:
        """A mail comes in, is looked at, and is shown as a code."""
        window = self.window
        window.import_files([tour_mail()])
        self.take_dialog("imported")
        rows = window.page(CredentialsPage).rows()
        window.open_entry(rows[0].id)
        self.take("detail")
        window.present(next(row.id for row in rows if "Sustainable" in row.title))
        self.settle()
        page = window.page(PresentPage)
        page.whom.setText("Example Employer")
        page.forms.choose(Form.QR)
        self.take("present")
        page.make.click()
        self.take_dialog("code")
        page.verticalScrollBar().setValue(page.verticalScrollBar().maximum())
        self.take("ledger")

    def take(self, name: str, part: QWidget | None = None) -> None:
        """Keep a picture of the window or a part of it."""
        self.settle()
        (part or self.window).grab().save(str(self.folder / f"{name}-{self.ending}.png"))

    def take_dialog(self, name: str) -> None:
        """Keep a picture of the dialog that is open, and close it."""
        self.settle()
        for dialog in self.window.findChildren(QDialog):
            if dialog.isVisible():
                self.take(name, dialog)
                dialog.close()

    def settle(self) -> None:
        """Wait until every answer is there, and once more until it is painted."""
        loop, quiet = QEventLoop(), 0
        while quiet < 2:
            QTimer.singleShot(_SETTLED, loop.quit)
            loop.exec()
            quiet = 0 if self.window.session.tasks.busy else quiet + 1


def own_words(camera: Photographer) -> None:
    """The list arranged and several chosen; a note, tags, the bytes, a letter, a link."""
    window, session = camera.window, camera.window.session
    page, wallet = window.page(CredentialsPage), session.open_wallet
    window.show_place(Place.CREDENTIALS)
    camera.settle()
    first, second = page.rows()[0].id, page.rows()[1].id
    note = "Ask Ms Kowalczyk whether the grade can be added.\nFor the master's application in May."

    def write() -> None:
        noting.change_tags(wallet, (first, second), add=("to send", "2026"))
        noting.change_tags(wallet, (second,), add=("for the master's application",))
        noting.set_note(wallet, first, note)

    session.tasks.change(window, write, lambda _: None)
    camera.settle()
    page.filter.click()
    page.filters.choose(Filter(tag="to send"))
    camera.take("filtered")
    page.filters.clear()
    page.choose.click()
    page.list.stand_on(first, (first, second))
    camera.take("several")
    TagsDialog(window, session, (first, second)).open()
    camera.take_dialog("tags")
    page.choose_several(False)
    page.filter.click()
    window.open_entry(first)
    camera.settle()
    detail = window.page(DetailPage)
    detail.ensureWidgetVisible(detail.findChildren(OwnWordsCard)[-1])
    camera.take("note")
    NoteDialog(window, session, first, note).open()
    camera.take_dialog("note-written")
    session.tasks.ask(window, lambda: raw(wallet, first), detail.show_raw)
    camera.settle()
    for dialog in detail.findChildren(RawDialog):
        dialog.view.setCurrentIndex(1)
        dialog.wanted.setText("credential")
    camera.take_dialog("raw")
    session.tasks.ask(
        window,
        lambda: wallet.vault.get(first).credential,
        lambda found: LetterDialog(window, session, found).open(),
    )
    camera.take_dialog("letter")
    for link in detail.findChildren(Link)[:1]:
        link.ask()
    camera.take_dialog("link")
    window.show_place(Place.CREDENTIALS)


SOURCES = (
    Source(SourceKind.LIST_OF_LISTS, "lotl", "https://ec.europa.eu/tools/lotl/eu-lotl.xml"),
    Source(SourceKind.NATIONAL_LIST, "ES", "https://lists.example.es/TSL.xml"),
    Source(SourceKind.NATIONAL_LIST, "PL", "https://lists.example.pl/PL_TSL.xml"),
    Source(SourceKind.STATUS_LIST, "status", "https://status.example.edu/list/7"),
)


def updates() -> tuple[Update, ...]:
    """What a fetch may have come to."""
    lost = NotFetched(SOURCES[2].host, "too_slow")
    return (
        Update(SOURCES[0], UpdateResult.UNCHANGED, NOW),
        Update(SOURCES[1], UpdateResult.NEW, NOW),
        Update(SOURCES[2], UpdateResult.FAILED, NOW, error=lost),
        Update(SOURCES[3], UpdateResult.NEW, NOW),
    )


def example_trust(path: Path, made: list[str]) -> Wallet:
    """Open the wallet at `path` with credentials and some trust data; tells their ids."""
    wallet = unlocking.unlock(path, PASSPHRASE, clock=lambda: NOW)
    issuer, entry = (
        issuer_of(Issued.OPEN_BADGE),
        StatusEntry("https://status.example.edu/list/7", 7),
    )
    badges = [replace(BADGE_AWARD, id=f"urn:uuid:{n}", status=(entry,)) for n in range(2)]
    found = [importing.import_one(wallet, tour_mail())[0].id]
    for number, award in enumerate(badges):
        raw = open_badge(issuer, award)
        found.append(importing.import_bytes(wallet, f"badge-{number}.json", raw)[0].id)
    made += [one for one in found if one is not None]
    held = [(source.kind.value, source.name, source.address) for source in SOURCES]
    held.append(("key", "key.pem", "key.pem"))
    for number, (kind, name, source) in enumerate(held):
        dated = NOW - timedelta(days=12 * number)
        wallet.vault.put_trust_item(TrustItem(f"i{number}", kind, name, source, dated, b"-"))
    how = "At the study office: Ms Kowalczyk read it out from their page of keys"
    return trusting.decide(wallet, made[1], Verdict.ACCEPTED, how)


def main() -> int:
    """Make all pictures below the folder named; returns the exit status."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if len(sys.argv) > 2:
        take_all(folder, sys.argv[2])
        return 0
    for scale in SCALES:
        environment = {"QT_QPA_PLATFORM": "offscreen"} | os.environ
        environment |= {"QT_SCALE_FACTOR": str(int(scale) / 100)}
        command = [sys.executable, "-m", "tests.screenshots", str(folder), scale]
        subprocess.run(command, env=environment, check=True)
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")
    return 0


def take_all(folder: Path, scale: str) -> None:
    """Walk once for each language and appearance, at one scale."""
    application = QApplication(sys.argv[:1])
    dress_application(application)
    for language in ("en", "pl"):
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            with tempfile.TemporaryDirectory() as scratch:
                preferences = Preferences(Path(scratch) / "window.ini")
                preferences.language = language
                style = Style(application, appearance)
                vault = Path(scratch) / "wallet.mikrofolio"
                session = Session(Tasks(), style, preferences, vault)
                words = QtWords(application, session)
                window = MainWindow(session)
                window.resize(*SCALES[scale])
                window.show()
                Photographer(window, folder, f"{language}-{appearance.value}-{scale}").walk()
                window.close()
                words.unload()


if __name__ == "__main__":
    sys.exit(main())
