"""The European Learning Model: a credential's claims as achievements with the standard elements.

C is the credential subject, A one of its claims, S what specifies it. See
https://europa.eu/europass/elm-browser/ and Council Recommendation 2022/C 243/02, Annex I.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from wallet.errors import TooLarge
from wallet.formats import concepts, dates
from wallet.formats.elm_organisation import identifiers, organisations, places
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
    types,
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
    Text,
    Workload,
    is_global,
    is_local,
)

MAX_CLAIMS = 500
"""Of one credential; a diploma supplement has some tens."""

_ACHIEVEMENT, _ACTIVITY = "LearningAchievement", "LearningActivity"
_HOURS = re.compile(r"PT(\d{1,5})H")
_MONTHS = re.compile(r"P(?:\d+Y)?\d+M")
_FORMS = {
    "course": "course",
    "module": "module",
    "workshop": "workshop",
    "summer school": "summer-winter-school",
    "winter school": "summer-winter-school",
    "massive open online course": "mooc",
    "mooc": "mooc",
    "blended intensive programme": "bip",
    "workshop, seminar or conference": "workshop",
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the credential says for all its claims: the learner, and two fallbacks."""

    learner: Learner | None
    issued: datetime | None
    countries: tuple[str, ...]


def achievements(
    subjects: list[JsonObject], issued: datetime | None, issuer: JsonObject
) -> tuple[Achievement, ...]:
    """Read every claim of the subjects that says what was learned.

    Learning achievements are achievements. A credential that claims activities alone confirms
    participation: they are read as achievements of attendance only. Assessments and entitlements
    by themselves are neither.

    Args:
        subjects: the `credentialSubject` objects.
        issued: when the credential was issued: the fallback for the awarding date.
        issuer: the stated issuer, whose place is the fallback for the country.

    Raises:
        TooLarge: more than `MAX_CLAIMS`.
    """
    if len(list(walk(subjects, "hasClaim"))) > MAX_CLAIMS:
        raise TooLarge("claims", limit=MAX_CLAIMS)
    found = []
    for subject in subjects:
        claims = objects(subject.get("hasClaim"))
        chosen = [claim for claim in claims if _ACTIVITY not in types(claim)]
        chosen = [claim for claim in chosen if _ACHIEVEMENT in types(claim)] or [
            claim for claim in claims if _ACTIVITY in types(claim)
        ]
        frame = _Frame(_learner(subject), issued, places(issuer))
        found += [_achievement(claim, frame) for claim in chosen]
    return tuple(found)


def _learner(subject: JsonObject) -> Learner | None:
    parts = [literal(subject.get(name)) for name in ("givenName", "familyName")]
    joined = " ".join(part.best() for part in parts if part is not None) or None
    full = literal(subject.get("fullName"))
    numbers = identifiers(subject.get("nationalID")) + identifiers(subject.get("identifier"))
    own = [text for text in strings(subject.get("id")) if is_global(text)]
    learner = Learner(
        name=full.best() if full else joined,
        birth_date=string(subject.get("dateOfBirth")),
        identifiers=identifying(own + numbers),
    )
    return learner if learner != Learner() else None


def _achievement(claim: JsonObject, frame: _Frame) -> Achievement:
    specs = objects(claim.get("specifiedBy"))
    outcomes = _outcomes(specs)
    skills = [skill.uri for outcome in outcomes for skill in outcome.skills if skill.uri]
    areas = [string(area.get("id")) or "" for area in walk(specs, "thematicArea")]
    kinds = _concepts(walk(specs, "dcType"))
    notations = [text for spec in specs for text in identifiers(spec.get("identifier"))]
    own = [text for spec in specs for text in strings(spec.get("id"))]
    return Achievement(
        elements=_elements(claim, specs, outcomes, frame),
        identifiers=global_ids(own + notations),
        codes=tuple(dict.fromkeys(t for t in notations if not is_global(t) and not is_local(t))),
        isced=tuple(dict.fromkeys(code for uri in areas if (code := concepts.isced(uri)))),
        esco=tuple(dict.fromkeys(uri for uri in skills if concepts.is_esco(uri))),
        form=_form(kinds),
        attendance_only=_ACTIVITY in types(claim),
    )


def _elements(
    claim: JsonObject,
    specs: list[JsonObject],
    outcomes: tuple[LearningOutcome, ...],
    frame: _Frame,
) -> Elements:
    awards = objects(claim.get("awardedBy"))
    bodies = list(walk(awards, "awardingBody"))
    tests = objects(claim.get("provenBy"))
    awarded = [dates.date(award.get("awardingDate")) for award in awards]
    countries = [code for body in bodies for code in places(body)] or list(frame.countries)
    return Elements(
        learner=frame.learner,
        title=first_text(claim.get("title"), *(spec.get("title") for spec in specs)),
        country=tuple(dict.fromkeys(countries)),
        awarding_body=organisations(bodies),
        issued=next((day for day in awarded if day is not None), frame.issued),
        learning_outcomes=outcomes,
        workload=_workload(claim, specs),
        level=_level(specs),
        assessment=_assessment(tests),
        participation=_modes(claim, specs),
        quality_assurance=_quality(specs, bodies),
        prerequisites=_notes(walk(specs, "entryRequirement")),
        supervision=_concepts(walk(tests, "idVerification")),
        grade=_grade(tests),
        stackability=_stackability(claim, specs),
        further_information=_further(claim, specs),
    )


