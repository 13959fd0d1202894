"""The simulator itself: what it issues is sound where it should be, by other libraries' word."""

import base64
import email
import email.policy
import gzip
import hashlib
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from joserfc import jwk, jws

from tests import needs
from tests.issuer import (
    BADGE_AWARD,
    EDC_AWARD,
    REVOKED_INDEX,
    SENSIBLE,
    Attachment,
    Defect,
    Form,
    Issuer,
    Sealing,
    Shape,
    bitstring,
    credential_jwt,
    ed25519_key,
    holder_key,
    issuer_of,
    mail,
    open_badge,
    open_badge_jwt,
    p256_key,
    presentation,
    quads,
    rsa_key,
    sealed_edc,
    specimen,
    status_files,
    trust_files,
    universities,
    unsigned_edc,
    upload_wrapper,
)
from tests.issuer.keys import IssuerKey
from tests.issuer.packing import png
from tests.issuer.universities import CHALMERS, berlin, chalmers, seal_authority

ALL = [(form, defect) for form in Form for defect in sorted(SENSIBLE[form])]


def object_of(data: bytes) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(data)
    return value


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def holds(document: dict[str, Any], public: ed25519.Ed25519PublicKey) -> bool:
    """Check a data integrity proof, written out once more."""
    document = dict(document)
    proof = dict(document.pop("proof"))
    value = proof.pop("proofValue")
    options = {"@context": document["@context"], **proof}
    signed = b"".join(hashlib.sha256(quads(part)).digest() for part in (options, document))
    try:
        public.verify(base58(value), signed)
    except InvalidSignature:
        return False
    return True


def base58(multibase: str) -> bytes:
    alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
    number = 0
    for character in multibase.removeprefix("z"):
        number = number * 58 + alphabet.index(character)
    return number.to_bytes(64, "big")


def public_of(key: IssuerKey) -> ed25519.Ed25519PublicKey:
    public = key.private.public_key()
    assert isinstance(public, ed25519.Ed25519PublicKey)
    return public


# ---- every form, every defect --------------------------------------------------------------------


@pytest.mark.parametrize("form", Form)
def test_every_form_is_issued_alike_every_time(form: Form) -> None:
    assert specimen(form) == specimen(form)


@pytest.mark.parametrize(("form", "defect"), ALL)
def test_every_defect_changes_what_is_issued(form: Form, defect: Defect) -> None:
    assert specimen(form, defect) != specimen(form)


def test_every_defect_has_a_form() -> None:
    assert set().union(*SENSIBLE.values()) == set(Defect)


def test_a_defect_that_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match="open-badge cannot have the defect empty-crit"):
        specimen(Form.OPEN_BADGE, Defect.EMPTY_CRIT)


# ---- data integrity ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["simple.json", "vc.getVCv1.json", "vc.getVCv2.json"])
def test_the_canonical_form_is_the_one_that_others_signed(name: str) -> None:
    document = object_of(needs.shared("samples", "open-badges-3", name).read_bytes())
    proof = document["proof"][0] if isinstance(document["proof"], list) else document["proof"]
    key = base58_key(proof["verificationMethod"].split("#")[1])
    assert holds({**document, "proof": proof}, key)


def base58_key(multikey: str) -> ed25519.Ed25519PublicKey:
    raw = base58(multikey).lstrip(b"\0")
    assert raw[:2] == bytes.fromhex("ed01")
    return ed25519.Ed25519PublicKey.from_public_bytes(raw[2:])


@pytest.mark.parametrize("form", [Form.OPEN_BADGE, Form.CREDENTIAL, Form.STATUS_LIST])
def test_a_proof_holds(form: Form) -> None:
    assert holds(object_of(specimen(form)), public_of(issuer_of(form).key))


@pytest.mark.parametrize(
    "defect",
    [Defect.ALTERED_PAYLOAD, Defect.SWAPPED_PAYLOAD, Defect.WRONG_KEY],
)
def test_a_proof_does_not_hold(defect: Defect) -> None:
    document = object_of(specimen(Form.OPEN_BADGE, defect))
    assert not holds(document, public_of(chalmers().key))


