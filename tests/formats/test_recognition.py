"""What is read as what: content decides, and what is none of ours is None."""

import json
from pathlib import Path

import pytest

from tests.issuer.badges import badge_document
from tests.issuer.defects import Form
from tests.issuer.presentations import enveloped
from tests.issuer.specimens import BADGE_AWARD, issuer_of, specimen
from tests.issuer.subjects import NOW
from tests.needs import shared
from wallet import formats
from wallet.errors import MalformedCredential, TooLarge
from wallet.formats import opening
from wallet.model.credential import Format
from wallet.model.verification import CheckName, Reason
from wallet.proofs import base64url
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

EXPECTED = {
    Form.SEALED_EDC: (Format.EDC, "jades"),
    Form.OPEN_BADGE: (Format.OPEN_BADGE_3, "data-integrity:eddsa-rdfc-2022"),
    Form.OPEN_BADGE_JWT: (Format.OPEN_BADGE_3, "jwt"),
    Form.CREDENTIAL: (Format.W3C_VC, "data-integrity:eddsa-rdfc-2022"),
    Form.CREDENTIAL_JWT: (Format.W3C_VC, "jwt"),
    Form.STATUS_LIST: (Format.STATUS_LIST, "data-integrity:eddsa-rdfc-2022"),
    Form.PRESENTATION: (Format.PRESENTATION, "data-integrity:eddsa-rdfc-2022"),
}


def token(header: object, payload: bytes) -> bytes:
    encoded = base64url.encode(json.dumps(header).encode())
    return f"{encoded}.{base64url.encode(payload)}.{base64url.encode(b'no signature')}".encode()


@pytest.mark.parametrize("form", Form)
def test_every_form_is_recognised(form: Form) -> None:
    data = specimen(form)
    credential = formats.read(data)
    assert credential is not None
    assert (credential.format, credential.securing) == EXPECTED[form]
    assert credential.raw == data
    assert not credential.defects


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"   ",
        b"hello",
        b"{}",
        b'{"a": 1}',
        b"[1, 2]",
        b'"text"',
        b"{\\rtf1 a letter}",
        b"<svg></svg>",
        b"\x89PNG\r\n",
        b"%PDF-1.7",
        b"eyes are. nice. things",
        b"eyJhbGciOiJub25lIn0",
        b"\xff\xfe\x00",
        "eyżółć.a.b".encode(),
        b'{"payload": "x"}',
        b'{"type": "Assertion", "badge": "https://x.example"}',
    ],
)
def test_what_is_no_credential_is_none(data: bytes) -> None:
    assert formats.read(data) is None


@pytest.mark.parametrize(
    "data",
    [
        b'{"type": ["VerifiableCredential"',
        b'{"a": \xff}',
        b'{"a": NaN}',
        b'{"payload": "x", "signatures": []}',
        b'{"payload": "x", "protected": "!", "signature": "x"}',
        b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.a=",
        b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ",
        b"eyJhbGciOiJFUzI1NiJ9.a b.c",
        b'{"a":' + b"[" * 70 + b"]" * 70 + b"}",
    ],
)
def test_what_breaks_off_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(data)


def test_a_token_larger_than_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge):
        formats.read(b"ey" + b"A" * opening.MAX_BYTES)


@pytest.mark.parametrize("around", [b"%s\n", b"\r\n  %s \t", b"\n%s"])
def test_white_space_around_a_token_is_no_part_of_it(around: bytes) -> None:
    data = specimen(Form.OPEN_BADGE_JWT)
    credential = formats.read(around % data)
    assert credential is not None
    report = verify(credential, TrustStore.empty(), NOW)
    assert report.check(CheckName.PROOF).reason is None


def test_a_token_over_several_lines_is_malformed() -> None:
    data = specimen(Form.OPEN_BADGE_JWT)
    with pytest.raises(MalformedCredential):
        formats.read(data[:40] + b"\n" + data[40:])


@pytest.mark.parametrize("payload", [b"a letter", b'"text"', b"[1]", b'{"title": "x"}', b"\xff"])
def test_a_signature_around_something_else_is_a_signed_document(payload: bytes) -> None:
    credential = formats.read(token({"alg": "ES256"}, payload))
    assert credential is not None
    assert credential.format is Format.SIGNED_DOCUMENT
    assert credential.securing == "jwt"
    assert not credential.importable


def test_a_compact_seal_is_told_from_a_token_by_its_header() -> None:
    seal = token({"alg": "ES256", "sigT": "2024-01-01T00:00:00Z"}, b'{"title": "x"}')
    credential = formats.read(seal)
    assert credential is not None
    assert credential.securing == "jades"


def test_an_sd_jwt_is_recognised() -> None:
    data = token({"alg": "ES256", "typ": "dc+sd-jwt"}, b'{"iss": "https://x.example", "vct": "v"}')
    credential = formats.read(data + b"~")
    assert credential is not None
    assert credential.format is Format.SD_JWT_VC
    report = verify(credential, TrustStore.empty(), NOW)
    assert report.check(CheckName.PROOF).reason is Reason.NO_SIGNING_KEY_FOUND


def test_the_upload_wrapper_is_opened() -> None:
    document = badge_document(issuer_of(Form.OPEN_BADGE), BADGE_AWARD)
    wrapped = {"credential": document, "deliveryDetails": {"deliveryAddress": ["x"]}}
    credential = formats.read(json.dumps(wrapped).encode())
    assert credential is not None
    assert credential.document == document


def test_an_envelope_is_read_as_what_it_holds() -> None:
    token = specimen(Form.CREDENTIAL_JWT)
    assert formats.read(json.dumps(enveloped(token)).encode()) == formats.read(token)


def test_a_token_alone_in_an_object_is_that_token() -> None:
    token = specimen(Form.CREDENTIAL_JWT)
    assert formats.read(json.dumps({"jwt": token.decode()}).encode()) == formats.read(token)
    for other in ({"jwt": 7}, {"jwt": "no token"}, {"jwt": token.decode(), "more": 1}):
        assert formats.read(json.dumps(other).encode()) is None


def test_a_badge_with_its_key_in_the_header_is_checked_with_it() -> None:
    svg = shared("samples", "open-badges-3", "simple-jwt.svg").read_text()
    start = svg.index("eyJ")
    data = svg[start : svg.index('"', start)].encode()
    credential = formats.read(data)
    assert credential is not None
    report = verify(credential, TrustStore.empty(), NOW)
    assert report.check(CheckName.PROOF).reason is None
    assert report.check(CheckName.ISSUER).reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_the_name_of_a_file_decides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "diploma.pdf"
    path.write_bytes(specimen(Form.SEALED_EDC))
    credential = formats.read(path.read_bytes())
    assert credential is not None
    assert credential.format is Format.EDC
