"""Issuer registries of the simulator, in the shape of the Digital Credentials Consortium."""

import json
from collections.abc import Iterable
from datetime import datetime

from tests.issuer.subjects import NOW, Issuer, stamp


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
