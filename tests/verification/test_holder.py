"""Who presents it: the table of the holder check, row by row."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from tests.issuer.badges import credential, open_badge
from tests.issuer.data_integrity import (
    CREDENTIALS_1,
    CREDENTIALS_2,
    ED25519_2020,
    Purpose,
    Suite,
    prove,
)
from tests.issuer.defects import Defect, Form
from tests.issuer.keys import IssuerKey, ed25519_key, verification_method
from tests.issuer.presentations import enveloped, holder_key, presentation
from tests.issuer.specimens import (
    AUDIENCE,
    BADGE_AWARD,
    NONCE,
    issuer_of,
    specimen,
    trust_files,
)
from tests.issuer.spoiling import written
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.model.verification import Check, CheckName, Outcome, Reason
from wallet.proofs import jws
from wallet.proofs.keys import KeyKind, PrivateKey
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import Demand, Verified, verify, verify_with_parts

DEMAND = Demand(AUDIENCE, NONCE)
ISSUER = PrivateKey.from_bytes(KeyKind.P256, b"\x05" * 32)


@cache
def trusting() -> TrustStore:
    trust = TrustStore.empty()
    for index, data in enumerate(trust_files()):
        trust = trust.with_file(data, f"trust {index}", NOW)
    return trust


def items(data: bytes, demand: Demand = DEMAND) -> tuple[Verified, ...]:
    credential = formats.read(data)
    assert credential is not None
    return verify_with_parts(credential, trusting(), NOW, demand)


def holders(data: bytes, demand: Demand = DEMAND) -> list[Check]:
    return [report.check(CheckName.HOLDER) for _, _, report in items(data, demand)]


def with_confirmation(cnf: dict[str, Any] | None, subject: str | None = None) -> bytes:
    """A credential as JWT that names a key by `cnf`, and perhaps a subject."""
    body: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": ISSUER.public.did_key(),
        "credentialSubject": {"name": "x", **({"id": subject} if subject else {})},
    }
    if cnf is not None:
        body["cnf"] = cnf
    did = ISSUER.public.did_key()
    header = {"alg": "ES256", "typ": "vc+jwt", "kid": f"{did}#{did.removeprefix('did:key:')}"}
    return jws.sign_compact(header, json.dumps(body).encode(), ISSUER).encode()


def shown(data: bytes) -> bytes:
    return presentation((data,), holder_key(), audience=AUDIENCE, nonce=NONCE)


@pytest.mark.parametrize(
    ("demand", "outcome", "reason"),
    [
        (DEMAND, Outcome.PASSED, None),
        (Demand(), Outcome.INDETERMINATE, Reason.HOLDER_UNCONFIRMED),
        (Demand(audience=AUDIENCE), Outcome.INDETERMINATE, Reason.HOLDER_UNCONFIRMED),
        (Demand(nonce=NONCE), Outcome.INDETERMINATE, Reason.HOLDER_UNCONFIRMED),
        (Demand("https://other.example", NONCE), Outcome.FAILED, Reason.WRONG_AUDIENCE),
        (Demand(audience="https://other.example"), Outcome.FAILED, Reason.WRONG_AUDIENCE),
        (Demand(AUDIENCE, "another"), Outcome.FAILED, Reason.WRONG_NONCE),
        (Demand(nonce="another"), Outcome.FAILED, Reason.WRONG_NONCE),
    ],
)
def test_a_presentation_is_judged_by_what_is_demanded(
    demand: Demand, outcome: Outcome, reason: Reason | None
) -> None:
    check, inside = holders(specimen(Form.PRESENTATION), demand)
    assert (check.outcome, check.reason) == (outcome, reason)
    assert check.facts["holder"] == holder_key().did_key
    assert check.facts["audience"] == AUDIENCE
    assert check.facts["nonce"] == NONCE
    assert check.facts["expires"]
    # The credential names the presenter's key; it is confirmed only with the presentation.
    confirmed = outcome is Outcome.PASSED
    assert inside.outcome is (Outcome.PASSED if confirmed else Outcome.INDETERMINATE)


def test_a_presentation_without_audience_or_nonce_fits_no_demand() -> None:
    data = presentation((), holder_key())
    assert holders(data)[0].reason is Reason.WRONG_AUDIENCE
    assert holders(data, Demand(nonce=NONCE))[0].reason is Reason.WRONG_NONCE
    assert holders(data, Demand())[0].reason is Reason.HOLDER_UNCONFIRMED


def test_an_expired_presentation_says_so() -> None:
    check, inside = holders(specimen(Form.PRESENTATION, Defect.EXPIRED))
    assert check.reason is Reason.PRESENTATION_EXPIRED
    assert check.facts["date"] == check.facts["expires"]
    assert inside.reason is Reason.HOLDER_UNCONFIRMED


@pytest.mark.parametrize("defect", [Defect.WRONG_KEY, Defect.ALTERED_PAYLOAD, Defect.MISSING_PROOF])
def test_a_failed_proof_leaves_no_holder(defect: Defect) -> None:
    data = specimen(Form.PRESENTATION, defect)
    assert [check.reason for check in holders(data)] == [Reason.PROOF_FAILED] * 2
    assert all(check.outcome is Outcome.NOT_CHECKED for check in holders(data))


def test_another_key_than_the_holders_is_a_failure() -> None:
    thief = replace_holder(holder_key("thief"), holder_key().did_key)
    assert holders(thief)[0].reason is Reason.KEY_BINDING_FAILURE


def replace_holder(signer: IssuerKey, named: str) -> bytes:
    """A presentation that names one holder and is signed by another."""
    document = {"@context": [CREDENTIALS_2], "type": ["VerifiablePresentation"], "holder": named}
    signed = prove(
        document,
        signer,
        method=verification_method(signer.did_key),
        created=NOW,
        purpose=Purpose.AUTHENTICATION,
        members={"domain": AUDIENCE, "challenge": NONCE},
    )
    return written(signed)


def test_a_holder_that_nobody_can_look_up_is_unconfirmed() -> None:
    data = replace_holder(holder_key(), "did:web:holder.example")
    check = holders(data)[0]
    assert (check.outcome, check.reason) == (Outcome.INDETERMINATE, Reason.HOLDER_UNCONFIRMED)


@pytest.mark.parametrize("defect", [Defect.UNSIGNED_TERM, Defect.UNKNOWN_CONTEXT])
def test_a_presentation_that_reads_otherwise_than_signed_confirms_nobody(defect: Defect) -> None:
    for check in holders(specimen(Form.PRESENTATION, defect)):
        assert check.outcome is Outcome.INDETERMINATE


# ---- credentials inside -------------------------------------------------------------------------


def test_a_credential_about_somebody_else_is_unconfirmed() -> None:
    check, inside = holders(specimen(Form.PRESENTATION, Defect.FOREIGN_HOLDER))
    assert check.outcome is Outcome.PASSED
    assert (inside.outcome, inside.reason) == (Outcome.INDETERMINATE, Reason.HOLDER_UNCONFIRMED)


def test_a_credential_that_names_no_key_could_be_anybodys() -> None:
    badge = open_badge(issuer_of(Form.OPEN_BADGE), BADGE_AWARD)
    assert holders(shown(badge))[1].reason is Reason.NO_HOLDER_BINDING
    assert holders(badge)[0].reason is Reason.NO_HOLDER_BINDING


def test_a_bare_credential_that_names_a_key_is_not_presented() -> None:
    learner = replace(BADGE_AWARD.learner, did=holder_key().did_key)
    badge = open_badge(issuer_of(Form.OPEN_BADGE), replace(BADGE_AWARD, learner=learner))
    check = holders(badge)[0]
    assert (check.outcome, check.reason) == (Outcome.NOT_CHECKED, Reason.NOT_APPLICABLE)


def test_the_same_key_under_another_name_is_the_same_key() -> None:
    data = with_confirmation(None, subject=holder_key().did_jwk)
    assert holders(shown(data))[1].outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("cnf", "outcome", "reason"),
    [
        ({"jwk": "own"}, Outcome.PASSED, None),
        ({"kid": "own"}, Outcome.PASSED, None),
        ({"jwk": "other"}, Outcome.FAILED, Reason.KEY_BINDING_FAILURE),
        ({"kid": "other"}, Outcome.FAILED, Reason.KEY_BINDING_FAILURE),
        ({"jwk": {"kty": "oct"}}, Outcome.FAILED, Reason.KEY_BINDING_FAILURE),
    ],
)
def test_a_confirmation_key_has_to_be_the_presenters(
    cnf: dict[str, Any], outcome: Outcome, reason: Reason | None
) -> None:
    keys = {"own": holder_key(), "other": ed25519_key("somebody else")}
    stated = {
        kind: (keys[name].jwk if kind == "jwk" else keys[name].did_key)
        if isinstance(name, str)
        else name
        for kind, name in cnf.items()
    }
    inside = holders(shown(with_confirmation(stated)))[1]
    assert (inside.outcome, inside.reason) == (outcome, reason)
    bare = holders(with_confirmation(stated))[0]
    assert bare.reason is Reason.NOT_APPLICABLE


def test_parts_of_a_part_are_shown_by_the_same_person() -> None:
    inner = json.loads(specimen(Form.PRESENTATION))["verifiableCredential"][0]
    record = {
        **inner,
        "type": ["VerifiableCredential", "ClrCredential"],
        "credentialSubject": {"type": ["ClrSubject"], "verifiableCredential": [inner]},
    }
    token = jws.sign_compact({"alg": "ES256"}, json.dumps(record).encode(), ISSUER)
    found = items(shown(token.encode()))
    assert [path for path, _, _ in found] == [
        (),
        ("presentation", "credential 1"),
        ("presentation", "credential 1", "credential 1"),
    ]
    assert found[2][2].check(CheckName.HOLDER).outcome is Outcome.PASSED


def test_enveloping_changes_nothing_about_the_holder() -> None:
    data = with_confirmation({"jwk": holder_key().jwk})
    credential = formats.read(data)
    assert credential is not None
    assert enveloped(data)["id"].endswith(data.decode())
    report = verify(credential, trusting(), NOW, DEMAND)
    assert report.check(CheckName.HOLDER).reason is Reason.NOT_APPLICABLE


# ---- older and other forms of presentation ------------------------------------------------------


def test_a_presentation_of_the_first_data_model_is_judged_alike() -> None:
    key = holder_key()
    inner = credential(
        issuer_of(Form.CREDENTIAL), BADGE_AWARD, model=1, suite=Suite.ED25519_SIGNATURE_2020
    )
    document = {
        "@context": [CREDENTIALS_1, ED25519_2020],
        "type": ["VerifiablePresentation"],
        "holder": key.did_key,
        "verifiableCredential": [json.loads(inner)],
    }
    signed = prove(
        document,
        key,
        method=verification_method(key.did_key),
        created=NOW,
        suite=Suite.ED25519_SIGNATURE_2020,
        purpose=Purpose.AUTHENTICATION,
        members={"domain": AUDIENCE, "challenge": NONCE},
    )
    found = items(written(signed))
    assert [report.check(CheckName.PROOF).outcome for _, _, report in found] == [Outcome.PASSED] * 2
    assert found[0][2].check(CheckName.HOLDER).outcome is Outcome.PASSED
    assert holders(written(signed), Demand(AUDIENCE, "another"))[0].reason is Reason.WRONG_NONCE


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_presentation_as_a_token_is_judged_alike(wrapped: bool) -> None:
    did = ISSUER.public.did_key()
    body = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": [enveloped(with_confirmation({"jwk": ISSUER.public.to_jwk()}))],
    }
    claims = {"vp": body} if wrapped else body
    claims |= {"iss": did, "aud": AUDIENCE, "nonce": NONCE, "exp": NOW.timestamp() + 60}
    header = {"alg": "ES256", "typ": "JWT" if wrapped else "vp+jwt"}
    header["kid"] = f"{did}#{did.removeprefix('did:key:')}"
    data = jws.sign_compact(header, json.dumps(claims).encode(), ISSUER).encode()
    check, inside = holders(data)
    assert check.outcome is Outcome.PASSED
    assert inside.outcome is Outcome.PASSED
    assert holders(data, Demand(AUDIENCE, "another"))[0].reason is Reason.WRONG_NONCE
    assert holders(data, Demand("https://other.example", NONCE))[0].reason is Reason.WRONG_AUDIENCE
    claims["exp"] = NOW.timestamp() - 60
    data = jws.sign_compact(header, json.dumps(claims).encode(), ISSUER).encode()
    assert holders(data)[0].reason is Reason.PRESENTATION_EXPIRED
