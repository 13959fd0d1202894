"""Files that the person asked for: whole or not at all, and nobody else's to read."""

import subprocess
from pathlib import Path

import pytest

from tests import needs
from wallet.actions import files
from wallet.errors import NotWritable, Unreadable


def test_a_saved_file_is_the_persons_alone_and_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "shown.json"
    path.write_text("old", "utf-8")
    files.save(b"new", path)
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    needs.small_disk(disk, "64k")
    try:
        path = disk / "shown.json"
        files.save(b"old", path)
        with pytest.raises(NotWritable):
            files.save(b"x" * 1_000_000, path)
        assert path.read_bytes() == b"old"
        assert list(disk.iterdir()) == [path]
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotWritable) as raised:
        files.save(b"x", tmp_path / "nowhere" / "shown.json")
    assert "nowhere" in str(raised.value.facts["name"])


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    names = [files.write_new(tmp_path / "out", "a.json", b"x").name for _ in range(3)]
    assert names == ["a.json", "a-2.json", "a-3.json"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Szkoła letnia: klimat / miasto", "Szkoła-letnia-klimat-miasto"),
        ("../../etc/passwd", "etc-passwd"),
        ("\u202egnp.exe", "gnp-exe"),
        ("", "credential"),
        ("***", "credential"),
        ("x" * 500, "x" * files.LONGEST_NAME),
    ],
)
def test_names_come_from_titles_and_lead_nowhere(title: str, name: str) -> None:
    assert files.safe_name(title) == name


def test_reading_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        files.read(tmp_path / "missing")
