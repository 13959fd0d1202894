"""EDCI documents sealed with XAdES, any part of the signature to be wrong in exactly one way.

What is signed is computed here once more, with lxml alone, and not with what is tested; `found`
and `refused` ask what is tested.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from tests.issuer.certificates import authority, der, seal_certificate
from tests.issuer.keys import IssuerKey
from tests.issuer.subjects import NOW
from tests.proofs.seals import KEY, leaf
from wallet.model.verification import Outcome, Reason
from wallet.proofs import xades, xml_reading
from wallet.proofs.finding import ProofFinding

DS = "http://www.w3.org/2000/09/xmldsig#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
INCLUSIVE = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
INCLUSIVE_11 = "http://www.w3.org/2006/12/xml-c14n11"
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
FILTER_2 = "http://www.w3.org/2002/06/xmldsig-filter2"
MORE = "http://www.w3.org/2001/04/xmldsig-more#"
PSS = "http://www.w3.org/2007/05/xmldsig-more#"
SHA_256 = "http://www.w3.org/2001/04/xmlenc#sha256"
SHA_384 = MORE + "sha384"
SHA_512 = "http://www.w3.org/2001/04/xmlenc#sha512"
SHA_1 = DS + "sha1"
PROPERTIES_TYPE = "http://uri.etsi.org/01903#SignedProperties"
DIGESTS: dict[str, Callable[[bytes], Any]] = {
    SHA_256: hashlib.sha256,
    SHA_384: hashlib.sha384,
    SHA_512: hashlib.sha512,
    SHA_1: lambda data: hashlib.sha1(data, usedforsecurity=False),
}
OTHER_PARTS = {"ds": DS, "x": XADES}

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<europassCredential xmlns="http://data.europa.eu/snb"
 xmlns:cred="http://data.europa.eu/europass/model/credentials/w3c#" cred:id="urn:credential:7">
  <cred:issued>2026-03-01T10:00:00Z</cred:issued>
  <title><text lang="en">Data literacy</text><!-- a remark --></title>
  <proof/> after
</europassCredential>"""

WITHOUT_XPATH = (
    f'<ds:Transform Algorithm="{XPATH}"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>'
    "</ds:Transform>"
)
WITHOUT_FILTER = (
    f'<ds:Transform Algorithm="{FILTER_2}"><f:XPath xmlns:f="{FILTER_2}" Filter="subtract">'
    "/descendant::ds:Signature</f:XPath></ds:Transform>"
)
WITHOUT_HERE = WITHOUT_FILTER.replace(
    "/descendant::ds:Signature", "here()/ancestor::ds:Signature[1]"
)
ENVELOPED = f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'


def transform(algorithm: str) -> str:
    """Write a transform without parameters."""
    return f'<ds:Transform Algorithm="{algorithm}"/>'


def nothing(_signature: Any) -> None:
    """Change nothing."""


@cache
def certificate(key: IssuerKey) -> bytes:
    """Make a certificate (DER) for a key of any kind."""
    issued = seal_certificate(
        authority("xml seals", name="Example Authority"),
        key,
        organisation="Example University",
        identifier="VATPL-0000000000",
        country="PL",
        valid=(NOW.replace(year=2025), NOW.replace(year=2030)),
    )
    return der(issued)


@dataclass(frozen=True, slots=True)
class XmlSeal:
    """A seal to be: every part as genuine files have it, unless said otherwise."""

    document: str = DOCUMENT
    key: IssuerKey = KEY
    method: str = MORE + "ecdsa-sha256"
    sign_as: str = "ES256"
    leaf: bytes = field(default_factory=leaf)
    digest: str = SHA_256
    canonical: str = f'<ds:CanonicalizationMethod Algorithm="{EXCLUSIVE}"/>'
    without: str = WITHOUT_XPATH
    form: str = EXCLUSIVE
    """Canonical form of the document; "" names none, which is the inclusive one."""
    properties_form: str = EXCLUSIVE
    references: str = ""
    """More references, after the two that are needed."""
    signing_time: str = "<x:SigningTime>2026-03-01T10:00:00Z</x:SigningTime>"
    certificates: tuple[bytes, ...] | None = None
    """What the key info holds; None is the leaf alone."""
    unsigned: str = ""
    """Unsigned properties."""
    mark: str = ""
    """What the Ids end with, so that two seals in one document keep theirs apart."""
    cut: Callable[[Any], Any] | None = None
    """How the document without its signature, or without all of them, is made."""
    change: Callable[[Any], None] = nothing
    """What is done to the signature element after the digests and before it is signed."""

    def build(self) -> bytes:
        """Sign, and write the document."""
        text = self.document.replace("<proof/>", f"<proof>{self._template()}</proof>", 1)
        tree = etree.fromstring(text.encode()).getroottree()
        signature = tree.find(f".//{{{DS}}}Signature")
        assert signature is not None
        self._digests(tree, signature)
        self.change(signature)
        return finish(tree, signature, self.key, self.sign_as)

    def _template(self) -> str:
        data = self.without + (transform(self.form) if self.form else "")
        own = transform(self.properties_form) if self.properties_form else ""
        held = (self.leaf,) if self.certificates is None else self.certificates
        chain = "".join(f"<ds:X509Certificate>{b64(c)}</ds:X509Certificate>" for c in held)
        digest = (
            f'<ds:DigestMethod Algorithm="{self.digest}"/><ds:DigestValue>AA==</ds:DigestValue>'
        )
        named = b64(hashlib.sha512(self.leaf).digest())
        unsigned = f"<x:UnsignedProperties>{self.unsigned}</x:UnsignedProperties>"
        return (
            f'<ds:Signature xmlns:ds="{DS}" Id="sig{self.mark}"><ds:SignedInfo>{self.canonical}'
            f'<ds:SignatureMethod Algorithm="{self.method}"/>'
            f'<ds:Reference Id="r-1" URI=""><ds:Transforms>{data}</ds:Transforms>{digest}'
            f'</ds:Reference><ds:Reference Type="{PROPERTIES_TYPE}" URI="#props{self.mark}">'
            f"<ds:Transforms>{own}</ds:Transforms>{digest}</ds:Reference>{self.references}"
            f"</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><ds:X509Data>{chain}</ds:X509Data>"
            f'</ds:KeyInfo><ds:Object><x:QualifyingProperties xmlns:x="{XADES}"'
            f' Target="#sig{self.mark}">'
            f'<x:SignedProperties Id="props{self.mark}">'
            f"<x:SignedSignatureProperties>{self.signing_time}"
            "<x:SigningCertificateV2><x:Cert><x:CertDigest>"
            f'<ds:DigestMethod Algorithm="{SHA_512}"/><ds:DigestValue>{named}</ds:DigestValue>'
            "</x:CertDigest></x:Cert></x:SigningCertificateV2></x:SignedSignatureProperties>"
            f"</x:SignedProperties>{unsigned if self.unsigned else ''}</x:QualifyingProperties>"
            "</ds:Object></ds:Signature>"
        )

    def _digests(self, tree: Any, signature: Any) -> None:
        digest = DIGESTS[self.digest]
        own = signature.find(f".//{{{XADES}}}SignedProperties")
        values = signature.findall("ds:SignedInfo/ds:Reference/ds:DigestValue", {"ds": DS})
        signed = canonical((self.cut or without_signature)(tree), self.form)
        values[0].text = b64(digest(signed).digest())
        values[1].text = b64(digest(canonical(own, self.properties_form)).digest())


