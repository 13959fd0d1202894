"""Does an enveloped XAdES signature hold? `check`, the seal of the older European credentials.

What is signed has to be the whole document, without the signature and nothing else: then there is
nothing that could be shown and not be signed, wherever in the file a forger moves it. The parts
are in xades_parts.py, what may be signed and how in xml_transforms.py and xml_algorithms.py.
"""

import re
from collections.abc import Collection, Sequence
from hmac import compare_digest

from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome, Reason
from wallet.proofs import (
    certificate,
    evidence,
    timestamps,
    xades_parts,
    xml_algorithms,
    xml_transforms,
)
from wallet.proofs.finding import ProofFinding
from wallet.proofs.keys import PublicKey, UnsupportedKey, certificate_key
from wallet.proofs.xades_parts import SIGNED_PROPERTIES, Reference, XadesSignature
from wallet.proofs.xades_stamps import Referenced
from wallet.proofs.xml_reading import Element, XmlDocument
from wallet.proofs.xml_transforms import Declined, refused, unsupported

__all__ = ["check"]

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_MAX_FACT = 100
"""Characters of an address that becomes a fact."""


def check(document: XmlDocument, parts: Collection[str] = ()) -> ProofFinding:
    """Check the signature of a document (XML Signature 1.1, section 3.2; ETSI EN 319 132-1).

    `parts` names elements that may be documents of their own inside this one: what is signed in
    them has been signed before, and is to be checked apart.

    1. There is exactly one signature, and each of its parts stands where it belongs, once.
    2. One reference is to the whole document without the signature, one to the signed properties;
       others lie in the document. Only known transforms and digests are used.
    3. The digest of each reference is right (`HASH_FAILURE`).
    4. The signing certificate is the one that the signed properties name by digest, and its key
       may sign and fits the signature method.
    5. The signature holds over the canonical signed info (`SIG_CRYPTO_FAILURE`).

    What breaks a rule fails with `SIG_CONSTRAINTS_FAILURE`. A transform, digest or method that is
    not known here is indeterminate, `UNSUPPORTED_SUITE`: nothing shows that it is wrong.
    Time stamps are checked and told; a broken one says nothing against the signature. Certificate
    paths, validity and who made the time stamps are not judged: that is trust.
    """
    facts: dict[str, str] = {}
    try:
        element = xades_parts.find(document, parts)  # 1
        if element is None:
            return ProofFinding(Outcome.FAILED, Reason.NO_SIGNATURE_FOUND)
        signature = xades_parts.take_apart(element)
        facts |= _facts(signature)
        _check_references(signature)  # 2
        referenced = _referenced(document, element, signature.references)
        wrong = _wrong_digest(signature.references, referenced)  # 3
        if wrong is not None:
            return ProofFinding(
                Outcome.FAILED, Reason.HASH_FAILURE, facts={**facts, "what": wrong.uri or "content"}
            )
        return _signed(signature, referenced, facts)  # 4, 5
    except Declined as declined:
        return _declined(declined, facts)


# ---- references ---------------------------------------------------------------------------------


def _check_references(signature: XadesSignature) -> None:
    """Make sure that everything that is shown is signed, and the signed properties too."""
    for reference in signature.references:
        if reference.uri is None or (reference.uri and not reference.uri.startswith("#")):
            # It lies elsewhere: nothing is ever fetched.
            raise refused("Reference")
        if reference.uri.startswith("#xpointer("):
            raise unsupported("Reference")
    data = [reference for reference in signature.references if reference.uri == ""]
    if len(data) != 1 or data[0].type == SIGNED_PROPERTIES:
        raise refused("Reference")
    own = signature.properties.get("Id")
    if not own:
        raise refused("SignedProperties")
    stated = [item for item in signature.references if item.type == SIGNED_PROPERTIES]
    if len(stated) != 1 or stated[0].uri != f"#{own}":
        raise refused("SignedProperties")


def _wrong_digest(
    references: Sequence[Reference], referenced: Sequence[Referenced]
) -> Reference | None:
    for reference, found in zip(references, referenced, strict=True):
        computed = xml_algorithms.digest(reference.digest.algorithm, found.data)
        if not compare_digest(computed, reference.digest.value):
            return reference
    return None


