"""The one place where a test may be skipped: for ../shared, Node, or a program of the system.

With CI=true nothing is skipped: what is missing fails.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """Return a path in the shared folder beside the project, or skip."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        _missing(f"../shared/{'/'.join(parts)} is not beside the project")
    return path


def program(name: str) -> str:
    """Return the full path of a system program, or skip."""
    found = shutil.which(name)
    if found is None:
        _missing(f"the program {name} is not installed")
    assert found is not None
    return found


def small_disk(folder: Path, size: str) -> None:
    """Mount an empty file system of that size ("2m") on a folder, or skip; the test unmounts it."""
    command = [program("mount"), "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        _missing("mounting a file system is not permitted here")


def packages(folder: Path) -> Path:
    """Return a folder whose npm packages (package-lock.json) are installed in it, or skip."""
    npm = program("npm")
    digest = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed"
    if not stamp.is_file() or stamp.read_text() != digest:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        try:
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            _missing(f"npm cannot install the packages of {folder.name}")
        stamp.write_text(digest)
    return folder


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{why}, and CI skips nothing")
    pytest.skip(why)
