"""The European Learning Model: sixteen elements, and the traps of real files."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.issuer.defects import Form
from tests.issuer.specimens import EDC_AWARD, specimen
from tests.needs import shared
from wallet import formats
from wallet.formats.elm_organisation import normal_identifier
from wallet.model.credential import (
    Achievement,
    Concept,
    Credential,
    Element,
    Format,
    LearningOutcome,
    Text,
)

CONTEXT = [
    "https://www.w3.org/2018/credentials/v1",
    "http://data.europa.eu/snb/model/context/edc-ap",
]
SNB = "http://data.europa.eu/snb"
ECTS = {"id": f"{SNB}/education-credit/6fcec5c5af", "type": "Concept"}


def edc(claim: Any, **members: Any) -> Credential:
    document = {
        "@context": CONTEXT,
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:epass:org:1", "legalName": {"en": "Seal Service"}},
        "issuanceDate": "2024-03-12T08:30:00Z",
        "credentialSubject": {"id": "urn:epass:person:1", "type": "Person", "hasClaim": claim},
        **members,
    }
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    assert credential.format is Format.EDC
    return credential


def achievement(**members: Any) -> Achievement:
    (found,) = edc({"type": "LearningAchievement", **members}).achievements
    return found


def sample(name: str) -> Credential:
    credential = formats.read(shared("samples", "edc", name).read_bytes())
    assert credential is not None
    return credential


def test_the_commissions_sample_is_read_in_full() -> None:
    (found,) = sample("Sample-MC-Annex1-signed.jsonld").achievements
    elements = found.elements
    assert elements.missing_mandatory() == (Element.QUALITY_ASSURANCE,)
    assert elements.learner is not None
    assert elements.learner.name == "Ana Andromeda"
    assert elements.learner.birth_date == "1999-10-01T22:00:00Z"
    assert elements.learner.identifiers == ("LA-234218",)
    assert elements.title == Text.plain("Digital micro-credential creation", "en")
    assert elements.country == ("IE",)
    assert [body.label for body in elements.awarding_body] == ["University of Zed"]
    assert elements.issued == datetime(2023, 9, 27, 11, 54, 17, tzinfo=UTC)
    assert [outcome.text.best() for outcome in elements.learning_outcomes if outcome.text] == [
        "Communication, collaboration and creativity",
        "Developing digital content",
    ]
    assert elements.learning_outcomes[1].text is not None
    assert elements.learning_outcomes[1].text.best("es") == "Contento digital"
    assert elements.workload is not None
    assert elements.workload.ects == Decimal(2)
    assert (elements.workload.hours, elements.workload.remark) == ("60", None)
    assert elements.level is not None
    assert elements.level.eqf == 6
    assert elements.grade is not None
    assert elements.grade.value.best() == "Pass"
    assert elements.quality_assurance == ()
    assert [concept.label.best() for concept in elements.supervision if concept.label] == [
        "Unsupervised without ID Verification"
    ]
    assert found.isced == ("003", "0688")
    assert len(found.esco) == 4
    # `urn:epass:qualification:1` is in every file of the Commission.
    assert found.identifiers == ()


def test_unsigned_and_wrapped_files_read_like_the_sealed_one() -> None:
    bare = sample("Sample-MC-Annex1-unsigned.jsonld")
    wrapped = sample("Sample-MC-Annex1-unsigned-uploadable.json")
    assert bare.achievements == wrapped.achievements
    assert bare.securing == wrapped.securing == "none"
    (sealed,) = sample("Sample-MC-Annex1-signed.jsonld").achievements
    (unsealed,) = bare.achievements
    assert unsealed.elements.issued is None
    assert unsealed.elements.learning_outcomes == sealed.elements.learning_outcomes


def test_a_certificate_of_participation_is_attendance_only() -> None:
    (found,) = sample("Sample-CertOfPart-signed.jsonld").achievements
    assert found.attendance_only
    assert found.elements.title == Text.plain("EDC Updates Webinar", "en")
    assert found.elements.workload is not None
    # "P2M" is two months; minutes or hours were meant. Shown as stated, and flagged.
    assert (found.elements.workload.hours, found.elements.workload.remark) == ("P2M", "months")
    assert found.elements.workload.ects is None


def test_two_issuers_with_one_local_identifier_have_two_achievements() -> None:
    first = sample("Sample-MC-Annex1-signed.jsonld").achievements[0]
    second = sample("edc-mc-signed.jsonld").achievements[0]
    assert not first.identifiers
    assert not second.identifiers


def test_a_bilingual_file_keeps_both_languages() -> None:
    credential = sample("edc-dc-signed.jsonld")
    assert credential.languages == ("de", "en")
    assert credential.title is not None
    assert credential.title.languages == ("de", "en")


def test_the_simulators_credential_states_everything_it_was_given() -> None:
    credential = formats.read(specimen(Form.SEALED_EDC))
    assert credential is not None
    (found,) = credential.achievements
    course = EDC_AWARD.course
    assert credential.issued == EDC_AWARD.issued
    assert found.identifiers == (course.identifier,)
    assert found.codes == ((course.code,) if course.code else ())
    assert found.elements.workload is not None
    assert course.ects is not None
    assert found.elements.workload.ects == Decimal(course.ects)
    assert not found.attendance_only
    assert found.elements.title is not None
    assert dict(found.elements.title.values) == dict(course.title)
    assert "https://ror.org/03v4gjf40" in found.elements.awarding_body[0].identifiers
    assert found.elements.country == ("DE",)
    assert found.elements.missing_mandatory() == ()


@pytest.mark.parametrize("wrap", [lambda value: value, lambda value: [value]])
def test_every_property_may_be_one_or_many(wrap: Any) -> None:
    found = achievement(
        title=wrap({"en": wrap("Soil")}),
        specifiedBy=wrap(
            {
                "id": "https://courses.example.edu/soil",
                "creditPoint": wrap({"framework": wrap(ECTS), "point": wrap("2.50")}),
                "eqfLevel": wrap({"id": f"{SNB}/eqf/7"}),
                "thematicArea": wrap({"id": f"{SNB}/isced-f/0712"}),
                "mode": wrap({"id": f"{SNB}/learning-assessment/e92d221e4d"}),
                "learningOutcome": wrap({"title": wrap({"en": wrap("knows soil")})}),
                "entryRequirement": wrap({"noteLiteral": wrap({"en": "none"})}),
            }
        ),
        awardedBy=wrap({"awardingBody": wrap({"legalName": wrap({"en": "A"})})}),
        provenBy=wrap({"grade": wrap({"noteLiteral": {"en": wrap("A")}})}),
    )
    elements = found.elements
    assert elements.title == Text.plain("Soil", "en")
    assert elements.workload is not None
    assert elements.workload.ects == Decimal("2.5")
    assert elements.level is not None
    assert elements.level.eqf == 7
    assert found.isced == ("0712",)
    assert found.identifiers == ("https://courses.example.edu/soil",)
    assert elements.participation == (
        Concept(
            Text((("en", "Blended"), ("pl", "Mieszana"))), f"{SNB}/learning-assessment/e92d221e4d"
        ),
    )
    assert elements.learning_outcomes == (LearningOutcome(Text.plain("knows soil", "en")),)
    assert elements.awarding_body[0].name == Text.plain("A", "en")
    assert elements.prerequisites == (Text.plain("none", "en"),)
    assert elements.grade is not None


def test_an_empty_claim_states_nothing() -> None:
    found = achievement()
    assert found.elements.stated() == (Element.ISSUED,)


def test_only_credits_of_ects_are_ects() -> None:
    other = {"id": f"{SNB}/education-credit/other", "prefLabel": {"en": "ECVET"}}
    points = [{"framework": other, "point": "9"}, {"framework": ECTS, "point": "3"}]
    found = achievement(specifiedBy={"creditPoint": points})
    assert found.elements.workload is not None
    assert found.elements.workload.ects == Decimal(3)
    assert achievement(specifiedBy={"creditPoint": points[:1]}).elements.workload is None
    named = {"framework": {"prefLabel": {"en": "ECTS"}}, "point": "4"}
    found = achievement(specifiedBy={"creditPoint": named})
    assert found.elements.workload is not None
    assert found.elements.workload.ects == Decimal(4)


def test_credit_received_goes_before_credit_offered() -> None:
    found = achievement(
        creditReceived={"framework": ECTS, "point": "2"},
        specifiedBy={"creditPoint": {"framework": ECTS, "point": "5"}},
    )
    assert found.elements.workload is not None
    assert found.elements.workload.ects == Decimal(2)


def test_an_assessment_without_a_type_is_named_by_its_title() -> None:
    found = achievement(provenBy={"title": {"en": "Written exam"}})
    assert found.elements.assessment == (Concept(Text.plain("Written exam", "en")),)


def test_several_awarding_bodies_are_a_joint_credential() -> None:
    place = {
        "address": {
            "countryCode": {"id": "http://publications.europa.eu/resource/authority/country/POL"}
        }
    }
    region = {"spatialCode": {"id": "http://publications.europa.eu/resource/authority/atu/DEU_NW"}}
    found = achievement(
        awardedBy={
            "awardingBody": [
                {"legalName": {"en": "A"}, "location": place},
                {"legalName": {"en": "B"}, "location": region},
            ]
        }
    )
    assert [body.country for body in found.elements.awarding_body] == ["PL", "DE"]
    assert found.elements.country == ("PL", "DE")


def test_local_addresses_name_nothing() -> None:
    found = achievement(
        specifiedBy={
            "id": "urn:epass:qualification:1",
            "identifier": [
                {"notation": "CLIM-101", "schemeName": "Course code"},
                {"notation": "urn:mc-example:tub:climate"},
            ],
            "learningOutcome": {
                "title": {"en": "x"},
                "relatedESCOSkill": {
                    "id": "urn:epass:relatedESCOSkill:1",
                    "prefLabel": {"en": "y"},
                },
            },
        }
    )
    assert found.identifiers == ("urn:mc-example:tub:climate",)
    assert found.codes == ("CLIM-101",)
    assert found.elements.learning_outcomes[0].skills == (Concept(Text.plain("y", "en")),)


@pytest.mark.parametrize("text", ["D  BERLIN02", "D BERLIN02", "D   BERLIN02"])
def test_erasmus_codes_are_normalised(text: str) -> None:
    assert normal_identifier(text) == "D BERLIN02"


def test_a_claim_without_a_title_takes_the_specifications() -> None:
    found = achievement(specifiedBy={"title": {"pl": "Gleba"}})
    assert found.elements.title == Text.plain("Gleba", "pl")


def test_the_status_entries_of_a_real_seal_are_seen() -> None:
    status = sample("edc-mc-signed.jsonld").status
    assert [(entry.type, entry.purpose) for entry in status] == [
        ("StatusList2021Entry", "revocation"),
        ("StatusList2021Entry", "suspension"),
    ]
