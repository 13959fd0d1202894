"""Parts of a JSON-LD document by JSON pointers, with blank nodes that keep their identity.

W3C Data Integrity ECDSA Cryptosuites 1.0, sections 3.4.8 to 3.4.14. A blank node has no name, so
two parts of a document could not say that they mean the same one: each gets an address for a time.
"""

import copy
from typing import Any

from wallet.errors import MalformedCredential
from wallet.model.credential import JsonObject


def skolemise(expanded: list[Any], prefix: str) -> list[Any]:
    """Give every blank node of an expanded document an address that begins with `prefix`."""
    count = 0

    def walk(item: object) -> Any:
        nonlocal count
        if isinstance(item, list):
            return [walk(inner) for inner in item]
        if not isinstance(item, dict) or "@value" in item:
            return item
        node = {
            name: {other: walk(nodes) for other, nodes in inner.items()}
            if name == "@reverse"
            else walk(inner)
            for name, inner in item.items()
        }
        if "@list" in item or "@set" in item:
            return node
        if "@id" not in node:
            node["@id"] = f"{prefix}n{count}"
            count += 1
        elif isinstance(node["@id"], str) and node["@id"].startswith("_:"):
            node["@id"] = f"{prefix}l{node['@id'][2:]}"
        return node

    return [walk(item) for item in expanded]


def select(document: JsonObject, pointers: tuple[str, ...]) -> JsonObject:
    """Select parts of a compact document, each with the `id` and `type` of what it lies in.

    Raises:
        MalformedCredential: a pointer that leads nowhere (RFC 6901).
    """
    selected: dict[str, Any] = _started(document) | {"@context": document.get("@context")}
    for pointer in pointers:
        steps = _steps(pointer)
        if not steps:
            return copy.deepcopy(document)
        _include(document, selected, steps)
    dense: JsonObject = _dense(selected)
    return dense


def _include(document: JsonObject, selected: dict[Any, Any], steps: list[str]) -> None:
    """Copy one part; an array is an object of indexes until all parts are there."""
    value: Any = document
    place = selected
    for number, step in enumerate(steps):
        value, name = _member(value, step)
        if number == len(steps) - 1:
            whole = copy.deepcopy(value)
            known = place.get(name)
            if isinstance(known, dict) and isinstance(whole, dict):
                whole = {**known, **whole}
            place[name] = whole
        else:
            place = place.setdefault(
                name, _Sparse() if isinstance(value, list) else _started(value)
            )
            if isinstance(place, list):
                # The whole array was selected before.
                return


class _Sparse(dict[Any, Any]):
    """An array of which some entries are selected, by index."""


def _member(value: object, step: str) -> tuple[Any, str | int]:
    if isinstance(value, dict) and step in value:
        return value[step], step
    if isinstance(value, list) and step.isascii() and step.isdigit() and int(step) < len(value):
        return value[int(step)], int(step)
    raise MalformedCredential("mandatoryPointers")


def _started(value: object) -> dict[str, Any]:
    """Begin the selection of an object: what names it comes along, unless it is a blank node."""
    if not isinstance(value, dict):
        raise MalformedCredential("mandatoryPointers")
    begun: dict[str, Any] = {}
    identifier = value.get("id")
    if isinstance(identifier, str) and not identifier.startswith("_:"):
        begun["id"] = identifier
    if "type" in value:
        begun["type"] = value["type"]
    return begun


def _dense(value: Any) -> Any:
    if isinstance(value, _Sparse):
        return [_dense(value[index]) for index in sorted(value)]
    if isinstance(value, dict):
        return {name: _dense(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_dense(inner) for inner in value]
    return value


def _steps(pointer: str) -> list[str]:
    if not pointer:
        return []
    if not pointer.startswith("/"):
        raise MalformedCredential("mandatoryPointers")
    return [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
