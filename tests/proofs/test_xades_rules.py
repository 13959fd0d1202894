"""XAdES: every rule broken once, what is not known, and the limits."""

import copy
import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from tests import work
from tests.issuer.keys import ed25519_key, p256_key
from tests.proofs import xml_seals
from tests.proofs.seals import KEY, leaf
from tests.proofs.xml_seals import (
    DOCUMENT,
    DS,
    EXCLUSIVE,
    FILTER_2,
    INCLUSIVE,
    MORE,
    OTHER_PARTS,
    PSS,
    SHA_1,
    WITHOUT_FILTER,
    WITHOUT_XPATH,
    XPATH,
    XmlSeal,
    b64,
    canonical,
    certificate,
    finish,
    found,
    properties_digest,
    reference,
    refused,
    transform,
    uri,
)
from wallet.model.verification import Outcome, Reason
from wallet.proofs import xades_parts

CONSTRAINTS = Reason.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"digest": SHA_1}, SHA_1),
        ({"method": DS + "rsa-sha1"}, DS + "rsa-sha1"),
        ({"method": MORE + "ecdsa-sha1"}, MORE + "ecdsa-sha1"),
        ({"method": DS + "hmac-sha1"}, DS + "hmac-sha1"),
        ({"method": MORE + "hmac-sha256"}, MORE + "hmac-sha256"),
        ({"method": MORE + "rsa-md5"}, MORE + "rsa-md5"),
        ({"method": ""}, "SignatureMethod"),
        ({"method": MORE + "rsa-sha256"}, "SignatureMethod"),
        ({"without": ""}, "Transforms"),
        ({"references": reference("https://example.org/a.xml")}, "Reference"),
        ({"references": reference("file:///etc/passwd")}, "Reference"),
        ({"references": reference("a.xml")}, "Reference"),
        ({"references": reference("", WITHOUT_XPATH)}, "Reference"),
        ({"references": reference("#nowhere")}, "Id"),
        ({"references": reference("#sig", WITHOUT_XPATH)}, "Transforms"),
        ({"references": 3 * reference("#sig")}, "Reference"),
        ({"change": uri(None)}, "Reference"),
        ({"change": uri("https://example.org/")}, "Reference"),
        ({"change": uri("#sig", 1)}, "SignedProperties"),
        ({"change": uri("", 1)}, "Reference"),
        ({"signing_time": ""}, "SigningTime"),
        ({"signing_time": "<x:SigningTime>yesterday</x:SigningTime>"}, "SigningTime"),
        ({"certificates": (certificate(p256_key("other")),)}, "SigningCertificate"),
        ({"leaf": leaf(signs=False)}, "key usage"),
        ({"leaf": b"no certificate"}, "X509Certificate"),
        ({"leaf": certificate(ed25519_key("xml"))}, "SignatureMethod"),
        ({"form": EXCLUSIVE, "without": 4 * WITHOUT_XPATH}, "Transforms"),
    ],
)
def test_broken_rules(changes: dict[str, Any], what: str) -> None:
    assert refused(found(XmlSeal(**changes).build()), what)


def _remove(path: str) -> Callable[[Any], None]:
    def change(signature: Any) -> None:
        element = signature.find(path, OTHER_PARTS)
        element.getparent().remove(element)
        if "x:" in path:
            _again(signature)

    return change


def _double(path: str) -> Callable[[Any], None]:
    def change(signature: Any) -> None:
        element = signature.find(path, OTHER_PARTS)
        element.addnext(copy.deepcopy(element))
        if "x:" in path:
            _again(signature)

    return change


def _again(signature: Any) -> None:
    if signature.find(".//x:SignedProperties", OTHER_PARTS) is not None:
        properties_digest(signature)


