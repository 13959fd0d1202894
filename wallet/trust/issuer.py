"""The issuer check: who signed, and who vouches for that? The table of the checks, as a procedure.

The proof has held already. Whether the key is the issuer's is a question of its own: a key that
merely came along with the credential says nothing about whose it is.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from wallet.model.credential import Organisation
from wallet.model.verification import (
    Check,
    CheckName,
    Reason,
    failed,
    indeterminate,
    not_checked,
    passed,
)
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey

if TYPE_CHECKING:
    from wallet.proofs.evidence import Evidence
    from wallet.trust.anchors import TrustStore
    from wallet.trust.qualification import ProofOfExistence


def issuer_check(
    *,
    key: PublicKey | None,
    resolved: ResolvedKey | None,
    issuer: Organisation | None,
    issuer_id: str | None,
    chain: tuple[bytes, ...],
    awarding: tuple[Organisation, ...],
    trust: "TrustStore",
    at: datetime,
    evidence: "Evidence | None" = None,
    existence: "ProofOfExistence | None" = None,
) -> Check:
    """Judge the key of a proof that holds.

    1. The person has distrusted it, or confirmed it. Else, by who publishes it, its time is over
       (`OUT_OF_BOUNDS_NO_POE`): nothing shows that the signature is older.
    2. It is shown to be the issuer's (a did:key or did:jwk that is the issuer, or a pinned DID
       document of the issuer): a registry names the issuer, the document was supplied, or nobody
       vouches (`ISSUER_UNKNOWN`).
    3. It was supplied.
    4. It came with a certificate: see `certified.judge`.
    5. Nothing shows whose it is (`ISSUER_NOT_AUTHENTICATED`).

    Args:
        key: the key that the proof holds with; None where no proof does (not checked).
        resolved: where the key was found, when it was asked for by name.
        issuer: the issuer as stated.
        issuer_id: its identifier in the signed document, compared character by character.
        chain: certificates that came along, DER, the signer's first.
        awarding: the awarding bodies as stated: another fact than who signed.
        trust: what is known.
        at: the time asked about, aware.
        evidence: what else came along to judge the certificate by; `chain` is in it.
        existence: the wallet's own proof that the signature existed at a time (its import).
    """
    if key is None:
        return not_checked(CheckName.ISSUER, Reason.PROOF_FAILED)
    facts = {"key": key.thumbprint(), **_stated(issuer, issuer_id, awarding)}
    decision = trust.decisions.get(key.thumbprint())
    if decision is not None:
        facts |= {"how": decision.how, "date": decision.made_at.date().isoformat()}
        if decision.trusted:
            return passed(CheckName.ISSUER, Reason.TRUSTED_BY_YOU, **facts)
        return failed(CheckName.ISSUER, Reason.DISTRUSTED_BY_YOU, **facts)
    if resolved is not None and resolved.until is not None and at >= resolved.until:
        facts["key_until"] = resolved.until.date().isoformat()
        return indeterminate(CheckName.ISSUER, Reason.OUT_OF_BOUNDS_NO_POE, **facts)
    if resolved is not None and resolved.did is not None and resolved.did == issuer_id:
        return _authenticated(resolved.source, resolved.did, trust, at, facts)
    for entry in trust.keys:
        if entry.key == key:
            facts |= {"source": entry.source, "date": entry.as_of.date().isoformat()}
            return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **facts)
    if chain:
        from wallet.trust import certified  # noqa: PLC0415 -- heavy: lists, paths, time stamps

        stated = evidence if evidence is not None else certified.Evidence(chain)
        return certified.judge(stated, issuer, trust, at, facts, existence=existence)
    return indeterminate(CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED, **facts)


def _authenticated(
    source: str, did: str, trust: "TrustStore", at: datetime, facts: dict[str, str]
) -> Check:
    """The key is the issuer's; who knows the issuer?"""
    for registry in trust.registries:
        if registry.names(did, at):
            return passed(
                CheckName.ISSUER,
                Reason.ISSUER_REGISTRY,
                **{
                    **facts,
                    "organisation": registry.issuers[did],
                    "registry": registry.name,
                    "date": registry.as_of.date().isoformat(),
                },
            )
    if source == "did document":
        pinned = next(entry for entry in trust.did_documents if entry.did == did)
        dated = {"source": pinned.source, "date": pinned.as_of.date().isoformat()}
        return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **{**facts, **dated})
    supplied = next((e for e in trust.keys if e.key.thumbprint() == facts["key"]), None)
    if supplied is not None:
        dated = {"source": supplied.source, "date": supplied.as_of.date().isoformat()}
        return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **{**facts, **dated})
    return indeterminate(CheckName.ISSUER, Reason.ISSUER_UNKNOWN, **facts)


def _stated(
    issuer: Organisation | None, issuer_id: str | None, awarding: tuple[Organisation, ...]
) -> dict[str, str]:
    facts: dict[str, str] = {}
    label = (issuer.label if issuer is not None else "") or issuer_id or ""
    if label:
        facts["issuer"] = facts["organisation"] = label
    if awarding and awarding[0].label:
        facts["awarding_body"] = awarding[0].label
    return facts
