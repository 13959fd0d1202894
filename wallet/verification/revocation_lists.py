"""Revoked? Badges against lists of revoked badges: Open Badges 2.0, and 1EdTech's for version 3.0.

Such a list is plain JSON that the issuer hosts. Nobody signed it, so the person who supplies it
vouches for it: the fact `signed` says "no", and `source` and `date` say where it is from.
"""

from collections.abc import Iterator, Sequence

from wallet.formats import dates, open_badge_2
from wallet.formats.reading import issuer_id
from wallet.formats.values import string
from wallet.model.credential import Credential, StatusEntry
from wallet.model.verification import (
    Check,
    CheckName,
    Reason,
    failed,
    indeterminate,
    not_checked,
    passed,
)
from wallet.trust.anchors import TrustStore
from wallet.trust.open_badges import ListKind, RevocationList

ENTRY = ListKind.ONE_EDTECH.value
"""Type of the status entries that name a list of 1EdTech."""


def entry_status(entry: StatusEntry, credential: Credential, trust: TrustStore) -> Check:
    """Ask a list of 1EdTech whether it names the credential's id.

    1. Of the lists given, the one at the stated address; else the only one of the same issuer
       that says nothing of its address, or was given for this question.
    2. It says that it is another issuer's: STATUS_LIST_INVALID.
    3. It names the credential: REVOKED, else passed.
    4. There is no such list, or the credential has no id to look for: TRY_LATER.
    """
    address, own = string(entry.values.get("id")) or "", issuer_id(credential)
    facts = {"list": address, "type": entry.type, "purpose": entry.purpose}
    lists = [one for one in trust.revocation_lists if one.kind is ListKind.ONE_EDTECH]
    named = [one for one in lists if one.id is not None and one.id == address]
    fitting = [one for one in named if one.issuer in {None, own}]
    if named and not fitting:
        facts["list_owner"] = named[0].issuer or "?"
        return indeterminate(CheckName.STATUS, Reason.STATUS_LIST_INVALID, **facts)
    if not named:
        fitting = [one for one in lists if own is not None and one.issuer == own and _free(one)]
        if len(fitting) == 1:
            facts["list_id"] = fitting[0].id or ""
    if not fitting or credential.id is None or (not named and len(fitting) > 1):
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **facts)
    return _asked(fitting, [credential.id], facts)


def assertion_status(credential: Credential, trust: TrustStore) -> Check:
    """Ask whether an assertion of Open Badges 2.0 is revoked.

    1. It says so itself: REVOKED.
    2. A list that was supplied names its id, and does not say that it is another issuer's:
       REVOKED. By its `uid`, which is unique for its issuer alone, only a list that is bound to
       the issuer, or the only one, given for this question.
    3. It is signed, and a list that is bound does not name it: passed. Bound is a list at the
       address in the issuer's document; also one that names the same issuer, if that address is
       not known, the list does not state another, or it was given for this question.
    4. Its issuer is known and names no list: NO_STATUS_STATED.
    5. Else TRY_LATER: the list, the issuer's document or the hosted original is not here.
    """
    entries = {entry.type: entry for entry in credential.status}
    revoked = entries.get(open_badge_2.REVOKED)
    if revoked is not None:
        reason = string(revoked.values.get("revocationReason"))
        facts = {"revocation_reason": reason} if reason else {}
        return failed(CheckName.STATUS, Reason.REVOKED, **facts)
    entry = entries.get(open_badge_2.REVOCATION_LIST, entries.get(open_badge_2.HOSTED))
    stated = entry.values if entry is not None else {}
    address, issuer = string(stated.get("id")), string(stated.get("issuer"))
    hosted = open_badge_2.HOSTED in entries
    lists = list(_possible(trust, issuer))
    bound = [one for one in lists if _is_bound(one, None if hosted else address, issuer)]
    facts = {"list": address} if address is not None else {}
    names = list(_names(credential))
    for one in lists:
        by_uid = one in bound or (len(lists) == 1 and one.stands_in)
        asked = _asked([one], names if by_uid else names[:1], {**facts, **_other(one, address)})
        if asked.reason is Reason.REVOKED:
            return asked
    if bound and not hosted:
        return _asked(bound, names, facts)
    if entry is None:
        return not_checked(CheckName.STATUS, Reason.NO_STATUS_STATED)
    return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **facts, type=entry.type)


def _possible(trust: TrustStore, issuer: str | None) -> Iterator[RevocationList]:
    """Lists of Open Badges 2.0 that do not say that they are somebody else's."""
    for one in trust.revocation_lists:
        other = issuer is not None and one.issuer is not None and one.issuer != issuer
        if one.kind is ListKind.OPEN_BADGES_2 and not other:
            yield one


def _is_bound(one: RevocationList, address: str | None, issuer: str | None) -> bool:
    if address is not None and one.id == address:
        return True
    same = issuer is not None and one.issuer == issuer
    return same and (address is None or _free(one))


def _free(one: RevocationList) -> bool:
    """Whether it may be asked although its address is not the stated one."""
    return one.id is None or one.stands_in


def _names(credential: Credential) -> Iterator[str]:
    """The id, if it means anything outside the file; then what names it among its issuer's."""
    yield credential.global_id or ""
    for name in (credential.id, string(credential.document.get("uid"))):
        if name is not None and name != credential.global_id:
            yield name


def _other(one: RevocationList, address: str | None) -> dict[str, str]:
    """State the list's own id where it is not the stated address."""
    return {"list_id": one.id} if one.id is not None and one.id != address else {}


def _asked(lists: Sequence[RevocationList], names: Sequence[str], facts: dict[str, str]) -> Check:
    """Look the names up; of several copies the latest counts, and a revocation in any."""
    latest = max(lists, key=lambda one: one.as_of)
    for one in (latest, *lists):
        for name in names:
            if name and name in one.revoked:
                why = {"revocation_reason": one.revoked[name]} if one.revoked[name] else {}
                return failed(CheckName.STATUS, Reason.REVOKED, **facts, **_dated(one), **why)
    return passed(CheckName.STATUS, None, **facts, **_dated(latest))


def _dated(one: RevocationList) -> dict[str, str]:
    return {"date": dates.text(one.as_of), "source": one.source, "signed": "no"}
