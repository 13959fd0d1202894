"""The Progress page: what is counted, why, and what the person can say about it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from wallet.actions import planning as plans
from wallet.actions import programmes as shelf
from wallet.model.programme import AwardStatus
from wallet.texts import labels, planning
from wallet.texts import progress as said
from wallet.ui.dialogs.papers import PapersDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.papers import paper_document
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.places import Place
from wallet.ui.widgets.requirements import Tree

from .people import press, says

Idle = Callable[[], None]
CLIMATE = "urn:mc-programme:enhance:climate-action"
DATA = "urn:mc-programme:enhance:data-literacy"


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> ProgressPage:
    """The page with the demonstration's credentials, everything counted."""
    window.open_demonstration()
    idle()
    window.show_place(Place.PROGRESS)
    idle()
    return window.page(ProgressPage)


def award_view(page: ProgressPage, programme: str, number: int) -> AwardView:
    """One award of a programme, by its place on the card."""
    return page.cards[programme].findChildren(AwardView)[number]


def test_each_answer_is_in_words_beside_who_decides(page: ProgressPage) -> None:
    met = award_view(page, CLIMATE, 0)
    assert says(met, "met")
    assert says(met, "The university decides on the award.")
    open_ = award_view(page, CLIMATE, 1)
    assert says(open_, "not met")
    assert says(open_, "14.5 of 17.5 ECTS earned · 3 ECTS missing")
    assert not says(open_, "The university decides")


def test_the_tree_says_what_met_what_and_by_which_identifier(
    page: ProgressPage, idle: Idle
) -> None:
    view = award_view(page, CLIMATE, 1)
    view.unfold()
    idle()
    assert says(view, "by urn:mc-example:tub:climate-data")
    assert says(view, "missing: 1 course, 3 ECTS")
    assert says(view, "Plan 3:")
    assert says(view, page._session(planning.WHY_NOT))


def test_the_tree_is_one_stop_and_arrows_move_in_it(page: ProgressPage, idle: Idle) -> None:
    view = award_view(page, CLIMATE, 1)
    view.unfold()
    idle()
    (tree,) = view.findChildren(Tree)
    stops = [one for one in tree.nodes if one.focusPolicy() is Qt.FocusPolicy.StrongFocus]
    assert stops == [tree.nodes[0]]
    assert "level 1" in tree.nodes[0].accessibleName()
    assert "1 of 6" in tree.nodes[0].accessibleName()
    assert all(one.accessibleName() for one in tree.nodes)
    tree.window().activateWindow()
    tree.nodes[0].setFocus()
    QTest.keyClick(tree.nodes[0], Qt.Key.Key_Down)
    assert tree.window().focusWidget() is tree.nodes[1]
    QTest.keyClick(tree.nodes[1], Qt.Key.Key_End)
    assert tree.window().focusWidget() is tree.nodes[-1]
    assert tree.nodes[0].focusPolicy() is Qt.FocusPolicy.ClickFocus


def test_what_is_planned_is_never_earned(page: ProgressPage, idle: Idle) -> None:
    wallet, tasks = page._session.open_wallet, page._session.tasks
    key = counting_key(page)
    tasks.change(page, lambda: plans.set_plan(wallet, [key]), lambda _none: None)
    idle()
    view = award_view(page, DATA, 0)
    assert says(view, "3 of 7 ECTS earned · 4 ECTS planned")
    assert says(view, "not met")
    assert not says(view, "ECTS missing")


def counting_key(page: ProgressPage) -> str:
    """The course that the smallest plan of the mini-certificate needs."""
    return page.answers[DATA][0].awards[0].next[0][0]


def test_a_programme_file_comes_goes_and_comes_back(
    window: MainWindow, page: ProgressPage, idle: Idle, tmp_path: Path
) -> None:
    from tests import needs  # noqa: PLC0415 -- only this test reads it

    file = needs.shared("programmes/eu-conexus-minor.json")
    page.add_files([file])
    idle()
    (added,) = page.cards.keys() - {CLIMATE, DATA, *shipped()}
    card = page.cards[added]
    assert says(card, page._session(planning.OWN))
    press(window, planning.REMOVE_OWN, card)
    idle()
    assert added not in page.cards
    window.bar.take_back()
    idle()
    assert added in page.cards


def shipped() -> set[str]:
    """Ids of the programmes that come with the program."""
    return {one.id for one in shelf.shipped()}


def test_supplement_and_audit_are_shown_and_saved(
    page: ProgressPage, idle: Idle, tmp_path: Path
) -> None:
    page._ask_for_papers(CLIMATE, "full")
    idle()
    (dialog,) = page.findChildren(PapersDialog)
    assert says(dialog, "Sustainable development")
    assert not says(dialog, "SHA-256 of the credential")
    dialog.save(tmp_path / "supplement.json")
    idle()
    assert "Sustainable development" in (tmp_path / "supplement.json").read_text("utf-8")
    assert says(dialog, "supplement.json")
    dialog.choice.setCurrentIndex(1)
    idle()
    assert says(dialog, "SHA-256 of the credential")
    dialog.save(tmp_path / "audit")
    idle()
    assert (tmp_path / "audit.pdf").read_bytes().startswith(b"%PDF")
    assert dialog.height() > 400
    dialog.close()


def test_paper_holds_plain_text_alone(page: ProgressPage) -> None:
    facts = {
        "title": "Audit", "award": "<img src='file:///etc/passwd'>", "result": "R", "verdict": "V",
        "head": [["Name", "<b>x</b>"]], "sections": [], "remark": "", "footer": "",
    }  # fmt: skip
    text = paper_document(facts).toPlainText()
    assert "<img src='file:///etc/passwd'>" in text
    assert "<b>x</b>" in text


def test_an_empty_wallet_says_how_far_it_is_to_each_award(
    window: MainWindow, page: ProgressPage, idle: Idle
) -> None:
    from wallet.actions import wallet as content  # noqa: PLC0415 -- only to empty it

    wallet = page._session.open_wallet

    def empty() -> None:
        for entry in content.entries(wallet):
            content.delete(wallet, entry.id)

    page._session.tasks.change(page, empty, lambda _none: None)
    idle()
    assert says(page, page._session(labels.NOTHING_TO_COUNT))
    states = {award.status for one, _then in page.answers.values() for award in one.awards}
    assert states == {AwardStatus.NOT_MET}
    assert says(page, said.STATUSES[AwardStatus.NOT_MET].one)
