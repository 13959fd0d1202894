"""Open Badges before version 2.0: what they say, and that nothing away from their host shows it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.issuer.open_badges_2 import EMAIL, badger, hosted_assertion, oldest_assertion
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.formats.open_badge_2_older import rewritten
from wallet.model.credential import Credential, Format
from wallet.model.verification import CheckName, VerificationReport
from wallet.texts import use, verdicts
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

WHO = badger()


def read(data: bytes) -> Credential:
    credential = formats.read(data)
    assert credential is not None
    return credential


def report(data: bytes) -> VerificationReport:
    return verify(read(data), TrustStore.empty(), NOW)


def said(found: VerificationReport, name: CheckName) -> str:
    check = found.check(name)
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


def test_the_oldest_reads() -> None:
    credential = read(oldest_assertion(WHO, BADGE_AWARD))
    (achievement,) = credential.achievements
    assert (credential.format, credential.securing) == (Format.OPEN_BADGE_2, "hosted")
    assert credential.title is not None
    assert credential.title.best() == BADGE_AWARD.course.title["en"]
    assert credential.issuer is not None
    assert credential.issuer.label == WHO.university.label
    assert credential.issued is not None
    assert credential.issued.date() == BADGE_AWARD.issued.date()
    assert achievement.elements.learner is not None
    assert achievement.elements.learner.identifiers[0].startswith("sha256$")
    clear = read(oldest_assertion(WHO, BADGE_AWARD, recipient=EMAIL, salt=None))
    learner = clear.achievements[0].elements.learner
    assert learner is not None
    assert learner.identifiers == (EMAIL,)


def test_the_oldest_is_judged_honestly() -> None:
    found = report(oldest_assertion(WHO, BADGE_AWARD))
    assert said(found, CheckName.FORMAT) == "passed SCHEMA_REMARKS"
    assert said(found, CheckName.PROOF) == "indeterminate NO_SIGNING_KEY_FOUND"
    assert said(found, CheckName.STATUS) == "indeterminate TRY_LATER"
    assert found.check(CheckName.PROOF).facts["hosted"] == WHO.host
    sentence = verdicts.check(use("en"), found.check(CheckName.PROOF))
    assert "not signed" in sentence
    assert WHO.host in sentence
    ended = report(oldest_assertion(WHO, BADGE_AWARD, expires="2001-01-01"))
    assert said(ended, CheckName.VALIDITY) == "failed EXPIRED"


@pytest.mark.parametrize(
    "changes",
    [
        {"recipient": None},
        {"recipient": {}},
        {"badge": None},
        {"badge": "https://a.example/badge"},
        {"badge": {"issuer": "https://a.example"}},
        {"badge": {"issuer": {"name": "x"}}},
        {"badge": {"issuer": {"origin": 7}}},
    ],
)
def test_what_only_looks_similar_is_no_assertion(changes: dict[str, Any]) -> None:
    assert formats.read(oldest_assertion(WHO, BADGE_AWARD, **changes)) is None


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (1359217910, datetime(2013, 1, 26, 16, 31, 50, tzinfo=UTC)),
        ("1359217910", datetime(2013, 1, 26, 16, 31, 50, tzinfo=UTC)),
        ("2013-01-26", datetime(2013, 1, 26, tzinfo=UTC)),
        (True, None),
        (-5, None),
        (10**10, None),
        ("20130126", None),
        ("later", None),
    ],
)
def test_version_1_may_count_seconds(stated: object, expected: datetime | None) -> None:
    older = {"type": "hosted", "url": WHO.at("a")}
    data = hosted_assertion(WHO, BADGE_AWARD, verification=None, verify=older, issuedOn=stated)
    assert read(data).issued == expected
    found = said(report(data), CheckName.FORMAT)
    assert (found == "failed FORMAT_FAILURE") is (expected is None)


def test_version_2_counts_no_seconds() -> None:
    data = hosted_assertion(WHO, BADGE_AWARD, issuedOn=1359217910)
    assert said(report(data), CheckName.FORMAT) == "failed FORMAT_FAILURE"
    document = json.loads(data)
    assert rewritten(document) is document


@pytest.mark.parametrize("junk", [None, 7, [], {}, "x", [[]], "//[", {"origin": []}])
@pytest.mark.parametrize("name", ["salt", "evidence", "issued_on", "expires"])
def test_members_of_any_type_are_read(name: str, junk: Any) -> None:
    read(oldest_assertion(WHO, BADGE_AWARD, **{name: junk}))
