"""What an SD-JWT credential says about learning, in the four shapes that European issuers use.

A European Learning Model object under `elm` or at the top, an Open Badge at the top, or the plain
texts of the European wallet's reference issuer. The members decide, not the type's name: which
types there are, and what they are called, changes from one pilot to the next.
"""

from dataclasses import dataclass
from datetime import datetime

from wallet.errors import TooLarge
from wallet.formats import badge_elements, data_model, dates, elm
from wallet.formats.countries import country
from wallet.formats.elm_organisation import organisation
from wallet.formats.profile import profile
from wallet.formats.values import first_text, literal, many, objects, scalar, string, texts, walk
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
)

MAX_ENTRIES = 1000
"""Outcomes, prerequisites and the like of one claim."""
MAX_EQF = 8

STACKABLE = Text((("en", "Stackable toward another credential"), ("pl", "Można zaliczyć dalej")))
STAND_ALONE = Text((("en", "Stand-alone"), ("pl", "Samodzielne, bez dalszego zaliczania")))


@dataclass(frozen=True, slots=True)
class Content:
    """What was found, and the object in which the credential's own members stand."""

    body: JsonObject
    issuer: Organisation | None
    """The issuer with its name; None where the claims name none beside `iss`."""
    title: Text | None
    issued: datetime | None
    achievements: tuple[Achievement, ...]


def content(claims: JsonObject) -> Content | None:
    """Read the learning in a processed payload; None where it is about something else.

    Raises:
        TooLarge: more than `MAX_ENTRIES`, or beyond the limits of the model's own reader.
    """
    for inner in objects(claims.get("elm")):
        return _european(inner)
    subjects = objects(claims.get("credentialSubject"))
    if any("hasClaim" in subject for subject in subjects):
        return _european(claims)
    if any("achievement" in subject for subject in subjects):
        return _badge(claims)
    return _plain(claims) if "achievement_title" in claims else None


def achievement_ends(claims: JsonObject) -> datetime | None:
    """When the achievement itself ends (`date_of_expiry`), which is not when the attestation does.

    A day lasts to its end.
    """
    found = dates.moment(claims.get("date_of_expiry"))
    return found.end if found is not None else None


def _european(body: JsonObject) -> Content:
    """The European Learning Model 3, as in a sealed credential."""
    subjects = objects(body.get("credentialSubject"))
    stated = body.get("issuer")
    issuer = stated if isinstance(stated, dict) else {"id": stated}
    issued = dates.date(body.get("issued")) or dates.date(body.get("issuanceDate"))
    achievements = elm.achievements(subjects, issued, issuer)
    headlines = (display.get("title") for display in objects(body.get("displayParameter")))
    found = organisation(issuer)
    return Content(
        body=body,
        issuer=found if found != Organisation() else None,
        title=first_text(*headlines) or _first_title(achievements),
        issued=issued,
        achievements=achievements,
    )


def _badge(claims: JsonObject) -> Content:
    """Open Badges 3.0, with or without the members of a verifiable credential."""
    achievements = badge_elements.achievements(claims)
    stated = claims.get("issuer")
    found = profile(stated if isinstance(stated, dict) else {"id": stated})
    names = [item.get("name") for item in walk([claims], "credentialSubject", "achievement")]
    return Content(
        body=claims,
        issuer=found if found != Organisation() else None,
        title=first_text(claims.get("name"), *names),
        issued=data_model.issued(claims, "awardedDate"),
        achievements=achievements,
    )


def _first_title(achievements: tuple[Achievement, ...]) -> Text | None:
    return next((item.elements.title for item in achievements), None)


# ---- the reference issuer's plain texts ---------------------------------------------------------


def _plain(claims: JsonObject) -> Content:
    """`urn:eu.europa.ec.eudi:learning:credential:1`: texts, no ECTS, no achievement identifier."""
    issued = dates.date(claims.get("date_of_issuance"))
    title = literal(claims.get("achievement_title"))
    nation = string(claims.get("issuing_country"))
    place = (country(nation) or nation) if nation is not None else None
    authority = literal(claims.get("issuing_authority"))
    elements = Elements(
        learner=_learner(claims),
        title=title,
        country=(place,) if place is not None else (),
        awarding_body=(Organisation(authority, (), place),) if authority is not None else (),
        issued=issued,
        learning_outcomes=tuple(map(LearningOutcome, _entries(claims, "learning_outcomes"))),
        workload=_workload(claims),
        level=_level(claims),
        participation=_concepts(claims, "form_of_participation"),
        quality_assurance=_concepts(claims, "types_of_quality_assurance"),
        prerequisites=_entries(claims, "prerequisites_to_enroll"),
        supervision=_concepts(claims, "evaluator_verification"),
        grade=_grade(claims),
        stackability=_stackability(claims),
        further_information=_further(claims),
    )
    return Content(claims, None, title, issued, (Achievement(elements),))


def _learner(claims: JsonObject) -> Learner | None:
    parts = (literal(claims.get(name)) for name in ("given_name", "family_name"))
    number = scalar(claims.get("learner_identification"))
    learner = Learner(
        name=" ".join(part.best() for part in parts if part is not None) or None,
        birth_date=string(claims.get("birthdate")) or string(claims.get("birth_date")),
        identifiers=(number,) if number is not None else (),
    )
    return learner if learner != Learner() else None


def _entries(claims: JsonObject, name: str) -> tuple[Text, ...]:
    values = many(claims.get(name))
    if len(values) > MAX_ENTRIES:
        raise TooLarge(name, limit=MAX_ENTRIES)
    return texts(literal(value) for value in values)


def _concepts(claims: JsonObject, name: str) -> tuple[Concept, ...]:
    return tuple(Concept(text) for text in _entries(claims, name))


def _workload(claims: JsonObject) -> Workload | None:
    """As stated ("12 months"): no ECTS are named, and none are computed from it."""
    stated = scalar(claims.get("expected_study_time"))
    return Workload(None, stated) if stated is not None else None


def _level(claims: JsonObject) -> Level | None:
    """Levels are 1 to 8, as in the European Qualifications Framework; anything else is a text."""
    stated = scalar(claims.get("level_of_learning_experience"))
    if stated is None:
        return None
    if stated in {str(level) for level in range(1, MAX_EQF + 1)}:
        return Level(int(stated))
    return Level(None, (Concept(Text.plain(stated)),))


def _grade(claims: JsonObject) -> Grade | None:
    stated = literal(claims.get("assessment_grade"))
    return Grade(stated) if stated is not None else None


def _stackability(claims: JsonObject) -> tuple[Text, ...]:
    stated = claims.get("integration_stackability_options")
    if isinstance(stated, bool):
        return (STACKABLE if stated else STAND_ALONE,)
    return _entries(claims, "integration_stackability_options")


def _further(claims: JsonObject) -> tuple[Text, ...]:
    """The description, and how long the achievement lasts where that is stated."""
    found = [literal(claims.get("achievement_description"))]
    end = achievement_ends(claims)
    if end is not None:
        day = end.date().isoformat()
        found.append(
            Text(
                (
                    ("en", f"The achievement itself is valid until {day}"),
                    ("pl", f"Samo osiągnięcie jest ważne do {day}"),
                )
            )
        )
    return texts(found)
