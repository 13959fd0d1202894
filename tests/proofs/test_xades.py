"""XAdES: seals that hold in every accepted form, and every way in which one may not."""

import base64
import copy
import hashlib
import re
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests import needs
from tests.issuer.keys import IssuerKey, p256_key, p384_key, rsa_key
from tests.proofs.seals import leaf
from tests.proofs.xml_seals import (
    DOCUMENT,
    DS,
    ENVELOPED,
    EXCLUSIVE,
    INCLUSIVE,
    INCLUSIVE_11,
    MORE,
    OTHER_PARTS,
    PSS,
    SHA_256,
    SHA_384,
    SHA_512,
    WITHOUT_FILTER,
    WITHOUT_HERE,
    WITHOUT_XPATH,
    XADES,
    XmlSeal,
    b64,
    canonical,
    certificate,
    found,
    properties_digest,
    reference,
    refused,
    uri,
)
from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome, Reason
from wallet.proofs import xades, xml_reading, xml_transforms
from wallet.proofs.timestamps import Integrity, Kind

CONSTRAINTS = Reason.SIG_CONSTRAINTS_FAILURE
COMMENTS = "WithComments"
GENUINE = ["EDC_DiplomaSupplement_AA.xml", "edci_credential_basic.xml"]


# ---- what holds ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "signed", "certificates"),
    [(GENUINE[0], "2022-08-09T13:53:56Z", 8), (GENUINE[1], "2020-10-06T10:30:34Z", 4)],
)
def test_genuine_seals_hold(name: str, signed: str, certificates: int) -> None:
    """One of the certificates is refused by strict readers; time stamps and revocation count."""
    finding = found(needs.shared("samples", "edci-xml", name).read_bytes())
    assert (finding.outcome, finding.reason) == (Outcome.PASSED, None)
    assert finding.facts["algorithm"] == "RS256"
    assert finding.facts["signing_time"] == signed
    assert finding.evidence is not None
    stamps = [(one.kind, one.integrity) for one in finding.evidence.stamps]
    assert stamps == [(Kind.CONTENT, Integrity.INTACT), (Kind.SIGNATURE, Integrity.INTACT)]
    assert "ZETES SA (VATBE-0408425626): intact" in finding.facts["timestamps"]
    assert finding.evidence.signed_at == datetime.fromisoformat(signed)
    assert len(finding.evidence.ocsp) == (2 if name == GENUINE[0] else 1)
    assert len(finding.evidence.crls) == (0 if name == GENUINE[0] else 1)
    assert len(finding.chain) == certificates
    assert finding.key is not None


def test_a_seal_of_our_own_says_who_signed_and_when() -> None:
    finding = found(XmlSeal().build())
    assert (finding.outcome, finding.chain) == (Outcome.PASSED, (leaf(),))
    assert finding.key is not None
    assert finding.facts == {
        "algorithm": "ES256",
        "signing_time": "2026-03-01T10:00:00Z",
        "key": finding.key.thumbprint(),
    }


@pytest.mark.parametrize(
    ("key", "method", "sign_as", "name"),
    [
        *(
            (rsa_key("xml"), f"{MORE}rsa-sha{size}", f"RS{size}", f"RS{size}")
            for size in (256, 384, 512)
        ),
        *(
            (rsa_key("xml"), f"{PSS}sha{size}-rsa-MGF1", f"PS{size}", f"PS{size}")
            for size in (256, 384, 512)
        ),
        (p256_key("xml"), MORE + "ecdsa-sha256", "ES256", "ES256"),
        (p384_key("xml"), MORE + "ecdsa-sha384", "ES384", "ES384"),
        (p384_key("xml"), MORE + "ecdsa-sha256", "ES256", "ECDSA-SHA256 secp384r1"),
        (p256_key("xml"), MORE + "ecdsa-sha512", "ES512", "ECDSA-SHA512 secp256r1"),
    ],
)
def test_every_accepted_algorithm(key: IssuerKey, method: str, sign_as: str, name: str) -> None:
    seal = XmlSeal(key=key, method=method, sign_as=sign_as, leaf=certificate(key))
    finding = found(seal.build())
    assert finding.outcome is Outcome.PASSED
    assert finding.facts["algorithm"] == name
    other = XmlSeal(key=p256_key("another"), method=method, sign_as="ES256", leaf=certificate(key))
    assert found(other.build()).reason is Reason.SIG_CRYPTO_FAILURE


