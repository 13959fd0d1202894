"""What the README says is true: its dependencies, commands and pictures."""

import re
import tomllib
from pathlib import Path

from wallet.cli.main import is_command

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_dependency_has_a_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = [re.split(r"[\[><=]", line)[0].lower() for line in project["dependencies"]]
    table = {line.split("|")[1].strip().lower() for line in README.splitlines() if "|" in line}
    assert set(names) <= table


def test_every_picture_is_there() -> None:
    pictures = re.findall(r"\]\((packaging/[^)]+)\)", README)
    assert pictures
    assert [picture for picture in pictures if not (ROOT / picture).is_file()] == []


def test_every_command_line_is_a_command() -> None:
    lines = re.findall(r"^mikrofolio (.+?)(?: +#.*)?$", README, re.MULTILINE)
    assert len(lines) >= 8
    assert all(is_command(line.split()) for line in lines)


def test_requirements_are_pinned_and_name_no_index() -> None:
    lines = (ROOT / "packaging" / "requirements.txt").read_text("utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert all(re.match(r"[\w.-]+==[^ ]+", pin) for pin in pins)
    assert not [line for line in lines if "://" in line or line.startswith("-")]
    hashes = [line for line in lines if line.strip().startswith("--hash=sha256:")]
    assert len(hashes) >= len(pins)
