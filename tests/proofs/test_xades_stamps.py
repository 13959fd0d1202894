"""Time stamps in XAdES: what each is over is computed here once more, with lxml alone."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from lxml import etree

from tests.proofs.seals import leaf
from tests.proofs.stamping import TIME, Token, authority
from tests.proofs.xml_seals import (
    DS,
    EXCLUSIVE,
    INCLUSIVE,
    OTHER_PARTS,
    XADES,
    XmlSeal,
    b64,
    canonical,
    found,
    properties_digest,
    without_signature,
)
from wallet.model.verification import Outcome, Reason
from wallet.proofs.evidence import MAX_VALUES, Evidence
from wallet.proofs.timestamps import MAX_TOKEN_BYTES, MAX_TOKENS, Integrity, Kind

XADES_141 = "http://uri.etsi.org/01903/v1.4.1#"
SEALED = XmlSeal(unsigned="<x:UnsignedSignatureProperties/>").build()
Imprint = Callable[[Any, str], bytes]


def signature_of(root: Any) -> Any:
    return root.find(f".//{{{DS}}}Signature")


def part(root: Any, name: str, form: str) -> bytes:
    return canonical(signature_of(root).find(f"ds:{name}", {"ds": DS}), form)


def value(root: Any, form: str) -> bytes:
    """A signature time stamp is over the signature value (EN 319 132-1, clause 5.3)."""
    return part(root, "SignatureValue", form)


def everything(root: Any, form: str) -> bytes:
    """An archive time stamp is over all there is (EN 319 132-1, clause 5.5.2.2)."""
    properties = root.find(f".//{{{XADES}}}SignedProperties")
    data = canonical(without_signature(root.getroottree()), EXCLUSIVE)
    data += canonical(properties, EXCLUSIVE)
    for name in ("SignedInfo", "SignatureValue", "KeyInfo"):
        data += part(root, name, form)
    for earlier in root.find(f".//{{{XADES}}}UnsignedSignatureProperties"):
        data += canonical(earlier, form)
    for other in signature_of(root).findall(f"{{{DS}}}Object")[1:]:
        data += canonical(other, form)
    return data


def stamped(
    data: bytes,
    name: str = "SignatureTimeStamp",
    over: Imprint = value,
    *,
    namespace: str = XADES,
    form: str = EXCLUSIVE,
    states_form: bool = True,
    token: Callable[[bytes], Token] = Token,
    inner: str = "",
) -> bytes:
    """Add a time stamp to the unsigned properties of a sealed document."""
    root = etree.fromstring(data)
    der = token(over(root, form)).der()
    stated = f'<ds:CanonicalizationMethod Algorithm="{form}"/>' if states_form else ""
    text = (
        f'<t:{name} xmlns:t="{namespace}" xmlns:ds="{DS}" xmlns:x="{XADES}">{inner}{stated}'
        f"<x:EncapsulatedTimeStamp>{b64(der)}</x:EncapsulatedTimeStamp></t:{name}>"
    )
    root.find(f".//{{{XADES}}}UnsignedSignatureProperties").append(etree.fromstring(text))
    return bytes(etree.tostring(root))


def evidence(data: bytes) -> Evidence:
    """Check a document whose seal holds, whatever its time stamps are."""
    finding = found(data)
    assert finding.outcome is Outcome.PASSED
    assert finding.evidence is not None
    return finding.evidence


def integrity(data: bytes) -> list[Integrity]:
    return [one.integrity for one in evidence(data).stamps]


@pytest.mark.parametrize("form", [EXCLUSIVE, INCLUSIVE])
def test_a_signature_time_stamp(form: str) -> None:
    (one,) = evidence(stamped(SEALED, form=form)).stamps
    assert (one.kind, one.integrity, one.time) == (Kind.SIGNATURE, Integrity.INTACT, TIME)
    assert (one.authority, one.certificate) == ("Example Time", authority())


def test_without_a_stated_form_the_inclusive_one_is_meant() -> None:
    assert integrity(stamped(SEALED, form=INCLUSIVE, states_form=False)) == [Integrity.INTACT]
    wrong = stamped(SEALED, form=EXCLUSIVE, states_form=False)
    assert integrity(wrong) == [Integrity.IMPRINT_BROKEN]


@pytest.mark.parametrize("form", [EXCLUSIVE, INCLUSIVE])
@pytest.mark.parametrize("namespace", [XADES_141, XADES])
def test_archive_time_stamps_are_over_everything_before_them(namespace: str, form: str) -> None:
    options: Any = {"namespace": namespace, "form": form}
    once = stamped(stamped(SEALED), "ArchiveTimeStamp", everything, **options)
    twice = stamped(once, "ArchiveTimeStamp", everything, **options)
    assert integrity(twice) == [Integrity.INTACT] * 3
    kinds = [one.kind for one in evidence(twice).stamps]
    assert kinds == [Kind.SIGNATURE, Kind.ARCHIVE, Kind.ARCHIVE]


def test_an_object_that_nobody_signed_is_archived_too() -> None:
    root = etree.fromstring(SEALED)
    signature_of(root).append(etree.fromstring(f'<ds:Object xmlns:ds="{DS}">more</ds:Object>'))
    archived = stamped(etree.tostring(root), "ArchiveTimeStamp", everything, namespace=XADES_141)
    assert integrity(archived) == [Integrity.INTACT]
    assert integrity(archived.replace(b">more<", b">less<")) == [Integrity.IMPRINT_BROKEN]


def test_a_broken_archive_time_stamp_harms_no_seal() -> None:
    archived = stamped(stamped(SEALED), "ArchiveTimeStamp", everything, namespace=XADES_141)
    root = etree.fromstring(archived)
    properties = root.find(f".//{{{XADES}}}UnsignedSignatureProperties")
    properties.insert(0, etree.fromstring(f'<x:CertificateValues xmlns:x="{XADES}"/>'))
    broken = etree.tostring(root)
    assert integrity(broken) == [Integrity.INTACT, Integrity.IMPRINT_BROKEN]
    assert (
        "arcTst 2026-03-01T10:00:01Z Example Time: imprint broken"
        in found(broken).facts["timestamps"]
    )


def test_of_the_older_kind_no_order_is_the_only_right_one() -> None:
    archived = stamped(SEALED, "ArchiveTimeStamp", lambda *_: b"another order")
    assert integrity(archived) == [Integrity.NOT_CHECKED]


def test_a_time_stamp_with_its_own_list_of_parts_is_not_computed() -> None:
    listed = stamped(SEALED, inner='<x:Include URI="#sig"/>')
    assert integrity(listed) == [Integrity.NOT_CHECKED]
    unknown = stamped(SEALED).replace(EXCLUSIVE.encode() + b'"/><x:Enc', b'urn:x"/><x:Enc')
    assert integrity(unknown) == [Integrity.NOT_CHECKED]
    with_references = stamped(SEALED, "SigAndRefsTimeStampV2", namespace=XADES_141)
    assert integrity(with_references) == [Integrity.NOT_CHECKED]


def test_tokens_that_are_none() -> None:
    data = stamped(SEALED)
    start = data.index(b"<x:EncapsulatedTimeStamp>") + 25
    end = data.index(b"</x:EncapsulatedTimeStamp>")
    for token in (b"", b"!", b"MAA=", b64(bytes(MAX_TOKEN_BYTES + 1)).encode()):
        assert integrity(data[:start] + token + data[end:]) == [Integrity.UNREADABLE]
    other = data.replace(b"EncapsulatedTimeStamp", b"XMLTimeStamp")
    assert integrity(other) == [Integrity.NOT_CHECKED]


def test_the_number_of_tokens_is_limited() -> None:
    data = stamped(SEALED)
    root = etree.fromstring(data)
    properties = root.find(f".//{{{XADES}}}UnsignedSignatureProperties")
    for _ in range(MAX_TOKENS - 1):
        properties.append(copy.deepcopy(properties[0]))
    assert integrity(etree.tostring(root)) == [Integrity.INTACT] * MAX_TOKENS
    properties.append(copy.deepcopy(properties[0]))
    assert len(integrity(etree.tostring(root))) == MAX_TOKENS


# ---- content time stamps ------------------------------------------------------------------------


def _with_content_stamp(over: bytes | None = None) -> Callable[[Any], None]:
    def change(signature: Any) -> None:
        data = canonical(without_signature(signature.getroottree()), EXCLUSIVE)
        token = b64(Token(data if over is None else over).der())
        own = signature.find(".//x:SignedProperties", OTHER_PARTS)
        stamp = (
            f'<x:SignedDataObjectProperties xmlns:x="{XADES}" xmlns:ds="{DS}">'
            f'<x:AllDataObjectsTimeStamp><ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
            f"<x:EncapsulatedTimeStamp>{token}</x:EncapsulatedTimeStamp>"
            "</x:AllDataObjectsTimeStamp></x:SignedDataObjectProperties>"
        )
        own.append(etree.fromstring(stamp))
        properties_digest(signature)

    return change


def test_a_content_time_stamp_is_over_the_document() -> None:
    (one,) = evidence(XmlSeal(change=_with_content_stamp()).build()).stamps
    assert (one.kind, one.integrity) == (Kind.CONTENT, Integrity.INTACT)
    assert integrity(XmlSeal(change=_with_content_stamp(b"x")).build()) == [
        Integrity.IMPRINT_BROKEN
    ]


def test_where_the_form_of_the_document_is_not_stated_nothing_is_shown_broken() -> None:
    seal = XmlSeal(form="", change=_with_content_stamp(b"x"))
    assert integrity(seal.build()) == [Integrity.NOT_CHECKED]


# ---- certificates and revocation ----------------------------------------------------------------


def _values(name: str, values: int) -> str:
    return "".join(f"<x:{name}>{b64(b'%d' % n)}</x:{name}>" for n in range(values))


def test_values_are_taken_up_wherever_they_stand() -> None:
    crls, ocsp = _values("EncapsulatedCRLValue", 2), _values("EncapsulatedOCSPValue", 3)
    revocation = (
        f"<x:RevocationValues><x:CRLValues>{crls}</x:CRLValues><x:OCSPValues>{ocsp}"
        "<x:EncapsulatedOCSPValue>!</x:EncapsulatedOCSPValue></x:OCSPValues></x:RevocationValues>"
    )
    certificates = (
        f"<x:CertificateValues>{_values('EncapsulatedX509Certificate', 2)}</x:CertificateValues>"
    )
    data = f'<t:TimeStampValidationData xmlns:t="{XADES_141}">'
    for start, end in (("", ""), (data, "</t:TimeStampValidationData>")):
        inner = start + certificates + revocation + end
        seal = XmlSeal(
            unsigned=f"<x:UnsignedSignatureProperties>{inner}</x:UnsignedSignatureProperties>"
        )
        taken = evidence(seal.build())
        assert taken.certificates == (leaf(), b"0", b"1")
        assert (taken.crls, taken.ocsp) == ((b"0", b"1"), (b"0", b"1", b"2"))


@pytest.mark.parametrize("more", [0, 1])
def test_the_number_of_values_is_limited(more: int) -> None:
    crls = _values("EncapsulatedCRLValue", MAX_VALUES + more)
    seal = XmlSeal(
        unsigned=f"<x:UnsignedSignatureProperties>{crls}</x:UnsignedSignatureProperties>"
    )
    assert len(evidence(seal.build()).crls) == MAX_VALUES


def test_a_seal_that_does_not_hold_has_no_evidence() -> None:
    finding = found(stamped(SEALED).replace(b"Data literacy", b"Data mastery"))
    assert (finding.reason, finding.evidence) == (Reason.HASH_FAILURE, None)


def test_a_transform_is_a_form_of_its_own() -> None:
    """The archive is over what the references gave, whatever form the time stamp states."""
    seal = XmlSeal(
        unsigned="<x:UnsignedSignatureProperties/>",
        canonical=f'<ds:CanonicalizationMethod Algorithm="{INCLUSIVE}"/>',
    )
    archived = stamped(
        seal.build(), "ArchiveTimeStamp", everything, namespace=XADES_141, form=INCLUSIVE
    )
    assert integrity(archived) == [Integrity.INTACT]
