"""Revoked or suspended: which list counts, and what it says."""

import base64
import gzip
import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import pytest

from tests.issuer.badges import credential as issue
from tests.issuer.data_integrity import CREDENTIALS_2, prove
from tests.issuer.defects import Defect, Form
from tests.issuer.keys import IssuerKey, ed25519_key
from tests.issuer.specimens import BADGE_AWARD, specimen, trust_files
from tests.issuer.spoiling import written
from tests.issuer.status import TTL_MILLISECONDS, bitstring, status_list
from tests.issuer.subjects import (
    GOOD_INDEX,
    NOW,
    REVOKED_INDEX,
    SUSPENDED_INDEX,
    Issuer,
    StatusEntry,
    list_address,
    stamp,
)
from tests.issuer.tokens import compact, credential_jwt
from tests.issuer.universities import aachen_tokens, berlin, chalmers
from wallet import formats
from wallet.model.verification import Check, CheckName
from wallet.texts import use, verdicts
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

DAY = timedelta(days=1)


@cache
def nobody() -> TrustStore:
    return TrustStore.empty()


def ask(data: bytes, *lists: bytes, at: datetime = NOW, trust: TrustStore | None = None) -> Check:
    store = trust or nobody()
    for index, given in enumerate(lists):
        store = store.with_status(given, f"list {index}", NOW)
    credential = formats.read(data)
    assert credential is not None
    return verify(credential, store, at).check(CheckName.STATUS)


def named(
    *entries: tuple[int, str], issuer: Issuer | None = None, address: str | None = None
) -> bytes:
    """A credential that names places (index, purpose) in its issuer's lists."""
    who = issuer or chalmers()
    places = tuple(
        StatusEntry(address or list_address(who, purpose), index, purpose)
        for index, purpose in entries
    )
    award = replace(BADGE_AWARD, status=places)
    return credential_jwt(who, award) if who.by_jwk else issue(who, award)


REVOCATION = (REVOKED_INDEX, "revocation")
GOOD = (GOOD_INDEX, "revocation")


def suspensions(issuer: Issuer | None = None) -> bytes:
    return status_list(issuer or chalmers(), (SUSPENDED_INDEX,), purpose="suspension")


def said(check: Check) -> str:
    return f"{check.outcome.value} {check.reason.value}" if check.reason else check.outcome.value


def test_without_an_entry_there_is_nothing_to_ask() -> None:
    assert said(ask(specimen(Form.CREDENTIAL), status_list(chalmers()))) == (
        "not_checked NO_STATUS_STATED"
    )


@pytest.mark.parametrize("issuer", [chalmers, aachen_tokens])
def test_the_bit_decides(issuer: Any) -> None:
    lists = (status_list(issuer()), suspensions(issuer()))
    assert said(ask(named(GOOD, issuer=issuer()), *lists)) == "passed"
    assert said(ask(named(REVOCATION, issuer=issuer()), *lists)) == "failed REVOKED"
    suspended = (SUSPENDED_INDEX, "suspension")
    assert said(ask(named(suspended, issuer=issuer()), *lists)) == "failed SUSPENDED"


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([GOOD, (GOOD_INDEX, "suspension")], "passed"),
        ([GOOD, (SUSPENDED_INDEX, "suspension")], "failed SUSPENDED"),
        ([(SUSPENDED_INDEX, "suspension"), REVOCATION], "failed REVOKED"),
        ([GOOD, (1, "message")], "passed"),
        ([(1, "message")], "not_checked NO_STATUS_STATED"),
    ],
)
def test_the_worst_of_several_entries_counts(entries: list[tuple[int, str]], expected: str) -> None:
    assert said(ask(named(*entries), status_list(chalmers()), suspensions())) == expected


def test_one_entry_that_cannot_be_asked_leaves_it_open() -> None:
    found = ask(named(GOOD, (GOOD_INDEX, "suspension")), status_list(chalmers()))
    assert said(found) == "indeterminate TRY_LATER"


def test_a_list_that_is_not_here_is_not_not_revoked() -> None:
    assert said(ask(named(GOOD))) == "indeterminate TRY_LATER"
    assert said(ask(named(GOOD), suspensions())) == "indeterminate TRY_LATER"


@pytest.mark.parametrize(
    "kind", ["1EdTechRevocationList", "RevocationList2020Status", "token-status-list", ""]
)
def test_other_kinds_of_status_are_asked_later(kind: str) -> None:
    document = json.loads(named(GOOD))
    document["credentialStatus"]["type"] = kind
    found = ask(json.dumps(document).encode(), status_list(chalmers()))
    assert said(found) == "indeterminate TRY_LATER"


