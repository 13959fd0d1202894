"""What foreign bytes can ask for has an end: just under it reads, just over it is refused."""

import json
from decimal import Decimal
from typing import Any

import pytest

from tests.formats.edci_documents import DOCUMENT
from tests.issuer.keys import base64url, p256_key
from tests.issuer.open_badges_2 import badger, hosted_assertion, pem, signed_assertion
from tests.issuer.specimens import BADGE_AWARD
from wallet import formats
from wallet.errors import TooLarge
from wallet.formats import dates, edci_values, jwt_keys, open_badge_2_proof
from wallet.formats.badge_elements import MAX_ACHIEVEMENTS, MAX_LISTED
from wallet.formats.elm import MAX_CLAIMS
from wallet.formats.elm_organisation import MAX_PLACES, places
from wallet.formats.opening import Opened, take_apart
from wallet.formats.reading import MAX_SUITE_CHARACTERS
from wallet.formats.values import MAX_IDENTIFIERS, MAX_NUMBER, MAX_NUMBER_CHARACTERS, number
from wallet.model.credential import Credential
from wallet.model.verification import Outcome
from wallet.proofs import jws
from wallet.proofs.keys import PublicKey
from wallet.trust.anchors import TrustStore
from wallet.trust.did import resolve_did_key

BADGE = ["VerifiableCredential", "OpenBadgeCredential"]
KEY = p256_key("limits")
WHO = badger()
EDC = ["VerifiableCredential", "EuropeanDigitalCredential"]


def read(types: list[str], subject: dict[str, Any], **members: Any) -> Credential:
    document = {"type": types, "credentialSubject": subject, **members}
    credential = formats.read(json.dumps(document).encode())
    assert credential is not None
    return credential


def test_achievements_of_a_badge() -> None:
    item = {"name": "x"}
    under = read(BADGE, {"achievement": [item] * MAX_ACHIEVEMENTS})
    assert len(under.achievements) == MAX_ACHIEVEMENTS
    with pytest.raises(TooLarge):
        read(BADGE, {"achievement": [item] * (MAX_ACHIEVEMENTS + 1)})


def test_claims_of_a_european_credential() -> None:
    item = {"type": "LearningAchievement"}
    under = read(EDC, {"hasClaim": [item] * MAX_CLAIMS})
    assert len(under.achievements) == MAX_CLAIMS
    with pytest.raises(TooLarge):
        read(EDC, {"hasClaim": [item] * (MAX_CLAIMS + 1)})


def test_identifiers_of_somebody_are_listed_to_a_limit() -> None:
    names = [f"id {index}" for index in range(MAX_IDENTIFIERS + 5)]
    (found,) = read(
        EDC, {"identifier": names, "hasClaim": {"type": "LearningAchievement"}}
    ).achievements
    assert found.elements.learner is not None
    assert found.elements.learner.identifiers == tuple(names[:MAX_IDENTIFIERS])


def test_evidence_is_listed_to_a_limit() -> None:
    evidence = [{"name": f"piece {index}"} for index in range(MAX_LISTED + 5)]
    (found,) = read(BADGE, {"achievement": {"name": "x"}}, evidence=evidence).achievements
    assert len(found.elements.further_information) == MAX_LISTED


@pytest.mark.parametrize(
    ("text", "read_as"),
    [("100000", MAX_NUMBER), ("100001", None), ("1." + "0" * 18, 1), ("1." + "0" * 19, None)],
)
def test_numbers(text: str, read_as: Decimal | int | None) -> None:
    assert (len(text) <= MAX_NUMBER_CHARACTERS) == (text != "1." + "0" * 19)
    assert number(text) == read_as


def test_characters_of_a_date() -> None:
    start = "2024-01-01T00:00:00."
    for length in (dates.MAX_CHARACTERS, dates.MAX_CHARACTERS + 1):
        found = dates.moment(start + "0" * (length - len(start) - 1) + "Z")
        assert (found is not None) == (length == dates.MAX_CHARACTERS)


