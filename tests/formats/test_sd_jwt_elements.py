"""The learning in SD-JWT credentials: the shapes of European issuers, type names, and limits."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.formats.sd_jwts import ISSUER, issue, read, verdict
from tests.issuer.badges import badge_document
from tests.issuer.defects import Form
from tests.issuer.edc import edc_document
from tests.issuer.keys import base64url
from tests.issuer.sd_jwt import Hidden
from tests.issuer.specimens import BADGE_AWARD, EDC_AWARD, issuer_of, specimen
from tests.needs import shared
from wallet import formats
from wallet.errors import TooLarge
from wallet.formats import sd_jwt_elements, type_metadata
from wallet.formats.sd_jwt_elements import content
from wallet.model.credential import Format, Text
from wallet.model.verification import CheckName

LEARNING: dict[str, Any] = {
    "vct": "urn:eu.europa.ec.eudi:learning:credential:1",
    "issuing_authority": "Example Technical University",
    "issuing_country": "PL",
    "date_of_issuance": "2024-02-01",
    "date_of_expiry": "2034-02-01",
    "family_name": Hidden("Lovell"),
    "given_name": Hidden("Ada"),
    "nationalities": None,
    "achievement_title": "Foundations of Data Literacy",
    "achievement_description": "Ten weeks of practice.",
    "learning_outcomes": [Hidden("Reads charts"), Hidden("Asks for sources")],
    "assessment_grade": Hidden("Excellent"),
    "learner_identification": Hidden("0123456"),
    "expected_study_time": Hidden("12 months"),
    "level_of_learning_experience": Hidden(6),
    "form_of_participation": Hidden("online"),
    "types_of_quality_assurance": [Hidden("Institutional evaluation")],
    "prerequisites_to_enroll": [Hidden("Basic algebra")],
    "evaluator_verification": [Hidden("Supervised online")],
    "integration_stackability_options": Hidden(True),
}


def edc() -> dict[str, Any]:
    return edc_document(issuer_of(Form.SEALED_EDC), EDC_AWARD)


def badge() -> dict[str, Any]:
    return badge_document(issuer_of(Form.OPEN_BADGE), BADGE_AWARD)


def test_the_learning_model_under_its_claim_reads_as_in_a_seal() -> None:
    claims = {"vct": "urn:eudi:elm:1", "elm": Hidden(edc()), "iss": "https://x.example"}
    credential = read(issue(claims).data)
    sealed = read(specimen(Form.SEALED_EDC))
    assert credential.format is Format.SD_JWT_VC
    assert credential.achievements == sealed.achievements
    assert credential.title == sealed.title
    assert credential.id == sealed.id
    assert sealed.issuer is not None
    assert credential.issuer is not None
    assert credential.issuer.name == sealed.issuer.name
    assert credential.issuer.identifiers[0] == "https://x.example"
    assert credential.issued == sealed.issued
    assert credential.languages == sealed.languages
    assert verdict(credential.raw, CheckName.FORMAT) == "passed"


def test_a_diploma_has_the_learning_model_at_the_top() -> None:
    document = {k: Hidden(v) if k == "credentialSubject" else v for k, v in edc().items()}
    credential = read(issue({**document, "vct": "urn:eudi:diploma:1"}).data)
    assert credential.format is Format.SD_JWT_VC
    assert credential.achievements == read(specimen(Form.SEALED_EDC)).achievements
    assert verdict(credential.raw, CheckName.ISSUER) == "indeterminate ISSUER_UNKNOWN"


@pytest.mark.parametrize("vct", ["urn:eudi:micro_credential:1", "urn:eudi:openbadge_complete:1"])
def test_a_micro_credential_is_shaped_like_a_badge(vct: str) -> None:
    document = badge()
    claims = {name: document[name] for name in ("credentialSubject", "issuer", "validFrom")}
    credential = read(issue({**claims, "vct": vct}).data)
    plain = read(specimen(Form.OPEN_BADGE))
    assert credential.format is Format.SD_JWT_VC
    assert credential.achievements == plain.achievements
    assert credential.title == plain.title
    assert credential.achievements[0].elements.workload is not None
    assert verdict(credential.raw, CheckName.FORMAT) == "passed"


def test_the_plain_texts_of_the_reference_issuer() -> None:
    credential = read(issue(LEARNING).data)
    assert credential.title == Text.plain("Foundations of Data Literacy")
    (achievement,) = credential.achievements
    assert (achievement.identifiers, achievement.codes) == ((), ())
    elements = achievement.elements
    assert elements.learner is not None
    assert (elements.learner.name, elements.learner.identifiers) == ("Ada Lovell", ("0123456",))
    assert [body.label for body in elements.awarding_body] == ["Example Technical University"]
    assert elements.country == ("PL",)
    assert elements.issued == datetime(2024, 2, 1, tzinfo=UTC)
    outcomes = [item.text.best() for item in elements.learning_outcomes if item.text]
    assert outcomes == ["Reads charts", "Asks for sources"]
    assert elements.workload is not None
    assert (elements.workload.ects, elements.workload.hours) == (None, "12 months")
    assert elements.level is not None
    assert elements.level.eqf == 6
    assert elements.grade is not None
    assert elements.grade.value.best() == "Excellent"
    for concepts, label in (
        (elements.participation, "online"),
        (elements.quality_assurance, "Institutional evaluation"),
        (elements.supervision, "Supervised online"),
    ):
        assert [concept.label for concept in concepts] == [Text.plain(label)]
    assert elements.prerequisites == (Text.plain("Basic algebra"),)
    assert elements.stackability == (sd_jwt_elements.STACKABLE,)
    assert len(elements.stated()) == 15


def test_the_achievement_outlives_its_attestation() -> None:
    attested = datetime(2024, 3, 1, tzinfo=UTC)
    credential = read(issue({**LEARNING, "exp": int(attested.timestamp())}).data)
    assert credential.valid_until == attested
    end = sd_jwt_elements.achievement_ends(credential.document)
    assert end == datetime(2034, 2, 1, 23, 59, 59, tzinfo=UTC)
    further = [text.best() for text in credential.achievements[0].elements.further_information]
    assert further == [
        "Ten weeks of practice.",
        "The achievement itself is valid until 2034-02-01",
    ]
    assert verdict(credential.raw, CheckName.VALIDITY) == "failed EXPIRED"


def test_an_achievement_that_ends_first_ends_it() -> None:
    credential = read(issue({**LEARNING, "date_of_expiry": "2025-01-01"}).data)
    assert credential.valid_until == datetime(2025, 1, 1, 23, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"level_of_learning_experience": "9"}, "level", "9"),
        ({"integration_stackability_options": False}, "stackability", "Stand-alone"),
        ({"integration_stackability_options": "Module 2"}, "stackability", "Module 2"),
        ({"issuing_country": "Ruritania"}, "country", "Ruritania"),
    ],
)
def test_what_is_written_otherwise_is_shown_as_stated(
    change: dict[str, Any], name: str, expected: str
) -> None:
    elements = read(issue({**LEARNING, **change}).data).achievements[0].elements
    assert expected in repr(getattr(elements, name))


def test_what_is_not_disclosed_is_not_stated() -> None:
    issued = issue(LEARNING)
    elements = read(issued.without(*range(len(issued.disclosures))).data).achievements[0].elements
    assert elements.learner is None
    assert elements.level is None
    assert elements.title is not None
    assert elements.learning_outcomes == ()


def test_outcomes_are_limited() -> None:
    most = [str(n) for n in range(sd_jwt_elements.MAX_ENTRIES)]
    found = content({"achievement_title": "x", "learning_outcomes": most})
    assert found is not None
    assert len(found.achievements[0].elements.learning_outcomes) == len(most)
    with pytest.raises(TooLarge):
        content({"achievement_title": "x", "learning_outcomes": [*most, "more"]})


def test_an_end_inside_that_nobody_can_read_fails() -> None:
    claims = {"vct": "urn:eudi:elm:1", "elm": {**edc(), "validUntil": "some day"}}
    assert verdict(issue(claims).data, CheckName.FORMAT) == "failed FORMAT_FAILURE"
    claims["elm"] = {**edc(), "validUntil": "2024-06-01T00:00:00Z"}
    assert read(issue(claims).data).valid_until == datetime(2024, 6, 1, tzinfo=UTC)


def test_status_entries_inside_count() -> None:
    entry = {"id": "x", "type": "BitstringStatusListEntry", "statusListCredential": "https://l"}
    claims = {"vct": "urn:eudi:elm:1", "elm": {**edc(), "credentialStatus": entry}}
    claims["status"] = {"status_list": {"idx": 1, "uri": "https://x.example"}}
    kinds = [item.type for item in read(issue(claims).data).status]
    assert kinds == ["status_list", "BitstringStatusListEntry"]


# ---- names of types -----------------------------------------------------------------------------


def vctm(*documents: Any) -> dict[str, Any]:
    return {"vctm": [base64url(json.dumps(document).encode()) for document in documents]}


def title(vct: str, header: dict[str, Any]) -> Text | None:
    return read(issue({"vct": vct}, header=header).data).title


@pytest.mark.parametrize(
    ("vct", "expected"),
    [
        ("urn:eudi:pid:1", "Person identification data"),
        ("urn:eudi:pid:de:1", "Person identification data"),
        ("urn:eudi:diploma:1", "Diploma"),
        ("https://x.example/types/parking", "https://x.example/types/parking"),
    ],
)
def test_a_type_has_a_name(vct: str, expected: str) -> None:
    found = title(vct, {})
    assert found is not None
    assert found.best() == expected


def test_the_issuers_own_metadata_name_it_in_every_language() -> None:
    display = [{"lang": "en-US", "name": "Parking"}, {"locale": "pl", "name": "Parkowanie"}, {}]
    document = {"vct": "urn:x:1", "name": "P", "display": display}
    assert title("urn:x:1", vctm(document)) == Text((("en-US", "Parking"), ("pl", "Parkowanie")))
    assert title("urn:x:1", vctm({"vct": "urn:x:1", "name": "P"})) == Text.plain("P")


@pytest.mark.parametrize("name", ["diploma", "elm", "microcredential"])
def test_the_published_metadata(name: str) -> None:
    document = json.loads(shared("samples", "sd-jwt", f"vctm_{name}.json").read_text())
    assert title(document["vct"], vctm(document)) == Text.plain(document["name"], "en-US")


@pytest.mark.parametrize(
    "header",
    [
        {"vctm": "x"},
        {"vctm": 5},
        {"vctm": ["e30="]},
        vctm([]),
        vctm({"vct": "urn:other:1", "name": "Other"}),
        vctm({"vct": "urn:x:1"}),
        vctm({"vct": "urn:x:1", "display": [{"name": 5}]}),
        vctm({"vct": "urn:x:1", "name": "x" * type_metadata.LIMITS.size}),
    ],
)
def test_metadata_that_say_nothing_are_passed_over(header: dict[str, Any]) -> None:
    if len(json.dumps(header)) < 60_000:
        assert title("urn:x:1", header) == Text.plain("urn:x:1")
    else:
        assert type_metadata.stated_name(header, "urn:x:1") is None


def test_metadata_are_limited() -> None:
    right = {"vct": "urn:x:1", "name": "P"}
    others = [{"vct": f"urn:other:{n}"} for n in range(type_metadata.MAX_DOCUMENTS)]
    assert type_metadata.stated_name(vctm(*others[1:], right), "urn:x:1") == Text.plain("P")
    assert type_metadata.stated_name(vctm(*others, right), "urn:x:1") is None
    room = type_metadata.LIMITS.size - len(json.dumps({**right, "padding": ""}))
    for padding, expected in ((room, Text.plain("P")), (room + 1, None)):
        header = vctm({**right, "padding": "x" * padding})
        assert type_metadata.stated_name(header, "urn:x:1") == expected


def test_other_types_have_no_achievements() -> None:
    credential = read(issue().data)
    assert credential.achievements == ()
    assert credential.subject_ids == ()
    assert read(issue({"sub": "did:example:1", "jti": "urn:uuid:1"}).data).id == "urn:uuid:1"
    assert credential.issuer is not None
    assert credential.issuer.identifiers == (ISSUER.did_key,)
    assert formats.read(credential.raw) == credential


def test_ects_are_those_that_are_stated() -> None:
    plain = read(specimen(Form.OPEN_BADGE)).achievements[0].elements.workload
    assert plain is not None
    claims = {
        "vct": "urn:eudi:micro_credential:1",
        "credentialSubject": badge()["credentialSubject"],
    }
    claims["credentialSubject"]["achievement"]["ECTS"] = "2.5"
    workload = read(issue(claims).data).achievements[0].elements.workload
    assert workload is not None
    assert workload.ects == Decimal("2.5")
