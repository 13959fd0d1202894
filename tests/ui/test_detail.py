"""The detail page: notes and tags that can be taken back, bytes, versions, links, the letter."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from tests.issuer import BADGE_AWARD, NOW, Form, issuer_of, open_badge, specimen
from wallet.actions import importing, noting, unlocking
from wallet.actions.demonstrating import QUICK
from wallet.actions.looking import Counted, counts_in
from wallet.actions.wallet import Wallet
from wallet.model.keeping import Note
from wallet.texts import labels, letters, looking
from wallet.texts import noting as said
from wallet.ui.dialogs.letter import LetterDialog
from wallet.ui.dialogs.links import LinkDialog
from wallet.ui.dialogs.note import NoteDialog
from wallet.ui.dialogs.raw import RawDialog
from wallet.ui.dialogs.tags import TagsDialog
from wallet.ui.dialogs.version import VersionDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.models.arranging import Arrangement, Filter, Order
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.widgets.counts import FEW, CountsCard
from wallet.ui.widgets.links import Link
from wallet.ui.widgets.verdict import Badge

from .people import press, says, the
from .test_path import save_as

Idle = Callable[[], None]


@pytest.fixture
def badge(window: MainWindow, idle: Idle) -> str:
    """A badge with two versions in an open wallet, shown on the detail page; its id."""
    session, made = window.session, list[str]()
    newer = open_badge(issuer_of(Form.OPEN_BADGE), replace(BADGE_AWARD, issued=NOW))

    def make() -> Wallet:
        wallet = unlocking.create(session.path, "a passphrase", kdf=QUICK, clock=lambda: NOW)
        for raw in (specimen(Form.OPEN_BADGE), newer):
            (item,) = importing.import_bytes(wallet, "badge.json", raw)
            made.append(item.id or "")
        return wallet

    window.activateWindow()
    session.tasks.ask(window, make, session.opened)
    idle()
    assert made[0] == made[1]
    window.open_entry(made[0])
    idle()
    return made[0]


def note_of(window: MainWindow, idle: Idle, entry_id: str) -> Note | None:
    """Ask the vault, in the thread that owns it."""
    found: list[Note | None] = []
    wallet = window.session.open_wallet
    window.session.tasks.ask(window, lambda: wallet.vault.get(entry_id).note, found.append)
    idle()
    return found[0]


def write(window: MainWindow, idle: Idle, text: str) -> None:
    dialog = the(window, NoteDialog)
    dialog.field.setPlainText(text)
    press(window, said.NOTE_KEEP, dialog)
    idle()


def test_a_note_is_written_changed_removed_and_taken_back(
    window: MainWindow, idle: Idle, badge: str
) -> None:
    press(window, said.NOTE_WRITE)
    write(window, idle, "Ask <b>Ann</b> about the grade\n")
    assert note_of(window, idle, badge) == Note("Ask <b>Ann</b> about the grade", NOW)
    assert says(window.page(DetailPage), "Ask <b>Ann</b> about the grade")

    press(window, said.NOTE_CHANGE)
    write(window, idle, "")
    assert note_of(window, idle, badge) is None
    window.bar.take_back()
    idle()
    assert note_of(window, idle, badge) == Note("Ask <b>Ann</b> about the grade", NOW)


def test_a_note_that_is_too_long_cannot_be_kept(window: MainWindow, idle: Idle, badge: str) -> None:
    press(window, said.NOTE_WRITE)
    dialog = the(window, NoteDialog)
    dialog.field.setPlainText("x" * (noting.MAX_NOTE + 1))
    assert not dialog.keep.isEnabled()
    assert says(dialog, "1 character too many")
    dialog.field.setPlainText("x" * noting.MAX_NOTE)
    assert dialog.keep.isEnabled()
    dialog.close()
    assert note_of(window, idle, badge) is None


def test_tags_come_and_go_and_come_back(window: MainWindow, idle: Idle, badge: str) -> None:
    page = window.page(DetailPage)
    press(window, said.TAG_ADD)
    idle()
    dialog = the(window, TagsDialog)
    for tag in ("to send", "2026"):
        dialog.field.setText(tag)
        press(window, said.TAG_GO, dialog)
        idle()
    assert dialog.field.hasFocus()
    dialog.accept()
    idle()
    assert says(page, "2026")
    chip = next(b for b in page.findChildren(type(dialog._chip("2026", 1))) if b.text() == "2026")
    assert chip.accessibleName() == window.session(said.TAG_OFF, tag="2026")
    chip.click()
    idle()
    assert not says(page, "2026")
    assert says(page, "to send")
    window.bar.take_back()
    idle()
    assert says(page, "2026")


def test_locking_closes_the_note_that_is_being_written(
    window: MainWindow, idle: Idle, badge: str
) -> None:
    assert badge
    press(window, said.NOTE_WRITE)
    the(window, NoteDialog).field.setPlainText("MARKER")
    window.session.lock()
    idle()
    assert not [d for d in window.findChildren(NoteDialog) if d.isVisible()]


def test_the_bytes_are_shown_found_in_and_saved(
    window: MainWindow, idle: Idle, badge: str, tmp_path: Path
) -> None:
    page = window.page(DetailPage)
    # The offscreen platform cannot pop a menu up.
    (action,) = [one for menu in page.findChildren(QMenu) for one in menu.actions()]
    assert action.text() == window.session(looking.RAW)
    action.trigger()
    idle()
    dialog = the(window, RawDialog)
    assert page.entry_id == badge
    assert dialog.text.isReadOnly()
    issued = dialog.text.toPlainText()
    assert issued.startswith("{")
    dialog.view.setCurrentIndex(1)
    assert dialog.text.toPlainText().count("\n") > issued.count("\n")
    dialog.wanted.setText("TYPE")
    first = dialog.text.textCursor().position()
    assert dialog.text.textCursor().selectedText() == "type"
    QTest.keyClick(dialog.wanted, Qt.Key.Key_Return)
    assert dialog.text.textCursor().position() != first
    dialog.wanted.setText("nowhere in it")
    assert says(dialog, window.session(looking.RAW_FOUND_NONE))
    press(window, labels.SAVE_ORIGINAL, dialog)
    save_as(window, tmp_path, idle)
    (saved,) = tmp_path.glob("*.json")
    assert saved.read_text("utf-8") == issued
    dialog.close()


def test_each_version_has_its_verdict_and_the_older_can_be_looked_at(
    window: MainWindow, idle: Idle, badge: str
) -> None:
    page = window.page(DetailPage)
    assert page.entry_id == badge
    assert len([b for b in page.findChildren(Badge) if b.isVisible()]) == 3
    press(window, looking.VERSION_LOOK)
    idle()
    dialog = the(window, VersionDialog)
    assert says(dialog, window.session(labels.HOW_CHECKED))
    dialog.close()


def test_an_address_is_whole_and_opens_only_after_a_question(
    window: MainWindow, idle: Idle, badge: str
) -> None:
    page = window.page(DetailPage)
    assert page.entry_id == badge
    links = [link for link in page.findChildren(Link) if link.isVisible()]
    assert links
    for link in links:
        assert "http" in link.text()
        assert link._address in link.text()
    links[0].setFocus()
    QTest.keyClick(links[0], Qt.Key.Key_Return)
    dialog = the(window, LinkDialog)
    assert says(dialog, links[0]._address)
    assert says(dialog, window.session(looking.LINK_STATED_TEXT))
    dialog.close()
    page.ensureWidgetVisible(links[0])
    QTest.mouseClick(links[0], Qt.MouseButton.LeftButton)
    the(window, LinkDialog).close()
    idle()


def test_where_it_counts_is_answered(window: MainWindow, idle: Idle, badge: str) -> None:
    card = the(window.page(DetailPage), CountsCard)
    assert says(card, "Climate Action")
    wallet, found = window.session.open_wallet, list[tuple[Counted, ...]]()
    window.session.tasks.ask(card, lambda: counts_in(wallet, badge), found.append)
    idle()
    for one in found[0]:
        assert says(card, one.award.best("en"))
        assert says(card, one.requirement.best("en") if one.requirement else "")


def test_a_large_wallet_is_counted_when_asked(window: MainWindow, idle: Idle, badge: str) -> None:
    card = CountsCard(window.session, badge, FEW + 1)
    window.page(DetailPage).body.addWidget(card)
    idle()
    assert not says(card, "Climate Action")
    press(window, looking.COUNTS_NOW, card)
    idle()
    assert says(card, "Climate Action")


def test_the_letter_is_drafted_in_both_languages_copied_and_saved(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    window.open_demonstration()
    idle()
    window.open_entry(window.page(CredentialsPage).rows()[0].id)
    idle()
    press(window, letters.ASK)
    dialog = the(window, LetterDialog)
    english = dialog.field.toPlainText()
    assert english.startswith("Subject: ")
    dialog.language.setCurrentIndex(dialog.language.findData("pl"))
    assert dialog.field.toPlainText() != english
    dialog.field.setPlainText("Zażółć")
    press(window, labels.COPY, dialog)
    assert QGuiApplication.clipboard().text() == "Zażółć"
    press(window, letters.SAVE, dialog)
    save_as(window, tmp_path / "letter.txt", idle)
    assert (tmp_path / "letter.txt").read_text("utf-8") == "Zażółć"
    dialog.close()


def test_the_arrangement_of_the_list_survives_the_language(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    before = window.page(CredentialsPage)
    before.filter.click()
    wanted = Filter(state=before.rows()[0].standing.state)
    before.filters.choose(wanted)
    before.order.setCurrentIndex(before.order.findData(Order.TITLE))
    shown = len(before.rows())
    window.session.set_language("pl")
    idle()
    after = window.page(CredentialsPage)
    assert after is not before
    assert after.arrangement == Arrangement(wanted, Order.TITLE)
    assert len(after.rows()) == shown
