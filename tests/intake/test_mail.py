"""Mails taken apart: every transfer encoding, every way to write a name, any depth, any damage."""

import base64
import binascii
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake import letters
from tests.intake.letters import POLISH_NAME
from wallet.errors import MalformedCredential, TooLarge
from wallet.intake import mail
from wallet.intake.encoded_words import decoded, words
from wallet.intake.limits import MAX_ENTRIES, MAX_MAIL_DEPTH, MAX_PARTS
from wallet.model.intake import ProblemCode

CONTENT = '{"@context": ["https://example.org"], "name": "Umiejętności = 100%", "é": 1}\n'.encode()


@pytest.mark.parametrize(
    "program",
    [
        letters.thunderbird,
        letters.outlook,
        letters.mutt,
        letters.raw_utf8,
        letters.cut_character,
    ],
)
def test_an_attachment_has_its_name_and_bytes(program: Callable[[bytes], bytes]) -> None:
    (attachment,) = mail.read(program(CONTENT)).attachments
    assert attachment.path == (f"attachment {POLISH_NAME}",)
    assert attachment.data.strip() == CONTENT.strip()


def test_a_file_shown_inline_is_no_body() -> None:
    letter = mail.parse(letters.apple(CONTENT))
    (attachment,) = letter.attachments
    assert attachment.path == (POLISH_NAME,)
    assert attachment.data.strip() == CONTENT.strip()
    assert [body.text.strip() for body in letter.bodies] == ["W załączniku."]


def test_the_library_writes_what_we_read() -> None:
    for policy in (SMTP, SMTPUTF8):
        message = EmailMessage()
        message.set_content("x")
        message.add_attachment(
            CONTENT, maintype="application", subtype="json", filename=POLISH_NAME
        )
        (attachment,) = mail.parse(message.as_bytes(policy=policy)).attachments
        assert attachment.path == (f"attachment {POLISH_NAME}",)
        assert attachment.data == CONTENT


def _encoded(encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(CONTENT)
    if encoding == "quoted-printable":
        return binascii.b2a_qp(CONTENT, istext=False)
    if encoding == "x-uuencode":
        lines = [binascii.b2a_uu(CONTENT[at : at + 45]) for at in range(0, len(CONTENT), 45)]
        return b"begin 644 diploma.json\n" + b"".join(lines) + b" \nend\n"
    return CONTENT


@pytest.mark.parametrize(
    "encoding", ["7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "BASE64"]
)
def test_every_transfer_encoding_is_undone(encoding: str) -> None:
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: application/json; name=diploma.json\n"
        b"Content-Transfer-Encoding: " + encoding.encode() + b"\n\n" + _encoded(encoding.lower())
    )
    (attachment,) = mail.parse(data).attachments
    assert attachment.path == ("attachment diploma.json",)
    assert attachment.data == CONTENT


def test_forwarded_mails_are_opened_where_they_lie() -> None:
    inner = EmailMessage()
    inner["Subject"] = "original"
    inner.set_content("inner text")
    inner.add_attachment(CONTENT, maintype="application", subtype="json", filename="a.json")
    middle = EmailMessage()
    middle.set_content("middle")
    middle.add_attachment(inner, filename="przekazana.eml")
    outer = EmailMessage()
    outer.set_content("outer")
    outer.add_attachment(middle)
    (attachment,) = mail.parse(outer.as_bytes()).attachments
    assert attachment.path[1:] == ("attachment przekazana.eml", "attachment a.json")
    assert attachment.path[0].startswith(("message", "attachment"))
    assert attachment.data == CONTENT


def test_a_forwarded_mail_in_base64_is_opened() -> None:
    inner = letters.mutt(CONTENT)
    data = (
        b"MIME-Version: 1.0\nFrom: a@b.example\nContent-Type: message/rfc822\n"
        b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(inner)
    )
    (attachment,) = mail.parse(data).attachments
    assert attachment.path == ("message 1", f"attachment {POLISH_NAME}")


def test_a_name_is_only_ever_a_label() -> None:
    data = letters.letter(("../../etc/\u202eldnosj\u0007.exe" + "x" * 500, "a/b", CONTENT))
    (attachment,) = mail.parse(data).attachments
    (name,) = attachment.path
    assert "\u202e" not in name
    assert "\u0007" not in name
    assert len(name) <= 220


@pytest.mark.parametrize(
    ("stated", "code", "kind"),
    [
        ("multipart/encrypted; boundary=x", ProblemCode.ENCRYPTED, "mail"),
        ("application/pkcs7-mime; smime-type=enveloped-data", ProblemCode.ENCRYPTED, "s/mime"),
        ("application/pkcs7-mime; smime-type=signed-data", ProblemCode.UNKNOWN_FORMAT, "s/mime"),
        ("application/ms-tnef; name=winmail.dat", ProblemCode.UNKNOWN_FORMAT, "outlook"),
    ],
)
def test_what_is_closed_is_named(stated: str, code: ProblemCode, kind: str) -> None:
    data = f"From: a@b.example\nMIME-Version: 1.0\nContent-Type: {stated}\n\nAAAA\n".encode()
    (closed,) = mail.parse(data).closed
    assert (closed.code, closed.kind) == (code, kind)


def test_signatures_and_receipts_are_no_attachments() -> None:
    data = letters.letter(("smime.p7s", "application/pkcs7-signature", b"\x30\x80"))
    assert mail.parse(data).attachments == ()


def test_html_and_text_are_bodies_in_their_charset() -> None:
    message = EmailMessage()
    message.set_content("zażółć", charset="iso-8859-2", cte="quoted-printable")
    message.add_alternative("<p>zażółć</p>", subtype="html", charset="windows-1250")
    texts = [body.text.strip() for body in mail.parse(message.as_bytes()).bodies]
    assert texts == ["zażółć", "<p>zażółć</p>"]


def test_a_text_in_an_unknown_charset_is_still_a_text() -> None:
    assert decoded("żółw".encode("iso-8859-2"), "iso-8859-2") == "żółw"
    assert decoded("żółw".encode("cp1250"), "no-such") == "żółw"
    assert decoded(b"\x81\xff", "zlib") == "\x81\xff"
    assert decoded("żółw".encode(), "latin-1") == "żółw"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?=C5=BC?=", "ż"),
        ("=?utf-8*pl?q?=C5=BC?=", "ż"),
        ("a =?utf-8?b?xbw=?= b", "a ż b"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?b?xQ?= =?utf-8?b?vA?=", "ż"),
        ("=?x-none?q?a?=", "a"),
        ("=?utf-8?b?A?=", "=?utf-8?b?A?="),
        ("=?utf-8?q?", "=?utf-8?q?"),
    ],
)
def test_encoded_words(text: str, expected: str) -> None:
    assert words(text) == expected


