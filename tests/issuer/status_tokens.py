"""Token Status Lists of the simulator (draft-ietf-oauth-status-list), written from its text."""

import base64
import json
import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography import x509

from tests.issuer.certificates import der
from tests.issuer.cose import sign1
from tests.issuer.keys import IssuerKey, base64url, verification_method
from tests.issuer.sd_jwt import token
from tests.issuer.subjects import GOOD_INDEX, NOW, REVOKED_INDEX, SUSPENDED_INDEX

Document = dict[str, Any]

ADDRESS = "https://status.example.edu/tokens/1"
VALUES = {REVOKED_INDEX: 1, SUSPENDED_INDEX: 2, 3: 3}
"""What a list says unless asked otherwise; everything else is valid (0)."""
ENTRIES = GOOD_INDEX + 1
TTL = timedelta(days=7)


def statuses(values: Mapping[int, int], width: int = 2, entries: int = ENTRIES) -> bytes:
    """Lay statuses out, the first one in the least significant bits (section 4.1)."""
    laid = bytearray((entries * width + 7) // 8)
    for index, value in values.items():
        place, shift = divmod(index * width, 8)
        laid[place] |= value << shift
    return bytes(laid)


def packed(laid: bytes) -> str:
    """Pack a list as `lst`."""
    return base64url(zlib.compress(laid, 9))


def reference(index: object = GOOD_INDEX, address: object = ADDRESS) -> Document:
    """Write the `status` claim of a credential (section 6.1)."""
    return {"status_list": {"idx": index, "uri": address}}


def token_status_list(
    key: IssuerKey,
    values: Mapping[int, int] | None = None,
    *,
    width: int = 2,
    issuer: str | None = None,
    issued: datetime = NOW - timedelta(days=1),
    header: Document | None = None,
    claims: Document | None = None,
    certificate: x509.Certificate | None = None,
) -> bytes:
    """Issue a Status List Token (section 5.1), good for a week and to be renewed within two months.

    Args:
        key: who signs; named by the `kid` of its did:key unless there is a certificate.
        values: statuses by index; `VALUES` unless said otherwise.
        width: bits of one status.
        issuer: `iss`, which newer drafts leave out.
        issued: `iat`.
        header: other header members (None takes one away).
        claims: other claims (None takes one away).
        certificate: of the key, to stand in `x5c`.
    """
    names: Document = {"kid": verification_method(key.did_key)}
    if certificate is not None:
        names = {"x5c": [base64.b64encode(der(certificate)).decode()]}
    laid = statuses(VALUES if values is None else values, width)
    body: Document = {
        "iss": issuer,
        "sub": ADDRESS,
        "iat": int(issued.timestamp()),
        "exp": int((issued + timedelta(days=60)).timestamp()),
        "ttl": int(TTL.total_seconds()),
        "status_list": {"bits": width, "lst": packed(laid)},
        **(claims or {}),
    }
    body = {name: value for name, value in body.items() if value is not None}
    full = {"alg": key.algorithm, "typ": "statuslist+jwt", **names, **(header or {})}
    full = {name: value for name, value in full.items() if value is not None}
    return token(full, json.dumps(body), key).encode()


def cwt_status_list(
    key: IssuerKey,
    values: Mapping[int, int] | None = None,
    *,
    width: int = 2,
    issuer: str | None = None,
    issued: datetime = NOW - timedelta(days=1),
    protected: Mapping[int, object] | None = None,
    unprotected: Mapping[int, object] | None = None,
    claims: Mapping[int, object] | None = None,
    certificate: x509.Certificate | None = None,
    tags: bytes = b"\xd2",
) -> bytes:
    """Issue the same list as a CWT (section 5.2); a header or claim that is None is taken away.

    Args:
        key: who signs; named by the `kid` of its did:key unless there is a certificate.
        values: statuses by index; `VALUES` unless said otherwise.
        width: bits of one status.
        issuer: claim 1, which newer drafts leave out.
        issued: claim 6.
        protected: other protected headers by label.
        unprotected: other unprotected headers.
        claims: other claims by label.
        certificate: of the key, to stand in `x5chain`.
        tags: what stands before the array; COSE_Sign1 unless said otherwise.
    """
    named: dict[int, object] = {4: verification_method(key.did_key).encode()}
    if certificate is not None:
        named = {33: der(certificate)}
    laid = statuses(VALUES if values is None else values, width)
    body: dict[int, object] = {
        1: issuer,
        2: ADDRESS,
        6: int(issued.timestamp()),
        4: int((issued + timedelta(days=60)).timestamp()),
        65534: int(TTL.total_seconds()),
        65533: {"bits": width, "lst": zlib.compress(laid, 9)},
        **(claims or {}),
    }
    header = {16: "application/statuslist+cwt", **(protected or {})}
    return tags + sign1(header, {**named, **(unprotected or {})}, body, key)
