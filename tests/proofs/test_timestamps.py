"""Time stamps: what they are over, whether the tokens hold, and that a broken one harms no seal."""

import base64
import json
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.x509.oid import ExtendedKeyUsageOID
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuer.keys import base64url
from tests.needs import shared
from tests.proofs.seals import PAYLOAD, Seal, flattened, header, leaf
from tests.proofs.stamping import TIME, Token, authority, container
from wallet.model.verification import Outcome
from wallet.proofs import evidence, jades, jades_stamps
from wallet.proofs.jades import Jades
from wallet.proofs.timestamps import MAX_TOKENS, Integrity, Kind, TimeStamp

HEADER = header()


def parsed(data: bytes) -> Jades:
    found = jades.parse(data)
    assert found is not None
    return found


def stamped(*properties: Any, protected: dict[str, Any] | None = None) -> Jades:
    """A seal with unsigned properties: objects stay, pairs become base64url texts."""
    document = json.loads(flattened(Seal(protected or HEADER)))
    document["header"] = {"etsiU": list(properties)}
    return parsed(json.dumps(document).encode())


def text(**members: Any) -> str:
    return base64url(json.dumps(members).encode())


def found(document: Jades) -> tuple[TimeStamp, ...]:
    return jades_stamps.check(document, document.signatures[0])


def signature_text() -> str:
    return stamped().signatures[0].text


def sig_tst(token: Token | None = None, **members: Any) -> str:
    token = token or Token(signature_text().encode())
    return text(sigTst=container(token, **members))


def arc_input(*earlier: str) -> bytes:
    signature = stamped().signatures[0]
    return f"{PAYLOAD}.{signature.protected}.{signature.text}.{''.join(earlier)}".encode()


def test_a_signature_time_stamp() -> None:
    (one,) = found(stamped(sig_tst()))
    assert (one.kind, one.integrity, one.time) == (Kind.SIGNATURE, Integrity.INTACT, TIME)
    assert one.authority == "Example Time"
    assert one.certificate == authority()
    assert one.others == ()


def test_a_content_time_stamp_is_over_the_payload() -> None:
    protected = header(adoTst=container(Token(PAYLOAD.encode())), crit=["b64", "sigT", "adoTst"])
    (one,) = found(stamped(protected=protected))
    assert (one.kind, one.integrity) == (Kind.CONTENT, Integrity.INTACT)


def test_an_archive_time_stamp_is_over_everything_before_it() -> None:
    earlier = (sig_tst(), text(xVals=[]))
    archive = text(arcTst=container(Token(arc_input(*earlier))))
    assert [one.integrity for one in found(stamped(*earlier, archive))] == [Integrity.INTACT] * 2
    swapped = (earlier[1], earlier[0])
    assert found(stamped(*swapped, archive))[-1].integrity is Integrity.IMPRINT_BROKEN


def test_a_property_respelled_breaks_the_archive_and_not_the_seal() -> None:
    values = text(xVals=[])
    respelled = base64url(b'{"xVals": [ ]}')
    archive = text(arcTst=container(Token(arc_input(values))))
    document = stamped(respelled, archive)
    assert found(document)[0].integrity is Integrity.IMPRINT_BROKEN
    assert jades.check(document).outcome is Outcome.PASSED


def test_objects_are_hashed_in_a_form_that_nobody_standardised() -> None:
    archive = text(arcTst=container(Token(arc_input())))
    assert found(stamped({"xVals": []}, archive))[0].integrity is Integrity.NOT_CHECKED
    canonical = text(arcTst=container(Token(arc_input("other")), canonAlg="some"))
    assert found(stamped(canonical))[0].integrity is Integrity.NOT_CHECKED


CLEAR = {"xVals": [{"x509Cert": {"val": "a/b+c=", "encoding": "DER"}}]}
FORMS = {
    "RFC 8785": '{"xVals":[{"x509Cert":{"encoding":"DER","val":"a/b+c="}}]}',
    "RFC 8785, its value": '[{"x509Cert":{"encoding":"DER","val":"a/b+c="}}]',
    "as it stands": '{"xVals":[{"x509Cert":{"val":"a\\/b+c=","encoding":"DER"}}]}',
    "as it stands, its value": '[{"x509Cert":{"val":"a\\/b+c=","encoding":"DER"}}]',
}


