"""Mails as several programs write them, made by hand where the library would write them better."""

import base64
import quopri
import textwrap
from email.message import EmailMessage
from email.policy import SMTP

POLISH_NAME = "Poświadczenie Żółkiewska.jsonld"

_RFC2231 = (
    " filename*0*=UTF-8''Po%C5%9Bwiadczenie%20%C5%BB;\n"
    " filename*1*=%C3%B3%C5%82kiewska;\n"
    ' filename*2=".jsonld"'
)


def letter(*attachments: tuple[str, str, bytes], text: str = "Dzień dobry") -> bytes:
    """A mail by the standard library with (name, media type, content) attached."""
    message = EmailMessage()
    message["From"] = "Uczelnia <office@uczelnia.example>"
    message["To"] = "learner@student.example"
    message["Subject"] = "Twoje poświadczenie"
    message.set_content(text)
    for name, media_type, content in attachments:
        maintype, subtype = media_type.split("/")
        message.add_attachment(content, maintype=maintype, subtype=subtype, filename=name)
    return message.as_bytes(policy=SMTP)


def head(subject: str = "Twoje =?UTF-8?Q?po=C5=9Bwiadczenie?=") -> str:
    return (
        "Return-Path: <office@uczelnia.example>\n"
        "From: =?UTF-8?Q?Biuro_Uczelni?= <office@uczelnia.example>\n"
        "To: learner@student.example\n"
        f"Subject: {subject}\n"
        "Date: Sun, 22 Nov 2026 10:00:00 +0100\n"
        "MIME-Version: 1.0\n"
    )


def _mixed(content: bytes, part_headers: str, body: str | None = None) -> bytes:
    encoded = body or "\n".join(textwrap.wrap(base64.b64encode(content).decode(), 76))
    text = (
        head() + 'Content-Type: multipart/mixed; boundary="----=_limit"\n\n'
        "This is a multi-part message in MIME format.\n"
        "------=_limit\nContent-Type: text/plain; charset=UTF-8\n\nW załączniku.\n\n"
        f"------=_limit\n{part_headers}\n\n{encoded}\n------=_limit--\n"
    )
    return text.replace("\n", "\r\n").encode()


def thunderbird(content: bytes) -> bytes:
    """RFC 2231 with continuations, and the name again as encoded words in Content-Type."""
    return _mixed(
        content,
        "Content-Type: application/ld+json; charset=UTF-8;\n"
        ' name="=?UTF-8?B?UG/Fm3dpYWRjemVuaWUgxbvDs8WCa2lld3NrYS5qc29ubGQ=?="\n'
        f"Content-Disposition: attachment;\n{_RFC2231}\n"
        "Content-Transfer-Encoding: base64",
    )


def outlook(content: bytes) -> bytes:
    """Encoded words inside quoted parameters, folded, in the regional charset; octet-stream."""
    word = base64.b64encode("Poświadczenie ".encode("iso-8859-2")).decode()
    rest = base64.b64encode("Żółkiewska.jsonld".encode("iso-8859-2")).decode()
    name = f'"=?iso-8859-2?B?{word}?=\n =?iso-8859-2?B?{rest}?="'
    return _mixed(
        content,
        f"Content-Type: application/octet-stream;\n name={name}\n"
        f"Content-Description: =?iso-8859-2?B?{word}?=\n"
        f"Content-Disposition: attachment;\n filename={name};\n size={len(content)}\n"
        "Content-Transfer-Encoding: base64",
    )


def apple(content: bytes) -> bytes:
    """A file shown inline, quoted-printable, its name decomposed (NFD) in encoded words."""
    decomposed = "Pos\u0301wiadczenie Z\u0307o\u0301łkiewska.jsonld"
    word = quopri.encodestring(decomposed.encode(), quotetabs=True, header=True).decode()
    word = word.replace("=\n", "").replace(" ", "_")
    return _mixed(
        content,
        f'Content-Disposition: inline;\n filename="=?utf-8?Q?{word}?="\n'
        f'Content-Type: text/plain;\n x-unix-mode=0644;\n name="=?utf-8?Q?{word}?="\n'
        "Content-Transfer-Encoding: quoted-printable",
        quopri.encodestring(content).decode(),
    )


def mutt(content: bytes) -> bytes:
    """RFC 2231 in one piece, 8bit as it is."""
    return _mixed(
        content,
        "Content-Type: application/json\n"
        "Content-Disposition: attachment;"
        " filename*=utf-8''Po%C5%9Bwiadczenie%20%C5%BB%C3%B3%C5%82kiewska.jsonld\n"
        "Content-Transfer-Encoding: 8bit",
        content.decode(),
    )


def raw_utf8(content: bytes) -> bytes:
    """The name as plain UTF-8 in the header, which no standard allows and many scripts send."""
    return _mixed(
        content,
        f'Content-Type: application/json; name="{POLISH_NAME}"\n'
        f'Content-Disposition: attachment; filename="{POLISH_NAME}"\n'
        "Content-Transfer-Encoding: base64",
    )


def cut_character(content: bytes) -> bytes:
    """Encoded words that cut a character in two, as some gateways do."""
    raw = POLISH_NAME.encode()
    words = "\n ".join(
        f"=?UTF-8?B?{base64.b64encode(piece).decode()}?=" for piece in (raw[:3], raw[3:])
    )
    return _mixed(
        content,
        f'Content-Type: application/json;\n name="{words}"\n'
        f'Content-Disposition: attachment;\n filename="{words}"\n'
        "Content-Transfer-Encoding: base64",
    )
