"""The W3C Verifiable Credentials Data Model 1.1 and 2.0: what every credential has in common.

Members are read under the plain names of the context; what is respelled reads as not stated, and
the proof of a document that respells one is refused elsewhere (proofs/canonical.py).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wallet.errors import TooLarge
from wallet.formats import conformance, dates
from wallet.formats.values import many, objects, string, strings, types
from wallet.model.credential import Defect, JsonObject, StatusEntry, first
from wallet.model.verification import Reason

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
MAX_STATUS_ENTRIES = 32

_STARTS = ("validFrom", "issuanceDate")
_ENDS = ("validUntil", "expirationDate")


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a credential says about itself, before anything about learning."""

    id: str | None
    types: tuple[str, ...]
    issuer: JsonObject
    """The issuer object; of an issuer that is an address alone, an object with that `id`."""
    subjects: tuple[JsonObject, ...]
    subject_ids: tuple[str, ...]
    valid_from: datetime | None
    valid_until: datetime | None
    status: tuple[StatusEntry, ...]
    defects: tuple[Defect, ...]

    @property
    def issuer_id(self) -> str | None:
        """The issuer's identifier as stated."""
        return string(self.issuer.get("id"))


def version(document: JsonObject) -> int:
    """Return 2 where the context of version 2.0 is stated, else 1."""
    return 2 if V2 in strings(document.get("@context")) else 1


def is_credential(document: JsonObject) -> bool:
    """Tell whether a document claims to be a verifiable credential."""
    contexts = strings(document.get("@context"))
    claims_it = "VerifiableCredential" in types(document)
    return claims_it or ((V1 in contexts or V2 in contexts) and "credentialSubject" in document)


def read(document: JsonObject, *, sealed: bool = False) -> Envelope:
    """Read the common members, and what is structurally wrong with them.

    The latest of several stated starts and the earliest of several ends are taken: issued and
    valid from, valid until and expiring, are both meant.

    Args:
        document: the credential as signed.
        sealed: a European Digital Credential: no JSON-LD processing, and the issuer's software
            adds `issued` and `issuanceDate` when it seals.

    Raises:
        TooLarge: more than `MAX_STATUS_ENTRIES`.
    """
    issuer = document.get("issuer")
    stated = [moment for name in _STARTS if (moment := dates.moment(document.get(name)))]
    ends = [moment for name in _ENDS if (moment := dates.moment(document.get(name)))]
    subjects = tuple(objects(document.get("credentialSubject")))
    start = max((moment.at for moment in stated), default=None)
    end = min((moment.end for moment in ends), default=None)
    return Envelope(
        id=string(document.get("id")),
        types=types(document),
        issuer=issuer if isinstance(issuer, dict) else {"id": string(issuer)},
        subjects=subjects,
        subject_ids=tuple(dict.fromkeys(own for s in subjects for own in strings(s.get("id")))),
        valid_from=start,
        valid_until=end,
        status=_status(document, sealed=sealed),
        defects=tuple(_defects(document, start, end, sealed=sealed)),
    )


def issued(document: JsonObject, *earlier: str) -> datetime | None:
    """Return when the credential says it was issued: `earlier` names, else the model's own."""
    names = (*earlier, "issuanceDate", "validFrom")
    return next((at for name in names if (at := dates.date(document.get(name)))), None)


def _status(document: JsonObject, *, sealed: bool) -> tuple[StatusEntry, ...]:
    entries = objects(document.get("credentialStatus"))
    if sealed:
        # Seen in real seals: the status entries under the unqualified name.
        entries += [e for e in objects(document.get("status")) if "statusListCredential" in e]
    if len(entries) > MAX_STATUS_ENTRIES:
        raise TooLarge("credentialStatus", limit=MAX_STATUS_ENTRIES)
    return tuple(
        StatusEntry(
            type=first(types(entry)) or "",
            purpose=string(entry.get("statusPurpose")) or "revocation",
            values=entry,
        )
        for entry in entries
    )


# ---- structure ----------------------------------------------------------------------------------


def _defects(
    document: JsonObject, start: datetime | None, end: datetime | None, *, sealed: bool
) -> Iterator[Defect]:
    """Name what a credential must have (VCDM 2.0, section 4; VCDM 1.1, section 4) and has not."""
    yield from _context(document, sealed=sealed)
    if "VerifiableCredential" not in types(document):
        yield broken("type")
    if sealed:
        yield from _identifier(document.get("id"), "id")
    else:
        yield from members(document)
    yield from _issuer(document.get("issuer"))
    yield from _subject(document.get("credentialSubject"), version(document))
    yield from _dates(document, start, end, sealed=sealed)
    for entry in many(document.get("credentialStatus")):
        if sealed and (not isinstance(entry, dict) or not types(entry)):
            yield broken("credentialStatus")


def members(document: JsonObject) -> Iterator[Defect]:
    """Name the members of a credential or presentation that have not the form they must have."""
    for where in conformance.broken_members(document, version(document)):
        yield broken(where.split("/")[1], where)


def broken(what: str, where: str = "") -> Defect:
    """Make the defect of a member that is missing or of the wrong kind."""
    return Defect(Reason.FORMAT_FAILURE, what, where or f"/{what}")


def remark(what: str, where: str = "") -> Defect:
    """Make the defect of something odd that leaves the meaning clear."""
    return Defect(Reason.SCHEMA_REMARKS, what, where or f"/{what}")


def _context(document: JsonObject, *, sealed: bool) -> Iterator[Defect]:
    contexts = many(document.get("@context"))
    if not contexts or contexts[0] not in (V1, V2) or {V1, V2} <= set(strings(contexts)):
        # Each version protects its terms against the other.
        yield broken("@context")
    elif sealed and len(contexts) == 1:
        yield remark("@context")


def _identifier(value: object, what: str) -> Iterator[Defect]:
    """Check an optional identifier: one text with a scheme."""
    if value is None:
        return
    if not isinstance(value, str) or ":" not in value.strip():
        yield broken(what)


def _issuer(value: object) -> Iterator[Defect]:
    own = value.get("id") if isinstance(value, dict) else value
    if not isinstance(own, str) or not own.strip():
        yield broken("issuer")
    elif not conformance.is_url(own):
        yield broken("issuer", "/issuer/id" if isinstance(value, dict) else "/issuer")


def _subject(value: object, model: int) -> Iterator[Defect]:
    subjects = many(value)
    if not subjects or not all(isinstance(subject, dict) for subject in subjects):
        yield broken("credentialSubject")
    elif not all(subjects):
        # A claim about nobody: version 2.0 forbids it, of 1.1 there are such in use.
        yield broken("credentialSubject") if model > 1 else remark("credentialSubject")


def _dates(
    document: JsonObject, start: datetime | None, end: datetime | None, *, sealed: bool
) -> Iterator[Defect]:
    for name in (*_STARTS, *_ENDS):
        if name not in document or (sealed and document[name] is None):
            continue
        moment = dates.moment(document[name])
        if moment is None or not (sealed or moment.stamp):
            # An end that nobody can read must not read as "without an end".
            yield broken(name)
        elif not moment.exact:
            yield remark(name)
    if version(document) == 1 and not sealed and document.get("issuanceDate") is None:
        yield broken("issuanceDate")
    if start is not None and end is not None and end < start:
        yield broken("validUntil")
