"""Whom this wallet knows: trust data that the person added, and their word on single keys."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wallet.actions.files import read
from wallet.actions.unlocking import with_trust
from wallet.actions.wallet import Wallet, check_again, entries
from wallet.errors import MalformedCredential, NotFound, NoTrustData, UsageError
from wallet.model.keeping import Entry, TrustDecision, TrustItem, Verdict
from wallet.model.verification import CheckName, Outcome, VerificationReport
from wallet.trust import trusted_list
from wallet.trust.anchors import TrustStore
from wallet.trust.trusted_list import EUROPE

ID_LENGTH = 12
"""Hexadecimal digits of an item's id: the beginning of the SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class TrustList:
    """What the vault holds about others' keys."""

    items: tuple[TrustItem, ...]
    decisions: tuple[TrustDecision, ...]
    bundled: "BundledLists | None" = None
    """What came with the program and is in use beside that; None if there is nothing."""


@dataclass(frozen=True, slots=True)
class BundledLists:
    """The European lists that came with the program, as far as no newer ones are here."""

    source: str
    """Where the packager took them from."""
    as_of: datetime
    age: int
    """Days since then; 0 where the clock says that it was in the future."""
    territories: tuple[str, ...]
    """Whose lists; `EU` for the list of lists."""


@dataclass(frozen=True, slots=True)
class KnownKey:
    """The key that a credential is signed with, and the person's word on it."""

    key: str
    """Its thumbprint (RFC 7638)."""
    decision: TrustDecision | None
    """What stands; None where the person has said nothing, or has taken it back."""


def has_european_lists(wallet: Wallet) -> bool:
    """Tell whether seals can be traced to the European trusted lists at all."""
    return bool(wallet.trust.european.national)


def known_key(wallet: Wallet, report: VerificationReport) -> KnownKey | None:
    """Return the key that a proof holds with; None where none does, so there is none to judge."""
    key = _key_of(report)
    if key is None or report.check(CheckName.PROOF).outcome is not Outcome.PASSED:
        return None
    decided = {d.key: d for d in wallet.vault.trust_decisions() if d.withdrawn_at is None}
    return KnownKey(key, decided.get(key))


def signed_with(wallet: Wallet, key: str) -> tuple[Entry, ...]:
    """Return the credentials of the list that are signed with a key, given by its thumbprint."""
    return tuple(entry for entry in entries(wallet) if _key_of(entry.report) == key)


def trusted(wallet: Wallet) -> TrustList:
    """Return the trust data and the decisions that stand."""
    standing = (one for one in wallet.vault.trust_decisions() if one.withdrawn_at is None)
    return TrustList(wallet.vault.trust_items(), tuple(standing), _bundled(wallet))


def _bundled(wallet: Wallet) -> BundledLists | None:
    european, national = wallet.trust.european.european, wallet.trust.european.national
    found = {one.country: (one.source, one.as_of) for one in national if one.bundled}
    if european is not None and european.bundled:
        found[EUROPE] = european.source, european.as_of
    if not found:
        return None
    source, as_of = next(iter(found.values()))
    return BundledLists(source, as_of, max(0, (wallet.clock() - as_of).days), tuple(sorted(found)))


def add(wallet: Wallet, path: Path) -> tuple[Wallet, TrustItem]:
    """Keep a file of trust data and judge every credential again.

    Returns the wallet with the new trust. Raises Unreadable, NoTrustData for a file that is none
    of the kinds, and UsageError for a trusted list older than the one here, or a national one
    before the list of lists that says who may sign it; nothing is kept then.
    """
    raw, at = read(path), wallet.clock()
    try:
        known = wallet.trust.with_file(raw, path.name, at)
    except MalformedCredential as error:
        raise NoTrustData(name=path.name) from error
    if any(entry.data == raw for entry in known.lists.waiting):
        raise UsageError(detail="list_of_lists_first")
    item, kind = list_item(wallet, known, path.name, at), kind_of(known.since(wallet.trust))
    if kind is not None:
        item = TrustItem(short(raw), kind, path.name, path.name, at, raw)
    if item is None:
        raise UsageError(detail="list_is_older")
    wallet.vault.put_trust_item(item)
    return judged_again(wallet), item


