"""Who signed, and who vouches for that: every reason of the issuer check that there is now."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509

from tests.issuer.keys import IssuerKey, ed25519_key, verification_method
from tests.trust.certifying import certificate, der, key, pem
from wallet.model.credential import Organisation, Text
from wallet.model.verification import Check, CheckName, Outcome, Reason
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey
from wallet.trust.anchors import Decision, TrustStore, issuer_check

AT = datetime(2026, 11, 22, tzinfo=UTC)
EMPTY = TrustStore.empty()
ISSUER = Organisation(Text.plain("Example University"))
BODY = Organisation(Text.plain("Faculty of Physics"))
KEY = ed25519_key("issuer check")
PUBLIC = PublicKey.from_jwk(KEY.jwk)
WEB = "did:web:example.edu"

ROOT = certificate("Root", "Root", ca=True)
LEAF = certificate("Example University", "Root", identifier="VATPL-0000000000")


def asked(trust: TrustStore = EMPTY, **changes: Any) -> Check:
    usual: dict[str, Any] = {
        "key": PUBLIC,
        "resolved": None,
        "issuer": ISSUER,
        "issuer_id": None,
        "chain": (),
        "awarding": (BODY,),
        "trust": trust,
        "at": AT,
    }
    check = issuer_check(**{**usual, **changes})
    assert check.name is CheckName.ISSUER
    return check


def by_did(trust: TrustStore, method: str, issuer_id: str | None) -> Check:
    resolved = trust.resolve(method)
    assert resolved is not None
    return asked(trust, key=resolved.key, resolved=resolved, issuer_id=issuer_id)


def by_seal(trust: TrustStore, *chain: x509.Certificate, **changes: Any) -> Check:
    found = PublicKey.from_certificate(der(chain[0]))
    return asked(trust, key=found, chain=tuple(der(one) for one in chain), **changes)


def with_json(document: object, trust: TrustStore = EMPTY) -> TrustStore:
    return trust.with_file(json.dumps(document).encode(), "file.json", AT)


def with_anchors(*anchors: x509.Certificate) -> TrustStore:
    return EMPTY.with_file(pem(*anchors), "anchors.pem", AT)


# ---- keys ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("did", [KEY.did_key, KEY.did_jwk])
def test_a_did_that_is_the_issuer_is_known_by_its_number(did: str) -> None:
    check = by_did(EMPTY, verification_method(did), did)
    assert (check.outcome, check.reason) == (Outcome.INDETERMINATE, Reason.ISSUER_UNKNOWN)
    assert check.facts["organisation"] == "Example University"
    assert check.facts["awarding_body"] == "Faculty of Physics"


def test_a_registry_that_names_the_issuer() -> None:
    registry = {"meta": {"name": "Community"}, "registry": {KEY.did_key: {"name": "Example U"}}}
    check = by_did(with_json(registry), verification_method(KEY.did_key), KEY.did_key)
    assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.ISSUER_REGISTRY)
    assert check.facts["registry"] == "Community"
    assert check.facts["organisation"] == "Example U"
    assert check.facts["date"] == "2026-11-22"


@pytest.mark.parametrize("issuer_id", [None, "did:key:z6Mk", WEB, KEY.did_key + "#x", ""])
def test_a_did_that_is_not_the_issuer_shows_nothing(issuer_id: str | None) -> None:
    trust = with_json({"registry": {KEY.did_key: {"name": "x"}, WEB: {"name": "y"}}})
    check = by_did(trust, verification_method(KEY.did_key), issuer_id)
    assert (check.outcome, check.reason) == (
        Outcome.INDETERMINATE,
        Reason.ISSUER_NOT_AUTHENTICATED,
    )


@pytest.mark.parametrize("address", ["https://example.edu/issuers/1", WEB])
def test_a_key_in_a_fragment_shows_nothing_even_if_a_registry_names_the_issuer(
    address: str,
) -> None:
    trust = with_json({"registry": {address: {"name": "Example University"}}})
    check = by_did(trust, f"{address}#{KEY.multikey}", address)
    assert check.reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_a_key_from_the_header_shows_nothing() -> None:
    resolved = ResolvedKey(PUBLIC, None, "header")
    assert asked(resolved=resolved, issuer_id=WEB).reason is Reason.ISSUER_NOT_AUTHENTICATED
    assert asked(issuer_id=WEB).reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_a_supplied_key() -> None:
    check = asked(with_json(KEY.jwk), issuer_id=WEB)
    assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.KEY_SUPPLIED)
    assert check.facts["source"] == "file.json"
    other = PublicKey.from_jwk(ed25519_key("other").jwk)
    assert asked(with_json(KEY.jwk), key=other).reason is Reason.ISSUER_NOT_AUTHENTICATED


def test_a_supplied_key_of_an_issuer_that_is_its_own_key() -> None:
    check = by_did(with_json(KEY.jwk), verification_method(KEY.did_key), KEY.did_key)
    assert check.reason is Reason.KEY_SUPPLIED


def test_a_pinned_did_document() -> None:
    document = {
        "id": WEB,
        "verificationMethod": [{"id": "#1", "publicKeyMultibase": KEY.multikey}],
        "assertionMethod": ["#1"],
    }
    trust = with_json(document)
    assert by_did(trust, f"{WEB}#1", WEB).reason is Reason.KEY_SUPPLIED
    other = by_did(trust, f"{WEB}#1", "did:web:other.example")
    assert other.reason is Reason.ISSUER_NOT_AUTHENTICATED
    listed = with_json({"registry": {WEB: {"name": "x"}}}, trust)
    assert by_did(listed, f"{WEB}#1", WEB).reason is Reason.ISSUER_REGISTRY


def test_what_the_person_decided_goes_before_everything() -> None:
    trust = with_json(KEY.jwk)
    no = trust.with_decision(Decision(PUBLIC.thumbprint(), False, "they denied it", AT))
    yes = EMPTY.with_decision(Decision(PUBLIC.thumbprint(), True, "by phone", AT))
    assert (asked(no).outcome, asked(no).reason) == (Outcome.FAILED, Reason.DISTRUSTED_BY_YOU)
    assert (asked(yes).outcome, asked(yes).reason) == (Outcome.PASSED, Reason.TRUSTED_BY_YOU)
    assert asked(yes).facts["how"] == "by phone"


def test_without_a_key_nothing_is_checked() -> None:
    check = asked(key=None)
    assert (check.outcome, check.reason) == (Outcome.NOT_CHECKED, Reason.PROOF_FAILED)


# ---- certificates -------------------------------------------------------------------------------


def test_a_seal_while_nothing_is_known() -> None:
    check = by_seal(EMPTY, LEAF)
    assert (check.outcome, check.reason) == (Outcome.INDETERMINATE, Reason.TRUST_DATA_MISSING)
    assert check.facts["organisation"] == "Example University"
    assert check.facts["organisation_identifier"] == "VATPL-0000000000"
    assert check.facts["certificate_expires"] == "2040-01-01"


def test_a_seal_under_a_supplied_certificate() -> None:
    for anchor in (ROOT, LEAF):
        check = by_seal(with_anchors(anchor), LEAF)
        assert (check.outcome, check.reason) == (Outcome.PASSED, Reason.KEY_SUPPLIED)
        assert check.facts["source"] == "anchors.pem"


def test_a_seal_that_leads_nowhere() -> None:
    other = certificate("Other", "Other", ca=True)
    check = by_seal(with_anchors(other), LEAF)
    assert check.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND
    broken = asked(with_anchors(ROOT), chain=(b"no certificate",))
    assert broken.reason is Reason.NO_CERTIFICATE_CHAIN_FOUND


def test_a_certificate_out_of_its_time() -> None:
    ended = AT - timedelta(days=1)
    expired = certificate("Example University", "Root", valid=(AT - timedelta(days=900), ended))
    check = by_seal(with_anchors(ROOT), expired)
    assert check.reason is Reason.OUT_OF_BOUNDS_NO_POE
    assert check.facts["date"] == "2026-11-21"
    assert by_seal(with_anchors(ROOT), expired, at=ended).reason is Reason.KEY_SUPPLIED
    early = by_seal(with_anchors(ROOT), LEAF, at=datetime(2019, 1, 1, tzinfo=UTC))
    assert early.reason is Reason.OUT_OF_BOUNDS_NO_POE


def test_a_seal_of_somebody_else() -> None:
    stated = Organisation(Text.plain("Another University"), ("VATPL-1111111111",))
    check = by_seal(with_anchors(ROOT), LEAF, issuer=stated)
    assert (check.outcome, check.reason) == (Outcome.INDETERMINATE, Reason.SEAL_NOT_ISSUER)
    assert check.facts["organisation"] == "Example University"
    assert check.facts["awarding_body"] == "Another University"


def test_a_seal_on_behalf_of_an_awarding_body_is_the_issuers() -> None:
    check = by_seal(with_anchors(ROOT), LEAF, awarding=(BODY,))
    assert check.reason is Reason.KEY_SUPPLIED
    assert check.facts["awarding_body"] == "Faculty of Physics"


def test_a_document_that_states_no_issuer_is_only_about_the_seal() -> None:
    assert by_seal(with_anchors(ROOT), LEAF, issuer=None).reason is Reason.KEY_SUPPLIED


def test_the_key_of_a_seal_can_be_supplied_or_decided_as_well() -> None:
    sealing: IssuerKey = key("Example University")
    assert by_seal(with_json(sealing.jwk), LEAF).reason is Reason.KEY_SUPPLIED
    thumbprint = PublicKey.from_jwk(sealing.jwk).thumbprint()
    trust = EMPTY.with_decision(Decision(thumbprint, False, "no", AT))
    assert by_seal(trust, LEAF).reason is Reason.DISTRUSTED_BY_YOU
