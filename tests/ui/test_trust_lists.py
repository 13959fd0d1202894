"""The European lists: one banner, one offer, fetched host by host, stopped at will, told in words.

Real lists, signed by the Commission and by Spain, come from an HTTPS server on this machine.
"""

import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests import needs
from tests.issuer import status_list
from tests.trust import serving
from tests.trust.serving import Server, ok
from wallet.actions import trusting
from wallet.actions.updating import SourceKind, UpdateResult
from wallet.texts import labels
from wallet.texts import trusting as words
from wallet.ui.dialogs.fetching import FetchedDialog, FetchingDialog, OfferDialog, UpdateDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.settings import SettingsPage
from wallet.ui.pages.trust import TrustPage
from wallet.ui.preferences import Preferences
from wallet.ui.widgets.basic import Page
from wallet.ui.widgets.lists_banner import ListsBanner
from wallet.ui.widgets.places import Place

from .people import press, says, the
from .people import words as said
from .test_pages import check_parts
from .test_path import make_wallet
from .trusting import ISSUER, LIST, WAIT, Idle, badges, fetched, open_wallet

SPAIN = "tsl.digital.gob.es"


@pytest.fixture
def server(tmp_path: Path, own_machine: None) -> Iterator[Server]:
    with serving.serving(tmp_path, "ec.europa.eu", SPAIN, "status.example.edu") as found:
        yield found


def serve_europe(window: MainWindow, server: Server) -> None:
    lists = needs.shared("samples", "trusted-lists")
    server.answers["/tools/lotl/eu-lotl.xml"] = ok((lists / "eu-lotl-seq388.xml").read_bytes())
    server.answers["/TSL.xml"] = ok((lists / "es-tl-seq187.xml").read_bytes())
    window.session.network = server.network()


def test_a_new_wallet_is_offered_the_lists_once(window: MainWindow, idle: Idle) -> None:
    make_wallet(window, idle)
    dialog = the(window, OfferDialog)
    check_parts(dialog)
    assert says(dialog, "ec.europa.eu")
    assert says(dialog, "30 MB")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    idle()
    banner = the(window, ListsBanner)
    assert says(banner, window.session(words.NO_LISTS))
    window.session.lock()
    idle()
    assert not says(window, window.session(words.NO_LISTS))


def test_whoever_declines_is_not_asked_again_and_finds_it_in_the_settings(
    window: MainWindow, idle: Idle, tmp_path: Path
) -> None:
    open_wallet(window, idle)
    assert not window.findChildren(OfferDialog)
    press(window, words.GET_LISTS)
    press(window, words.NEVER)
    idle()
    assert not window.lists.isVisible()
    window.session.preferences.write()
    assert not Preferences(tmp_path / "window.ini").offer_lists
    window.show_place(Place.SETTINGS)
    idle()
    assert says(the(window, SettingsPage), window.session(words.NO_LISTS))
    press(window, words.OPEN_TRUST)
    idle()
    press(window, words.GET_LISTS, the(window, TrustPage))
    assert the(window, OfferDialog).isVisible()


