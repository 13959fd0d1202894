"""The data model's statements about single members: refused where a verifier must, else accepted.

Every case is read as plain JSON: what the rules say needs neither a proof nor a vocabulary.
"""

import json
from typing import Any

import pytest

from tests.formats.test_data_model import AT, GONE, document, read
from wallet import formats
from wallet.formats.conformance import MAX_BROKEN, broken_members, is_url
from wallet.formats.data_model import V1, V2
from wallet.model.verification import Outcome, Reason
from wallet.trust.anchors import TrustStore

EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
DIGEST = {"id": "https://example.edu/logo", "digestMultibase": "uEiBZlVztZpfWHgPyslVv6"}
ENTRY = {"id": "https://example.edu/more", "type": "Kind"}
TYPED = ("credentialStatus", "credentialSchema", "refreshService", "termsOfUse", "evidence")
ENGLISH = {"@value": "Climate", "@language": "en"}


def outcome(version: int, members: dict[str, Any]) -> tuple[Outcome, Reason | None]:
    credential = read(document(version, **members))
    check = formats.check_proof(credential, TrustStore.empty(), AT)[0]
    return check.outcome, check.reason


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in ENTRY.items() if key != name}


_NOT_IDS: tuple[Any, ...] = (None, 3, "no address", "urn:a b", "urn:a\n", ["urn:a"], {})

ACCEPTED: list[dict[str, Any]] = [
    {"id": GONE},
    {"id": "urn:uuid:1"},
    {"credentialSubject": {"name": "without an id"}},
    {"credentialSubject": [{"id": "did:a:1"}, {"id": "did:a:2"}]},
    {"type": "VerifiableCredential"},
    {"type": ["https://example.edu/#Course", "VerifiableCredential"]},
    {"at_context": V2},
    {"at_context": [V2, EXAMPLES, {"@vocab": "https://example.edu/#"}]},
    {"issuer": {"id": "did:key:zExample", "name": [ENGLISH, {**ENGLISH, "@language": "pl"}]}},
    {"validFrom": GONE},
    {"validFrom": "2024-01-01T00:00:00.123Z"},
    {"validFrom": "2024-01-01T00:00:00-14:00"},
    {"validFrom": "2016-12-31T23:59:60Z"},
    {"validFrom": "2024-05-01T00:00:00Z", "validUntil": "2024-05-01T00:00:00Z"},
    {"name": "Climate", "description": ENGLISH},
    {"name": {**ENGLISH, "@direction": "rtl"}},
    {"name": {"@value": "Climate"}},
    {"relatedResource": DIGEST},
    {"relatedResource": [DIGEST, {"id": "https://example.edu/2", "digestSRI": ["sha384-AAAA"]}]},
    *({name: ENTRY} for name in TYPED),
    *({name: [ENTRY, {**ENTRY, "type": ["Kind", "Other"]}]} for name in TYPED),
    *({name: without("id")} for name in TYPED if name != "credentialSchema"),
]

REFUSED: list[dict[str, Any]] = [
    *({"id": value} for value in _NOT_IDS),
    *({"credentialSubject": {"id": value}} for value in (None, 3, "nobody", ["did:a:1"])),
    *({"type": value} for value in (GONE, None, [], ["Other"], ["VerifiableCredential", 3])),
    *({"at_context": value} for value in (GONE, [], {}, [EXAMPLES, V2], [V2, 3], [V2, V1])),
    {"at_context": [V2, "https ://example.edu/context"]},
    *({"issuer": value} for value in (None, "nobody", "urn:a b", {"id": None}, {"id": ["did:a"]})),
    *(
        {name: value}
        for name in ("validFrom", "validUntil")
        for value in (None, 5, ["2024-01-01T00:00:00Z"], "Sat 25 Feb 2023 07:16:31 PM CST")
    ),
    *(
        {"validFrom": value}
        for value in (
            "2024-01-01",
            "2024-01-01T00:00Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01t00:00:00z",
            "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00+0100",
            "2024-01-01T00:00:00+15:00",
            "2024-02-30T00:00:00Z",
            " 2024-01-01T00:00:00Z",
        )
    ),
    *(
        {name: value}
        for name in ("name", "description")
        for value in (
            None,
            5,
            {"en": "Climate"},
            {**ENGLISH, "url": "did:a:1"},
            {"@value": 5},
            {**ENGLISH, "@language": "not a tag"},
            {**ENGLISH, "@language": 5},
            {**ENGLISH, "@direction": "up"},
            [ENGLISH, 5],
        )
    ),
    {"issuer": {"id": "did:key:zExample", "name": {**ENGLISH, "url": "did:a:1"}}},
    *(
        {name: value}
        for name in TYPED
        for value in (
            "text",
            without("type"),
            {**ENTRY, "type": 2},
            {**ENTRY, "type": []},
            {**ENTRY, "id": "nowhere"},
            {**ENTRY, "id": ["https://example.edu/1", "https://example.edu/2"]},
            [ENTRY, without("type")],
        )
    ),
    {"credentialSchema": without("id")},
    *(
        {"relatedResource": value}
        for value in (
            "https://example.edu/logo",
            {"id": "https://example.edu/logo"},
            {"digestMultibase": "uAAA"},
            {**DIGEST, "id": ["https://example.edu/logo"]},
            {"id": "https://example.edu/logo", "digestSRI": {}},
            {"id": "https://example.edu/logo", "digestSRI": []},
            [DIGEST, DIGEST],
        )
    ),
]


