"""The issuer check of a seal, by the European trusted lists: its words for what was judged.

What is judged lies in qualification.py; here the seal is held against the stated issuer, and the
facts are named that sentences and reports need.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from wallet.model.credential import Organisation
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    indeterminate,
    passed,
)
from wallet.proofs.evidence import Evidence
from wallet.trust import certificates
from wallet.trust.certificates import Seal
from wallet.trust.lists import TrustedLists
from wallet.trust.qualification import Judgement, ProofOfExistence, judge

_FAILED = frozenset({Reason.CERTIFICATE_REVOKED, Reason.NOT_QUALIFIED_AT_SIGNING})


def check(
    *,
    evidence: Evidence,
    seal: Seal,
    issuer: Organisation | None,
    lists: TrustedLists,
    at: datetime,
    facts: Mapping[str, str],
    existence: ProofOfExistence | None = None,
) -> Check:
    """Say who sealed, and whether Europe vouches for that.

    1. The certificate is judged by the lists: see `qualification.judge`.
    2. The organisation on the seal is not the stated issuer: `SEAL_NOT_ISSUER`.
    3. Both hold: `EU_TRUSTED_LIST`.

    Args:
        evidence: the certificate and what came along.
        seal: the organisation that the certificate names.
        issuer: the issuer as stated, if any is.
        lists: the lists that are known; at least one national one.
        at: the time asked about, aware.
        facts: what is known already; `organisation` among them.
        existence: a proof of its own that the wallet has.
    """
    found = judge(evidence, lists.national, at, existence)
    told = {**facts, **dict(_facts(found, at))}
    if found.reason is None and issuer is not None and not certificates.names_issuer(seal, issuer):
        told["awarding_body"] = issuer.label or told.get("awarding_body", "")
        return indeterminate(CheckName.ISSUER, Reason.SEAL_NOT_ISSUER, **told)
    if found.reason is None:
        return passed(CheckName.ISSUER, Reason.EU_TRUSTED_LIST, **told)
    if found.reason in _FAILED:
        return failed(CheckName.ISSUER, found.reason, **told)
    return indeterminate(CheckName.ISSUER, found.reason, **told)


def outranks(by_lists: Check) -> bool:
    """Tell whether a certificate that the person supplied cannot change this answer.

    It vouches where no list does; it does not undo a revocation.
    """
    return by_lists.outcome is Outcome.PASSED or by_lists.reason in {
        Reason.CERTIFICATE_REVOKED,
        Reason.SEAL_NOT_ISSUER,
    }


def _facts(found: Judgement, at: datetime) -> Iterator[tuple[str, str]]:
    """Name what was found; `date` is what the reason's sentence speaks of.

    `list_age`, in days, is stated of a list whose successor was due.
    """
    for stamp in found.stamps:
        if stamp.listed and stamp.stamp.time is not None:
            yield "time_stamp_authority", stamp.stamp.authority
    if found.existence is not None:
        yield "existence", _time(found.existence.time)
        yield "existence_source", found.existence.source
        for stamp in found.stamps:
            if stamp.proves and stamp.stamp.time == found.existence.time:
                yield "time_stamp_authority", stamp.stamp.authority
    if found.path is None:
        return
    listed, service = found.path.list, found.path.service
    yield "provider", service.provider
    yield "service", service.name
    yield "country", listed.country
    yield "list_date", listed.issued.date().isoformat()
    yield "list_sequence", str(listed.sequence)
    if listed.as_of >= listed.issued:  # asked about the past, a list is there before its time
        yield "list_as_of", listed.as_of.date().isoformat()
    if listed.next_update is not None:
        yield "list_next_update", listed.next_update.date().isoformat()
        if at > listed.next_update:
            yield "list_age", str((at - listed.issued).days)
    if found.status is not None:
        yield "service_status", found.status.value
        yield "service_since", found.status.since.date().isoformat()
    if found.quality is not None:
        yield "qualified", "yes" if found.quality.qualified else "no"
        yield "certificate_type", found.quality.type
        yield "qscd", "stated" if found.quality.device else "not stated"
    yield from _revocation(found)
    yield "date", _date(found)


def _revocation(found: Judgement) -> Iterator[tuple[str, str]]:
    answer = found.revocation
    if answer is None:
        yield "revocation", "not checked"
        return
    yield "revocation", "good" if answer.revoked_at is None else "revoked"
    yield "revocation_source", answer.source
    yield "revocation_as_of", _time(answer.as_of)
    if answer.until is not None:
        yield "revocation_until", _time(answer.until)
    if answer.revoked_at is not None:
        yield "revoked_at", _time(answer.revoked_at)
        yield "revocation_reason", answer.reason or "unspecified"


def _date(found: Judgement) -> str:
    if found.path is None:
        raise AssertionError("a date is told of a path")
    if found.reason is Reason.CERTIFICATE_REVOKED and found.revocation is not None:
        return (found.revocation.revoked_at or found.revocation.as_of).date().isoformat()
    if found.reason is Reason.OUT_OF_BOUNDS_NO_POE:
        return found.path.certificates[0].valid_until.date().isoformat()
    return found.path.list.issued.date().isoformat()


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
