"""The demonstration tells its story: each committed file comes to the state that the tour shows."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

import pytest

from tests.make_demonstration import FOLDER, MAIL
from wallet import formats
from wallet.intake import gather
from wallet.model.credential import Credential, Element
from wallet.model.programme import Assessment, AwardStatus, Holdings
from wallet.model.verification import CheckName, Outcome, Reason, State, standing
from wallet.presentation.build import build
from wallet.presentation.code import code
from wallet.proofs.contexts import Contexts
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.resources import resource
from wallet.stacking.matching import holdings
from wallet.stacking.programme_file import load
from wallet.stacking.solve import assess
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

STORY = json.loads(FOLDER.joinpath("demonstration.json").read_bytes())
CLOCK = datetime.fromisoformat(STORY["clock"])
COMFORTABLE_VERSION = 25
"""Up to this version a code is easy to scan from a screen."""

STATES = {
    "01-climate-data-analysis.jsonld": State.VERIFIED,
    "02-sustainable-development.json": State.VERIFIED,
    "03-summer-school-2023.jsonld": State.VERIFIED,
    "04-data-one.jwt": State.VERIFIED,
    "12-leadership-for-transitions.json": State.REVOKED,
    "13-renewable-energy.json": State.SIGNATURE_NOT_VALID,
}


@pytest.fixture(scope="module")
def trust() -> TrustStore:
    store = TrustStore.empty()
    for name in STORY["trust"]:
        store = store.with_file(FOLDER.joinpath(name).read_bytes(), name, CLOCK)
    return store


def read(name: str) -> Credential:
    credential = formats.read(FOLDER.joinpath(name).read_bytes())
    assert credential is not None
    return credential


def laboratory() -> Credential:
    gathered = gather(FOLDER / MAIL)
    assert gathered.problems == ()
    (found,) = gathered.items
    assert found.path == ("attachment Wspólne laboratorium klimatyczne – Hanna Żółkiewska.jsonld",)
    return found.credential


def test_every_credential_has_its_state() -> None:
    assert list(STATES) == STORY["credentials"]


@pytest.mark.parametrize(("name", "state"), STATES.items())
def test_a_credential_comes_to_its_state(name: str, state: State, trust: TrustStore) -> None:
    report = verify(read(name), trust, CLOCK)
    assert standing(report).state is state, report


@pytest.mark.parametrize("name", STATES)
def test_no_other_wallet_confirms_an_issuer(name: str) -> None:
    """The keys are trusted nowhere else: without the demonstration's own data nothing is green."""
    report = verify(read(name), TrustStore.empty(), CLOCK)
    assert report.check(CheckName.ISSUER).outcome is not Outcome.PASSED
    assert standing(report).state is not State.VERIFIED


def test_the_mail_brings_a_verified_joint_credential(trust: TrustStore) -> None:
    credential = laboratory()
    report = verify(credential, trust, CLOCK)
    assert standing(report).state is State.VERIFIED, report
    (achievement,) = credential.achievements
    assert achievement.elements.country == ("PL", "DE")
    assert achievement.identifiers == ("urn:mc-example:wut:joint-climate-lab",)
    assert set(credential.languages) == {"en", "pl"}


@pytest.mark.parametrize("name", [name for name in STATES if name.endswith(".jsonld")])
def test_the_sealed_ones_state_all_sixteen_elements(name: str) -> None:
    (achievement,) = read(name).achievements
    assert achievement.elements.stated() == tuple(Element)


@pytest.mark.parametrize("name", [name for name in STATES if not name.endswith(".jsonld")])
def test_the_badges_state_what_badges_can(name: str) -> None:
    (achievement,) = read(name).achievements
    missing = achievement.elements.missing_mandatory()
    # Only an extension says how somebody took part; the token has it.
    assert missing == (() if name.endswith(".jwt") else (Element.PARTICIPATION,))


@pytest.mark.parametrize("name", [*STATES, None])
def test_titles_say_that_they_are_examples(name: str | None) -> None:
    credential = laboratory() if name is None else read(name)
    assert credential.title is not None
    for language, title in credential.title.values:
        assert title.endswith("Przykład" if language == "pl" else "Example")


def test_the_revocation_is_on_the_demonstrations_own_list(trust: TrustStore) -> None:
    name = "12-leadership-for-transitions.json"
    assert verify(read(name), trust, CLOCK).check(CheckName.STATUS).reason is Reason.REVOKED
    without = verify(read(name), TrustStore.empty(), CLOCK).check(CheckName.STATUS)
    assert without.reason is Reason.TRY_LATER


def climate_action(held: Iterable[tuple[str, Credential]], trust: TrustStore) -> Assessment:
    programme = load(resource("programmes", "enhance-climate-action.json").read_bytes())
    found = [
        holding
        for name, credential in held
        for holding in holdings(name, credential, verify(credential, trust, CLOCK))
    ]
    return assess(programme, Holdings(tuple(found)), CLOCK.date())


def test_the_mail_completes_the_certificate(trust: TrustStore) -> None:
    """Before, one course is missing; after, another course has moved to make room for the new."""
    climate, badge, school = list(STATES)[:3]
    held = [(name, read(name)) for name in STATES]
    before = {award.key: award for award in climate_action(held, trust).awards}
    assert before["mini"].status is AwardStatus.MET
    assert before["full"].status is AwardStatus.NOT_MET
    assert {len(plan) for plan in before["full"].next} == {1}
    assert ("joint-climate-lab",) in before["full"].next
    assert dict(before["full"].used)["m1"] == (badge,)

    held.append(("the mail's", laboratory()))
    after = {award.key: award for award in climate_action(held, trust).awards}
    assert after["full"].status is AwardStatus.MET
    assert dict(after["full"].used) == {
        "m1": ("the mail's",),
        "m2": (climate,),
        "m3": (badge,),
        "summer-school": (school,),
    }


def test_the_badge_of_the_tour_fits_a_comfortable_code() -> None:
    content = build(
        [read("02-sustainable-development.json")],
        Contexts.bundled(),
        PrivateKey.from_bytes(KeyKind.ED25519, bytes(range(32))),
        audience="Example Employer",
        nonce="1234567890",
        expires=CLOCK + timedelta(days=7),
        at=CLOCK,
    )
    assert code(content).version <= COMFORTABLE_VERSION
