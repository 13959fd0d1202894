"""Whom this wallet knows: trust data that the person added, and their word on single keys."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from wallet.actions.files import read
from wallet.actions.unlocking import with_trust
from wallet.actions.wallet import Wallet, check_again, entries
from wallet.errors import MalformedCredential, NotFound, NoTrustData, UsageError
from wallet.model.keeping import TrustDecision, TrustItem, Verdict
from wallet.model.verification import CheckName
from wallet.trust import trusted_list
from wallet.trust.anchors import TrustStore

ID_LENGTH = 12
"""Hexadecimal digits of an item's id: the beginning of the SHA-256 of its bytes."""


@dataclass(frozen=True, slots=True)
class TrustList:
    """What the vault holds about others' keys."""

    items: tuple[TrustItem, ...]
    decisions: tuple[TrustDecision, ...]


def trusted(wallet: Wallet) -> TrustList:
    """Return the trust data and the decisions that stand."""
    standing = (one for one in wallet.vault.trust_decisions() if one.withdrawn_at is None)
    return TrustList(wallet.vault.trust_items(), tuple(standing))


def add(wallet: Wallet, path: Path) -> tuple[Wallet, TrustItem]:
    """Keep a file of trust data and judge every credential again.

    Returns the wallet with the new trust. Raises Unreadable, NoTrustData for a file that is none
    of the kinds, and UsageError for a trusted list older than the one here, or a national one
    before the list of lists that says who may sign it; nothing is kept then.
    """
    raw, at = read(path), wallet.clock()
    try:
        alone = TrustStore.empty().with_file(raw, path.name, at)
        known = wallet.trust.with_file(raw, path.name, at)
    except MalformedCredential as error:
        raise NoTrustData(name=path.name) from error
    if any(entry.data == raw for entry in known.lists.waiting):
        raise UsageError(detail="list_of_lists_first")
    item = list_item(wallet, known, path.name, at)
    if item is None and alone.lists != TrustStore.empty().lists:
        raise UsageError(detail="list_is_older")
    if item is None:
        item = TrustItem(short(raw), kind_of(alone), path.name, path.name, at, raw)
    wallet.vault.put_trust_item(item)
    return judged_again(wallet), item


def list_item(wallet: Wallet, known: TrustStore, name: str, at: datetime) -> TrustItem | None:
    """Distil a European or national list that came in: no later start has to read the XML."""
    before, after = wallet.trust.lists, known.lists
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
    wallet.vault.decide(_decision(thumbprint, verdict, how.strip(), at))
    return judged_again(wallet)


def kind_of(store: TrustStore) -> str:
    """Name what a store with one file holds, as `trust list` prints it."""
    kinds = (
        ("status-list", store.status_lists),
        ("registry", store.registries),
        ("did-document", store.did_documents),
        ("certificate", store.certificates),
        ("revocation-list", store.revocation_lists),
        ("badge-document", store.badge_documents),
        ("key", store.keys),
    )
    return next((kind for kind, held in kinds if held), "trust-data")


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
    report = ids[key].report
    for name in (CheckName.PROOF, CheckName.ISSUER):
        if "key" in report.check(name).facts:
            return report.check(name).facts["key"]
    raise NotFound(id=key)


def judged_again(wallet: Wallet) -> Wallet:
    """Take up the trust data that the vault holds now, and judge every credential by them."""
    renewed = with_trust(wallet)
    with renewed.vault.batch():
        for entry in entries(renewed):
            check_again(renewed, entry.id)
    return renewed
