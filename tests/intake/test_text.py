"""Credentials found in text, and names made fit to be shown."""

import base64
import time

import pytest

from wallet.intake import text
from wallet.intake.kinds import Kind, kind
from wallet.intake.labels import label
from wallet.intake.limits import MAX_LABEL

JWT = "eyJhbGciOiJFZERTQSJ9.eyJ2YyI6eyJ0eXBlIjoiYSJ9fQ.c2lnbmF0dXJl"
SD_JWT = JWT + "~WyJzYWx0IiwgImEiLCAxXQ~WyJzYWx0IiwgImIiLCAyXQ~"


@pytest.mark.parametrize("token", [JWT, SD_JWT, SD_JWT + JWT])
def test_a_token_is_found_in_prose_whole(token: str) -> None:
    assert text.embedded(f"Here it is:\n\n{token}\n\nBest regards") == (token.encode(),)
    assert text.embedded(f"> {token}, and more.") == (token.encode(),)
    assert text.is_token(token)


def test_a_wrapped_token_alone_is_joined() -> None:
    wrapped = "\r\n".join(SD_JWT[at : at + 30] for at in range(0, len(SD_JWT), 30))
    assert text.embedded(wrapped) == (SD_JWT.encode(),)
    assert SD_JWT.encode() in list(text.spellings(wrapped.encode() + b"\n"))


def test_json_and_codes_are_found_in_prose() -> None:
    document = '{"@context": ["https://www.w3.org/ns/credentials/v2"], "name": "{"}'
    assert text.embedded(f"Oto ono: {document} Pozdrawiam") == (document.encode(),)
    assert text.embedded('a {"payload": broken') == ()
    assert text.embedded("scan MIKROFOLIO:1234") == (b"MIKROFOLIO:1234",)


def test_spellings_keep_the_bytes_first() -> None:
    assert list(text.spellings(b'{"a": 1}\n')) == [b'{"a": 1}\n', b'{"a": 1}']
    assert list(text.spellings(b"\xef\xbb\xbf{}")) == [b"{}"]
    assert list(text.spellings('{"ż": 1}'.encode("utf-16"))) == ['{"ż": 1}'.encode()]


def test_base64_of_a_file_is_undone() -> None:
    document = b'{"@context": []}' * 9
    assert text.from_base64(base64.encodebytes(document)) == document
    assert text.from_base64(b"word") is None
    assert text.from_base64(JWT.encode() * 9) is None


def test_hostile_text_takes_no_time() -> None:
    started = time.monotonic()
    for hostile in ("eyJ" * 500_000, "eyJhbGciOiJFZERTQSJ9." * 100_000, "~" * 10**6, "<" * 10**6):
        text.embedded(hostile)
        text.without_tags(hostile)
        text.is_token(hostile)
    assert time.monotonic() - started < 10


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Kind.EMPTY),
        (b" \n", Kind.EMPTY),
        (b"\n {}", Kind.JSON),
        (b"\xef\xbb\xbf[1]", Kind.JSON),
        (b"<?xml?>", Kind.XML),
        (b"PK\x03\x04", Kind.ZIP),
        (b"junk\n%PDF-1.7", Kind.PDF),
        (b"\x1f\x8b\x08", Kind.ARCHIVE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OUTLOOK),
        (b"Subject: a\nFrom: b\n\n", Kind.MAIL),
        (b"Subject: a\n folded\nReceived: b\n\n", Kind.MAIL),
        (b"Subject: a\n\nFrom: b\n", Kind.TEXT),
        (b"From a@b Sun\nSubject: a\nFrom: b\n\n", Kind.MAILBOX),
        (b"From here on: it\nis prose: yes\n", Kind.TEXT),
        (b"MIKROFOLIO:1234", Kind.TEXT),
        (b"a\0b", Kind.BINARY),
    ],
)
def test_content_decides_the_kind(data: bytes, expected: Kind) -> None:
    assert kind(data) is expected


def test_labels_are_short_composed_and_visible() -> None:
    assert label("Pos\u0301wiadczenie\n x") == "Poświadczenie x"
    assert label("a\u202eb\u0000c\udc80") == "a\ufffdb\ufffdc\ufffd"
    long = label("n" * 999 + ".jsonld")
    assert len(long) == MAX_LABEL
    assert long.endswith(".jsonld")
