"""Reports survive storage without a loss."""

from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vault.sketch import report
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    VerificationReport,
    failed,
    indeterminate,
    passed,
)
from wallet.vault import reports

_ZONES = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45))])
_TIMES = st.datetimes(timezones=_ZONES)


@st.composite
def _reports(draw: st.DrawFn) -> VerificationReport:
    checks = tuple(
        Check(
            name,
            draw(st.sampled_from(Outcome)),
            draw(st.none() | st.sampled_from(Reason)),
            draw(st.dictionaries(st.text(), st.text(), max_size=3)),
        )
        for name in CheckName
    )
    return VerificationReport(checks, draw(_TIMES), draw(st.none() | _TIMES))


@given(_reports())
def test_a_report_comes_back_as_it_was(found: VerificationReport) -> None:
    again = reports.from_json(reports.to_json(found))

    assert again == found
    assert again.at.utcoffset() == found.at.utcoffset()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"at": "x", "trust_as_of": null, "checks": []}'])
def test_anything_else_is_an_error(text: str) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        reports.from_json(text)


@pytest.mark.parametrize(
    ("proof", "issuer", "weight"),
    [
        (Outcome.FAILED, passed(CheckName.ISSUER), 0),
        (Outcome.INDETERMINATE, passed(CheckName.ISSUER), 0),
        (Outcome.PASSED, failed(CheckName.ISSUER, Reason.DISTRUSTED_BY_YOU), 1),
        (Outcome.PASSED, indeterminate(CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED), 1),
        (Outcome.PASSED, indeterminate(CheckName.ISSUER, Reason.ISSUER_UNKNOWN), 2),
        (Outcome.PASSED, passed(CheckName.ISSUER, Reason.ISSUER_REGISTRY), 3),
    ],
)
def test_evidence_weighs_the_proof_and_whose_key(
    proof: Outcome, issuer: Check, weight: int
) -> None:
    found = report(proof)
    checks = tuple(issuer if one.name is CheckName.ISSUER else one for one in found.checks)
    assert reports.evidence(VerificationReport(checks, found.at)) == weight
