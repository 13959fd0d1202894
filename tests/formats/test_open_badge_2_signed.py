"""Open Badges 2.0 that are signed: whose key it is, and every named defect."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.formats.test_open_badge_2 import (
    BADGE,
    COURSE,
    ISSUER,
    KEY,
    KEY_SUPPLIED,
    NO_KEY,
    UNAUTHENTICATED,
    WHO,
    checks,
    read,
    report,
    said,
)
from tests.issuer.defects import Defect
from tests.issuer.keys import ed25519_key, p256_key, rsa_key
from tests.issuer.open_badges_2 import (
    SIGNED_DEFECTS,
    Badger,
    Links,
    badge_class,
    hosted_assertion,
    issuer_profile,
    key_document,
    pem,
    signed_assertion,
    supplied,
)
from tests.issuer.specimens import BADGE_AWARD
from tests.issuer.universities import CHALMERS
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.verification import CheckName, Outcome, Reason


@pytest.mark.parametrize("links", Links)
def test_the_key_of_the_issuer_is_supplied(links: Links) -> None:
    data = signed_assertion(WHO, BADGE_AWARD, links=links)
    assert checks(data) == ("passed", NO_KEY, UNAUTHENTICATED)
    for files in ((KEY,), (KEY, BADGE), (KEY, BADGE, ISSUER)):
        assert checks(data, *files) == ("passed", "passed", KEY_SUPPLIED)
    facts = report(data, KEY, BADGE, ISSUER).check(CheckName.ISSUER).facts
    assert facts["organisation"] == CHALMERS.label
    assert facts["source"] == "file 0"


def test_of_an_issuer_that_is_not_here_the_keys_owner_is_named() -> None:
    data = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    assert report(data, KEY).check(CheckName.ISSUER).facts["organisation"] == WHO.at("issuer")
    facts = report(data, KEY, ISSUER).check(CheckName.ISSUER).facts
    assert facts["organisation"] == CHALMERS.label


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [
        (rsa_key("badges of Chalmers"), "RS256"),
        (rsa_key("badges of Chalmers"), "RS512"),
        (rsa_key("badges of Chalmers"), "PS384"),
        (p256_key("badges of Chalmers"), "ES256"),
        (ed25519_key("badges of Chalmers"), "EdDSA"),
    ],
)
def test_any_algorithm_of_the_keys_kind_is_good(key: Any, algorithm: str) -> None:
    who = replace(WHO, key=key)
    data = signed_assertion(who, BADGE_AWARD, algorithm=algorithm)
    assert checks(data, supplied(key_document(who)))[1:] == ("passed", KEY_SUPPLIED)


def test_a_jwk_and_a_bare_pem_serve_as_well() -> None:
    data = signed_assertion(WHO, BADGE_AWARD)
    named = json.dumps(WHO.key.jwk | {"kid": WHO.at("key")}).encode()
    for key in (named, json.dumps(WHO.key.jwk).encode(), pem(WHO.key).encode()):
        assert checks(data, key)[1:] == ("passed", KEY_SUPPLIED)


def test_a_key_inside_the_issuers_document_is_the_issuers() -> None:
    inside = {"id": WHO.at("key"), "type": "CryptographicKey", "publicKeyPem": pem(WHO.key)}
    profile = issuer_profile(WHO) | {"publicKey": inside}
    data = signed_assertion(WHO, BADGE_AWARD)
    assert checks(data, supplied(profile))[1:] == ("passed", KEY_SUPPLIED)
    foreign = issuer_profile(WHO) | {"publicKey": inside | {"owner": "https://a.example"}}
    assert checks(data, supplied(foreign))[1] == NO_KEY


def test_another_key_is_not_tried_where_one_is_named() -> None:
    other = replace(WHO, key=rsa_key("somebody else"))
    elsewhere = key_document(other) | {"id": "https://a.example/key"}
    assert checks(signed_assertion(WHO, BADGE_AWARD), supplied(elsewhere))[1] == NO_KEY
    wrong = supplied(key_document(other))
    assert checks(signed_assertion(WHO, BADGE_AWARD), wrong)[1] == "failed SIG_CRYPTO_FAILURE"


def test_a_keys_owner_is_who_it_vouches_for() -> None:
    """Somebody whose key is known signs a badge in the name of somebody else."""
    owned = supplied(key_document(WHO, owner="https://someone.example/issuer.json"))
    data = signed_assertion(WHO, BADGE_AWARD)
    assert checks(data, owned) == ("passed", "passed", UNAUTHENTICATED)
    linked = signed_assertion(WHO, BADGE_AWARD, links=Links.LINKED)
    assert checks(linked, owned)[2] == KEY_SUPPLIED
    assert checks(linked, owned, BADGE)[2] == UNAUTHENTICATED
    assert report(linked, owned).check(CheckName.ISSUER).facts["organisation"] == (
        "https://someone.example/issuer.json"
    )


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["https://badges.chalmers.example/another-key.json"], UNAUTHENTICATED),
        (["https://a.example/k", "https://badges.chalmers.example/key.json"], KEY_SUPPLIED),
        (None, KEY_SUPPLIED),
    ],
)
def test_the_issuers_own_document_has_to_stand_by_the_key(listed: Any, expected: str) -> None:
    profile = supplied(issuer_profile(WHO) | {"publicKey": listed})
    assert checks(signed_assertion(WHO, BADGE_AWARD), KEY, profile)[2] == expected


def test_an_issuer_inside_the_badge_proves_nothing_about_itself() -> None:
    """The forger writes an issuer of its own that lists the forger's key under a known address."""
    forger = Badger(CHALMERS, rsa_key("somebody else"))
    profile = issuer_profile(forger) | {
        "publicKey": {"id": forger.at("forged"), "publicKeyPem": pem(forger.key)}
    }
    data = signed_assertion(
        forger,
        BADGE_AWARD,
        badge=badge_class(forger, COURSE, issuer=profile),
        verification={"type": "SignedBadge", "creator": forger.at("forged")},
    )
    for files in ((), (KEY,), (KEY, ISSUER, BADGE)):
        assert checks(data, *files)[1:] == ("passed", UNAUTHENTICATED)


