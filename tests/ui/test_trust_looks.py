"""Pages and dialogs about trust in narrow windows, in Polish, and with texts twice as long."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from tests.issuer import NOW
from wallet.actions import trusting
from wallet.actions import wallet as content
from wallet.actions.trusting import KnownKey
from wallet.actions.updating import Source, SourceKind, Update, UpdateResult
from wallet.actions.wallet import Shown
from wallet.errors import NotFetched
from wallet.model.keeping import TrustItem, Verdict
from wallet.texts import Texts
from wallet.texts import trusting as words
from wallet.ui.dialogs.fetching import FetchedDialog, FetchingDialog, OfferDialog, UpdateDialog
from wallet.ui.dialogs.key import KeyDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.widgets.places import Place

from .test_accessible import names
from .test_pages import check_parts
from .trusting import LIST, Idle, badges, entry_ids, open_wallet

SOURCES = (
    Source(SourceKind.NATIONAL_LIST, "PL", "https://lists.example.pl/PL_TSL.xml"),
    Source(SourceKind.DID_DOCUMENT, "did:web:univ.example", "https://univ.example/did.json"),
    Source(SourceKind.STATUS_LIST, LIST, LIST),
)


def prepared(window: MainWindow, idle: Idle) -> tuple[Shown, KnownKey]:
    """Open a wallet with trust data and a decision; returns a credential and its key."""
    open_wallet(window, idle, *badges())
    wallet, entry = window.session.open_wallet, entry_ids(window, idle)[0]
    found: list[tuple[Shown, KnownKey]] = []

    def prepare() -> tuple[Shown, KnownKey]:
        for source in SOURCES:
            held = (source.name, source.kind.value, source.name, source.address)
            wallet.vault.put_trust_item(TrustItem(*held, NOW, b"-"))
        trusting.decide(wallet, entry, Verdict.DISTRUSTED, "why " * 60)
        shown = content.show(wallet, entry)
        known = trusting.known_key(wallet, shown.report)
        assert known is not None
        return shown, known

    window.session.tasks.change(window, prepare, found.append)
    idle()
    return found[0]


def dialogs_of(window: MainWindow, shown: Shown, known: KnownKey) -> Iterator[QDialog]:
    """Every dialog about trust."""
    session = window.session
    lost = NotFetched("lists.example.pl", "certificate")
    updates = [Update(SOURCES[0], UpdateResult.FAILED, NOW, error=lost)]
    updates += [Update(source, UpdateResult.NEW, NOW) for source in SOURCES[1:]]
    yield OfferDialog(window, session)
    yield UpdateDialog(window, session)
    running = FetchingDialog(window, session)
    running.step(2, 33, SOURCES[1])
    yield running
    yield FetchedDialog(window, session, updates, stopped=True)
    for verdict in Verdict:
        yield KeyDialog(window, session, shown, known, verdict)


def look_at_everything(window: MainWindow, idle: Idle) -> None:
    """Visit every page and dialog about trust."""
    shown, known = prepared(window, idle)

    def look(part: QWidget) -> None:
        idle()
        check_parts(part)

    window.show_place(Place.SETTINGS)
    look(window)
    window.show_trust()
    look(window)
    window.open_entry(shown.kept.entry.id)
    look(window)
    for dialog in dialogs_of(window, shown, known):
        dialog.open()
        look(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), type(dialog).__name__


@pytest.mark.parametrize("width", [560, 1180])
def test_everything_fits_in_polish(window: MainWindow, idle: Idle, width: int) -> None:
    window.session.set_language("pl")
    window.resize(width, 600)
    look_at_everything(window, idle)


def test_twice_as_long_texts_fit(
    window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = Texts.__call__
    monkeypatch.setattr(Texts, "__call__", lambda t, m, **f: f"{once(t, m, **f)} {once(t, m, **f)}")
    look_at_everything(window, idle)


def test_a_screen_reader_hears_the_page_and_the_banner(window: MainWindow, idle: Idle) -> None:
    QAccessible.setActive(True)
    prepared(window, idle)
    window.show_trust()
    idle()
    heard = names(window)
    s = window.session
    assert s(words.GET_LISTS) in heard
    assert any(name.startswith("Remove List of revoked credentials, https") for name in heard)
    assert any(name.startswith("Take back: You distrust this key, ") for name in heard)
    assert any(name.startswith(s(words.FINGERPRINT)) for name in heard)
