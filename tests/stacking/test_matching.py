"""From credentials to holdings: states, awarding bodies, titles, and what never matches."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.stacking.small import TODAY, answer, held, item, leaf, programme, rule
from wallet import formats
from wallet.model.credential import (
    Achievement,
    Concept,
    Credential,
    Elements,
    Format,
    Grade,
    LearningOutcome,
    Level,
    Organisation,
    Text,
    Workload,
)
from wallet.model.programme import (
    AwardingBody,
    AwardStatus,
    Holding,
    Holdings,
    HoldingState,
)
from wallet.model.verification import (
    Check,
    CheckName,
    Reason,
    VerificationReport,
    failed,
    indeterminate,
    not_checked,
    passed,
)
from wallet.resources import resource
from wallet.stacking.identity import (
    alike,
    code_token,
    fold_title,
    name_token,
    organisation_token,
)
from wallet.stacking.matching import holdings, state_of
from wallet.stacking.programme_file import load
from wallet.stacking.solve import assess

NOW = datetime(2024, 5, 31, 12, tzinfo=UTC)
WUT = Organisation(
    Text((("pl", "Politechnika Warszawska"), ("en", "Warsaw University of Technology"))),
    ("PL  WARSZAW02",),
    "PL",
)
ELEMENTS = Elements(
    title=Text((("en", "Climate"), ("pl", "Klimat"))),
    awarding_body=(WUT,),
    issued=datetime(2023, 3, 23, 23, tzinfo=UTC),
    learning_outcomes=(LearningOutcome(skills=(Concept(uri="urn:o:1"),)),),
    workload=Workload(Decimal(4), "100"),
    level=Level(7),
    assessment=(Concept(Text.plain("exam")),),
    participation=(Concept(uri="http://data.europa.eu/snb/learning-assessment/e92d221e4d"),),
    grade=Grade(Text.plain("4.5"), Text.plain("PL 2-5")),
)


def report(*found: Check) -> VerificationReport:
    """A report where all checks passed but these."""
    by_name = {check.name: check for check in found}
    return VerificationReport(tuple(by_name.get(n, passed(n)) for n in CheckName), NOW)


def credential(*achievements: Achievement, kind: Format = Format.EDC) -> Credential:
    """A credential with these achievements."""
    return Credential(b"{}", kind, "jades", {}, achievements=achievements)


def achievement(elements: Elements = ELEMENTS, **more: Any) -> Achievement:
    """One achievement."""
    return replace(Achievement(elements), **more)


def test_what_a_holding_states() -> None:
    found = achievement(
        identifiers=("urn:x:a",),
        codes=("IS 101",),
        isced=("http://data.europa.eu/snb/isced-f/0532", "0612"),
        form="course",
    )
    (one,) = holdings("v1", credential(found), report())
    assert one.id == "v1"
    assert one.titles == ("Climate", "Klimat")
    assert one.awarded == date(2023, 3, 24)
    assert (one.ects, one.eqf) == (Decimal(4), 7)
    assert one.isced == ("0532", "0612")
    assert one.outcomes == ("urn:o:1",)
    assert one.mode == ("blended",)
    assert one.grade is not None
    assert one.grade.scales == ("PL 2-5",)
    assert one.state is HoldingState.VALID
    assert not one.attendance_only


def test_several_achievements_are_several_holdings() -> None:
    both = credential(achievement(identifiers=("urn:x:a",)), achievement(identifiers=("urn:x:b",)))
    assert [one.id for one in holdings("v1", both, report())] == ["v1", "v1#2"]


def test_attendance_alone() -> None:
    silent = replace(ELEMENTS, assessment=(), grade=None)
    assert holdings("v", credential(achievement(silent)), report())[0].attendance_only
    assert holdings("v", credential(achievement(attendance_only=True)), report())[0].attendance_only
    graded = replace(ELEMENTS, assessment=())
    assert not holdings("v", credential(achievement(graded)), report())[0].attendance_only


@pytest.mark.parametrize(
    ("check", "state"),
    [
        (not_checked(CheckName.STATUS, Reason.NO_STATUS_STATED), HoldingState.VALID),
        (not_checked(CheckName.HOLDER, Reason.NO_HOLDER_BINDING), HoldingState.VALID),
        (indeterminate(CheckName.STATUS, Reason.TRY_LATER), HoldingState.UNVERIFIED),
        (indeterminate(CheckName.ISSUER, Reason.ISSUER_UNKNOWN), HoldingState.UNVERIFIED),
        (indeterminate(CheckName.PROOF, Reason.UNSUPPORTED_SUITE), HoldingState.UNVERIFIED),
        (indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED), HoldingState.UNVERIFIED),
        (failed(CheckName.PROOF, Reason.SIG_CRYPTO_FAILURE), HoldingState.INVALID),
        (failed(CheckName.FORMAT, Reason.DUPLICATE_KEY), HoldingState.INVALID),
        (failed(CheckName.ISSUER, Reason.DISTRUSTED_BY_YOU), HoldingState.INVALID),
        (failed(CheckName.STATUS, Reason.REVOKED), HoldingState.REVOKED),
        (failed(CheckName.STATUS, Reason.SUSPENDED), HoldingState.REVOKED),
        (failed(CheckName.VALIDITY, Reason.EXPIRED), HoldingState.EXPIRED),
        (failed(CheckName.VALIDITY, Reason.NOT_YET_VALID), HoldingState.IN_PROGRESS),
        (failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE), HoldingState.NOT_MINE),
    ],
)
def test_states_follow_from_the_report(check: Check, state: HoldingState) -> None:
    assert state_of(credential(), report(check)) is state


def test_records_names_and_other_people() -> None:
    entered = credential(achievement(), kind=Format.SELF_ASSERTED)
    assert holdings("v", entered, report())[0].state is HoldingState.SELF_ASSERTED
    mine = credential(achievement())
    differing = holdings("v", mine, report(), name_differs=True)
    assert differing[0].state is HoldingState.UNVERIFIED
    assert holdings("v", mine, report(), not_mine=True)[0].state is HoldingState.NOT_MINE


def test_a_demonstration_credential_counts_by_its_identifier() -> None:
    file = resource("demonstration", "01-climate-data-analysis.jsonld")
    read = formats.read(file.read_bytes())
    assert read is not None
    mine = holdings("v1", read, report())
    climate = load(resource("programmes", "enhance-climate-action.json").read_bytes())
    found = assess(climate, Holdings(mine), TODAY).award("full")
    assert found.used == (("m2", ("v1",)),)


# ---- awarding bodies ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("D  BERLIN02", "d berlin02"),
        ("https://ror.org/00y0xnp53", "ror.org/00Y0XNP53/"),
        ("http://www.pw.edu.pl/", "https://pw.edu.pl"),
        ("999979888", " 999979888 "),
    ],
)
def test_identifiers_have_one_spelling(one: str, other: str) -> None:
    assert organisation_token(one) == organisation_token(other)
    assert organisation_token(one) is not None


def test_what_identifies_nobody() -> None:
    assert organisation_token("0000") is None
    assert organisation_token("  ") is None
    assert organisation_token("did:key:zA") != organisation_token("did:key:za")
    assert name_token(" Politechnika  Warszawska") == name_token("politechnika warszawska")


@pytest.mark.parametrize(
    "body",
    [
        WUT,
        Organisation(Text.plain("Politechnika Warszawska")),
        Organisation(None, ("https://ror.org/00y0xnp53/",)),
        Organisation(Text.plain("WUT, Faculty of Physics"), ("PL WARSZAW02",)),
    ],
)
def test_a_body_is_known_by_any_identifier_or_legal_name(body: Organisation) -> None:
    found = _climate_by_title(body)
    assert found is AwardStatus.MET_IF_CONFIRMED


@pytest.mark.parametrize(
    "body",
    [
        Organisation(Text.plain("Warsaw University")),
        Organisation(Text.plain("Technische Universität Berlin"), ("D BERLIN02",)),
        Organisation(None, ("PL WARSZAW01",)),
    ],
)
def test_a_title_of_another_university_suggests_nothing(body: Organisation) -> None:
    assert _climate_by_title(body) is AwardStatus.NOT_MET


def _climate_by_title(body: Organisation) -> AwardStatus:
    where = {
        "wut": {
            "name": {"en": "Warsaw University of Technology", "pl": "Politechnika Warszawska"},
            "country": "PL",
            "ids": {"ror": "https://ror.org/00y0xnp53", "erasmus": "PL WARSZAW02"},
        }
    }
    what = programme(
        [item("a", title={"pl": "Klimat"})], [leaf(count={"min": 1})], institutions=where
    )
    named = credential(achievement(replace(ELEMENTS, awarding_body=(body,))))
    return assess(what, Holdings(holdings("v", named, report())), TODAY).awards[0].status


def test_unknown_bodies_are_one_when_they_share_a_name_or_an_identifier() -> None:
    what = programme(
        [item("a"), item("b")],
        [leaf(count={"min": 2})],
        [rule("distinct", of="institution", min=2)],
    )
    by_name = held("c", "a", None) | {"awardedBy": [{"name": "AGH"}]}
    by_both = held("d", "b", None) | {"awardedBy": [{"name": "AGH", "id": "PL KRAKOW02"}]}
    other = held("d", "b", None) | {"awardedBy": [{"name": "UJ", "id": "PL KRAKOW01"}]}
    assert answer(what, by_name, by_both).status is AwardStatus.NOT_MET
    assert answer(what, by_name, other).status is AwardStatus.MET


# ---- titles and codes ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Climate data analysis", "CLIMATE  data-analysis", True),
        ("Analiza danych", "Analiza danych klimatycznych", False),
        ("Miejskie łazienki", "Miejskie lazienki", True),
        ("Data Literacy Compact Course", "Data Literacy Compact Course II", True),
        ("Urban mobility systems", "Renewable energy and mitigation", False),
        ("", "", False),
    ],
)
def test_titles_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
    assert alike(other, one) is same


def test_folding_titles_and_codes() -> None:
    assert fold_title("Zażółć  gęślą-jaźń (2023)!") == "zazolc gesla jazn 2023"
    assert code_token("TIØ-4300") == code_token("tiø 4300")


def test_a_title_that_suggests_two_items_is_tried_as_both() -> None:
    titles = {"a": "Data Literacy Compact Course", "b": "Data Literacy Compact Course II"}
    items = [item(key, title={"en": title}) for key, title in titles.items()]
    second = {**leaf(count={"min": 1}), "from": {"item": ["b"]}}
    what = programme(items, [second])
    titled = Holding("c", titles=(titles["a"],), awarded_by=(AwardingBody(("wut",)),))
    found = assess(what, Holdings((titled,)), TODAY).awards[0]
    assert found.status is AwardStatus.MET_IF_CONFIRMED
    assert found.to_confirm[0].items == ("b",)


# ---- an attestation that is out of date ---------------------------------------------------------

EXPIRED = failed(CheckName.VALIDITY, Reason.EXPIRED)


def attested(**claims: object) -> Credential:
    """An SD-JWT VC with these claims."""
    stated = {"vct": "urn:x", "achievement_title": "Course", "exp": 1700000000, **claims}
    return replace(
        credential(achievement(), kind=Format.SD_JWT_VC), document=stated, securing="sd-jwt"
    )


@pytest.mark.parametrize(
    ("claims", "state", "stale"),
    [
        ({}, HoldingState.VALID, True),
        ({"date_of_expiry": "2030-01-01"}, HoldingState.VALID, True),
        ({"date_of_expiry": "2024-05-30"}, HoldingState.EXPIRED, False),
    ],
)
def test_an_expired_attestation_of_what_has_not_expired_counts(
    claims: dict[str, object], state: HoldingState, stale: bool
) -> None:
    (one,) = holdings("v", attested(**claims), report(EXPIRED))
    assert (one.state, one.attestation_expired) == (state, stale)


def test_only_an_attestation_can_be_out_of_date() -> None:
    (badge,) = holdings("v", credential(achievement(), kind=Format.OPEN_BADGE_3), report(EXPIRED))
    assert (badge.state, badge.attestation_expired) == (HoldingState.EXPIRED, False)
    (early,) = holdings("v", attested(), report(failed(CheckName.VALIDITY, Reason.NOT_YET_VALID)))
    assert (early.state, early.attestation_expired) == (HoldingState.IN_PROGRESS, False)
    unknown = indeterminate(CheckName.ISSUER, Reason.ISSUER_UNKNOWN)
    (unsure,) = holdings("v", attested(), report(EXPIRED, unknown))
    assert (unsure.state, unsure.attestation_expired) == (HoldingState.UNVERIFIED, True)
