"""The procedure: six checks, always all of them, pure."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest

from tests import work
from tests.issuer.defects import Defect, Form
from tests.issuer.presentations import enveloped, holder_key, presentation
from tests.issuer.specimens import AUDIENCE, NONCE, specimen, status_files, trust_files
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.model.credential import Credential, Format
from wallet.model.verification import (
    CheckName,
    Outcome,
    Reason,
    State,
    VerificationReport,
    standing,
)
from wallet.trust.anchors import TrustStore
from wallet.verification import verify as procedure
from wallet.verification.verify import Demand, refresh, verify, verify_with_parts

V2 = "https://www.w3.org/ns/credentials/v2"
DEMAND = Demand(AUDIENCE, NONCE)


@cache
def trusting() -> TrustStore:
    trust = TrustStore.empty()
    for index, data in enumerate((*trust_files(), *status_files())):
        trust = trust.with_file(data, f"trust {index}", NOW)
    return trust


def read(data: bytes) -> Credential:
    credential = formats.read(data)
    assert credential is not None
    return credential


def report(form: Form, defect: Defect | None = None, at: datetime = NOW) -> VerificationReport:
    return verify(read(specimen(form, defect)), trusting(), at, DEMAND)


@pytest.mark.parametrize("form", Form)
def test_what_is_sound_and_known_is_verified(form: Form) -> None:
    found = report(form)
    assert [check.name for check in found.checks] == list(CheckName)
    assert found.outcome is Outcome.PASSED
    assert standing(found).state is State.VERIFIED
    assert found.at == NOW
    assert found.trust_as_of == NOW


@pytest.mark.parametrize("form", Form)
def test_verification_is_pure(form: Form) -> None:
    credential = read(specimen(form))
    assert verify(credential, trusting(), NOW) == verify(credential, trusting(), NOW)


CREDENTIALS = [Form.SEALED_EDC, Form.OPEN_BADGE, Form.OPEN_BADGE_JWT, Form.CREDENTIAL_JWT]


@pytest.mark.parametrize("form", CREDENTIALS)
@pytest.mark.parametrize(
    ("defect", "name", "reason"),
    [
        (Defect.EXPIRED, CheckName.VALIDITY, Reason.EXPIRED),
        (Defect.NOT_YET_VALID, CheckName.VALIDITY, Reason.NOT_YET_VALID),
        (Defect.REVOKED, CheckName.STATUS, Reason.REVOKED),
        (Defect.SUSPENDED, CheckName.STATUS, Reason.SUSPENDED),
    ],
)
def test_one_defect_fails_one_check(
    form: Form, defect: Defect, name: CheckName, reason: Reason
) -> None:
    found = report(form, defect)
    wrong = [check.name for check in found.checks if check.outcome is Outcome.FAILED]
    assert wrong == [name]
    assert found.check(name).reason is reason


def test_every_check_is_made_after_a_failure() -> None:
    credential = read(specimen(Form.OPEN_BADGE, Defect.EXPIRED))
    altered = read(credential.raw.replace(b'"type":["Achievement"]', b'"type":["Achievements"]'))
    found = verify(altered, trusting(), NOW)
    assert found.check(CheckName.PROOF).outcome is Outcome.FAILED
    assert found.check(CheckName.VALIDITY).reason is Reason.EXPIRED
    assert found.check(CheckName.ISSUER).reason is Reason.PROOF_FAILED


def test_signed_documents_have_no_time_status_or_holder() -> None:
    credential = read(b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.AAAA")
    found = verify(credential, TrustStore.empty(), NOW)
    for name in (CheckName.VALIDITY, CheckName.STATUS, CheckName.HOLDER):
        assert found.check(name).reason is Reason.NOT_APPLICABLE


# ---- parts --------------------------------------------------------------------------------------


def test_items_come_outermost_first_with_their_place() -> None:
    items = verify_with_parts(read(specimen(Form.PRESENTATION)), trusting(), NOW, DEMAND)
    assert [(path, item.format) for path, item, _ in items] == [
        ((), Format.PRESENTATION),
        (("presentation", "credential 1"), Format.OPEN_BADGE_3),
    ]
    assert all(found.outcome is Outcome.PASSED for _, _, found in items)


def test_every_form_is_verified_inside_a_presentation() -> None:
    originals = tuple(specimen(form) for form in CREDENTIALS)
    shown = read(presentation(originals, holder_key(), audience=AUDIENCE, nonce=NONCE))
    items = verify_with_parts(shown, trusting(), NOW, DEMAND)
    assert [item.raw for _, item, _ in items[1:]] == list(originals)
    for _, _, found in items:
        assert found.check(CheckName.PROOF).outcome is Outcome.PASSED
    for _, _, found in items[1:]:
        assert found.check(CheckName.HOLDER).reason is Reason.NO_HOLDER_BINDING


def show(*entries: Any) -> Credential:
    document = {
        "@context": [V2],
        "type": ["VerifiablePresentation"],
        "verifiableCredential": list(entries),
    }
    return read(json.dumps(document).encode())


@pytest.mark.parametrize("raw", [b"eyJhbGciOiJFUzI1NiJ9.a", b"hello", b'{"a": ', b"{}"])
def test_a_part_that_cannot_be_read_is_not_left_out_in_silence(raw: bytes) -> None:
    shown = show(enveloped(raw) if raw.startswith(b"e") else enveloped(b"{" + raw))
    ((_, _, found),) = verify_with_parts(shown, trusting(), NOW)
    check = found.check(CheckName.FORMAT)
    assert (check.outcome, check.reason) == (Outcome.FAILED, Reason.FORMAT_FAILURE)
    assert check.facts == {"what": "part", "where": "credential 1"}


def test_nesting_has_an_end() -> None:
    data = specimen(Form.CREDENTIAL_JWT)
    shown = show(enveloped(data))
    for _ in range(procedure.MAX_NESTING + 3):
        shown = show({**json.loads(shown.raw)})
    items = verify_with_parts(shown, trusting(), NOW)
    assert len(items) <= procedure.MAX_NESTING + 1
    assert items[-1][2].check(CheckName.FORMAT).outcome is Outcome.FAILED


def test_items_have_an_end() -> None:
    inner = show(*[enveloped(b"eyJhbGciOiJFUzI1NiJ9.eyJhIjoxfQ.AAAA")] * 90)
    shown = show(*[json.loads(inner.raw)] * 90)
    items = verify_with_parts(shown, trusting(), NOW)
    assert len(items) <= procedure.MAX_ITEMS
    assert any(found.check(CheckName.FORMAT).facts.get("what") == "part" for _, _, found in items)


def test_parts_that_come_too_late_are_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(procedure, "PART_SECONDS", -1.0)
    items = verify_with_parts(read(specimen(Form.PRESENTATION)), trusting(), NOW, DEMAND)
    for _, _, found in items:
        assert found.check(CheckName.PROOF).reason is Reason.UNSUPPORTED_SUITE
        assert found.check(CheckName.PROOF).facts["what"] == "time"
        assert found.check(CheckName.HOLDER).outcome is not Outcome.PASSED
        assert found.outcome is Outcome.INDETERMINATE


# ---- showing a stored report --------------------------------------------------------------------


def test_a_stored_report_is_shown_with_the_clock_of_now() -> None:
    credential = read(specimen(Form.OPEN_BADGE, Defect.EXPIRED))
    assert credential.valid_until is not None
    before = credential.valid_until - timedelta(days=1)
    stored = verify(credential, trusting(), before)
    assert stored.check(CheckName.VALIDITY).outcome is Outcome.PASSED
    shown = refresh(stored, credential.valid_from, credential.valid_until, NOW)
    assert shown == replace(verify(credential, trusting(), NOW), trust_as_of=stored.trust_as_of)
    assert shown.check(CheckName.VALIDITY).reason is Reason.EXPIRED


def test_what_has_no_validity_gets_none_by_refreshing() -> None:
    stored = verify(read(specimen(Form.PRESENTATION)), trusting(), NOW)
    later = NOW + timedelta(days=900)
    shown = refresh(stored, None, None, later)
    assert shown.checks == stored.checks
    assert shown.at == later


# ---- hostile files ------------------------------------------------------------------------------


def clique(size: int) -> list[dict[str, Any]]:
    """Blank nodes that all point at each other: exponential work for a naive canonicaliser."""
    names = [f"_:b{index}" for index in range(size)]
    return [{"id": name, "related": [{"id": other} for other in names]} for name in names]


def test_a_hostile_file_takes_bounded_work() -> None:
    badge = json.loads(specimen(Form.OPEN_BADGE))
    badge["credentialSubject"]["achievement"]["related"] = clique(9)
    shown = show(*[badge] * 60)
    with work.at_most(20_000_000):
        items = verify_with_parts(shown, trusting(), NOW)
    assert all(found.outcome is not Outcome.PASSED for _, _, found in items)


def test_time_is_only_read_for_the_limit() -> None:
    at = datetime(2031, 1, 1, tzinfo=UTC)
    found = verify(read(specimen(Form.OPEN_BADGE)), trusting(), at)
    assert found.at == at
