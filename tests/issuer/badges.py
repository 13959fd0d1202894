"""Open Badges 3.0 and plain credentials of the simulator as JSON-LD, signed or not."""

from typing import Any

from tests.issuer.data_integrity import (
    CREDENTIALS_1,
    CREDENTIALS_2,
    DATA_INTEGRITY,
    ED25519_2020,
    OPEN_BADGES,
    Suite,
    prove,
)
from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.spoiling import spoil_bytes, spoil_contexts, spoiled
from tests.issuer.subjects import Award, Course, Issuer, Learner, University, stamp

Document = dict[str, Any]

HTTPS_ISSUER = "https://issuers.example.edu/1"
"""The issuer of `Defect.UNAUTHENTICATED_KEY`, whose key nobody can look up."""


def open_badge(
    issuer: Issuer,
    award: Award,
    *,
    defect: Defect | None = None,
    suite: Suite = Suite.EDDSA_RDFC_2022,
    brief: bool = False,
) -> bytes:
    """Issue an Open Badge 3.0 as JSON-LD with a data integrity proof, and any named defect.

    `brief` leaves out the issuer's register entry and the kind of achievement, so that a
    presentation fits a QR code.
    """
    require_sensible(Form.OPEN_BADGE, defect)
    document = badge_document(issuer, spoiled(award, issuer, defect))
    if brief:
        del document["issuer"]["otherIdentifier"]
        del document["credentialSubject"]["achievement"]["achievementType"]
    return _issue(document, issuer, award, suite, defect)


def credential(
    issuer: Issuer,
    award: Award,
    *,
    defect: Defect | None = None,
    suite: Suite = Suite.EDDSA_RDFC_2022,
    model: int = 2,
) -> bytes:
    """Issue a plain verifiable credential (data model 1.1 or 2.0) with a data integrity proof."""
    require_sensible(Form.CREDENTIAL, defect)
    document = credential_document(issuer, spoiled(award, issuer, defect), model=model)
    if model == 1 and suite is Suite.EDDSA_RDFC_2022:
        document["@context"].append(DATA_INTEGRITY)
    return _issue(document, issuer, award, suite, defect)


def badge_document(issuer: Issuer, award: Award) -> Document:
    """Write an OpenBadgeCredential of Open Badges 3.0 over data model 2.0."""
    course = award.course
    document: Document = {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": award.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": course.title["en"],
        "issuer": {"id": issuer.did, **_profile(issuer.university)},
    }
    if award.awarded:
        document["awardedDate"] = stamp(award.awarded)
    document |= _dates(award) | _status(award)
    subject: Document = {"type": ["AchievementSubject"], **_learner(award.learner)}
    if course.ects:
        subject["creditsEarned"] = _number(course.ects)
    if course.taught:
        subject["activityStartDate"], subject["activityEndDate"] = course.taught
    subject["achievement"] = _achievement(course, issuer)
    if course.grade:
        result = {"type": ["Result"], "value": course.grade["en"]}
        if course.assessment:
            result["resultDescription"] = f"{course.identifier}:exam"
        subject["result"] = [result]
    document["credentialSubject"] = subject
    return document


def credential_document(issuer: Issuer, award: Award, *, model: int = 2) -> Document:
    """Write a plain credential: a name, an issuer, and what it says of its subject."""
    subject = {"id": award.learner.did or "urn:uuid:6f0e6b86-9d6b-4c61-8b0a-8c2f7a2c9d11"}
    if model == 1:
        document: Document = {
            "@context": [CREDENTIALS_1],
            "id": award.id,
            "type": ["VerifiableCredential"],
            "issuer": issuer.did,
            "issuanceDate": stamp(award.valid_from or award.issued),
        }
        if award.valid_until:
            document["expirationDate"] = stamp(award.valid_until)
        return document | _status(award) | {"credentialSubject": subject}
    return {
        "@context": [CREDENTIALS_2],
        "id": award.id,
        "type": ["VerifiableCredential"],
        "name": award.course.title["en"],
        "issuer": {"id": issuer.did, "name": issuer.university.label},
        **_dates(award),
        **_status(award),
        "credentialSubject": {**subject, "description": award.course.title["en"]},
    }


