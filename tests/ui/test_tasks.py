"""The bridge between the worker and the window."""

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from wallet.errors import NotFound, WalletError
from wallet.ui.tasks import Tasks

MANY = 5000
WAIT = 60_000


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    made.moveToThread(qapp.thread())
    yield made
    made.stop()


def test_five_thousand_results_cross_in_order(tasks: Tasks, qtbot: QtBot) -> None:
    owner, got = QObject(), list[int]()
    for number in range(MANY):
        tasks.ask(owner, partial(int, number), got.append)
    qtbot.waitUntil(lambda: len(got) == MANY, timeout=WAIT)
    assert got == list(range(MANY))
    assert not tasks.busy


def test_tasks_run_in_one_other_thread_and_answers_in_this_one(tasks: Tasks, qtbot: QtBot) -> None:
    owner, workers, answered = QObject(), set[int](), set[int]()

    def answer(ident: int) -> None:
        workers.add(ident)
        answered.add(threading.get_ident())

    for _ in range(20):
        tasks.ask(owner, threading.get_ident, answer)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=WAIT)
    assert answered == {threading.get_ident()}
    assert len(workers) == 1
    assert workers.isdisjoint(answered)


def test_a_change_tells_everybody_and_many_changes_tell_once(tasks: Tasks, qtbot: QtBot) -> None:
    owner, told = QObject(), list[bool]()
    tasks.changed.connect(lambda: told.append(True))
    tasks.ask(owner, lambda: 1, lambda _: None)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=WAIT)
    qtbot.wait(80)
    assert not told
    with qtbot.waitSignal(tasks.changed, timeout=WAIT):
        for _ in range(50):
            tasks.change(owner, lambda: 1, lambda _: None)
    qtbot.wait(80)
    assert len(told) < 10


def test_a_known_error_goes_to_who_asked_else_to_everybody(tasks: Tasks, qtbot: QtBot) -> None:
    owner, mine, all_ = QObject(), list[WalletError](), list[object]()

    def missing() -> None:
        raise NotFound(id="x")

    tasks.failed.connect(all_.append)
    tasks.ask(owner, missing, lambda _: None, mine.append)
    tasks.ask(owner, missing, lambda _: None)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=WAIT)
    assert [error.code for error in mine] == ["not_found"]
    assert len(all_) == 1


def test_a_failed_change_changes_nothing(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()

    def missing() -> None:
        raise NotFound(id="x")

    with qtbot.assertNotEmitted(tasks.changed, wait=100):
        tasks.change(owner, missing, lambda _: None, lambda _: None)
        qtbot.waitUntil(lambda: not tasks.busy, timeout=WAIT)


def test_a_bug_is_told_as_one(tasks: Tasks, qtbot: QtBot) -> None:
    owner = QObject()
    with qtbot.waitSignal(tasks.crashed, timeout=WAIT) as crashed:
        tasks.ask(owner, lambda: 1 // 0, lambda _: None)
    assert isinstance(crashed.args[0], ZeroDivisionError)


def test_nothing_is_handed_to_an_owner_that_is_gone(tasks: Tasks, qtbot: QtBot) -> None:
    got, owner, gate = list[int](), QObject(), threading.Event()
    tasks.ask(owner, lambda: int(gate.wait(10)), got.append)
    owner.deleteLater()
    qtbot.wait(20)
    gate.set()
    qtbot.waitUntil(lambda: not tasks.busy, timeout=WAIT)
    assert not got


def test_stopping_finishes_what_is_queued(tasks: Tasks) -> None:
    owner, done = QObject(), list[int]()
    for number in range(10):
        tasks.ask(owner, partial(done.append, number), lambda _: None)
    tasks.stop()
    assert done == list(range(10))
    tasks.stop()
