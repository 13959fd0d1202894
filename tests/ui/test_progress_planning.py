"""What if: courses that are ticked, what would then be met, and in which other programmes."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from wallet.actions import planning as plans
from wallet.actions import progress as counting
from wallet.actions import wallet as content
from wallet.texts import planning
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.planning import PlanningPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.widgets.places import Place

from .people import press, says

Idle = Callable[[], None]
DATA = "urn:mc-programme:enhance:data-literacy"


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> PlanningPage:
    """The page with the data literacy programme."""
    window.open_demonstration()
    idle()
    window.show_planning(DATA)
    idle()
    return window.page(PlanningPage)


def tick(page: PlanningPage, text: str) -> None:
    """Go to a course by the keyboard and tick it with the space bar."""
    row = next(
        number for number in range(page.ticks.count()) if text in page.ticks.item(number).text()
    )
    page.ticks.setCurrentRow(row)
    QTest.keyClick(page.ticks, Qt.Key.Key_Space)


def test_ticking_shows_what_would_be_met_everywhere(page: PlanningPage, idle: Idle) -> None:
    assert says(page, page._session(planning.THEN_NOTHING))
    tick(page, "Winter School")
    idle()
    assert says(page, "mini-Certificate in Data Literacy: not met, then met")
    assert says(page, "closes: Winter or summer school in data literacy")
    assert says(page, "Micro-credential: Data in engineering practice")
    assert says(page, "What “Winter School in Data Literacy” would bring")
    assert says(page, "1 course is planned")


def test_the_plan_is_kept_and_can_be_taken_away(
    window: MainWindow, page: PlanningPage, idle: Idle
) -> None:
    tick(page, "Winter School")
    idle()
    wallet = page._session.open_wallet
    kept: list[tuple[str, ...]] = []

    def look() -> None:
        page._session.tasks.ask(
            page, lambda: plans.plan(wallet, counting.in_use(wallet, ())), kept.append
        )
        idle()

    look()
    (planned,) = kept.pop()
    window.show_place(Place.PROGRESS)
    idle()
    assert says(window.page(ProgressPage), "4 ECTS planned")
    window.show_planning(DATA)
    idle()
    assert page.planned == (planned,)
    press(window, planning.CLEAR_PLAN, page)
    idle()
    look()
    assert kept == [()]
    assert says(page, page._session(planning.THEN_NOTHING))


def test_planning_changes_nothing_that_is_earned(page: PlanningPage, idle: Idle) -> None:
    wallet = page._session.open_wallet
    found: list[object] = []

    def count() -> None:
        page._session.tasks.ask(
            page,
            lambda: (counting.progress(wallet, DATA), len(content.entries(wallet))),
            found.append,
        )
        idle()

    count()
    tick(page, "Winter School")
    idle()
    count()
    assert found[0] == found[1]
