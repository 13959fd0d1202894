"""Work off the UI thread: one worker thread, which alone ever touches the vault.

Two verbs: `ask` reads, `change` writes and then tells everybody through `changed`. The result
crosses back through one queued signal into one slot; that is the only bridge between the threads.
"""

import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from wallet.errors import WalletError

Result = TypeVar("Result")
Task = Callable[[], Result]
Failure = Callable[[WalletError], None]

_QUIET = 30
"""Milliseconds in which several changes become one `changed`."""


@dataclass(frozen=True, slots=True)
class _Job:
    owner: QObject
    task: Callable[[], Any]
    then: Callable[[Any], None]
    otherwise: Failure | None
    changes: bool


@dataclass(frozen=True, slots=True)
class _Done:
    job: _Job
    value: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """The worker and its post office. Everything but the tasks themselves runs in the UI thread."""

    changed = Signal()
    """Something was written: whoever shows stored things reloads them."""
    failed = Signal(object)
    """A WalletError that nobody who asked wanted to handle."""
    crashed = Signal(object)
    """Any other exception: a bug of ours."""
    _done = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._waiting = 0
        self._settle = QTimer(self, singleShot=True, interval=_QUIET)
        self._settle.timeout.connect(self.changed)
        self._done.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._work, name="vault", daemon=True)
        self._thread.start()

    def ask(
        self,
        owner: QObject,
        task: Task[Result],
        then: Callable[[Result], None],
        otherwise: Failure | None = None,
    ) -> None:
        """Run `task` in the worker and hand its result to `then`, in this thread.

        Nothing is handed over once `owner` is gone. A WalletError goes to `otherwise`, and to
        `failed` where there is none.
        """
        self._put(_Job(owner, task, then, otherwise, changes=False))

    def change(
        self,
        owner: QObject,
        task: Task[Result],
        then: Callable[[Result], None],
        otherwise: Failure | None = None,
    ) -> None:
        """Do the same for a task that writes: `changed` follows."""
        self._put(_Job(owner, task, then, otherwise, changes=True))

    @property
    def busy(self) -> bool:
        """Whether any result is still to come."""
        return self._waiting > 0

    def stop(self, last: Callable[[], None] | None = None, *, wait: bool = True) -> None:
        """End the worker after what is queued, `last` being the last; waits for it if so asked."""
        if not self._thread.is_alive():
            return
        if last is not None:
            self._jobs.put(_Job(self, last, _ignore, None, changes=False))
        self._jobs.put(None)
        if wait:
            self._thread.join()

    def _put(self, job: _Job) -> None:
        self._waiting += 1
        self._jobs.put(job)

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                done = _Done(job, job.task())
            except Exception as error:
                done = _Done(job, error=error)
            if shiboken6.isValid(self):
                self._done.emit(done)

    @Slot(object)
    def _deliver(self, done: _Done) -> None:
        self._waiting -= 1
        job = done.job
        if job.changes and done.error is None:
            self._settle.start()
        alive = shiboken6.isValid(job.owner)
        if done.error is None:
            if alive:
                job.then(done.value)
        elif not isinstance(done.error, WalletError):
            self.crashed.emit(done.error)
        elif job.otherwise is None:
            self.failed.emit(done.error)
        elif alive:
            job.otherwise(done.error)


def _ignore(_result: object) -> None:
    """Take a result that nobody needs."""
