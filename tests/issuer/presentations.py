"""Verifiable presentations of the simulator: data model 2.0, eddsa-rdfc-2022 by the holder."""

import base64
import json
from datetime import datetime, timedelta
from typing import Any

from tests.issuer.data_integrity import CREDENTIALS_2, Purpose, prove
from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.keys import IssuerKey, ed25519_key, verification_method
from tests.issuer.spoiling import spoil_bytes, spoil_contexts
from tests.issuer.subjects import NOW, stamp

Document = dict[str, Any]


def holder_key(seed: str = "holder") -> IssuerKey:
    """Make the key of somebody who presents."""
    return ed25519_key(f"holder {seed}")


def presentation(
    credentials: tuple[bytes, ...],
    holder: IssuerKey,
    *,
    audience: str | None = None,
    nonce: str | None = None,
    expires: datetime | None = NOW + timedelta(days=7),
    created: datetime = NOW - timedelta(minutes=1),
    defect: Defect | None = None,
) -> bytes:
    """Present credentials as issued, signed by the holder (purpose authentication).

    JSON with a data integrity proof is embedded as it is; a JWT or a sealed EDC travels as an
    EnvelopedVerifiableCredential (Verifiable Credentials 2.0, section 4.13).
    """
    require_sensible(Form.PRESENTATION, defect)
    if defect is Defect.EXPIRED:
        expires = NOW - timedelta(seconds=30)
    method = verification_method(holder.did_key)
    document: Document = {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiablePresentation"],
        "holder": holder.did_key,
        "verifiableCredential": [_embedded(data) for data in credentials],
    }
    spoil_contexts(document, defect)
    members = {"domain": audience, "challenge": nonce, "expires": expires and stamp(expires)}
    signed = prove(
        document,
        holder,
        method=method,
        created=created,
        purpose=Purpose.AUTHENTICATION,
        members={name: value for name, value in members.items() if value},
        defect=defect,
    )
    return spoil_bytes(signed, holder, defect)


def enveloped(data: bytes) -> Document:
    """Wrap a secured credential that is no JSON-LD as a `data:` address of its bytes."""
    if data.lstrip().startswith(b"{"):
        address = "data:application/jose+json;base64," + base64.b64encode(data).decode("ascii")
    else:
        address = "data:application/vc+jwt," + data.decode("ascii")
    return {"@context": CREDENTIALS_2, "id": address, "type": "EnvelopedVerifiableCredential"}


def _embedded(data: bytes) -> Document:
    if data.lstrip().startswith(b"{"):
        document: Document = json.loads(data)
        if "proof" in document:
            return document
    return enveloped(data)