@pytest.mark.parametrize("digest", [SHA_256, SHA_384, SHA_512])
def test_every_accepted_digest(digest: str) -> None:
    assert found(XmlSeal(digest=digest).build()).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    "form",
    [
        "",
        EXCLUSIVE,
        EXCLUSIVE + COMMENTS,
        INCLUSIVE,
        f"{INCLUSIVE}#{COMMENTS}",
        INCLUSIVE_11,
        f"{INCLUSIVE_11}#{COMMENTS}",
    ],
)
def test_every_canonical_form(form: str) -> None:
    method = f'<ds:CanonicalizationMethod Algorithm="{form or INCLUSIVE}"/>'

    def remark(signature: Any) -> None:
        signature.find(f"{{{DS}}}SignedInfo").append(etree.Comment("signed or not"))

    data = XmlSeal(form=form, properties_form=form, canonical=method, change=remark).build()
    assert found(data).outcome is Outcome.PASSED
    # A comment is signed where the form says so, and only in the signed info.
    assert found(data.replace(b"a remark", b"another")).outcome is Outcome.PASSED
    changed = found(data.replace(b"signed or not", b"not signed"))
    assert changed.reason is (Reason.SIG_CRYPTO_FAILURE if COMMENTS in form else None)


def test_a_list_of_inclusive_prefixes() -> None:
    listed = f'<e:InclusiveNamespaces xmlns:e="{EXCLUSIVE}" PrefixList="%s"/>'
    method = f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}">%s</ds:CanonicalizationMethod>'
    seal = XmlSeal(canonical=method % (listed % "cred"))
    assert found(seal.build()).outcome is Outcome.PASSED
    seal = XmlSeal(canonical=method % (listed % "#default"))
    assert found(seal.build()).reason is Reason.UNSUPPORTED_SUITE
    many = [f"p{number}" for number in range(xml_transforms.MAX_PREFIXES + 1)]
    seal = XmlSeal(canonical=method % (listed % " ".join(many[1:])))
    assert found(seal.build()).outcome is Outcome.PASSED
    seal = XmlSeal(canonical=method % (listed % " ".join(many)))
    assert refused(found(seal.build()), "PrefixList")


@pytest.mark.parametrize("without", [WITHOUT_XPATH, WITHOUT_FILTER, WITHOUT_HERE, ENVELOPED])
def test_every_way_to_leave_the_signature_out(without: str) -> None:
    data = XmlSeal(without=without).build()
    assert found(data).outcome is Outcome.PASSED
    assert found(data.replace(b"after", b"After")).reason is Reason.HASH_FAILURE


def test_the_prefix_of_an_expression_is_a_name_for_a_namespace() -> None:
    renamed = WITHOUT_XPATH.replace("<ds:XPath>", f'<ds:XPath xmlns:q="{DS}">')
    assert (
        found(XmlSeal(without=renamed.replace("::ds:", "::q:")).build()).outcome is Outcome.PASSED
    )
    spaced = WITHOUT_XPATH.replace("not(", "\n not ( ")
    assert found(XmlSeal(without=spaced).build()).outcome is Outcome.PASSED


def test_a_reference_to_the_key_info_may_be_added() -> None:
    data = XmlSeal(references=reference("#info"), change=_with_key_info).build()
    assert found(data).outcome is Outcome.PASSED


def _with_key_info(signature: Any) -> None:
    info = signature.find(f"{{{DS}}}KeyInfo")
    info.set("Id", "info")
    value = signature.findall("ds:SignedInfo/ds:Reference/ds:DigestValue", OTHER_PARTS)[-1]
    value.text = b64(hashlib.sha256(canonical(info, EXCLUSIVE)).digest())


