"""The issuer check: who signed, and who vouches for that? The table of the checks, as a procedure.

The proof has held already. Whether the key is the issuer's is a question of its own: a key that
merely came along with the credential says nothing about whose it is.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509

from wallet.errors import MalformedCredential
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
from wallet.proofs import certificate
from wallet.proofs.evidence import Evidence
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.keys import PublicKey
from wallet.trust import certificates, sealed
from wallet.trust.qualification import ProofOfExistence

if TYPE_CHECKING:
    from wallet.trust.anchors import TrustStore


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
    evidence: Evidence | None = None,
    existence: ProofOfExistence | None = None,
) -> Check:
    """Judge the key of a proof that holds.

    1. The person has distrusted it, or confirmed it.
    2. It is shown to be the issuer's (a did:key or did:jwk that is the issuer, or a pinned DID
       document of the issuer): a registry names the issuer, the document was supplied, or nobody
       vouches (`ISSUER_UNKNOWN`).
    3. It was supplied.
    4. It came with a certificate: see `_by_certificate`.
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
    if resolved is not None and resolved.did is not None and resolved.did == issuer_id:
        return _authenticated(resolved.source, resolved.did, trust, facts)
    for entry in trust.keys:
        if entry.key == key:
            facts |= {"source": entry.source, "date": entry.as_of.date().isoformat()}
            return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **facts)
    if chain:
        stated = evidence if evidence is not None else Evidence(chain)
        return _by_certificate(stated, issuer, trust, at, facts, existence=existence)
    return indeterminate(CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED, **facts)


def _authenticated(source: str, did: str, trust: "TrustStore", facts: dict[str, str]) -> Check:
    """The key is the issuer's; who knows the issuer?"""
    for registry in trust.registries:
        if did in registry.issuers:
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


def _by_certificate(
    evidence: Evidence,
    issuer: Organisation | None,
    trust: "TrustStore",
    at: datetime,
    facts: dict[str, str],
    *,
    existence: ProofOfExistence | None,
) -> Check:
    """Judge a key by its certificate, the first that applies.

    1. The European trusted lists vouch for it, or say that it was revoked: see `sealed.check`.
    2. Neither a list nor a certificate is known here: `TRUST_DATA_MISSING`.
    3. No path leads to a supplied certificate: what the lists say, else
       `NO_CERTIFICATE_CHAIN_FOUND`.
    4. A certificate of the path is out of its time at `at`: `OUT_OF_BOUNDS_NO_POE`.
    5. The organisation on the seal is not the stated issuer: `SEAL_NOT_ISSUER`.
    """
    loaded = _loaded(evidence.certificates)
    if not loaded:
        return indeterminate(CheckName.ISSUER, Reason.NO_CERTIFICATE_CHAIN_FOUND, **facts)
    seal = certificates.seal_of(loaded[0])
    facts = {
        **facts,
        "organisation": seal.name,
        "certificate_expires": loaded[0].not_valid_after_utc.date().isoformat(),
    }
    if seal.identifier is not None:
        facts["organisation_identifier"] = seal.identifier
    by_lists = None
    if trust.lists.national:
        by_lists = sealed.check(
            evidence=evidence,
            seal=seal,
            issuer=issuer,
            lists=trust.lists,
            at=at,
            facts=facts,
            existence=existence,
        )
        if sealed.outranks(by_lists):
            return by_lists
    elif not trust.certificates:
        return indeterminate(CheckName.ISSUER, Reason.TRUST_DATA_MISSING, **facts)
    anchors = [anchor.certificate for anchor in trust.certificates]
    path = certificates.find_path(loaded, anchors)
    if path is None:
        missing = indeterminate(CheckName.ISSUER, Reason.NO_CERTIFICATE_CHAIN_FOUND, **facts)
        return missing if by_lists is None else by_lists
    for link in path:
        if not certificates.is_in_force(link, at):
            facts["date"] = link.not_valid_after_utc.date().isoformat()
            return indeterminate(CheckName.ISSUER, Reason.OUT_OF_BOUNDS_NO_POE, **facts)
    if issuer is not None and not certificates.names_issuer(seal, issuer):
        facts["awarding_body"] = issuer.label or facts.get("awarding_body", "")
        return indeterminate(CheckName.ISSUER, Reason.SEAL_NOT_ISSUER, **facts)
    anchor = trust.certificates[anchors.index(path[-1])]
    facts |= {"source": anchor.source, "date": anchor.as_of.date().isoformat()}
    return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **facts)


def _loaded(chain: tuple[bytes, ...]) -> list[x509.Certificate]:
    """Read the signer's certificate and what else can be read; nothing without the signer's."""
    found = []
    for place, der in enumerate(chain):
        try:
            found.append(certificate.load(der))
        except MalformedCredential:
            if place == 0:
                return []
    return found


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
