"""Keys that an issuer publishes at its own address: DID documents, and metadata of SD-JWT issuers.

W3C DID Core 1.0 and Controlled Identifiers 1.0 (verification methods and what they are for);
SD-JWT VC, section 4 (`/.well-known/jwt-vc-issuer`). Such a document speaks for its own identifier
alone.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal, TypeAlias
from urllib.parse import urlsplit

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import base58, strict_json
from wallet.proofs.keys import PublicKey
from wallet.trust.documents import MAX_KEYS

Use: TypeAlias = Literal["assertionMethod", "authentication"]
"""What a key may sign: what its owner says about others, or that its owner is who is asking."""

_USES: tuple[Use, ...] = ("assertionMethod", "authentication")
_ENDS = ("expires", "revoked")
_OLDER_SUITES = {
    "Ed25519VerificationKey2018": b"\xed\x01",
    "Ed25519VerificationKey2020": b"\xed\x01",
    "EcdsaSecp256k1VerificationKey2019": b"\xe7\x01",
}
"""Suites that write the bare key as `publicKeyBase58`, and what a multikey begins with instead."""


@dataclass(frozen=True, slots=True)
class PublishedKey:
    """A key as its owner publishes it."""

    key: PublicKey
    uses: frozenset[Use]
    until: datetime | None = None
    """When it stops being good, by `expires` or `revoked`."""


@dataclass(frozen=True, slots=True)
class DidDocument:
    """A document that was pinned: its signing keys by the full name of their method."""

    did: str
    """A DID, or the address of an issuer."""
    methods: Mapping[str, PublishedKey]
    """None in the document of an identifier that was given up."""
    source: str
    as_of: datetime


def did_document(document: JsonObject, source: str, as_of: datetime) -> DidDocument | None:
    """Read a DID document or the metadata of an issuer; None for anything else.

    A key counts for what the document lists it for, and only under its own identifier: a document
    can say nothing about another's keys, nor has a key of another controller anything to say here.
    What a resolver writes around a document is read too: one that is `deactivated` has no keys.

    Raises:
        MalformedCredential: no key of it can be used.
    """
    if "issuer" in document and ("jwks" in document or "jwks_uri" in document):
        return _metadata(document, source, as_of)
    document, gone = _unwrapped(document)
    did = document.get("id")
    if not isinstance(did, str) or not did.startswith(("did:", "https://")) or "#" in did:
        return None
    if gone:
        return DidDocument(did, {}, source, as_of)
    if not {"verificationMethod", *_USES} & set(document):
        return None
    listed = {use: set(_listed(document, use, did)) for use in _USES}
    methods: dict[str, PublishedKey] = {}
    for method in _methods(document):
        name = _absolute(method.get("id"), did)
        uses = frozenset(use for use in _USES if name in listed[use])
        if name is None or not uses or name.partition("#")[0] != did:
            continue
        if method.get("controller", did) == did:
            methods.update(_published(name, method, uses))
    if not methods:
        raise MalformedCredential("DID document")
    return DidDocument(did, methods, source, as_of)


def _unwrapped(document: JsonObject) -> tuple[JsonObject, bool]:
    """The document, out of a resolver's answer or bare, and whether it was given up."""
    inner = document.get("didDocument")
    metadata = document.get("didDocumentMetadata", {})
    found = inner if isinstance(inner, dict) else document
    stated = metadata if isinstance(metadata, dict) else {}
    return found, stated.get("deactivated") is True or found.get("deactivated") is True


def _published(
    name: str, method: JsonObject, uses: frozenset[Use]
) -> Iterator[tuple[str, PublishedKey]]:
    """The key of a method; nothing for a kind or an end that we do not understand."""
    try:
        key = _key(method)
        until = min((_time(method[end]) for end in _ENDS if end in method), default=None)
    except MalformedCredential:
        return
    if key is not None:
        yield name, PublishedKey(key, uses, until)


def _methods(document: JsonObject) -> Iterator[JsonObject]:
    """Verification methods, and those embedded where they are used."""
    for name in ("verificationMethod", *_USES):
        for entry in _entries(document, name):
            if isinstance(entry, dict):
                yield entry


