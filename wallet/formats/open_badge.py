"""Open Badges 3.0: achievement credentials of 1EdTech, JSON-LD or JWT.

The elements are read in badge_elements.py; endorsements inside are parts, verified by themselves.
"""

from wallet.formats import badge_elements, data_model
from wallet.formats.embedded import endorsements
from wallet.formats.opening import Opened
from wallet.formats.profile import profile
from wallet.formats.reading import assemble, body
from wallet.formats.values import first_text, types, walk
from wallet.model.credential import Credential, Defect, Format, JsonObject

TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential"})


class OpenBadge:
    """The reader of achievement and endorsement credentials."""

    name = Format.OPEN_BADGE_3

    def read(self, opened: Opened) -> Credential | None:
        """Read a badge, or return None where the document is something else."""
        taken = body(opened)
        document = taken.document
        if TYPES.isdisjoint(types(document)) or not data_model.is_credential(document):
            return None
        envelope = data_model.read(document)
        achievements = badge_elements.achievements(document)
        names = [item.get("name") for item in walk(envelope.subjects, "achievement")]
        return assemble(
            opened,
            Format.OPEN_BADGE_3,
            taken,
            envelope=envelope,
            issuer=profile(envelope.issuer),
            title=first_text(document.get("name"), *names),
            issued=data_model.issued(document, "awardedDate"),
            achievements=achievements,
            parts=endorsements(opened, document),
            defects=_remarks(document),
        )


def _remarks(document: JsonObject) -> list[Defect]:
    """Name what Open Badges 3.0 asks for beyond the data model; none of it changes the meaning."""
    if "EndorsementCredential" in types(document):
        return []
    found = []
    subjects = list(walk([document], "credentialSubject"))
    if not list(walk(subjects, "achievement")):
        found.append(data_model.remark("achievement", "/credentialSubject/achievement"))
    for achievement in walk(subjects, "achievement"):
        found += [
            data_model.remark(name, f"/credentialSubject/achievement/{name}")
            for name in ("id", "name", "description", "criteria")
            if achievement.get(name) is None
        ]
    return found
