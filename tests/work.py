"""How much work something takes: calls of functions, counted and never timed."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Fail if more functions are called than that, ours and the libraries', built-in ones too.

    Ten million take a slow machine about a second. A loop inside one built-in function counts
    once: what only those could make long has to end by itself.
    """
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
        assert count <= calls, f"{count} calls"
