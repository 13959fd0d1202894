"""The person's word on the page: which course it is, and which award a course is given to."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from tests.issuer import EDC_AWARD, NOW, sealed_edc, trust_files
from tests.issuer.universities import WARSAW, berlin, warsaw
from wallet.actions import importing, unlocking
from wallet.actions.demonstrating import QUICK
from wallet.actions.wallet import Wallet
from wallet.model.keeping import TrustItem
from wallet.texts import labels, planning
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.widgets.award import AwardView
from wallet.ui.widgets.places import Place

from .people import press, says

Idle = Callable[[], None]
CLIMATE = "urn:mc-programme:enhance:climate-action"
LITERACY = "urn:mc-programme:enhance:data-literacy"
ENGINEERING = "urn:mc-programme:wut:data-in-engineering"
COURSES = {
    "urn:mc-example:wut:winter-school-data-literacy": {},
    "urn:mc-example:rwth:data-one": {},
    "urn:mc-example:wut:ml-intro": {"grade": {"en": "4.5"}, "scale": {"en": "pl-2-5"}},
    "urn:mc-example:wut:data-project": {},
}


def fill(wallet: Wallet) -> Wallet:
    """Put courses that two programmes could count into a wallet, and one that only looks alike."""
    for number, raw in enumerate(trust_files()):
        wallet.vault.put_trust_item(TrustItem(f"t{number}", "test", "test", "test", NOW, raw))
    wallet = unlocking.with_trust(wallet)
    for number, (identifier, stated) in enumerate(COURSES.items()):
        course = replace(
            EDC_AWARD.course,
            identifier=identifier,
            code=None,
            awarded_by=(WARSAW,),
            ects="5",
            **stated,  # type: ignore[arg-type]  # fields of a course
        )
        award = replace(EDC_AWARD, id=f"urn:uuid:{number:032x}", course=course)
        importing.import_bytes(wallet, "a.jsonld", sealed_edc(warsaw(), award))
    alike = replace(
        EDC_AWARD.course,
        title={"en": "Climate data analysis"},
        identifier="urn:epass:spec:1",
        code=None,
    )
    award = replace(EDC_AWARD, id="urn:uuid:alike", course=alike)
    importing.import_bytes(wallet, "b.jsonld", sealed_edc(berlin(), award))
    return wallet


@pytest.fixture
def page(window: MainWindow, idle: Idle) -> ProgressPage:
    """The page with such a wallet, everything counted."""
    session = window.session
    session.tasks.ask(
        window,
        lambda: fill(
            unlocking.create(session.path, "for tests only", kdf=QUICK, clock=lambda: NOW)
        ),
        session.opened,
    )
    idle()
    window.lists.hide()
    window.show_place(Place.PROGRESS)
    idle()
    return window.page(ProgressPage)


def test_excluding_programmes_show_the_conflict_from_both_sides(
    window: MainWindow, page: ProgressPage, idle: Idle
) -> None:
    school = EDC_AWARD.course.title
    for programme in (LITERACY, ENGINEERING):
        card = page.cards[programme]
        assert says(card, page._session(planning.CONFLICTS)), school
        assert says(card, page._session(planning.UNDECIDED))
    wanted = page._name(f"{ENGINEERING}#award")
    assert pressed(page.cards[LITERACY], page._session(planning.GIVE_TO, award=wanted))
    idle()
    for programme in (LITERACY, ENGINEERING):
        assert says(page.cards[programme], page._session(planning.GIVEN_TO, award=wanted))
    press(window, planning.TAKE_BACK_CHOICE, page.cards[ENGINEERING])
    idle()
    assert says(page.cards[LITERACY], page._session(planning.UNDECIDED))


def test_a_course_that_looks_alike_is_confirmed_and_taken_back(
    page: ProgressPage, idle: Idle
) -> None:
    view = page.cards[CLIMATE].findChildren(AwardView)[1]
    view.unfold()
    idle()
    item = page._name("climate-data")
    yes = page._session(labels.CONFIRM_MATCH, item=item)
    no = page._session(planning.TAKE_BACK, item=item)
    assert pressed(page.cards[CLIMATE], yes)
    idle()
    assert says(page.cards[CLIMATE], "You confirmed on")
    assert not says(page.cards[CLIMATE], yes)
    assert pressed(page.cards[CLIMATE], no)
    idle()
    assert says(page.cards[CLIMATE], yes)


def pressed(card: QWidget, text: str) -> bool:
    """Press the first visible button of a card with this text."""
    for one in card.findChildren(QAbstractButton):
        if one.text() == text and one.isVisible():
            one.click()
            return True
    return False
