"""The issuer check of a key that came with a certificate: the trusted lists, then supplied ones.

Apart from issuer.py because it needs everything that knows certificates, and most badges none.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential
from wallet.model.credential import Organisation
from wallet.model.verification import Check, CheckName, Reason, indeterminate, passed
from wallet.proofs import certificate
from wallet.proofs.certificate import Certificate
from wallet.proofs.evidence import Evidence
from wallet.trust import certificates, sealed
from wallet.trust.qualification import ProofOfExistence

if TYPE_CHECKING:
    from wallet.trust.anchors import TrustStore

__all__ = ["Evidence", "judge"]


def judge(
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
        "certificate_expires": loaded[0].valid_until.date().isoformat(),
    }
    if seal.identifier is not None:
        facts["organisation_identifier"] = seal.identifier
    by_lists = None
    lists = trust.european
    if lists.national:
        by_lists = sealed.check(
            evidence=evidence,
            seal=seal,
            issuer=issuer,
            lists=lists,
            at=at,
            facts=facts,
            existence=existence,
        )
        if sealed.outranks(by_lists):
            return by_lists
    elif not trust.certificates:
        return indeterminate(CheckName.ISSUER, Reason.TRUST_DATA_MISSING, **facts)
    by_person = _supplied(loaded, issuer, trust, at, facts)
    if by_person is not None:
        return by_person
    missing = indeterminate(CheckName.ISSUER, Reason.NO_CERTIFICATE_CHAIN_FOUND, **facts)
    return missing if by_lists is None else by_lists


def _supplied(
    loaded: list[Certificate],
    issuer: Organisation | None,
    trust: "TrustStore",
    at: datetime,
    facts: dict[str, str],
) -> Check | None:
    """Judge by the certificates that the person supplied; None if no path leads to one."""
    seal = certificates.seal_of(loaded[0])
    anchors = [anchor.certificate for anchor in trust.certificates]
    path = certificates.find_path(loaded, anchors)
    if path is None:
        return None
    for link in path:
        if not link.is_in_force(at):
            facts["date"] = link.valid_until.date().isoformat()
            return indeterminate(CheckName.ISSUER, Reason.OUT_OF_BOUNDS_NO_POE, **facts)
    if issuer is not None and not certificates.names_issuer(seal, issuer):
        facts["awarding_body"] = issuer.label or facts.get("awarding_body", "")
        return indeterminate(CheckName.ISSUER, Reason.SEAL_NOT_ISSUER, **facts)
    anchor = trust.certificates[anchors.index(path[-1])]
    facts |= {"source": anchor.source, "date": anchor.as_of.date().isoformat()}
    return passed(CheckName.ISSUER, Reason.KEY_SUPPLIED, **facts)


def _loaded(chain: tuple[bytes, ...]) -> list[Certificate]:
    """Read the signer's certificate and what else can be read; nothing without the signer's."""
    found = []
    for place, der in enumerate(chain):
        try:
            found.append(certificate.load(der))
        except MalformedCredential:
            if place == 0:
                return []
    return found
