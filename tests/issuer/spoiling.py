"""The defects that several formats share: content, contexts and terms, bytes after signing."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.issuer.data_integrity import PRIVATE_CONTEXT, Suite, prove
from tests.issuer.defects import Defect
from tests.issuer.keys import IssuerKey
from tests.issuer.subjects import (
    NOW,
    REVOKED_INDEX,
    SUSPENDED_INDEX,
    Award,
    Issuer,
    StatusEntry,
    list_address,
)

Document = dict[str, Any]

OTHER_ID = "urn:uuid:00000000-0000-4000-8000-000000000000"
_MONTH = timedelta(days=30)
_ABSENT_LIST = "https://status.example.edu/nobody-has-this/1"
_VALID_UNTIL = "https://www.w3.org/2018/credentials#validUntil"
_DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"
_DEADLINE = {"deadline": {"@id": _VALID_UNTIL, "@type": _DATE_TIME}}
_REMARK = {"remark": "https://contexts.example.edu/remarks#remark"}


def spoiled(award: Award, issuer: Issuer, defect: Defect | None) -> Award:
    """Apply a defect of the content; any other leaves the award as it is."""
    if defect in (Defect.EXPIRED, Defect.INLINE_CONTEXT, Defect.RESPELLED_TERM):
        return replace(award, valid_until=NOW - _MONTH)
    if defect is Defect.NOT_YET_VALID:
        return replace(award, valid_from=NOW + _MONTH)
    if defect is Defect.REVOKED:
        entry = StatusEntry(list_address(issuer), REVOKED_INDEX)
        return replace(award, status=(entry,))
    if defect is Defect.SUSPENDED:
        entry = StatusEntry(list_address(issuer, "suspension"), SUSPENDED_INDEX, "suspension")
        return replace(award, status=(entry,))
    if defect is Defect.STATUS_UNKNOWN:
        return replace(award, status=(StatusEntry(_ABSENT_LIST, REVOKED_INDEX),))
    return award


def spoil_contexts(document: Document, defect: Defect | None) -> None:
    """Apply the defects of context and term; the proof then covers what is left of them."""
    subject = document.get("credentialSubject", document)
    inner = subject.get("achievement", subject)
    if defect is Defect.UNSIGNED_TERM:
        inner["honours"] = "with distinction"
    elif defect is Defect.UNKNOWN_CONTEXT:
        document["@context"].append(PRIVATE_CONTEXT)
        inner["honours"] = "with distinction"
    elif defect is Defect.NESTED_CONTEXT:
        inner["@context"] = _REMARK
        inner["remark"] = "with distinction"
    elif defect is Defect.INLINE_CONTEXT:
        document["@context"].append(_DEADLINE)
        document["deadline"] = document.pop(_end_of_validity(document))


def spoil_bytes(signed: Document, key: IssuerKey, defect: Defect | None) -> bytes:
    """Write a document with a data integrity proof; apply the defects that come after signing.

    `key` is the one that signed it.
    """
    if defect is Defect.ALTERED_PAYLOAD:
        signed["id"] = OTHER_ID
    elif defect is Defect.RESPELLED_TERM:
        value = {"@type": _DATE_TIME, "@value": signed.pop(_end_of_validity(signed))}
        signed[_VALID_UNTIL] = value
    elif defect is Defect.SWAPPED_PAYLOAD:
        signed["proof"] = _proof_of_another(signed, key)
    data = written(signed)
    if defect is Defect.DUPLICATE_KEY:
        data = doubled(data.decode("utf-8")).encode("utf-8")
    return cut(data) if defect is Defect.TRUNCATED else data


def written(document: Document) -> bytes:
    """Write a JSON file without blanks: a presentation takes it as it is, and codes are small."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def doubled(text: str) -> str:
    """Name one member of a JSON object twice: `id`, or the first where there is none."""
    members = list(json.loads(text))
    name = "id" if "id" in members else members[0]
    return f'{{"{name}":"{OTHER_ID}",' + text.removeprefix("{")


def cut(data: bytes) -> bytes:
    """Lose the last third."""
    return data[: len(data) * 2 // 3]


def _end_of_validity(document: Document) -> str:
    return "validUntil" if "validUntil" in document else "expirationDate"


def _proof_of_another(signed: Document, key: IssuerKey) -> Document:
    """Return the genuine proof of another credential, made the same way."""
    proof = signed["proof"]
    other = {name: value for name, value in signed.items() if name != "proof"}
    again = prove(
        {**other, "id": OTHER_ID},
        key,
        method=proof["verificationMethod"],
        created=datetime.fromisoformat(proof["created"]),
        suite=Suite(proof.get("cryptosuite", proof["type"])),
    )
    found: Document = again["proof"]
    return found
