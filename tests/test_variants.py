"""Every variant that the simulator issues soundly is accepted, and the unsigned ones say so."""

from collections.abc import Callable

import pytest

from tests.issuer import (
    BADGE_AWARD,
    EDC_AWARD,
    NOW,
    Award,
    Form,
    Issuer,
    Sealing,
    Shape,
    Suite,
    credential,
    credential_jwt,
    ed25519_key,
    holder_key,
    issuer_registry,
    open_badge,
    open_badge_jwt,
    p256_key,
    presentation,
    rsa_key,
    sealed_edc,
    specimen,
    trust_files,
    unsigned_edc,
    upload_wrapper,
)
from tests.issuer.universities import BERLIN, CHALMERS, berlin, chalmers, sealing
from wallet import formats
from wallet.model.credential import Credential
from wallet.model.verification import CheckName, Outcome, Reason
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify, verify_with_parts

SIGNERS = {
    "EdDSA by did:key": Issuer(CHALMERS, ed25519_key("variants")),
    "EdDSA by did:jwk": Issuer(CHALMERS, ed25519_key("variants"), by_jwk=True),
    "ES256 by did:key": Issuer(CHALMERS, p256_key("variants")),
    "ES256 by did:jwk": Issuer(CHALMERS, p256_key("variants"), by_jwk=True),
    "RS256 by did:jwk": Issuer(CHALMERS, rsa_key("variants"), by_jwk=True),
}


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    store = TrustStore.empty()
    for data in (*trust_files(), issuer_registry(SIGNERS.values())):
        store = store.with_file(data, "file", NOW)
    return store


def read(data: bytes) -> Credential:
    found = formats.read(data)
    assert found is not None
    return found


def accepted(data: bytes, trust: TrustStore, securing: str) -> None:
    found = read(data)
    report = verify(found, trust, NOW)
    assert report.outcome is Outcome.PASSED, report
    assert found.securing == securing


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("signer", SIGNERS)
def test_tokens(signer: str, shape: Shape, trust: TrustStore) -> None:
    accepted(open_badge_jwt(SIGNERS[signer], BADGE_AWARD, shape=shape), trust, "jwt")
    accepted(credential_jwt(SIGNERS[signer], BADGE_AWARD, shape=shape), trust, "jwt")


def test_an_extended_badge_says_how_somebody_took_part(trust: TrustStore) -> None:
    data = open_badge_jwt(SIGNERS["ES256 by did:jwk"], EDC_AWARD, extended=True)
    accepted(data, trust, "jwt")
    (achievement,) = read(data).achievements
    assert achievement.elements.participation[0].label is not None
    assert achievement.elements.participation[0].label.best() == "online"


def test_the_older_suite(trust: TrustStore) -> None:
    suite = Suite.ED25519_SIGNATURE_2020
    accepted(open_badge(chalmers(), BADGE_AWARD, suite=suite), trust, suite.value)
    accepted(credential(chalmers(), BADGE_AWARD, suite=suite, model=1), trust, suite.value)


@pytest.mark.parametrize("model", [1, 2])
def test_both_data_models(model: int, trust: TrustStore) -> None:
    data = credential(chalmers(), BADGE_AWARD, model=model)
    accepted(data, trust, "data-integrity:eddsa-rdfc-2022")


@pytest.mark.parametrize("form", Sealing)
@pytest.mark.parametrize("algorithm", ["RS256", "RS512", "PS256", "PS384", "ES256"])
def test_seals(algorithm: str, form: Sealing, trust: TrustStore) -> None:
    issuer = berlin()
    if algorithm == "ES256":
        issuer = sealing(BERLIN, p256_key("variants"), issuer.key)
    accepted(sealed_edc(issuer, EDC_AWARD, algorithm=algorithm, sealing=form), trust, "jades")


def test_a_presentation_of_everything(trust: TrustStore) -> None:
    inside = (specimen(Form.OPEN_BADGE), specimen(Form.OPEN_BADGE_JWT), specimen(Form.SEALED_EDC))
    outer = read(presentation(inside, holder_key()))
    items = verify_with_parts(outer, trust, NOW)
    assert [item[1].raw for item in items[1:]] == list(inside)
    for _, _, report in items:
        assert report.check(CheckName.PROOF).outcome is Outcome.PASSED, report


@pytest.mark.parametrize("make", [unsigned_edc, upload_wrapper])
def test_the_unsigned_ones(make: Callable[[Issuer, Award], bytes], trust: TrustStore) -> None:
    found = read(make(berlin(), EDC_AWARD))
    report = verify(found, trust, NOW)
    assert report.check(CheckName.PROOF).reason is Reason.NO_SIGNATURE_FOUND
    assert found.achievements == read(specimen(Form.SEALED_EDC)).achievements
