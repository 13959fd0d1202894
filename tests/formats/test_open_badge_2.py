"""Open Badges 2.0: what an assertion says, whether it is signed, and whose key that is."""

import json
import random
from copy import deepcopy
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuer.defects import Defect
from tests.issuer.open_badges_2 import (
    Links,
    badge_class,
    badger,
    hosted_assertion,
    issuer_profile,
    key_document,
    signed_assertion,
    supplied,
)
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.subjects import NOW
from tests.issuer.universities import CHALMERS
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.credential import Credential, Element, Format
from wallet.model.verification import Check, CheckName, Outcome, VerificationReport
from wallet.texts import use, verdicts
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify, verify_with_parts

WHO = badger()
COURSE = BADGE_AWARD.course
KEY = supplied(key_document(WHO))
BADGE = supplied(badge_class(WHO, COURSE))
ISSUER = supplied(issuer_profile(WHO))
KEY_SUPPLIED = "passed KEY_SUPPLIED"
UNAUTHENTICATED = "indeterminate ISSUER_NOT_AUTHENTICATED"
NO_KEY = "indeterminate NO_SIGNING_KEY_FOUND"


def read(data: bytes) -> Credential:
    credential = formats.read(data)
    assert credential is not None
    assert credential.format is Format.OPEN_BADGE_2
    return credential


def trusting(*files: bytes) -> TrustStore:
    trust = TrustStore.empty()
    for index, data in enumerate(files):
        trust = trust.with_file(data, f"file {index}", NOW)
    return trust


def report(data: bytes, *files: bytes) -> VerificationReport:
    return verify(read(data), trusting(*files), NOW)


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


def checks(data: bytes, *files: bytes) -> tuple[str, str, str]:
    """Format, proof and issuer."""
    found = report(data, *files).checks[:3]
    return said(found[0]), said(found[1]), said(found[2])


# ---- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [signed_assertion, hosted_assertion])
def test_an_assertion_with_everything_inside_reads_in_full(made: Any) -> None:
    credential = read(made(WHO, BADGE_AWARD))
    (achievement,) = credential.achievements
    elements = achievement.elements
    assert credential.title is not None
    assert credential.title.best() == COURSE.title["en"]
    assert credential.issuer is not None
    assert credential.issuer.label == CHALMERS.label
    assert credential.awarding_bodies == (credential.issuer,)
    assert elements.issued == credential.issued == BADGE_AWARD.issued
    assert elements.learner is not None
    assert elements.learner.name is None
    assert elements.learner.identifiers[0].startswith("sha256$")
    assert elements.workload is not None
    assert elements.workload.ects == Decimal(COURSE.ects or 0)
    assert elements.level is not None
    assert elements.level.eqf == COURSE.eqf
    assert achievement.identifiers == (WHO.at("badge"),)
    assert set(achievement.esco) == {s.uri for o in COURSE.outcomes for s in o.skills}
    assert [text.best() for text in elements.further_information][-1] == "A report of twelve pages."
    stated = set(elements.stated())
    assert {Element.LEARNING_OUTCOMES, Element.AWARDING_BODY, Element.PREREQUISITES} <= stated


def test_how_it_is_secured() -> None:
    assert read(signed_assertion(WHO, BADGE_AWARD)).securing == "jwt"
    assert read(hosted_assertion(WHO, BADGE_AWARD)).securing == "hosted"
    unsigned = signed_assertion(WHO, BADGE_AWARD, defect=Defect.MISSING_PROOF)
    assert read(unsigned).securing == "none"


def test_what_is_only_linked_is_not_stated() -> None:
    credential = read(signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED))
    (achievement,) = credential.achievements
    assert credential.title is None
    assert credential.issuer is None
    assert achievement.identifiers == (WHO.at("badge"),)
    assert achievement.elements.title is None
    assert achievement.elements.issued == BADGE_AWARD.issued
    named = read(signed_assertion(WHO, BADGE_AWARD, links=Links.BADGE_INLINE)).issuer
    assert named is not None
    assert (named.name, named.identifiers) == (None, (WHO.at("issuer"),))


