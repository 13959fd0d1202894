"""Revoked? Badges of both versions against lists of revoked badges."""

import json
from typing import Any

import pytest

from tests.issuer.badges import credential as issue
from tests.issuer.defects import Defect
from tests.issuer.open_badges_2 import (
    Links,
    badge_class,
    badger,
    hosted_assertion,
    issuer_profile,
    key_document,
    older_list,
    one_edtech_list,
    revocation_list,
    signed_assertion,
    supplied,
)
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.status import status_list
from tests.issuer.subjects import NOW
from tests.issuer.universities import aachen, chalmers
from tests.needs import shared
from wallet import formats
from wallet.model.verification import Check, CheckName
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

WHO = badger()
KEY = supplied(key_document(WHO))
BADGE = supplied(badge_class(WHO, BADGE_AWARD.course))
ISSUER = supplied(issuer_profile(WHO))
OWN = json.loads(hosted_assertion(WHO, BADGE_AWARD))["id"]
OTHER = "urn:uuid:52e4c6b3-8c13-4fa8-8482-a5cf34ef37a9"
LATER = "indeterminate TRY_LATER"
REVOKED = "failed REVOKED"


def ask(data: bytes, *files: bytes, kept: bool = False) -> Check:
    trust = TrustStore.empty()
    for index, given in enumerate(files):
        add = trust.with_file if kept else trust.with_status
        trust = add(given, f"list {index}", NOW)
    read = formats.read(data)
    assert read is not None
    return verify(read, trust, NOW).check(CheckName.STATUS)


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


# ---- Open Badges 2.0 ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("revoked", "expected"),
    [
        ([], "passed"),
        ([OTHER, {"id": OTHER}], "passed"),
        ([OWN], REVOKED),
        ([{"id": OWN}], REVOKED),
        ([{"id": OWN, "revoked": False}], "passed"),
        ([{"id": f" {OWN} ", "revocationReason": "Issued in error"}], REVOKED),
        ([7, None, {}, {"id": 7}, [OWN]], "passed"),
    ],
)
def test_the_issuers_list_decides(revoked: list[Any], expected: str) -> None:
    data = signed_assertion(WHO, BADGE_AWARD)
    assert said(ask(data, revocation_list(WHO, revoked))) == expected
    linked = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    found = ask(linked, BADGE, ISSUER, revocation_list(WHO, revoked, issuer=None))
    assert said(found) == expected


def test_the_facts_say_that_nobody_signed_the_list() -> None:
    listed = [{"id": OWN, "revocationReason": "Issued in error"}]
    facts = ask(signed_assertion(WHO, BADGE_AWARD), revocation_list(WHO, listed)).facts
    assert facts["signed"] == "no"
    assert facts["source"] == "list 0"
    assert facts["list"] == WHO.at("revocations")
    assert facts["date"] == NOW.isoformat().replace("+00:00", "Z")
    assert facts["revocation_reason"] == "Issued in error"
    assert "list_id" not in facts


def test_without_the_list_it_is_not_known() -> None:
    assert said(ask(signed_assertion(WHO, BADGE_AWARD))) == LATER
    assert ask(signed_assertion(WHO, BADGE_AWARD)).facts["list"] == WHO.at("revocations")
    assert said(ask(signed_assertion(WHO, BADGE_AWARD), status_list(chalmers()))) == LATER


def test_an_issuer_that_is_not_here_may_have_a_list() -> None:
    for links in (Links.LINKED, Links.BADGE_INLINE):
        assert said(ask(signed_assertion(WHO, BADGE_AWARD, links=links), KEY)) == LATER


def test_an_issuer_that_names_no_list_states_no_status() -> None:
    profile = issuer_profile(WHO)
    del profile["revocationList"]
    data = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    none = "not_checked NO_STATUS_STATED"
    assert said(ask(data, BADGE, supplied(profile))) == none
    elsewhere = revocation_list(WHO, [OWN], issuer=None, address="https://a.example/list")
    assert said(ask(data, BADGE, supplied(profile), elsewhere)) == REVOKED


def test_a_kept_list_at_another_address_may_revoke_and_does_not_clear() -> None:
    """What it names by identifier is revoked wherever the list lies."""
    data, elsewhere = signed_assertion(WHO, BADGE_AWARD), "https://a.example/list"
    for revoked, given, kept in (([OWN], REVOKED, REVOKED), ([OTHER], "passed", LATER)):
        list_ = revocation_list(WHO, revoked, address=elsewhere)
        assert said(ask(data, list_)) == given
        assert said(ask(data, list_, kept=True)) == kept
    linked = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    list_ = revocation_list(WHO, [OTHER], address=elsewhere)
    assert said(ask(linked, BADGE, ISSUER, list_, kept=True)) == LATER