@pytest.mark.parametrize("form", FORMS)
def test_objects_are_hashed_in_the_forms_that_are_in_use(form: str) -> None:
    archive = {"arcTst": container(Token(arc_input(FORMS[form])))}
    (one,) = found(stamped(CLEAR, archive))
    assert one.integrity is Integrity.INTACT
    (other,) = found(stamped({"xVals": []}, archive))
    assert other.integrity is Integrity.NOT_CHECKED


def test_an_archive_time_stamp_may_say_that_it_is_over_all() -> None:
    archive = text(arcTst=container(Token(arc_input()), timeStamped="all"))
    assert found(stamped(archive))[0].integrity is Integrity.INTACT
    partial = text(arcTst=container(Token(arc_input()), timeStamped="previousArcTst"))
    assert found(stamped(partial))[0].integrity is Integrity.NOT_CHECKED


OVER = signature_text().encode()
WRONG = {
    "another signature": (Token(b"something else"), Integrity.IMPRINT_BROKEN),
    "another key": (
        Token(OVER, certificate=authority("Another"), names_certificate=authority("Another")),
        Integrity.SIGNATURE_BROKEN,
    ),
    "another certificate named": (
        Token(OVER, names_certificate=authority("Another")),
        Integrity.SIGNATURE_BROKEN,
    ),
    "no certificate": (Token(OVER, with_certificate=False), Integrity.NOT_CHECKED),
    "a certificate for something else": (
        Token(OVER, certificate=authority(purpose=ExtendedKeyUsageOID.CODE_SIGNING)),
        Integrity.SIGNATURE_BROKEN,
    ),
    "SHA-1": (Token(OVER, digest="sha1"), Integrity.NOT_CHECKED),
    "other content": (Token(OVER, content="data"), Integrity.UNREADABLE),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_token_that_is_wrong_in_one_way(what: str) -> None:
    token, integrity = WRONG[what]
    document = stamped(text(sigTst=container(token)))
    assert found(document)[0].integrity is integrity
    assert jades.check(document).outcome is Outcome.PASSED


@pytest.mark.parametrize("place", range(0, 1400, 97))
def test_a_changed_token_never_holds(place: int) -> None:
    der = bytearray(Token(OVER).der())
    der[place % len(der)] ^= 0x01
    for one in found(stamped(text(sigTst=container(bytes(der))))):
        assert one.integrity is not Integrity.INTACT or one == found(stamped(sig_tst()))[0]


def test_the_time_is_signed_too() -> None:
    der = Token(OVER).der()
    assert der.count(b"20260301100001Z") == 1
    later = der.replace(b"20260301100001Z", b"20200301100001Z")
    assert found(stamped(text(sigTst=container(later))))[0].integrity is Integrity.SIGNATURE_BROKEN


@pytest.mark.parametrize(
    "member",
    [
        {"sigTst": None},
        {"sigTst": []},
        {"sigTst": {"tstTokens": {}}},
        {"sigTst": {"tstTokens": [None]}},
        {"sigTst": {"tstTokens": [{"val": 1}]}},
        {"sigTst": {"tstTokens": [{"val": "!"}]}},
        {"sigTst": {"tstTokens": [{"val": ""}]}},
        {"sigTst": {"tstTokens": [{"val": "MAA="}]}},
        {"arcTst": "x", "xVals": 1, "rVals": [], "tstVD": []},
        {"rVals": {"ocspVals": [{"val": "?"}], "crlVals": {}}, "xVals": [{"x509Cert": 1}]},
    ],
)
def test_nonsense_in_unsigned_properties_is_passed_over(member: dict[str, Any]) -> None:
    for entry in (text(**member), member, "not base64!"):
        document = stamped(entry)
        assert all(one.integrity is Integrity.UNREADABLE for one in found(document))
        assert evidence.of_jades(document, document.signatures[0], (leaf(),)).ocsp == ()
        assert jades.check(document).outcome is Outcome.PASSED


def test_a_token_of_another_kind_is_not_checked() -> None:
    tokens = {"tstTokens": [{"val": "eA==", "type": "urn:example:another"}]}
    assert found(stamped(text(sigTst=tokens)))[0].integrity is Integrity.NOT_CHECKED


def test_the_number_of_tokens_is_limited() -> None:
    many = text(sigTst=container(*[b"x"] * (MAX_TOKENS + 1)))
    assert len(found(stamped(many))) == MAX_TOKENS


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 1200))
def test_no_token_makes_it_raise(noise: bytes, place: int) -> None:
    der = Token(OVER).der()
    mixed = der[:place] + noise + der[place + len(noise) :]
    for one in found(stamped(text(sigTst=container(mixed)), text(sigTst=container(noise)))):
        assert one.integrity in Integrity