@pytest.mark.parametrize("links", Links)
@pytest.mark.parametrize("made", [signed_assertion, hosted_assertion])
def test_supplied_documents_are_put_where_they_are_linked(made: Any, links: Links) -> None:
    whole = read(made(WHO, BADGE_AWARD, links=Links.INLINE))
    linked = read(made(WHO, BADGE_AWARD, links=links))
    found = formats.resolved(linked, trusting(BADGE, ISSUER))
    assert (found.raw, found.document, found.id) == (linked.raw, linked.document, linked.id)
    assert found.title == whole.title
    assert found.issuer == whole.issuer
    assert found.achievements == whole.achievements
    assert formats.resolved(found, trusting(BADGE, ISSUER)) == found
    (_, shown, _), *_ = verify_with_parts(linked, trusting(BADGE, ISSUER), NOW)
    assert shown == found


def test_what_was_signed_goes_before_what_was_supplied() -> None:
    other = supplied(badge_class(WHO, COURSE) | {"name": "Another name"})
    own = read(signed_assertion(WHO, BADGE_AWARD, links=Links.BADGE_INLINE))
    assert formats.resolved(own, trusting(other, ISSUER)).title == own.title
    linked = read(signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED))
    title = formats.resolved(linked, trusting(other)).title
    assert title is not None
    assert title.best() == "Another name"


def test_a_document_of_the_wrong_kind_is_not_put_in() -> None:
    swapped = [badge_class(WHO, COURSE), issuer_profile(WHO)]
    swapped[0]["id"], swapped[1]["id"] = swapped[1]["id"], swapped[0]["id"]
    linked = read(signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED))
    assert formats.resolved(linked, trusting(*map(supplied, swapped))) == linked


def test_other_formats_are_left_as_they_are() -> None:
    badge = formats.read(b'{"type": ["VerifiableCredential"], "credentialSubject": {"id": "a:b"}}')
    assert badge is not None
    assert formats.resolved(badge, trusting(BADGE, ISSUER)) is badge


CLEAR = {"type": "email", "hashed": False, "identity": "hanna@learners.example"}


def test_the_recipient_may_be_in_clear_and_named() -> None:
    profile = {"type": ["Extension", "extensions:RecipientProfile"], "name": "Hanna Example"}
    changes: dict[str, Any] = {"recipient": CLEAR, "extensions:recipientProfile": profile}
    learner = read(hosted_assertion(WHO, BADGE_AWARD, **changes)).achievements[0].elements.learner
    assert learner is not None
    assert learner.name == "Hanna Example"
    assert learner.identifiers == ("hanna@learners.example",)


def test_a_hashed_name_is_no_name() -> None:
    for hashed in (True, "true"):
        recipient = {"type": "name", "hashed": hashed, "identity": "md5$0123"}
        found = read(hosted_assertion(WHO, BADGE_AWARD, recipient=recipient)).achievements[0]
        assert found.elements.learner is not None
        assert found.elements.learner.name is None


def test_a_badge_class_in_another_language_says_so() -> None:
    badge = badge_class(WHO, COURSE) | {"@language": "es", "name": "Insignia"}
    credential = read(hosted_assertion(WHO, BADGE_AWARD, badge=badge))
    assert credential.languages == ("es",)


def test_alignments_of_version_1_and_plain_addresses_read() -> None:
    badge = badge_class(WHO, COURSE) | {
        "criteria": "https://badges.chalmers.example/criteria",
        "alignment": [
            {"name": "Reading data", "url": "http://data.europa.eu/esco/skill/1"},
            {"targetName": "EQF 6", "targetUrl": "http://data.europa.eu/snb/eqf/6"},
        ],
        "extensions:EQFExtension": None,
        "extensions:StudyLoadExtension": {"StudyLoad": 140},
        "extensions:EducationProgramIdentifierExtension": {"EducationProgramIdentifier": "0521"},
        "extensions:LearningOutcomeExtension": {"LearningOutcome": "Reads data."},
    }
    evidence = ["https://badges.chalmers.example/a", {"narrative": "b"}]
    (found,) = read(hosted_assertion(WHO, BADGE_AWARD, badge=badge, evidence=evidence)).achievements
    assert found.esco == ("http://data.europa.eu/esco/skill/1",)
    assert found.elements.level is not None
    assert found.elements.level.eqf == 6
    assert found.elements.workload is not None
    assert found.elements.workload.hours == "140"
    assert found.isced == ("0521",)
    outcomes = [o.text.best() for o in found.elements.learning_outcomes if o.text is not None]
    assert outcomes == ["Reading data", "Reads data."]
    further = [text.best() for text in found.elements.further_information]
    assert further[-2:] == ["https://badges.chalmers.example/a", "b"]


# ---- recognition and structure ------------------------------------------------------------------

