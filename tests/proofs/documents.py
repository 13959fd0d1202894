"""A small badge to be changed in one way, and the contexts that it needs."""

import copy
from collections.abc import Callable
from typing import Any

from wallet.proofs.contexts import Contexts

CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS = Contexts.bundled()

Change = Callable[[dict[str, Any]], object]

_BADGE: dict[str, Any] = {
    "@context": [CREDENTIALS, BADGES],
    "id": "urn:uuid:4a2e4c3f-0000-4000-8000-000000000001",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": "https://example.edu", "type": ["Profile"], "name": "Example University"},
    "name": "Climate data",
    "validFrom": "2026-01-01T00:00:00Z",
    "validUntil": "2030-01-01T00:00:00Z",
    "credentialStatus": {
        "id": "https://example.edu/status#5",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": "5",
        "statusListCredential": "https://example.edu/status",
    },
    "credentialSubject": {
        "id": "did:example:learner",
        "type": ["AchievementSubject"],
        "achievement": {
            "id": "https://example.edu/achievements/1",
            "type": ["Achievement"],
            "name": "Climate data",
            "description": "Reading climate data.",
            "criteria": {"narrative": "Pass the examination."},
            "creditsAvailable": 2.5,
            "tag": ["climate", "data"],
        },
    },
}


def badge(change: Change | None = None) -> dict[str, Any]:
    """Make a badge, changed by a function that may return nothing."""
    document = copy.deepcopy(_BADGE)
    if change is not None:
        change(document)
    return document


def put(*path: str | int, value: Any) -> Change:
    """Make a change that sets the member at a path."""

    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value

    return change


def rename(*path: str, name: str) -> Change:
    """Make a change that moves a member to another name in the same object."""

    def change(document: dict[str, Any]) -> None:
        place: Any = document
        for step in path[:-1]:
            place = place[step]
        place[name] = place.pop(path[-1])

    return change
