"""The European Learning Model as the Commission's issuer writes it: one course as a claim.

Identifiers such as `urn:epass:org:1` hold inside one file only; what a course is, wherever it
appears, stands in `specifiedBy.identifier`.
"""

import base64
from typing import Any

from tests.issuer.pictures import emblem
from tests.issuer.subjects import (
    Award,
    Course,
    Issuer,
    Learner,
    Mode,
    Outcome,
    Supervision,
    Texts,
    University,
    stamp,
)

Node = dict[str, Any]

_SNB = "http://data.europa.eu/snb"
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_ECTS = f"{_SNB}/education-credit/6fcec5c5af"
_PROGRAMME_QUALITY = f"{_SNB}/accreditation/820101cba6"

# Labels of the concepts that the simulator uses.
_COUNTRIES: dict[str, tuple[str, Texts]] = {
    "PL": ("POL", {"en": "Poland", "pl": "Polska"}),
    "DE": ("DEU", {"en": "Germany", "pl": "Niemcy"}),
    "SE": ("SWE", {"en": "Sweden", "pl": "Szwecja"}),
}
_LANGUAGES: dict[str, tuple[str, Texts]] = {
    "en": ("ENG", {"en": "English", "pl": "angielski"}),
    "pl": ("POL", {"en": "Polish", "pl": "polski"}),
}
_MODES: dict[Mode, Texts] = {
    Mode.ONLINE: {"en": "Online", "pl": "Zdalnie"},
    Mode.BLENDED: {"en": "Blended", "pl": "Hybrydowo"},
    Mode.ONSITE: {"en": "Presential", "pl": "Stacjonarnie"},
}
_SUPERVISION: dict[Supervision, Texts] = {
    Supervision.SUPERVISED_WITH_IDENTITY: {
        "en": "Supervised with ID verification",
        "pl": "Pod nadzorem, z weryfikacją tożsamości",
    },
    Supervision.SUPERVISED: {
        "en": "Supervised without ID verification",
        "pl": "Pod nadzorem, bez weryfikacji tożsamości",
    },
    Supervision.UNSUPERVISED_WITH_IDENTITY: {
        "en": "Unsupervised with ID verification",
        "pl": "Bez nadzoru, z weryfikacją tożsamości",
    },
    Supervision.UNSUPERVISED: {
        "en": "Unsupervised without ID verification",
        "pl": "Bez nadzoru i bez weryfikacji tożsamości",
    },
}


