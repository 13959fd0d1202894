"""A verification report as JSON, and back without a loss."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from wallet.errors import VaultDamaged
from wallet.model.verification import Check, CheckName, Outcome, Reason, VerificationReport

_NAMES = {name.value: name for name in CheckName}
_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_REASONS: dict[str | None, Reason | None] = {None: None} | {one.value: one for one in Reason}
# Looked up here: a list of thousands asks for sixteen of them in each line.


@dataclass(frozen=True, slots=True)
class Stored:
    """A report as it lies in a vault's list, read when somebody looks at it."""

    text: str
    folder: str = field(compare=False)
    """The vault that the error names."""

    def __call__(self) -> VerificationReport:
        """Read it; `VaultDamaged` where it is none."""
        try:
            return from_json(self.text)
        except (ValueError, KeyError, TypeError):
            raise VaultDamaged(path=self.folder, what="report", why="altered") from None


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
        _NAMES[item["name"]], _OUTCOMES[item["outcome"]], _REASONS[item["reason"]], item["facts"]
    )
