"""What a verification found: six checks, four outcomes, the reasons, and the state they add up to.

Reasons follow ETSI EN 319 102-1 where it has a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import NoReturn


class Outcome(Enum):
    """What one check, or all of them together, came to. Four answers have no truth value."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"
    NOT_CHECKED = "not_checked"

    def __bool__(self) -> NoReturn:
        raise TypeError("an outcome is one of four answers, not true or false")


class CheckName(StrEnum):
    """The six questions, in the order in which they are shown."""

    FORMAT = "format"
    PROOF = "proof"
    ISSUER = "issuer"
    VALIDITY = "validity"
    STATUS = "status"
    HOLDER = "holder"


_ORDER = list(CheckName)
"""Made once: a list of thousands asks each of its reports."""


class Reason(StrEnum):
    """Why a check came out as it did; beside these only None for a plain pass."""

    # format
    FORMAT_FAILURE = "FORMAT_FAILURE"
    DUPLICATE_KEY = "DUPLICATE_KEY"
    UNKNOWN_CONTEXT = "UNKNOWN_CONTEXT"
    UNSIGNED_TERM = "UNSIGNED_TERM"
    SCHEMA_REMARKS = "SCHEMA_REMARKS"
    # proof
    SIG_CRYPTO_FAILURE = "SIG_CRYPTO_FAILURE"
    HASH_FAILURE = "HASH_FAILURE"
    NO_SIGNATURE_FOUND = "NO_SIGNATURE_FOUND"
    SIG_CONSTRAINTS_FAILURE = "SIG_CONSTRAINTS_FAILURE"
    NO_SIGNING_KEY_FOUND = "NO_SIGNING_KEY_FOUND"
    UNSUPPORTED_SUITE = "UNSUPPORTED_SUITE"
    # issuer
    EU_TRUSTED_LIST = "EU_TRUSTED_LIST"
    ISSUER_REGISTRY = "ISSUER_REGISTRY"
    TRUSTED_BY_YOU = "TRUSTED_BY_YOU"
    KEY_SUPPLIED = "KEY_SUPPLIED"
    ISSUER_NOT_AUTHENTICATED = "ISSUER_NOT_AUTHENTICATED"
    TRUST_DATA_MISSING = "TRUST_DATA_MISSING"
    NO_CERTIFICATE_CHAIN_FOUND = "NO_CERTIFICATE_CHAIN_FOUND"
    OUT_OF_BOUNDS_NO_POE = "OUT_OF_BOUNDS_NO_POE"
    SEAL_NOT_ISSUER = "SEAL_NOT_ISSUER"
    ISSUER_UNKNOWN = "ISSUER_UNKNOWN"
    CERTIFICATE_REVOKED = "CERTIFICATE_REVOKED"
    NOT_QUALIFIED_AT_SIGNING = "NOT_QUALIFIED_AT_SIGNING"
    DISTRUSTED_BY_YOU = "DISTRUSTED_BY_YOU"
    # validity
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    # status
    REVOKED = "REVOKED"
    SUSPENDED = "SUSPENDED"
    TRY_LATER = "TRY_LATER"
    STATUS_LIST_INVALID = "STATUS_LIST_INVALID"
    NO_STATUS_STATED = "NO_STATUS_STATED"
    # holder
    KEY_BINDING_FAILURE = "KEY_BINDING_FAILURE"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    WRONG_NONCE = "WRONG_NONCE"
    PRESENTATION_EXPIRED = "PRESENTATION_EXPIRED"
    HOLDER_UNCONFIRMED = "HOLDER_UNCONFIRMED"
    NO_HOLDER_BINDING = "NO_HOLDER_BINDING"
    # several
    PROOF_FAILED = "PROOF_FAILED"
    NOT_APPLICABLE = "NOT_APPLICABLE"


@dataclass(frozen=True, slots=True)
class Check:
    """One question and its answer. `facts` carry what a sentence needs (names, dates, keys)."""

    name: CheckName
    outcome: Outcome
    reason: Reason | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


def passed(name: CheckName, reason: Reason | None = None, **facts: str) -> Check:
    """Make a check that passed."""
    return Check(name, Outcome.PASSED, reason, facts)


def failed(name: CheckName, reason: Reason, **facts: str) -> Check:
    """Make a check that failed: proven, not suspected."""
    return Check(name, Outcome.FAILED, reason, facts)


def indeterminate(name: CheckName, reason: Reason, **facts: str) -> Check:
    """Make a check that could not be decided."""
    return Check(name, Outcome.INDETERMINATE, reason, facts)


def not_checked(name: CheckName, reason: Reason, **facts: str) -> Check:
    """Make a check that was not made, and say why."""
    return Check(name, Outcome.NOT_CHECKED, reason, facts)


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """All six checks of one item, the time asked about, and how old the trust data are."""

    checks: tuple[Check, ...]
    at: datetime
    trust_as_of: datetime | None = None

    def __post_init__(self) -> None:
        if [check.name for check in self.checks] != _ORDER:
            raise ValueError("a report holds all six checks, in order")

    def check(self, name: CheckName) -> Check:
        """Return the check of that name."""
        return self.checks[_ORDER.index(name)]

    @property
    def outcome(self) -> Outcome:
        """Failed if any check failed, else indeterminate if any is, else passed."""
        found = {check.outcome for check in self.checks}
        for outcome in (Outcome.FAILED, Outcome.INDETERMINATE):
            if outcome in found:
                return outcome
        return Outcome.PASSED

    def __bool__(self) -> NoReturn:
        raise TypeError("a verification has one of four outcomes, not a truth value")


