"""A XAdES signature taken apart: every part in its one place, each exactly once.

XML Signature 1.1, section 4, and ETSI EN 319 132-1, clauses 4 and 5. Parts are found by where they
stand, never by their Id: an Id is compared afterwards, and has to be the only one in the document.
"""

import base64
import binascii
from collections.abc import Collection
from dataclasses import dataclass

from wallet.proofs.xml_reading import Element, XmlDocument, elements, text
from wallet.proofs.xml_transforms import DS, algorithm, refused, unsupported

XADES = "http://uri.etsi.org/01903/v1.3.2#"
XADES_141 = "http://uri.etsi.org/01903/v1.4.1#"
SIGNED_PROPERTIES = "http://uri.etsi.org/01903#SignedProperties"
"""The type of the reference to the signed properties (ETSI EN 319 132-1, clause 4.3.1)."""
MAX_REFERENCES = 4
MAX_CERTIFICATES = 32
"""In one signature, the signer's and those of its path."""
MAX_BINARY_CHARACTERS = 256 * 1024
"""Of one certificate, digest or signature value in base64."""

_COUNTER = f"{{{XADES}}}CounterSignature"


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest as stated: the address of its algorithm, and its value."""

    algorithm: str
    value: bytes


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference of the signed info; `uri` is None where it is not stated."""

    uri: str | None
    type: str
    transforms: Element | None
    digest: Digest


@dataclass(frozen=True, slots=True)
class XadesSignature:
    """A signature with its parts."""

    info: Element
    canonicalisation: Element
    algorithm: str
    """Address of the signature method."""
    parameters: bool
    """Whether the signature method has parameters of its own."""
    references: tuple[Reference, ...]
    value: bytes
    properties: Element
    """The signed properties."""
    certificate_digests: tuple[Digest, ...]
    """What the signed properties say of the signing certificate, in each of its two notations."""
    signing_time: str
    stated: tuple[bytes, ...]
    """Certificates (DER) of the key info."""
    value_element: Element
    key_info: tuple[Element, ...]
    objects: tuple[Element, ...]
    """Objects that nothing refers to, but for the one with the qualifying properties."""
    data_properties: tuple[Element, ...]
    """Signed properties of the data: content time stamps are among them."""
    unsigned: tuple[Element, ...]
    """Unsigned properties in order: time stamps, and what helps to judge the certificate."""


def find(document: XmlDocument, parts: Collection[str] = ()) -> Element | None:
    """Find the one signature of a document; None where there is none.

    Signatures in `parts`, elements of these names inside the document, are those of the parts.

    Raises:
        Declined: there are several. Counter-signatures inside the one do not count, they sign it.
    """
    found = [
        element
        for element in document.root.iter(f"{{{DS}}}Signature")
        if not any(
            outer.tag in parts for outer in element.iterancestors() if outer is not document.root
        )
    ]
    if not found:
        return None
    for other in found[1:]:
        parent = other.getparent()
        if parent.tag != _COUNTER or found[0] not in parent.iterancestors():
            raise refused("Signature")
    return found[0]


def take_apart(signature: Element) -> XadesSignature:
    """Read the parts of a signature.

    Raises:
        Declined: a part is missing, stands twice, or is not what its name says.
    """
    info = _only(signature, DS, "SignedInfo")
    method = _only(info, DS, "SignatureMethod")
    wanted = {f"{{{DS}}}{name}" for name in ("CanonicalizationMethod", "SignatureMethod")}
    if any(inner.tag not in wanted | {f"{{{DS}}}Reference"} for inner in elements(info)):
        raise refused("SignedInfo")
    references = tuple(_reference(inner) for inner in children(info, DS, "Reference"))
    if not 1 <= len(references) <= MAX_REFERENCES:
        raise refused("Reference")
    properties = _signed_properties(signature)
    own = _only(properties, XADES, "SignedSignatureProperties")
    named = {f"#{element.get('Id')}" for element in children(signature, DS, "Object")}
    named &= {str(reference.uri) for reference in references}
    value = _only(signature, DS, "SignatureValue")
    return XadesSignature(
        info=info,
        canonicalisation=_only(info, DS, "CanonicalizationMethod"),
        algorithm=algorithm(method),
        parameters=next(elements(method), None) is not None,
        references=references,
        value=binary(value),
        properties=properties,
        certificate_digests=_certificate_digests(own),
        signing_time=text(_only(own, XADES, "SigningTime")).strip(),
        stated=_key_info(signature),
        value_element=value,
        key_info=tuple(children(signature, DS, "KeyInfo")),
        objects=tuple(
            element
            for element in children(signature, DS, "Object")
            if element is not properties.getparent().getparent()
            and f"#{element.get('Id')}" not in named
        ),
        data_properties=_inside(properties, "SignedDataObjectProperties"),
        unsigned=_inside(
            properties.getparent(), "UnsignedProperties", "UnsignedSignatureProperties"
        ),
    )