def test_a_did_in_the_payload_is_not_the_issuer() -> None:
    """A registry names the signer's DID, but the badge is in the name of somebody else."""
    signer = Badger(CHALMERS, ed25519_key("Somebody"))
    did = signer.key.did_key
    registry = {"registry": {did: {"name": "Somebody"}}}
    method = f"{did}#{signer.key.multikey}"
    stated = {"type": "SignedBadge", "creator": method}
    data = signed_assertion(signer, BADGE_AWARD, verification=stated, issuer=did)
    assert checks(data, supplied(registry))[1:] == ("passed", UNAUTHENTICATED)
    own = badge_class(signer, COURSE, issuer=issuer_profile(signer) | {"id": did})
    genuine = signed_assertion(signer, BADGE_AWARD, verification=stated, badge=own)
    assert checks(genuine, supplied(registry))[1:] == ("passed", "passed ISSUER_REGISTRY")


def test_where_no_key_is_named_the_issuers_listed_keys_are_tried() -> None:
    data = signed_assertion(WHO, BADGE_AWARD, defect=Defect.NO_KEY_NAMED)
    assert checks(data)[1] == NO_KEY
    assert checks(data, KEY)[1:] == ("passed", KEY_SUPPLIED)
    foreign = key_document(WHO, owner="https://a.example")
    assert checks(data, supplied(foreign))[1] == NO_KEY
    assert checks(data, supplied(foreign), ISSUER)[1:] == ("passed", UNAUTHENTICATED)