def test_certificates_come_in_any_order_and_the_path_with_them() -> None:
    other = certificate(p256_key("other"))
    path = certificate(p384_key("path"))
    values = "".join(
        f"<x:EncapsulatedX509Certificate>{text}</x:EncapsulatedX509Certificate>"
        for text in (b64(path), "!", b64(b"no certificate"))
    )
    seal = XmlSeal(
        certificates=(other, leaf()),
        unsigned="<x:UnsignedSignatureProperties><x:CertificateValues>"
        f"{values}</x:CertificateValues></x:UnsignedSignatureProperties>",
    )
    finding = found(seal.build())
    assert finding.outcome is Outcome.PASSED
    assert finding.chain == (leaf(), other, path)


def test_both_notations_of_the_signing_certificate_have_to_name_it() -> None:
    def both(signature: Any, digest: bytes = hashlib.sha256(leaf()).digest()) -> None:
        own = signature.find(".//x:SignedSignatureProperties", OTHER_PARTS)
        old = copy.deepcopy(own.find("x:SigningCertificateV2", OTHER_PARTS))
        old.tag = f"{{{XADES}}}SigningCertificate"
        old.find(".//ds:DigestMethod", OTHER_PARTS).set("Algorithm", SHA_256)
        old.find(".//ds:DigestValue", OTHER_PARTS).text = b64(digest)
        own.append(old)
        properties_digest(signature)

    assert found(XmlSeal(change=both).build()).outcome is Outcome.PASSED
    seal = XmlSeal(change=lambda signature: both(signature, bytes(32)))
    assert refused(found(seal.build()), "SigningCertificate")


COUNTER = (
    "<x:UnsignedSignatureProperties><x:CounterSignature>"
    f'<ds:Signature xmlns:ds="{DS}"/></x:CounterSignature></x:UnsignedSignatureProperties>'
)


def test_a_counter_signature_signs_the_signature_and_nothing_that_is_shown() -> None:
    assert found(XmlSeal(unsigned=COUNTER).build()).outcome is Outcome.PASSED


def test_what_canonical_forms_pass_over_makes_no_difference() -> None:
    data = XmlSeal().build()
    for before, after in (
        (b"<!-- a remark -->", b"<!-- another --><!-- and more -->"),
        (b"Data literacy", b"Data <![CDATA[literacy]]>"),
        (b"Data literacy", b"Data&#32;literacy"),
        (b"Data literacy", b"Data<!-- --> literacy"),
        (b'<text lang="en">', b"<text\n lang='en' >"),
    ):
        assert found(data.replace(before, after)).outcome is Outcome.PASSED, after


# ---- altered bytes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        (b"Data literacy", b"Rocket science", Reason.HASH_FAILURE),
        (b'lang="en"', b'lang="pl"', Reason.HASH_FAILURE),
        (b'"urn:credential:7"', b'"urn:credential:8"', Reason.HASH_FAILURE),
        (b"<proof>", b"<proof><x/>", Reason.HASH_FAILURE),
        (b"</proof>", b"more</proof>", Reason.HASH_FAILURE),
        (b"2026-03-01T10:00:00Z</x:", b"2025-03-01T10:00:00Z</x:", Reason.HASH_FAILURE),
        (b"</x:SigningTime>", b"</x:SigningTime><x:SignerRoleV2/>", Reason.HASH_FAILURE),
        (b'<ds:Reference Id="r-1"', b'<ds:Reference Id="r-2"', Reason.SIG_CRYPTO_FAILURE),
        (b"</ds:SignatureValue>", b" </ds:SignatureValue>", None),
    ],
)
def test_altered_parts(before: bytes, after: bytes, reason: Reason | None) -> None:
    data = XmlSeal().build()
    assert data.count(before) == 1
    finding = found(data.replace(before, after))
    assert finding.reason is reason
    if reason is not None:
        assert finding.outcome is Outcome.FAILED
        assert finding.facts["algorithm"] == "ES256"


