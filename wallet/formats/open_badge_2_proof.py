"""Whether an assertion of Open Badges 2.0 is what its issuer signed, and who that is.

Open Badges 2.0, sections 5.1 (hosted) and 5.2 (signed). A hosted assertion proves nothing away
from its address. A signed one names its key in `verification.creator`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from wallet.errors import MalformedCredential
from wallet.formats import jwt_keys, open_badge_2, open_badge_2_older
from wallet.formats.opening import Opened
from wallet.formats.profile import profile
from wallet.formats.values import many, objects, string, types
from wallet.model.credential import Credential, JsonObject, Organisation
from wallet.model.verification import Check, Outcome, Reason
from wallet.proofs import jws
from wallet.proofs.finding import ProofFinding, ResolvedKey, failed
from wallet.proofs.keys import ALGORITHMS, PublicKey
from wallet.trust import open_badges
from wallet.trust.anchors import TrustStore, issuer_check
from wallet.trust.documents import SuppliedKey

MAX_KEYS = 50
"""Keys of one assertion or issuer that are looked at."""
MAX_TYPE_CHARACTERS = 64


def check(opened: Opened, trust: TrustStore) -> ProofFinding:
    """Check the signature of an assertion.

    1. It is no JWS: hosted is NO_SIGNING_KEY_FOUND with the address as the fact `hosted`; another
       way of verifying than these two is UNSUPPORTED_SUITE; else nobody signed it.
    2. A header breaks a rule (RFC 8725).
    3. The key that `creator` names is known: the signature holds or does not.
    4. The assertion brings that key itself: the same, but it is nobody's.
    5. No key is named: those that the issuer's supplied documents list, then as for any token.
    6. Supplied keys without a name are tried; where none fits, NO_SIGNING_KEY_FOUND.
    """
    document = open_badge_2_older.rewritten(opened.document)
    if opened.token is None:
        return _unsigned(document)
    token = opened.token
    facts = {"algorithm": token.algorithm}
    broken = jws.broken_rule(token)
    if broken is not None:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, broken, **facts)
    name = creator(document)
    try:
        found = _named(name, document, trust)
    except MalformedCredential as error:
        return failed(Reason.SIG_CONSTRAINTS_FAILURE, str(error.facts.get("what", "key")), **facts)
    if found is not None:
        finding = replace(jws.check(token, found.key), method=name, resolved=found)
        return replace(finding, facts={**finding.facts, "key_source": found.source})
    if name is None:
        listed = [entry.key for entry in _issuers_keys(document, trust)]
        return jwt_keys.check(token, None, trust.resolve, (*listed, *trust.unnamed_keys))
    return _tried(token, trust.unnamed_keys, name, facts)


def issuer(credential: Credential, finding: ProofFinding, trust: TrustStore, at: datetime) -> Check:
    """Judge the key of a signature that holds.

    A supplied CryptographicKey has an owner and vouches for that owner alone; and where the
    issuer's own document was supplied, it has to list the key. A key without an owner vouches as
    any supplied key does. Where the badge class is only linked, nobody knows the issuer but the
    key's owner, who is then named.
    """
    whole = open_badge_2.with_documents(credential.document, trust.badge_documents)
    whose = open_badge_2.issuer(whole)
    own = string(whose.get("id"))
    supplied = open_badges.linked(trust.badge_documents, own, is_issuer=True)
    keys = [entry for entry in trust.keys if own is None or entry.owner in {None, own}]
    if supplied is not None and not _lists(supplied, finding.method):
        keys = []
    organisation: Organisation | None = profile(whose)
    if own is None:
        organisation = _owner(finding, trust)
    return issuer_check(
        key=finding.key,
        resolved=finding.resolved,
        issuer=organisation,
        issuer_id=own,
        chain=finding.chain,
        awarding=(),
        trust=replace(trust, keys=tuple(keys)),
        at=at,
    )


def creator(document: JsonObject) -> str | None:
    """Return the name of the key as the assertion states it; `verify.url` in version 1.0."""
    stated = open_badge_2.verification(document)
    for value in many(stated.get("creator")):
        name = string(value.get("id") if isinstance(value, dict) else value)
        if name is not None:
            return name
    return string(stated.get("url"))


def _unsigned(document: JsonObject) -> ProofFinding:
    if open_badge_2.is_hosted(document):
        # The oldest state no address of their own, but where their issuer is.
        whose = string(open_badge_2.issuer(document).get("url"))
        address = open_badge_2.hosted_at(document) or whose
        facts = {"hosted": address} if address is not None else {}
        return ProofFinding(Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, facts=facts)
    kinds = types(open_badge_2.verification(document))
    if kinds and not open_badge_2.is_signed(document):
        suite = {"suite": kinds[0][:MAX_TYPE_CHARACTERS]}
        return ProofFinding(Outcome.INDETERMINATE, Reason.UNSUPPORTED_SUITE, facts=suite)
    return ProofFinding(Outcome.FAILED, Reason.NO_SIGNATURE_FOUND)


# ---- keys ---------------------------------------------------------------------------------------


def _named(name: str | None, document: JsonObject, trust: TrustStore) -> ResolvedKey | None:
    """The key of that name: one that is known, else one that the assertion brings."""
    if name is None:
        return None
    known = trust.resolve(name)
    if known is not None:
        return known
    stated = open_badge_2.verification(document).get("creator")
    brought = [*objects(stated), *objects(open_badge_2.issuer(document).get("publicKey"))]
    for entry in brought[:MAX_KEYS]:
        if string(entry.get("id")) == name and isinstance(entry.get("publicKeyPem"), str):
            key = PublicKey.from_pem(entry["publicKeyPem"].encode("utf-8"))
            return ResolvedKey(key, None, "header")
    return None


def _tried(
    token: jws.Jws, keys: Sequence[PublicKey], name: str, facts: dict[str, str]
) -> ProofFinding:
    for key in keys[:MAX_KEYS]:
        if token.algorithm in ALGORITHMS[key.kind]:
            finding = jws.check(token, key)
            if finding.outcome is Outcome.PASSED:
                resolved = ResolvedKey(key, None, "supplied")
                facts = {**finding.facts, "key_source": resolved.source}
                return replace(finding, method=name, resolved=resolved, facts=facts)
    return ProofFinding(
        Outcome.INDETERMINATE, Reason.NO_SIGNING_KEY_FOUND, method=name, facts=facts
    )


def _issuers_keys(document: JsonObject, trust: TrustStore) -> Iterator[SuppliedKey]:
    """Supplied keys of the issuer: by their owner, or by the list in its supplied document."""
    whole = open_badge_2.with_documents(document, trust.badge_documents)
    own = string(open_badge_2.issuer(whole).get("id"))
    supplied = open_badges.linked(trust.badge_documents, own, is_issuer=True) or {}
    names = set(_key_names(supplied))
    for entry in trust.keys:
        if own is not None and (entry.owner == own or not names.isdisjoint(entry.names)):
            yield entry


def _lists(supplied: JsonObject, name: str | None) -> bool:
    """Tell whether an issuer's document stands by a key; one that lists none says nothing."""
    names = list(_key_names(supplied))
    return not names or name is None or name in names


def _key_names(supplied: JsonObject) -> Iterator[str]:
    for entry in many(supplied.get("publicKey"))[:MAX_KEYS]:
        name = string(entry.get("id") if isinstance(entry, dict) else entry)
        if name is not None:
            yield name


def _owner(finding: ProofFinding, trust: TrustStore) -> Organisation | None:
    """Whom the key belongs to by its own document, described by the owner's where that is here."""
    owner = next((e.owner for e in trust.keys if e.key == finding.key and e.owner), None)
    if owner is None:
        return None
    return profile(
        open_badges.linked(trust.badge_documents, owner, is_issuer=True) or {"id": owner}
    )
