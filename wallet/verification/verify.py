"""Verification of one item: six checks, in order, from bytes, trust and a clock."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.credential import Credential, Format
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    VerificationReport,
    failed,
    not_checked,
)
from wallet.trust.anchors import TrustStore
from wallet.verification import holder as holders
from wallet.verification.holder import Demand, Presenter
from wallet.verification.key_binding import key_binding
from wallet.verification.status import status
from wallet.verification.validity import validity

__all__ = ["Demand", "Presenter", "Verified", "refresh", "verify", "verify_with_parts",
           "within"]  # fmt: skip

MAX_NESTING = 6
"""How deep credentials may lie in presentations and records."""
MAX_ITEMS = 150
"""Items of one file."""
PART_SECONDS = 3.0
"""Work on one file after which its remaining parts are reported as undecided."""

Verified: TypeAlias = "tuple[tuple[str, ...], Credential, VerificationReport]"
"""Where an item is inside the outermost one, the item, and what was found."""

_NOTHING = Demand()
SD_JWT = "sd-jwt"
"""Secured so, even a signed document has times, a status and a holder (RFC 9901, section 7)."""


def verify(
    credential: Credential,
    trust: TrustStore,
    at: datetime,
    demand: Demand = _NOTHING,
    *,
    presenter: Presenter | None = None,
    known_since: datetime | None = None,
) -> VerificationReport:
    """Make the six checks of one item. Its parts are items of their own.

    1. Format, proof and issuer: asked of the format, over the bytes as issued.
    2. Validity: the stated bounds against the time asked about.
    3. Status: the stated entries against the status lists that are known.
    4. Holder: of a presentation and of an SD-JWT with its key binding, the demands; of a
       credential in one, the key that it names.
    5. The report: all six, the time asked about, and how old the trust data are.

    Args:
        credential: as `formats.read` gave it.
        trust: what is known of keys, certificates and statuses.
        at: the time asked about, aware.
        demand: audience and nonce that a presentation has to be made for.
        presenter: what is known of who presents it, when it lies in a presentation.
        known_since: when the wallet itself took the bytes in: for its owner a proof that the
            signature is no younger, named as that among the facts.
    """
    credential = formats.resolved(credential, trust)
    proven = formats.check_proof(credential, trust, at, known_since)  # 1
    return _complete(credential, proven, _Question(trust, at, demand), presenter)


@dataclass(frozen=True, slots=True)
class _Question:
    """What is asked of every item of a file."""

    trust: TrustStore
    at: datetime
    demand: Demand


def _complete(
    credential: Credential,
    proven: tuple[Check, ...],
    asked: _Question,
    presenter: Presenter | None,
) -> VerificationReport:
    """Steps 2 to 5."""
    trust, at = asked.trust, asked.at
    proof = proven[list(CheckName).index(CheckName.PROOF)]
    bound = credential.securing == SD_JWT
    timeless = credential.format is Format.PRESENTATION
    if timeless or (credential.format is Format.SIGNED_DOCUMENT and not bound):
        in_force = not_checked(CheckName.VALIDITY, Reason.NOT_APPLICABLE)
        standing = not_checked(CheckName.STATUS, Reason.NOT_APPLICABLE)
    else:
        in_force = validity(credential.valid_from, credential.valid_until, at, proof.facts)  # 2
        standing = status(credential, proof, trust, at)  # 3
    if credential.format is Format.PRESENTATION:  # 4
        held = holders.presentation(proven[0], proof, proven[-1], asked.demand)
    elif bound:
        held = key_binding(credential, proven, asked.demand, presenter, trust.resolve_holder)
    elif credential.format is Format.SIGNED_DOCUMENT:
        held = not_checked(CheckName.HOLDER, Reason.NOT_APPLICABLE)
    else:
        held = holders.credential(credential, presenter, trust.resolve_holder)
    return VerificationReport((*proven[:3], in_force, standing, held), at, trust.as_of)  # 5


def verify_with_parts(
    credential: Credential,
    trust: TrustStore,
    at: datetime,
    demand: Demand = _NOTHING,
) -> tuple[Verified, ...]:
    """Verify an item and everything inside it, outermost first, each by itself.

    A part that cannot be read makes the format check of what it lies in fail. Parts of a
    presentation are told who presents them.
    """
    run = _Run(_Question(trust, at, demand), time.monotonic() + PART_SECONDS)
    return tuple(run.items(credential, (), None))


def within(credential: Credential, trust: TrustStore) -> Iterator[Credential]:
    """Give an item and everything inside it, outermost first, not verified.

    It is read with what it links to and the person supplied, as far as `verify_with_parts` goes;
    what cannot be read is left out.
    """
    waiting, count = [(credential, 0)], 1
    while waiting:
        item, depth = waiting.pop(0)
        item = formats.resolved(item, trust)
        yield item
        for part in item.parts if depth < MAX_NESTING else ():
            found = None if count >= MAX_ITEMS else _read(part.raw)
            if found is not None:
                count += 1
                waiting.append((found, depth + 1))


@dataclass(slots=True)
class _Run:
    """One walk through an item and its parts, within its limits."""

    asked: _Question
    deadline: float
    count: int = 1
    """Items that were given or are going to be."""

    def items(
        self, credential: Credential, path: tuple[str, ...], presenter: Presenter | None
    ) -> Iterator[Verified]:
        """Give the item, read with what it links to and the person supplied; then its parts."""
        credential = formats.resolved(credential, self.asked.trust)
        report = self._report(credential, presenter)
        readable: list[tuple[str, Credential]] = []
        for part in credential.parts:
            beyond = len(path) >= MAX_NESTING or self.count >= MAX_ITEMS
            found = None if beyond else _read(part.raw)
            if found is None:
                report = _with_broken_part(report, part.path)
            else:
                self.count += 1
                readable.append((part.path, found))
        yield path, credential, report
        inside = path
        if credential.format is Format.PRESENTATION:
            inside = (*path, "presentation")
            presenter = Presenter(report.check(CheckName.PROOF), report.check(CheckName.HOLDER))
        for name, found in readable:
            yield from self.items(found, (*inside, name), presenter)

    def _report(self, credential: Credential, presenter: Presenter | None) -> VerificationReport:
        asked = self.asked
        if time.monotonic() < self.deadline:
            proven = formats.check_proof(credential, asked.trust, asked.at)
        else:
            proven = formats.undecided(credential, asked.at)
        return _complete(credential, proven, asked, presenter)


def _read(raw: bytes) -> Credential | None:
    try:
        return formats.read(raw)
    except MalformedCredential:
        return None


def _with_broken_part(report: VerificationReport, name: str) -> VerificationReport:
    if report.check(CheckName.FORMAT).outcome is Outcome.FAILED:
        return report
    broken = failed(CheckName.FORMAT, Reason.FORMAT_FAILURE, what="part", where=name)
    return VerificationReport((broken, *report.checks[1:]), report.at, report.trust_as_of)


def refresh(
    report: VerificationReport,
    valid_from: datetime | None,
    valid_until: datetime | None,
    at: datetime,
) -> VerificationReport:
    """Give a stored report as of another time: validity is computed again, the rest is as stored.

    Args:
        report: the stored report.
        valid_from: the credential's latest stated start.
        valid_until: the credential's earliest stated end.
        at: the time of showing.
    """
    stored = report.check(CheckName.VALIDITY)
    if stored.reason is Reason.NOT_APPLICABLE:
        return VerificationReport(report.checks, at, report.trust_as_of)
    now = validity(valid_from, valid_until, at, report.check(CheckName.PROOF).facts)
    checks = tuple(now if check is stored else check for check in report.checks)
    return VerificationReport(checks, at, report.trust_as_of)