@pytest.mark.parametrize("members", ACCEPTED, ids=repr)
def test_what_a_verifier_must_accept(members: dict[str, Any]) -> None:
    assert outcome(2, members) == (Outcome.PASSED, None)


@pytest.mark.parametrize("members", REFUSED, ids=repr)
def test_what_a_verifier_must_refuse(members: dict[str, Any]) -> None:
    assert outcome(2, members) == (Outcome.FAILED, Reason.FORMAT_FAILURE)


@pytest.mark.parametrize(
    "members",
    [
        {"id": None},
        {"issuanceDate": "2024-01-01"},
        {"expirationDate": None},
        {"credentialSchema": without("type")},
        {"evidence": without("type")},
        {"refreshService": "text"},
        {"at_context": [V1, V2]},
    ],
    ids=repr,
)
def test_version_1_refuses_the_same(members: dict[str, Any]) -> None:
    assert outcome(1, members) == (Outcome.FAILED, Reason.FORMAT_FAILURE)


def test_what_version_1_leaves_open() -> None:
    assert outcome(1, {"credentialSubject": {}}) == (Outcome.PASSED, Reason.SCHEMA_REMARKS)
    assert outcome(1, {"at_context": [V1, "https://example.edu/a b"]}) == (Outcome.PASSED, None)
    assert outcome(1, {"at_context": [V1, 3]}) == (Outcome.FAILED, Reason.FORMAT_FAILURE)


def test_version_1_knows_no_texts_and_no_related_resources() -> None:
    assert outcome(1, {"name": {"en": "Climate"}, "relatedResource": "x"}) == (Outcome.PASSED, None)


@pytest.mark.parametrize(
    "members",
    [
        {"id": "nowhere"},
        {"id": None},
        {"holder": {"name": "without an id"}},
        {"holder": None},
        {"verifiableCredential": "eyJhbGciOiJub25lIn0.e30."},
        {"verifiableCredential": None},
        {"termsOfUse": {"id": "urn:x"}},
    ],
    ids=repr,
)
def test_what_is_refused_of_a_presentation(members: dict[str, Any]) -> None:
    shown = {"@context": [V2], "type": ["VerifiablePresentation"], "holder": "did:a:1"}
    credential = formats.read(json.dumps(shown | members).encode())
    assert credential is not None
    check = formats.check_proof(credential, TrustStore.empty(), AT)[0]
    assert (check.outcome, check.reason) == (Outcome.FAILED, Reason.FORMAT_FAILURE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.edu/?a=b#c", True),
        ("did:key:zAbc", True),
        ("mailto:a@example.edu", True),
        ("https://example.edu/ü", True),
        ("//example.edu", False),
        ("1a:b", False),
        ("urn:", False),
        ("https://example.edu/<x>", False),
    ],
)
def test_addresses(text: str, expected: bool) -> None:
    assert is_url(text) is expected


def test_broken_members_are_named_to_a_limit() -> None:
    for count in (MAX_BROKEN - 1, MAX_BROKEN, MAX_BROKEN + 1):
        found = list(broken_members(document(evidence=[{}] * count), 2))
        assert len(found) == min(count, MAX_BROKEN)
    assert found[0] == "/evidence/0"