@pytest.mark.parametrize(
    "defect",
    [
        Defect.EXPIRED,
        Defect.INLINE_CONTEXT,
        Defect.NESTED_CONTEXT,
        Defect.RESPELLED_TERM,
        Defect.UNKNOWN_CONTEXT,
        Defect.UNSIGNED_TERM,
        Defect.WRONG_PURPOSE,
        Defect.UNAUTHENTICATED_KEY,
    ],
)
def test_these_defects_leave_the_proof_sound(defect: Defect) -> None:
    """What makes them dangerous: a verifier that looks at the signature alone is content."""
    document = object_of(specimen(Form.OPEN_BADGE, defect))
    assert holds(document, public_of(chalmers().key))


def test_a_presentation_holds_its_credential_and_its_holder() -> None:
    badge = specimen(Form.OPEN_BADGE)
    sealed = specimen(Form.SEALED_EDC)
    document = object_of(presentation((badge, sealed), holder_key(), audience="x", nonce="y"))
    assert document["verifiableCredential"][0] == object_of(badge)
    address = document["verifiableCredential"][1]["id"]
    assert base64.b64decode(address.partition(",")[2]) == sealed
    assert document["proof"]["domain"] == "x"
    assert holds(document, public_of(holder_key()))


# ---- tokens --------------------------------------------------------------------------------------

TOKEN_ISSUERS = {
    "EdDSA": Issuer(CHALMERS, ed25519_key("tokens")),
    "ES256": Issuer(CHALMERS, p256_key("tokens"), by_jwk=True),
    "RS256": Issuer(CHALMERS, rsa_key("tokens"), by_jwk=True),
}


# joserfc prefers the name Ed25519 of RFC 9864; credentials in circulation say EdDSA.
@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")
@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("algorithm", TOKEN_ISSUERS)
def test_another_library_verifies_the_tokens(algorithm: str, shape: Shape) -> None:
    issuer = TOKEN_ISSUERS[algorithm]
    key = jwk.import_key(dict(issuer.key.jwk))
    registry = jws.JWSRegistry(algorithms=[algorithm])
    registry.max_header_length = 4096
    for token in (
        open_badge_jwt(issuer, BADGE_AWARD, shape=shape),
        credential_jwt(issuer, BADGE_AWARD, shape=shape),
    ):
        found = jws.deserialize_compact(token, key, registry=registry)
        claims = object_of(found.payload)
        assert ("vc" in claims) == (shape is Shape.VC_CLAIM)
        assert found.headers()["kid"] == issuer.verification_method


# ---- seals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("algorithm", ["RS256", "PS256", "ES256"])
@pytest.mark.parametrize("sealing", Sealing)
def test_a_seal_holds_over_the_payload_as_it_stands(algorithm: str, sealing: Sealing) -> None:
    issuer = berlin()
    if algorithm == "ES256":
        issuer = universities.sealing(universities.BERLIN, p256_key("seal"), issuer.key)
    document = object_of(sealed_edc(issuer, EDC_AWARD, algorithm=algorithm, sealing=sealing))
    entry = document["signatures"][0] if sealing is Sealing.GENERAL else document
    header = object_of(unpadded(entry["protected"]))
    certificate = x509.load_der_x509_certificate(base64.b64decode(header["x5c"][0]))
    signed = f"{entry['protected']}.{document['payload']}".encode()
    verify(certificate, unpadded(entry["signature"]), signed, header["alg"])
    assert header["alg"] == algorithm
    assert header["crit"] == ["b64", "sigT"]
    certificate.verify_directly_issued_by(seal_authority().certificate)


def verify(certificate: x509.Certificate, signature: bytes, data: bytes, algorithm: str) -> None:
    """Raise InvalidSignature where the signature does not hold."""
    public = certificate.public_key()
    if isinstance(public, rsa.RSAPublicKey):
        scheme: padding.AsymmetricPadding = padding.PKCS1v15()
        if algorithm == "PS256":
            scheme = padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        public.verify(signature, data, scheme, hashes.SHA256())
        return
    assert isinstance(public, ec.EllipticCurvePublicKey)
    r, s = (int.from_bytes(half, "big") for half in (signature[:32], signature[32:]))
    public.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))