@pytest.mark.parametrize("change", [_remove, _double])
@pytest.mark.parametrize(
    "path",
    [
        "ds:SignedInfo",
        "ds:SignedInfo/ds:CanonicalizationMethod",
        "ds:SignedInfo/ds:SignatureMethod",
        "ds:SignedInfo/ds:Reference",
        "ds:SignedInfo/ds:Reference[2]",
        "ds:SignedInfo/ds:Reference/ds:DigestMethod",
        "ds:SignedInfo/ds:Reference/ds:DigestValue",
        "ds:SignatureValue",
        "ds:Object",
        "ds:Object/x:QualifyingProperties",
        ".//x:SignedProperties",
        ".//x:SignedSignatureProperties",
        ".//x:SigningTime",
        ".//x:SigningCertificateV2",
        ".//x:CertDigest",
        ".//x:CertDigest/ds:DigestValue",
    ],
)
def test_each_part_stands_exactly_once(
    path: str, change: Callable[[str], Callable[[Any], None]]
) -> None:
    tree = etree.fromstring(XmlSeal().build())
    signature = tree.find(f".//{{{DS}}}Signature")
    assert signature is not None
    change(path)(signature)
    data = etree.tostring(tree)
    if signature.find("ds:SignedInfo/ds:CanonicalizationMethod", OTHER_PARTS) is not None:
        value = signature.find("ds:SignatureValue", OTHER_PARTS)
        if value is not None:
            data = finish(tree.getroottree(), signature, KEY, "ES256")
    finding = found(data)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, CONSTRAINTS)


@pytest.mark.parametrize(
    ("path", "name", "value", "what"),
    [
        ("ds:Object/x:QualifyingProperties", "Target", "#other", "Target"),
        (".", "Id", "", "Target"),
        ("ds:SignedInfo/ds:Reference[2]", "Type", "", "SignedProperties"),
        ("ds:SignedInfo/ds:Reference", "Type", xml_seals.PROPERTIES_TYPE, "Reference"),
    ],
)
def test_parts_that_name_each_other(path: str, name: str, value: str, what: str) -> None:
    seal = XmlSeal(change=lambda signature: signature.find(path, OTHER_PARTS).set(name, value))
    assert refused(found(seal.build()), what)


def test_something_else_in_the_signed_info() -> None:
    seal = XmlSeal(references=f'<ds:Manifest xmlns:ds="{DS}"/>')
    assert refused(found(seal.build()), "SignedInfo")


def test_without_certificates_there_is_no_key() -> None:
    finding = found(XmlSeal(certificates=()).build())
    assert finding.outcome is Outcome.INDETERMINATE
    assert finding.reason is Reason.NO_SIGNING_KEY_FOUND


XSLT = "http://www.w3.org/TR/1999/REC-xslt-19991116"


@pytest.mark.parametrize(
    "inner",
    [
        transform(XSLT) + WITHOUT_XPATH,
        f'<ds:Transform Algorithm="{XSLT}"><a xmlns="urn:x">never run</a></ds:Transform>',
        transform("http://www.w3.org/2002/07/decrypt#XML"),
        "<other/>",
    ],
)
def test_forbidden_transforms(inner: str) -> None:
    for seal in (XmlSeal(without=inner), XmlSeal(references=reference("#sig", inner))):
        finding = found(seal.build())
        assert (finding.outcome, finding.reason) == (Outcome.FAILED, CONSTRAINTS)


