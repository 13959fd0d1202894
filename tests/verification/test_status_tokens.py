"""Revoked or suspended by a Token Status List: which list counts, and what it says."""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest

from tests.formats.sd_jwts import HEADER, ISSUER, PLAIN, issue, read, said
from tests.issuer.certificates import Authority, authority, der, seal_certificate
from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, rsa_key, verification_method
from tests.issuer.sd_jwt import Hidden, sd_jwt
from tests.issuer.status_tokens import (
    ADDRESS,
    TTL,
    cwt_status_list,
    reference,
    token_status_list,
)
from tests.issuer.subjects import GOOD_INDEX, NOW, REVOKED_INDEX, SUSPENDED_INDEX
from tests.issuer.universities import SEAL_FROM, SEAL_UNTIL, seal_authority
from wallet.model.verification import Check, CheckName
from wallet.proofs.keys import PublicKey
from wallet.texts import use, verdicts
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

DAY = timedelta(days=1)
OTHER = p256_key("somebody else's lists")
INVALID, LATER = "indeterminate STATUS_LIST_INVALID", "indeterminate TRY_LATER"


def ask(data: bytes, *given: bytes, trust: TrustStore | None = None) -> Check:
    store = trust or TrustStore.empty()
    for number, one in enumerate(given):
        store = store.with_status(one, f"list {number}", NOW)
    return verify(read(data), store, NOW).check(CheckName.STATUS)


def card(index: object = GOOD_INDEX, address: object = ADDRESS, **claims: Any) -> bytes:
    return issue({"status": reference(index, address), **claims}).data


REVOKED = card(REVOKED_INDEX)


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (GOOD_INDEX, "passed"),
        (REVOKED_INDEX, "failed REVOKED"),
        (SUSPENDED_INDEX, "failed SUSPENDED"),
        (3, LATER),
    ],
)
def test_the_value_decides(index: int, expected: str) -> None:
    assert said(ask(card(index), token_status_list(ISSUER))) == expected


@pytest.mark.parametrize("width", [1, 2, 4, 8])
def test_a_list_of_any_width_revokes(width: int) -> None:
    given = token_status_list(ISSUER, {REVOKED_INDEX: 1}, width=width)
    assert said(ask(REVOKED, given)) == "failed REVOKED"
    assert said(ask(card(REVOKED_INDEX + 1), given)) == "passed"


@pytest.mark.parametrize("index", [-1, GOOD_INDEX + 9, 10**30, "1", 1.0, True, None])
def test_a_place_that_the_list_has_not_decides_nothing(index: object) -> None:
    assert said(ask(card(index), token_status_list(ISSUER))) == INVALID


def test_a_list_that_is_not_here_is_asked_later() -> None:
    assert said(ask(card())) == LATER
    assert said(ask(card(address=None), token_status_list(ISSUER))) == LATER


def test_a_signed_document_has_a_status_too() -> None:
    claims = {name: value for name, value in PLAIN.items() if name != "vct"}
    claims["status"] = reference(REVOKED_INDEX)
    data = sd_jwt(claims, ISSUER, header={**HEADER, "typ": "example+sd-jwt"}).data
    assert said(ask(data, token_status_list(ISSUER))) == "failed REVOKED"


# ---- whose list it is ---------------------------------------------------------------------------


@pytest.mark.parametrize("index", [GOOD_INDEX, REVOKED_INDEX])
def test_another_keys_list_decides_nothing(index: int) -> None:
    for given in (token_status_list(OTHER), token_status_list(OTHER, issuer=OTHER.did_key)):
        assert said(ask(card(index), given)) == INVALID
    forged = token_status_list(OTHER, issuer=ISSUER.did_key)
    assert said(ask(card(index), forged)) == INVALID


@pytest.mark.parametrize("index", [GOOD_INDEX, REVOKED_INDEX])
def test_a_list_that_does_not_hold_decides_nothing(index: int) -> None:
    whole = token_status_list(ISSUER)
    header, _, signature = whole.split(b".")
    other = token_status_list(ISSUER, {}).split(b".")[1]
    spoiled = [
        b".".join((header, other, signature)),
        token_status_list(OTHER, header={"kid": verification_method(ISSUER.did_key)}),
        token_status_list(ISSUER, header={"crit": ["moon"], "moon": "waxing"}),
        token_status_list(ISSUER, header={"kid": None}),
    ]
    for given in spoiled:
        assert said(ask(card(index), given)) == INVALID


def test_a_forged_credential_gets_no_list_of_the_issuers() -> None:
    """Without the issuer's key on both, a list of the same name is not its list."""
    stranger = p256_key("stranger")
    claims = {**PLAIN, "status": reference(), "iss": "https://uni.example.edu"}
    data = sd_jwt(claims, stranger, header={"jwk": stranger.jwk}).data
    given = token_status_list(OTHER, issuer="https://uni.example.edu", header={"jwk": OTHER.jwk})
    assert said(ask(data, given)) == INVALID


