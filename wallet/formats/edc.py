"""European Digital Credentials for Learning (EDC): sealed, or as the issuer wrote them.

A JAdES seal around a credential of the European Learning Model 3; the same without a seal, bare
or in the issuer's upload wrapper, still reads in full and says that nothing seals it.
"""

from wallet.formats import concepts, data_model, dates, elm
from wallet.formats.elm_organisation import organisation
from wallet.formats.opening import Opened
from wallet.formats.reading import Body, assemble, body
from wallet.formats.values import literal, objects, string, types, walk
from wallet.model.credential import Credential, Defect, Format, JsonObject, Text

TYPE = "EuropeanDigitalCredential"


class EuropeanDigitalCredential:
    """The reader: whatever states the type, however it is secured."""

    name = Format.EDC

    def read(self, opened: Opened) -> Credential | None:
        """Read an EDC, or return None where the document is something else."""
        taken = body(opened)
        if TYPE not in types(taken.document):
            return None
        return _read(opened, taken)


def _read(opened: Opened, taken: Body) -> Credential:
    document = taken.document
    envelope = data_model.read(document, sealed=True)
    issued = dates.date(document.get("issued")) or dates.date(document.get("issuanceDate"))
    achievements = elm.achievements(list(envelope.subjects), issued, envelope.issuer)
    headline = _headline(document)
    first_title = next((item.elements.title for item in achievements), None)
    return assemble(
        opened,
        Format.EDC,
        taken,
        envelope=envelope,
        issuer=organisation(envelope.issuer),
        title=headline or first_title,
        issued=issued,
        achievements=achievements,
        defects=_remarks(document),
    )


def _headline(document: JsonObject) -> Text | None:
    for display in objects(document.get("displayParameter")):
        found = literal(display.get("title"))
        if found is not None:
            return found
    return None


def _remarks(document: JsonObject) -> list[Defect]:
    """Name what is odd and harmless: concepts with invented addresses, dates that are none."""
    found = []
    claims = list(walk(objects(document.get("credentialSubject")), "hasClaim"))
    skills = walk(claims, "specifiedBy", "learningOutcome", "relatedESCOSkill")
    for skill in skills:
        if not concepts.is_esco(string(skill.get("id")) or ""):
            found.append(data_model.remark("relatedESCOSkill"))
            break
    for award in walk(claims, "awardedBy"):
        if award.get("awardingDate") is not None and not dates.date(award["awardingDate"]):
            found.append(data_model.remark("awardingDate"))
    if document.get("issued") is not None and dates.date(document["issued"]) is None:
        found.append(data_model.remark("issued"))
    return found
