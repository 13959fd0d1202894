"""The European standard elements in an Open Badge 3.0 and its Dutch extension (edubadges).

Which member states which element: Open Badges 3.0, appendix B, and the educredentials context.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from wallet.errors import TooLarge
from wallet.formats import concepts, data_model
from wallet.formats.profile import profile
from wallet.formats.values import (
    first_text,
    global_ids,
    identifying,
    literal,
    many,
    number,
    objects,
    scalar,
    string,
    strings,
    texts,
    walk,
)
from wallet.model.credential import (
    Achievement,
    Concept,
    Elements,
    Grade,
    JsonObject,
    Learner,
    LearningOutcome,
    Level,
    Organisation,
    Text,
    Workload,
    is_global,
    is_local,
)

MAX_ACHIEVEMENTS = 500
"""Of one credential; the longest transcripts have a tenth."""
MAX_LISTED = 100
"""Pieces of evidence, endorsements and results that are listed with each achievement."""

_EQF = ("ext:EQF", "ext:EQFLevel")
_OTHER_LEVELS = ("ext:QF-EHEA", "ext:NLQF", "ext:NQF")
_QUALITY = "ext:QualityAssurance"
_NOT_OUTCOMES = frozenset({*_EQF, *_OTHER_LEVELS, _QUALITY})
_FORMS = {
    "Course": "course",
    "Certificate": "certificate",
    "CertificateOfCompletion": "certificate",
    "Module": "module",
    "Workshop": "workshop",
}
_EHEA = (
    "AD AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES EU FI FR GB GE GR HR HU IE IS IT KZ LI LT "
    "LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA"
)
"""Countries of the European Higher Education Area, where credits mean ECTS."""
_ATTENDANCE = re.compile("participation|attendance", re.IGNORECASE)
_ISCED_CODE = re.compile(r"(\d{2,4})(?!\w)", re.ASCII)
_HASHED = "sha256$"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the credential says for all its achievements."""

    learner: Learner | None
    issued: datetime | None
    issuer: Organisation
    endorsed: tuple[Concept, ...]
    evidence: tuple[Text | None, ...]


def achievements(document: JsonObject, *, transcript: bool = False) -> tuple[Achievement, ...]:
    """Read every achievement of every subject.

    In a transcript (CLR 2.0) they stand beside each other, and no result belongs to one of them.

    Raises:
        TooLarge: more than `MAX_ACHIEVEMENTS`.
    """
    issuer = document.get("issuer")
    subjects = objects(document.get("credentialSubject"))
    if len(list(walk(subjects, "achievement"))) > MAX_ACHIEVEMENTS:
        raise TooLarge("achievements", limit=MAX_ACHIEVEMENTS)
    common = _Frame(
        learner=None,
        issued=data_model.issued(document, "awardedDate"),
        issuer=profile(issuer if isinstance(issuer, dict) else {"id": issuer}),
        endorsed=_endorsed(document),
        evidence=_evidence(document),
    )
    found = []
    for subject in subjects:
        frame = replace(common, learner=_learner(subject))
        own = {} if transcript else subject
        found += [_achievement(item, own, frame) for item in objects(subject.get("achievement"))]
    return tuple(found)


def _learner(subject: JsonObject) -> Learner | None:
    names, births, others = [], [], []
    for entry in objects(subject.get("identifier")):
        value = string(entry.get("identityHash"))
        kind = string(entry.get("identityType"))
        hashed = entry.get("hashed") is True or (value or "").startswith(_HASHED)
        if value is None:
            continue
        if kind == "name" and not hashed:
            names.append(value)
        elif kind in {"birthDate", "dateOfBirth", "ext:birthDate"} and not hashed:
            births.append(value)
        else:
            others.append(value)
    stated = literal(subject.get("name"))
    learner = Learner(
        name=stated.best() if stated else next(iter(names), None),
        birth_date=next(iter(births), None),
        identifiers=identifying([*strings(subject.get("id")), *others]),
    )
    return learner if learner != Learner() else None