# ---- which list counts --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "defect",
    [
        Defect.ALTERED_PAYLOAD,
        Defect.WRONG_KEY,
        Defect.MISSING_PROOF,
        Defect.WRONG_PURPOSE,
        Defect.DUPLICATE_KEY,
    ],
)
@pytest.mark.parametrize("entry", [GOOD, REVOCATION])
def test_a_list_whose_own_proof_does_not_hold_decides_nothing(
    defect: Defect, entry: tuple[int, str]
) -> None:
    given = status_list(chalmers(), defect=defect)
    address = json.loads(given)["id"]
    found = ask(named(entry, address=address), given)
    assert said(found) == "indeterminate STATUS_LIST_INVALID"


@pytest.mark.parametrize("entry", [GOOD, REVOCATION])
def test_another_issuers_list_decides_nothing(entry: tuple[int, str]) -> None:
    address = list_address(aachen_tokens())
    found = ask(named(entry, address=address), status_list(aachen_tokens()))
    assert said(found) == "indeterminate STATUS_LIST_INVALID"
    assert said(ask(named(entry), status_list(aachen_tokens()))) == "indeterminate TRY_LATER"


def sentence(check: Check) -> str:
    return verdicts.check(use("en"), check)


def test_why_a_list_decides_nothing_is_said() -> None:
    """A list whose own signature holds must not be called broken."""
    others = status_list(aachen_tokens())
    found = ask(named(GOOD, address=list_address(aachen_tokens())), others)
    assert aachen_tokens().did in sentence(found)
    given = status_list(chalmers(), purpose="message")
    found = ask(named(GOOD, address=json.loads(given)["id"]), given)
    assert "(message)" in sentence(found)
    assert "no entry 131072" in sentence(ask(placed("131072"), status_list(chalmers())))
    forged = status_list(chalmers(), defect=Defect.WRONG_KEY)
    assert "signature does not hold" in sentence(ask(named(GOOD), forged))


def test_a_forged_list_in_the_issuers_name_decides_nothing() -> None:
    """Both name one https address; the list's key is a fragment of it, and not the badge's."""
    address = "https://issuers.example.edu/1"
    given = signed_list(address, ed25519_key("forger"))
    badge = json.loads(specimen(Form.CREDENTIAL, Defect.UNAUTHENTICATED_KEY))
    assert badge["issuer"]["id"] == address
    badge["credentialStatus"] = StatusEntry(f"{address}/list", GOOD_INDEX).document()
    data = json.dumps(badge).encode()
    assert said(ask(data, given)) == "indeterminate STATUS_LIST_INVALID"


def signed_list(issuer: str, key: IssuerKey) -> bytes:
    """A status list whose key is a fragment of its issuer's address."""
    document = {
        "@context": [CREDENTIALS_2],
        "id": f"{issuer}/list",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": bitstring(()),
        },
    }
    return written(prove(document, key, method=f"{issuer}#{key.multikey}", created=NOW - DAY))


def test_the_only_list_of_that_issuer_and_purpose_stands_for_the_address() -> None:
    moved = named(REVOCATION, address="https://elsewhere.example/status/1")
    found = ask(moved, status_list(chalmers()), suspensions())
    assert said(found) == "failed REVOKED"
    assert found.facts["list"] == "https://elsewhere.example/status/1"
    assert found.facts["list_id"] == list_address(chalmers())


def test_a_kept_list_does_not_stand_for_another_address() -> None:
    """Entry 7 of the issuer's next list is another credential's than entry 7 of this one."""
    trust = nobody().with_file(status_list(chalmers()), "kept", NOW)
    for address, expected in (
        ("https://elsewhere.example/status/1", "indeterminate TRY_LATER"),
        (list_address(chalmers()), "failed REVOKED"),
    ):
        assert said(ask(named(REVOCATION, address=address), trust=trust)) == expected


def test_a_list_given_for_the_question_stands_beside_kept_ones() -> None:
    moved = named(REVOCATION, address="https://elsewhere.example/status/1")
    trust = nobody().with_file(status_list(chalmers()), "kept", NOW)
    found = ask(moved, status_list(chalmers(), issued=NOW - 2 * DAY), trust=trust)
    assert (said(found), found.facts["source"]) == ("failed REVOKED", "list 0")


def test_one_of_two_lists_does_not_stand_for_another_address() -> None:
    first, second = status_list(chalmers()), status_list(chalmers(), issued=NOW - 2 * DAY)
    moved = named(REVOCATION, address="https://elsewhere.example/status/1")
    assert said(ask(moved, first, second)) == "indeterminate TRY_LATER"


