"""A verification report as JSON, and back without a loss."""

import json
from datetime import datetime
from typing import Any

from wallet.model.verification import Check, CheckName, Outcome, Reason, VerificationReport


def to_json(report: VerificationReport) -> str:
    """Write a report. Times keep their offset."""
    content = {
        "at": report.at.isoformat(),
        "trust_as_of": report.trust_as_of.isoformat() if report.trust_as_of else None,
        "checks": [_check_out(check) for check in report.checks],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> VerificationReport:
    """Read what `to_json` wrote; ValueError, KeyError or TypeError for anything else."""
    content = json.loads(text)
    as_of = content["trust_as_of"]
    return VerificationReport(
        checks=tuple(_check_in(item) for item in content["checks"]),
        at=datetime.fromisoformat(content["at"]),
        trust_as_of=None if as_of is None else datetime.fromisoformat(as_of),
    )


def evidence(report: VerificationReport) -> int:
    """How much speaks for a version, 0 to 3: what decides which of several is shown.

    0: the proof did not pass; 1: it passed, and the key is not shown to be the issuer's (anybody
    can sign a copy with a key of their own); 2: nobody vouches for the issuer; 3: somebody does.
    """
    if report.check(CheckName.PROOF).outcome is not Outcome.PASSED:
        return 0
    issuer = report.check(CheckName.ISSUER)
    if issuer.outcome is Outcome.PASSED:
        return 3
    not_theirs = issuer.reason is Reason.ISSUER_NOT_AUTHENTICATED
    return 1 if issuer.outcome is Outcome.FAILED or not_theirs else 2


def _check_out(check: Check) -> dict[str, Any]:
    return {
        "name": check.name.value,
        "outcome": check.outcome.value,
        "reason": None if check.reason is None else check.reason.value,
        "facts": dict(check.facts),
    }


def _check_in(item: dict[str, Any]) -> Check:
    return Check(
        name=CheckName(item["name"]),
        outcome=Outcome(item["outcome"]),
        reason=None if item["reason"] is None else Reason(item["reason"]),
        facts=item["facts"],
    )
