"""Cutting values out of a JSON text exactly as they stand there.

A credential inside a presentation is kept and verified as the bytes it had: written again, it
would be another file with another digest.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from wallet.errors import MalformedCredential

Path: TypeAlias = tuple[str | int, ...]
"""Member names and array indices, from the top."""

_DECODER = json.JSONDecoder()
_SPACE = " \t\n\r"


class _Branch(dict[str | int, "_Branch"]):
    """The wanted paths as a tree; `wanted` marks where one ends."""

    wanted = False


def cut(text: str, paths: Iterable[Path]) -> Mapping[Path, str]:
    """Return the exact text of the values at these paths; `text` has been parsed before.

    Of two members with one name the last counts, as in strict_json. Values beside the paths are
    skipped by the library's scanner, so the work is the size of the text times the paths' depth.

    Raises:
        MalformedCredential: the text is no JSON, or nothing is at a path.
    """
    wanted = set(paths)
    tree = _Branch()
    for path in wanted:
        branch = tree
        for name in path:
            branch = branch.setdefault(name, _Branch())
        branch.wanted = True
    found: dict[Path, str] = {}
    try:
        _value(text, _skip(text, 0), (), tree, found)
    except (ValueError, IndexError, StopIteration, RecursionError) as error:
        raise MalformedCredential("JSON") from error
    if found.keys() != wanted:
        raise MalformedCredential("JSON path")
    return found


def _value(text: str, start: int, here: Path, tree: _Branch, found: dict[Path, str]) -> int:
    """Walk the value at `start` along the wanted paths; return where it ends."""
    if tree and text[start] == "{":
        end = _object(text, start + 1, here, tree, found)
    elif tree and text[start] == "[":
        end = _array(text, start + 1, here, tree, found)
    else:
        _, end = _DECODER.raw_decode(text, start)
    if tree.wanted:
        found[here] = text[start:end]
    return end


def _object(text: str, at: int, here: Path, tree: _Branch, found: dict[Path, str]) -> int:
    at = _skip(text, at)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)  # the colon
        if name in tree:
            # A later member of this name replaces what an earlier one held.
            for stale in [path for path in found if path[: len(here) + 1] == (*here, name)]:
                del found[stale]
        at = _skip(text, _value(text, at, (*here, name), tree.get(name, _Branch()), found))
        if text[at] == ",":
            at = _skip(text, at + 1)
    return at + 1


def _array(text: str, at: int, here: Path, tree: _Branch, found: dict[Path, str]) -> int:
    at, index = _skip(text, at), 0
    while text[at] != "]":
        at = _skip(text, _value(text, at, (*here, index), tree.get(index, _Branch()), found))
        index += 1
        if text[at] == ",":
            at = _skip(text, at + 1)
    return at + 1


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at
