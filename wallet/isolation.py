"""Foreign bytes in a killable process: a parser that hangs, swells or crashes takes nothing along.

One worker process is kept warm, because starting one costs about 70 ms. It is limited, not
sandboxed: it protects against stalls, exhausted memory and crashes of native decoders, and it
never sees a key or the vault. The worker imports the program's main module once more (spawn does):
that has to be light, and to start nothing unless it is `__main__`.
"""

import atexit
import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeVar

from wallet.errors import MalformedCredential, WalletError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

START_SECONDS = 60.0
"""How long a new worker may take to report: a loaded machine with a cold disk is slow."""
CALLS_PER_WORKER = 500
"""After so many calls a worker is replaced, so that what native decoders leak does not add up."""

_Result = TypeVar("_Result")


class _Outcome(Enum):
    """The first word of a worker's answer."""

    READY = auto()
    RESULT = auto()
    MALFORMED = auto()
    MEMORY = auto()
    BUG = auto()


def run(
    function: Callable[..., _Result],
    *args: object,
    seconds: float,
    memory: int,
) -> _Result:
    """Call `function(*args)` in the worker process and return its result.

    The function is found by its module and name, so it must be a module's own; arguments and
    result are copied. Safe to call from several threads, which then use a worker each.

    Args:
        function: what to call.
        *args: its arguments.
        seconds: how long the call may take before the process is killed.
        memory: bytes of address space that the call may add to what an idle worker has
            (kept where the platform can limit it: Linux; elsewhere time alone is limited).

    Raises:
        MalformedCredential: what the function itself raised, or `time`, `memory` or `crash`.
        RuntimeError: the function raised anything else: a bug, with the worker's traceback.
    """
    worker = _POOL.take()
    reusable = False
    try:
        result = worker.call(function, args, seconds, memory)
        reusable = worker.calls < CALLS_PER_WORKER
    except MalformedCredential:
        reusable = not worker.gone and worker.calls < CALLS_PER_WORKER
        raise
    finally:
        _POOL.give_back(worker, reusable)
    return result  # type: ignore[no-any-return]  # as the function promises


def warm() -> None:
    """Start the worker ahead of its first call, for example while a window opens."""
    _POOL.give_back(_POOL.take(), reusable=True)


def close() -> None:
    """Stop the idle worker. Happens by itself at exit; the next `run` starts another."""
    _POOL.close()


# ---- this side ----------------------------------------------------------------------------------


class _Worker:
    """One process and the pipe to it, used by one thread at a time."""

    def __init__(self) -> None:
        from multiprocessing import get_context  # noqa: PLC0415 -- heavy, and most need no worker

        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_serve, args=(theirs,), name="mikrofolio-isolation", daemon=True
        )
        self._process.start()
        theirs.close()
        self.calls = 0
        self.gone = False
        self._ready = False

    def alive(self) -> bool:
        return not self.gone and self._process.is_alive()

    def await_ready(self) -> None:
        """Wait until the process answers; what fails here is not the fault of foreign bytes."""
        if self._ready:
            return
        try:
            if not self._pipe.poll(START_SECONDS):
                raise RuntimeError("the isolated process does not start")
            self._pipe.recv()
        except (EOFError, OSError) as error:
            raise RuntimeError("the isolated process ended at its start") from error
        self._ready = True

    def call(
        self, function: Callable[..., Any], args: tuple[object, ...], seconds: float, memory: int
    ) -> Any:
        self.calls += 1
        deadline = time.monotonic() + seconds
        try:
            self._pipe.send((function, args, memory))
            if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
                self.stop()
                raise MalformedCredential("time", limit=int(seconds))
            outcome, content = self._pipe.recv()
        except (EOFError, OSError) as error:
            self.stop()
            raise MalformedCredential("crash") from error
        if outcome is _Outcome.RESULT:
            return content
        if outcome is _Outcome.MALFORMED:
            raise _rebuilt(*content)
        if outcome is _Outcome.MEMORY:
            # What a failed allocation left behind in native code is unknown.
            self.stop()
            raise MalformedCredential("memory", limit=memory)
        self.stop()
        raise RuntimeError(f"in the isolated process: {content}")

    def stop(self) -> None:
        """Kill the process and collect it, so that none stays behind as a zombie."""
        if self.gone:
            return
        self.gone = True
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