def _achievement(achievement: JsonObject, subject: JsonObject, frame: _Frame) -> Achievement:
    alignments = objects(achievement.get("alignment"))
    others = [
        text
        for entry in objects(achievement.get("otherIdentifier"))
        for text in strings(entry.get("identifier"))
    ]
    addresses = [string(entry.get("targetUrl")) or "" for entry in alignments]
    kind = string(achievement.get("achievementType")) or ""
    return Achievement(
        elements=_elements(achievement, subject, alignments, frame),
        identifiers=global_ids([*strings(achievement.get("id")), *others]),
        codes=tuple(
            dict.fromkeys(
                [
                    *strings(achievement.get("humanCode")),
                    *(t for t in others if not is_global(t) and not is_local(t)),
                ]
            )
        ),
        isced=_isced(alignments) or _field_of_study(achievement),
        esco=tuple(dict.fromkeys(uri for uri in addresses if concepts.is_esco(uri))),
        form=_FORMS.get(kind),
        attendance_only=_ATTENDANCE.search(kind) is not None,
    )


def _elements(
    achievement: JsonObject, subject: JsonObject, alignments: list[JsonObject], frame: _Frame
) -> Elements:
    language = string(achievement.get("inLanguage")) or ""
    narratives = [entry.get("narrative") for entry in objects(achievement.get("criteria"))]
    criteria = texts(literal(narrative, language) for narrative in narratives)
    bodies = _awarding(achievement, frame.issuer)
    countries = [body.country for body in bodies if body.country is not None]
    if not countries and frame.issuer.country is not None:
        countries = [frame.issuer.country]
    return Elements(
        learner=frame.learner,
        title=literal(achievement.get("name"), language),
        country=tuple(dict.fromkeys(countries)),
        awarding_body=bodies,
        issued=frame.issued,
        learning_outcomes=(*_outcomes(alignments), *(LearningOutcome(text) for text in criteria)),
        workload=_workload(achievement, subject, countries),
        level=_level(achievement, alignments),
        assessment=_assessment(achievement),
        participation=_stated(achievement, "participationType"),
        quality_assurance=_quality(alignments) + frame.endorsed,
        prerequisites=criteria,
        supervision=_supervision(achievement),
        grade=_grade(achievement, subject),
        further_information=_further(achievement, subject, frame, language),
    )


def _awarding(achievement: JsonObject, issuer: Organisation) -> tuple[Organisation, ...]:
    """The creator where one is named, else the issuer (Open Badges 3.0, section 2.3)."""
    found = [profile(creator) for creator in objects(achievement.get("creator"))]
    named = [body for body in found if body.name is not None]
    if named:
        return tuple(dict.fromkeys(named))
    return (issuer,) if issuer.name is not None or issuer.identifiers else ()


def _outcomes(alignments: list[JsonObject]) -> tuple[LearningOutcome, ...]:
    found = []
    for entry in alignments:
        if string(entry.get("targetType")) in _NOT_OUTCOMES or _isced([entry]):
            continue
        label = literal(entry.get("targetName"))
        address = string(entry.get("targetUrl"))
        uri = address if address is not None and is_global(address) else None
        if label is not None or uri is not None:
            found.append(LearningOutcome(label, (Concept(label, uri),) if uri else ()))
    return tuple(found)


def _workload(
    achievement: JsonObject, subject: JsonObject, countries: list[str]
) -> Workload | None:
    """ECTS of the Dutch extension, else the credits earned, else the credits available.

    Open Badges has no unit of credits: where a country outside the European Higher Education Area
    is stated, they are another unit's, and no statement about ECTS.
    """
    credits = [achievement.get("ECTS")]
    elsewhere = [code for code in countries if len(code) == 2 and code not in _EHEA]
    if not elsewhere:
        credits += [subject.get("creditsEarned"), achievement.get("creditsAvailable")]
    ects = next((found for value in credits if (found := number(value)) is not None), None)
    hours = scalar(achievement.get("SBU")) or scalar(achievement.get("timeInvestment"))
    return Workload(ects, hours) if ects is not None or hours is not None else None


def _level(achievement: JsonObject, alignments: list[JsonObject]) -> Level | None:
    eqf = None
    others: list[Concept] = []
    for entry in alignments:
        kind = string(entry.get("targetType"))
        if kind in _EQF and eqf is None:
            code = scalar(entry.get("targetCode")) or ""
            digits = code.strip().removeprefix("EQF").strip()
            eqf = concepts.eqf(f"{concepts.SNB}eqf/{digits}")
        elif kind in _OTHER_LEVELS:
            others += _target(entry)
    stated = concepts.concept(achievement.get("educationLevel"))
    if stated is not None:
        others.append(stated)
    return Level(eqf, tuple(others)) if eqf is not None or others else None


