"""Envelopes: what is in their `data:` address is read, and nothing that they say beside it."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import pytest

from tests.issuer.defects import Form
from tests.issuer.presentations import enveloped, holder_key, presentation
from tests.issuer.specimens import specimen
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.formats.data_model import V2
from wallet.model.credential import Credential, Format
from wallet.model.verification import Reason
from wallet.trust.anchors import TrustStore

SOME_DAY = datetime(2024, 10, 15, tzinfo=UTC)
TOKEN = specimen(Form.CREDENTIAL_JWT)


def envelope(**members: Any) -> bytes:
    """An envelope of the specimen, with members changed; `at_context` is its @context."""
    changed = {name.replace("at_", "@"): value for name, value in members.items()}
    return json.dumps({**enveloped(TOKEN), **changed}).encode()


def shown(*entries: Any) -> Credential:
    document = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(entries),
    }
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    return credential


def test_the_bytes_inside_are_the_credential() -> None:
    credential = formats.read(envelope())
    assert credential is not None
    assert credential.raw == TOKEN
    assert formats.read(TOKEN) == credential


def test_an_enveloped_presentation_is_a_presentation() -> None:
    inner = presentation((specimen(Form.OPEN_BADGE),), holder_key())
    address = "data:application/vp," + quote(inner.decode())
    credential = formats.read(envelope(type="EnvelopedVerifiablePresentation", id=address))
    assert credential is not None
    assert (credential.format, credential.raw) == (Format.PRESENTATION, inner)


def test_what_an_envelope_says_beside_its_address_is_not_read() -> None:
    credential = formats.read(envelope(name="Doctor of everything", validUntil="1999-01-01"))
    assert credential == formats.read(TOKEN)


@pytest.mark.parametrize(
    "members",
    [
        {"at_context": []},
        {"at_context": "https://www.w3.org/ns/credentials/examples/v2"},
        {"id": TOKEN.decode()},
        {"id": None},
        {"id": "data:application/vc+jwt;base64,!!!"},
        {"id": "data:application/vc+jwt,eyJhbGciOiJub25lIn0.e30"},
        {"id": "data:application/json," + quote(envelope().decode())},
    ],
    ids=lambda members: str(members)[:40],
)
def test_envelopes_that_are_refused(members: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(envelope(**members))


def test_an_envelope_of_another_securing_is_not_ours() -> None:
    cose = {"id": "data:application/vc+cose;base64,0oRYVqQBJgNu"}
    assert formats.read(envelope(**cose)) is None
    credential = shown({**enveloped(TOKEN), **cose}, enveloped(TOKEN))
    assert [part.raw for part in credential.parts] == [TOKEN]
    check = formats.check_proof(credential, TrustStore.empty(), SOME_DAY)[0]
    assert check.reason is Reason.SCHEMA_REMARKS


def test_an_envelope_in_a_presentation_names_its_context() -> None:
    entry = enveloped(TOKEN)
    del entry["@context"]
    assert [defect.what for defect in shown(entry).defects] == ["@context"]
    assert shown(enveloped(TOKEN)).defects == ()