class Claims:
    """Builds the nodes of one credential; counts the local identifiers as it goes.

    `languages` are those that the credential speaks: labels of concepts are written in them.
    """

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages
        self._counts: dict[str, int] = {}
        self._organisations: dict[str, Node] = {}

    # ---- small things ----

    def node(self, kind: str, **members: object) -> Node:
        """Make a node with the next local identifier; members that are empty are left out."""
        word = kind[0].lower() + kind[1:]
        self._counts[word] = self._counts.get(word, 0) + 1
        stated = {name: value for name, value in members.items() if value}
        return {"id": f"urn:epass:{word}:{self._counts[word]}", "type": kind, **stated}

    def note(self, text: Texts) -> Node:
        """Wrap a text as a Note, or give nothing for no text."""
        return self.node("Note", noteLiteral=dict(text)) if text else {}

    def said(self, text: Texts) -> Node:
        """Keep the languages that the credential speaks, or all where it has none of them."""
        return {tag: text[tag] for tag in text if tag in self._languages} or dict(text)

    def concept(self, uri: str, label: Texts) -> Node:
        """Name a term of a controlled vocabulary."""
        scheme = uri.rsplit("/", 1)[0]
        if scheme.startswith(_SNB):
            scheme += "/25831c2"
        return {
            "id": uri,
            "type": "Concept",
            "inScheme": {"id": scheme, "type": "ConceptScheme"},
            "prefLabel": self.said(label),
        }

    def country(self, code: str) -> Node:
        """Name a country by its alpha-2 code."""
        alpha3, label = _COUNTRIES[code]
        return self.concept(f"{_AUTHORITY}/country/{alpha3}", label)

    def language(self, tag: str) -> Node:
        """Name a language by its two-letter tag."""
        code, label = _LANGUAGES[tag]
        return self.concept(f"{_AUTHORITY}/language/{code}", label)

    def identifier(self, scheme: str, notation: str) -> Node:
        """Make an identifier with the name of its scheme."""
        return self.node("Identifier", schemeName=scheme, notation=notation)

    def picture(self, university: University) -> Node:
        """Embed the simulator's own emblem of a university as base64."""
        return self.node(
            "MediaObject",
            content=base64.b64encode(emblem(university.label)).decode("ascii"),
            contentEncoding=self.concept(f"{_SNB}/encoding/6146cde7dd", {"en": "base64"}),
            contentType=self.concept(f"{_AUTHORITY}/file-type/PNG", {"en": "PNG"}),
        )

    # ---- who ----

    def organisation(self, university: University) -> Node:
        """Describe a university; the same node, with the same local id, wherever it appears."""
        if university.label not in self._organisations:
            identifiers = [self.identifier("ROR", university.ror)]
            if university.erasmus:
                identifiers.append(self.identifier("Erasmus code", university.erasmus))
            full = {"en": f"{university.city}, {_COUNTRIES[university.country][1]['en']}"}
            address = self.node(
                "Address", countryCode=self.country(university.country), fullAddress=self.note(full)
            )
            self._organisations[university.label] = self.node(
                "Organisation",
                legalName=self.said(university.name),
                identifier=identifiers,
                location=self.node("Location", address=address),
                homepage=self.node("WebResource", contentURL=university.homepage),
            )
        return self._organisations[university.label]

    def issuer(self, issuer: Issuer) -> Node:
        """Describe the sealing organisation, with the identifier that its certificate carries."""
        university = issuer.university
        seal = self.node(
            "LegalIdentifier",
            notation=university.identifier,
            spatial=self.country(university.country),
        )
        return {
            **self.organisation(university),
            "eIDASIdentifier": seal,
            "logo": self.picture(university),
        }

    def person(self, learner: Learner, claim: Node) -> Node:
        """Describe the learner, with the claim about them."""
        scheme = "European Student Identifier"
        return {
            "id": learner.did or "urn:epass:person:1",
            "type": "Person",
            "givenName": {"en": learner.given_name},
            "familyName": {"en": learner.family_name},
            "fullName": {"en": learner.full_name},
            **({"dateOfBirth": f"{learner.birth_date}T00:00:00Z"} if learner.birth_date else {}),
            **(
                {"identifier": self.identifier(scheme, learner.student_id)}
                if learner.student_id
                else {}
            ),
            "hasClaim": claim,
        }

    # ---- what ----

    def claim(self, award: Award, issuer: Issuer) -> Node:
        """Write one learning achievement: awarded, specified, taught, assessed."""
        course = award.course
        bodies = course.awarded_by or (issuer.university,)
        awarding = [self.organisation(body) for body in bodies]
        process = self.node(
            "AwardingProcess",
            awardingBody=awarding[0] if len(awarding) == 1 else awarding,
            awardingDate=stamp(award.awarded or award.issued),
        )
        return self.node(
            "LearningAchievement",
            title=dict(course.title),
            description=dict(course.description),
            awardedBy=process,
            specifiedBy=self._specification(course, bodies),
            influencedBy=self._activity(course, awarding),
            provenBy=self._assessment(course, process),
            entitlesTo=self._entitlement(course),
            additionalNote=self.note(course.further),
        )

    def _specification(self, course: Course, bodies: tuple[University, ...]) -> Node:
        identifiers = [self.identifier("Achievement identifier", course.identifier)]
        if course.code:
            identifiers.append(self.identifier("Course code", course.code))
        return self.node(
            "Qualification" if course.eqf else "LearningAchievementSpecification",
            title=dict(course.title),
            identifier=identifiers,
            dcType=self.concept(
                f"{_SNB}/learning-opportunity/74a4a268e8", {"en": "Short learning programme"}
            ),
            learningOutcome=[self._outcome(outcome) for outcome in course.outcomes],
            creditPoint=self._credit(course),
            volumeOfLearning=f"PT{course.hours}H" if course.hours else "",
            eqfLevel=self._eqf(course),
            isPartialQualification=bool(course.eqf),
            thematicArea=self._isced(course),
            mode=self._mode(course),
            language=self.language("en"),
            entryRequirement=self.note(course.prerequisites),
            accreditation=[self._accreditation(body) for body in bodies if body.quality],
        )

    def _outcome(self, outcome: Outcome) -> Node:
        skills = [self.concept(skill.uri, {"en": skill.label}) for skill in outcome.skills]
        return self.node("LearningOutcome", title=dict(outcome.text), relatedESCOSkill=skills)

    def _credit(self, course: Course) -> Node:
        if course.ects is None:
            return {}
        framework = self.concept(_ECTS, {"en": "European Credit Transfer System", "pl": "ECTS"})
        return self.node("CreditPoint", framework=framework, point=course.ects)

    def _eqf(self, course: Course) -> Node:
        if course.eqf is None:
            return {}
        label = {"en": f"Level {course.eqf}", "pl": f"Poziom {course.eqf}"}
        return self.concept(f"{_SNB}/eqf/{course.eqf}", label)

    def _isced(self, course: Course) -> Node:
        if course.isced is None:
            return {}
        return self.concept(f"{_SNB}/isced-f/{course.isced[0]}", {"en": course.isced[1]})

    def _mode(self, course: Course) -> Node:
        if course.mode is None:
            return {}
        return self.concept(f"{_SNB}/learning-assessment/{course.mode}", _MODES[course.mode])

    def _accreditation(self, university: University) -> Node:
        return self.node(
            "Accreditation",
            title=self.said(university.quality),
            dcType=self.concept(
                _PROGRAMME_QUALITY,
                {
                    "en": "Programme quality assurance",
                    "pl": "Zapewnianie jakości programu",
                },
            ),
        )

    def _activity(self, course: Course, awarding: list[Node]) -> Node:
        if course.taught is None:
            return {}
        first, last = (f"{day}T00:00:00Z" for day in course.taught)
        return self.node(
            "LearningActivity",
            title=dict(course.title),
            directedBy=awarding,
            temporal=self.node("PeriodOfTime", startDate=first, endDate=last),
            workload=f"PT{course.hours}H" if course.hours else "",
            specifiedBy=self.node(
                "LearningActivitySpecification", title=dict(course.title), mode=self._mode(course)
            ),
        )

    def _assessment(self, course: Course, process: Node) -> Node:
        if not course.assessment:
            return {}
        kind: Node = {
            "id": "urn:epass:concept:1",
            "type": "Concept",
            "prefLabel": dict(course.assessment),
        }
        scale = self.node("GradingScheme", title=dict(course.scale)) if course.scale else {}
        watched = course.supervision
        uri = f"{_SNB}/supervision-verification/{watched}"
        return self.node(
            "LearningAssessment",
            title=dict(course.assessment),
            awardedBy=process,
            grade=self.note(course.grade),
            idVerification=self.concept(uri, _SUPERVISION[watched]) if watched else {},
            specifiedBy=self.node(
                "LearningAssessmentSpecification",
                title=dict(course.assessment),
                dcType=kind,
                gradingScheme=scale,
            ),
        )

    def _entitlement(self, course: Course) -> Node:
        if not course.counts_toward:
            return {}
        return self.node("LearningEntitlement", title=dict(course.counts_toward))
