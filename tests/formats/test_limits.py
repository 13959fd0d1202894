"""What foreign bytes can ask for has an end: just under it reads, just over it is refused."""

import json
import time
from contextlib import suppress
from typing import Any

import pytest

from wallet import formats
from wallet.errors import MalformedCredential, TooLarge
from wallet.formats.badge_elements import MAX_ACHIEVEMENTS, MAX_LISTED
from wallet.formats.elm import MAX_CLAIMS
from wallet.formats.values import MAX_IDENTIFIERS
from wallet.model.credential import Credential

BADGE = ["VerifiableCredential", "OpenBadgeCredential"]
EDC = ["VerifiableCredential", "EuropeanDigitalCredential"]


def read(types: list[str], subject: dict[str, Any], **members: Any) -> Credential:
    document = {"type": types, "credentialSubject": subject, **members}
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    return credential


def test_achievements_of_a_badge() -> None:
    item = {"name": "x"}
    under = read(BADGE, {"achievement": [item] * MAX_ACHIEVEMENTS})
    assert len(under.achievements) == MAX_ACHIEVEMENTS
    with pytest.raises(TooLarge):
        read(BADGE, {"achievement": [item] * (MAX_ACHIEVEMENTS + 1)})


def test_claims_of_a_european_credential() -> None:
    item = {"type": "LearningAchievement"}
    under = read(EDC, {"hasClaim": [item] * MAX_CLAIMS})
    assert len(under.achievements) == MAX_CLAIMS
    with pytest.raises(TooLarge):
        read(EDC, {"hasClaim": [item] * (MAX_CLAIMS + 1)})


def test_identifiers_of_somebody_are_listed_to_a_limit() -> None:
    names = [f"id {index}" for index in range(MAX_IDENTIFIERS + 5)]
    (found,) = read(
        EDC, {"identifier": names, "hasClaim": {"type": "LearningAchievement"}}
    ).achievements
    assert found.elements.learner is not None
    assert found.elements.learner.identifiers == tuple(names[:MAX_IDENTIFIERS])


def test_evidence_is_listed_to_a_limit() -> None:
    evidence = [{"name": f"piece {index}"} for index in range(MAX_LISTED + 5)]
    (found,) = read(BADGE, {"achievement": {"name": "x"}}, evidence=evidence).achievements
    assert len(found.elements.further_information) == MAX_LISTED


HOSTILE = {
    "quotes without end": b'{"a": "' + b'\\"' * 3_000_000,
    "backslashes": b'{"a": "' + b"\\" * 6_000_000,
    "members": b'{"a": [' + b"0," * 2_000_000,
    "texts in one language": json.dumps(
        {"type": EDC, "displayParameter": {"title": {"en": [str(n) for n in range(150_000)]}}}
    ).encode(),
    "subjects with endorsements": json.dumps(
        {
            "type": BADGE,
            "credentialSubject": [{"id": "x"}] * 50_000,
            "endorsement": [{"name": str(n)} for n in range(15_000)],
        }
    ).encode(),
    "one learner of many claims": json.dumps(
        {
            "type": EDC,
            "credentialSubject": {
                "identifier": [str(n) for n in range(50_000)],
                "hasClaim": [{"type": "LearningAchievement"}] * MAX_CLAIMS,
            },
        }
    ).encode(),
    "dots": b"eyJhbGciOiJFUzI1NiJ9" + b"." * 5_000_000,
    "tildes": b"eyJhbGciOiJFUzI1NiJ9.e30.AA" + b"~" * 5_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reading_a_hostile_file_ends_in_time(name: str) -> None:
    start = time.monotonic()
    with suppress(MalformedCredential):
        formats.read(HOSTILE[name])
    assert time.monotonic() - start < 5