def _assessment(achievement: JsonObject) -> tuple[Concept, ...]:
    stated = _stated(achievement, "assessmentType")
    if stated:
        return stated
    names = (literal(r.get("name")) for r in objects(achievement.get("resultDescription")))
    return tuple(Concept(name) for name in texts(names))


def _quality(alignments: list[JsonObject]) -> tuple[Concept, ...]:
    chosen = [entry for entry in alignments if string(entry.get("targetType")) == _QUALITY]
    return tuple(item for entry in chosen for item in _target(entry))


def _endorsed(document: JsonObject) -> tuple[Concept, ...]:
    """Endorsements as stated; whether they hold is seen where they are verified, as parts."""
    subjects = list(walk([document], "credentialSubject", "achievement"))
    found = []
    for entry in walk([document, *subjects], "endorsement"):
        issuer = entry.get("issuer")
        label = first_text(
            issuer.get("name") if isinstance(issuer, dict) else None, entry.get("name")
        )
        if label is not None:
            found.append(Concept(label))
    return tuple(dict.fromkeys(found))[:MAX_LISTED]


def _evidence(document: JsonObject) -> tuple[Text | None, ...]:
    return tuple(
        first_text(entry.get("name"), entry.get("narrative"), entry.get("id"))
        for entry in objects(document.get("evidence"))[:MAX_LISTED]
    )


def _supervision(achievement: JsonObject) -> tuple[Concept, ...]:
    stated = _stated(achievement, "supervisionType")
    if stated:
        return stated
    checked = achievement.get("identityChecked") is True
    return (Concept(concepts.IDENTITY_CHECKED),) if checked else ()


def _grade(achievement: JsonObject, subject: JsonObject) -> Grade | None:
    described = {
        own: entry
        for entry in objects(achievement.get("resultDescription"))
        if (own := string(entry.get("id"))) is not None
    }
    for result in objects(subject.get("result"))[:MAX_LISTED]:
        entry = described.get(string(result.get("resultDescription")) or "", {})
        value = literal(result.get("value")) or _achieved(result, entry)
        if value is not None:
            return Grade(value, first_text(entry.get("name"), entry.get("resultType")))
    return None


def _achieved(result: JsonObject, described: JsonObject) -> Text | None:
    wanted = string(result.get("achievedLevel"))
    for level in objects(described.get("rubricCriterionLevel")):
        if wanted is not None and string(level.get("id")) == wanted:
            return first_text(level.get("level"), level.get("name"))
    return None


def _further(
    achievement: JsonObject, subject: JsonObject, frame: _Frame, language: str
) -> tuple[Text, ...]:
    own = (literal(achievement.get("description"), language), literal(subject.get("narrative")))
    return texts([*own, *frame.evidence])


def _stated(achievement: JsonObject, name: str) -> tuple[Concept, ...]:
    found = (concepts.concept(value) for value in many(achievement.get(name)))
    return tuple(item for item in found if item is not None)


def _target(entry: JsonObject) -> tuple[Concept, ...]:
    address = string(entry.get("targetUrl"))
    uri = address if address is not None and is_global(address) else None
    label = first_text(entry.get("targetName"), entry.get("targetCode"))
    return (Concept(label, uri),) if label is not None or uri is not None else ()


def _field_of_study(achievement: JsonObject) -> tuple[str, ...]:
    """A field of study that begins with an ISCED-F code, as European issuers write it."""
    match = _ISCED_CODE.match(string(achievement.get("fieldOfStudy")) or "")
    return (match[1],) if match else ()


def _isced(alignments: Iterable[JsonObject]) -> tuple[str, ...]:
    found = []
    for entry in alignments:
        code = concepts.isced(string(entry.get("targetUrl")) or "")
        digits = scalar(entry.get("targetCode")) or ""
        framework = string(entry.get("targetFramework")) or string(entry.get("targetType")) or ""
        if code is None and "ISCED" in framework.upper():
            code = concepts.isced(f"{concepts.SNB}isced-f/{digits}")
        if code is not None:
            found.append(code)
    return tuple(dict.fromkeys(found))
