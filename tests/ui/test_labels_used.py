"""Every label that the window asks for exists, with exactly the facts that it names."""

import ast
from collections.abc import Iterator
from pathlib import Path

import wallet.ui
from wallet.texts import Message, labels
from wallet.texts.sayings import places

PACKAGE = Path(wallet.ui.__file__).parent
USERS = [PACKAGE, PACKAGE.parent / "texts", PACKAGE.parent / "cli"]
SAYERS = {"s", "t", "session", "_session", "texts", "_t"}
"""What a session or a `Texts` is called where it says a sentence."""


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Yield (place, label, names of facts) for each `x(labels.NAME, fact=...)`."""
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or _called(node) not in SAYERS:
                continue
            first = node.args[0]
            named = isinstance(first, ast.Attribute) and isinstance(first.value, ast.Name)
            if named and first.value.id == "labels" and len(node.args) == 1:  # type: ignore[attr-defined]  # `named` says so
                facts = {keyword.arg or "" for keyword in node.keywords}
                yield f"{file.name}:{node.lineno}", first.attr, facts  # type: ignore[attr-defined]  # the same


def _called(node: ast.Call) -> str:
    what = node.func
    return what.id if isinstance(what, ast.Name) else getattr(what, "attr", "")


def test_each_call_gives_the_facts_that_the_sentence_names() -> None:
    found = list(calls())
    assert len(found) > 80
    for place, name, facts in found:
        message = getattr(labels, name)
        assert isinstance(message, Message), place
        assert facts == places(message) | ({"n"} if message.many else set()), place


def test_no_label_is_left_over() -> None:
    files = (file for folder in USERS for file in folder.rglob("*.py"))
    source = "".join(file.read_text("utf-8") for file in files)
    names = [name for name, value in vars(labels).items() if isinstance(value, Message)]
    assert [name for name in names if f"labels.{name}" not in source] == []
