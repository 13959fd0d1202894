"""An assertion of Open Badges 2.0 in the words of Open Badges 3.0, for its elements to be read.

Version 3.0 has a place for everything that 2.0 can say, so one reader serves both
(badge_elements.py). The extensions are those of the Dutch edubadges and the recipient's profile of
Badgr. Nothing that comes out of here is ever checked or kept.
"""

from collections.abc import Iterator

from wallet.formats import concepts
from wallet.formats.values import many, objects, scalar, string
from wallet.model.credential import Json, JsonObject

_RECIPIENT = "extensions:recipientProfile"
_ECTS = "extensions:ECTSExtension"
_EQF = "extensions:EQFExtension"
_HOURS = "extensions:StudyLoadExtension"
_OUTCOME = "extensions:LearningOutcomeExtension"
_ISCED = "extensions:EducationProgramIdentifierExtension"


def as_credential(assertion: JsonObject) -> JsonObject:
    """Write an assertion, whose BadgeClass and Issuer are put in, as an OpenBadgeCredential.

    A BadgeClass that is only linked gives an achievement that has nothing but its address.
    """
    badge = assertion.get("badge")
    achievement: JsonObject = {"id": badge} if isinstance(badge, str) else {}
    issuer: Json = None
    if isinstance(badge, dict):
        achievement, issuer = _achievement(badge), badge.get("issuer")
    return {
        "issuer": issuer,
        "awardedDate": assertion.get("issuedOn"),
        "evidence": list(_referenced(assertion.get("evidence"))),
        "credentialSubject": {
            "identifier": list(_recipient(assertion)),
            "narrative": assertion.get("narrative"),
            "achievement": achievement,
        },
    }


def _achievement(badge: JsonObject) -> JsonObject:
    outcomes = [entry.get("LearningOutcome") for entry in objects(badge.get(_OUTCOME))]
    narratives = [{"narrative": text} for text in outcomes if string(text)]
    return {
        "id": badge.get("id"),
        "name": badge.get("name"),
        "description": badge.get("description"),
        "inLanguage": badge.get("@language"),
        "criteria": [*_referenced(badge.get("criteria")), *narratives],
        "alignment": [*_alignments(badge), *_levels(badge)],
        "ECTS": _extension(badge, _ECTS, "ECTS"),
        "SBU": _extension(badge, _HOURS, "StudyLoad"),
    }


def _recipient(assertion: JsonObject) -> Iterator[JsonObject]:
    """The learner: an identity, salted and hashed or in clear, and perhaps a name beside it."""
    for entry in objects(assertion.get("recipient")):
        yield {
            "identityHash": entry.get("identity"),
            "identityType": entry.get("type"),
            "hashed": entry.get("hashed") in (True, "true"),
        }
    for entry in objects(assertion.get(_RECIPIENT)):
        yield {"identityHash": entry.get("name"), "identityType": "name", "hashed": False}


def _referenced(value: object) -> Iterator[JsonObject]:
    """Evidence and criteria: an object, or an address alone."""
    for entry in many(value):
        if isinstance(entry, dict):
            yield entry
        elif isinstance(entry, str):
            yield {"id": entry}


def _alignments(badge: JsonObject) -> Iterator[JsonObject]:
    """Alignments; version 1.1 named their members otherwise."""
    for entry in objects(badge.get("alignment")):
        address = string(entry.get("targetUrl")) or string(entry.get("url"))
        found: JsonObject = {
            **entry,
            "targetName": entry.get("targetName", entry.get("name")),
            "targetUrl": address,
        }
        level = concepts.eqf(address or "")
        if level is not None:
            found |= {"targetType": "ext:EQF", "targetCode": str(level)}
        yield found


def _levels(badge: JsonObject) -> Iterator[JsonObject]:
    level = _extension(badge, _EQF, "EQF")
    if level is not None:
        yield {"targetType": "ext:EQF", "targetCode": level}
    field = _extension(badge, _ISCED, "EducationProgramIdentifier")
    if field is not None:
        yield {"targetFramework": "ISCED-F", "targetCode": field}


def _extension(badge: JsonObject, name: str, member: str) -> str | None:
    found = (scalar(entry.get(member)) for entry in objects(badge.get(name)))
    return next((value for value in found if value is not None), None)
