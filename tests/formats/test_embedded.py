"""Credentials inside: found, cut out with their own bytes, and counted."""

import base64
import json
from typing import Any

import pytest

from tests.issuer.defects import Form
from tests.issuer.presentations import enveloped, holder_key, presentation
from tests.issuer.specimens import specimen
from tests.needs import shared
from wallet import formats
from wallet.errors import MalformedCredential, TooLarge
from wallet.formats.data_model import V1, V2
from wallet.formats.embedded import MAX_PARTS
from wallet.model.credential import Credential, Format


def show(*entries: Any, context: str = V2) -> Credential:
    document = {
        "@context": [context],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(entries),
    }
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    assert credential.format is Format.PRESENTATION
    return credential


def test_every_form_comes_out_of_a_presentation_as_it_went_in() -> None:
    originals = tuple(
        specimen(form) for form in (Form.OPEN_BADGE, Form.SEALED_EDC, Form.CREDENTIAL_JWT)
    )
    shown = formats.read(presentation(originals, holder_key()))
    assert shown is not None
    assert tuple(part.raw for part in shown.parts) == originals
    assert [part.path for part in shown.parts] == ["credential 1", "credential 2", "credential 3"]


def test_an_embedded_credential_keeps_its_characters() -> None:
    inner = '{ "type": ["VerifiableCredential"],\n "a": 1.50, "b": "\\u017c" }'
    outer = {"@context": [V2], "type": "VerifiablePresentation", "verifiableCredential": "HERE"}
    shown = formats.read(json.dumps(outer).replace('"HERE"', inner).encode())
    assert shown is not None
    assert [part.raw.decode() for part in shown.parts] == [inner]


def test_a_token_may_stand_as_text() -> None:
    data = specimen(Form.CREDENTIAL_JWT)
    assert show(data.decode(), context=V1).parts[0].raw == data


@pytest.mark.parametrize(
    ("address", "raw"),
    [
        ("data:application/vc+jwt,eyJ.a.b", b"eyJ.a.b"),
        ("data:application/jose+json;base64," + base64.b64encode(b'{"a":1}').decode(), b'{"a":1}'),
        ("data:application/json,%7B%22a%22%3A1%7D", b'{"a":1}'),
        ("DATA:,x", b"x"),
    ],
)
def test_data_addresses_are_decoded(address: str, raw: bytes) -> None:
    entry = {"@context": V2, "id": address, "type": "EnvelopedVerifiableCredential"}
    assert show(entry).parts[0].raw == raw


@pytest.mark.parametrize(
    "address", ["", "https://x.example", "data:application/json", "data:;base64,!!!", 7]
)
def test_what_is_no_data_address_is_malformed(address: object) -> None:
    with pytest.raises(MalformedCredential):
        show({"id": address, "type": "EnvelopedVerifiableCredential"})


def test_parts_are_counted() -> None:
    entry = enveloped(b"ey.a.b")
    assert len(show(*[entry] * MAX_PARTS).parts) == MAX_PARTS
    with pytest.raises(TooLarge):
        show(*[entry] * (MAX_PARTS + 1))


def test_what_is_no_credential_in_a_presentation_fails_its_format() -> None:
    assert [defect.what for defect in show(7, "").defects] == ["verifiableCredential"] * 2


def test_endorsements_are_found_wherever_they_are() -> None:
    path = shared("samples", "open-badges-3", "complete.json")
    badge = formats.read(path.read_bytes())
    assert badge is not None
    names = [json.loads(part.raw)["id"].rsplit("/", 1)[1] for part in badge.parts]
    assert sorted(names) == ["3732", "3733", "3734", "3735", "3736"]
    assert all(part.raw in badge.raw for part in badge.parts)


def test_parts_of_a_token_are_cut_out_of_its_claims() -> None:
    inner = json.loads(specimen(Form.OPEN_BADGE))
    endorsement = {**inner, "type": ["VerifiableCredential", "EndorsementCredential"]}
    badge = {**inner, "endorsement": [endorsement]}
    for claims in ({"vc": badge}, badge):
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=")
        header = base64.urlsafe_b64encode(b'{"alg":"ES256"}').rstrip(b"=")
        credential = formats.read(header + b"." + body + b".AAAA")
        assert credential is not None
        assert [json.loads(part.raw) for part in credential.parts] == [endorsement]