def test_the_examples_have_no_banner(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    assert not window.lists.isVisible()
    window.show_place(Place.SETTINGS)
    idle()
    assert window.session(words.OPEN_TRUST) not in said(window)


def test_the_lists_are_fetched_host_by_host_and_the_report_says_what_came(
    window: MainWindow, idle: Idle, qtbot: QtBot, server: Server
) -> None:
    serve_europe(window, server)
    open_wallet(window, idle)
    press(window, words.GET_LISTS)
    press(window, words.GET)
    assert says(the(window, FetchingDialog), "1: ec.europa.eu") or says(window, "1 of 1")
    fetched(window, qtbot, idle)
    report = the(window, FetchedDialog)
    check_parts(report)
    results = {update.source.name: update.result for update in report.updates}
    assert len(results) == 32
    assert results["lotl"] is results["ES"] is UpdateResult.NEW
    assert results["PL"] is UpdateResult.FAILED
    assert report.updates[0].result is UpdateResult.FAILED
    assert says(report, "2 new, 30 failed")
    assert says(report, "Spain")
    assert trusting.has_european_lists(window.session.open_wallet)
    assert not window.lists.isVisible()
    assert server.asked[0] == "ec.europa.eu /tools/lotl/eu-lotl.xml"


def test_nothing_that_fails_is_hidden_and_the_banner_stays(
    window: MainWindow, idle: Idle, qtbot: QtBot, server: Server
) -> None:
    window.session.network = server.network()
    open_wallet(window, idle)
    press(window, words.GET_LISTS)
    press(window, words.GET)
    fetched(window, qtbot, idle)
    report = the(window, FetchedDialog)
    assert says(report, "1 failed")
    assert says(report, "does not give this file")
    assert not says(report, window.session(words.ALL_JUDGED))
    assert window.lists.isVisible()


def test_stopping_waits_for_no_slow_host_and_keeps_what_came(
    window: MainWindow, idle: Idle, qtbot: QtBot, server: Server
) -> None:
    first, second = badges()
    window.session.network = server.network()
    released, asked = threading.Event(), threading.Event()

    def slow(line: ssl.SSLSocket) -> None:
        asked.set()
        released.wait(WAIT / 1000)

    serve_europe(window, server)
    server.answers["/" + LIST.split("/", 3)[3]] = slow
    open_wallet(window, idle, first, second)
    window.show_trust()
    idle()
    press(window, words.UPDATE)
    idle()
    dialog = the(window, UpdateDialog)
    check_parts(dialog)
    assert says(dialog, "status.example.edu")
    assert says(dialog, window.session(words.HOLDS_ONE))
    dialog.fetch.click()
    qtbot.waitUntil(asked.is_set, timeout=WAIT)
    idle()  # the vault answers while the network does not
    running = the(window, FetchingDialog)
    assert says(running, "status.example.edu")
    assert the(running, Page).verticalScrollBar().maximum() == 0
    press(window, labels.STOP, running)
    qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=WAIT)
    report = the(window, FetchedDialog)
    assert says(report, window.session(words.STOPPED))
    assert trusting.has_european_lists(window.session.open_wallet)
    released.set()
    fetched(window, qtbot, idle)
    kinds = {update.source.kind for update in report.updates}
    assert kinds == {SourceKind.LIST_OF_LISTS, SourceKind.NATIONAL_LIST}


def test_locking_while_a_host_is_slow_closes_at_once_and_keeps_nothing_more(
    window: MainWindow, idle: Idle, qtbot: QtBot, server: Server
) -> None:
    released, asked = threading.Event(), threading.Event()

    def slow(line: ssl.SSLSocket) -> None:
        asked.set()
        released.wait(WAIT / 1000)

    server.answers["/tools/lotl/eu-lotl.xml"] = slow
    window.session.network = server.network()
    open_wallet(window, idle)
    press(window, words.GET_LISTS)
    press(window, words.GET)
    qtbot.waitUntil(asked.is_set, timeout=WAIT)
    window.session.lock()
    qtbot.waitUntil(lambda: not window.session.tasks.busy, timeout=WAIT)
    assert window.session.wallet is None
    released.set()
    fetched(window, qtbot, idle)
    assert not [d for d in window.findChildren(FetchedDialog) if d.isVisible()]
    assert not [d for d in window.findChildren(FetchingDialog) if d.isVisible()]


def test_what_is_not_ticked_is_not_asked(
    window: MainWindow, idle: Idle, qtbot: QtBot, server: Server
) -> None:
    server.answers["/" + LIST.split("/", 3)[3]] = ok(status_list(ISSUER))
    window.session.network = server.network()
    open_wallet(window, idle, *badges())
    window.show_trust()
    idle()
    press(window, words.UPDATE)
    idle()
    dialog = the(window, UpdateDialog)
    box = next(b for b in dialog.boxes if b.accessibleName() == "European lists of seal providers")
    box.setChecked(False)
    dialog.fetch.click()
    fetched(window, qtbot, idle)
    assert [one.split(" ")[0] for one in server.asked] == ["status.example.edu"]
    the(window, FetchedDialog).accept()
    idle()
    page = the(window, TrustPage)
    assert says(page, "List of revoked credentials")
    assert says(page, LIST)
    assert says(page, "today")
