"""EDCI XML: European credentials before the European Learning Model 3, with a XAdES seal or none.

A `europassCredential`, bare or in the `verifiablePresentation` that the Commission's issuer made
when it sealed for somebody else. The presentation is read as the credential in it; who sealed for
whom is what the issuer check says.
"""

from collections.abc import Iterator

from wallet.errors import MalformedCredential
from wallet.formats import dates, edci_elements, edci_parts, elm
from wallet.formats.data_model import broken, remark
from wallet.formats.edci_document import CREDENTIAL_TAG, PRESENTATION_TAGS
from wallet.formats.edci_values import Values
from wallet.formats.elm_organisation import organisation
from wallet.formats.opening import Opened
from wallet.formats.reading import languages
from wallet.formats.values import literal, objects, string, strings, types
from wallet.model.credential import Credential, Defect, Format, JsonObject
from wallet.proofs.xml_reading import Element, XmlDocument, elements


class EuropassCredential:
    """The reader: whatever is a credential of the older model, sealed or not."""

    name = Format.EDCI_XML

    def read(self, opened: Opened) -> Credential | None:
        """Read an EDCI credential, or return None for what is no XML.

        Raises:
            MalformedCredential: a presentation without a credential.
            TooLarge: more content, references followed, than `edci_values.MAX_READ`.
        """
        return credential(opened.xml) if opened.xml is not None else None


def credential(xml: XmlDocument) -> Credential:
    """Read an EDCI document; see `EuropassCredential.read`."""
    held = _credentials(xml.root)
    if not held:
        raise MalformedCredential("europassCredential")
    values = Values(held[0])
    envelope = xml.root if xml.root is not held[0] else None
    document = edci_elements.document(held[0], envelope, values)
    issued = dates.date(document.get("issued"))
    issuer = document.get("issuer") or {}
    subjects = objects(document.get("credentialSubject"))
    achievements = elm.achievements(subjects, issued, issuer)
    title = literal(document.get("title")) or next(
        (item.elements.title for item in achievements), None
    )
    start, end = dates.moment(document.get("validFrom")), dates.moment(document.get("validUntil"))
    sealed = edci_parts.sealed(xml)
    defects = [*values.defects, *_defects(document)]
    if len(held) > 1:
        defects.append(broken("europassCredential"))
    return Credential(
        raw=xml.raw,
        format=Format.EDCI_XML,
        securing="xades" if sealed else "none",
        document=document,
        id=string(document.get("id")),
        types=types(document),
        issuer=organisation(issuer) if issuer else None,
        title=title,
        subject_ids=tuple(dict.fromkeys(own for s in subjects for own in strings(s.get("id")))),
        issued=issued,
        valid_from=start.at if start is not None else None,
        valid_until=end.end if end is not None else None,
        achievements=achievements,
        languages=languages(title, achievements),
        parts=edci_parts.parts(xml),
        defects=tuple(defects),
    )


def _credentials(root: Element) -> list[Element]:
    """Find the credentials: the document itself, or what a presentation holds."""
    if root.tag == CREDENTIAL_TAG:
        return [root]
    if root.tag not in PRESENTATION_TAGS:
        return []
    return [child for child in elements(root) if child.tag == CREDENTIAL_TAG]


def _defects(document: JsonObject) -> Iterator[Defect]:
    """Name what the schema of the older model requires and is not there, or cannot be read."""
    for name in ("id", "issuer", "credentialSubject", "issued"):
        if name not in document:
            yield broken(name)
    if "title" not in document:
        yield remark("title")
    moments = {}
    for name in edci_elements.DATES:
        if name not in document:
            continue
        moments[name] = dates.moment(document[name])
        if moments[name] is None:
            # An end that nobody can read must not read as "without an end".
            yield broken(name)
    start, end = moments.get("validFrom"), moments.get("validUntil")
    if start is not None and end is not None and end.end < start.at:
        yield broken("validUntil")
