"""What trust data are: supplied keys and issuer registries, read from JSON.

RFC 7517 (JWK Set), Open Badges 2.0 (CryptographicKey), the Digital Credentials Consortium's
registry format. What issuers publish at their own address: see did_documents.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import jws, strict_json
from wallet.proofs.keys import PRIVATE_MEMBERS, PublicKey

MAX_KEYS = 1000
"""Keys of one file."""
MAX_REGISTERED = 100_000
"""Issuers of one registry."""
MAX_SECONDS = 253_402_300_799
"""The last second of the year 9999: what a calendar can hold."""
ENTITY_STATEMENT = "entity-statement+jwt"

_NAMES = (
    ("federation_entity", "organization_name"),
    ("institution_additional_information", "legal_name"),
)


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
class Registry:
    """An issuer registry: which DIDs it names, and as whom."""

    name: str
    issuers: Mapping[str, str]
    source: str
    as_of: datetime
    until: datetime | None = None
    """When it stops vouching, where it says so."""

    def names(self, did: str, at: datetime) -> bool:
        """Tell whether it vouches for an issuer at that time."""
        return did in self.issuers and (self.until is None or at < self.until)


def supplied_keys(document: JsonObject, source: str, as_of: datetime) -> tuple[SuppliedKey, ...]:
    """Read a JWK, a JWK Set or an Open Badges 2.0 CryptographicKey; empty for anything else.

    Keys of kinds that we do not verify with are left out of a set.

    Raises:
        MalformedCredential: a single key that cannot be read, or a set without a usable one.
    """
    if "kty" in document:
        return (SuppliedKey(_public(document), _kid(document), source, as_of),)
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
                found.append(SuppliedKey(_public(entry), _kid(entry), source, as_of))
        except MalformedCredential:
            continue
    if not found:
        raise MalformedCredential("JWK Set")
    return tuple(found)


def _public(jwk: JsonObject) -> PublicKey:
    """Of a pair of keys that the person has, the public one."""
    return PublicKey.from_jwk({n: v for n, v in jwk.items() if n not in PRIVATE_MEMBERS})


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


def entity_statement(data: bytes, source: str, as_of: datetime) -> Registry | None:
    """Read what a registry of OpenID Federation 1.0 states about one issuer; None for others.

    The newer registries of the Digital Credentials Consortium answer so, issuer by issuer. The
    registry's signature is not checked: like a whole registry, the statement counts because the
    person has supplied it, and until its end.

    Raises:
        MalformedCredential: one without an issuer or an end, or of a registry about itself.
        TooLarge: beyond the limits of JWS and JSON.
    """
    text = data.strip()
    if not text.startswith(b"ey"):
        return None
    token = jws.parse_compact(text.decode("ascii", "replace"))
    if token.header.get("typ") != ENTITY_STATEMENT:
        return None
    claims = strict_json.parse_object(token.payload)
    registry, did, end = claims.get("iss"), claims.get("sub"), claims.get("exp")
    if not isinstance(registry, str) or not isinstance(did, str) or registry == did:
        raise MalformedCredential("sub")
    if isinstance(end, bool) or not isinstance(end, int | float) or not 0 <= end <= MAX_SECONDS:
        raise MalformedCredential("exp")
    until = datetime.fromtimestamp(end, UTC)
    return Registry(registry, {did: _organisation(claims) or did}, source, as_of, until)


def _organisation(claims: JsonObject) -> str | None:
    metadata = claims.get("metadata")
    for part, name in _NAMES:
        inner = metadata.get(part) if isinstance(metadata, dict) else None
        found = inner.get(name) if isinstance(inner, dict) else None
        if isinstance(found, str) and found.strip():
            return found.strip()
    return None


def _kid(jwk: JsonObject) -> tuple[str, ...]:
    return _texts(jwk.get("kid"))


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else ()
