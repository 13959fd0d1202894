"""A disk that refuses one call, or every one from then on: said, nothing lost, and it goes on.

Some calls of each operation, evenly; with MIKROFOLIO_ALL_KILLS=1, every single one.
"""

import json
from pathlib import Path

import pytest

from tests.vault import faults
from tests.vault.faults import OPERATIONS
from tests.vault.faults_watch import ALL, Story

SAMPLE = 2
GROWING = ("write", "pwrite64", "sendfile", "fsync", "ftruncate", "rename", "mkdir")
"""What a full disk or a quota can refuse."""
FAILING = (*GROWING, "unlink", "unlinkat", "rmdir")
"""What a broken disk can refuse as well."""
REFUSALS = [("ENOSPC", GROWING, "+"), ("EDQUOT", GROWING, ""), ("EIO", FAILING, "")]
CHANGING = [name for name in OPERATIONS if name != "create"]
SAID = {"vault_not_writable", "backup_failed", "backup_damaged", "vault_damaged"}


@pytest.mark.timeout(7200 if ALL else 300)
@pytest.mark.parametrize("name", CHANGING)
def test_what_a_disk_refuses_has_not_happened(name: str, tmp_path: Path) -> None:
    story = Story.told(name, tmp_path)
    how = [
        f"{call}:error={error}:when={number}{since}"
        for error, among, since in REFUSALS
        for call, number in story.calls(SAMPLE, among)
    ]

    for left in story.disturbed(tmp_path, how):
        if left.status == faults.KNOWN:
            assert json.loads(left.said)[0] in SAID
        story.check(left)
