"""Whole sources: what is found where, what is a problem, and that one bad thing stops nothing."""

import base64
import io
import os
import stat
import subprocess
import sys
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests import needs
from tests.intake.letters import POLISH_NAME, apple, head, letter, mutt, outlook, thunderbird
from tests.intake.test_archive import encrypted, zipped
from tests.issuer import Form, specimen
from wallet.carriers import qr
from wallet.carriers.qr_drawing import draw, png
from wallet.intake import gather, gather_bytes, limits
from wallet.model.credential import Format
from wallet.model.intake import Gathered, ProblemCode

BADGE = specimen(Form.OPEN_BADGE)
TOKEN = specimen(Form.OPEN_BADGE_JWT).strip()
SEALED = specimen(Form.SEALED_EDC)
LOGO = b"\x89PNG\r\n\x1a\n" + b"broken"


def _logo() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (60, 20), (0, 80, 160)).save(file, "PNG")
    return file.getvalue()


def _items(gathered: Gathered) -> list[tuple[tuple[str, ...], bytes]]:
    return [(item.path, item.credential.raw) for item in gathered.items]


def _problems(gathered: Gathered) -> list[tuple[tuple[str, ...], str]]:
    return [(problem.path, problem.code.value) for problem in gathered.problems]


# ---- plain files --------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_every_form_is_found_whatever_its_name(form: Form, tmp_path: Path) -> None:
    file = tmp_path / "diploma.exe"
    file.write_bytes(specimen(form))
    gathered = gather(file)
    assert gathered.problems == ()
    (item,) = gathered.items
    assert (item.source, item.path) == ("diploma.exe", ())
    assert item.credential.raw.strip() == specimen(form).strip()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BADGE + b"\r\n\r\n", id="white space behind"),
        pytest.param(b"\xef\xbb\xbf" + BADGE, id="byte order mark"),
        pytest.param(BADGE.decode().encode("utf-16"), id="UTF-16"),
        pytest.param(base64.encodebytes(BADGE), id="base64"),
        pytest.param(b"\n " + TOKEN + b"\n", id="token with white space"),
        pytest.param(b"Here you are:\n" + TOKEN + b"\nBye", id="token in prose"),
        pytest.param("Proszę: ".encode() + BADGE + b" bye", id="JSON in prose"),
    ],
)
def test_a_credential_is_found_in_other_spellings(data: bytes) -> None:
    gathered = gather_bytes("pasted", data)
    assert gathered.problems == ()
    (item,) = gathered.items
    assert item.path == ()
    assert item.credential.raw.strip() in (BADGE.strip(), TOKEN)


