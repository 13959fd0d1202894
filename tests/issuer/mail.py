"""Mails of the simulator, written line by line so that they are the same on every Python."""

import base64
import quopri
from dataclasses import dataclass
from urllib.parse import quote

_LINE = 76
_OUTER = "=_mikrofolio_mixed_1"
_INNER = "=_mikrofolio_alternative_1"
# RFC 2047, section 2: an encoded word has at most 75 characters.
_WORD_BYTES = 42
# RFC 2231, section 3: a long parameter continues in numbered pieces.
_PIECE = 60


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file in a mail."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


def mail(
    *,
    sender: tuple[str, str],
    to: tuple[str, str],
    subject: str,
    date: str,
    text: str,
    html: str,
    attachments: tuple[Attachment, ...] = (),
) -> bytes:
    """Write a mail (RFC 5322): text and HTML as alternatives, then the attachments in base64.

    `sender` and `to` are name and address, `date` is in the form of RFC 5322. Names and subject
    become encoded words (RFC 2047), file names extended parameters (RFC 2231).
    """
    lines = [
        f"From: {_words(sender[0])} <{sender[1]}>",
        f"To: {_words(to[0])} <{to[1]}>",
        f"Subject: {_words(subject)}",
        f"Date: {date}",
        f"Message-ID: <credential-1@{sender[1].split('@')[1]}>",
        "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{_OUTER}"',
        "",
        f"--{_OUTER}",
        f'Content-Type: multipart/alternative; boundary="{_INNER}"',
        "",
    ]
    for kind, body in (("plain", text), ("html", html)):
        lines += [
            f"--{_INNER}",
            f"Content-Type: text/{kind}; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
            "",
            quopri.encodestring(body.encode("utf-8")).decode("ascii").rstrip("\n"),
        ]
    lines += [f"--{_INNER}--", ""]
    for attachment in attachments:
        lines += [f"--{_OUTER}", *_attached(attachment)]
    lines += [f"--{_OUTER}--", ""]
    return "\n".join(lines).replace("\n", "\r\n").encode("ascii")


def _attached(attachment: Attachment) -> list[str]:
    encoded = base64.b64encode(attachment.content).decode("ascii")
    return [
        f"Content-Type: {attachment.media_type}",
        "Content-Disposition: attachment;",
        *_parameter("filename", attachment.name),
        "Content-Transfer-Encoding: base64",
        "",
        *(encoded[i : i + _LINE] for i in range(0, len(encoded), _LINE)),
    ]


def _parameter(name: str, value: str) -> list[str]:
    """Write an extended parameter in numbered pieces that do not split an escape."""
    pieces = [""]
    for character in value:
        escaped = quote(character, safe="")
        if len(pieces[-1]) + len(escaped) > _PIECE:
            pieces.append("")
        pieces[-1] += escaped
    pieces[0] = f"utf-8''{pieces[0]}"
    lines = [f" {name}*{i}*={piece};" for i, piece in enumerate(pieces)]
    lines[-1] = lines[-1].removesuffix(";")
    return lines


def _words(text: str) -> str:
    """Write a text as encoded words, or as it is where it is ASCII."""
    if text.isascii():
        return f'"{text}"' if "," in text else text
    pieces = [b""]
    for character in text:
        encoded = character.encode("utf-8")
        if len(pieces[-1]) + len(encoded) > _WORD_BYTES:
            pieces.append(b"")
        pieces[-1] += encoded
    words = (f"=?utf-8?B?{base64.b64encode(piece).decode('ascii')}?=" for piece in pieces)
    return "\n ".join(words)
