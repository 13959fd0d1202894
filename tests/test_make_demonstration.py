"""The committed demonstration is what the simulator issues now."""

import json

from tests.make_demonstration import FOLDER, files

EDC_LIMIT_BYTES = 60_000


def test_the_committed_files_are_a_fresh_run() -> None:
    issued = files()
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(issued)
    for name, content in issued.items():
        assert FOLDER.joinpath(name).read_bytes() == content, f"{name}: run `make demonstration`"


def test_a_second_run_changes_nothing() -> None:
    assert files() == files()


def test_the_story_names_every_file() -> None:
    story = json.loads(FOLDER.joinpath("demonstration.json").read_bytes())
    named = {*story["trust"], *story["credentials"], story["mail"], "demonstration.json"}
    assert named == {path.name for path in FOLDER.iterdir()}


def test_files_are_of_a_modest_size() -> None:
    assert max(len(content) for content in files().values()) < EDC_LIMIT_BYTES


def test_no_private_key_lies_beside_them() -> None:
    assert not any(b"PRIVATE KEY" in content for content in files().values())
