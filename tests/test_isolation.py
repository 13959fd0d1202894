"""The killable process: what dies in it dies there alone."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from wallet import isolation
from wallet.errors import MalformedCredential, TooLarge

SECONDS = 20.0
MEMORY = 256 * 1024 * 1024


def _add(left: int, right: int) -> int:
    return left + right


def _process() -> int:
    return os.getpid()


def _hang() -> None:
    time.sleep(60)


def _swell(size: int) -> int:
    return len(bytearray(size))


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _leave() -> None:
    os._exit(0)


def _refuse() -> None:
    raise TooLarge("pixels", limit=7)


def _blunder() -> None:
    raise KeyError("a bug of ours")


def _not_copied() -> object:
    return threading.Lock()


class _Unreadable:
    """An argument that cannot be made again on the other side."""

    def __reduce__(self) -> tuple[object, ...]:
        return _blunder, ()


def _chatter() -> None:
    os.write(2, b"noise from a decoder\n")


def test_returns_the_result_and_keeps_the_process_warm() -> None:
    assert isolation.run(_add, 2, 3, seconds=SECONDS, memory=MEMORY) == 5
    first = isolation.run(_process, seconds=SECONDS, memory=MEMORY)
    assert isolation.run(_process, seconds=SECONDS, memory=MEMORY) == first != os.getpid()


def test_large_arguments_and_results_cross() -> None:
    data = os.urandom(20 * 1024 * 1024)
    assert isolation.run(bytes.upper, data, seconds=SECONDS, memory=MEMORY) == data.upper()


def test_a_hanging_call_is_killed_in_time() -> None:
    isolation.warm()
    started = time.monotonic()
    with pytest.raises(MalformedCredential) as caught:
        isolation.run(_hang, seconds=0.3, memory=MEMORY)
    assert caught.value.facts["what"] == "time"
    assert time.monotonic() - started < 10
    assert isolation.run(_add, 1, 1, seconds=SECONDS, memory=MEMORY) == 2


def test_memory_is_limited_per_call() -> None:
    if sys.platform == "linux":  # elsewhere the address space has no limit
        with pytest.raises(MalformedCredential) as caught:
            isolation.run(_swell, 4 * MEMORY, seconds=SECONDS, memory=MEMORY)
        assert caught.value.facts["what"] == "memory"
    assert isolation.run(_swell, MEMORY // 2, seconds=SECONDS, memory=MEMORY) == MEMORY // 2
    assert isolation.run(_swell, 2 * MEMORY, seconds=SECONDS, memory=4 * MEMORY) == 2 * MEMORY


@pytest.mark.parametrize("end", [_crash, _leave])
def test_a_crash_is_the_bytes_fault(end: object) -> None:
    assert callable(end)
    with pytest.raises(MalformedCredential) as caught:
        isolation.run(end, seconds=SECONDS, memory=MEMORY)
    assert caught.value.facts["what"] == "crash"
    assert isolation.run(_add, 1, 1, seconds=SECONDS, memory=MEMORY) == 2


def test_a_worker_killed_while_idle_is_replaced() -> None:
    os.kill(isolation.run(_process, seconds=SECONDS, memory=MEMORY), signal.SIGKILL)
    time.sleep(0.2)
    assert isolation.run(_add, 1, 1, seconds=SECONDS, memory=MEMORY) == 2


def test_a_malformed_credential_comes_back_as_itself() -> None:
    with pytest.raises(TooLarge) as caught:
        isolation.run(_refuse, seconds=SECONDS, memory=MEMORY)
    assert caught.value.facts == {"what": "pixels", "limit": 7}


@pytest.mark.parametrize("bug", [_blunder, _not_copied])
def test_any_other_exception_is_a_bug(bug: object) -> None:
    assert callable(bug)
    with pytest.raises(RuntimeError, match="isolated process"):
        isolation.run(bug, seconds=SECONDS, memory=MEMORY)
    assert isolation.run(_add, 1, 1, seconds=SECONDS, memory=MEMORY) == 2


def test_what_the_worker_cannot_take_over_is_a_bug() -> None:
    with pytest.raises(RuntimeError, match="a bug of ours"):
        isolation.run(_add, _Unreadable(), 1, seconds=SECONDS, memory=MEMORY)
    assert isolation.run(_add, 1, 1, seconds=SECONDS, memory=MEMORY) == 2


def test_threads_do_not_wait_for_each_other_or_mix_results() -> None:
    results: dict[int, int] = {}

    def ask(number: int) -> None:
        results[number] = isolation.run(_add, number, 0, seconds=SECONDS, memory=MEMORY)

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {number: number for number in range(4)}


def test_closing_stops_the_process() -> None:
    pid = isolation.run(_process, seconds=SECONDS, memory=MEMORY)
    isolation.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert isolation.run(_process, seconds=SECONDS, memory=MEMORY) != pid


SCRIPT = """
from wallet import isolation
from tests import test_isolation as given

if __name__ == "__main__":
    isolation.run(given._chatter, seconds=30, memory=1 << 28)
    print(isolation.run(given._process, seconds=30, memory=1 << 28))
"""


def test_a_program_ends_cleanly_with_warnings_as_errors(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(SCRIPT)
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    with pytest.raises(ProcessLookupError):
        os.kill(int(done.stdout), 0)


def test_importing_it_is_light() -> None:
    code = (
        "import sys, wallet.isolation; print(sorted({'PySide6', 'PIL', 'zxingcpp', 'pyld'}"
        " & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
