"""Is a seal's certificate qualified, by the European trusted lists, and was it when it signed?

ETSI EN 319 102-1 (times and proofs of existence), TS 119 615 (what a listed certificate is),
EN 319 412-5 (what it says of itself). All offline: what is not known here is said, never assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wallet.errors import MalformedCredential
from wallet.model.verification import Reason
from wallet.proofs import certificate
from wallet.proofs.certificate import Certificate
from wallet.proofs.evidence import Evidence
from wallet.proofs.timestamps import Integrity, Kind, TimeStamp
from wallet.trust import paths, revocation
from wallet.trust.list_criteria import Traits
from wallet.trust.paths import Path
from wallet.trust.revocation import Revocation
from wallet.trust.trusted_list import (
    FOR_SEALS,
    GRANTED,
    NOT_UNDERSTOOD,
    ServiceType,
    Status,
    TrustedList,
)

_QC_COMPLIANCE = "0.4.0.1862.1.1"
_QC_DEVICE = "0.4.0.1862.1.4"
_TYPES = {"0.4.0.1862.1.6.1": "signature", "0.4.0.1862.1.6.2": "seal", "0.4.0.1862.1.6.3": "web"}
_TYPE_QUALIFIERS = {"QCForESeal": "seal", "QCForESig": "signature", "QCForWSA": "web"}
_DEVICE = frozenset({"QCWithQSCD", "QCWithSSCD", "QCQSCDManagedOnBehalf"})
_NO_DEVICE = frozenset({"QCNoQSCD", "QCNoSSCD"})


@dataclass(frozen=True, slots=True)
class Quality:
    """What a certificate is, by its own statements and the list's qualifiers."""

    qualified: bool
    type: str
    """`seal`, `signature`, `web`, or several with blanks between."""
    device: bool
    """Whether its key is said to lie in a qualified device (QSCD)."""

    @property
    def for_seals(self) -> bool:
        """Whether it is a qualified certificate for electronic seals."""
        return self.qualified and self.type == "seal"


@dataclass(frozen=True, slots=True)
class ProofOfExistence:
    """That a signature existed at a moment, and who says so."""

    time: datetime
    source: str
    """`time stamp`, or what the caller named (the wallet's own import)."""


@dataclass(frozen=True, slots=True)
class JudgedStamp:
    """A time stamp, and whether its authority was on a trusted list when it was made."""

    stamp: TimeStamp
    listed: bool
    in_time: bool = False
    """Whether its own certificate was in force when it was last shown to exist: at the time asked
    about, or when a later archive time stamp that proves was made."""

    @property
    def proves(self) -> bool:
        """Whether it proves that the signature existed. One over the payload alone does not."""
        return self.listed and self.in_time and self.stamp.kind is not Kind.CONTENT


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the lists say of a seal's certificate. `reason` None: qualified, and in time."""

    reason: Reason | None
    path: Path | None = None
    status: Status | None = None
    """What the service was at the time of signing."""
    quality: Quality | None = None
    revocation: Revocation | None = None
    """None: nothing that came along says anything; it is not checked."""
    existence: ProofOfExistence | None = None
    stamps: tuple[JudgedStamp, ...] = ()


def judge(
    evidence: Evidence,
    lists: Sequence[TrustedList],
    at: datetime,
    existence: ProofOfExistence | None = None,
) -> Judgement:
    """Judge a signing certificate, the first that applies.

    1. Which time stamps prove when the signature existed? Intact ones of listed authorities.
    2. No valid path leads to a listed CA: `NO_CERTIFICATE_CHAIN_FOUND`.
    3. It was revoked, and nothing proves that the signature is older: `CERTIFICATE_REVOKED`.
    4. The service was not granted for seals at the time of signing, or the certificate is no
       qualified seal certificate: `NOT_QUALIFIED_AT_SIGNING`.
    5. It is out of its time at `at`, and nothing proves that the signature is from within it:
       `OUT_OF_BOUNDS_NO_POE`.

    The time of signing is the claimed one, but never later than a proof of existence. The age of
    a list is a fact.

    Args:
        evidence: what came along with the seal.
        lists: the national lists that are known.
        at: the time asked about, aware.
        existence: a proof that the wallet itself has, such as its own dated import.
    """
    offered = paths.load_all(evidence.certificates)
    if existence is not None and existence.time > at:
        existence = None
    stamps = _stamps(evidence, offered, lists, at if existence is None else existence.time)
    proofs = [existence] if existence is not None else []
    for judged in stamps:
        if judged.proves and judged.stamp.time is not None:
            proofs.append(ProofOfExistence(judged.stamp.time, "time stamp"))
    earliest = min(proofs, key=lambda proof: proof.time, default=None)
    unknown = Judgement(Reason.NO_CERTIFICATE_CHAIN_FOUND, existence=earliest, stamps=stamps)
    if not offered or offered[0].der != evidence.certificates[0]:
        return unknown
    leaf = offered[0]
    signed = evidence.signed_at or at
    if earliest is not None:
        signed = min(signed, earliest.time)
    # Whether signatures and names of a path hold is asked of a moment when all of it was in force.
    moment = min(max(signed, leaf.valid_from), leaf.valid_until)
    found = [
        _judge_path(path, evidence, _Times(signed, at, earliest), stamps)
        for path in paths.to_lists(leaf, offered, lists, ServiceType.CA_QC, moment)
    ]
    return min(found, key=lambda judged: _PREFERRED.index(judged.reason), default=unknown)


_PREFERRED = (
    None,
    Reason.CERTIFICATE_REVOKED,
    Reason.OUT_OF_BOUNDS_NO_POE,
    Reason.NO_CERTIFICATE_CHAIN_FOUND,
    Reason.NOT_QUALIFIED_AT_SIGNING,
)
"""Of several paths a CA's best listing counts; a revoked certificate is so on every path."""


