"""The holder check of SD-JWT: what was demanded, and what each broken binding comes to."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.formats.sd_jwts import HOLDER, issue, read, report, said, verdict
from tests.issuer.keys import ed25519_key
from tests.issuer.presentations import presentation
from tests.issuer.sd_jwt import (
    AUDIENCE,
    NONCE,
    BindingDefect,
    SdJwtDefect,
    bound,
)
from tests.issuer.subjects import NOW
from tests.needs import shared
from wallet import formats
from wallet.model.verification import CheckName, Outcome
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, verify, verify_with_parts

HELD = CheckName.HOLDER
BOTH = Demand(AUDIENCE, NONCE)
UNCONFIRMED = "indeterminate HOLDER_UNCONFIRMED"
BROKEN = "failed KEY_BINDING_FAILURE"


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        (BOTH, "passed"),
        (Demand(), UNCONFIRMED),
        (Demand(audience=AUDIENCE), UNCONFIRMED),
        (Demand(nonce=NONCE), UNCONFIRMED),
        (Demand("https://else.example", NONCE), "failed WRONG_AUDIENCE"),
        (Demand(audience="https://else.example"), "failed WRONG_AUDIENCE"),
        (Demand(AUDIENCE, "another"), "failed WRONG_NONCE"),
        (Demand(nonce="another"), "failed WRONG_NONCE"),
        (Demand("https://else.example", "another"), "failed WRONG_AUDIENCE"),
    ],
)
def test_the_binding_is_held_against_the_demand(demand: Demand, expected: str) -> None:
    found = report(bound(issue(), HOLDER), demand).check(HELD)
    assert said(found) == expected
    assert (found.facts["audience"], found.facts["nonce"]) == (AUDIENCE, NONCE)
    assert found.facts["holder"] == HOLDER.did_key
    assert found.facts["created"] == "2024-03-21T05:46:40Z"


def test_an_audience_is_one_text_not_a_list_of_words() -> None:
    data = bound(issue(), HOLDER, audience=f"https://else.example {AUDIENCE}")
    assert verdict(data, HELD, BOTH) == "failed WRONG_AUDIENCE"


@pytest.mark.parametrize("demand", [Demand(), BOTH], ids=["nothing", "both"])
@pytest.mark.parametrize("defect", BindingDefect)
def test_a_broken_binding_fails_whether_or_not_anybody_asked(
    defect: BindingDefect, demand: Demand
) -> None:
    found = report(bound(issue(), HOLDER, defect=defect), demand)
    assert said(found.check(HELD)) == BROKEN
    assert said(found.check(CheckName.PROOF)) == "passed"
    assert found.outcome is Outcome.FAILED


def test_another_holders_binding_fails() -> None:
    assert verdict(bound(issue(), ed25519_key("thief")), HELD, BOTH) == BROKEN


@pytest.mark.parametrize("made", [0, 4000000000])
def test_its_age_is_not_judged(made: int) -> None:
    assert verdict(bound(issue(), HOLDER, claims={"iat": made}), HELD, BOTH) == "passed"


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (int(NOW.timestamp()), "failed PRESENTATION_EXPIRED"),
        (int(NOW.timestamp()) + 1, "passed"),
        ("soon", BROKEN),
    ],
)
def test_an_end_that_it_states_itself_counts(end: Any, expected: str) -> None:
    data = bound(issue(), HOLDER, claims={"exp": end})
    assert verdict(data, HELD, BOTH) == expected


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        (Demand(), "not_checked NOT_APPLICABLE"),
        (BOTH, BROKEN),
        (Demand(audience=AUDIENCE), BROKEN),
        (Demand(nonce=NONCE), BROKEN),
    ],
)
def test_leaving_the_binding_out_does_not_get_around_a_demand(
    demand: Demand, expected: str
) -> None:
    assert verdict(issue().data, HELD, demand) == expected


@pytest.mark.parametrize("demand", [Demand(), BOTH], ids=["nothing", "both"])
def test_without_a_holders_key_nothing_is_bound(demand: Demand) -> None:
    assert verdict(issue({"cnf": None}).data, HELD, demand) == "not_checked NO_HOLDER_BINDING"
    assert verdict(bound(issue({"cnf": None}), HOLDER), HELD, demand) == BROKEN


def test_a_holders_key_that_is_not_known_here_is_not_confirmed() -> None:
    issued = issue({"cnf": {"kid": "did:web:holder.example#key-1"}})
    assert verdict(bound(issued, HOLDER), HELD, BOTH) == UNCONFIRMED


@pytest.mark.parametrize("defect", [SdJwtDefect.WRONG_KEY, SdJwtDefect.UNREFERENCED])
def test_without_the_issuers_proof_the_key_may_be_anybodys(defect: SdJwtDefect) -> None:
    issued = issue(defect=defect)
    assert verdict(bound(issued, HOLDER), HELD, BOTH) == "not_checked PROOF_FAILED"
    assert verdict(issued.data, HELD, BOTH) == "not_checked PROOF_FAILED"


def test_an_unknown_issuers_key_leaves_the_holder_unconfirmed() -> None:
    data = bound(issue(header={"kid": None}), HOLDER)
    assert verdict(data, HELD, BOTH) == UNCONFIRMED
    assert verdict(data, HELD, Demand(AUDIENCE, "another")) == "failed WRONG_NONCE"


def test_a_document_that_breaks_the_rules_confirms_nobody() -> None:
    data = bound(issue(defect=SdJwtDefect.NAME_TAKEN), HOLDER)
    assert verdict(data, HELD, BOTH) == UNCONFIRMED


def test_a_credential_that_there_was_no_time_for_confirms_nobody() -> None:
    credential = read(issue().data)
    checks = formats.undecided(credential, NOW)
    assert [said(check) for check in checks] == [
        "passed",
        "indeterminate UNSUPPORTED_SUITE",
        "indeterminate ISSUER_NOT_AUTHENTICATED",
        UNCONFIRMED,
    ]
    assert len(formats.undecided(read(issue({"cnf": None}).data), NOW)) == 3


# ---- inside a presentation ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (issue().data, "passed"),
        (bound(issue(), HOLDER), "passed"),
        (issue({"cnf": None}).data, "not_checked NO_HOLDER_BINDING"),
        (issue({"cnf": {"jwk": ed25519_key("else").jwk}}).data, BROKEN),
        (bound(issue(), HOLDER, defect=BindingDefect.ALTERED), BROKEN),
        (bound(issue(), HOLDER, nonce="another"), "failed WRONG_NONCE"),
        (
            bound(issue({"cnf": {"jwk": ed25519_key("else").jwk}}), ed25519_key("else")),
            BROKEN,
        ),
    ],
    ids=["unbound", "bound", "no-key", "another-key", "altered", "another-nonce", "anothers"],
)
def test_the_presenter_has_to_hold_the_key(data: bytes, expected: str) -> None:
    outer = presentation((data,), HOLDER, audience=AUDIENCE, nonce=NONCE)
    items = verify_with_parts(read(outer), TrustStore.empty(), NOW, BOTH)
    assert [path for path, _, _ in items] == [(), ("presentation", "credential 1")]
    assert said(items[0][2].check(HELD)) == "passed"
    assert said(items[1][2].check(HELD)) == expected


# ---- the published samples ----------------------------------------------------------------------

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
VERIFIER, NUMBER = "https://example.com/verifier", "1234567890"


@pytest.mark.parametrize(
    ("name", "demand", "expected"),
    [
        row
        for name in ("simple", "key_binding")
        for row in (
            (name, Demand(VERIFIER, NUMBER), "passed"),
            (name, Demand(), UNCONFIRMED),
            (name, Demand(VERIFIER + "/", NUMBER), "failed WRONG_AUDIENCE"),
            (name, Demand(VERIFIER, NUMBER + "0"), "failed WRONG_NONCE"),
        )
    ]
    + [
        ("array_recursive_sd", Demand(), "not_checked NO_HOLDER_BINDING"),
        ("array_recursive_sd", Demand(VERIFIER, NUMBER), "not_checked NO_HOLDER_BINDING"),
    ],
)
@pytest.mark.parametrize("at", [AT, datetime(2025, 1, 1, tzinfo=UTC)], ids=["now", "before"])
def test_the_samples_are_shown_by_their_holder(
    name: str, demand: Demand, expected: str, at: datetime
) -> None:
    key = shared("samples", "sd-jwt", "issuer-public-key.json").read_bytes()
    data = shared("samples", "sd-jwt", name, "sd_jwt_presentation.txt").read_bytes()
    trust = TrustStore.empty().with_file(key, "issuer-public-key.json", at)
    found = verify(read(data), trust, at, demand)
    assert said(found.check(CheckName.PROOF)) == "passed"
    assert said(found.check(CheckName.ISSUER)) == "passed KEY_SUPPLIED"
    assert said(found.check(HELD)) == expected


def test_the_credential_of_the_rfc_is_not_shown_by_anybody() -> None:
    key = shared("samples", "sd-jwt", "rfc9901-a5-issuer-key.json").read_bytes()
    data = shared("samples", "sd-jwt", "rfc9901-a3-sd-jwt-vc.txt").read_bytes()
    trust = TrustStore.empty().with_file(key, "issuer.json", AT)
    found = verify(read(data), trust, AT)
    assert said(found.check(CheckName.PROOF)) == "passed"
    assert said(found.check(CheckName.ISSUER)) == "passed KEY_SUPPLIED"
    assert said(found.check(HELD)) == "not_checked NOT_APPLICABLE"
    assert found.outcome is Outcome.PASSED