@pytest.mark.parametrize(
    ("data", "code", "kind"),
    [
        (b"", "no_credential", "empty"),
        (b"%PDF-1.7\n...", "no_credential", "pdf"),
        (b"just a text", "no_credential", "text"),
        (b"\0\1\2\3", "no_credential", "binary"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_credential", "picture"),
        (b"<html><p>no token</p></html>", "no_credential", "xml"),
        (_logo(), "no_credential", "picture"),
        (zipped(), "no_credential", "zip"),
        (zipped(("[Content_Types].xml", b"<a/>")), "no_credential", "office"),
        (b'{"a": 1}', "unknown_format", "json"),
        (b"[1, 2]", "unknown_format", "json"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...", "unknown_format", "outlook"),
        (b"\x1f\x8b\x08...", "unknown_format", "archive"),
    ],
)
def test_what_holds_none_says_what_it_is(data: bytes, code: str, kind: str) -> None:
    gathered = gather_bytes("file", data)
    assert _problems(gathered) == [((), code)]
    assert gathered.problems[0].facts["kind"] == kind


@pytest.mark.parametrize(
    "data", [BADGE[: len(BADGE) // 2], LOGO, b"PK\x03\x04junk", b'{"@context"']
)
def test_what_is_broken_is_malformed(data: bytes) -> None:
    assert _problems(gather_bytes("file", data)) == [((), "malformed")]


@pytest.mark.parametrize("name", ["xxe_file.xml", "xxe_dos.xml"])
def test_entities_are_refused_and_never_expanded(name: str) -> None:
    gathered = gather(needs.shared("samples", "edci-xml", name))
    assert _problems(gathered) == [((), "malformed")]


def test_a_file_of_the_commission_comes_out_bit_for_bit() -> None:
    file = needs.shared("samples", "edc", "Sample-MC-Annex1-signed.jsonld")
    (item,) = gather(file).items
    assert item.source == "Sample-MC-Annex1-signed.jsonld"
    assert item.credential.format is Format.EDC
    assert item.credential.raw == file.read_bytes()


# ---- mails --------------------------------------------------------------------------------------


@pytest.mark.parametrize("program", [thunderbird, outlook, mutt])
def test_a_mail_gives_its_credential_bit_for_bit(program: object) -> None:
    assert callable(program)
    gathered = gather_bytes("letter.eml", program(SEALED))
    assert [item.path for item in gathered.items] == [(f"attachment {POLISH_NAME}",)]
    assert gathered.items[0].credential.raw.strip() == SEALED.strip()
    assert gathered.problems == ()


def test_a_file_that_a_mail_shows_inline_counts() -> None:
    assert [path for path, _ in _items(gather_bytes("a.eml", apple(BADGE)))] == [(POLISH_NAME,)]


def test_attachments_that_are_none_are_named_and_bodies_are_not() -> None:
    message = EmailMessage()
    message["From"], message["To"] = "a@b.example", "c@d.example"
    message.set_content("See https://uczelnia.example/credential/1")
    message.add_alternative("<p>See <img src='cid:logo'></p>", subtype="html")
    message.add_attachment(
        SEALED, maintype="application", subtype="ld+json", filename="Data Literacy.jsonld"
    )
    message.add_attachment(
        _logo(), maintype="image", subtype="png", filename="logo.png", disposition="inline"
    )
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    gathered = gather_bytes("letter.eml", message.as_bytes())
    assert _items(gathered) == [(("attachment Data Literacy.jsonld",), SEALED)]
    assert _problems(gathered) == [
        (("logo.png",), "no_credential"),
        (("attachment a.pdf",), "no_credential"),
    ]


def test_one_bad_attachment_stops_nothing() -> None:
    data = letter(
        ("a.json", "application/json", BADGE[:500]),
        ("b.zip", "application/zip", encrypted(zipped(("c", b"1")))),
        ("d.json", "application/json", BADGE),
    )
    gathered = gather_bytes("letter.eml", data)
    assert _items(gathered) == [(("attachment d.json",), BADGE)]
    assert _problems(gathered) == [
        (("attachment a.json",), "malformed"),
        (("attachment b.zip", "c"), "encrypted"),
    ]


def test_a_credential_pasted_in_a_mail_is_found_once() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content(f"Twój token:\n\n{TOKEN.decode()}\n", cte="quoted-printable")
    message.add_alternative(f"<p>Twój token:<br>{TOKEN.decode()}</p>", subtype="html")
    gathered = gather_bytes("letter.eml", message.as_bytes())
    assert _items(gathered) == [(("text",), TOKEN)]
    assert gathered.problems == ()


def test_a_mail_with_only_a_link_says_which() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@b.example", "x"
    message.set_content("See https://uczelnia.example/ and https://europa.eu/europass/c/1")
    message.add_attachment(_logo(), maintype="image", subtype="png", filename="logo.png")
    gathered = gather_bytes("letter.eml", message.as_bytes())
    assert _problems(gathered) == [((), "link_only")]
    assert gathered.problems[0].facts == {
        "link": "https://europa.eu/europass/c/1",
        "host": "europa.eu",
    }


def test_a_link_is_no_excuse_for_a_broken_attachment() -> None:
    data = letter(("a.json", "application/json", BADGE[:500]), text="https://a.example/x")
    assert _problems(gather_bytes("l.eml", data)) == [(("attachment a.json",), "malformed")]


def test_a_mail_without_anything_has_no_credential() -> None:
    data = letter(("a.pdf", "application/pdf", b"%PDF-1.7"))
    assert _problems(gather_bytes("l.eml", data)) == [
        (("attachment a.pdf",), "no_credential"),
        ((), "no_credential"),
    ]


def test_an_encrypted_mail_says_so() -> None:
    data = head() + "Content-Type: multipart/encrypted; boundary=x\n\n--x\n\nVersion: 1\n--x--\n"
    assert _problems(gather_bytes("l.eml", data.encode())) == [((), "encrypted")]


def test_a_mailbox_gives_every_message() -> None:
    box = b"".join(
        b"From MAILER Sun Nov 22 10:00:00 2026\n" + mail.replace(b"\r\n", b"\n") + b"\n\n"
        for mail in (thunderbird(BADGE), letter(), mutt(SEALED))
    )
    gathered = gather_bytes("mails", box)
    assert [path for path, _ in _items(gathered)] == [
        ("message 1", f"attachment {POLISH_NAME}"),
        ("message 3", f"attachment {POLISH_NAME}"),
    ]
    assert _problems(gathered) == [(("message 2",), "no_credential")]


# ---- archives, pictures, folders ----------------------------------------------------------------


def test_archives_in_mails_in_archives() -> None:
    inner = zipped(("climate.jsonld", SEALED), ("notes.txt", b"notes"))
    mail = letter(("diploma.zip", "application/zip", inner))
    gathered = gather_bytes("all.zip", zipped(("letter.eml", mail), ("badge.json", BADGE)))
    assert _items(gathered) == [
        (("letter.eml", "attachment diploma.zip", "climate.jsonld"), SEALED),
        (("badge.json",), BADGE),
    ]
    assert _problems(gathered) == [
        (("letter.eml", "attachment diploma.zip", "notes.txt"), "no_credential")
    ]


def test_a_zip_of_zips_without_end_is_cut() -> None:
    data = BADGE
    for _ in range(limits.MAX_NESTING + 2):
        data = zipped(("a", data))
    assert [code for _, code in _problems(gather_bytes("a.zip", data))] == ["too_large"]


def test_codes_of_a_picture_are_read() -> None:
    small = (
        b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"]}'
    )
    gathered = gather_bytes("code.png", png(draw(qr.wrap(small))))
    (item,) = gathered.items
    assert item.path == ("code 1",)
    assert item.credential.format is Format.PRESENTATION
    assert item.credential.raw == small


def test_a_code_of_a_later_version_is_malformed_and_of_a_link_a_link() -> None:
    import qrcode  # noqa: PLC0415 -- codes that are not ours

    for text, code in (
        ("MIKROFOLIO:9123", "malformed"),
        ("https://uczelnia.example/credential/7", "link_only"),
        ("WIFI:S:x;;", "no_credential"),
    ):
        file = io.BytesIO()
        qrcode.make(text).save(file)
        assert _problems(gather_bytes("a.png", file.getvalue())) == [(("code 1",), code)]


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(BADGE)
    (tmp_path / "a.eml").write_bytes(thunderbird(SEALED))
    (tmp_path / ".hidden").write_bytes(BADGE)
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "c.json").write_bytes(BADGE)
    gathered = gather(tmp_path)
    assert [item.source for item in gathered.items] == ["a.eml", "b.json"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert _problems(gather(empty)) == [((), "no_credential")]


def test_what_cannot_be_read_is_unreadable(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path / "missing", pipe, Path("a\0b")):
        gathered = gather(path)
        assert [problem.code for problem in gathered.problems] == [ProblemCode.UNREADABLE]
    locked = tmp_path / "locked.json"
    locked.write_bytes(BADGE)
    locked.chmod(0)
    if not os.access(locked, os.R_OK):  # root reads everything
        assert gather(locked).problems[0].code is ProblemCode.UNREADABLE
    locked.chmod(stat.S_IRUSR)


def test_a_large_file_is_too_large() -> None:
    gathered = gather_bytes("large", b"{" + b" " * limits.MAX_FILE)
    assert _problems(gathered) == [((), "too_large")]


# ---- anything at all ----------------------------------------------------------------------------

SOURCES = [
    BADGE,
    TOKEN,
    thunderbird(TOKEN),
    apple(TOKEN),
    zipped(("a.jwt", TOKEN), ("b.eml", mutt(TOKEN))),
    base64.encodebytes(TOKEN),
    png(draw(qr.wrap(b"{}"))),
]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    source=st.sampled_from(SOURCES),
    changes=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=3)), max_size=6),
    cut=st.integers(0, 200),
)
def test_mutated_sources_never_raise(
    source: bytes, changes: list[tuple[int, bytes]], cut: int
) -> None:
    data = bytearray(source)
    for place, content in changes:
        start = place % len(data)
        data[start : start + len(content)] = content
    gathered = gather_bytes("file", bytes(data[: len(data) - cut // 4]))
    assert gathered.items or gathered.problems


def test_the_isolated_process_loads_no_formats() -> None:
    modules = "wallet.intake.mail, wallet.intake.archive"
    code = f"import sys, {modules}; print('wallet.formats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