def test_an_issuer_that_contradicts_is_not_the_issuer() -> None:
    given = token_status_list(ISSUER, issuer="https://elsewhere.example")
    assert said(ask(card(), given)) == INVALID
    assert said(ask(card(), token_status_list(ISSUER, issuer=ISSUER.did_key))) == "passed"


def test_a_key_that_the_person_supplied_signs_for_the_issuer_it_names() -> None:
    key = json.dumps({**OTHER.jwk, "kid": "lists-2024"}).encode()
    trust = TrustStore.empty().with_file(key, "key.json", NOW)
    named = {"kid": "lists-2024"}
    given = token_status_list(OTHER, issuer=ISSUER.did_key, header=named)
    assert said(ask(REVOKED, given, trust=trust)) == "failed REVOKED"
    nameless = token_status_list(OTHER, header=named)
    assert said(ask(REVOKED, nameless, trust=trust)) == INVALID


def sealed(key: IssuerKey, name: str, by: Authority | None = None) -> Any:
    return seal_certificate(
        by or seal_authority(),
        key,
        organisation=name,
        identifier=f"VATPL-{name}",
        country="PL",
        valid=(SEAL_FROM, SEAL_UNTIL),
    )


def certified(index: int) -> bytes:
    """A card whose issuer is known by its certificate alone."""
    chain = [base64.b64encode(der(sealed(ISSUER, "University of Tests"))).decode()]
    claims = {name: value for name, value in PLAIN.items() if name != "iss"}
    claims |= {"status": reference(index), "given_name": Hidden("Ada")}
    return sd_jwt(claims, ISSUER, header={"x5c": chain}).data


def test_the_same_certificate_binds_a_list() -> None:
    own = token_status_list(ISSUER, certificate=sealed(ISSUER, "University of Tests"))
    assert said(ask(certified(REVOKED_INDEX), own)) == "failed REVOKED"
    assert said(ask(certified(GOOD_INDEX), own)) == "passed"


def test_another_certificate_binds_a_list_where_an_authority_vouches_for_its_name() -> None:
    trust = TrustStore.empty().with_file(seal_authority().pem, "authority.pem", NOW)
    own = token_status_list(OTHER, certificate=sealed(OTHER, "University of Tests"))
    assert said(ask(certified(REVOKED_INDEX), own)) == INVALID
    assert said(ask(certified(REVOKED_INDEX), own, trust=trust)) == "failed REVOKED"
    others = token_status_list(OTHER, certificate=sealed(OTHER, "Another University"))
    assert said(ask(certified(REVOKED_INDEX), others, trust=trust)) == INVALID
    unknown = authority("somebody", name="Mikrofolio Example Trust")
    forged = token_status_list(OTHER, certificate=sealed(OTHER, "University of Tests", unknown))
    assert said(ask(certified(REVOKED_INDEX), forged, trust=trust)) == INVALID


def test_a_certificate_does_not_sign_for_an_issuer_that_the_list_claims() -> None:
    trust = TrustStore.empty().with_file(seal_authority().pem, "authority.pem", NOW)
    given = token_status_list(
        OTHER, {}, issuer=ISSUER.did_key, certificate=sealed(OTHER, "Another University")
    )
    assert said(ask(REVOKED, given, trust=trust)) == INVALID


# ---- its address --------------------------------------------------------------------------------


def test_the_only_list_of_the_issuer_stands_for_the_address() -> None:
    moved = card(REVOKED_INDEX, "https://elsewhere.example/lists/1")
    found = ask(moved, token_status_list(ISSUER), token_status_list(OTHER))
    assert said(found) == "failed REVOKED"
    assert found.facts["list"] == "https://elsewhere.example/lists/1"
    assert found.facts["list_id"] == ADDRESS
    second = token_status_list(ISSUER, claims={"sub": f"{ADDRESS}/2"})
    assert said(ask(moved, token_status_list(ISSUER), second)) == LATER


def test_a_kept_list_does_not_stand_for_another_address() -> None:
    kept = TrustStore.empty().with_file(token_status_list(ISSUER), "kept", NOW)
    moved = card(REVOKED_INDEX, "https://elsewhere.example/lists/1")
    assert said(ask(moved, trust=kept)) == LATER
    assert said(ask(card(REVOKED_INDEX), trust=kept)) == "failed REVOKED"


def test_of_two_copies_under_one_address_the_latest_counts() -> None:
    old = token_status_list(ISSUER, issued=NOW - 3 * DAY)
    new = token_status_list(ISSUER, {})
    for lists in ((old, new), (new, old)):
        assert said(ask(REVOKED, *lists)) == "passed"


def test_the_facts_say_which_list_of_when() -> None:
    facts = ask(card(), token_status_list(ISSUER)).facts
    assert facts["list"] == ADDRESS
    assert facts["date"] == (NOW - DAY).isoformat().replace("+00:00", "Z")
    assert facts["source"] == "list 0"
    assert "list_id" not in facts


