"""The form for programmes: typed, checked at the field, kept, counted, and shared."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from wallet.actions import programmes as shelf
from wallet.model.credential import JsonObject
from wallet.model.programme import Programme
from wallet.texts import planning
from wallet.ui.dialogs.giving_up import LeaveDialog
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.making import MakingPage
from wallet.ui.pages.progress import ProgressPage
from wallet.ui.widgets.places import Place

from .people import press, says

Idle = Callable[[], None]
CLIMATE = "urn:mc-programme:enhance:climate-action"


@pytest.fixture
def form(window: MainWindow, idle: Idle) -> MakingPage:
    """An empty form, in the demonstration wallet."""
    window.open_demonstration()
    idle()
    window.show_making()
    idle()
    return window.page(MakingPage)


def fill(form: MakingPage, idle: Idle) -> None:
    """Write a programme of one course of the demonstration's and one other."""
    form.title.type("Cities and data")
    form.universities[0].name.type("Warsaw University of Technology")
    form.courses[0].title.type("Urban sensing")
    form.courses[0].ects.type("2.5")
    form.awards[0].title.type("Certificate of cities")
    form.awards[0].modules[0].title.type("Courses")
    form.check()
    idle()
    module = form.awards[0].modules[0]
    module.courses.list.tick([form.courses[0].draft().key])
    module.count.type("1")
    form.check()
    idle()


def test_an_empty_form_is_not_a_list_of_faults(form: MakingPage, idle: Idle) -> None:
    assert not says(form, form._session(planning.WRONG_TITLE))
    assert says(form, "6 places are not right yet.")
    press(form.window(), planning.KEEP_PROGRAMME, form)  # type: ignore[arg-type]  # it is the window
    idle()
    assert says(form, form._session(planning.WRONG_TITLE))
    assert says(form, form._session(planning.WRONG_NAME))
    assert says(form, form._session(planning.WRONG_COURSES))
    assert form.title.line.accessibleDescription() == form._session(planning.WRONG_TITLE)


def test_what_is_wrong_is_said_at_its_field_while_one_types(form: MakingPage, idle: Idle) -> None:
    fill(form, idle)
    assert says(form, form._session(planning.ALL_RIGHT))
    module, award = form.awards[0].modules[0], form.awards[0]
    for field, wrong, right in (
        (form.courses[0].ects, "many", "2.5"),
        (form.courses[0].level, "9", "6"),
        (form.courses[0].identifiers, "no address", "urn:example:sensing"),
        (module.count, "7", "1"),
        (module.ects, "x", "> 2"),
        (award.total, "-1", "2.5"),
        (award.universities, "0", "1"),
        (award.months, "soon", "24"),
        (form.version, " ", "2"),
    ):
        field.type(wrong)
        form.check()
        idle()
        assert field.is_wrong, field.name
        assert says(form, "1 place is not right yet."), (field.name, form._faults)
        field.type(right)
        form.check()
        idle()
        assert not field.is_wrong, field.name
    assert says(form, form._session(planning.ALL_RIGHT))


def test_a_programme_is_kept_counted_changed_and_shared(
    window: MainWindow, form: MakingPage, idle: Idle, tmp_path: Path
) -> None:
    fill(form, idle)
    form.keep()
    idle()
    page = window.page(ProgressPage)
    (own,) = page.cards.keys() - {one.id for one in shelf.shipped()}
    card = page.cards[own]
    assert says(card, "Cities and data")
    assert says(card, "What next: Urban sensing")
    press(window, planning.CHANGE_OWN, card)
    idle()
    assert form.title.text == "Cities and data"
    form.title.type("Cities, data and people")
    form.check()
    idle()
    form.keep()
    idle()
    assert set(page.cards) - {one.id for one in shelf.shipped()} == {own}
    assert says(page.cards[own], "Cities, data and people")


def test_adapting_keeps_what_the_form_does_not_show(
    window: MainWindow, form: MakingPage, idle: Idle, tmp_path: Path
) -> None:
    window.show_place(Place.PROGRESS)
    idle()
    press(window, planning.ADAPT, window.page(ProgressPage).cards[CLIMATE])
    idle()
    assert says(form, form._session(planning.ALL_RIGHT))
    assert len(form.courses) == 12
    form.awards[1].months.type("36")
    form.check()
    idle()
    raw = form_file(form, tmp_path, idle)
    before = json.loads(shelf.file_of(shelf.Version(shipped(CLIMATE))))
    assert raw["id"] != before["id"]
    assert raw["catalogue"] == before["catalogue"]
    assert raw["awards"][0] == before["awards"][0]
    added = raw["awards"][1]["constraints"][-1]
    assert (added["type"], added["months"]) == ("window", 36)
    assert set(added["title"]) == {"en", "pl"}


def shipped(programme: str) -> Programme:
    """A programme that comes with the program."""
    return next(one for one in shelf.shipped() if one.id == programme)


def form_file(form: MakingPage, folder: Path, idle: Idle) -> JsonObject:
    """Save the form as a file, as the dialog would, and read it."""
    from wallet.actions import making  # noqa: PLC0415 -- only here

    path = folder / "shared.json"
    draft = form.draft()
    form._session.tasks.ask(form, lambda: making.share(draft, path), lambda _path: None)
    idle()
    found: JsonObject = json.loads(path.read_text("utf-8"))
    return found


def test_a_course_that_goes_is_ticked_nowhere(form: MakingPage, idle: Idle) -> None:
    fill(form, idle)
    form.courses[0].removed.emit()
    form.check()
    idle()
    module = form.awards[0].modules[0]
    assert module.draft().courses == ()
    assert module.courses.is_wrong
    form.add_course()
    idle()
    assert len(form.courses) == 1
    assert form.courses[0].draft().universities == ("university-1",)


def test_what_was_written_is_not_lost_by_a_wrong_button(
    window: MainWindow, form: MakingPage, idle: Idle
) -> None:
    form.title.type("Begun")
    window.show_place(Place.PROGRESS)
    window.show_making()
    idle()
    assert form.title.text == "Begun"
    press(window, planning.BACK_TO_PROGRESS, form)
    (dialog,) = form.findChildren(LeaveDialog)
    press(window, planning.STAY, dialog)
    assert window.stack.currentWidget() is form
    press(window, planning.BACK_TO_PROGRESS, form)
    dialog = next(one for one in form.findChildren(LeaveDialog) if one.isVisible())
    press(window, planning.LEAVE_GO, dialog)
    idle()
    assert window.stack.currentWidget() is window.page(ProgressPage)
    window.show_making()
    idle()
    assert form.title.text == ""
