"""`trust update`: fetching trust data when the person asks, one address after the other.

What comes has to be what belongs at its address: a status list that a credential names cannot
bring keys along, and a DID document speaks for its own identifier alone. It is kept with address
and date as if the person had saved and added it, and replaces what that address gave before.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit

from wallet.actions.trusting import judged_again, kind_of, list_item, short
from wallet.actions.wallet import Wallet, entries
from wallet.errors import MalformedCredential, NotFetched, NotFound, TooLarge
from wallet.formats import open_badge_2
from wallet.formats.reading import issuer_id
from wallet.model.credential import Credential, Format, StatusEntry
from wallet.model.keeping import TrustItem
from wallet.model.verification import CheckName, Outcome, Reason, VerificationReport
from wallet.trust import did_documents, did_web
from wallet.trust.anchors import TrustStore
from wallet.trust.fetch import INTERNET, AllowedNetwork, Fetched, fetch
from wallet.trust.open_badges import ListKind, RevocationList
from wallet.trust.trusted_list import EUROPE
from wallet.verification.verify import verify, within

__all__ = ["INTERNET", "AllowedNetwork", "Fetched", "Source", "SourceKind", "Update",
           "UpdateResult", "chosen", "european", "get", "keep", "sources", "update",
           "update_all"]  # fmt: skip

LIST_OF_LISTS = "https://ec.europa.eu/tools/lotl/eu-lotl.xml"
"""Where the European Commission publishes the list of lists."""
MAX_SOURCES = 1000
"""Of one kind: credentials can name any number of addresses."""

_ADDRESSES = ("statusListCredential", "revocationListCredential", "uri")
_LISTS_BY_ID = frozenset({ListKind.ONE_EDTECH.value, open_badge_2.REVOCATION_LIST})


class SourceKind(StrEnum):
    """What lies at an address."""

    LIST_OF_LISTS = "lotl"
    NATIONAL_LIST = "trusted-list"
    DID_DOCUMENT = "did-document"
    STATUS_LIST = "status-list"
    REGISTRY = "registry"


_HOLDS = {
    SourceKind.DID_DOCUMENT: frozenset({"did-document"}),
    SourceKind.STATUS_LIST: frozenset({"status-list", "revocation-list"}),
    SourceKind.REGISTRY: frozenset({"registry"}),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One address that can be fetched, and what for."""

    kind: SourceKind
    name: str
    """For people, and to choose it by: `lotl`, a territory, an identifier, the address itself."""
    address: str

    @property
    def host(self) -> str:
        """Who is asked."""
        return urlsplit(self.address).hostname or ""


_LIST_OF_LISTS = Source(SourceKind.LIST_OF_LISTS, SourceKind.LIST_OF_LISTS, LIST_OF_LISTS)


class UpdateResult(StrEnum):
    """What a fetch came to."""

    NEW = "new"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Update:
    """What one address gave."""

    source: Source
    result: UpdateResult
    at: datetime
    item: TrustItem | None = None
    """What is kept of it; None if it failed, and then what was known before stays."""
    error: NotFetched | None = None


def sources(wallet: Wallet) -> tuple[Source, ...]:
    """Return what can be updated, in the order in which it makes sense.

    The list of lists, the national lists that it names, registries that came from an address, the
    keys that issuers of held credentials publish, and the status lists that those name.
    Nothing is fetched.
    """
    return tuple(_sources(wallet))


def european(wallet: Wallet) -> tuple[Source, ...]:
    """Return the list of lists, and the national lists that it names where it is here already."""
    return _LIST_OF_LISTS, *_national_lists(wallet)


def chosen(wallet: Wallet, name: str) -> Source:
    """Return the source of that name or address.

    A did:web identifier and the address of a registry are sources by themselves. Raises NotFound.
    """
    for source in _sources(wallet):
        if name in {source.name, source.address}:
            return source
    found = _did_document(name)
    if found is None and name.startswith("https://"):
        found = Source(SourceKind.REGISTRY, name, name)
    if found is None:
        raise NotFound(id=name)
    return found


