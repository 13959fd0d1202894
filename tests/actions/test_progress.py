"""The person's word: confirmations of any achievement, choices between programmes, what-if."""

import copy
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.issuer import EDC_AWARD, sealed_edc
from tests.issuer.edc import edc_document
from tests.issuer.universities import WARSAW, berlin, warsaw
from tests.stacking.small import item, leaf, programme_json
from wallet.actions import importing, programmes, progress
from wallet.actions.wallet import Wallet
from wallet.errors import NotFound, UsageError
from wallet.model.programme import AwardStatus, NotCountedReason, Place

CLIMATE = "urn:mc-programme:enhance:climate-action"
LITERACY = "urn:mc-programme:enhance:data-literacy"
ENGINEERING = "urn:mc-programme:wut:data-in-engineering"
WUT = "urn:mc-example:wut"


def bring(wallet: Wallet, *achievements: str, **course: Any) -> str:
    """Import an EDC of Warsaw with this achievement."""
    (identifier,) = achievements
    stated = {
        "identifier": identifier,
        "code": None,
        "awarded_by": (WARSAW,),
        "ects": "5",
        **course,
    }
    award = replace(
        EDC_AWARD,
        id=f"urn:uuid:{abs(hash(identifier)):032x}",
        course=replace(EDC_AWARD.course, **stated),
    )
    (done,) = importing.import_bytes(wallet, "a.jsonld", sealed_edc(warsaw(), award))
    assert done.id is not None
    return done.id


def statuses(wallet: Wallet, programme: str) -> dict[str, AwardStatus]:
    (found,) = progress.progress(wallet, programme)
    return {award.key: award.status for award in found.awards}


@pytest.fixture
def rivals(wallet: Wallet) -> str:
    """The winter school, in a wallet where two programmes could count it; returns its id."""
    school = bring(wallet, f"{WUT}:winter-school-data-literacy")
    bring(wallet, "urn:mc-example:rwth:data-one")
    bring(wallet, f"{WUT}:ml-intro", grade={"en": "4.5"}, scale={"en": "pl-2-5"})
    bring(wallet, f"{WUT}:data-project")
    return school


def test_the_winter_school_counts_once_and_the_person_decides(wallet: Wallet, rivals: str) -> None:
    assert statuses(wallet, LITERACY)["mini"] is AwardStatus.MET
    assert statuses(wallet, ENGINEERING) == {"award": AwardStatus.NOT_MET}
    (conflict,) = progress.conflicts(wallet, progress.progress(wallet))
    assert conflict.holding == rivals
    assert conflict.counted_in.startswith(LITERACY)
    assert conflict.wanted_by == f"{ENGINEERING}#award"
    assert not conflict.chosen

    progress.give(wallet, rivals, "data-in-engineering")
    assert statuses(wallet, ENGINEERING) == {"award": AwardStatus.MET}
    assert statuses(wallet, LITERACY)["mini"] is AwardStatus.NOT_MET
    assert all(one.chosen for one in progress.conflicts(wallet, progress.progress(wallet)))
    (choice,) = progress.choices(wallet)
    assert (choice.credential_id, choice.award) == (rivals, ENGINEERING)
    assert choice.made_at == wallet.clock()

    progress.take_back(wallet, rivals)
    assert statuses(wallet, LITERACY)["mini"] is AwardStatus.MET
    with pytest.raises(NotFound):
        progress.take_back(wallet, rivals)


def test_where_a_credential_counts_and_where_it_would(wallet: Wallet, rivals: str) -> None:
    places = progress.counts_in(wallet, rivals)
    assert Place(rivals, LITERACY, "mini", "school") in places
    (kept_out,) = [one for one in places if one.programme == ENGINEERING]
    assert kept_out.reason is NotCountedReason.COUNTED_ELSEWHERE
    assert (kept_out.other or "").startswith(LITERACY)
    assert {one.programme for one in places} == {LITERACY, ENGINEERING}


@pytest.mark.parametrize("award", [CLIMATE, f"{CLIMATE}#full"])
def test_a_credential_is_given_only_to_what_could_count_it(
    wallet: Wallet, rivals: str, award: str
) -> None:
    with pytest.raises(UsageError):
        progress.give(wallet, rivals, award)
    with pytest.raises(NotFound):
        progress.give(wallet, rivals, f"{CLIMATE}#nothing")
    with pytest.raises(NotFound):
        progress.give(wallet, "nobody", ENGINEERING)


def test_what_a_course_would_close_in_all_programmes(wallet: Wallet) -> None:
    bring(wallet, "urn:mc-example:rwth:data-one")
    closing = progress.closes(wallet, LITERACY, "winter-school-data-literacy")
    found = {(one.programme, one.award): one for one in closing}
    assert found[LITERACY, "mini"].after is AwardStatus.MET
    assert found[LITERACY, "mini"].helps
    engineering = found[ENGINEERING, "award"]
    assert engineering.items == ("winter-school-data-literacy",)
    assert (engineering.missing_before, engineering.missing_after) == (3, 2)
    with pytest.raises(NotFound):
        progress.closes(wallet, LITERACY, "climate-abc")


def test_planned_courses_are_marked_and_never_earned(wallet: Wallet) -> None:
    planned = ("climate-abc", "adaptation-planning")
    (found,) = progress.progress(wallet, CLIMATE, planned)
    assert found.planned == planned
    assert found.award("full").used_ects == 0
    assert found.award("full").missing_items == 2
    with pytest.raises(NotFound):
        progress.progress(wallet, CLIMATE, ("no-such-course",))


def test_any_achievement_can_be_confirmed(wallet: Wallet) -> None:
    course = replace(EDC_AWARD.course, identifier="urn:epass:spec:1", code=None)
    document = edc_document(berlin(), replace(EDC_AWARD, course=course))
    subject = document["credentialSubject"]
    subject["hasClaim"] = [subject["hasClaim"], copy.deepcopy(subject["hasClaim"])]
    (done,) = importing.import_bytes(wallet, "a.jsonld", json.dumps(document).encode())
    assert done.id is not None
    second = f"{done.id}#2"
    progress.confirm(wallet, second, CLIMATE, "climate-data")
    progress.confirm(wallet, done.id, CLIMATE, "climate-data")
    words = progress.confirmations(wallet)
    assert [(word.credential_id, word.achievement) for word in words] == [
        (done.id, 1),
        (done.id, 2),
    ]
    assert {word.made_at for word in words} == {wallet.clock()}
    progress.unconfirm(wallet, second, "climate-action", "climate-data")
    for wrong in (f"{done.id}#3", f"{done.id}#0", f"{done.id}#x", "nobody"):
        with pytest.raises(NotFound):
            progress.confirm(wallet, wrong, CLIMATE, "climate-data")
    with pytest.raises(NotFound):
        progress.unconfirm(wallet, second, CLIMATE, "climate-data")


def test_own_programmes_are_evaluated_too(wallet: Wallet) -> None:
    bring(wallet, f"{WUT}:gis")
    gis = item("gis", achievement=[f"{WUT}:gis"])
    own = programme_json([gis], [leaf(count={"min": 1})])
    programmes.add(wallet, "mine.json", json.dumps(own).encode())
    (found,) = progress.progress(wallet, "small")
    assert found.awards[0].status is AwardStatus.MET
