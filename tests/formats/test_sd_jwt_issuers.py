"""SD-JWT VC and the keys that their issuers publish: a name counts for its issuer alone."""

import json
from typing import Any

import pytest

from tests.formats.sd_jwts import PLAIN, read
from tests.issuer.did_documents import did_document, issuer_metadata
from tests.issuer.keys import IssuerKey, p256_key
from tests.issuer.sd_jwt import sd_jwt
from tests.issuer.subjects import NOW
from wallet.model.verification import Check, CheckName
from wallet.texts import use, verdicts
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

ISSUER = "https://uni.example.edu"
OTHER = "https://elsewhere.example"
KEY, STRANGER = p256_key("publishing"), p256_key("somebody else")


def card(header: dict[str, Any], iss: str = ISSUER, key: IssuerKey = KEY) -> bytes:
    return sd_jwt({**PLAIN, "iss": iss}, key, header={"typ": "dc+sd-jwt", **header}).data


def found(data: bytes, *files: bytes) -> tuple[Check, Check]:
    trust = TrustStore.empty()
    for given in files:
        trust = trust.with_file(given, "metadata", NOW)
    report = verify(read(data), trust, NOW)
    return report.check(CheckName.PROOF), report.check(CheckName.ISSUER)


def said(data: bytes, *files: bytes) -> tuple[str, str]:
    checks = found(data, *files)
    first, second = (
        f"{one.outcome.value} {one.reason.value}" if one.reason else one.outcome.value
        for one in checks
    )
    return first, second


METADATA = issuer_metadata(ISSUER, STRANGER, KEY)
GOOD = ("passed", "passed KEY_SUPPLIED")
UNKNOWN = ("indeterminate NO_SIGNING_KEY_FOUND", "indeterminate ISSUER_NOT_AUTHENTICATED")


@pytest.mark.parametrize("header", [{"kid": "2"}, {}, {"jwk": KEY.jwk}])
def test_the_issuers_metadata_show_its_key(header: dict[str, Any]) -> None:
    assert said(card(header), METADATA) == GOOD
    proof, issuer = found(card(header), METADATA)
    assert proof.facts["key_source"] == "did document"
    assert issuer.facts["source"] == "metadata"


def test_without_metadata_nobody_knows_the_key() -> None:
    assert said(card({"kid": "2"})) == UNKNOWN


@pytest.mark.parametrize("header", [{"kid": "2"}, {}])
def test_another_issuers_metadata_say_nothing(header: dict[str, Any]) -> None:
    """A forger publishes its own keys, and writes the university's address into the credential."""
    assert said(card(header), issuer_metadata(OTHER, STRANGER, KEY)) == UNKNOWN
    assert said(card(header, iss=f"{ISSUER}/"), METADATA) == UNKNOWN


def test_a_key_of_that_name_that_did_not_sign_fails() -> None:
    assert said(card({"kid": "1"}), METADATA)[0] == "failed SIG_CRYPTO_FAILURE"
    assert said(card({"jwk": KEY.jwk}), issuer_metadata(ISSUER, STRANGER)) == (
        "passed",
        "indeterminate ISSUER_NOT_AUTHENTICATED",
    )


def test_a_key_past_its_end_shows_nothing_any_more() -> None:
    did = "did:web:uni.example.edu"
    document = did_document(did, KEY)
    for end, expected in (("2000-01-01T00:00:00Z", False), ("2099-01-01T00:00:00Z", True)):
        document["verificationMethod"][0]["expires"] = end
        data = card({"kid": f"{did}#1"}, iss=did)
        proof, issuer = found(data, json.dumps(document).encode())
        assert proof.reason is None
        if expected:
            assert said(data, json.dumps(document).encode()) == GOOD
        else:
            assert issuer.reason is not None
            assert issuer.reason.value == "OUT_OF_BOUNDS_NO_POE"
            assert "until 1 January 2000" in verdicts.check(use("en"), issuer)


def test_a_method_that_is_not_known_is_undecided() -> None:
    did = "did:ebsi:zfEmvX5twhXjQJiCWsukvQA"
    assert said(card({"kid": f"{did}#1"}, iss=did)) == UNKNOWN
