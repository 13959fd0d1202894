"""The script that compares the bundled contexts with their index finds what moved."""

import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from wallet.resources import resource

SCRIPT = Path(__file__).resolve().parents[2] / "packaging" / "check_contexts.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = spec_from_file_location("check_contexts", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_bundled_contexts_are_what_their_index_says(script: ModuleType) -> None:
    assert script.problems() == []


def test_what_moved_is_named(script: ModuleType, tmp_path: Path) -> None:
    folder = shutil.copytree(resource("contexts"), tmp_path / "contexts")
    with (folder / "dcc-v1.json").open("a") as file:
        file.write(" ")
    (folder / "odrl.json").unlink()
    (folder / "stray.json").write_text("{}")
    assert len(script.problems(folder)) == 3
    assert {"dcc-v1.json", "odrl.json", "stray.json"} == {
        name
        for sentence in script.problems(folder)
        for name in ("dcc-v1.json", "odrl.json", "stray.json")
        if name in sentence
    }