class _Pool:
    """At most one idle worker; more exist only while several threads call at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: _Worker | None = None

    def take(self) -> _Worker:
        with self._lock:
            worker, self._idle = self._idle, None
            if worker is not None and not worker.alive():
                worker.stop()
                worker = None
            if worker is None:
                worker = _Worker()
        try:
            worker.await_ready()
        except RuntimeError:
            worker.stop()
            raise
        return worker

    def give_back(self, worker: _Worker, reusable: bool) -> None:
        with self._lock:
            if reusable and self._idle is None and worker.alive():
                self._idle = worker
                return
        worker.stop()

    def close(self) -> None:
        with self._lock:
            worker, self._idle = self._idle, None
        if worker is not None:
            worker.stop()


_POOL = _Pool()
"""Nothing observable: a process kept for its start-up time alone."""
atexit.register(close)


def _rebuilt(kind: type[MalformedCredential], facts: dict[str, str | int]) -> MalformedCredential:
    # Exceptions pickle as "type called with args", which ours do not take: facts cross instead.
    error = kind.__new__(kind)
    WalletError.__init__(error, **facts)
    return error


# ---- the other side -----------------------------------------------------------------------------


def _serve(pipe: "Connection[Any, Any]") -> None:
    """Answer calls until the other end closes: the whole life of a worker."""
    _settle()
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        pipe.send((_Outcome.READY, None))
        while True:
            answer: tuple[_Outcome, Any]
            try:
                function, args, memory = pipe.recv()
            except (MemoryError, EOFError, OSError):
                raise EOFError from None
            except Exception:  # the function's own module cannot be imported: a bug
                answer = _Outcome.BUG, _trace()
            else:
                answer = _answer(function, args, memory)
            try:
                pipe.send(answer)
            except MemoryError:
                pipe.send((_Outcome.MEMORY, None))
            except Exception:  # a result that cannot be copied: whatever pickle says, a bug
                pipe.send((_Outcome.BUG, _trace()))


def _answer(
    function: Callable[..., Any], args: tuple[object, ...], memory: int
) -> tuple[_Outcome, Any]:
    try:
        with _limited(memory):
            return _Outcome.RESULT, function(*args)
    except MalformedCredential as error:
        return _Outcome.MALFORMED, (type(error), error.facts)
    except MemoryError:
        return _Outcome.MEMORY, None
    except Exception:  # anything else is a bug, and crosses as its traceback
        return _Outcome.BUG, _trace()


def _trace() -> str:
    import traceback  # noqa: PLC0415 -- only a bug pays for it

    return traceback.format_exc()


def _settle() -> None:
    """Leave the terminal to the parent, and leave no memory image of a credential on the disk."""
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    # A native decoder's last words would stand between the lines of the command's own output.
    with contextlib.suppress(OSError):
        null = os.open(os.devnull, os.O_RDWR)
        for descriptor in (1, 2):
            os.dup2(null, descriptor)
        os.close(null)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 -- not on Windows

        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


@contextlib.contextmanager
def _limited(memory: int) -> Iterator[None]:
    """Allow `memory` bytes of address space more than the process has now."""
    used = _address_space()
    if sys.platform == "win32" or used is None:
        yield
        return
    import resource  # noqa: PLC0415 -- not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = used + memory
    for present in (soft, hard):
        if present != resource.RLIM_INFINITY:
            wanted = min(wanted, present)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _address_space() -> int | None:
    """Return the bytes of address space in use, or None where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None