@pytest.mark.parametrize(
    "changes",
    [
        {"without": transform("urn:example:transform")},
        {"without": transform(DS + "base64")},
        {"without": WITHOUT_XPATH.replace("not(ancestor-or-self::ds:Signature)", "true()")},
        {"without": WITHOUT_XPATH.replace("ds:Signature)", "ds:Signature or self::secret)")},
        {"without": WITHOUT_XPATH.replace("<ds:XPath>", '<ds:XPath xmlns:ds="%s">')},
        {"without": WITHOUT_XPATH.replace("::ds:", "::unbound:")},
        {"without": WITHOUT_FILTER.replace("subtract", "intersect")},
        {"without": WITHOUT_FILTER.replace("ds:Signature<", "title<")},
        {"without": f'<ds:Transform Algorithm="{FILTER_2}"/>'},
        {"without": f'<ds:Transform Algorithm="{XPATH}"/>'},
        {"without": transform(EXCLUSIVE) + WITHOUT_XPATH},
        {"without": WITHOUT_XPATH + transform(EXCLUSIVE)},
        {"form": "urn:example:canonical"},
        {"canonical": '<ds:CanonicalizationMethod Algorithm="urn:example:canonical"/>'},
        {"canonical": f'<ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"><a/>%s'},
        {"method": "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519"},
        {"method": MORE + "rsa-sha224"},
        {"method": PSS + "rsa-pss"},
        {"references": reference("#xpointer(/)")},
    ],
)
def test_what_is_not_known_is_not_judged(changes: dict[str, str]) -> None:
    if "without" in changes and "%s" in changes["without"]:
        # A prefix that means something else at the expression; the element itself keeps its name.
        other = changes["without"].replace("<ds:XPath", "<d:XPath").replace("</ds:", "</d:", 1)
        changes = {"without": other.replace("<d:XPath", f'<d:XPath xmlns:d="{DS}"') % "urn:other"}
    if "%s" in changes.get("canonical", ""):
        changes = {"canonical": changes["canonical"] % "</ds:CanonicalizationMethod>"}
    finding = found(XmlSeal(**changes).build())  # type: ignore[arg-type]  # texts, all of them
    assert (finding.outcome, finding.reason) == (Outcome.INDETERMINATE, Reason.UNSUPPORTED_SUITE)
    assert finding.facts["what"]


def test_attributes_that_inclusive_forms_inherit_are_not_guessed() -> None:
    document = DOCUMENT.replace("<europassCredential ", '<europassCredential xml:lang="en" ')
    assert found(XmlSeal(document=document).build()).outcome is Outcome.PASSED
    method = f'<ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>'
    finding = found(XmlSeal(document=document, canonical=method).build())
    assert finding.reason is Reason.UNSUPPORTED_SUITE


def test_a_namespace_without_a_canonical_form() -> None:
    data = XmlSeal().build().replace(b"<title>", b'<title xmlns:r="relative">')
    assert refused(found(data), "canonical form")


# ---- limits -------------------------------------------------------------------------------------


def test_references_up_to_the_limit() -> None:
    for more, outcome in ((2, Outcome.PASSED), (3, Outcome.FAILED)):

        def change(signature: Any) -> None:
            info = signature.find(f"{{{DS}}}KeyInfo")
            info.set("Id", "info")
            values = signature.findall("ds:SignedInfo/ds:Reference/ds:DigestValue", OTHER_PARTS)
            for value in values[2:]:
                value.text = b64(hashlib.sha256(canonical(info, EXCLUSIVE)).digest())

        seal = XmlSeal(references=more * reference("#info"), change=change)
        assert found(seal.build()).outcome is outcome
    assert xades_parts.MAX_REFERENCES == 4


def test_certificates_up_to_the_limit() -> None:
    others = tuple(bytes([number]) for number in range(xades_parts.MAX_CERTIFICATES))
    finding = found(XmlSeal(certificates=(*others[1:], leaf())).build())
    assert (finding.outcome, finding.chain) == (Outcome.PASSED, (leaf(),))
    finding = found(XmlSeal(certificates=(*others, leaf())).build())
    assert refused(finding, "X509Certificate")


def test_a_value_beyond_the_limit() -> None:
    def long(size: int) -> Callable[[Any], None]:
        def change(signature: Any) -> None:
            digest = signature.find("ds:SignedInfo/ds:Reference/ds:DigestValue", OTHER_PARTS)
            digest.text = "A" * size

        return change

    limit = xades_parts.MAX_BINARY_CHARACTERS
    assert found(XmlSeal(change=long(limit)).build()).reason is Reason.HASH_FAILURE
    assert refused(found(XmlSeal(change=long(limit + 4)).build()), "DigestValue")


def test_a_hostile_document_within_all_limits_takes_little_work() -> None:
    spaces = " ".join(f'xmlns:p{number}="urn:{number}"' for number in range(25))
    many = "<b/>" * 190_000
    document = DOCUMENT.replace("<title>", f"<title {spaces}>{many}")
    data = XmlSeal(document=document, form=INCLUSIVE).build()
    with work.at_most(10_000_000):
        assert found(data).outcome is Outcome.PASSED
