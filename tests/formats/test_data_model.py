"""Structure of the W3C data model: parsed but wrong is a failed format, not a refusal."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from wallet import formats
from wallet.errors import TooLarge
from wallet.formats.data_model import MAX_STATUS_ENTRIES, V1, V2
from wallet.model.credential import Credential
from wallet.model.verification import CheckName, Outcome, Reason
from wallet.trust.anchors import TrustStore

AT = datetime(2024, 10, 15, tzinfo=UTC)
GONE: object = ...


def document(version: int = 2, **members: Any) -> dict[str, Any]:
    start = {"validFrom": "2024-01-01T00:00:00Z"}
    found: dict[str, Any] = {
        "@context": [V2 if version == 2 else V1],
        "id": "urn:uuid:1",
        "type": ["VerifiableCredential"],
        "issuer": "did:key:zExample",
        **(start if version == 2 else {"issuanceDate": "2024-01-01T00:00:00Z"}),
        "credentialSubject": {"id": "did:key:zHolder"},
        **{name.replace("at_", "@"): value for name, value in members.items()},
    }
    return {name: value for name, value in found.items() if value is not GONE}


def read(value: dict[str, Any]) -> Credential:
    credential = formats.read(json.dumps(value).encode())
    assert credential is not None
    return credential


def test_a_sound_document_has_no_defects() -> None:
    for version in (1, 2):
        credential = read(document(version))
        assert credential.defects == ()
        assert credential.valid_from == datetime(2024, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "members"),
    [
        (2, {"at_context": ["https://x.example", V2]}),
        (2, {"at_context": V2, "type": ["Something"]}),
        (2, {"issuer": GONE}),
        (2, {"issuer": 7}),
        (2, {"issuer": {"name": "x"}}),
        (2, {"issuer": "no scheme"}),
        (2, {"issuer": ["did:key:zA"]}),
        (2, {"credentialSubject": GONE}),
        (2, {"credentialSubject": "did:key:zHolder"}),
        (2, {"credentialSubject": []}),
        (2, {"credentialSubject": [{}]}),
        (2, {"id": 7}),
        (2, {"id": "no scheme"}),
        (2, {"id": ["urn:a", "urn:b"]}),
        (2, {"validFrom": "soon"}),
        (2, {"validUntil": "2024-13-01"}),
        (2, {"validUntil": 7}),
        (2, {"validUntil": "2023-01-01T00:00:00Z"}),
        (2, {"credentialStatus": "x"}),
        (2, {"credentialStatus": {"id": "urn:x"}}),
        (1, {"issuanceDate": GONE}),
        (1, {"expirationDate": "never"}),
    ],
)
def test_what_is_missing_or_of_another_kind_fails_the_format(
    version: int, members: dict[str, Any]
) -> None:
    credential = read(document(version, **members))
    check = formats.check_proof(credential, TrustStore.empty(), AT)[0]
    assert check.name is CheckName.FORMAT
    assert (check.outcome, check.reason) == (Outcome.FAILED, Reason.FORMAT_FAILURE)
    assert check.facts["what"]


@pytest.mark.parametrize("text", ["2024-01-01T00:00:00", "2024-01-01T00:00:00.5"])
def test_a_time_without_zone_means_utc_and_is_a_remark(text: str) -> None:
    credential = read(document(validFrom=text))
    check = formats.check_proof(credential, TrustStore.empty(), AT)[0]
    assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.SCHEMA_REMARKS)


def test_the_worst_defect_decides() -> None:
    text = json.dumps(document(validFrom="2024-01-01T00:00:00", id=7))
    credential = formats.read(text.replace("{", '{"a": 1, "a": 2, ', 1).encode())
    assert credential is not None
    check = formats.check_proof(credential, TrustStore.empty(), AT)[0]
    assert check.reason is Reason.DUPLICATE_KEY
    assert check.facts == {"what": "a", "where": "/a", "count": "3"}


def test_the_latest_start_and_the_earliest_end_count() -> None:
    credential = read(
        document(
            1,
            issuanceDate="2024-02-01T00:00:00Z",
            validFrom="2024-03-01T00:00:00Z",
            expirationDate="2025-01-01T00:00:00Z",
            validUntil="2026-01-01T00:00:00Z",
        )
    )
    assert credential.valid_from == datetime(2024, 3, 1, tzinfo=UTC)
    assert credential.valid_until == datetime(2025, 1, 1, tzinfo=UTC)


def test_too_many_status_entries_are_refused() -> None:
    entry = {"id": "urn:x", "type": "BitstringStatusListEntry"}
    assert len(read(document(credentialStatus=[entry] * MAX_STATUS_ENTRIES)).status) == 32
    with pytest.raises(TooLarge):
        read(document(credentialStatus=[entry] * (MAX_STATUS_ENTRIES + 1)))


def test_respelled_members_read_as_not_stated() -> None:
    spelled = {"https://www.w3.org/2018/credentials#validUntil": "2024-01-02T00:00:00Z"}
    assert read({**document(), **spelled}).valid_until is None
