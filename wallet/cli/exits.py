"""The exit statuses and the order in which they win."""

from collections.abc import Iterable
from enum import IntEnum

from wallet.model.intake import Problem, ProblemCode
from wallet.model.verification import Outcome


class Exit(IntEnum):
    """What the shell gets."""

    OK = 0
    FAILED = 1
    USAGE = 2
    UNDECIDED = 3
    BUG = 70


_PRECEDENCE = (Exit.BUG, Exit.USAGE, Exit.FAILED, Exit.UNDECIDED)
_OF_OUTCOME = {
    Outcome.FAILED: Exit.FAILED,
    Outcome.INDETERMINATE: Exit.UNDECIDED,
    Outcome.PASSED: Exit.OK,
    Outcome.NOT_CHECKED: Exit.UNDECIDED,
}


def worst(exits: Iterable[Exit]) -> Exit:
    """Return the status that wins: a bug, then usage, then failed, then undecided."""
    found = set(exits)
    return next((status for status in _PRECEDENCE if status in found), Exit.OK)


def of_outcome(outcome: Outcome) -> Exit:
    """Return the status of one verified item."""
    return _OF_OUTCOME[outcome]


def of_problem(problem: Problem) -> Exit:
    """Return the status of something that gave no item; `no_credential` never changes it."""
    return Exit.OK if problem.code is ProblemCode.NO_CREDENTIAL else Exit.USAGE
