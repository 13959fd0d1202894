"""Zips unpacked in memory: bounded, whatever they claim, and never by their names."""

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wallet.errors import MalformedCredential, TooLarge
from wallet.intake import archive, limits
from wallet.intake.archive import Entry
from wallet.model.intake import ProblemCode


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as target:
        for name, content in files:
            target.writestr(name, content)
    return file.getvalue()


def encrypted(data: bytes) -> bytes:
    """Set the flag of traditional encryption in both headers of a zip with one file."""
    flagged = bytearray(data)
    flagged[6] |= 1
    flagged[flagged.index(b"PK\x01\x02") + 8] |= 1
    return bytes(flagged)


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_files_come_out_in_order_with_their_names(method: int) -> None:
    data = zipped(("Żółw/a.json", b"1"), ("Żółw/", b""), ("b", b"2"), method=method)
    assert archive.read(data).entries == (Entry("Żółw/a.json", b"1"), Entry("b", b"2"))


def test_the_systems_own_clutter_is_left_out() -> None:
    data = zipped(("__MACOSX/._a.json", b"x"), (".DS_Store", b"x"), ("a.json", b"1"))
    assert [entry.name for entry in archive.read(data).entries] == ["a.json"]


def test_names_are_labels_even_when_they_are_paths() -> None:
    data = zipped(("../../etc/passwd", b"1"), ("C:\\x\u202e.json", b"2"), ("/a", b"3"))
    names = [entry.name for entry in archive.read(data).entries]
    assert names == ["../../etc/passwd", "C:\\x\ufffd.json", "/a"]


@pytest.mark.parametrize("charset", ["utf-8", "cp852"])
def test_names_without_the_flag_are_polish_too(charset: str) -> None:
    name = "Żółw.json".encode(charset)
    placeholder = b"x" * len(name)
    data = zipped((placeholder.decode(), b"1")).replace(placeholder, name)
    assert archive.read(data).entries[0].name == "Żółw.json"


def test_an_encrypted_file_is_named_and_the_rest_read() -> None:
    data = encrypted(zipped(("secret.json", b"1")))
    assert archive.read(data).entries == (Entry("secret.json", b"", ProblemCode.ENCRYPTED),)


def test_a_damaged_file_is_named_and_the_rest_read() -> None:
    data = zipped(("a", b"content" * 9), ("b", b"2"), method=zipfile.ZIP_STORED)
    damaged = data.replace(b"content", b"CONTENT", 1)
    first, second = archive.read(damaged).entries
    assert first == Entry("a", b"", ProblemCode.MALFORMED)
    assert second == Entry("b", b"2")


def test_an_office_document_is_no_archive() -> None:
    opened = archive.read(zipped(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")))
    assert opened.office
    assert opened.entries == ()


def test_a_file_that_swells_is_too_large_and_the_rest_read() -> None:
    bomb = ("bomb", bytes(limits.MAX_FILE + 1))
    first, second = archive.read(zipped(bomb, ("b", b"2"))).entries
    assert first.code is ProblemCode.TOO_LARGE
    assert second == Entry("b", b"2")


def _flood(size: int) -> bytes:
    """A zip whose one file is `size` MiB of zeros, whatever it states."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    data = bytearray(zipped(("flood", block * size), method=zipfile.ZIP_STORED))
    central = data.rindex(b"PK\x01\x02")
    data[8] = data[central + 10] = zipfile.ZIP_DEFLATED
    data[central + 24 : central + 28] = struct.pack("<I", 2**32 - 2)
    return bytes(data)


def test_a_file_that_floods_the_memory_is_read_no_further_than_the_limit() -> None:
    assert archive.read(_flood(3000)).entries == (Entry("flood", b"", ProblemCode.TOO_LARGE),)


def test_a_ratio_that_no_document_has_is_too_large() -> None:
    data = zipped(("bomb", bytes(4 * limits.RATIO_FROM)), method=zipfile.ZIP_BZIP2)
    assert archive.read(data).entries[0].code is ProblemCode.TOO_LARGE


def test_many_files_that_swell_together_are_too_large() -> None:
    one = b"".join(bytes([number % 251]) * 997 for number in range(30_000))
    count = limits.MAX_CONTAINER // len(one) + 1
    with pytest.raises(TooLarge):
        archive.read(zipped(*((f"{number}", one) for number in range(count))))


def test_too_many_entries_are_too_large() -> None:
    data = zipped(*((f"{number}", b"") for number in range(limits.MAX_ENTRIES + 1)))
    with pytest.raises(TooLarge):
        archive.read(data)


def test_a_cut_zip_is_malformed() -> None:
    with pytest.raises(MalformedCredential):
        archive.read(zipped(("a", b"content" * 99))[:60])


@settings(max_examples=300, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, 500), st.integers(0, 255)), max_size=10),
    cut=st.integers(0, 400),
)
def test_mutated_zips_give_entries_or_malformed(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(zipped(("a.json", b'{"a": 1}' * 20), ("ż.json", b"[]"), ("c", b"x" * 40)))
    for place, value in changes:
        data[place % len(data)] = value
    try:
        opened = archive.unpack(bytes(data[: len(data) - cut // 8]))
    except MalformedCredential:
        return
    assert all(isinstance(entry.data, bytes) for entry in opened.entries)