def _listed(document: JsonObject, use: Use, did: str) -> Iterator[str]:
    for entry in _entries(document, use):
        name = _absolute(entry.get("id") if isinstance(entry, dict) else entry, did)
        if name is not None:
            yield name


def _entries(document: JsonObject, name: str) -> list[object]:
    stated = document.get(name, [])
    return (stated if isinstance(stated, list) else [stated])[:MAX_KEYS]


def _absolute(name: object, did: str) -> str | None:
    if not isinstance(name, str):
        return None
    return did + name if name.startswith("#") else name


def _key(method: JsonObject) -> PublicKey | None:
    """The key in one of its forms: Multikey, JWK, or those of older suites."""
    multibase, jwk = method.get("publicKeyMultibase"), method.get("publicKeyJwk")
    bare, pem = method.get("publicKeyBase58"), method.get("publicKeyPem")
    kind = method.get("type")
    if isinstance(multibase, str):
        return PublicKey.from_multikey(multibase)
    if isinstance(jwk, dict):
        return PublicKey.from_jwk(jwk)
    if isinstance(bare, str) and isinstance(kind, str) and kind in _OLDER_SUITES:
        whole = _OLDER_SUITES[kind] + base58.decode(bare)
        return PublicKey.from_multikey("z" + base58.encode(whole))
    return PublicKey.from_pem(pem.encode("utf-8")) if isinstance(pem, str) else None


def _time(stated: object) -> datetime:
    """An end that nobody can read must not read as "without an end"."""
    try:
        at = datetime.fromisoformat(stated) if isinstance(stated, str) else None
    except ValueError:
        at = None
    if at is None:
        raise MalformedCredential("expires")
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


# ---- metadata of an issuer ----------------------------------------------------------------------

WELL_KNOWN = "/.well-known/jwt-vc-issuer"
MAX_ADDRESS_CHARACTERS = 2048


def metadata_address(issuer: str) -> str | None:
    """Give where the metadata of an issuer lie (section 4.1): before its path; None for others."""
    if len(issuer) > MAX_ADDRESS_CHARACTERS:
        return None
    try:
        parts = urlsplit(issuer)
    except ValueError:
        return None
    if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment:
        return None
    return f"https://{parts.netloc}{WELL_KNOWN}{parts.path.rstrip('/')}"


def keys_address(metadata: bytes) -> str | None:
    """Give the address of the keys, where metadata do not hold them but only link to them.

    Raises:
        MalformedCredential: no JSON object.
        TooLarge: beyond the limits of JSON.
    """
    document = strict_json.parse_object(metadata)
    address = document.get("jwks_uri")
    return address if "jwks" not in document and isinstance(address, str) else None


def with_keys(metadata: bytes, keys: bytes) -> bytes:
    """Put the keys that were fetched into the metadata that link to them.

    Raises:
        MalformedCredential: one of both is no JSON object.
        TooLarge: beyond the limits of JSON.
    """
    document, found = strict_json.parse_object(metadata), strict_json.parse_object(keys)
    return json.dumps({"issuer": document.get("issuer"), "jwks": found}).encode()


def _metadata(document: JsonObject, source: str, as_of: datetime) -> DidDocument:
    """Read `issuer` and `jwks`. Keys by name alone, elsewhere, are no keys here."""
    issuer, jwks = document.get("issuer"), document.get("jwks")
    entries = jwks.get("keys") if isinstance(jwks, dict) else None
    if not isinstance(issuer, str) or metadata_address(issuer) is None:
        raise MalformedCredential("issuer")
    if not isinstance(entries, list):
        raise MalformedCredential("jwks")
    if len(entries) > MAX_KEYS:
        raise TooLarge("JWK Set", limit=MAX_KEYS)
    methods: dict[str, PublishedKey] = {}
    for entry in entries:
        try:
            key = PublicKey.from_jwk(entry) if isinstance(entry, dict) else None
        except MalformedCredential:
            continue
        if key is not None:
            kid = entry.get("kid")
            name = kid if isinstance(kid, str) else key.thumbprint()
            methods[f"{issuer}#{name}"] = PublishedKey(key, frozenset({"assertionMethod"}))
    if not methods:
        raise MalformedCredential("jwks")
    return DidDocument(issuer, methods, source, as_of)