def _issue(
    document: Document, issuer: Issuer, award: Award, suite: Suite, defect: Defect | None
) -> bytes:
    method = issuer.verification_method
    if suite is Suite.ED25519_SIGNATURE_2020:
        document["@context"].append(ED25519_2020)
    if defect is Defect.UNAUTHENTICATED_KEY:
        method = f"{HTTPS_ISSUER}#{issuer.key.multikey}"
        stated = document["issuer"]
        profile = stated if isinstance(stated, dict) else {}
        document["issuer"] = {**profile, "id": HTTPS_ISSUER}
    spoil_contexts(document, defect)
    signed = prove(
        document, issuer.key, method=method, created=award.issued, suite=suite, defect=defect
    )
    return spoil_bytes(signed, issuer.key, defect)


# ---- the parts of a badge ----------------------------------------------------------------------


def _dates(award: Award) -> Document:
    dates = {"validFrom": stamp(award.valid_from or award.issued)}
    if award.valid_until:
        dates["validUntil"] = stamp(award.valid_until)
    return dates


def _status(award: Award) -> Document:
    entries = [entry.document() for entry in award.status]
    if not entries:
        return {}
    return {"credentialStatus": entries[0] if len(entries) == 1 else entries}


def _profile(university: University) -> Document:
    return {
        "type": ["Profile"],
        "name": university.label,
        "url": university.homepage,
        "address": {"type": ["Address"], "addressCountryCode": university.country},
        "otherIdentifier": [
            {
                "type": ["IdentifierEntry"],
                "identifierType": "ext:ror",
                "identifier": university.ror,
            }
        ],
    }


def _learner(learner: Learner) -> Document:
    stated: Document = {"id": learner.did} if learner.did else {}
    names = [("name", learner.full_name)]
    if learner.student_id:
        names.append(("ext:esi", learner.student_id))
    stated["identifier"] = [
        {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
        for kind, value in names
    ]
    return stated


def _achievement(course: Course, issuer: Issuer) -> Document:
    achievement: Document = {
        "id": course.identifier,
        "type": ["Achievement"],
        "achievementType": "MicroCredential",
        "name": course.title["en"],
    }
    if course.code:
        achievement["humanCode"] = course.code
    narrative = _narrative(course)
    achievement["description"] = course.description.get("en", narrative)
    achievement["criteria"] = {"narrative": narrative}
    if course.ects:
        achievement["creditsAvailable"] = _number(course.ects)
    if course.isced:
        achievement["fieldOfStudy"] = " ".join(course.isced)
    if course.awarded_by and course.awarded_by != (issuer.university,):
        achievement["creator"] = {
            "id": course.awarded_by[0].homepage,
            **_profile(course.awarded_by[0]),
        }
    achievement["alignment"] = _alignments(course, issuer.university)
    if course.assessment:
        achievement["resultDescription"] = [
            {
                "id": f"{course.identifier}:exam",
                "type": ["ResultDescription"],
                "name": "; ".join(text["en"] for text in (course.assessment, course.scale) if text),
                "resultType": "LetterGrade",
            }
        ]
    return achievement


def _narrative(course: Course) -> str:
    outcomes = " ".join(outcome.text["en"] for outcome in course.outcomes)
    required = course.prerequisites.get("en")
    return f"{outcomes} Prerequisites: {required}" if required else outcomes


def _alignments(course: Course, university: University) -> list[Document]:
    """Say level, quality assurance and skills the way Open Badges issuers in Europe do."""
    found: list[Document] = []
    if course.eqf:
        found.append(
            {
                "type": ["Alignment"],
                "targetType": "ext:EQF",
                "targetName": f"EQF level {course.eqf}",
                "targetCode": str(course.eqf),
                "targetUrl": f"http://data.europa.eu/snb/eqf/{course.eqf}",
            }
        )
    if university.quality:
        found.append(
            {
                "type": ["Alignment"],
                "targetType": "ext:QualityAssurance",
                "targetName": university.quality["en"],
                "targetUrl": university.homepage,
            }
        )
    found.extend(
        {
            "type": ["Alignment"],
            "targetFramework": "ESCO",
            "targetName": skill.label,
            "targetUrl": skill.uri,
        }
        for outcome in course.outcomes
        for skill in outcome.skills
    )
    return found


def _number(ects: str) -> int | float:
    value = float(ects)
    return int(value) if value.is_integer() else value