OLDER: dict[str, Any] = {
    "uid": "f2c20",
    "recipient": {"type": "email", "hashed": True, "identity": "sha256$c7ef"},
    "badge": "https://badges.chalmers.example/badge.json",
    "verify": {"type": "hosted", "url": "https://badges.chalmers.example/a.json"},
    "issuedOn": "2013-06-01",
}


def test_version_1_has_no_context_type_or_id() -> None:
    credential = read(json.dumps(OLDER).encode())
    assert credential.securing == "hosted"
    assert credential.id == "https://badges.chalmers.example/a.json"
    assert checks(json.dumps(OLDER).encode())[:2] == ("passed", NO_KEY)


@pytest.mark.parametrize(
    "context",
    [
        "https://w3id.org/openbadges/v2",
        "https://w3id.org/openbadges/v1",
        ["https://w3id.org/openbadges/v2", "https://example.org/extension"],
    ],
)
@pytest.mark.parametrize("kind", ["Assertion", ["Assertion"], ["Assertion", "extensions:X"]])
def test_contexts_and_types_may_be_many(context: Any, kind: Any) -> None:
    data = hosted_assertion(WHO, BADGE_AWARD, **{"@context": context, "type": kind})
    assert checks(data)[0] == "passed"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"@context": "https://w3id.org/openbadges/invalid"}, "failed FORMAT_FAILURE"),
        ({"@context": None}, "failed FORMAT_FAILURE"),
        ({"@context": {"Assertion": "https://w3id.org/openbadges#Assertion"}}, "passed remarks"),
        ({"type": "OtherAssertion"}, "failed FORMAT_FAILURE"),
        ({"type": None}, "passed remarks"),
        ({"id": None}, "passed remarks"),
        ({"id": "a"}, "passed remarks"),
        ({"id": "urn:uuid:1"}, "failed FORMAT_FAILURE"),
        ({"recipient": None}, "failed FORMAT_FAILURE"),
        ({"recipient": 7}, "failed FORMAT_FAILURE"),
        ({"badge": None}, "failed FORMAT_FAILURE"),
        ({"badge": []}, "failed FORMAT_FAILURE"),
        ({"issuedOn": None}, "failed FORMAT_FAILURE"),
        ({"issuedOn": "yesterday"}, "failed FORMAT_FAILURE"),
        ({"expires": "never"}, "failed FORMAT_FAILURE"),
        ({"expires": "2001-01-01T00:00:00Z"}, "failed FORMAT_FAILURE"),
        ({"expires": "2030-01-01"}, "passed"),
    ],
)
def test_what_is_missing_or_wrong_is_the_format_check(changes: Any, expected: str) -> None:
    found = checks(hosted_assertion(WHO, BADGE_AWARD, **changes))[0]
    if "id" in changes:
        # A hosted assertion that has no address lies outside its issuer's host, too.
        assert found in {"failed FORMAT_FAILURE"}
        data = signed_assertion(WHO, BADGE_AWARD, **changes)
        found = checks(data, KEY)[0]
        expected = "passed" if changes["id"] == "urn:uuid:1" else expected
    assert found == expected.replace("remarks", "SCHEMA_REMARKS")


@pytest.mark.parametrize(
    "document",
    [
        {"type": "Assertion"},
        {"badge": "https://a.example/b", "recipient": {}},
        {"@context": "https://w3id.org/openbadges/v2", "type": "BadgeClass", "name": "x"},
        {"@context": "https://w3id.org/openbadges/v2", "type": "CryptographicKey"},
        {"@context": "https://w3id.org/openbadges/v2", "badge": "https://a.example/b"},
    ],
)
def test_other_documents_are_no_assertion(document: dict[str, Any]) -> None:
    assert formats.read(json.dumps(document).encode()) is None


def test_a_credential_of_version_3_stays_one() -> None:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://w3id.org/openbadges/v2"],
        "type": ["VerifiableCredential", "Assertion"],
        "credentialSubject": {"id": "a:b"},
        "badge": "x",
        "recipient": {},
        "verify": {},
    }
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    assert credential.format is Format.W3C_VC


# ---- hosted -------------------------------------------------------------------------------------