def test_unsigned_variants_hold_the_same_credential() -> None:
    bare = object_of(unsigned_edc(berlin(), EDC_AWARD))
    assert object_of(upload_wrapper(berlin(), EDC_AWARD))["credential"] == bare
    assert object_of(specimen(Form.SEALED_EDC, Defect.MISSING_PROOF)) == bare
    assert bare == object_of(object_of(specimen(Form.SEALED_EDC))["payload"])


def test_concepts_are_written_in_the_languages_of_the_credential() -> None:
    text = unsigned_edc(berlin(), EDC_AWARD).decode()
    assert '"pl"' not in text
    both = replace(EDC_AWARD.course, title={"en": "A", "pl": "B"})
    assert '"pl":"Niemcy"' in unsigned_edc(berlin(), replace(EDC_AWARD, course=both)).decode()


# ---- everything else -----------------------------------------------------------------------------


def test_a_status_list_has_its_bit_set() -> None:
    encoded = bitstring([REVOKED_INDEX])
    bits = gzip.decompress(unpadded(encoded.removeprefix("u")))
    assert bits[REVOKED_INDEX // 8] == 0x80 >> REVOKED_INDEX % 8
    assert sum(bits) == bits[REVOKED_INDEX // 8]


def test_trust_files_name_the_issuers() -> None:
    registry, pem = trust_files()
    assert chalmers().did in object_of(registry)["registry"]
    assert x509.load_pem_x509_certificate(pem) == seal_authority().certificate
    assert len(status_files()) == 6


def test_a_mail_reads_as_it_was_written() -> None:
    name = "Zażółć gęślą jaźń – bardzo długa nazwa pliku, z przecinkiem.jsonld"
    content = specimen(Form.SEALED_EDC)
    data = mail(
        sender=("Dziekanat, Wydział", "a@example.edu"),
        to=("Hanna", "h@example.org"),
        subject="Poświadczenie dla Pani Żółkiewskiej: szkoła letnia w Łodzi i w Gdańsku",
        date="Tue, 15 Oct 2024 09:12:00 +0200",
        text="Dzień dobry = cześć\n",
        html="<p>Dzień dobry</p>\n",
        attachments=(Attachment(name, content, "application/ld+json"),),
    )
    assert max(len(line) for line in data.split(b"\r\n")) < 100
    read = email.message_from_bytes(data, policy=email.policy.default)
    assert read["subject"].endswith("Łodzi i w Gdańsku")
    assert read["from"].addresses[0].display_name == "Dziekanat, Wydział"
    body = read.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Dzień dobry = cześć"
    (attachment,) = read.iter_attachments()
    assert attachment.get_filename() == name
    assert attachment.get_content() == content


def test_a_picture_is_what_was_drawn() -> None:
    from PIL import Image  # noqa: PLC0415 -- slow to import, needed here alone

    palette = [(0, 0, 0), (9, 9, 9), (1, 2, 3), (255, 0, 0)]
    rows = [bytes([1, 2, 3, 0, 1]), bytes([3, 3, 3, 3, 3])]
    with Image.open(io.BytesIO(png(rows, palette))) as picture:
        picture.load()
        found = [[picture.getpixel((x, y)) for x in range(5)] for y in range(2)]
    assert found == [list(row) for row in rows]


def test_an_issuer_without_a_seal_cannot_seal() -> None:
    with pytest.raises(ValueError, match="has no seal"):
        sealed_edc(chalmers(), EDC_AWARD)


def test_a_badge_is_brief_on_request() -> None:
    brief = open_badge(chalmers(), BADGE_AWARD, brief=True)
    assert "otherIdentifier" not in object_of(brief)["issuer"]
    assert holds(object_of(brief), public_of(chalmers().key))
