"""Presentations that we make: what is inside is untouched, and the holder's proof holds."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests import needs
from tests.issuer import NOW, Form, specimen
from wallet import formats
from wallet.errors import CannotPresent
from wallet.model.credential import Credential, Format, JsonObject
from wallet.model.verification import Outcome
from wallet.presentation.build import MAX_CREDENTIALS, build
from wallet.proofs import data_integrity
from wallet.proofs.contexts import Contexts
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PrivateKey, PublicKey

KEY = PrivateKey.generate()
CONTEXTS = Contexts.bundled()
ISSUED = [Form.OPEN_BADGE, Form.CREDENTIAL, Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT]


def _read(data: bytes) -> Credential:
    credential = formats.read(data)
    assert credential is not None
    return credential


def _present(*credentials: Credential, at: datetime = NOW) -> bytes:
    return build(
        credentials,
        CONTEXTS,
        KEY,
        audience="https://acme.example",
        nonce="n-1",
        expires=at + timedelta(days=7),
        at=at,
    )


def _resolve(method: str) -> ResolvedKey | None:
    did, _, fragment = method.partition("#")
    assert did == f"did:key:{fragment}"
    return ResolvedKey(PublicKey.from_multikey(fragment), did, "did:key")


def _outcome(document: JsonObject) -> Outcome:
    (finding,) = data_integrity.check(document, CONTEXTS, _resolve, "authentication")
    return finding.outcome


@pytest.mark.parametrize("form", [*ISSUED, Form.SEALED_EDC])
def test_every_form_is_inside_bit_for_bit(form: Form) -> None:
    original = _read(specimen(form))
    presentation = _read(_present(original))
    assert presentation.format is Format.PRESENTATION
    assert presentation.defects == ()
    assert presentation.subject_ids == (KEY.public.did_key(),)
    (part,) = presentation.parts
    assert part.raw == original.raw.strip()
    assert _outcome(presentation.document) is Outcome.PASSED


@pytest.mark.parametrize(
    "sample",
    [
        ("open-badges-3", "simple.json"),
        ("open-badges-3", "complete.json"),
        ("open-badges-3", "simple-multiple-proofs.json"),
        ("open-badges-3", "vc.getVCv1.json"),
        ("open-badges-3", "vc.getVCv2.json"),
        ("open-badges-3", "unsigned-nl-microcredential.json"),
        ("edc", "Sample-MC-Annex1-signed.jsonld"),
        ("edc", "edc-dc-signed.jsonld"),
        ("clr", "simple.json"),
        ("sd-jwt", "eudi-pid-sd-jwt-vc.txt"),
        ("data-integrity", "Ed25519Signature2020", "signedEdSig.json"),
        ("data-integrity", "eddsa-jcs-2022", "signedJCS.json"),
    ],
)
def test_what_others_issued_is_inside_bit_for_bit(sample: tuple[str, ...]) -> None:
    original = _read(needs.shared("samples", *sample).read_bytes())
    presentation = _read(_present(original))
    (part,) = presentation.parts
    assert part.raw in (original.raw, original.raw.strip(), b"".join(original.raw.split()))
    assert _outcome(presentation.document) is Outcome.PASSED


def test_contexts_that_were_supplied_let_a_credential_be_embedded() -> None:
    sample = needs.shared("samples", "data-integrity", "eddsa-rdfc-2022", "signedDataInt.json")
    original = _read(sample.read_bytes())
    contexts = CONTEXTS.with_folder(needs.shared("contexts"))
    data = build([original], contexts, KEY, audience=None, nonce=None, expires=None, at=NOW)
    (shown,) = json.loads(data)["verifiableCredential"]
    assert shown == original.document


def test_what_cannot_be_canonicalised_here_travels_in_an_envelope() -> None:
    badge = _read(specimen(Form.OPEN_BADGE))
    changed = json.loads(badge.raw)
    changed["@context"].append("https://nobody.example/context")
    stranger = replace(badge, raw=json.dumps(changed).encode())
    data = _present(badge, stranger)
    first, second = json.loads(data)["verifiableCredential"]
    assert first == badge.document
    assert second["id"].startswith("data:application/vc;base64,")
    presentation = _read(data)
    assert [part.raw for part in presentation.parts] == [badge.raw.strip(), stranger.raw]
    assert _outcome(presentation.document) is Outcome.PASSED


def test_it_says_for_whom_by_whom_and_until_when() -> None:
    at = datetime(2026, 11, 22, 12, 0, 0, 999, UTC)
    document = json.loads(_present(_read(specimen(Form.OPEN_BADGE)), at=at))
    assert list(document) == ["@context", "type", "holder", "verifiableCredential", "proof"]
    assert document["@context"] == ["https://www.w3.org/ns/credentials/v2"]
    proof = document["proof"]
    did = KEY.public.did_key()
    assert proof["proofValue"].startswith("z")
    del proof["proofValue"]
    assert proof == {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": "2026-11-22T12:00:00Z",
        "expires": "2026-11-29T12:00:00Z",
        "verificationMethod": f"{did}#{did.removeprefix('did:key:')}",
        "proofPurpose": "authentication",
        "domain": "https://acme.example",
        "challenge": "n-1",
    }


def test_nothing_is_stated_that_was_not_asked_for() -> None:
    badge = _read(specimen(Form.OPEN_BADGE))
    data = build([badge], CONTEXTS, KEY, audience=None, nonce=None, expires=None, at=NOW)
    document = json.loads(data)
    assert not {"domain", "challenge", "expires"} & set(document["proof"])
    assert _outcome(document) is Outcome.PASSED


def test_envelopes_say_how_their_bytes_are_secured() -> None:
    sealed = _read(specimen(Form.SEALED_EDC))
    token = _read(specimen(Form.OPEN_BADGE_JWT) + b"\n")
    first, second = json.loads(_present(sealed, token))["verifiableCredential"]
    assert first == {
        "@context": "https://www.w3.org/ns/credentials/v2",
        "type": "EnvelopedVerifiableCredential",
        "id": "data:application/jose+json;base64," + base64.b64encode(sealed.raw).decode(),
    }
    assert second["id"] == "data:application/vc+jwt," + token.raw.decode().strip()


def test_several_are_shown_in_their_order() -> None:
    shown = [_read(specimen(form)) for form in (*ISSUED, Form.SEALED_EDC)]
    presentation = _read(_present(*shown))
    assert [part.raw for part in presentation.parts] == [one.raw.strip() for one in shown]
    assert _outcome(presentation.document) is Outcome.PASSED


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("holder", PrivateKey.generate().public.did_key()),
        ("verifiableCredential", []),
        ("type", ["VerifiablePresentation", "VerifiableCredential"]),
    ],
    ids=["holder", "credential", "type"],
)
def test_nothing_can_be_exchanged_afterwards(member: str, value: object) -> None:
    document = json.loads(_present(_read(specimen(Form.OPEN_BADGE))))
    document[member] = value
    assert _outcome(document) is Outcome.FAILED


@pytest.mark.parametrize("member", ["domain", "challenge", "expires", "created"])
def test_audience_nonce_and_times_are_signed(member: str) -> None:
    document = json.loads(_present(_read(specimen(Form.OPEN_BADGE_JWT))))
    document["proof"][member] = "2027-01-01T00:00:00Z"
    assert _outcome(document) is Outcome.FAILED


def test_an_enveloped_credential_is_signed_over() -> None:
    data = _present(_read(specimen(Form.OPEN_BADGE_JWT)))
    other = specimen(Form.CREDENTIAL_JWT).strip()
    document = json.loads(data)
    document["verifiableCredential"][0]["id"] = "data:application/vc+jwt," + other.decode()
    assert _outcome(document) is Outcome.FAILED


def test_what_cannot_be_presented_is_refused_with_the_reason() -> None:
    badge = _read(specimen(Form.OPEN_BADGE))
    own = replace(badge, format=Format.SELF_ASSERTED)
    for credentials, why in (
        ([], "nothing"),
        ([badge] * (MAX_CREDENTIALS + 1), "too_many"),
        ([badge, own], "self_asserted"),
        ([_read(_present(badge))], "a_presentation"),
    ):
        with pytest.raises(CannotPresent) as caught:
            _present(*credentials)
        assert caught.value.facts["why"] == why
        assert caught.value.facts["form"] == "presentation"
