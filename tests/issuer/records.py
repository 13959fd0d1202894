"""Learner records (CLR 2.0) of the simulator: a transcript of credentials as they were issued."""

import json
from datetime import timedelta
from typing import Any

from tests.issuer.data_integrity import CREDENTIALS_2, OPEN_BADGES, prove
from tests.issuer.defects import Defect
from tests.issuer.presentations import enveloped
from tests.issuer.spoiling import written
from tests.issuer.subjects import NOW, Award, Issuer, stamp
from tests.issuer.tokens import compact

Document = dict[str, Any]

CLR = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
RECORD_ID = "urn:uuid:b2f1a6d8-6f0e-4a51-9d0c-6f4b3a1f2c77"


def record_document(issuer: Issuer, award: Award, *parts: bytes, **subject: Any) -> Document:
    """Write a ClrCredential; JSON lies in it as it is, a token as the envelope of its bytes.

    Args:
        issuer: of the record, who need not be the issuer of its parts.
        award: whose learner the record is about.
        parts: credentials as issued.
        subject: further members of the subject: achievements, associations.
    """
    return {
        "@context": [CREDENTIALS_2, CLR, OPEN_BADGES],
        "id": RECORD_ID,
        "type": ["VerifiableCredential", "ClrCredential"],
        "name": "Transcript",
        "issuer": {"id": issuer.did, "type": ["Profile"], "name": issuer.university.label},
        "validFrom": stamp(NOW - timedelta(days=1)),
        "credentialSubject": {
            **({"id": award.learner.did} if award.learner.did else {}),
            "type": ["ClrSubject"],
            "verifiableCredential": [
                json.loads(part) if part.startswith(b"{") else enveloped(part) for part in parts
            ],
            **subject,
        },
    }


def record(issuer: Issuer, document: Document, defect: Defect | None = None) -> bytes:
    """Sign a record with a data integrity proof."""
    created = NOW - timedelta(hours=1)
    method = issuer.verification_method
    return written(prove(document, issuer.key, method=method, created=created, defect=defect))


def record_jwt(issuer: Issuer, document: Document) -> bytes:
    """Sign a record as a JWT of data model 2.0."""
    header = {"alg": issuer.key.algorithm, "typ": "vc+jwt", "kid": issuer.verification_method}
    return compact(header, json.dumps(document), issuer.key)
