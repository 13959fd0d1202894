"""What a screen reader gets: a name for everything that can be reached, and states in words."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest

from wallet.texts import labels
from wallet.ui.main_window import MainWindow
from wallet.ui.pages.credentials import CredentialsPage
from wallet.ui.pages.detail import DetailPage
from wallet.ui.widgets.places import Place

Idle = Callable[[], None]
DEEPEST = 40


def everything(found: QAccessibleInterface, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """Walk what a screen reader sees."""
    yield found
    for number in range(found.childCount() if depth < DEEPEST else 0):
        child = found.child(number)
        if child.isValid() and not child.state().invisible:
            yield from everything(child, depth + 1)


def names(window: MainWindow) -> list[str]:
    """The names of all that can have the focus; each has one."""
    found = QAccessible.queryAccessibleInterface(window)
    assert found is not None
    said = []
    for part in everything(found):
        if part.state().focusable and part.role() not in {
            QAccessible.Role.Window,
            QAccessible.Role.Client,
            QAccessible.Role.ScrollBar,
        }:
            name = part.text(QAccessible.Text.Name)
            assert name, (part.role(), part.object())
            said.append(name)
    return said


def test_everything_that_can_be_reached_has_a_name(window: MainWindow, idle: Idle) -> None:
    QAccessible.setActive(True)
    window.open_demonstration()
    idle()
    for place in Place:
        window.show_place(place)
        idle()
        assert window.session(place.title) in names(window)


def test_a_row_of_the_list_says_its_state(window: MainWindow, idle: Idle) -> None:
    QAccessible.setActive(True)
    window.open_demonstration()
    idle()
    rows = window.page(CredentialsPage).rows()
    said = names(window)
    for row in rows:
        assert any(row.title in name and row.state in name for name in said), row.title


def test_the_window_can_be_used_by_keys_alone(window: MainWindow, idle: Idle) -> None:
    window.open_demonstration()
    idle()
    page = window.page(CredentialsPage)
    page.list.setFocus()
    page.list.setCurrentIndex(page.list.model().index(1, 0))
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    idle()
    assert isinstance(window.stack.currentWidget(), DetailPage)
    window.activateWindow()
    seen = set()
    for _ in range(40):
        window.focusNextChild()
        focused = window.focusWidget()
        assert focused is not None
        seen.add(focused.accessibleName())
    wanted = (labels.SHOW_TO_SOMEBODY, labels.SAVE_ORIGINAL, labels.CHECK_AGAIN, labels.DELETE)
    assert {window.session(label) for label in wanted} <= seen