def finish(tree: Any, signature: Any, key: IssuerKey, sign_as: str) -> bytes:
    """Sign the signed info as it now is, and write the document."""
    info = signature.find(f"{{{DS}}}SignedInfo")
    method = info.find(f"{{{DS}}}CanonicalizationMethod")
    stated = str(method.get("Algorithm"))
    prefixes = [name for inner in method for name in inner.get("PrefixList", "").split()]
    comments = stated.endswith("WithComments")
    data = canonical(info, stated, comments=comments, prefixes=prefixes)
    value = signature.find(f"{{{DS}}}SignatureValue")
    value.text = b64(key.sign(data, sign_as))
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8"))


def without_signature(tree: Any) -> Any:
    """Copy a document without its signature."""
    text = etree.tostring(tree, encoding="unicode")
    start = text.index("<ds:Signature ")
    end = text.rindex("</ds:Signature>") + len("</ds:Signature>")
    return etree.fromstring(text[:start] + text[end:]).getroottree()


def without_own_signature(tree: Any) -> Any:
    """Copy a document without its first signature, others stay."""
    text = etree.tostring(tree, encoding="unicode")
    start, end = text.index("<ds:Signature "), text.index("</ds:Signature>")
    return etree.fromstring(text[:start] + text[end + len("</ds:Signature>") :]).getroottree()


def without_all_signatures(tree: Any) -> Any:
    """Copy a document without any signature."""
    while tree.find(f".//{{{DS}}}Signature") is not None:
        tree = without_own_signature(tree)
    return tree


def canonical(what: Any, form: str, *, comments: bool = False, prefixes: Any = None) -> bytes:
    """Canonicalise a document or an element in it."""
    written = etree.tostring(
        what,
        method="c14n",
        exclusive=form.startswith(EXCLUSIVE),
        with_comments=comments,
        inclusive_ns_prefixes=prefixes or None,
    )
    return bytes(written)


def b64(data: bytes) -> str:
    """Encode as XML Schema's `base64Binary`."""
    return base64.b64encode(data).decode()


def reference(uri: str, inner: str = transform(EXCLUSIVE)) -> str:
    """Write a reference with a digest that is still to be computed."""
    digest = f'<ds:DigestMethod Algorithm="{SHA_256}"/><ds:DigestValue>AA==</ds:DigestValue>'
    return (
        f'<ds:Reference URI="{uri}"><ds:Transforms>{inner}</ds:Transforms>{digest}</ds:Reference>'
    )


def uri(uri: str | None, which: int = 0) -> Callable[[Any], None]:
    """Change the address of a reference."""

    def change(signature: Any) -> None:
        reference = signature.findall("ds:SignedInfo/ds:Reference", OTHER_PARTS)[which]
        if uri is None:
            del reference.attrib["URI"]
        else:
            reference.set("URI", uri)

    return change


def properties_digest(signature: Any) -> None:
    """Compute the digest of changed signed properties again."""
    own = signature.find(".//x:SignedProperties", OTHER_PARTS)
    value = signature.findall("ds:SignedInfo/ds:Reference/ds:DigestValue", OTHER_PARTS)[1]
    value.text = b64(hashlib.sha256(canonical(own, EXCLUSIVE)).digest())


def found(data: bytes) -> ProofFinding:
    """Check a document."""
    return xades.check(xml_reading.parse(data))


def refused(finding: ProofFinding, what: str) -> bool:
    """Tell whether that rule was the broken one."""
    return (finding.outcome, finding.reason, finding.facts["what"]) == (
        Outcome.FAILED,
        Reason.SIG_CONSTRAINTS_FAILURE,
        what,
    )
