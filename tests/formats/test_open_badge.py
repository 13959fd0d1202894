"""Open Badges 3.0, the Dutch extension, and learner records."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.issuer.badges import badge_document
from tests.issuer.defects import Form
from tests.issuer.specimens import BADGE_AWARD, issuer_of, specimen
from tests.needs import shared
from wallet import formats
from wallet.model.credential import Achievement, Concept, Credential, Format, Text


def badge(achievement: Any = None, subject: Any = None, **members: Any) -> Credential:
    document = {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "did:key:zExample", "type": ["Profile"], "name": "Issuer"},
        "validFrom": "2024-01-01T00:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            **(subject or {}),
            "achievement": {"type": ["Achievement"], "name": "Soil", **(achievement or {})},
        },
        **members,
    }
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    assert credential.format is Format.OPEN_BADGE_3
    return credential


def first(credential: Credential) -> Achievement:
    return credential.achievements[0]


def sample(*parts: str) -> Credential:
    credential = formats.read(shared("samples", *parts).read_bytes())
    assert credential is not None
    return credential


def test_the_dutch_extension_is_read() -> None:
    elements = first(sample("open-badges-3", "unsigned-nl-microcredential.json")).elements
    assert elements.workload is not None
    assert elements.workload.ects == Decimal(3)
    assert elements.assessment == (Concept(Text.plain("testing")),)
    assert elements.participation == (Concept(Text.plain("onsite or blended")),)
    assert elements.supervision == (Concept(Text.plain("onsite with identity verification")),)
    assert elements.level is not None
    assert elements.level.eqf == 4
    assert [item.label.best() for item in elements.quality_assurance if item.label] == [
        "M Psychological Assessment"
    ]
    assert elements.grade is not None
    assert elements.grade.value == Text.plain("8.5")
    assert elements.title is not None
    assert elements.title.languages == ("en-EN",)


def test_the_simulators_badge_states_what_it_was_given() -> None:
    credential = formats.read(specimen(Form.OPEN_BADGE))
    assert credential is not None
    found, course = first(credential), BADGE_AWARD.course
    assert found.identifiers == (course.identifier,)
    assert found.elements.workload is not None
    assert course.ects is not None
    assert found.elements.workload.ects == Decimal(course.ects)
    assert found.elements.learner is not None
    assert found.elements.learner.name == BADGE_AWARD.learner.full_name
    assert found.elements.awarding_body[0].label == issuer_of(Form.OPEN_BADGE).university.label
    assert found.elements.country == (issuer_of(Form.OPEN_BADGE).university.country,)
    if course.isced:
        assert found.isced == (course.isced[0],)


@pytest.mark.parametrize("form", [Form.OPEN_BADGE, Form.OPEN_BADGE_JWT])
def test_a_badge_reads_the_same_as_json_and_as_jwt(form: Form) -> None:
    document = badge_document(issuer_of(form), BADGE_AWARD)
    bare = formats.read(json.dumps(document).encode())
    secured = formats.read(specimen(form))
    assert bare is not None
    assert secured is not None
    assert secured.achievements == bare.achievements
    assert secured.id == bare.id
    assert secured.issuer == bare.issuer


def test_a_named_creator_is_the_awarding_body() -> None:
    creator = {
        "id": "https://university.example",
        "name": "University",
        "address": {"addressCountryCode": "PL"},
    }
    elements = first(badge({"creator": creator})).elements
    assert [body.label for body in elements.awarding_body] == ["University"]
    assert elements.country == ("PL",)


def test_a_creator_without_a_name_leaves_the_issuer() -> None:
    elements = first(badge({"creator": {"id": "did:key:zExample"}})).elements
    assert [body.label for body in elements.awarding_body] == ["Issuer"]


@pytest.mark.parametrize(
    ("country", "ects"), [("SE", Decimal("7.5")), ("US", None), (None, Decimal("7.5"))]
)
def test_credits_are_ects_where_credits_mean_ects(
    country: str | None, ects: Decimal | None
) -> None:
    address = {"address": {"addressCountryCode": country}} if country else {}
    issuer = {"id": "did:key:zExample", "name": "Issuer", **address}
    found = first(badge(subject={"creditsEarned": 7.5}, issuer=issuer)).elements.workload
    assert (found.ects if found else None) == ects


def test_skills_are_outcomes_and_levels_are_not() -> None:
    esco = "http://data.europa.eu/esco/skill/80f308e6-0e09-404a-80cd-ec5f50f6f304"
    alignment = [
        {"targetName": "communicate", "targetUrl": esco, "targetType": "ext:ESCO"},
        {"targetName": "EQF 6", "targetType": "ext:EQFLevel", "targetCode": "6"},
        {"targetName": "Second cycle", "targetType": "ext:QF-EHEA"},
        {"targetFramework": "ISCED-F 2013", "targetCode": "0712", "targetUrl": "https://x.example"},
    ]
    found = first(badge({"alignment": alignment}))
    assert found.esco == (esco,)
    assert found.isced == ("0712",)
    assert found.elements.level is not None
    assert found.elements.level.eqf == 6
    assert [level.label for level in found.elements.level.others] == [Text.plain("Second cycle")]
    assert [skill.uri for item in found.elements.learning_outcomes for skill in item.skills] == [
        esco
    ]


def test_participation_is_attendance_only() -> None:
    assert first(badge({"achievementType": "ext:ParticipationCertificate"})).attendance_only
    assert not first(badge({"achievementType": "Course"})).attendance_only
    assert first(badge({"achievementType": "Course"})).form == "course"


def test_hashed_identities_are_kept_as_they_are() -> None:
    identifier = [
        {"identityHash": "sha256$ab", "hashed": True, "identityType": "emailAddress"},
        {"identityHash": "Hanna", "hashed": False, "identityType": "name"},
    ]
    learner = first(
        badge(subject={"id": "did:key:zHolder", "identifier": identifier})
    ).elements.learner
    assert learner is not None
    assert learner.name == "Hanna"
    assert learner.identifiers == ("did:key:zHolder", "sha256$ab")


def test_a_result_names_its_rubric_level() -> None:
    described = {
        "id": "urn:r",
        "name": "Project",
        "rubricCriterionLevel": {"id": "urn:l", "level": "Mastered"},
    }
    elements = first(
        badge(
            {"resultDescription": described},
            {"result": {"resultDescription": "urn:r", "achievedLevel": "urn:l"}},
        )
    ).elements
    assert elements.grade is not None
    assert elements.grade.value == Text.plain("Mastered")
    assert elements.grade.scale == Text.plain("Project")


def test_a_record_lists_its_own_achievements_and_its_parts() -> None:
    record = sample("clr", "simple.json")
    assert record.format is Format.CLR_2
    assert [item.elements.title for item in record.achievements] == [
        Text.plain("Achievement 1"),
        Text.plain("Achievement 2"),
    ]
    assert [part.path for part in record.parts] == ["credential 1"]
    inner = formats.read(record.parts[0].raw)
    assert inner is not None
    assert inner.format is Format.OPEN_BADGE_3
    assert record.parts[0].raw in record.raw
