"""The trust store: whom this wallet knows, offline, each with its source and date.

It never fetches. The issuer check, in issuer.py, asks it: who signed, and who vouches for that?
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from wallet.proofs.contexts import Contexts
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey
from wallet.trust import bundle, did
from wallet.trust.issuer import issuer_check
from wallet.trust.lists import TrustedLists

if TYPE_CHECKING:
    from wallet.proofs.certificate import Certificate
    from wallet.trust.did_documents import DidDocument, Use
    from wallet.trust.documents import Registry, SuppliedKey
    from wallet.trust.open_badges import BadgeDocument, RevocationList
    from wallet.trust.status_list import StatusList
    from wallet.trust.token_status_list import TokenStatusList

__all__ = ["Anchor", "Decision", "StatusSource", "TrustStore", "issuer_check"]

_KINDS = ("keys", "certificates", "did_documents", "registries", "status_lists",
          "badge_documents", "revocation_lists")  # fmt: skip
"""Fields of a trust store that a file adds to, at their end."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A certificate that the person supplied as trusted."""

    certificate: "Certificate"
    source: str
    as_of: datetime


@dataclass(frozen=True, slots=True)
class StatusSource:
    """A status list that was imported; its proof is not checked yet."""

    list: "StatusList | TokenStatusList"
    source: str
    as_of: datetime
    stands_in: bool = False
    """Whether it may be asked where its address is not the stated one: see `with_status`."""


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
    keys: "tuple[SuppliedKey, ...]" = ()
    certificates: tuple[Anchor, ...] = ()
    did_documents: "tuple[DidDocument, ...]" = ()
    registries: "tuple[Registry, ...]" = ()
    status_lists: tuple[StatusSource, ...] = ()
    badge_documents: "tuple[BadgeDocument, ...]" = ()
    """What Open Badges 2.0 link to: badge classes and issuers."""
    revocation_lists: "tuple[RevocationList, ...]" = ()
    lists: TrustedLists = field(default_factory=TrustedLists)
    """The European trusted lists that were added; `european` has all."""
    bundled: Path | None = None
    """A packager's snapshot of them, which is opened when a certificate has to be judged."""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """By thumbprint: one decision per key, the latest."""

    @classmethod
    def empty(cls) -> "TrustStore":
        """Know nobody; the bundled contexts are there, for they vouch for nothing."""
        return cls(Contexts.bundled())

    @classmethod
    def shipped(cls) -> "TrustStore":
        """Know what came with the program: the European lists, if its packager bundled them."""
        return replace(cls.empty(), bundled=bundle.place())

    # ---- adding ------------------------------------------------------------------------------

    def with_file(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        """Add what a file holds, recognised by its content.

        PEM or DER certificates, a PEM public key, a JWK or JWK Set, an Open Badges 2.0
        CryptographicKey, issuer or badge class, a DID document, the metadata of an SD-JWT's issuer,
        an issuer registry or its statement about one issuer, a status list credential or token
        (JWT or CWT), a list of revocations of Open Badges 1.x, 2.0 or 1EdTech, the European list of
        lists or a national trusted list (see `TrustedLists.with_file`; in any order).

        Raises:
            MalformedCredential: none of these, or one that is broken. For European trusted lists
                (XML) `what` is "trusted list", and `detail` may be "signature".
            TooLarge: more than `MAX_FILE_BYTES`, or beyond the limits of its kind.
        """
        from wallet.trust import adding  # noqa: PLC0415 -- knows every kind of trust data

        return adding.with_file(self, data, source, as_of)

    def with_status(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        """Add the file that the person names as the status list to ask, for this one question.

        It may stand for another address than its own, if it is the only such list of its issuer.
        A list that is kept may not: the next one that an issuer's credentials name has the same
        issuer, purpose and places, and an answer from the wrong one would be "not revoked".

        Raises as `with_file`, and takes whatever that takes.
        """
        known = self.with_file(data, source, as_of)
        lists, revocations = len(self.status_lists), len(self.revocation_lists)
        named = tuple(replace(one, stands_in=True) for one in known.status_lists[lists:])
        revoked = tuple(
            replace(one, stands_in=True) for one in known.revocation_lists[revocations:]
        )
        return replace(
            known,
            status_lists=(*self.status_lists, *named),
            revocation_lists=(*self.revocation_lists, *revoked),
        )

    def with_distilled(self, data: bytes, source: str, as_of: datetime) -> "TrustStore":
        """Add a European list that this wallet has checked before and kept distilled.

        Nothing but the vault may be asked for these bytes: no signature covers them.

        Raises:
            MalformedCredential: they are something else.
        """
        from wallet.trust import trusted_list  # noqa: PLC0415 -- only who has a list pays for it

        found = trusted_list.from_bytes(data, source, as_of)
        return replace(self, lists=self.lists.with_list(found))

    def with_contexts(self, folder: Path) -> "TrustStore":
        """Add the JSON-LD contexts of a folder. See `Contexts.with_folder` for what it raises."""
        return replace(self, contexts=self.contexts.with_folder(folder))

    def with_decision(self, decision: Decision) -> "TrustStore":
        """Add what the person decided about a key; a later decision replaces an earlier one."""
        return replace(self, decisions={**self.decisions, decision.thumbprint: decision})

    def since(self, earlier: "TrustStore") -> "TrustStore":
        """Give what was added to an earlier state, alone; European lists and decisions aside."""
        added = {name: getattr(self, name)[len(getattr(earlier, name)) :] for name in _KINDS}
        return replace(self, lists=TrustedLists(), decisions={}, **added)

    # ---- asking ------------------------------------------------------------------------------

    @property
    def european(self) -> TrustedLists:
        """The European trusted lists, of those added and those bundled the newer of each."""
        if self.bundled is None:
            return self.lists
        from wallet.trust import snapshot  # noqa: PLC0415 -- who has no seal to judge pays nothing

        return snapshot.opened(self.bundled).with_lists(self.lists)

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
        if self.bundled is None or self.lists.as_of:
            dates += self.european.as_of
        elif (taken := bundle.taken(self.bundled)) is not None:
            dates.append(taken)
        return min(dates, default=None)

    @property
    def unnamed_keys(self) -> tuple[PublicKey, ...]:
        """Supplied keys without a name: tried wherever their kind fits the algorithm."""
        return tuple(entry.key for entry in self.keys if not entry.names)

    def resolve_holder(self, method: str) -> ResolvedKey | None:
        """Find the key that a holder shows itself by: one that is listed for `authentication`."""
        return self.resolve(method, "authentication")

    def resolve(self, method: str, use: "Use" = "assertionMethod") -> ResolvedKey | None:
        """Find the key of a verification method or `kid`: a `KeyResolver`.

        In this order: did:key and did:jwk, which are their own keys; a pinned document of an
        issuer, of which only a key for that use is one (`assertionMethod`: credentials); a
        supplied key of that name; a key written as the fragment of an address, which shows
        nothing about its controller.
        """
        own = did.resolve_did_key(method) or did.resolve_did_jwk(method)
        if own is not None:
            return own
        for pinned in self.did_documents:
            found = pinned.methods.get(method)
            if found is not None and use in found.uses:
                return ResolvedKey(found.key, pinned.did, "did document", found.until)
        for entry in self.keys:
            if method in entry.names:
                return ResolvedKey(entry.key, None, "supplied")
        return did.resolve_fragment(method)
