"""What is in memory stays there: no core dump of a process that holds keys."""

import sys

_PR_SET_DUMPABLE = 4
"""The operation of prctl(2) that says whether the kernel may dump the process."""


def keep_out_of_dumps() -> None:
    """Forbid core dumps of this process, where the system lets a program do so.

    The limit of setrlimit(2) is not asked where dumps are piped to a program (core(5)), so Linux
    is told through prctl(2) too; that also keeps other programs of the same user from attaching
    as debuggers. Windows writes no dumps of its own accord. What Python cannot promise stays:
    copies of a text may lie in freed memory, and memory may be swapped.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 -- POSIX only

    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, most))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 -- 5 ms, which only an opened vault pays

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
