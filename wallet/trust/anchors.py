"""The trust store: whom this wallet knows, offline, each with its source and date.

It never fetches. The issuer check, in issuer.py, asks it: who signed, and who vouches for that?
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import JsonObject
from wallet.proofs import certificate, strict_json
from wallet.proofs.contexts import Contexts
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey
from wallet.trust import (
    did,
    documents,
    list_xml,
    open_badges,
    status_list,
    token_status_list,
    trusted_list,
)
from wallet.trust.documents import DidDocument, Registry, SuppliedKey
from wallet.trust.issuer import issuer_check
from wallet.trust.lists import TrustedLists
from wallet.trust.open_badges import BadgeDocument, RevocationList
from wallet.trust.status_list import StatusList
from wallet.trust.token_status_list import TokenStatusList

__all__ = ["Anchor", "Decision", "StatusSource", "TrustStore", "issuer_check"]

MAX_FILE_BYTES = 8 * 1024 * 1024
MAX_ANCHORS = 1000
"""Certificates of one PEM file."""

_PEM_CERTIFICATE = b"-----BEGIN CERTIFICATE-----"
_PEM_KEY = b"-----BEGIN PUBLIC KEY-----"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A certificate that the person supplied as trusted."""

    certificate: x509.Certificate
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class StatusSource:
    """A status list that was imported; its proof is not checked yet."""

    list: StatusList | TokenStatusList
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What the person decided about one key, and how they came to know."""

    thumbprint: str
    """JWK thumbprint (RFC 7638) of the key."""
    trusted: bool
    how: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TrustStore:
    """Everything that is known about others' keys and statuses. A value: adding gives a new one."""

    contexts: Contexts
    """The JSON-LD contexts that there are: the bundled ones, and what the person supplied."""
    keys: tuple[SuppliedKey, ...] = ()
    certificates: tuple[Anchor, ...] = ()
    did_documents: tuple[DidDocument, ...] = ()
    registries: tuple[Registry, ...] = ()
    status_lists: tuple[StatusSource, ...] = ()
    badge_documents: tuple[BadgeDocument, ...] = ()
    """What Open Badges 2.0 link to: badge classes and issuers."""
    revocation_lists: tuple[RevocationList, ...] = ()
    lists: TrustedLists = field(default_factory=TrustedLists)
    """The European trusted lists."""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """By thumbprint: one decision per key, the latest."""

    @classmethod
    def empty(cls) -> "TrustStore":
        """Know nobody; the bundled contexts are there, for they vouch for nothing."""
        return cls(Contexts.bundled())

    # ---- adding ------------------------------------------------------------------------------

    def with_file(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        """Add what a file holds, recognised by its content.

        PEM or DER certificates, a PEM public key, a JWK or JWK Set, an Open Badges 2.0
        CryptographicKey, issuer or badge class, a DID document, an issuer registry, a status list
        credential or token, a list of revocations of Open Badges 2.0 or 1EdTech, the European list
        of lists or a national trusted list (see `TrustedLists.with_file`; in any order).

        Raises:
            MalformedCredential: none of these, or one that is broken. For European trusted lists
                (XML) `what` is "trusted list", and `detail` may be "signature".
            TooLarge: more than `MAX_FILE_BYTES`, or beyond the limits of its kind.
        """
        if list_xml.is_xml(data):
            lists = self.lists.with_file(data, source, as_of, supplied=self._supplied())
            return replace(self, lists=lists)
        if len(data) > MAX_FILE_BYTES:
            raise TooLarge("trust data", limit=MAX_FILE_BYTES)
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")
        if _PEM_CERTIFICATE in data or data.startswith(b"\x30"):
            return self._with_certificates(data, source, as_of)
        if _PEM_KEY in data and not start.startswith(b"{"):
            key = SuppliedKey(PublicKey.from_pem(data), (), source, as_of)
            return replace(self, keys=(*self.keys, key))
        found = token_status_list.read(data) or status_list.read(data)
        if found is not None:
            entry = StatusSource(found, source, as_of)
            return replace(self, status_lists=(*self.status_lists, entry))
        return self._with_json(strict_json.parse_object(data), source, as_of)

    def with_distilled(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        """Add a European list that this wallet has checked before and kept distilled.

        Nothing but the vault may be asked for these bytes: no signature covers them.

        Raises:
            MalformedCredential: they are something else.
        """
        found = trusted_list.from_bytes(data, source, as_of)
        return replace(self, lists=self.lists.with_list(found))

    def with_contexts(self, folder: Path) -> "TrustStore":
        """Add the JSON-LD contexts of a folder. See `Contexts.with_folder` for what it raises."""
        return replace(self, contexts=self.contexts.with_folder(folder))

    def with_decision(self, decision: Decision) -> "TrustStore":
        """Add what the person decided about a key; a later decision replaces an earlier one."""
        return replace(self, decisions={**self.decisions, decision.thumbprint: decision})

    def _with_certificates(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        if data.startswith(b"\x30"):
            loaded = [certificate.load(data)]
        else:
            try:
                blocks = x509.load_pem_x509_certificates(data)
            except (ValueError, TypeError) as error:
                raise MalformedCredential("certificate") from error
            if len(blocks) > MAX_ANCHORS:
                raise TooLarge("certificates", limit=MAX_ANCHORS)
            loaded = [certificate.load(block.public_bytes(Encoding.DER)) for block in blocks]
        anchors = tuple(Anchor(one, source, as_of) for one in loaded)
        added = replace(self, certificates=(*self.certificates, *anchors))
        return replace(added, lists=self.lists.settled(added._supplied()))

    def _supplied(self) -> tuple[bytes, ...]:
        """Certificates that may sign a national list, because the person says so."""
        return tuple(anchor.certificate.public_bytes(Encoding.DER) for anchor in self.certificates)

    def _with_json(self, document: JsonObject, source: str, as_of: datetime) -> "TrustStore":
        keys = documents.supplied_keys(document, source, as_of)
        if keys:
            return replace(self, keys=(*self.keys, *keys))
        registry = documents.registry(document, source, as_of)
        if registry is not None:
            return replace(self, registries=(*self.registries, registry))
        pinned = documents.did_document(document, source, as_of)
        if pinned is not None:
            return replace(self, did_documents=(*self.did_documents, pinned))
        return self._with_badge_data(document, source, as_of)

    def _with_badge_data(self, document: JsonObject, source: str, as_of: datetime) -> "TrustStore":
        revoked = open_badges.revocation_list(document, source, as_of)
        if revoked is not None:
            return replace(self, revocation_lists=(*self.revocation_lists, revoked))
        found = open_badges.badge_document(document, source, as_of)
        if found is None:
            raise MalformedCredential("trust data")
        keys = documents.issuers_keys(document, source, as_of) if found.is_issuer else ()
        return replace(
            self, badge_documents=(*self.badge_documents, found), keys=(*self.keys, *keys)
        )

    # ---- asking ------------------------------------------------------------------------------

    @property
    def as_of(self) -> datetime | None:
        """The date of the oldest trust data; None if there are none."""
        dates = [entry.as_of for entry in self.keys]
        dates += [entry.as_of for entry in self.certificates]
        dates += [entry.as_of for entry in self.did_documents]
        dates += [entry.as_of for entry in self.registries]
        dates += [entry.as_of for entry in self.status_lists]
        dates += [entry.as_of for entry in self.badge_documents]
        dates += [entry.as_of for entry in self.revocation_lists]
        dates += self.lists.as_of
        return min(dates, default=None)

    @property
    def unnamed_keys(self) -> tuple[PublicKey, ...]:
        """Supplied keys without a name: tried wherever their kind fits the algorithm."""
        return tuple(entry.key for entry in self.keys if not entry.names)

    def resolve(self, method: str) -> ResolvedKey | None:
        """Find the key of a verification method or `kid`: a `KeyResolver`.

        In this order: did:key and did:jwk, which are their own keys; a pinned DID document; a
        supplied key of that name; a key written as the fragment of an address, which shows
        nothing about its controller.
        """
        own = did.resolve_did_key(method) or did.resolve_did_jwk(method)
        if own is not None:
            return own
        for pinned in self.did_documents:
            if method in pinned.methods:
                return ResolvedKey(pinned.methods[method], pinned.did, "did document")
        for entry in self.keys:
            if method in entry.names:
                return ResolvedKey(entry.key, None, "supplied")
        return did.resolve_fragment(method)