def _referenced(
    document: XmlDocument, signature: Element, references: Sequence[Reference]
) -> tuple[Referenced, ...]:
    known = xades_parts.by_id(document)
    return tuple(_resolved(document, signature, known, reference) for reference in references)


def _resolved(
    document: XmlDocument, signature: Element, known: dict[str, Element], reference: Reference
) -> Referenced:
    """Give the bytes that a reference is over; all transforms are known, or it is declined."""
    is_properties = reference.type == SIGNED_PROPERTIES
    plan = xml_transforms.plan(reference.transforms)
    if plan.without_signature is bool(reference.uri):
        # The document can only be signed without the signature; a part of it has none inside.
        raise refused("Transforms")
    if not reference.uri:
        data = xml_transforms.of_document(document, plan, signature)
        return Referenced(data, is_properties, plan.stated)
    element = known.get(reference.uri[1:])
    if element is None:
        raise refused("Id")
    # A bare name selects no comments (XML Signature 1.1, section 4.4.3.3).
    data = xml_transforms.of_element(element, plan.canonical, comments=False)
    return Referenced(data, is_properties, plan.stated)


# ---- the signature ------------------------------------------------------------------------------


def _signed(
    signature: XadesSignature, referenced: Sequence[Referenced], facts: dict[str, str]
) -> ProofFinding:
    if not signature.stated:
        return ProofFinding(Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, facts=facts)
    if signature.parameters:
        raise unsupported("SignatureMethod")
    leaf = _signing_certificate(signature)
    try:
        key = PublicKey.from_certificate(leaf)
        used = certificate_key(leaf)
        allowed = certificate.load(leaf).may_sign()
    except UnsupportedKey as error:
        raise unsupported(str(error.facts["what"])) from error
    except MalformedCredential as error:
        raise refused("X509Certificate") from error
    if not allowed:
        raise refused("key usage")
    method = xml_algorithms.signature_method(signature.algorithm)
    form = xml_transforms.canonical(signature.canonicalisation)
    data = xml_transforms.of_element(signature.info, form, comments=form.comments)
    holds = xml_algorithms.holds(method, used, signature.value, data)
    found = evidence.of_xades(signature, leaf, referenced) if holds else None
    if found is not None and found.stamps:
        facts = {**facts, **timestamps.facts(found.stamps)}
    return ProofFinding(
        outcome=Outcome.PASSED if holds else Outcome.FAILED,
        reason=None if holds else Reason.SIG_CRYPTO_FAILURE,
        key=key,
        chain=(leaf, *filter(_readable, found.certificates[1:])) if found is not None else (leaf,),
        evidence=found,
        facts={**facts, "algorithm": method.name(used), "key": key.thumbprint()},
    )


def _signing_certificate(signature: XadesSignature) -> bytes:
    """Choose the certificate that the signed properties name; X509Data has no order."""
    for der in signature.stated:
        if all(
            compare_digest(xml_algorithms.digest(named.algorithm, der), named.value)
            for named in signature.certificate_digests
        ):
            return der
    raise refused("SigningCertificate")


def _readable(certificate: bytes) -> bool:
    try:
        PublicKey.from_certificate(certificate)
    except MalformedCredential:
        return False
    return True


# ---- findings -----------------------------------------------------------------------------------


def _facts(signature: XadesSignature) -> dict[str, str]:
    """Name algorithm and time. A signing time is required (ETSI EN 319 132-1, clause 6.3)."""
    method = xml_algorithms.signature_method(signature.algorithm)
    if not _TIME.fullmatch(signature.signing_time):
        raise refused("SigningTime")
    return {
        "algorithm": f"{method.family}{method.size}",
        "signing_time": signature.signing_time,
    }


def _declined(declined: Declined, facts: dict[str, str]) -> ProofFinding:
    known = declined.reason is Reason.SIG_CONSTRAINTS_FAILURE
    return ProofFinding(
        Outcome.FAILED if known else Outcome.INDETERMINATE,
        declined.reason,
        facts={**facts, "what": declined.what[:_MAX_FACT]},
    )
