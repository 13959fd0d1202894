"""Obligatory or elective: whether the rules of an award leave a choice in a requirement.

The format has no word for it. A requirement is obligatory when the courses that the rules name for
it are all needed, and elective when there is a choice: more courses than needed, a pool described
by field or university, or alternatives among requirements.
"""

from collections.abc import Callable, Iterable

from wallet.model.audit import Component
from wallet.model.programme import Award, Item, Programme, Requirement, Selector, SelectorKind


def component(programme: Programme, award: Award, key: str) -> Component:
    """Tell whether the leaf of that key is obligatory or elective."""
    path = next(path for top in award.requirements for path in _paths(top) if path[-1].key == key)
    for node in path[:-1]:
        needed = node.choose.min if node.choose is not None else 0
        if needed < len(node.children):
            return Component.ELECTIVE
    leaf = path[-1]
    named = _named(programme, leaf.selector)
    needed = max(leaf.count.min if leaf.count is not None else 0, 1)
    if named is None or len(named) > needed:
        return Component.ELECTIVE
    return Component.OBLIGATORY


def _paths(node: Requirement) -> Iterable[tuple[Requirement, ...]]:
    if node.is_leaf:
        yield (node,)
    for child in node.children:
        yield from ((node, *path) for path in _paths(child))


def _named(programme: Programme, selector: Selector | None) -> list[Item] | None:
    """The catalogue items that a selector names; None where others may fit too."""
    members: dict[SelectorKind, Callable[[Item], tuple[str, ...]]] = {
        SelectorKind.ITEM: lambda item: (item.key,),
        SelectorKind.GROUP: lambda item: item.groups,
        SelectorKind.TAG: lambda item: item.tags,
        SelectorKind.ACHIEVEMENT: lambda item: item.achievement,
    }
    of = members.get(selector.kind) if selector is not None else None
    if selector is None or of is None:
        return None
    return [item for item in programme.catalogue if not set(selector.values).isdisjoint(of(item))]