def test_an_altered_signature_value_or_digest() -> None:
    data = XmlSeal().build()
    value = re.search(rb"<ds:SignatureValue>(.)", data)
    assert value is not None
    other = b"A" if value[1] != b"A" else b"B"
    changed = data[: value.start(1)] + other + data[value.end(1) :]
    assert found(changed).reason is Reason.SIG_CRYPTO_FAILURE
    shorter = re.sub(rb"<ds:SignatureValue>[^<]*", b"<ds:SignatureValue>AAAA", data)
    assert found(shorter).reason is Reason.SIG_CRYPTO_FAILURE
    padded = re.sub(
        rb"<ds:SignatureValue>([^<]*)",
        lambda match: b"<ds:SignatureValue>" + _padded(match[1]),
        data,
    )
    assert found(padded).reason is Reason.SIG_CRYPTO_FAILURE
    digest = re.sub(rb"<ds:DigestValue>.", b"<ds:DigestValue>/", data, count=1)
    assert found(digest).reason is Reason.HASH_FAILURE


def _padded(value: bytes) -> bytes:
    """Write s of an ECDSA value one byte longer than the curve has it: the same number."""
    raw = base64.b64decode(value)
    half = len(raw) // 2
    return b64(raw[:half] + b"\0" + raw[half:]).encode()


@pytest.mark.parametrize("name", GENUINE)
def test_altered_genuine_files_fail(name: str) -> None:
    data = needs.shared("samples", "edci-xml", name).read_bytes()
    for before, after, reason in (
        (b"Andromeda", b"Cassiopeia", Reason.HASH_FAILURE),
        (b":56Z</xades:SigningTime>", b":57Z</xades:SigningTime>", Reason.HASH_FAILURE),
        (b":34Z</xades:SigningTime>", b":35Z</xades:SigningTime>", Reason.HASH_FAILURE),
        (b"<ds:X509Certificate>MIIH", b"<ds:X509Certificate>MIIG", CONSTRAINTS),
        (b"<ds:X509Certificate>MIIGY", b"<ds:X509Certificate>MIIGZ", CONSTRAINTS),
        (b'Id="r-id-', b'Id="s-id-', Reason.SIG_CRYPTO_FAILURE),
    ):
        if before in data:
            assert found(data.replace(before, after)).reason is reason, before


@given(seed=st.data())
@settings(max_examples=300, deadline=None)
def test_mutated_bytes_never_pass_unless_what_is_shown_is_the_same(seed: st.DataObject) -> None:
    data = bytearray(XmlSeal().build())
    for _ in range(seed.draw(st.integers(1, 3))):
        place = seed.draw(st.integers(0, len(data) - 1))
        kind = seed.draw(st.integers(0, 3))
        if kind == 0:
            data[place] = seed.draw(st.integers(0, 255))
        elif kind == 1:
            del data[place : place + seed.draw(st.integers(1, 30))]
        elif kind == 2:
            data[place:place] = data[place : place + seed.draw(st.integers(1, 80))]
        else:
            data[place:place] = seed.draw(st.sampled_from([b"<!---->", b"<a/>", b"&lt;", b"'"]))
    try:
        document = xml_reading.parse(bytes(data))
    except MalformedCredential:
        return
    finding = xades.check(document)
    if finding.outcome is Outcome.PASSED:
        assert _shown(bytes(data)) == _shown(XmlSeal().build())


def _shown(data: bytes) -> bytes:
    """What a reader may show: everything outside the signature, comments aside."""
    tree = etree.fromstring(data).getroottree()
    signature = tree.find(f".//{{{DS}}}Signature")
    assert signature is not None
    parent = signature.getparent()
    assert parent is not None
    assert signature.getprevious() is None
    parent.text = (parent.text or "") + (signature.tail or "")
    parent.remove(signature)
    return canonical(tree, EXCLUSIVE)


# ---- wrapping -----------------------------------------------------------------------------------