@dataclass(frozen=True, slots=True)
class _Times:
    signed: datetime
    at: datetime
    existence: ProofOfExistence | None


def _judge_path(
    path: Path, evidence: Evidence, times: _Times, stamps: tuple[JudgedStamp, ...]
) -> Judgement:
    status = path.service.at(times.signed)
    quality = _quality(path.certificates[0], status)
    revoked = revocation.find(path, evidence.ocsp, evidence.crls)
    reason = (
        _revoked(revoked, times)
        or _not_qualified(status, quality)
        or _out_of_bounds(path.certificates[0], times)
    )
    return Judgement(reason, path, status, quality, revoked, times.existence, stamps)


def _revoked(found: Revocation | None, times: _Times) -> Reason | None:
    """A proof of existence before the revocation keeps the seal good (EN 319 102-1, 5.2.6)."""
    if found is None or found.revoked_at is None:
        return None
    if times.existence is not None and times.existence.time < found.revoked_at:
        return None
    return Reason.CERTIFICATE_REVOKED


def _not_qualified(status: Status | None, quality: Quality | None) -> Reason | None:
    if status is not None and status.value == NOT_UNDERSTOOD:
        return Reason.NO_CERTIFICATE_CHAIN_FOUND
    if status is None or status.value != GRANTED or FOR_SEALS not in status.uses:
        return Reason.NOT_QUALIFIED_AT_SIGNING
    if quality is None or not quality.for_seals:
        return Reason.NOT_QUALIFIED_AT_SIGNING
    return None


def _out_of_bounds(leaf: Certificate, times: _Times) -> Reason | None:
    """The signature has to be shown to be from within the certificate's period."""
    shown = times.existence.time if times.existence is not None else times.at
    if leaf.is_in_force(shown) and leaf.is_in_force(times.signed):
        return None
    return Reason.OUT_OF_BOUNDS_NO_POE


def _quality(leaf: Certificate, status: Status | None) -> Quality | None:
    """Apply the list's qualifiers to what a certificate says of itself (TS 119 615, 4.4)."""
    try:
        stated = paths.statements(leaf)
        traits = paths.traits(leaf)
    except MalformedCredential:
        return None
    types = sorted(_TYPES.get(kind, kind) for kind in stated.types)
    quality = Quality(
        qualified=_QC_COMPLIANCE in stated.identifiers,
        # EN 319 412-5, clause 4.2.3: without a type it is for signatures.
        type=" ".join(types) if types else "signature",
        device=_QC_DEVICE in stated.identifiers,
    )
    return quality if status is None else _qualified_by(quality, status, traits)


def _qualified_by(quality: Quality, status: Status, traits: Traits) -> Quality:
    names = {
        name
        for entry in status.qualifications
        if entry.criteria.match(traits)
        for name in entry.qualifiers
    }
    types = {kind for name, kind in _TYPE_QUALIFIERS.items() if name in names}
    qualified = (quality.qualified or "QCStatement" in names) and "NotQualified" not in names
    device = (quality.device or bool(names & _DEVICE)) and not names & _NO_DEVICE
    return Quality(
        qualified=qualified,
        type=" ".join(sorted(types)) if types else quality.type,
        device=qualified and device,
    )


def _stamps(
    evidence: Evidence,
    offered: Sequence[Certificate],
    lists: Sequence[TrustedList],
    shown: datetime,
) -> tuple[JudgedStamp, ...]:
    """Judge the time stamps from the last to the first (EN 319 102-1, clause 5.6.2).

    `shown` is the moment up to which everything here is known to have existed. An archive time
    stamp covers all before it, so it moves that moment back to its own time.
    """
    judged: list[JudgedStamp] = []
    for stamp in sorted(evidence.stamps, key=lambda s: s.time or shown, reverse=True):
        maker = _maker(stamp)
        if maker is None or stamp.time is None or stamp.time > shown:
            judged.append(JudgedStamp(stamp, listed=False))
            continue
        listed = _is_listed(maker, stamp, evidence, offered, lists)
        found = JudgedStamp(stamp, listed, in_time=maker.is_in_force(shown))
        if found.proves and stamp.kind is Kind.ARCHIVE:
            shown = stamp.time
        judged.append(found)
    return tuple(reversed(judged))


def _maker(stamp: TimeStamp) -> Certificate | None:
    """The certificate of an intact time stamp, if it was in force when that was made."""
    if stamp.integrity is not Integrity.INTACT or stamp.certificate is None or stamp.time is None:
        return None
    try:
        maker = certificate.load(stamp.certificate)
    except MalformedCredential:
        return None
    return maker if maker.is_in_force(stamp.time) else None


def _is_listed(
    maker: Certificate,
    stamp: TimeStamp,
    evidence: Evidence,
    offered: Sequence[Certificate],
    lists: Sequence[TrustedList],
) -> bool:
    """Tell whether a time stamp is of an authority that was granted when it was made.

    Lists name the authority's own certificate, or the CA that issues the certificates of its
    units (TS 119 612, clause 5.5.3).
    """
    if stamp.time is None:
        return False
    kind = ServiceType.TSA_QTST
    for trusted in lists:
        for service, listed in trusted.issuers(maker.subject, kind):
            if listed.der == maker.der and _granted(service.at(stamp.time)):
                return True
    between = (*paths.load_all(stamp.others), *offered)
    for path in paths.to_lists(maker, between, lists, kind, stamp.time):
        if _granted(path.service.at(stamp.time)):
            answer = revocation.find(path, evidence.ocsp, evidence.crls)
            return answer is None or answer.revoked_at is None
    return False


def _granted(status: Status | None) -> bool:
    return status is not None and status.value == GRANTED
