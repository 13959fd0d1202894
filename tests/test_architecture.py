"""The architecture as tests: what the folders promise holds in the code."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import wallet

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = Path(wallet.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
TOP_LEVEL = {
    "pyproject.toml", "wallet", "resources", "packaging", "tests", "benchmarks", "README.md",
    "CHANGELOG.md", "LICENSE", "Makefile", ".ci", ".gitignore",
}  # fmt: skip
HEAVY = ("PySide6", "pyld", "pyhanko", "PIL", "zxingcpp", "qrcode", "jsonschema", "keyring", "lxml")


def test_layers_hold() -> None:
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout


def test_top_level_is_what_the_design_says() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    assert {name.split("/")[0] for name in tracked} <= TOP_LEVEL


@pytest.mark.parametrize("module", ["wallet.cli.main", "wallet.actions.verifying"])
def test_importing_the_command_line_brings_no_qt_and_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(sys.modules))"
    printed = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not [name for name in printed if name.split(".")[0] in HEAVY]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_sizes_and_purpose(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)
    assert ast.get_docstring(tree), "a module starts with what it is for"
    assert len(source.splitlines()) <= 460, "split it where it grows past about 400 lines"
    for node in ast.walk(tree):
        length = (getattr(node, "end_lineno", 0) or 0) - getattr(node, "lineno", 0) + 1
        if isinstance(node, ast.FunctionDef):
            assert length <= 60, f"{node.name} does not fit on a screen"
        if isinstance(node, ast.ClassDef):
            assert length <= 300, f"class {node.name} is too long"


@pytest.mark.parametrize(
    "package", sorted(p.parent.relative_to(PACKAGE) for p in PACKAGE.glob("*/__init__.py"))
)
def test_packages_list_their_decisions(package: Path) -> None:
    source = (PACKAGE / package / "__init__.py").read_text("utf-8")
    assert "Decisions" in (ast.get_docstring(ast.parse(source)) or "")


def test_sockets_only_where_they_may_be() -> None:
    users = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in [getattr(node, "module", None) or "", *(a.name for a in node.names)]
        if name.split(".")[0] in {"socket", "ssl", "http", "urllib", "requests", "aiohttp"}
        and name != "urllib.parse"
        and not (name == "parse" or name in {"unquote", "quote", "urlsplit", "unquote_to_bytes"})
    ]
    assert set(users) <= {"trust/fetch.py"}
