"""Killed at any one of its writes, an operation has happened or has not: nothing between, or lost.

Some writes of each operation, evenly; with MIKROFOLIO_ALL_KILLS=1, every single one.
"""

from contextlib import closing
from pathlib import Path

import pytest

from tests.vault import faults, faults_watch
from tests.vault.faults import OPERATIONS, vault_in
from tests.vault.faults_watch import ALL, Story
from tests.vault.sketch import provenance, reopen, report, sketch
from wallet.errors import WrongPassphrase

SAMPLE = 6
"""Kills of one operation."""
CHANGING = [name for name in OPERATIONS if name != "create"]


def kills(story: Story) -> list[str]:
    return [f"{call}:signal=SIGKILL:when={number}" for call, number in story.calls(SAMPLE)]


@pytest.mark.timeout(7200 if ALL else 300)
@pytest.mark.parametrize("name", CHANGING)
def test_killed_anywhere_it_is_before_or_after_never_between(name: str, tmp_path: Path) -> None:
    story = Story.told(name, tmp_path)

    ended = []
    for left in story.disturbed(tmp_path, kills(story)):
        story.check(left)
        ended.append(left.status)

    print(f"{name}: {len(ended)} tried, {ended.count(-9)} killed of {dict(story.counts)}")
    assert ended.count(0) <= len(ended) // 10, "the kills lie behind the operation's end"


@pytest.mark.timeout(7200 if ALL else 300)
def test_a_new_vault_that_is_killed_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    story = Story.told("create", tmp_path)

    ended = []
    for left in story.disturbed(tmp_path, kills(story)):
        path = left.folder / "new.mikrofolio"
        if not path.exists():
            assert left.status == -9
            assert faults.main("create", str(left.folder)) == 0
        with closing(reopen(path)) as vault:
            vault.add(sketch(title="First"), report(), provenance())
        ended.append(left.status)

    print(f"create: {len(ended)} tried, {ended.count(-9)} killed of {dict(story.counts)}")
    assert ended.count(0) <= len(ended) // 10


def test_the_watch_sees_which_secrets_open(tmp_path: Path) -> None:
    faults.prepare(tmp_path, OPERATIONS["passphrase"])
    assert faults_watch.observe(tmp_path).opens == ("own", "sheet")
    with closing(reopen(vault_in(tmp_path))) as vault:
        vault.change_passphrase("a third")
    with pytest.raises(WrongPassphrase):
        reopen(vault_in(tmp_path))
    assert faults_watch.observe(tmp_path).opens == ("sheet",)
