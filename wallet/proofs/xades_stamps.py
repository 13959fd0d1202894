"""What the time stamps in a XAdES signature are over, and whether they hold.

ETSI EN 319 132-1, clauses 5.2.8 (content), 5.3 (signature) and 5.5 (archive), in the usual form
without `Include`: the order of the parts says what is stamped.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from wallet.proofs import timestamps, xades_parts, xml_transforms
from wallet.proofs.timestamps import UNKNOWN, Integrity, Kind, Over, TimeStamp
from wallet.proofs.xades_parts import XADES, XADES_141, XadesSignature
from wallet.proofs.xml_reading import Element, elements
from wallet.proofs.xml_transforms import DS, Canonical, Declined

_CONTENT = f"{{{XADES}}}AllDataObjectsTimeStamp"
_SIGNATURE = f"{{{XADES}}}SignatureTimeStamp"
_ARCHIVE = f"{{{XADES_141}}}ArchiveTimeStamp"
_OLD_ARCHIVE = f"{{{XADES}}}ArchiveTimeStamp"
"""Of XAdES 1.3.2: over the same parts, in an order of which there are two readings."""
_KINDS = {
    _CONTENT: Kind.CONTENT,
    f"{{{XADES}}}IndividualDataObjectsTimeStamp": Kind.CONTENT,
    _SIGNATURE: Kind.SIGNATURE,
    f"{{{XADES}}}SigAndRefsTimeStamp": Kind.SIGNATURE,
    f"{{{XADES_141}}}SigAndRefsTimeStampV2": Kind.SIGNATURE,
    _ARCHIVE: Kind.ARCHIVE,
    _OLD_ARCHIVE: Kind.ARCHIVE,
}
_TOKENS = ("EncapsulatedTimeStamp", "XMLTimeStamp")


@dataclass(frozen=True, slots=True)
class Referenced:
    """What one reference of a signature is to, in the bytes whose digest it states."""

    data: bytes
    signed_properties: bool
    canonical: bool
    """Whether the reference names the canonical form itself."""


def check(signature: XadesSignature, referenced: Sequence[Referenced]) -> tuple[TimeStamp, ...]:
    """Check every time stamp of a signature, at most `timestamps.MAX_TOKENS`."""
    found = list(_stated(signature, referenced))[: timestamps.MAX_TOKENS]
    return tuple(_check(*token) for token in found)


def _stated(
    signature: XadesSignature, referenced: Sequence[Referenced]
) -> Iterator[tuple[Kind, Element, Over]]:
    """Every token with what it has to be over."""
    for container in (*signature.data_properties, *signature.unsigned):
        kind = _KINDS.get(str(container.tag))
        if kind is None:
            continue
        over = _over(container, signature, referenced)
        for name in _TOKENS:
            for token in xades_parts.children(container, XADES, name):
                yield kind, token, over


def _over(container: Element, signature: XadesSignature, referenced: Sequence[Referenced]) -> Over:
    if any(inner.tag == f"{{{XADES}}}Include" for inner in elements(container)):
        return UNKNOWN
    try:
        stated = xades_parts.children(container, DS, "CanonicalizationMethod")
        form = xml_transforms.canonical(stated[0]) if stated else xml_transforms.DEFAULT
        if container.tag == _SIGNATURE:
            return Over((_written((signature.value_element,), form),))
        if container.tag == _CONTENT:
            data = b"".join(one.data for one in referenced if not one.signed_properties)
            return Over((data,), sure=all(one.canonical for one in referenced))
        if container.tag in {_ARCHIVE, _OLD_ARCHIVE}:
            return _archived(container, signature, referenced, form)
    except Declined:
        pass
    return UNKNOWN


def _archived(
    container: Element, signature: XadesSignature, referenced: Sequence[Referenced], form: Canonical
) -> Over:
    """References, signature, unsigned properties before it, other objects (clause 5.5.2.2)."""
    earlier = takewhile(lambda other: other is not container, signature.unsigned)
    parts = (signature.info, signature.value_element, *signature.key_info)
    data = b"".join(one.data for one in referenced)
    objects = _written(signature.objects, form)
    whole = data + _written(parts, form) + _written(tuple(earlier), form) + objects
    sure = container.tag == _ARCHIVE and all(one.canonical for one in referenced)
    return Over((whole,), sure=sure)


def _written(parts: Sequence[Element], form: Canonical) -> bytes:
    return b"".join(xml_transforms.of_element(part, form, comments=form.comments) for part in parts)


def _check(kind: Kind, token: Element, over: Over) -> TimeStamp:
    if str(token.tag).endswith("}XMLTimeStamp"):
        return TimeStamp(kind, Integrity.NOT_CHECKED)
    try:
        return timestamps.check(kind, xades_parts.binary(token), over)
    except Declined:
        return TimeStamp(kind, Integrity.UNREADABLE)
