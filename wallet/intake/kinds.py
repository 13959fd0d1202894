"""What some bytes are, by their content: the extension of a name decides nothing."""

import re
from enum import StrEnum

from wallet.carriers.picture import is_picture

_HEAD = 64 * 1024
"""Bytes of a header block that are looked at."""
_MAIL_HEADERS = frozenset(
    b"from to cc date subject received return-path message-id mime-version content-type reply-to "
    b"delivered-to content-transfer-encoding content-disposition sender in-reply-to references "
    b"authentication-results dkim-signature list-unsubscribe".split()
)
_HEADER = re.compile(rb"([!-9;-~]{1,76}):")
_ARCHIVES = (
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TNEF = b"\x78\x9f\x3e\x22"
BOM = b"\xef\xbb\xbf"


class Kind(StrEnum):
    """What the intake treats alike. The words appear as the fact `kind` of a problem."""

    EMPTY = "empty"
    PICTURE = "picture"
    ZIP = "zip"
    PDF = "pdf"
    OUTLOOK = "outlook"
    """A compound file (.msg), or Outlook's winmail.dat."""
    ARCHIVE = "archive"
    """An archive that is not opened."""
    MAILBOX = "mailbox"
    MAIL = "mail"
    XML = "xml"
    JSON = "json"
    TEXT = "text"
    BINARY = "binary"


def kind(data: bytes) -> Kind:
    """Tell what `data` is; `BINARY` when it is nothing that is known here."""
    if not data.strip():
        return Kind.EMPTY
    if is_picture(data):
        return Kind.PICTURE
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return Kind.ZIP
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    if data.startswith((_OLE, _TNEF)):
        return Kind.OUTLOOK
    if any(data.startswith(magic) for magic, _ in _ARCHIVES) or data[257:262] == b"ustar":
        return Kind.ARCHIVE
    return _kind_of_text(data.removeprefix(BOM).lstrip())


def _kind_of_text(text: bytes) -> Kind:
    if text.startswith((b"{", b"[")):
        return Kind.JSON
    if text.startswith(b"<"):
        return Kind.XML
    if text.startswith(b"From ") and _is_mail(text.partition(b"\n")[2]):
        return Kind.MAILBOX
    if _is_mail(text):
        return Kind.MAIL
    if b"\0" in text[:_HEAD] and not text.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.BINARY
    return Kind.TEXT


def _is_mail(text: bytes) -> bool:
    """Tell whether text begins with a header block that has two or more of a mail's headers."""
    found = set()
    for line in text[:_HEAD].splitlines():
        if not line:
            break
        if line[:1] in b" \t":
            continue
        header = _HEADER.match(line)
        if header is None:
            break
        found.add(header[1].lower())
    return len(found & _MAIL_HEADERS) >= 2


def is_office(names: frozenset[str]) -> bool:
    """Tell by the names inside whether a zip is an office document rather than an archive."""
    return "[Content_Types].xml" in names or {"mimetype", "META-INF/manifest.xml"} <= names