def test_digits_of_a_second_beyond_the_microsecond_are_left_out() -> None:
    digits = "1" * dates.MAX_MICROSECOND_DIGITS
    for more in ("", "9"):
        found = dates.moment(f"2024-01-01T00:00:00.{digits}{more}Z")
        assert found is not None
        assert found.at.microsecond == int(digits)


def test_places_of_an_organisation() -> None:
    for count in (MAX_PLACES, MAX_PLACES + 1):
        locations = [{"address": {"countryCode": f"place {n}"}} for n in range(count)]
        assert len(places({"location": locations})) == MAX_PLACES


def test_the_name_of_a_suite() -> None:
    for length in (MAX_SUITE_CHARACTERS, MAX_SUITE_CHARACTERS + 1):
        proof = {"type": "Signature" + "x" * (length - len("Signature"))}
        credential = read(BADGE, {"achievement": {"name": "x"}}, proof=proof)
        assert len(credential.securing) == MAX_SUITE_CHARACTERS


def test_certificates_in_a_header() -> None:
    for count in (jwt_keys.MAX_CERTIFICATES, jwt_keys.MAX_CERTIFICATES + 1):
        header = {"alg": "ES256", "kid": KEY.did_key, "x5c": ["AAAA"] * count}
        finding = jwt_keys.check(token(header), None, resolve_did_key)
        expected = None if count == jwt_keys.MAX_CERTIFICATES else "x5c"
        assert finding.facts.get("what") == expected


def test_supplied_keys_that_are_tried() -> None:
    own = PublicKey.from_jwk(KEY.jwk)
    others = [PublicKey.from_jwk(p256_key(f"other {n}").jwk) for n in range(3)]
    for count in (jwt_keys.MAX_SUPPLIED - 1, jwt_keys.MAX_SUPPLIED):
        supplied = [*(others * jwt_keys.MAX_SUPPLIED)[:count], own]
        finding = jwt_keys.check(token({"alg": "ES256"}), None, lambda _: None, supplied)
        found = Outcome.PASSED if count < jwt_keys.MAX_SUPPLIED else Outcome.INDETERMINATE
        assert finding.outcome is found


@pytest.mark.parametrize("more", [0, 1])
def test_remarks_about_a_european_credential_in_xml(
    more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """References to nothing, each worth a remark."""
    monkeypatch.setattr(edci_values, "MAX_REMARKS", 3)
    outcome = '<learningOutcome idref="urn:epass:learningOutcome:1"/>'
    lost = "".join(f'<learningOutcome idref="urn:{n}"/>' for n in range(3 + more))
    credential = formats.read(DOCUMENT.replace(outcome, lost).encode())
    assert credential is not None
    assert [one.what for one in credential.defects].count("idref") == 3


@pytest.mark.parametrize("more", [0, 1])
def test_the_kind_of_a_verification(more: int) -> None:
    longest = open_badge_2_proof.MAX_TYPE_CHARACTERS
    data = hosted_assertion(WHO, BADGE_AWARD, verification={"type": "x" * (longest + more)})
    finding = open_badge_2_proof.check(taken_apart(data), TrustStore.empty())
    assert finding.facts == {"suite": "x" * longest}


@pytest.mark.parametrize("more", [0, 1])
def test_keys_that_an_assertion_brings(more: int) -> None:
    own = {"id": WHO.at("key"), "publicKeyPem": pem(WHO.key)}
    others = [{"publicKeyPem": ""}] * (open_badge_2_proof.MAX_KEYS - 1 + more)
    data = signed_assertion(
        WHO, BADGE_AWARD, verification={"type": "signed", "creator": [*others, own]}
    )
    finding = open_badge_2_proof.check(taken_apart(data), TrustStore.empty())
    assert finding.outcome is (Outcome.INDETERMINATE if more else Outcome.PASSED)


def taken_apart(data: bytes) -> Opened:
    opened = take_apart(data)
    assert opened is not None
    return opened


def token(header: dict[str, Any]) -> jws.Jws:
    """A compact JWS with a header, signed with KEY."""
    signed = base64url(json.dumps(header).encode()) + ".e30"
    return jws.parse_compact(f"{signed}.{base64url(KEY.sign(signed.encode()))}")
