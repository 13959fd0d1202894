"""Every page in both languages and appearances: named for machines, in words, within its place."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from wallet.texts import LANGUAGES, use
from wallet.ui.dialogs.notices import CrashDialog, ErrorDialog, HelpDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.gate import CreatePage
from wallet.ui.themes import Appearance
from wallet.ui.widgets.basic import Page
from wallet.ui.widgets.places import Place
from wallet.ui.widgets.plain import Line, Paragraph

from ..texts.test_catalogues import EVERY
from .people import words

Idle = Callable[[], None]


def every_page(window: MainWindow, idle: Idle) -> list[str]:
    """Visit all pages of a window, without a wallet and with the demonstration's."""
    seen = []

    def look() -> None:
        idle()
        seen.extend(words(window))
        check_parts(window)

    for place in Place:
        window.show_place(place)
        look()
    window.stack.addWidget(window.page(CreatePage))
    window.stack.setCurrentWidget(window.page(CreatePage))
    look()
    window.open_demonstration()
    idle()
    for place in Place:
        window.show_place(place)
        look()
    for row in window.page(CredentialsPage).rows()[:2]:
        window.open_entry(row.id)
        look()
    window.present(row.id)
    look()
    return seen


def check_parts(window: QWidget) -> None:
    """Ask of everything visible what holds on every page."""
    for part in window.findChildren(QWidget):
        if not part.isVisible() or part.objectName().startswith("qt_"):
            continue
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(
            part, QAbstractButton | QLineEdit | QComboBox
        ):
            assert part.accessibleName(), part
        if isinstance(part, QLabel):
            assert part.textFormat() is Qt.TextFormat.PlainText, part.text()
            assert isinstance(part, Paragraph | Line), part.text()
        if isinstance(part, Page):
            inside = part.widget()
            assert inside is not None
            assert inside.width() <= part.viewport().width(), type(part).__name__
        if isinstance(part, Paragraph) and part.text():
            assert part.heightForWidth(part.width()) <= part.height() + 1, part.text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("appearance", [Appearance.LIGHT, Appearance.DARK])
def test_every_page_in_every_language_and_appearance(
    window: MainWindow, idle: Idle, language: str, appearance: Appearance
) -> None:
    window.session.set_language(language)
    window.session.style.set_appearance(appearance)
    assert every_page(window, idle)


def test_no_page_shows_english_in_polish(window: MainWindow, idle: Idle) -> None:
    window.session.set_language("pl")
    polish = use("pl")
    english = {m.one for m in EVERY if m.many is None and "{" not in m.one}
    said_in_polish = {polish(m) for m in EVERY if m.many is None and "{" not in m.one}
    for shown in every_page(window, idle):
        assert shown not in english - said_in_polish, shown


@pytest.mark.parametrize("width", [560, 800, 1600])
def test_no_text_is_cut_at_any_width(window: MainWindow, idle: Idle, width: int) -> None:
    window.session.set_language("pl")
    window.resize(width, 600)
    every_page(window, idle)


def test_twice_as_long_texts_still_fit(
    window: MainWindow, idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wallet.texts import Texts  # noqa: PLC0415 -- only this test bends it

    once = Texts.__call__
    monkeypatch.setattr(Texts, "__call__", lambda t, m, **f: f"{once(t, m, **f)} {once(t, m, **f)}")
    window.build()
    every_page(window, idle)


def test_a_change_of_language_keeps_the_place(window: MainWindow, idle: Idle) -> None:
    window.show_place(Place.SETTINGS)
    window.session.set_language("pl")
    idle()
    assert window.place is Place.SETTINGS
    assert "Ustawienia" in words(window)
    assert "Settings" not in words(window)


def test_dialogs_say_what_happened(window: MainWindow) -> None:
    from wallet.errors import NotWritable  # noqa: PLC0415 -- beside its only use

    error = ErrorDialog(window, window.session, NotWritable(name="a.json", detail="full"))
    error.show()
    assert any("a.json" in text for text in words(error))
    error.close()
    helped = HelpDialog(window, window.session)
    helped.show()
    check_parts(helped)
    helped.close()


def test_a_crash_report_holds_places_and_no_content(window: MainWindow) -> None:
    def broken(secret: str) -> None:
        raise ValueError(secret)

    try:
        broken("Hanna Żółkiewska, 5.0")
    except ValueError as error:
        dialog = CrashDialog(window, window.session, error)
    dialog.show()
    assert "ValueError" in dialog.report
    assert "Hanna" not in dialog.report
    assert not any("Hanna" in text for text in words(dialog))
    dialog.close()