def list_item(wallet: Wallet, known: TrustStore, name: str, at: datetime) -> TrustItem | None:
    """Distil a European or national list that came in: no later start has to read the XML."""
    before, after = wallet.trust.european, known.european
    if after.european is not None and after.european != before.european:
        raw = trusted_list.to_bytes(after.european)
        return TrustItem("lotl", trusted_list.LIST_OF_LISTS_KIND, name, name, at, raw)
    for found in after.national:
        if found not in before.national:
            raw, territory = trusted_list.to_bytes(found), found.territory
            return TrustItem(
                f"list-{territory}", trusted_list.NATIONAL_KIND, territory, name, at, raw
            )
    return None


def remove(wallet: Wallet, item_id: str) -> Wallet:
    """Forget a file of trust data, or take a decision back. Raises NotFound."""
    decisions = {one.id: one for one in trusted(wallet).decisions}
    if item_id in decisions:
        wallet.vault.withdraw_decision(item_id, wallet.clock())
    else:
        wallet.vault.remove_trust_item(item_id)
    return judged_again(wallet)


def decide(wallet: Wallet, key: str, verdict: Verdict, how: str) -> Wallet:
    """Keep the person's word on a key, given by its thumbprint or a credential's id.

    `how` says how it was checked with the issuer; an acceptance without it is no check, and is
    refused with UsageError. Raises NotFound for an id whose credential shows no key.
    """
    if verdict is Verdict.ACCEPTED and not how.strip():
        raise UsageError(detail="how_is_missing")
    thumbprint, at = _thumbprint(wallet, key), wallet.clock()
    with wallet.vault.batch():
        # One word stands for each key: taking the last one back must not revive an older one.
        for one in wallet.vault.trust_decisions():
            if one.key == thumbprint and one.withdrawn_at is None:
                wallet.vault.withdraw_decision(one.id, at)
        wallet.vault.decide(_decision(thumbprint, verdict, how.strip(), at))
    return judged_again(wallet)


def kind_of(store: TrustStore) -> str | None:
    """Name what a store with one file holds, as `trust list` prints it; None of European lists."""
    kinds = (
        ("status-list", store.status_lists),
        ("registry", store.registries),
        ("did-document", store.did_documents),
        ("certificate", store.certificates),
        ("revocation-list", store.revocation_lists),
        ("badge-document", store.badge_documents),
        ("key", store.keys),
    )
    return next((kind for kind, held in kinds if held), None)


def _decision(thumbprint: str, verdict: Verdict, how: str, at: datetime) -> TrustDecision:
    return TrustDecision(
        short(f"{thumbprint} {at.isoformat()}".encode()), thumbprint, verdict, how, at
    )


def short(data: bytes) -> str:
    """Name an item by its bytes, or by its address."""
    return hashlib.sha256(data).hexdigest()[:ID_LENGTH]


def _thumbprint(wallet: Wallet, key: str) -> str:
    ids = {entry.id: entry for entry in entries(wallet)}
    if key not in ids:
        return key
    found = _key_of(ids[key].report)
    if found is None:
        raise NotFound(id=key)
    return found


def _key_of(report: VerificationReport) -> str | None:
    checks = (report.check(name) for name in (CheckName.PROOF, CheckName.ISSUER))
    return next((check.facts["key"] for check in checks if "key" in check.facts), None)


def judged_again(wallet: Wallet) -> Wallet:
    """Take up the trust data that the vault holds now, and judge every credential by them."""
    renewed = with_trust(wallet)
    with renewed.vault.batch():
        for entry in entries(renewed):
            check_again(renewed, entry.id)
    return renewed