# ---- age ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issued", "claims", "fresh"),
    [
        (NOW - TTL, {}, True),
        (NOW - TTL - DAY, {}, False),
        (NOW - TTL - DAY, {"ttl": None}, True),
        (NOW - DAY, {"exp": int(NOW.timestamp())}, False),
        (NOW - DAY, {"exp": int(NOW.timestamp()) + 1}, True),
        (NOW - 900 * DAY, {"ttl": None, "exp": None}, True),
        (NOW - DAY, {"ttl": 0}, False),
    ],
)
def test_an_old_list_is_believed_only_about_what_cannot_be_undone(
    issued: Any, claims: dict[str, Any], fresh: bool
) -> None:
    given = token_status_list(ISSUER, issued=issued, claims=claims)
    assert said(ask(card(), given)) == ("passed" if fresh else LATER)
    assert said(ask(card(SUSPENDED_INDEX), given)) == ("failed SUSPENDED" if fresh else LATER)
    assert said(ask(REVOKED, given)) == "failed REVOKED"


def test_why_a_list_decides_nothing_is_said() -> None:
    t = use("en")
    nameless = token_status_list(OTHER)
    assert PublicKey.from_jwk(OTHER.jwk).thumbprint() in verdicts.check(t, ask(card(), nameless))
    contradicting = token_status_list(ISSUER, issuer="https://elsewhere.example")
    assert "that of https://elsewhere.example" in verdicts.check(t, ask(card(), contradicting))
    beyond = ask(card(GOOD_INDEX + 9), token_status_list(ISSUER))
    assert f"no entry {GOOD_INDEX + 9}" in verdicts.check(t, beyond)
    spoiled = token_status_list(OTHER, header={"kid": verification_method(ISSUER.did_key)})
    assert "signature does not hold" in verdicts.check(t, ask(card(), spoiled))


# ---- as a CWT -----------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [ISSUER, ed25519_key("edwards lists"), rsa_key("long lists")])
@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (GOOD_INDEX, "passed"),
        (REVOKED_INDEX, "failed REVOKED"),
        (SUSPENDED_INDEX, "failed SUSPENDED"),
        (3, LATER),
        (GOOD_INDEX + 9, INVALID),
    ],
)
def test_the_value_in_a_cwt_decides(key: IssuerKey, index: int, expected: str) -> None:
    claims = {**PLAIN, "iss": key.did_key, "status": reference(index)}
    header = {**HEADER, "kid": verification_method(key.did_key)}
    assert said(ask(sd_jwt(claims, key, header=header).data, cwt_status_list(key))) == expected


@pytest.mark.parametrize("width", [1, 2, 4, 8])
def test_a_cwt_of_any_width_revokes(width: int) -> None:
    given = cwt_status_list(ISSUER, {REVOKED_INDEX: 1}, width=width, tags=b"\xd8\x3d\xd2")
    assert said(ask(REVOKED, given)) == "failed REVOKED"
    assert said(ask(card(REVOKED_INDEX + 1), given)) == "passed"


@pytest.mark.parametrize("index", [GOOD_INDEX, REVOKED_INDEX])
def test_a_cwt_that_does_not_hold_or_is_anothers_decides_nothing(index: int) -> None:
    name = {4: verification_method(ISSUER.did_key).encode()}
    whole = cwt_status_list(ISSUER)
    for given in (
        whole[:-1] + bytes([whole[-1] ^ 1]),
        cwt_status_list(OTHER),
        cwt_status_list(OTHER, issuer=ISSUER.did_key),
        cwt_status_list(OTHER, unprotected=name),
        cwt_status_list(ISSUER, protected={1: None}, unprotected={1: -7}),
        cwt_status_list(ISSUER, protected={1: -8}),
        cwt_status_list(ISSUER, protected={2: [16]}),
        cwt_status_list(ISSUER, unprotected={4: None}),
        cwt_status_list(ISSUER, issuer="https://elsewhere.example"),
    ):
        assert said(ask(card(index), given)) == INVALID


def test_a_cwt_is_bound_by_its_certificate_and_ages_like_a_jwt() -> None:
    trust = TrustStore.empty().with_file(seal_authority().pem, "authority.pem", NOW)
    own = cwt_status_list(OTHER, certificate=sealed(OTHER, "University of Tests"))
    assert said(ask(certified(REVOKED_INDEX), own)) == INVALID
    assert said(ask(certified(REVOKED_INDEX), own, trust=trust)) == "failed REVOKED"
    old = cwt_status_list(ISSUER, issued=NOW - TTL - DAY)
    assert said(ask(card(), old)) == LATER
    assert said(ask(REVOKED, old)) == "failed REVOKED"
    ended = cwt_status_list(ISSUER, claims={4: int(NOW.timestamp())})
    assert said(ask(card(), ended)) == LATER
