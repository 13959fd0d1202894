"""What trust data are: supplied keys, DID documents and issuer registries, read from JSON.

W3C DID Core 1.0 and Controlled Identifiers 1.0 (verification methods), RFC 7517 (JWK Set), Open
Badges 2.0 (CryptographicKey), the Digital Credentials Consortium's registry format.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs.keys import PublicKey

MAX_KEYS = 1000
"""Keys of one file."""
MAX_REGISTERED = 100_000
"""Issuers of one registry."""

_SIGNING = ("assertionMethod", "authentication")


@dataclass(frozen=True, slots=True)
class SuppliedKey:
    """A key that the person gave, and the names under which it may be asked for."""

    key: PublicKey
    names: tuple[str, ...]
    """Its `kid` or `id`; without any it is tried wherever its kind fits."""
    source: str
    as_of: datetime
    owner: str | None = None
    """Of a CryptographicKey: whose it says it is."""


@dataclass(frozen=True, slots=True)
class DidDocument:
    """A DID document that was pinned: its signing keys by the full name of their method."""

    did: str
    methods: Mapping[str, PublicKey]
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Registry:
    """An issuer registry: which DIDs it names, and as whom."""

    name: str
    issuers: Mapping[str, str]
    source: str
    as_of: datetime


def supplied_keys(document: JsonObject, source: str, as_of: datetime) -> tuple[SuppliedKey, ...]:
    """Read a JWK, a JWK Set or an Open Badges 2.0 CryptographicKey; empty for anything else.

    Keys of kinds that we do not verify with are left out of a set.

    Raises:
        MalformedCredential: a single key that cannot be read, or a set without a usable one.
    """
    if "kty" in document:
        return (SuppliedKey(PublicKey.from_jwk(document), _kid(document), source, as_of),)
    if isinstance(document.get("publicKeyPem"), str):
        key = PublicKey.from_pem(document["publicKeyPem"].encode("utf-8"))
        owner = next(iter(_texts(document.get("owner"))), None)
        return (SuppliedKey(key, _texts(document.get("id")), source, as_of, owner),)
    entries = document.get("keys")
    if not isinstance(entries, list):
        return ()
    if len(entries) > MAX_KEYS:
        raise TooLarge("JWK Set", limit=MAX_KEYS)
    found = []
    for entry in entries:
        try:
            if isinstance(entry, dict):
                found.append(SuppliedKey(PublicKey.from_jwk(entry), _kid(entry), source, as_of))
        except MalformedCredential:
            continue
    if not found:
        raise MalformedCredential("JWK Set")
    return tuple(found)


def issuers_keys(document: JsonObject, source: str, as_of: datetime) -> tuple[SuppliedKey, ...]:
    """Read the keys that stand inside an Open Badges 2.0 issuer's own document: they are its own.

    Raises:
        MalformedCredential: a key that cannot be read.
    """
    own = next(iter(_texts(document.get("id"))), None)
    stated = document.get("publicKey")
    entries = stated if isinstance(stated, list) else [stated]
    found: list[SuppliedKey] = []
    for entry in entries[:MAX_KEYS]:
        if isinstance(entry, dict) and entry.get("owner", own) == own:
            found += [replace(key, owner=own) for key in supplied_keys(entry, source, as_of)]
    return tuple(found)


def did_document(document: JsonObject, source: str, as_of: datetime) -> DidDocument | None:
    """Read a DID document; None for anything else.

    Only methods that it lists for assertions or authentication count, and only of its own DID: a
    document can say nothing about another's keys.

    Raises:
        MalformedCredential: no key of it can be used.
    """
    did = document.get("id")
    if not isinstance(did, str) or not did.startswith("did:") or "#" in did:
        return None
    if not {"verificationMethod", *_SIGNING} & set(document):
        return None
    listed = _listed(document, did)
    methods: dict[str, PublicKey] = {}
    for method in _methods(document):
        name = _absolute(method.get("id"), did)
        if name is not None and name in listed and name.partition("#")[0] == did:
            key = _key(method)
            if key is not None:
                methods[name] = key
    if not methods:
        raise MalformedCredential("DID document")
    return DidDocument(did, methods, source, as_of)


def registry(document: JsonObject, source: str, as_of: datetime) -> Registry | None:
    """Read an issuer registry as the Digital Credentials Consortium publishes it, else None."""
    entries = document.get("registry")
    if not isinstance(entries, dict):
        return None
    if len(entries) > MAX_REGISTERED:
        raise TooLarge("issuer registry", limit=MAX_REGISTERED)
    issuers = {}
    for did, entry in entries.items():
        name = entry.get("name") if isinstance(entry, dict) else None
        issuers[did] = name if isinstance(name, str) else did
    meta = document.get("meta")
    title = meta.get("name") if isinstance(meta, dict) else None
    return Registry(title if isinstance(title, str) else source, issuers, source, as_of)


def _methods(document: JsonObject) -> Iterator[JsonObject]:
    """Verification methods, and those embedded where they are used."""
    for name in ("verificationMethod", *_SIGNING):
        entries = document.get(name, [])
        for entry in (entries if isinstance(entries, list) else [entries])[:MAX_KEYS]:
            if isinstance(entry, dict):
                yield entry


def _listed(document: JsonObject, did: str) -> set[str]:
    names = set()
    for use in _SIGNING:
        entries = document.get(use, [])
        for entry in (entries if isinstance(entries, list) else [entries])[:MAX_KEYS]:
            name = _absolute(entry.get("id") if isinstance(entry, dict) else entry, did)
            if name is not None:
                names.add(name)
    return names


def _absolute(name: object, did: str) -> str | None:
    if not isinstance(name, str):
        return None
    return did + name if name.startswith("#") else name


def _key(method: JsonObject) -> PublicKey | None:
    """The key of a method in one of its current forms; None for a kind that we do not know."""
    try:
        if isinstance(method.get("publicKeyMultibase"), str):
            return PublicKey.from_multikey(method["publicKeyMultibase"])
        if isinstance(method.get("publicKeyJwk"), dict):
            return PublicKey.from_jwk(method["publicKeyJwk"])
    except MalformedCredential:
        return None
    return None


def _kid(jwk: JsonObject) -> tuple[str, ...]:
    return _texts(jwk.get("kid"))


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else ()
