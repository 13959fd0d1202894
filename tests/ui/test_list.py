"""The list: filtered, ordered, and several credentials worked on at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from wallet.actions import noting
from wallet.model.verification import State
from wallet.texts import arranging, labels
from wallet.texts import noting as said
from wallet.ui.dialogs.tags import TagsDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.models.arranging import Filter, Order, alphabetical
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.present import PresentPage
from wallet.ui.widgets.places import Place

from .people import press, says, the
from .test_path import save_as

Idle = Callable[[], None]


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> CredentialsPage:
    """The list of the demonstration's wallet."""
    window.activateWindow()
    window.open_demonstration()
    idle()
    return window.page(CredentialsPage)


def titles(page: CredentialsPage) -> list[str]:
    return [row.title for row in page.rows()]


def choose_order(page: CredentialsPage, order: Order) -> None:
    page.order.setCurrentIndex(page.order.findData(order))
    page.order.activated.emit(page.order.currentIndex())


def test_a_filter_narrows_the_list_and_says_by_how_much(page: CredentialsPage) -> None:
    window = page.window()
    total = len(page.rows())
    page.filter.click()
    states = {row.standing.state for row in page.rows()}
    assert len(states) > 1
    for state in states:
        page.filters.choose(Filter(state=state))
        shown = page.rows()
        assert shown
        assert {row.standing.state for row in shown} == {state}
        assert says(window, f"{len(shown)} of {total} credentials")
    page.clear.click()
    assert len(page.rows()) == total
    assert says(window, f"{total} credentials")
    assert not page.clear.isVisible()


def test_every_choice_offered_shows_something(page: CredentialsPage) -> None:
    page.filter.click()
    for name in ("state", "body", "year", "format"):
        choice = page.filters._choices[name]
        seen = 0
        for number in range(1, choice.count()):
            page.filters.choose(Filter(**{name: choice.itemData(number)}))
            assert page.rows(), (name, choice.itemText(number))
            seen += len(page.rows())
        page.filters.clear()
        assert seen >= len(page.rows())


def test_a_filter_and_a_search_hold_together_and_both_are_cleared(
    page: CredentialsPage, idle: Idle
) -> None:
    everything = titles(page)
    page.filter.click()
    page.search.setText(everything[0].split()[0])
    idle()
    found = titles(page)
    assert found
    assert len(found) < len(everything)
    missing = next(one for one in State if one not in {r.standing.state for r in page.rows()})
    page.filters._choices["state"].addItem("?", missing)
    page.filters.choose(Filter(state=missing))
    assert titles(page) == []
    assert says(page, page._session(arranging.NOTHING_LEFT))
    press(page.window(), labels.SHOW_ALL)  # type: ignore[arg-type]  # the page's window
    idle()
    assert titles(page) == everything


def test_the_orders(page: CredentialsPage, idle: Idle) -> None:
    added = titles(page)
    choose_order(page, Order.TITLE)
    assert titles(page) == sorted(added, key=alphabetical)
    choose_order(page, Order.AWARDED)
    dates = [e.issued for e in page._model._listed]
    stated = [one for one in dates if one is not None]
    assert stated == sorted(stated, reverse=True)
    assert dates[: len(stated)] == stated
    choose_order(page, Order.BODY)
    bodies = [row.body for row in page.rows()]
    assert bodies == sorted(bodies, key=alphabetical)
    page.reload()
    idle()
    assert [row.body for row in page.rows()] == bodies
    choose_order(page, Order.ADDED)
    assert titles(page) == added


def test_letters_stand_where_a_person_looks_for_them() -> None:
    words = ["łoś", "Zebra", "ąka", "los", "Ala", "lot", "baba", "Łotr"]
    assert sorted(words, key=alphabetical) == [
        "ąka", "Ala", "baba", "los", "łoś", "lot", "Łotr", "Zebra",
    ]  # fmt: skip


def test_several_are_chosen_by_keyboard_and_deleted_and_come_back(
    page: CredentialsPage, window: MainWindow, idle: Idle
) -> None:
    before = titles(page)
    page.choose.click()
    assert page.several.isVisible()
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    QTest.keyClick(page.list, Qt.Key.Key_Space)
    assert len(page.list.chosen) == 2
    assert says(window, "2 chosen")
    chosen = page.list.chosen
    press(window, said.SEVERAL_DELETE, page.several)
    idle()
    assert len(titles(page)) == len(before) - 2
    assert chosen[0] not in {row.id for row in page.rows()}
    assert not page.several.isVisible()
    window.bar.take_back()
    idle()
    assert titles(page) == before


def test_a_click_chooses_instead_of_opening_and_escape_ends_it(
    page: CredentialsPage, window: MainWindow, idle: Idle
) -> None:
    page.choose.click()
    place = page.list.visualRect(page._model.index(1)).center()
    left = Qt.MouseButton.LeftButton
    QTest.mouseClick(page.list.viewport(), left, Qt.KeyboardModifier.NoModifier, place)
    assert window.stack.currentWidget() is page
    assert page.list.chosen == (page.rows()[1].id,)
    QTest.keyClick(page.list, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.list.chosen) == len(page.rows())
    page.reload()
    idle()
    assert len(page.list.chosen) == len(page.rows())
    QTest.keyClick(page.list, Qt.Key.Key_Escape)
    assert not page.several.isVisible()
    assert len(page.list.chosen) == 0


def test_several_are_tagged_together_and_found_by_the_tag(
    page: CredentialsPage, window: MainWindow, idle: Idle
) -> None:
    wallet = window.session.open_wallet
    ids = tuple(row.id for row in page.rows()[:3])
    page.choose.click()
    page.list.stand_on(ids[0], ids)
    press(window, said.SEVERAL_TAG, page.several)
    idle()
    dialog = the(window, TagsDialog)
    dialog.field.setText("  to send ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    idle()
    asked: list[dict[str, tuple[str, ...]]] = []
    ask = window.session.tasks.ask
    ask(page, lambda: dict(noting.tags_of(wallet, ids)), asked.append)
    idle()
    assert set(asked[0].values()) == {("to send",)}
    dialog.accept()
    idle()
    page.filter.click()
    page.filters.choose(Filter(tag="to send"))
    assert {row.id for row in page.rows()} == set(ids)
    assert page.list.chosen == tuple(row.id for row in page.rows())
    window.bar.take_back()
    idle()
    assert page.filters.filter == Filter()
    assert len(page.rows()) > len(ids)


def test_several_are_saved_and_presented(
    page: CredentialsPage,
    window: MainWindow,
    idle: Idle,
    tmp_path: Path,
) -> None:
    ids = tuple(row.id for row in page.rows()[:2])
    page.choose.click()
    page.list.stand_on(ids[0], ids)
    folder = tmp_path / "out"
    folder.mkdir()
    press(window, said.SEVERAL_SAVE, page.several)
    save_as(window, folder, idle)
    assert len(list(folder.iterdir())) == 2
    press(window, said.SEVERAL_SHOW, page.several)
    idle()
    assert window.place is Place.PRESENT
    assert set(window.page(PresentPage).chooser.chosen) == set(ids)