def test_without_a_signature() -> None:
    finding = found(DOCUMENT.encode())
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.NO_SIGNATURE_FOUND)


def test_the_original_moved_into_a_forged_root() -> None:
    genuine = XmlSeal().build().split(b"?>", 1)[1]
    forged = DOCUMENT.replace("Data literacy", "Rocket science").encode()
    for place in (b"<proof>%s</proof>", b"<proof/><x>%s</x>"):
        moved = forged.replace(b"<proof/>", place % genuine)
        assert found(moved).reason is Reason.HASH_FAILURE


def test_the_original_moved_into_an_object_of_its_own_signature() -> None:
    data = XmlSeal().build()
    start, end = data.index(b"<ds:Signature "), data.index(b"</ds:Signature>")
    original = DOCUMENT.split("?>", 1)[1].encode()
    inside = data[start:end] + b"<ds:Object>" + original + b"</ds:Object></ds:Signature>"
    forged = DOCUMENT.replace("Data literacy", "Rocket science").encode()
    finding = found(forged.replace(b"<proof/>", b"<proof>" + inside + b"</proof>"))
    assert finding.reason is Reason.HASH_FAILURE


def test_a_reference_to_a_part_signs_the_part_alone() -> None:
    document = DOCUMENT.replace("<title>", '<title Id="part">')

    def elsewhere(signature: Any) -> None:
        first = signature.find("ds:SignedInfo/ds:Reference", OTHER_PARTS)
        first.set("URI", "#part")
        part = signature.getroottree().find(".//{http://data.europa.eu/snb}title")
        value = first.find("ds:DigestValue", OTHER_PARTS)
        value.text = b64(hashlib.sha256(canonical(part, EXCLUSIVE)).digest())

    for without in ("", WITHOUT_XPATH):
        seal = XmlSeal(document=document, without=without, change=elsewhere)
        assert refused(found(seal.build()), "Reference")


def test_a_reference_to_the_root_by_its_id_is_none_to_the_document() -> None:
    document = DOCUMENT.replace(" cred:id", ' Id="root" cred:id')
    seal = XmlSeal(document=document, change=uri("#root"))
    assert refused(found(seal.build()), "Reference")


@pytest.mark.parametrize("spelling", ["Id", "ID", "id", "xml:id", "cred:id"])
def test_an_id_that_stands_twice_names_nothing(spelling: str) -> None:
    document = DOCUMENT.replace("<title>", f'<title {spelling}="props">')
    assert refused(found(XmlSeal(document=document).build()), "Id")


def test_signed_properties_somewhere_else_do_not_count() -> None:
    data = XmlSeal().build()
    start, end = data.index(b"<x:SignedProperties "), data.index(b"</x:QualifyingProperties>")
    properties = data[start:end]
    forged = properties.replace(b"2026-03-01T10", b"2020-03-01T10").replace(b'"props"', b'"forged"')
    wrapped = b'<ds:Object xmlns:x="' + XADES.encode() + b'">' + properties + b"</ds:Object>"
    moved = data[:start] + forged + data[end:]
    moved = moved.replace(b"</ds:Signature>", wrapped + b"</ds:Signature>")
    assert refused(found(moved), "SignedProperties")
    doubled = data[:end] + forged + data[end:]
    assert refused(found(doubled), "SignedProperties")


def test_a_second_signature() -> None:
    data = XmlSeal().build()
    start = data.index(b"<ds:Signature ")
    end = data.index(b"</ds:Signature>") + len(b"</ds:Signature>")
    signature = data[start:end]
    for place in (b"<title>", b"</ds:Object>", b"</x:QualifyingProperties>"):
        second = data.replace(place, signature + place, 1)
        assert refused(found(second), "Signature")
    assert refused(found(data[:end] + signature + data[end:]), "Signature")


def test_a_signature_around_the_document_is_not_in_it() -> None:
    enveloping = XmlSeal().build()
    start, end = enveloping.index(b"<ds:Signature "), enveloping.index(b"</proof>")
    assert refused(found(enveloping[start:end]), "enveloped signature")
