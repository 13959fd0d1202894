"""Revoked or suspended? Status entries of a credential against the status lists that are known.

W3C Bitstring Status List 1.0, section 3.2, and its forerunners StatusList2021 and
RevocationList2020. A list is a signed credential: it counts when its own proof holds and its issuer
is shown to be the credential's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wallet import formats
from wallet.errors import MalformedCredential
from wallet.formats import dates
from wallet.formats.reading import issuer_id
from wallet.formats.values import string
from wallet.model.credential import Credential, Format, StatusEntry
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    indeterminate,
    not_checked,
    passed,
)
from wallet.trust.anchors import StatusSource, TrustStore
from wallet.trust.status_list import MAX_INDEX_CHARACTERS, StatusList

PURPOSES = frozenset({"revocation", "suspension"})
"""What a status can end a credential by; other purposes (messages, refresh) do not."""

_LIST_OF_ENTRY = {
    "BitstringStatusListEntry": "BitstringStatusList",
    "StatusList2021Entry": "StatusList2021",
    "RevocationList2020Status": "RevocationList2020",
}
_PREFIX = {"RevocationList2020Status": "revocationList"}
"""What the members of an entry begin with; of the others `statusList`."""
_WORST_FIRST = (
    Reason.REVOKED,
    Reason.SUSPENDED,
    Reason.STATUS_LIST_INVALID,
    Reason.TRY_LATER,
    None,
)
_SET = {"revocation": Reason.REVOKED, "suspension": Reason.SUSPENDED}


@dataclass(frozen=True, slots=True)
class _Known:
    """A status list that was given, read and checked as the credential that it is."""

    source: StatusSource
    list: StatusList
    credential: Credential | None
    checks: tuple[Check, ...]

    @property
    def holds(self) -> bool:
        """Whether it is well-formed and its own proof holds."""
        outcomes = [check.outcome for check in self.checks[:2]]
        return outcomes == [Outcome.PASSED, Outcome.PASSED]

    @property
    def kind(self) -> str | None:
        """The type of the list, as its subject states it."""
        subject = self.credential.document.get("credentialSubject") if self.credential else None
        return string(subject.get("type")) if isinstance(subject, dict) else None

    @property
    def issued(self) -> datetime:
        """When the list was issued; of one that does not say, when it was imported."""
        proof = dates.date(self.checks[1].facts.get("created")) if self.checks else None
        stated = (self.credential.valid_from if self.credential else None, proof)
        return max((at for at in stated if at is not None), default=self.source.as_of)

    def stale(self, at: datetime) -> bool:
        """Whether it is past its end or older than its time to live."""
        until = self.credential.valid_until if self.credential else None
        ttl = self.list.ttl
        return (until is not None and at >= until) or (ttl is not None and at > self.issued + ttl)


def status(credential: Credential, proof: Check, trust: TrustStore, at: datetime) -> Check:
    """Ask every stated status entry; the worst answer counts.

    1. None is stated, or none that could end the credential: NO_STATUS_STATED.
    2. Of each entry, find the list: by its address, else the only one of that issuer and purpose
       that was given for this question (`TrustStore.with_status`).
    3. The list does not hold, or is not shown to be the issuer's: STATUS_LIST_INVALID.
    4. The bit is set: REVOKED (whatever the list's age), SUSPENDED.
    5. The list is past its end or its time to live, there is none, or its kind is not one of
       ours: TRY_LATER.

    Badges that are looked up in a list of revoked ones: see `revocation_lists`. Token Status Lists:
    see `token_status`.

    Args:
        credential: whose `status` is asked.
        proof: its proof check, which names the key.
        trust: with the status lists that were imported.
        at: the time asked about, aware.
    """
    if credential.format is Format.OPEN_BADGE_2:
        from wallet.verification import revocation_lists  # noqa: PLC0415 -- each kind its own

        return revocation_lists.assertion_status(credential, trust)
    entries = [entry for entry in credential.status if entry.purpose in PURPOSES]
    if not entries:
        return not_checked(CheckName.STATUS, Reason.NO_STATUS_STATED)
    from wallet.verification import revocation_lists, token_status  # noqa: PLC0415 -- as above

    types = {entry.type for entry in entries}
    known = tuple(_known(trust, at)) if not types.isdisjoint(_LIST_OF_ENTRY) else ()
    tokens = tuple(token_status.given(trust, at)) if token_status.ENTRY in types else ()
    answers = []
    for entry in entries:
        if entry.type == revocation_lists.ENTRY:
            answers.append(revocation_lists.entry_status(entry, credential, trust))
        elif entry.type == token_status.ENTRY:
            answers.append(token_status.entry_status(entry, credential, proof, tokens, at))
        else:
            answers.append(_answer(entry, credential, proof, known, at))
    return min(answers, key=lambda answer: _WORST_FIRST.index(answer.reason))


def _known(trust: TrustStore, at: datetime) -> Iterator[_Known]:
    """Read and check every given list, each once."""
    for source in trust.status_lists:
        if not isinstance(source.list, StatusList):
            continue
        try:
            read = formats.read(source.list.credential)
            is_list = read is not None and read.format is Format.STATUS_LIST
            found = read if is_list else None
            checks = formats.check_proof(found, trust, at) if found is not None else ()
        except MalformedCredential:
            found, checks = None, ()
        yield _Known(source, source.list, found, checks)


def _answer(
    entry: StatusEntry,
    credential: Credential,
    proof: Check,
    known: tuple[_Known, ...],
    at: datetime,
) -> Check:
    address = string(_stated(entry, "Credential"))
    kind = _LIST_OF_ENTRY.get(entry.type)
    if kind is None or address is None:
        what = {"type": entry.type, "list": address or string(entry.values.get("id")) or ""}
        if kind is None:
            what["unknown_type"] = entry.type
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **what)
    named = [item for item in known if item.list.id == address]
    bound = [
        item
        for item in named or [item for item in known if item.source.stands_in]
        if item.holds
        and item.kind == kind
        and entry.purpose in item.list.purpose.split(" ")
        and _is_issuers(item, credential, proof)
    ]
    facts = {"list": address, "purpose": entry.purpose}
    if not bound and named:
        facts |= _fault(entry, kind, named)
        return indeterminate(CheckName.STATUS, Reason.STATUS_LIST_INVALID, **facts)
    if not bound or (not named and len(bound) > 1):
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **facts)
    # Of several copies under one address the latest counts.
    chosen = max(bound, key=lambda item: item.issued)
    if not named:
        facts["list_id"] = chosen.list.id or ""
    return _look(entry, chosen, facts, at)


def _fault(entry: StatusEntry, kind: str, named: list[_Known]) -> dict[str, str]:
    """Why a list at the stated address decides nothing; nothing is said where its proof fails."""
    whole = next((item for item in named if item.holds), None)
    if whole is None:
        return {}
    if whole.kind != kind or entry.purpose not in whole.list.purpose.split(" "):
        return {"list_purpose": whole.list.purpose}
    return {"list_owner": whole.list.issuer or "?"}


def _is_issuers(item: _Known, credential: Credential, proof: Check) -> bool:
    """Is the list's issuer shown to be the credential's?

    1. The same identifier, and the same key signed both.
    2. The same identifier, and the list's key is shown to be its.
    3. Somebody who is trusted vouches for the list's key, under the credential's issuer's name:
       an organisation that seals with a certificate signs its lists with another key.
    """
    if item.credential is None:
        return False
    lists, own = issuer_id(item.credential), issuer_id(credential)
    issuer = item.checks[2]
    if lists is not None and lists == own:
        key = item.checks[1].facts.get("key")
        if key is not None and key == proof.facts.get("key"):
            return True
        if issuer.outcome is Outcome.PASSED or issuer.reason is Reason.ISSUER_UNKNOWN:
            return True
    if issuer.outcome is not Outcome.PASSED or credential.issuer is None:
        return False
    names = credential.issuer.name.everything() if credential.issuer.name else ()
    return issuer.facts.get("organisation") in {*names}


def _look(entry: StatusEntry, item: _Known, facts: dict[str, str], at: datetime) -> Check:
    """Look up the bit and judge it by the list's age."""
    dated = {**facts, "date": dates.text(item.issued), "source": item.source.source}
    index, size = _index(_stated(entry, "Index")), _index(entry.values.get("statusSize", 1))
    try:
        if index is None or size is None:
            raise MalformedCredential("statusListIndex")
        is_set = item.list.status(index, size) != 0
    except MalformedCredential:
        dated["no_entry"] = str(_stated(entry, "Index"))[:MAX_INDEX_CHARACTERS]
        return indeterminate(CheckName.STATUS, Reason.STATUS_LIST_INVALID, **dated)
    stale = item.stale(at)
    if is_set and (entry.purpose == "revocation" or not stale):
        return failed(CheckName.STATUS, _SET[entry.purpose], **dated)
    if stale:
        dated["list_age"] = str((at - item.issued).days)
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **dated)
    return passed(CheckName.STATUS, None, **dated)


def _stated(entry: StatusEntry, what: str) -> object:
    """The entry's `statusListCredential` or `statusListIndex`, as its type calls it."""
    return entry.values.get(_PREFIX.get(entry.type, "statusList") + what)


def _index(stated: object) -> int | None:
    """`statusListIndex` and `statusSize`: a number, as text or not; issuers write either."""
    if isinstance(stated, str) and stated.isascii() and stated.isdigit() and len(stated) < 12:
        return int(stated)
    if isinstance(stated, int) and not isinstance(stated, bool):
        return stated
    return None