def test_version_1_names_a_pem_by_its_address() -> None:
    changes: dict[str, Any] = {
        "verification": None,
        "verify": {"type": "signed", "url": WHO.at("key")},
    }
    data = signed_assertion(WHO, BADGE_AWARD, **changes)
    assert checks(data)[1] == NO_KEY
    assert report(data).check(CheckName.PROOF).facts["method"] == WHO.at("key")
    assert checks(data, pem(WHO.key).encode())[1:] == ("passed", KEY_SUPPLIED)


EXPECTED = {
    Defect.EXPIRED: "passed",
    Defect.NOT_YET_VALID: "passed",
    Defect.REVOKED: "passed",
    Defect.DUPLICATE_KEY: "passed",
    Defect.NO_KEY_NAMED: "passed",
    Defect.UNAUTHENTICATED_KEY: "passed",
    Defect.ALTERED_PAYLOAD: "failed SIG_CRYPTO_FAILURE",
    Defect.SWAPPED_PAYLOAD: "failed SIG_CRYPTO_FAILURE",
    Defect.WRONG_KEY: "failed SIG_CRYPTO_FAILURE",
    Defect.STRIPPED_ALGORITHM: "failed SIG_CONSTRAINTS_FAILURE",
    Defect.HS256_WITH_PUBLIC_KEY: "failed SIG_CONSTRAINTS_FAILURE",
    Defect.UNKNOWN_CRITICAL_HEADER: "failed SIG_CONSTRAINTS_FAILURE",
    Defect.EMPTY_CRIT: "failed SIG_CONSTRAINTS_FAILURE",
    Defect.UNENCODED_PAYLOAD: "failed SIG_CONSTRAINTS_FAILURE",
    Defect.MISSING_PROOF: "failed NO_SIGNATURE_FOUND",
    Defect.UNSUPPORTED_SUITE: "indeterminate UNSUPPORTED_SUITE",
}
BROKEN = {Defect.TRUNCATED, Defect.PADDED_BASE64}


def test_every_defect_has_an_expectation() -> None:
    assert set(EXPECTED) | BROKEN == SIGNED_DEFECTS


@pytest.mark.parametrize(("defect", "expected"), EXPECTED.items())
def test_a_named_defect_is_found(defect: Defect, expected: str) -> None:
    found = report(signed_assertion(WHO, BADGE_AWARD, defect=defect), KEY, BADGE, ISSUER)
    assert said(found.check(CheckName.PROOF)) == expected
    assert found.outcome is not Outcome.PASSED
    if expected.startswith("failed"):
        assert found.check(CheckName.ISSUER).reason is Reason.PROOF_FAILED


@pytest.mark.parametrize(
    ("defect", "name", "reason"),
    [
        (Defect.EXPIRED, CheckName.VALIDITY, Reason.EXPIRED),
        (Defect.NOT_YET_VALID, CheckName.VALIDITY, Reason.NOT_YET_VALID),
        (Defect.REVOKED, CheckName.STATUS, Reason.REVOKED),
        (Defect.DUPLICATE_KEY, CheckName.FORMAT, Reason.DUPLICATE_KEY),
        (Defect.UNAUTHENTICATED_KEY, CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED),
    ],
)
def test_a_defect_outside_the_proof_has_its_own_check(
    defect: Defect, name: CheckName, reason: Reason
) -> None:
    found = report(signed_assertion(WHO, BADGE_AWARD, defect=defect), KEY)
    assert found.check(name).reason is reason


@pytest.mark.parametrize("defect", sorted(BROKEN))
def test_a_broken_token_is_malformed(defect: Defect) -> None:
    with pytest.raises(MalformedCredential):
        formats.read(signed_assertion(WHO, BADGE_AWARD, defect=defect))


def test_dates_are_the_bounds_of_validity() -> None:
    credential = read(hosted_assertion(WHO, BADGE_AWARD, expires="2030-01-01"))
    assert credential.valid_from == BADGE_AWARD.issued
    assert credential.valid_until == datetime(2030, 1, 1, 23, 59, 59, tzinfo=UTC)