def test_a_hosted_assertion_can_only_be_checked_where_it_is() -> None:
    data = hosted_assertion(WHO, BADGE_AWARD)
    assert checks(data, KEY, BADGE, ISSUER) == ("passed", NO_KEY, UNAUTHENTICATED)
    proof = report(data).check(CheckName.PROOF)
    assert proof.facts["hosted"] == read(data).id
    assert "hosted" in proof.facts
    sentence = verdicts.check(use("en"), proof)
    assert str(read(data).id) in sentence
    assert "key" not in sentence


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ({}, "passed"),
        ({"allowedOrigins": "badges.chalmers.example"}, "passed"),
        ({"allowedOrigins": ["a.example", "https://badges.chalmers.example"]}, "passed"),
        ({"allowedOrigins": ["a.example"]}, "failed FORMAT_FAILURE"),
        ({"startsWith": "https://badges.chalmers.example/assertions/"}, "passed"),
        ({"startsWith": "https://badges.chalmers.example/not"}, "failed FORMAT_FAILURE"),
        ({"startsWith": ["https://a.example", "https://badges.chalmers"]}, "passed"),
        (
            {"startsWith": "https://badges", "allowedOrigins": "a.example"},
            "failed FORMAT_FAILURE",
        ),
    ],
)
def test_a_hosted_assertion_lies_where_its_issuer_hosts(policy: Any, expected: str) -> None:
    profile = supplied(issuer_profile(WHO) | {"verification": policy})
    linked = hosted_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    assert checks(linked)[0] == "passed"
    assert checks(linked, BADGE, profile)[0] == expected
    signed = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    assert checks(signed, KEY, BADGE, profile)[0] == "passed"


def test_without_a_policy_the_issuers_host_is_the_only_one() -> None:
    elsewhere = hosted_assertion(WHO, BADGE_AWARD, id="https://elsewhere.example/1")
    assert checks(elsewhere)[0] == "failed FORMAT_FAILURE"


def test_what_says_that_it_is_signed_and_is_not_is_unsigned() -> None:
    data = signed_assertion(WHO, BADGE_AWARD, defect=Defect.MISSING_PROOF)
    assert checks(data, KEY) == ("passed", "failed NO_SIGNATURE_FOUND", "not_checked PROOF_FAILED")
    nothing = hosted_assertion(WHO, BADGE_AWARD, verification=None)
    assert checks(nothing)[:2] == ("failed FORMAT_FAILURE", "failed NO_SIGNATURE_FOUND")


# ---- any bytes ----------------------------------------------------------------------------------

JUNK: list[Any] = [
    None, True, 0, -1, 10**30, "", "x", "\u0000", [], {}, [[]], [None], {"id": 3}, {"type": 7},
    "https://a.example", ["a", {"a": "b"}], {"id": "https://[", "name": []}, {"publicKeyPem": "x"},
    [{"id": "https://badges.chalmers.example/key.json", "publicKeyPem": "x"}], {"hashed": []},
]  # fmt: skip
TRUST = trusting(KEY, BADGE, ISSUER)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        found += [(value, name) for name in value]
    elif isinstance(value, list):
        found += [(value, index) for index in range(len(value))]
    for container, key in list(found):
        found += places(container[key])
    return found


@pytest.mark.parametrize("links", Links)
@given(
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(JUNK)), max_size=4),
    signed=st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_values_of_any_type_are_read_or_refused(
    links: Links, changes: list[tuple[int, Any]], signed: bool
) -> None:
    document = json.loads(hosted_assertion(WHO, BADGE_AWARD, links=links))
    document["verification"] = {"type": "SignedBadge", "creator": [{"id": WHO.at("key")}]}
    document["expires"], document["uid"] = "2040-01-01", "u"
    for number, junk in changes:
        spots = places(document)
        container, key = spots[number % len(spots)]
        container[key] = deepcopy(junk)
    if signed:
        data = signed_assertion(WHO, BADGE_AWARD, **document)
    else:
        data = json.dumps(document).encode()
    credential = formats.read(data)
    if credential is not None:
        assert formats.read(credential.raw) == credential
        verify_with_parts(credential, TRUST, NOW)


@given(seed=st.integers(0, 2**32))
@settings(max_examples=150, deadline=None)
def test_mutated_tokens_raise_only_one_error_and_never_pass(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    whole = signed_assertion(WHO, BADGE_AWARD)
    data = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place] = chance.choice(b"ABCxyz019-_.~=")
        else:
            del data[place : place + chance.randint(1, 9)]
    if bytes(data) == whole:
        return
    try:
        credential = formats.read(bytes(data))
    except MalformedCredential:
        return
    if credential is not None:
        found = verify(credential, TRUST, NOW)
        assert found.check(CheckName.PROOF).outcome is not Outcome.PASSED