def test_of_two_copies_under_one_address_the_latest_counts() -> None:
    old = status_list(chalmers(), (), issued=NOW - 3 * DAY)
    new = status_list(chalmers(), (REVOKED_INDEX,), issued=NOW - DAY)
    for lists in ((old, new), (new, old)):
        assert said(ask(named(REVOCATION), *lists)) == "failed REVOKED"


def test_a_seals_organisation_signs_its_lists_with_a_key_that_a_registry_names() -> None:
    data = specimen(Form.SEALED_EDC, Defect.REVOKED)
    assert said(ask(data, status_list(berlin()))) == "indeterminate STATUS_LIST_INVALID"
    trust = nobody()
    for index, given in enumerate(trust_files()):
        trust = trust.with_file(given, f"trust {index}", NOW)
    assert said(ask(data, status_list(berlin()), trust=trust)) == "failed REVOKED"
    assert said(ask(data, status_list(chalmers()), trust=trust)) != "failed REVOKED"


# ---- age ----------------------------------------------------------------------------------------

TTL = timedelta(milliseconds=TTL_MILLISECONDS)


@pytest.mark.parametrize(
    ("age", "good", "revoked"),
    [
        (DAY, "passed", "failed REVOKED"),
        (TTL, "passed", "failed REVOKED"),
        (TTL + DAY, "indeterminate TRY_LATER", "failed REVOKED"),
        (timedelta(days=90), "indeterminate TRY_LATER", "failed REVOKED"),
    ],
)
def test_an_old_list_is_believed_only_about_what_cannot_be_undone(
    age: timedelta, good: str, revoked: str
) -> None:
    given = status_list(chalmers(), issued=NOW - age)
    assert said(ask(named(GOOD), given)) == good
    assert said(ask(named(REVOCATION), given)) == revoked


def test_an_old_list_decides_nothing_about_a_suspension() -> None:
    given = status_list(
        chalmers(), (SUSPENDED_INDEX,), purpose="suspension", issued=NOW - TTL - DAY
    )
    found = ask(named((SUSPENDED_INDEX, "suspension")), given)
    assert said(found) == "indeterminate TRY_LATER"


def test_the_facts_say_which_list_of_when() -> None:
    facts = ask(named(GOOD), status_list(chalmers())).facts
    assert facts["list"] == list_address(chalmers())
    assert facts["date"] == (NOW - DAY).isoformat().replace("+00:00", "Z")
    assert facts["source"] == "list 0"


# ---- places in the list -------------------------------------------------------------------------


def placed(index: object) -> bytes:
    document = json.loads(named(GOOD))
    document["credentialStatus"]["statusListIndex"] = index
    return json.dumps(document).encode()


@pytest.mark.parametrize("index", [REVOKED_INDEX, str(REVOKED_INDEX)])
def test_an_index_is_text_or_a_number(index: object) -> None:
    assert said(ask(placed(index), status_list(chalmers()))) == "failed REVOKED"


def bad_indexes() -> Iterable[object]:
    return (-1, 131072, "131072", "-1", "x", "", None, True, 1.5, [], "9" * 40, 10**30)


@pytest.mark.parametrize("index", bad_indexes())
def test_a_place_that_the_list_has_not_decides_nothing(index: object) -> None:
    found = ask(placed(index), status_list(chalmers()))
    assert said(found) == "indeterminate STATUS_LIST_INVALID"