def test_a_list_at_another_address_may_revoke_and_says_its_own() -> None:
    elsewhere = "https://a.example/list"
    data = signed_assertion(WHO, BADGE_AWARD)
    found = ask(data, revocation_list(WHO, [OWN], issuer=None, address=elsewhere))
    assert said(found) == REVOKED
    assert found.facts["list_id"] == elsewhere
    silent = revocation_list(WHO, [OTHER], issuer=None, address=elsewhere)
    assert said(ask(data, silent)) == LATER


def test_a_list_of_the_same_issuer_decides_wherever_it_lies() -> None:
    data = signed_assertion(WHO, BADGE_AWARD)
    own = revocation_list(WHO, [OTHER], address="https://a.example/list")
    assert said(ask(data, own)) == "passed"


@pytest.mark.parametrize("links", [Links.INLINE, Links.BADGE_INLINE])
def test_another_issuers_list_decides_nothing(links: Links) -> None:
    foreign = revocation_list(WHO, [OWN], issuer="https://a.example/issuer")
    assert said(ask(signed_assertion(WHO, BADGE_AWARD, links=links), foreign)) == LATER


def test_a_uid_is_looked_up_in_the_issuers_lists_alone() -> None:
    data = signed_assertion(WHO, BADGE_AWARD, uid="f2c20", id=None)
    linked = signed_assertion(WHO, BADGE_AWARD, uid="f2c20", id=None, links=Links.LINKED)
    bound = revocation_list(WHO, [{"uid": "f2c20"}])
    loose = revocation_list(WHO, ["f2c20"], issuer=None, address="https://a.example/1")
    another = revocation_list(WHO, [OTHER], issuer=None, address="https://a.example/2")
    assert said(ask(data, bound, another)) == REVOKED
    assert said(ask(linked, loose)) == REVOKED
    assert said(ask(linked, loose, another)) == LATER
    assert said(ask(data, revocation_list(WHO, ["f2c21"]))) == "passed"


def test_an_id_that_means_nothing_outside_is_no_name_in_any_list() -> None:
    data = signed_assertion(WHO, BADGE_AWARD, id="1", links=Links.LINKED)
    loose = revocation_list(WHO, ["1"], issuer=None, address="https://a.example/1")
    another = revocation_list(WHO, [OTHER], issuer=None, address="https://a.example/2")
    assert said(ask(data, loose, another)) == LATER


def test_a_revocation_in_any_of_several_copies_counts() -> None:
    data = signed_assertion(WHO, BADGE_AWARD)
    naming, silent = revocation_list(WHO, [OWN]), revocation_list(WHO, [])
    assert said(ask(data, naming, silent)) == REVOKED
    assert said(ask(data, silent, naming)) == REVOKED


@pytest.mark.parametrize("made", [signed_assertion, hosted_assertion])
def test_an_assertion_may_say_so_itself(made: Any) -> None:
    found = ask(made(WHO, BADGE_AWARD, defect=Defect.REVOKED), revocation_list(WHO, []))
    assert said(found) == REVOKED
    assert found.facts["revocation_reason"] == "Issued in error."


def test_a_revoked_assertion_may_be_stripped() -> None:
    stripped = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": OWN,
        "revoked": True,
    }
    read = formats.read(json.dumps(stripped).encode())
    assert read is not None
    found = verify(read, TrustStore.empty(), NOW)
    assert said(found.check(CheckName.FORMAT)) == "passed"
    assert said(found.check(CheckName.STATUS)) == REVOKED


def test_whether_a_hosted_assertion_stands_is_seen_where_it_is() -> None:
    data = hosted_assertion(WHO, BADGE_AWARD)
    assert said(ask(data, BADGE, ISSUER, revocation_list(WHO, []))) == LATER
    assert said(ask(data, revocation_list(WHO, [OWN]))) == REVOKED


def test_a_list_of_version_1_revokes_what_it_names_and_clears_nothing() -> None:
    badge = signed_assertion(WHO, BADGE_AWARD, uid="f2c20")
    found = ask(badge, older_list({"f2c20": "Issued in error"}))
    assert said(found) == REVOKED
    assert found.facts["revocation_reason"] == "Issued in error"
    assert said(ask(badge, older_list({OWN: ""}))) == REVOKED
    assert said(ask(badge, older_list({"f2c21": "x"}))) == LATER
    second = older_list({"other": "x"})
    assert said(ask(badge, older_list({"f2c20": "x"}), second)) == LATER