def _outcomes(specs: list[JsonObject]) -> tuple[LearningOutcome, ...]:
    found = []
    for outcome in walk(specs, "learningOutcome"):
        skills = _concepts(walk([outcome], "relatedESCOSkill"))
        skills += _concepts(walk([outcome], "relatedSkill"))
        own = string(outcome.get("id"))
        if own is not None and is_global(own) and all(skill.uri != own for skill in skills):
            # The outcome's own address is what programmes name.
            skills = (Concept(None, own), *skills)
        found.append(LearningOutcome(literal(outcome.get("title")), skills))
    summaries = _notes(walk(specs, "learningOutcomeSummary"))
    found += [LearningOutcome(text) for text in summaries]
    return tuple(item for item in found if item.text is not None or item.skills)


def _workload(claim: JsonObject, specs: list[JsonObject]) -> Workload | None:
    ects = _ects(objects(claim.get("creditReceived"))) or _ects(list(walk(specs, "creditPoint")))
    activities = objects(claim.get("influencedBy"))
    stated = [
        *(spec.get("volumeOfLearning") for spec in specs),
        claim.get("workload"),
        *(activity.get("workload") for activity in activities),
        *(spec.get("volumeOfLearning") for spec in walk(activities, "specifiedBy")),
    ]
    hours = next((text for value in stated if (text := scalar(value)) is not None), None)
    if ects is None and hours is None:
        return None
    if hours is None:
        return Workload(ects)
    whole = _HOURS.fullmatch(hours)
    remark = "months" if _MONTHS.fullmatch(hours) else None
    return Workload(ects, whole[1] if whole else hours, remark)


def _ects(points: list[JsonObject]) -> Decimal | None:
    """The first number of points in the framework ECTS; other credits are not converted."""
    for point in points:
        if any(concepts.is_ects(framework) for framework in many(point.get("framework"))):
            found = number(point.get("point"))
            if found is not None:
                return found
    return None


def _level(specs: list[JsonObject]) -> Level | None:
    addresses = [string(level.get("id")) or "" for level in walk(specs, "eqfLevel")]
    addresses += [text for spec in specs for text in strings(spec.get("eqfLevel"))]
    eqf = next((level for uri in addresses if (level := concepts.eqf(uri))), None)
    others = _concepts(walk(specs, "nqfLevel")) + _concepts(walk(specs, "educationLevel"))
    return Level(eqf, others) if eqf is not None or others else None


def _assessment(tests: list[JsonObject]) -> tuple[Concept, ...]:
    """The type of each assessment; of one without a type its title, which is stated as well."""
    found: list[Concept] = []
    for test in tests:
        kinds = _concepts(walk([test], "specifiedBy", "dcType")) or _concepts(
            walk([test], "dcType")
        )
        if not kinds:
            titles = [spec.get("title") for spec in walk([test], "specifiedBy")]
            title = first_text(*titles, test.get("title"))
            kinds = (Concept(title),) if title is not None else ()
        found += kinds
    return tuple(dict.fromkeys(found))


def _modes(claim: JsonObject, specs: list[JsonObject]) -> tuple[Concept, ...]:
    activities = objects(claim.get("influencedBy"))
    return _concepts(walk(specs, "mode")) or _concepts(walk(activities, "specifiedBy", "mode"))


def _quality(specs: list[JsonObject], bodies: list[JsonObject]) -> tuple[Concept, ...]:
    found: list[Concept] = []
    for accreditation in (*walk(specs, "accreditation"), *walk(bodies, "accreditation")):
        kinds = _concepts(walk([accreditation], "dcType"))
        named = concepts.concept(accreditation)
        found += (*kinds, *((named,) if named is not None else ()))
    return tuple(dict.fromkeys(found))


def _grade(tests: list[JsonObject]) -> Grade | None:
    for test in tests:
        notes = _notes(walk([test], "grade"))
        value = notes[0] if notes else literal(scalar(test.get("grade")))
        if value is not None:
            schemes = walk([test], "specifiedBy", "gradingScheme")
            return Grade(value, first_text(*(scheme.get("title") for scheme in schemes)))
    return None


def _stackability(claim: JsonObject, specs: list[JsonObject]) -> tuple[Text, ...]:
    partial = any(spec.get("isPartialQualification") is True for spec in specs)
    related = []
    for name in ("isPartOf", "hasPart", "entitlesTo"):
        for entry in objects(claim.get(name)):
            titles = (spec.get("title") for spec in walk([entry], "specifiedBy"))
            related.append(first_text(entry.get("title"), *titles))
    return texts([concepts.PARTIAL_QUALIFICATION if partial else None, *related])


def _further(claim: JsonObject, specs: list[JsonObject]) -> tuple[Text, ...]:
    found: list[Text | None] = []
    for source in (claim, *specs):
        found.append(literal(source.get("description")))
        found += _notes(walk([source], "additionalNote"))
        for name in ("supplementaryDocument", "homepage"):
            for page in objects(source.get(name)):
                found.append(first_text(page.get("title"), page.get("contentURL")))
    return texts(found)


def _notes(values: Iterable[JsonObject]) -> tuple[Text, ...]:
    return texts(literal(value.get("noteLiteral")) for value in values)


def _concepts(values: Iterable[object]) -> tuple[Concept, ...]:
    found = (concepts.concept(value) for value in values)
    return tuple(dict.fromkeys(item for item in found if item is not None))


def _form(kinds: tuple[Concept, ...]) -> str | None:
    for kind in kinds:
        ours = concepts.label(kind.uri) if kind.uri else None
        for text in (ours, kind.label):
            if text is not None and (form := _FORMS.get(text.best("en").lower())) is not None:
                return form
    return None