class Colour(StrEnum):
    """What a state's icon looks like; the words always say the same."""

    GREY = "grey"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class State(StrEnum):
    """The one state that list, detail, page and JSON show: the first that applies."""

    ENTERED_BY_YOU = "entered_by_you"
    NOT_SIGNED = "not_signed"
    SIGNATURE_NOT_VALID = "signature_not_valid"
    FORMAT_NOT_VALID = "format_not_valid"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REJECTED_BY_YOU = "rejected_by_you"
    ISSUER_CERTIFICATE_REVOKED = "issuer_certificate_revoked"
    NOT_QUALIFIED_AT_SIGNING = "not_qualified_at_signing"
    HOLDER_NOT_VALID = "holder_not_valid"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    CANNOT_BE_CHECKED = "cannot_be_checked_here"
    UNCHANGED_ISSUER_NOT_CONFIRMED = "unchanged_issuer_not_confirmed"
    UNCHANGED_SEALED_BY_ANOTHER = "unchanged_sealed_by_another"
    UNCHANGED_CERTIFICATE_EXPIRED = "unchanged_certificate_expired"
    REVOCATION_NOT_CHECKED = "revocation_not_checked"
    HOLDER_NOT_CONFIRMED = "holder_not_confirmed"
    VERIFIED = "verified"

    @property
    def colour(self) -> Colour:
        """Red for proven failure alone, green only when nothing is open."""
        return _COLOURS.get(self, Colour.AMBER)


_COLOURS = {
    State.ENTERED_BY_YOU: Colour.GREY,
    State.NOT_SIGNED: Colour.GREY,
    State.SIGNATURE_NOT_VALID: Colour.RED,
    State.FORMAT_NOT_VALID: Colour.RED,
    State.REVOKED: Colour.RED,
    State.SUSPENDED: Colour.RED,
    State.REJECTED_BY_YOU: Colour.RED,
    State.ISSUER_CERTIFICATE_REVOKED: Colour.RED,
    State.NOT_QUALIFIED_AT_SIGNING: Colour.RED,
    State.HOLDER_NOT_VALID: Colour.RED,
    State.VERIFIED: Colour.GREEN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A state with the facts its sentence needs (`date`, `organisation`, `awarding_body`)."""

    state: State
    facts: Mapping[str, str] = field(default_factory=dict)


# The table of the design's "States", row by row: the first check that came out so decides.
_BY_REASON: tuple[tuple[CheckName, Reason, State], ...] = (
    (CheckName.STATUS, Reason.REVOKED, State.REVOKED),
    (CheckName.STATUS, Reason.SUSPENDED, State.SUSPENDED),
    (CheckName.ISSUER, Reason.DISTRUSTED_BY_YOU, State.REJECTED_BY_YOU),
    (CheckName.ISSUER, Reason.CERTIFICATE_REVOKED, State.ISSUER_CERTIFICATE_REVOKED),
    (CheckName.ISSUER, Reason.NOT_QUALIFIED_AT_SIGNING, State.NOT_QUALIFIED_AT_SIGNING),
    (CheckName.HOLDER, Reason.KEY_BINDING_FAILURE, State.HOLDER_NOT_VALID),
    (CheckName.HOLDER, Reason.WRONG_AUDIENCE, State.HOLDER_NOT_VALID),
    (CheckName.HOLDER, Reason.WRONG_NONCE, State.HOLDER_NOT_VALID),
    (CheckName.HOLDER, Reason.PRESENTATION_EXPIRED, State.EXPIRED),
    (CheckName.VALIDITY, Reason.EXPIRED, State.EXPIRED),
    (CheckName.VALIDITY, Reason.NOT_YET_VALID, State.NOT_YET_VALID),
    (CheckName.PROOF, Reason.NO_SIGNING_KEY_FOUND, State.CANNOT_BE_CHECKED),
    (CheckName.PROOF, Reason.UNSUPPORTED_SUITE, State.CANNOT_BE_CHECKED),
    (CheckName.ISSUER, Reason.SEAL_NOT_ISSUER, State.UNCHANGED_SEALED_BY_ANOTHER),
    (CheckName.ISSUER, Reason.OUT_OF_BOUNDS_NO_POE, State.UNCHANGED_CERTIFICATE_EXPIRED),
)


def standing(report: VerificationReport, *, self_asserted: bool = False) -> Standing:
    """Derive the one state from the checks: the first row of the table that applies."""
    if self_asserted:
        return Standing(State.ENTERED_BY_YOU)
    proof = report.check(CheckName.PROOF)
    if proof.reason is Reason.NO_SIGNATURE_FOUND:
        return Standing(State.NOT_SIGNED)
    if proof.outcome is Outcome.FAILED:
        return Standing(State.SIGNATURE_NOT_VALID, proof.facts)
    if report.check(CheckName.FORMAT).outcome is Outcome.FAILED:
        return Standing(State.FORMAT_NOT_VALID, report.check(CheckName.FORMAT).facts)
    for name, reason, state in _BY_REASON:
        check = report.check(name)
        if check.reason is reason:
            return Standing(state, check.facts)
    for name, state in (
        (CheckName.ISSUER, State.UNCHANGED_ISSUER_NOT_CONFIRMED),
        (CheckName.STATUS, State.REVOCATION_NOT_CHECKED),
        (CheckName.HOLDER, State.HOLDER_NOT_CONFIRMED),
    ):
        check = report.check(name)
        if check.outcome is Outcome.INDETERMINATE:
            return Standing(state, check.facts)
    if report.outcome is Outcome.PASSED:
        return Standing(State.VERIFIED)
    return Standing(State.CANNOT_BE_CHECKED)
