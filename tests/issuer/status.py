"""Status lists of the simulator (W3C Bitstring Status List 1.0)."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tests.issuer.data_integrity import CREDENTIALS_2, prove
from tests.issuer.defects import Defect, Form, require_sensible
from tests.issuer.keys import base64url
from tests.issuer.packing import gzip
from tests.issuer.spoiling import spoil_bytes
from tests.issuer.subjects import NOW, REVOKED_INDEX, Issuer, list_address, stamp
from tests.issuer.tokens import compact

LIST_BITS = 131072
"""The least size of a list, so that a place in it tells little (section 6.1)."""
TTL_MILLISECONDS = 7 * 24 * 60 * 60 * 1000


def bitstring(indexes: Iterable[int]) -> str:
    """Encode a list with some bits set: most significant bit first, gzip, multibase `u`."""
    bits = bytearray(LIST_BITS // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + base64url(gzip(bytes(bits)))


def status_list(
    issuer: Issuer,
    indexes: Iterable[int] = (REVOKED_INDEX,),
    *,
    purpose: str = "revocation",
    defect: Defect | None = None,
    issued: datetime = NOW - timedelta(days=1),
    address: str | None = None,
) -> bytes:
    """Issue a BitstringStatusListCredential: the given indexes set, good for a week.

    An issuer with an Ed25519 key signs with eddsa-rdfc-2022, any other as a JWT. `address` is the
    list's id, and the issuer's own place for lists unless another is given.
    """
    require_sensible(Form.STATUS_LIST, defect)
    address = address or list_address(issuer, purpose)
    dates = {"validFrom": stamp(issued), "validUntil": stamp(issued + timedelta(days=60))}
    if defect is Defect.EXPIRED:
        dates["validUntil"] = stamp(issued)
    if defect is Defect.NOT_YET_VALID:
        dates["validFrom"] = stamp(NOW + timedelta(days=1))
    document: dict[str, Any] = {
        "@context": [CREDENTIALS_2],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        **dates,
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bitstring(indexes),
            "ttl": TTL_MILLISECONDS,
        },
    }
    if issuer.key.algorithm != "EdDSA":
        header = {"alg": issuer.key.algorithm, "typ": "vc+jwt", "kid": issuer.verification_method}
        return compact(header, json.dumps(document), issuer.key, defect)
    signed = prove(
        document, issuer.key, method=issuer.verification_method, created=issued, defect=defect
    )
    return spoil_bytes(signed, issuer.key, defect)
