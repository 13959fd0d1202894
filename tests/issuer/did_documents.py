"""DID documents and issuer metadata of the simulator, in the forms that methods and suites have."""

import json
from typing import Any

from cryptography.hazmat.primitives import serialization

from tests.issuer.keys import IssuerKey, base58

Document = dict[str, Any]


def did_document(did: str, key: IssuerKey, name: str = "#1", **changes: Any) -> Document:
    """Write a document whose one Multikey is for assertions; `changes` replace members."""
    method = {"id": name, "type": "Multikey", "controller": did}
    return {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": did,
        "verificationMethod": [{**method, "publicKeyMultibase": key.multikey}],
        "assertionMethod": [name],
        **changes,
    }


def method(did: str, form: dict[str, Any], name: str = "#1", **changes: Any) -> Document:
    """Write one verification method around a key in some form."""
    return {"id": name, "controller": did, **form, **changes}


def base58_form(key: IssuerKey, suite: str = "Ed25519VerificationKey2018") -> Document:
    """Write the bare key as `publicKeyBase58`, as suites before Multikey did."""
    form = serialization.PublicFormat.Raw
    encoding = serialization.Encoding.Raw
    if suite.startswith("Ecdsa"):
        form, encoding = (
            serialization.PublicFormat.CompressedPoint,
            serialization.Encoding.X962,
        )
    bare = key.private.public_key().public_bytes(encoding, form)
    return {"type": suite, "publicKeyBase58": base58(bare)}


def issuer_metadata(issuer: str, *keys: IssuerKey, **changes: Any) -> bytes:
    """Write `/.well-known/jwt-vc-issuer`; keys are named 1, 2 ... None takes a member out."""
    named = [{**key.jwk, "kid": str(number)} for number, key in enumerate(keys, 1)]
    document = {"issuer": issuer, "jwks": {"keys": named}, **changes}
    kept = {name: value for name, value in document.items() if value is not None}
    return json.dumps(kept).encode()
