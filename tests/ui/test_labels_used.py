"""Every label that the window asks for exists, with exactly the facts that it names."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import wallet.ui
from wallet.texts import (
    Message,
    arranging,
    keeping_safe,
    labels,
    letters,
    looking,
    noting,
    planning,
    trusting,
)
from wallet.texts.sayings import places

PACKAGE = Path(wallet.ui.__file__).parent
USERS = [PACKAGE, PACKAGE.parent / "texts", PACKAGE.parent / "cli", PACKAGE.parent / "stacking"]
MODULES = {
    "labels": labels,
    "words": trusting,
    "safe": keeping_safe,
    "planning": planning,
    "own": noting,
    "looks": looking,
    "arranging": arranging,
    "letters": letters,
}
"""By what they are called where they are used."""
SAYERS = {"s", "t", "session", "_session", "texts", "_t"}
"""What a session or a `Texts` is called where it says a sentence."""


def calls() -> Iterator[tuple[str, object, set[str]]]:
    """Yield (place, label, names of facts) for each `x(labels.NAME, fact=...)`."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or _called(node) not in SAYERS:
                continue
            first = node.args[0]
            named = isinstance(first, ast.Attribute) and isinstance(first.value, ast.Name)
            if named and first.value.id in MODULES and len(node.args) == 1:  # type: ignore[attr-defined]  # `named` says so
                facts = {keyword.arg or "" for keyword in node.keywords}
                message = getattr(MODULES[first.value.id], first.attr)  # type: ignore[attr-defined]  # the same
                yield f"{file.name}:{node.lineno}", message, facts


def _called(node: ast.Call) -> str:
    what = node.func
    return what.id if isinstance(what, ast.Name) else getattr(what, "attr", "")


def test_each_call_gives_the_facts_that_the_sentence_names() -> None:
    found = list(calls())
    assert len(found) > 80
    for place, message, facts in found:
        assert isinstance(message, Message), place
        assert facts == places(message) | ({"n"} if message.many else set()), place


def _used(name: str, module: str) -> bool:
    """Whether a module uses its own constant."""
    return len(re.findall(rf"\b{name}\b", module)) > 1


def test_no_label_is_left_over() -> None:
    files = (file for folder in USERS for file in folder.rglob("*.py"))
    source = "".join(file.read_text("utf-8") for file in files)
    for called, module in MODULES.items():
        names = [name for name, value in vars(module).items() if isinstance(value, Message)]
        own = Path(str(module.__file__)).read_text("utf-8")
        used = [name for name in names if f"{called}.{name}" in source or _used(name, own)]
        assert used == names