# ---- limits and damage --------------------------------------------------------------------------


def _nested(depth: int) -> bytes:
    text = "From: a@b.example\nMIME-Version: 1.0\n"
    for level in range(depth):
        text += f"Content-Type: multipart/mixed; boundary=b{level}x\n\n--b{level}x\n"
    return (text + "Content-Type: text/plain\n\nend\n").encode()


@pytest.mark.parametrize("depth", [MAX_MAIL_DEPTH + 1, 3000])
def test_parts_too_deep_in_each_other_are_refused(depth: int) -> None:
    assert mail.parse(_nested(MAX_MAIL_DEPTH - 1)).bodies[0].text.strip() == "end"
    with pytest.raises(MalformedCredential):
        mail.read(_nested(depth))


def test_too_many_parts_are_too_large() -> None:
    head = b"From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n"
    with pytest.raises(TooLarge):
        mail.read(head + b"--b\n\nx\n" * (MAX_PARTS + 1))


def test_a_hostile_header_takes_no_time() -> None:
    data = b'From: a@b.example\nContent-Type: x/y; name="' + b'\\"' * 200_000 + b"\n\nx\n"
    mail.read(data)
    data = b"From: a@b.example\nContent-Disposition: attachment" + b";a*9*=" * 50_000 + b"\n\nx\n"
    mail.read(data)


LETTERS = [
    program(CONTENT)
    for program in (letters.thunderbird, letters.outlook, letters.apple, letters.cut_character)
]


@settings(max_examples=300, deadline=None)
@given(
    original=st.sampled_from(LETTERS),
    changes=st.lists(
        st.tuples(
            st.integers(0, 3000),
            st.integers(0, 6),
            st.sampled_from(
                [
                    *(b"", b"\n", b"\r\n\r\n", b"\xff", b"=?", b"?=", b"--", b"''", b";", b'"'),
                    *(b"\0", b"*0*=", b"%C5", b"charset=", b"multipart/", b"message/rfc822"),
                ]
            ),
        ),
        max_size=12,
    ),
)
def test_mutated_mails_give_parts_or_malformed(
    original: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    data = bytearray(original)
    for place, length, text in changes:
        start = place % len(data)
        data[start : start + length] = text
    try:
        letter = mail.parse(bytes(data))
    except MalformedCredential:
        return
    assert all(isinstance(part.data, bytes) for part in letter.attachments)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200))
def test_any_header_text_gives_a_name(text: str) -> None:
    data = f"Content-Disposition: attachment; filename{text}\n\nx".encode("utf-8", "replace")
    for part in mail.parse(data).attachments:
        assert all(name == name.strip() for name in part.path)


# ---- mailboxes ----------------------------------------------------------------------------------


def test_a_mailbox_is_split_and_unquoted() -> None:
    first = b"From: a@b.example\nSubject: 1\n\n>From here on\n>>From there\nFrom the middle\n"
    data = b"From a@b Sun Nov 22 10:00:00 2026\n" + first + b"\nFrom c@d Mon Nov 23\nSubject: 2\n"
    one, two = mail.messages(data)
    assert b"\nFrom here on\n>From there\nFrom the middle\n" in one
    assert two == b"Subject: 2\n"


def test_a_mailbox_of_too_many_messages_is_too_large() -> None:
    with pytest.raises(TooLarge):
        mail.messages(b"From a\nSubject: x\n\n" * (MAX_ENTRIES + 1))