def test_a_list_of_version_1_revokes_by_uid_alone_in_its_own_place() -> None:
    badge = signed_assertion(WHO, BADGE_AWARD, uid="f2c20")
    bound = revocation_list(WHO, [])
    assert said(ask(badge, bound, older_list({"f2c20": "x"}))) == "passed"


# ---- 1EdTech ------------------------------------------------------------------------------------

ADDRESS = "https://issuers.example.edu/revocations"
BADGE_ID = BADGE_AWARD.id


def listed(**changes: Any) -> bytes:
    document = json.loads(issue(chalmers(), BADGE_AWARD))
    document["credentialStatus"] = {"id": ADDRESS, "type": "1EdTechRevocationList"}
    return json.dumps(document | changes).encode()


@pytest.mark.parametrize(
    ("revoked", "expected"),
    [
        ([], "passed"),
        ([{"id": OTHER, "revoked": True}], "passed"),
        ([{"id": BADGE_ID}], REVOKED),
        ([{"id": BADGE_ID, "revoked": True, "revocationReason": "x"}], REVOKED),
        ([{"id": BADGE_ID, "revoked": False}], "passed"),
    ],
)
@pytest.mark.parametrize("issuer", [chalmers().did, None])
def test_a_list_at_the_stated_address_decides(
    issuer: str | None, revoked: list[Any], expected: str
) -> None:
    found = ask(listed(), one_edtech_list(ADDRESS, issuer, revoked))
    assert said(found) == expected
    assert (found.facts["signed"], found.facts["list"]) == ("no", ADDRESS)


def test_the_list_may_describe_its_issuer_and_use_the_singular() -> None:
    document = json.loads(one_edtech_list(ADDRESS, None, []))
    del document["revokedCredentials"]
    document["issuer"] = {"id": chalmers().did, "name": "x"}
    document["revokedCredential"] = {"id": BADGE_ID}
    assert said(ask(listed(), json.dumps(document).encode())) == REVOKED


def test_a_list_of_another_issuer_is_invalid_at_that_address_and_nothing_elsewhere() -> None:
    foreign = one_edtech_list(ADDRESS, aachen().did, [{"id": BADGE_ID}])
    assert said(ask(listed(), foreign)) == "indeterminate STATUS_LIST_INVALID"
    elsewhere = one_edtech_list("https://a.example", aachen().did, [{"id": BADGE_ID}])
    assert said(ask(listed(), elsewhere)) == LATER


def test_the_only_list_of_that_issuer_stands_for_the_address() -> None:
    moved = one_edtech_list("https://a.example", chalmers().did, [{"id": BADGE_ID}])
    second = one_edtech_list("https://b.example", chalmers().did, [])
    nobodys = one_edtech_list("https://a.example", None, [{"id": BADGE_ID}])
    found = ask(listed(), moved)
    assert said(found) == REVOKED
    assert (found.facts["list"], found.facts["list_id"]) == (ADDRESS, "https://a.example")
    assert said(ask(listed(), moved, second)) == LATER
    assert said(ask(listed(), nobodys)) == LATER


def test_a_kept_list_stands_for_its_own_address_alone() -> None:
    for address, expected in ((ADDRESS, "passed"), ("https://a.example", LATER)):
        list_ = one_edtech_list(address, chalmers().did, [])
        assert said(ask(listed(), list_, kept=True)) == expected


def test_without_a_list_or_an_id_it_is_not_known() -> None:
    assert said(ask(listed())) == LATER
    assert said(ask(listed(id=None), one_edtech_list(ADDRESS, chalmers().did, []))) == LATER


def test_lists_of_other_kinds_do_not_count() -> None:
    ours = revocation_list(WHO, [BADGE_ID], issuer=chalmers().did, address=ADDRESS)
    assert said(ask(listed(), ours, status_list(chalmers()))) == LATER
    theirs = one_edtech_list(WHO.at("revocations"), WHO.at("issuer"), [{"id": OWN}])
    assert said(ask(signed_assertion(WHO, BADGE_AWARD), theirs)) == LATER


@pytest.mark.parametrize("name", ["complete.json", "credential-status-revoked.json"])
def test_real_credentials_are_looked_up(name: str) -> None:
    data = shared("samples", "open-badges-3", name).read_bytes()
    document = json.loads(data)
    issuer = document["issuer"]["id"]
    address = document["credentialStatus"]["id"]
    assert said(ask(data, one_edtech_list(address, issuer, []))) == "passed"
    listed_here = [{"id": document["id"]}]
    assert said(ask(data, one_edtech_list(address, issuer, listed_here))) == REVOKED
