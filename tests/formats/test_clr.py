"""Learner records: each credential inside is judged by itself, whatever the record is worth."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.issuer.badges import open_badge
from tests.issuer.defects import Defect
from tests.issuer.records import record, record_document, record_jwt
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.status import status_list
from tests.issuer.subjects import GOOD_INDEX, NOW, REVOKED_INDEX, StatusEntry, list_address
from tests.issuer.tokens import open_badge_jwt
from tests.issuer.universities import aachen_tokens, chalmers
from wallet import formats
from wallet.model.credential import Format
from wallet.model.verification import Check, CheckName
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify_with_parts

WHO, OTHER = chalmers(), aachen_tokens()
GOOD = open_badge(WHO, BADGE_AWARD)
TOKEN = open_badge_jwt(OTHER, BADGE_AWARD)


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


def judged(data: bytes, *files: bytes) -> dict[str, tuple[str, str, str]]:
    """Format, proof and status of the record ("") and of each part."""
    trust = TrustStore.empty()
    for given in files:
        trust = trust.with_file(given, "file", NOW)
    read = formats.read(data)
    assert read is not None
    assert read.format is Format.CLR_2
    names = (CheckName.FORMAT, CheckName.PROOF, CheckName.STATUS)
    return {
        "/".join(path): tuple(said(report.check(name)) for name in names)  # type: ignore[misc]  # three
        for path, _, report in verify_with_parts(read, trust, NOW)
    }


NO_STATUS = "not_checked NO_STATUS_STATED"
SOUND = ("passed", "passed", NO_STATUS)


@pytest.mark.parametrize("sign", [record, record_jwt])
def test_parts_of_every_kind_are_verified(sign: Any) -> None:
    whole = sign(WHO, record_document(WHO, BADGE_AWARD, GOOD, TOKEN))
    assert judged(whole) == {"": SOUND, "credential 1": SOUND, "credential 2": SOUND}


def test_a_plain_token_in_a_signed_record_is_a_part() -> None:
    document = record_document(WHO, BADGE_AWARD)
    document["credentialSubject"]["verifiableCredential"] = [TOKEN.decode()]
    assert judged(record_jwt(WHO, document)) == {"": SOUND, "credential 1": SOUND}


@pytest.mark.parametrize(
    ("defect", "expected"),
    [
        (Defect.ALTERED_PAYLOAD, "failed SIG_CRYPTO_FAILURE"),
        (Defect.WRONG_KEY, "failed SIG_CRYPTO_FAILURE"),
        (Defect.MISSING_PROOF, "failed NO_SIGNATURE_FOUND"),
    ],
)
def test_a_forged_part_in_a_sound_record_is_found(defect: Defect, expected: str) -> None:
    """Who signs a record vouches for having put it together, for nothing that others issued."""
    forged = open_badge(WHO, BADGE_AWARD, defect=defect)
    found = judged(record_jwt(WHO, record_document(WHO, BADGE_AWARD, GOOD, forged)))
    assert found[""] == found["credential 1"] == SOUND
    assert found["credential 2"][1] == expected


def test_a_sound_part_of_a_forged_record_stays_sound() -> None:
    document = record_document(WHO, BADGE_AWARD, TOKEN)
    found = judged(record(WHO, document, Defect.WRONG_KEY))
    assert found[""][1] == "failed SIG_CRYPTO_FAILURE"
    assert found["credential 1"] == SOUND


def test_each_part_has_its_own_status() -> None:
    def badge(index: int) -> bytes:
        entry = StatusEntry(list_address(WHO), index, "revocation")
        return open_badge(WHO, replace(BADGE_AWARD, status=(entry,)))

    parts = (badge(GOOD_INDEX), badge(REVOKED_INDEX))
    whole = record_jwt(WHO, record_document(WHO, BADGE_AWARD, *parts))
    found = judged(whole, status_list(WHO))
    assert [found[f"credential {n}"][2] for n in (1, 2)] == ["passed", "failed REVOKED"]
    assert found[""][2] == NO_STATUS
    assert judged(whole)["credential 1"][2] == "indeterminate TRY_LATER"


def test_endorsements_inside_are_parts_of_what_they_endorse() -> None:
    badge = json.loads(GOOD)
    endorsing = {
        "@context": badge["@context"],
        "type": ["VerifiableCredential", "EndorsementCredential"],
        "id": "urn:uuid:0d5b5a3e-5f0e-4f55-a9c4-2f3ed9b4d0aa",
        "issuer": {"id": OTHER.did, "type": ["Profile"], "name": "Endorser"},
        "validFrom": badge["validFrom"],
        "name": "Endorsement",
        "credentialSubject": {"id": WHO.did, "type": ["EndorsementSubject"]},
    }
    token = record_jwt(OTHER, endorsing).decode()
    document = record_document(WHO, BADGE_AWARD, GOOD, endorsementJwt=[])
    document["endorsementJwt"] = [token]
    found = judged(record_jwt(WHO, document))
    assert set(found) == {"", "credential 1", "endorsement 1"}
    assert found["endorsement 1"][1] == "passed"


def test_a_part_that_cannot_be_read_makes_the_record_fail() -> None:
    for broken in ("eyJhbGciOiJub25lIn0.e30", {"type": "Moon"}, "nothing"):
        document = record_document(WHO, BADGE_AWARD)
        document["credentialSubject"]["verifiableCredential"] = [broken]
        assert judged(record_jwt(WHO, document))[""][0] == "failed FORMAT_FAILURE"


def test_achievements_that_nobody_claims_apart_are_the_records_own() -> None:
    achievement = {"id": "urn:uuid:1", "type": ["Achievement"], "name": "Course"}
    document = record_document(
        WHO,
        BADGE_AWARD,
        GOOD,
        achievement=[{**achievement, "criteria": {"narrative": "x"}, "description": "y"}],
        association=[
            {
                "type": "Association",
                "associationType": "isParentOf",
                "sourceId": "urn:uuid:1",
                "targetId": json.loads(GOOD)["id"],
            }
        ],
    )
    whole = record(WHO, document)
    assert judged(whole)[""] == SOUND
    read = formats.read(whole)
    assert read is not None
    (own,) = read.achievements
    assert own.elements.title is not None
    assert own.elements.title.best() == "Course"