def update(
    wallet: Wallet, source: Source, network: AllowedNetwork = INTERNET
) -> tuple[Wallet, Update]:
    """Fetch one source and keep what came, with its address and the date of now.

    A failure is in the answer and changes nothing. Credentials are not judged again by this:
    call `trusting.judged_again` when the last source is done.
    """
    try:
        fetched = get(source, network)
    except NotFetched as error:
        return wallet, Update(source, UpdateResult.FAILED, wallet.clock(), error=error)
    return keep(wallet, source, fetched)


def get(source: Source, network: AllowedNetwork = INTERNET) -> Fetched:
    """Fetch one source, the first half of `update`: it needs no wallet and may run beside one.

    Where the metadata of an issuer only link to its keys, these too, from the same host.

    Raises NotFetched.
    """
    fetched = fetch(source.address, network=network)
    if source.kind is not SourceKind.DID_DOCUMENT or source.name.startswith(did_web.PREFIX):
        return fetched
    try:
        keys = did_documents.keys_address(fetched.data)
        if keys is None:
            return fetched
        if not keys.startswith(f"https://{urlsplit(source.address).netloc}/"):
            raise NotFetched(source.host, "not_expected")
        found = fetch(keys, network=network)
        return replace(fetched, data=did_documents.with_keys(fetched.data, found.data))
    except TooLarge as error:
        raise NotFetched(source.host, "too_large") from error
    except MalformedCredential as error:
        raise NotFetched(source.host, "not_expected") from error


def keep(wallet: Wallet, source: Source, fetched: Fetched) -> tuple[Wallet, Update]:
    """Keep what came if it belongs there: the second half of `update`."""
    at = wallet.clock()
    try:
        known, item = _taken(wallet, source, fetched, at)
    except NotFetched as error:
        return wallet, Update(source, UpdateResult.FAILED, at, error=error)
    before = {one.id: one.raw for one in wallet.vault.trust_items()}
    same = before.get(item.id) == item.raw
    wallet.vault.put_trust_item(item)
    result = UpdateResult.UNCHANGED if same else UpdateResult.NEW
    return replace(wallet, trust=known), Update(source, result, at, item)


def update_all(
    wallet: Wallet,
    network: AllowedNetwork = INTERNET,
    *,
    only: Source | None = None,
    before: Callable[[Source], None] = lambda _: None,
    after: Callable[[Update], None] = lambda _: None,
) -> tuple[Wallet, tuple[Update, ...]]:
    """Update one source, or every one, and judge every credential again.

    `before` is told what is fetched before it is, `after` what came of it. A list of lists that
    is new brings its national lists along.
    """
    waiting = [only] if only is not None else list(sources(wallet))
    done: list[Update] = []
    while waiting:
        source = waiting.pop(0)
        before(source)
        wallet, found = update(wallet, source, network)
        after(found)
        done.append(found)
        if source.kind is SourceKind.LIST_OF_LISTS and only is None:
            others = [one for one in waiting if one.kind is not SourceKind.NATIONAL_LIST]
            waiting = [*_national_lists(wallet), *others]
    return judged_again(wallet), tuple(done)


# ---- what there is to fetch ---------------------------------------------------------------------


def _sources(wallet: Wallet) -> Iterator[Source]:
    """Cheap ones first: only what comes after the lists needs the credentials read."""
    yield from european(wallet)
    registries = (item for item in wallet.vault.trust_items() if item.kind == SourceKind.REGISTRY)
    yield from _each_once(
        Source(SourceKind.REGISTRY, item.source, item.source)
        for item in registries
        if item.source.startswith("https://")
    )
    held = list(_held(wallet))
    yield from _each_once(_published(one) for one in held)
    named = (address for one in held for entry in one.status for address in _addresses(entry))
    yield from _each_once(Source(SourceKind.STATUS_LIST, one, one) for one in named)


def _national_lists(wallet: Wallet) -> Iterator[Source]:
    european = wallet.trust.european.european
    for territory, address in european.locations if european is not None else ():
        if territory != EUROPE:
            # One country still names its list by http://; its signature is checked either way.
            secure = "https://" + address.removeprefix("http://").removeprefix("https://")
            yield Source(SourceKind.NATIONAL_LIST, territory, secure)


def _held(wallet: Wallet) -> Iterator[Credential]:
    """Every credential of the list, each with what is inside it: records, endorsements."""
    for entry in entries(wallet):
        yield from within(wallet.vault.get(entry.id).credential, wallet.trust)


