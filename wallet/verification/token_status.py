"""Revoked or suspended? Credentials against Token Status Lists of the IETF.

draft-ietf-oauth-status-list, section 8.3. Such a list is a JWT or CWT: it counts when its own
signature holds and its signer is shown to be the credential's issuer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from wallet.errors import MalformedCredential
from wallet.formats import dates, jwt_keys, sd_jwt_claims
from wallet.formats.opening import take_apart
from wallet.formats.reading import issuer_id
from wallet.formats.values import string, strings
from wallet.model.credential import Credential, StatusEntry
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    indeterminate,
    passed,
)
from wallet.proofs import base64url, certificate
from wallet.proofs.evidence import of_chain
from wallet.proofs.finding import ProofFinding
from wallet.trust import certificates
from wallet.trust.anchors import StatusSource, TrustStore, issuer_check
from wallet.trust.status_list import MAX_INDEX_CHARACTERS
from wallet.trust.token_status_list import TokenStatusList

ENTRY = sd_jwt_claims.STATUS_LIST
"""Type of the status entries that name such a list."""

VALID, INVALID, SUSPENDED = 0, 1, 2
"""Values of section 7.1; the others are an application's own, and say nothing to us."""

_NAMES_A_SIGNER = frozenset({Reason.EU_TRUSTED_LIST, Reason.ISSUER_REGISTRY})


@dataclass(frozen=True, slots=True)
class Given:
    """A list that was given, and what its own signature comes to."""

    source: StatusSource
    list: TokenStatusList
    finding: ProofFinding
    issuer: Check

    def stale(self, at: datetime) -> bool:
        """Whether it is past its end or older than its time to live."""
        until, ttl = self.list.expires, self.list.ttl
        past = until is not None and at >= until
        return past or (ttl is not None and at > self.list.issued + ttl)


def given(trust: TrustStore, at: datetime) -> Iterator[Given]:
    """Check the signature of every list, and who vouches for its key."""
    for source in trust.status_lists:
        listed = source.list
        if not isinstance(listed, TokenStatusList):
            continue
        finding = jwt_keys.check(listed.token, listed.issuer, trust.resolve, trust.unnamed_keys)
        issuer = issuer_check(
            key=finding.key if finding.outcome is Outcome.PASSED else None,
            resolved=finding.resolved,
            issuer=None,
            issuer_id=listed.issuer,
            chain=finding.chain,
            awarding=(),
            trust=trust,
            at=at,
            evidence=of_chain(finding.chain, dates.text(listed.issued)),
        )
        yield Given(source, listed, finding, issuer)


def entry_status(
    entry: StatusEntry,
    credential: Credential,
    proof: Check,
    lists: tuple[Given, ...],
    at: datetime,
) -> Check:
    """Ask the list whose `sub` is the stated `uri`, else the only one given for this question.

    Such a one (`TrustStore.with_status`) has to be that issuer's, too.

    1. The list does not hold, is not shown to be the issuer's, or has no such entry:
       STATUS_LIST_INVALID.
    2. The status is 1: REVOKED (whatever the list's age). It is 2: SUSPENDED.
    3. There is no list, it is past its end or its time to live, or the status is another one:
       TRY_LATER.

    Args:
        entry: with `idx` and `uri`.
        credential: whose status is asked.
        proof: its proof check, which names the key.
        lists: what `given` gave.
        at: the time asked about, aware.
    """
    address = string(entry.values.get("uri")) or ""
    facts = {"list": address, "type": entry.type}
    named = [one for one in lists if one.list.id == address]
    standing_in = [one for one in lists if one.source.stands_in]
    bound = [one for one in named or standing_in if _is_issuers(one, credential, proof)]
    if named and not bound:
        whole = [one for one in named if one.finding.outcome is Outcome.PASSED]
        if whole:
            facts["list_owner"] = whole[0].list.issuer or whole[0].finding.facts["key"]
        return indeterminate(CheckName.STATUS, Reason.STATUS_LIST_INVALID, **facts)
    if not bound or not address or (not named and len(bound) > 1):
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **facts)
    # Of several copies under one address the latest counts.
    chosen = max(bound, key=lambda one: one.list.issued)
    if not named:
        facts["list_id"] = chosen.list.id
    return _look(entry.values, chosen, facts, at)


def _look(values: Mapping[str, object], one: Given, facts: dict[str, str], at: datetime) -> Check:
    """Look the status up and judge it by the list's age."""
    dated = {**facts, "date": dates.text(one.list.issued), "source": one.source.source}
    index = values.get("idx")
    try:
        if isinstance(index, bool) or not isinstance(index, int):
            raise MalformedCredential("idx")
        found = one.list.status(index)
    except MalformedCredential:
        dated["no_entry"] = str(index)[:MAX_INDEX_CHARACTERS]
        return indeterminate(CheckName.STATUS, Reason.STATUS_LIST_INVALID, **dated)
    if found == INVALID:
        return failed(CheckName.STATUS, Reason.REVOKED, **dated)
    if one.stale(at):
        dated["list_age"] = str((at - one.list.issued).days)
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **dated)
    if found == SUSPENDED:
        return failed(CheckName.STATUS, Reason.SUSPENDED, **dated)
    if found != VALID:
        return indeterminate(CheckName.STATUS, Reason.TRY_LATER, **dated, value=str(found))
    return passed(CheckName.STATUS, None, **dated)


def _is_issuers(one: Given, credential: Credential, proof: Check) -> bool:
    """Is the list's signer shown to be the credential's issuer?

    1. The list names another issuer than the credential does, and only rule 4 can bind it.
    2. The same key (so also: the same certificate) signed both.
    3. Both name one issuer, and the list's key is shown to be its: by what the key is, or because
       the person supplied or confirmed it. A certificate shows its own organisation alone.
    4. Somebody who is trusted vouches for the list's key, under the name of the credential's issuer
       or of the certificate that signed the credential.
    """
    if one.finding.outcome is not Outcome.PASSED:
        return False
    lists, own, issuer = one.list.issuer, issuer_id(credential), one.issuer
    certified = bool(one.finding.chain)
    if lists is None or own is None or lists == own:  # 1
        key = proof.facts.get("key")
        holds = proof.outcome is Outcome.PASSED
        if holds and key is not None and key == one.finding.facts.get("key"):  # 2
            return True
    shown = issuer.outcome is Outcome.PASSED
    if lists is not None and lists == own and not certified:  # 3
        return shown or issuer.reason is Reason.ISSUER_UNKNOWN
    if not shown or not (certified or issuer.reason in _NAMES_A_SIGNER):  # 4
        return False
    return issuer.facts.get("organisation") in {*_names(credential)}


def _names(credential: Credential) -> Iterator[str]:
    """The issuer's names as stated, and the organisation on the credential's own certificate."""
    if credential.issuer is not None and credential.issuer.name is not None:
        yield from credential.issuer.name.everything()
    opened = take_apart(credential.raw)
    token = opened.token if opened is not None else None
    leaf = next(iter(strings(token.header.get("x5c"))), None) if token is not None else None
    if leaf is None:
        return
    try:
        name = certificates.seal_of(certificate.load(base64url.decode_plain(leaf))).name
    except MalformedCredential:
        return
    if name:
        yield name