def test_a_program_that_has_read_nothing_yet_reads_tokens() -> None:
    """What a token holds is known to the ASN.1 library only once its module is there."""
    document = stamped(sig_tst())
    raw = json.dumps(
        {
            "payload": document.payload_text,
            "protected": document.signatures[0].protected,
            "signature": document.signatures[0].text,
            "header": dict(document.signatures[0].unprotected),
        }
    )
    program = (
        "import sys; from wallet.proofs import jades;"
        "print(jades.check(jades.parse(sys.stdin.buffer.read())).facts['timestamps'])"
    )
    said = subprocess.run(
        [sys.executable, "-c", program], input=raw.encode(), capture_output=True, check=True
    ).stdout.decode()
    assert said.strip() == "sigTst 2026-03-01T10:00:01Z Example Time: intact"


# ---- what else came along ----------------------------------------------------------------------


def test_evidence_collects_what_came_along() -> None:
    def values(*ders: bytes) -> list[dict[str, Any]]:
        return [{"val": base64.b64encode(der).decode()} for der in ders]

    document = stamped(
        text(xVals=[{"x509Cert": entry} for entry in values(b"ca", b"root", b"ca")]),
        {"rVals": {"ocspVals": values(b"ocsp"), "crlVals": values(b"crl")}},
        text(
            tstVD={"xVals": [{"x509Cert": values(b"tsa")[0]}], "rVals": {"crlVals": values(b"c")}}
        ),
    )
    found = evidence.of_jades(document, document.signatures[0], (leaf(),))
    assert found.certificates[1:] == (b"ca", b"root", b"tsa")
    assert (found.ocsp, found.crls) == ((b"ocsp",), (b"crl", b"c"))
    assert found.signed_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_signing_time_that_no_clock_shows_is_none() -> None:
    document = stamped(protected=header(sigT="2026-02-30T10:00:00Z"))
    assert evidence.signing_moment(document.signatures[0]) is None


# ---- real ones ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("edc/Sample-MC-Annex1-signed.jsonld", "adoTst intact, sigTst intact, arcTst intact"),
        ("edc/Sample-CertOfPart-signed.jsonld", "adoTst intact, sigTst intact, arcTst intact"),
        ("edc/credential-signed.jsonld", "adoTst intact, sigTst intact, arcTst intact"),
        ("edc/credential-jws-invalid.jsonld", "adoTst intact, sigTst intact, arcTst intact"),
        ("edc/edc-mc-signed.jsonld", "sigTst intact, arcTst intact"),
        ("edc/edc-dc-signed.jsonld", "sigTst intact, arcTst intact"),
        ("jades/jades-lta.json", "sigTst intact, arcTst intact"),
        ("jades/jades-lta-broken-arcTst.json", "sigTst intact, arcTst imprint broken"),
    ],
)
def test_real_time_stamps(file: str, expected: str) -> None:
    document = parsed(shared("samples", file).read_bytes())
    stamps = found(document)
    assert ", ".join(f"{one.kind.value} {one.integrity.value}" for one in stamps) == expected
    assert all(one.authority in {"Nowina Solutions", "DSS TEST PKI"} for one in stamps)
    assert jades.check(document).outcome is Outcome.PASSED