def _published(credential: Credential) -> Source | None:
    """Where an issuer publishes its keys: the document of a did:web, or an SD-JWT's metadata."""
    issuer = issuer_id(credential)
    found = _did_document(issuer)
    if found is not None or issuer is None or credential.format is not Format.SD_JWT_VC:
        return found
    address = did_documents.metadata_address(issuer)
    return Source(SourceKind.DID_DOCUMENT, issuer, address) if address is not None else None


def _did_document(issuer: str | None) -> Source | None:
    did = (issuer or "").partition("#")[0]
    address = did_web.address(did)
    return Source(SourceKind.DID_DOCUMENT, did, address) if address is not None else None


def _addresses(entry: StatusEntry) -> Iterator[str]:
    """The addresses of the list that a status entry names; its `id` is one for some kinds alone."""
    names = (*_ADDRESSES, "id") if entry.type in _LISTS_BY_ID else _ADDRESSES
    for name in names:
        stated = entry.values.get(name)
        if isinstance(stated, str) and stated.startswith(("https://", "http://")):
            yield stated


def _each_once(found: Iterable[Source | None]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(one for one in found if one is not None))[:MAX_SOURCES]


# ---- what came ----------------------------------------------------------------------------------


def _taken(
    wallet: Wallet, source: Source, fetched: Fetched, at: datetime
) -> tuple[TrustStore, TrustItem]:
    """Read what came as what belongs there. Raises NotFetched."""
    try:
        known = wallet.trust.with_file(fetched.data, source.address, at)
        if source.kind in {SourceKind.LIST_OF_LISTS, SourceKind.NATIONAL_LIST}:
            return known, _list(wallet, known, source, at)
    except TooLarge as error:
        raise NotFetched(source.host, "too_large") from error
    except MalformedCredential as error:
        unsigned = error.facts.get("detail") == "signature"
        raise NotFetched(source.host, "signature" if unsigned else "not_expected") from error
    alone = known.since(wallet.trust)
    kind = kind_of(alone)
    if kind is None or kind not in _HOLDS[source.kind] or not _belongs(wallet, source, alone):
        raise NotFetched(source.host, "not_expected")
    name = short(source.address.encode("utf-8"))
    return known, TrustItem(name, kind, source.name, source.address, at, fetched.data)


def _list(wallet: Wallet, known: TrustStore, source: Source, at: datetime) -> TrustItem:
    """The distilled list, if it is the one that was asked for and no older than the one here."""
    item = list_item(wallet, known, source.address, at)
    if item is None:
        waits = len(known.lists.waiting) > len(wallet.trust.lists.waiting)
        raise NotFetched(source.host, "signature" if waits else "older")
    own = "lotl" if source.kind is SourceKind.LIST_OF_LISTS else f"list-{source.name}"
    if item.id != own:
        raise NotFetched(source.host, "not_expected")
    return item


def _belongs(wallet: Wallet, source: Source, alone: TrustStore) -> bool:
    """Whether a document speaks about what its address is for, and about nothing else.

    A status list is signed, and judged with the credential. A list of revocations is not: it has
    to name its own address, and an issuer who answers for that.
    """
    if source.kind is SourceKind.DID_DOCUMENT:
        return [one.did for one in alone.did_documents] == [source.name]
    return all(
        one.id == source.address and _answers_for(wallet, source, one)
        for one in alone.revocation_lists
    )


def _answers_for(wallet: Wallet, source: Source, found: RevocationList) -> bool:
    """Whether a list's issuer is on the same host, or signed a credential that names the list."""
    if found.issuer is None:
        return False
    own = did_web.address(found.issuer) or found.issuer
    if urlsplit(own).hostname == source.host:
        return True
    return any(
        issuer_id(credential) == found.issuer
        and any(source.address in _addresses(entry) for entry in credential.status)
        and _is_the_issuers(verify(credential, wallet.trust, wallet.clock()))
        for credential in _held(wallet)
    )


def _is_the_issuers(report: VerificationReport) -> bool:
    issuer = report.check(CheckName.ISSUER)
    if report.check(CheckName.PROOF).outcome is not Outcome.PASSED:
        return False
    return issuer.outcome is Outcome.PASSED or issuer.reason is Reason.ISSUER_UNKNOWN
