"""The page of trust data: what there is with source, date and age; adding, dropping, taking out."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from tests.issuer import NOW, issuer_registry, status_list
from wallet.actions import trusting
from wallet.actions.trusting import BundledLists, TrustList
from wallet.model.keeping import TrustItem, Verdict
from wallet.model.verification import State
from wallet.texts import LANGUAGES, use
from wallet.texts import trusting as words
from wallet.ui.dialogs.notices import ErrorDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.check import CheckPage
from wallet.ui.pages.settings import SettingsPage
from wallet.ui.pages.trust import Found, TrustPage
from wallet.ui.trust_changes import change_trust
from wallet.ui.widgets.places import Place

from .people import dialogs, press, says, the
from .test_pages import check_parts
from .trusting import ISSUER, Idle, badges, entry_ids, open_wallet, states, write

OPEN = State.UNCHANGED_ISSUER_NOT_CONFIRMED


def opened(window: MainWindow, idle: Idle) -> TrustPage:
    """Go there through the settings."""
    open_wallet(window, idle, *badges())
    window.show_place(Place.SETTINGS)
    idle()
    press(window, words.OPEN_TRUST)
    idle()
    return the(window, TrustPage)


def dropped(page: TrustPage, *paths: Path) -> None:
    """Drop files on the page."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)


def test_a_registry_is_added_confirms_and_is_removed(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    page = opened(window, idle)
    assert says(page, window.session(words.NO_FILES))
    press(window, words.ADD_FILE)
    dialog = next(d for d in dialogs(window) if isinstance(d, QFileDialog))
    registry = write(tmp_path, "registry.json", issuer_registry([ISSUER]))
    dialog.filesSelected.emit([str(registry)])
    dialog.close()
    idle()
    assert says(page, "Issuer registry")
    assert says(page, "from registry.json")
    assert says(page, f"{window.session.texts.date(NOW)} · today")
    assert OPEN not in states(window, idle)
    check_parts(page)
    press(window, words.REMOVE)
    idle()
    assert says(page, window.session(words.NO_FILES))
    assert states(window, idle) == [OPEN, OPEN]


def test_what_is_only_checked_is_judged_by_the_new_trust_as_well(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    page = opened(window, idle)
    window.check_files([write(tmp_path, "badge.json", badges()[0])])
    idle()
    check = the(window, CheckPage)
    assert says(check, "Unchanged, issuer not confirmed")
    page.add_files([write(tmp_path, "registry.json", issuer_registry([ISSUER]))])
    idle()
    assert says(check, "Verified")


def test_lists_that_came_with_the_program_are_told_apart(window: MainWindow, idle: Idle) -> None:
    page = opened(window, idle)
    came = BundledLists("a packager", NOW - timedelta(days=40), 40, ("EU", "ES", "PL"))
    fetched = TrustItem("list-PL", "trusted-list", "PL", "https://lists.example.pl", NOW, b"-")
    page.show_found(Found(TrustList((fetched,), (), came), {}))
    idle()
    assert says(page, "2 national lists of seal providers")
    assert says(page, "2 of them came with the program")
    assert says(page, "(40 days old), packed by whoever made this program from a packager")
    check_parts(page)


def test_of_dropped_files_a_refused_one_stops_no_other(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    page = opened(window, idle)
    bad = write(tmp_path, "poem.txt", b"no trust data")
    dropped(page, bad, write(tmp_path, "list.json", status_list(ISSUER)))
    idle()
    error = the(window, ErrorDialog)
    assert says(error, "poem.txt")
    error.accept()
    assert says(page, "from list.json")
    window.show_place(Place.SETTINGS)
    idle()
    assert says(the(window, SettingsPage), "1 other file of trust data")


def test_a_decision_is_listed_with_what_it_concerns_and_taken_back(
    window: MainWindow, idle: Idle
) -> None:
    page = opened(window, idle)
    assert says(page, window.session(words.NO_DECISIONS))
    wallet, entry = window.session.open_wallet, entry_ids(window, idle)[0]
    change_trust(
        window.session,
        page,
        lambda: trusting.decide(wallet, entry, Verdict.ACCEPTED, "their web page"),
        lambda: None,
    )
    idle()
    assert says(page, "their web page")
    assert says(page, "Sustainable development")
    assert OPEN not in states(window, idle)
    press(window, words.TAKE_BACK)
    idle()
    assert says(page, window.session(words.NO_DECISIONS))
    assert states(window, idle) == [OPEN, OPEN]


def test_it_leads_back_to_the_settings_and_is_there_in_every_language(
    window: MainWindow, idle: Idle
) -> None:
    page = opened(window, idle)
    page.left.emit()
    assert window.stack.currentWidget() is window.page(SettingsPage)
    window.session.set_language("pl")
    window.show_trust()
    idle()
    check_parts(the(window, TrustPage))
    assert says(window, use("pl")(words.NO_DECISIONS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_age_and_fingerprint_in_words(language: str) -> None:
    t = use(language)
    assert words.age(t, NOW, NOW) == words.age(t, NOW + timedelta(days=3), NOW) == t(words.TODAY)
    assert "12" in words.age(t, NOW - timedelta(days=12), NOW)
    assert words.grouped("abcdefghi") == "abcd efgh i"
    assert words.kind(t, "something new") == t(words.SOME_KIND)
    assert t(words.KINDS["trusted-list"]) in words.kind(t, "trusted-list", "PL")