def sized(index: int, size: object, purpose: str = "revocation") -> bytes:
    document = json.loads(named((index, purpose)))
    document["credentialStatus"]["statusSize"] = size
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("index", "size", "expected"),
    [
        (REVOKED_INDEX, 1, "failed REVOKED"),
        (REVOKED_INDEX // 2, 2, "failed REVOKED"),
        (REVOKED_INDEX // 4, "4", "failed REVOKED"),
        (REVOKED_INDEX // 4 + 1, 4, "passed"),
        (REVOKED_INDEX, 2, "passed"),
        (131072 // 8 - 1, 8, "passed"),
        (131072 // 8, 8, "indeterminate STATUS_LIST_INVALID"),
        (1, 32, "passed"),
        (1, 33, "indeterminate STATUS_LIST_INVALID"),
        (GOOD_INDEX, 0, "indeterminate STATUS_LIST_INVALID"),
        (GOOD_INDEX, -1, "indeterminate STATUS_LIST_INVALID"),
        (GOOD_INDEX, 10**12, "indeterminate STATUS_LIST_INVALID"),
        (GOOD_INDEX, None, "indeterminate STATUS_LIST_INVALID"),
        (GOOD_INDEX, "two", "indeterminate STATUS_LIST_INVALID"),
    ],
)
def test_an_entry_may_be_larger_than_a_bit(index: int, size: object, expected: str) -> None:
    assert said(ask(sized(index, size), status_list(chalmers()))) == expected


def test_messages_and_refreshing_end_nothing() -> None:
    for purpose in ("message", "refresh"):
        given = status_list(chalmers(), (REVOKED_INDEX,), purpose=purpose)
        data = sized(REVOKED_INDEX // 2, 2, purpose)
        assert said(ask(data, given)) == "not_checked NO_STATUS_STATED"
    lists = (status_list(chalmers(), purpose="message"),)
    assert said(ask(named(REVOCATION, address=json.loads(lists[0])["id"]), *lists)) == (
        "indeterminate STATUS_LIST_INVALID"
    )


# ---- RevocationList2020 -------------------------------------------------------------------------


def older_list(indexes: Iterable[int] = (REVOKED_INDEX,), **subject: Any) -> bytes:
    """A RevocationList2020Credential in a JWT: base64 of gzip, in the plain alphabet."""
    issuer = aachen_tokens()
    bits = bytearray(16 * 1024)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    document = {
        "@context": [
            "https://www.w3.org/2018/credentials/v1",
            "https://w3id.org/vc-revocation-list-2020/v1",
        ],
        "id": "https://status.example.edu/2020/1",
        "type": ["VerifiableCredential", "RevocationList2020Credential"],
        "issuer": issuer.did,
        "issuanceDate": stamp(NOW - DAY),
        "credentialSubject": {
            "id": "https://status.example.edu/2020/1#list",
            "type": "RevocationList2020",
            "encodedList": base64.b64encode(gzip.compress(bytes(bits), mtime=0)).decode(),
            **subject,
        },
    }
    header = {"alg": issuer.key.algorithm, "typ": "JWT", "kid": issuer.verification_method}
    return compact(header, json.dumps(document), issuer.key, None)


def older(index: object, **entry: Any) -> bytes:
    """A credential with a RevocationList2020Status."""
    issuer = aachen_tokens()
    document = {
        "@context": ["https://www.w3.org/2018/credentials/v1"],
        "type": ["VerifiableCredential"],
        "issuer": issuer.did,
        "issuanceDate": stamp(NOW - DAY),
        "credentialSubject": {"name": "x"},
        "credentialStatus": {
            "id": f"https://status.example.edu/2020/1#{index}",
            "type": "RevocationList2020Status",
            "revocationListIndex": index,
            "revocationListCredential": "https://status.example.edu/2020/1",
            **entry,
        },
    }
    header = {"alg": issuer.key.algorithm, "typ": "JWT", "kid": issuer.verification_method}
    return compact(header, json.dumps(document), issuer.key, None)


def test_the_oldest_kind_of_list_revokes_under_its_own_names() -> None:
    assert said(ask(older(str(REVOKED_INDEX)), older_list())) == "failed REVOKED"
    assert said(ask(older(str(GOOD_INDEX)), older_list())) == "passed"
    assert said(ask(older(str(GOOD_INDEX)))) == "indeterminate TRY_LATER"
    assert said(ask(older("131072"), older_list())) == "indeterminate STATUS_LIST_INVALID"


def test_a_list_of_one_kind_does_not_answer_for_another() -> None:
    newer = older_list(type="BitstringStatusList")
    assert said(ask(older(str(REVOKED_INDEX)), newer)) == "indeterminate STATUS_LIST_INVALID"
    own = older(str(REVOKED_INDEX), revocationListCredential="https://elsewhere.example")
    assert said(ask(own, status_list(aachen_tokens()))) == "indeterminate TRY_LATER"


@pytest.mark.parametrize(("index", "expected"), [(REVOKED_INDEX, "failed REVOKED"), (7, "passed")])
def test_the_list_between_the_two_decides_as_they_do(index: int, expected: str) -> None:
    """StatusList2021: the names of the newer kind, with the older packing."""
    given = older_list(type="StatusList2021", statusPurpose="revocation")
    named_there = {
        "type": "StatusList2021Entry",
        "statusPurpose": "revocation",
        "statusListIndex": str(index),
        "statusListCredential": "https://status.example.edu/2020/1",
    }
    assert said(ask(older(0, **named_there), given)) == expected
    assert said(ask(older(0, **named_there))) == "indeterminate TRY_LATER"
