"""The requirement tree: is it satisfied, and how much does it lack?"""

from collections.abc import Mapping

from wallet.model.programme import Requirement

Lack = tuple[int, int]
"""Courses and hundredths of ECTS that are lacking; (0, 0) is satisfied."""
NOTHING: Lack = (0, 0)
TOO_MANY: Lack = (0, 1)
"""What a choice with too many satisfied branches "lacks": anything but nothing."""


def shortfall(requirement: Requirement, leaves: Mapping[str, Lack]) -> Lack:
    """What a requirement lacks, from what its leaves lack; the cheapest branches of a choice.

    The number of satisfied children of a choice lies within `choose`.
    """
    if requirement.is_leaf or requirement.choose is None:
        return leaves[requirement.key]
    lacks = sorted(shortfall(child, leaves) for child in requirement.children)
    done = sum(1 for lack in lacks if lack == NOTHING)
    if requirement.choose.max is not None and done > requirement.choose.max:
        return TOO_MANY
    needed = lacks[: max(requirement.choose.min, 0)]
    return (sum(lack[0] for lack in needed), sum(lack[1] for lack in needed))


def least_shortfall(requirement: Requirement, leaves: Mapping[str, Lack]) -> Lack:
    """The least that a requirement can lack when its leaves lack no less than this."""
    if requirement.is_leaf or requirement.choose is None:
        return leaves[requirement.key]
    lacks = sorted(least_shortfall(child, leaves) for child in requirement.children)
    needed = lacks[: max(requirement.choose.min, 0)]
    return (sum(lack[0] for lack in needed), sum(lack[1] for lack in needed))