def by_id(document: XmlDocument) -> dict[str, Element]:
    """Give the elements by their Id, in every spelling of that attribute; none that stands twice.

    Without a schema nothing says which attribute is an Id, so whatever could be one counts.
    """
    found: dict[str, Element] = {}
    double = set()
    for element in document.root.iter("{*}*"):
        for name, own in element.attrib.items():
            if name.rpartition("}")[2].lower() == "id":
                if own in found:
                    double.add(own)
                found[own] = element
    return {own: element for own, element in found.items() if own not in double}


def _signed_properties(signature: Element) -> Element:
    objects = children(signature, DS, "Object")
    qualifying = [
        inner for outer in objects for inner in children(outer, XADES, "QualifyingProperties")
    ]
    if any(children(outer, XADES, "QualifyingPropertiesReference") for outer in objects):
        raise unsupported("QualifyingPropertiesReference")
    if len(qualifying) != 1:
        raise refused("QualifyingProperties")
    own = signature.get("Id")
    if not own or qualifying[0].get("Target") != f"#{own}":
        raise refused("Target")
    return _only(qualifying[0], XADES, "SignedProperties")


def _reference(element: Element) -> Reference:
    transforms = children(element, DS, "Transforms")
    if len(transforms) > 1:
        raise refused("Transforms")
    return Reference(
        uri=element.get("URI"),
        type=str(element.get("Type") or ""),
        transforms=transforms[0] if transforms else None,
        digest=_digest(element),
    )


def _digest(element: Element) -> Digest:
    method = _only(element, DS, "DigestMethod")
    return Digest(algorithm(method), binary(_only(element, DS, "DigestValue")))


def _certificate_digests(own: Element) -> tuple[Digest, ...]:
    """Read the first certificate reference of each notation: the signing certificate's.

    ETSI EN 319 132-1, clause 5.2.2. The issuer and serial number beside it are a hint alone.
    """
    found = []
    for name in ("SigningCertificateV2", "SigningCertificate"):
        stated = children(own, XADES, name)
        if len(stated) > 1:
            raise refused(name)
        for element in stated:
            first = next(iter(children(element, XADES, "Cert")), None)
            if first is None:
                raise refused(name)
            found.append(_digest(_only(first, XADES, "CertDigest")))
    if not found:
        raise refused("SigningCertificate")
    return tuple(found)


def _key_info(signature: Element) -> tuple[bytes, ...]:
    infos = children(signature, DS, "KeyInfo")
    if len(infos) > 1:
        raise refused("KeyInfo")
    data = [inner for info in infos for inner in children(info, DS, "X509Data")]
    found = [inner for outer in data for inner in children(outer, DS, "X509Certificate")]
    if len(found) > MAX_CERTIFICATES:
        raise refused("X509Certificate")
    return tuple(dict.fromkeys(binary(element) for element in found))


def _inside(element: Element, *names: str) -> tuple[Element, ...]:
    """Give what is in the element that the names lead to; nothing where it does not stand once."""
    for name in names:
        found = children(element, XADES, name)
        if len(found) != 1:
            return ()
        element = found[0]
    return tuple(elements(element))


def children(parent: Element, namespace: str, name: str) -> list[Element]:
    """Give the child elements of a name, in order."""
    wanted = f"{{{namespace}}}{name}"
    return [inner for inner in elements(parent) if inner.tag == wanted]


def _only(parent: Element, namespace: str, name: str) -> Element:
    found = children(parent, namespace, name)
    if len(found) != 1:
        raise refused(name)
    return found[0]


def binary(element: Element, limit: int = MAX_BINARY_CHARACTERS) -> bytes:
    """Decode base64 (XML Schema `base64Binary`: white space anywhere is no part of it).

    Raises:
        Declined: it is none, or longer than `limit` characters.
    """
    stated = "".join(text(element).split())
    name = str(element.tag).rpartition("}")[2]
    if not stated or len(stated) > limit:
        raise refused(name)
    try:
        return base64.b64decode(stated, validate=True)
    except (binascii.Error, ValueError) as error:
        raise refused(name) from error
