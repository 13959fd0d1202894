"""Issuer registries of the simulator, in the shape of the Digital Credentials Consortium."""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from tests.issuer.keys import IssuerKey
from tests.issuer.subjects import NOW, Issuer, stamp
from tests.issuer.tokens import compact


def entity_statement(
    registry: IssuerKey, issuer: Issuer, *, kind: str = "entity-statement+jwt", **changes: Any
) -> bytes:
    """State as a registry of OpenID Federation 1.0 who an issuer is; None takes a claim out."""
    claims: dict[str, Any] = {
        "iss": "https://registry.example",
        "sub": issuer.did,
        "iat": int(NOW.timestamp()),
        "exp": int((NOW + timedelta(days=1)).timestamp()),
        "metadata": {"federation_entity": {"organization_name": issuer.university.label}},
        **changes,
    }
    kept = {name: value for name, value in claims.items() if value is not None}
    header = {"alg": registry.algorithm, "typ": kind, "kid": "registry-1"}
    return compact(header, json.dumps(kept), registry)


def issuer_registry(issuers: Iterable[Issuer], updated: datetime = NOW) -> bytes:
    """Write a registry that names the identifiers of the given issuers."""
    listed = {
        issuer.did: {
            "name": issuer.university.label,
            "location": f"{issuer.university.city}, {issuer.university.country}",
            "url": issuer.university.homepage,
        }
        for issuer in issuers
    }
    document = {"meta": {"created": stamp(updated), "updated": stamp(updated)}, "registry": listed}
    return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8")
