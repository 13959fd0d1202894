"""The checks that need the format: is it what it says it is, does its proof hold, who made it.

One function for all formats: they differ in what they say, not in how they are secured.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from wallet.errors import MalformedCredential
from wallet.formats.opening import Opened, take_apart
from wallet.formats.reading import body, issuer_id
from wallet.formats.values import string
from wallet.model.credential import Credential, Defect, Format
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
from wallet.proofs import data_integrity
from wallet.proofs.finding import ProofFinding
from wallet.trust.anchors import TrustStore, issuer_check

if TYPE_CHECKING:
    from wallet.proofs.evidence import Evidence
    from wallet.trust.qualification import ProofOfExistence

_WORST_FIRST = (
    Reason.DUPLICATE_KEY,
    Reason.UNKNOWN_CONTEXT,
    Reason.UNSIGNED_TERM,
    Reason.FORMAT_FAILURE,
    Reason.SCHEMA_REMARKS,
)
_ISSUER_BEST_FIRST = (Outcome.PASSED, Outcome.INDETERMINATE, Outcome.FAILED, Outcome.NOT_CHECKED)
_NO_ISSUER = frozenset({Format.PRESENTATION, Format.SELF_ASSERTED})


@dataclass(frozen=True, slots=True)
class Proven:
    """The three checks, and the proof on which they rest (the best one of a proof set)."""

    format: Check
    proof: Check
    issuer: Check
    finding: ProofFinding | None = None
    binding: Check | None = None
    """Of an SD-JWT with a key binding: what that shows about the holder."""

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks in order."""
        return self.format, self.proof, self.issuer


def prove(
    credential: Credential, trust: TrustStore, at: datetime, known_since: datetime | None = None
) -> Proven:
    """Check format, proof and issuer of a credential, presentation or signed document.

    1. Take the bytes apart again: what is checked is `raw`, never the reading of it.
    2. Check every proof; note where the document could be read otherwise than it was signed.
    3. The format check is the worst defect of reading and canonicalising.
    4. The proof check is the best of a proof set: any valid one suffices, the others are facts.
       Of several seals around a document each has to hold.
    5. The issuer check is asked for the key of a proof that holds, and the best answer counts.

    `known_since` is when the wallet took these bytes in, by its own clock: they existed then.

    Raises:
        MalformedCredential: `raw` is not what the reader took for this credential.
    """
    opened = take_apart(credential.raw)
    if opened is None:
        raise MalformedCredential("credential")
    proven = _prove(opened, credential, trust, at, known_since)
    if opened.sd_jwt is None:
        return proven
    from wallet.formats import sd_jwt_proof  # noqa: PLC0415 -- each way of securing loads its own

    bound = sd_jwt_proof.holder_check(opened.sd_jwt, proven.proof, trust.resolve_holder, at)
    return replace(proven, binding=bound)


def _prove(
    opened: Opened,
    credential: Credential,
    trust: TrustStore,
    at: datetime,
    known_since: datetime | None,
) -> Proven:
    """Steps 2 to 5."""
    defects = list(credential.defects)
    try:
        findings = _findings(opened, credential, trust)
    except data_integrity.UnsafeDocument as unsafe:
        findings = unsafe.findings
        defects.append(Defect(unsafe.reason, unsafe.what, unsafe.where))
    format_check = _format(defects)
    if not findings:
        return Proven(format_check, *_unproven(credential, unsafe=bool(_proofs(credential))))
    holding = [finding for finding in findings if finding.outcome is Outcome.PASSED]
    if not holding or (opened.seal is not None and len(holding) < len(findings)):
        worst = _most_telling(findings)
        return Proven(format_check, _proof(worst, findings), _issuer_unproven(credential, worst))
    judged = [
        (finding, _issuer(credential, finding, trust, at, known_since)) for finding in holding
    ]
    best, issuer = min(judged, key=lambda pair: _ISSUER_BEST_FIRST.index(pair[1].outcome))
    return Proven(format_check, _proof(best, findings), issuer, best)


def _findings(opened: Opened, credential: Credential, trust: TrustStore) -> Sequence[ProofFinding]:
    if opened.seal is not None:
        from wallet.proofs import jades  # noqa: PLC0415 -- as above

        return jades.check_each(opened.seal)
    if opened.xml is not None:
        from wallet.formats import edci_document  # noqa: PLC0415 -- as above
        from wallet.proofs import xades  # noqa: PLC0415 -- as above

        return (xades.check(opened.xml, edci_document.PARTS),)
    if opened.sd_jwt is not None:
        from wallet.formats import sd_jwt_proof  # noqa: PLC0415 -- as above

        issuer = issuer_id(credential) or string(opened.document.get("iss"))
        return sd_jwt_proof.findings(opened.sd_jwt, issuer, trust)
    if credential.format is Format.OPEN_BADGE_2:
        from wallet.formats import open_badge_2_proof  # noqa: PLC0415 -- as above

        return (open_badge_2_proof.check(opened, trust),)
    shows = credential.format is Format.PRESENTATION
    resolve = trust.resolve_holder if shows else trust.resolve
    if opened.token is not None:
        from wallet.formats import jwt_keys  # noqa: PLC0415 -- as above

        issuer = issuer_id(credential) or string(opened.document.get("iss"))
        return (jwt_keys.check(opened.token, issuer, resolve, trust.unnamed_keys),)
    purpose: data_integrity.Purpose = "authentication" if shows else "assertionMethod"
    document = body(opened).document
    return data_integrity.check(document, trust.contexts, resolve, purpose)


def _proofs(credential: Credential) -> list[object]:
    if credential.securing in {"jades", "jwt", "sd-jwt"}:
        return []
    return data_integrity.proofs_of(credential.document)


def unexamined(credential: Credential) -> tuple[Check, Check, Check]:
    """Give the checks of an item whose proof was not looked at: nothing is decided."""
    proof = indeterminate(CheckName.PROOF, Reason.UNSUPPORTED_SUITE, what="time")
    return _format(credential.defects), proof, _issuer_unproven(credential, None)


# ---- format -------------------------------------------------------------------------------------


def _format(defects: Sequence[Defect]) -> Check:
    """The worst defect decides; the facts name it and count the others."""
    if not defects:
        return passed(CheckName.FORMAT)
    kinds = [Reason(defect.kind) for defect in defects]
    worst = min(kinds, key=_WORST_FIRST.index)
    defect = defects[kinds.index(worst)]
    facts = {"what": defect.what, "where": defect.where, "count": str(len(defects))}
    if worst is Reason.SCHEMA_REMARKS:
        return passed(CheckName.FORMAT, worst, **facts)
    return failed(CheckName.FORMAT, worst, **facts)


# ---- proof --------------------------------------------------------------------------------------


def _unproven(credential: Credential, *, unsafe: bool) -> tuple[Check, Check]:
    """Nothing is signed; or there are more proofs than anybody would look through."""
    if unsafe:
        return (
            indeterminate(CheckName.PROOF, Reason.UNSUPPORTED_SUITE, what="proof"),
            _issuer_unproven(credential, None),
        )
    return (
        failed(CheckName.PROOF, Reason.NO_SIGNATURE_FOUND),
        not_checked(CheckName.ISSUER, _after_failure(credential)),
    )


def _most_telling(findings: Sequence[ProofFinding]) -> ProofFinding:
    """Of proofs that do not hold, one that is proven wrong before one that is not known."""
    wrong = [finding for finding in findings if finding.outcome is Outcome.FAILED]
    unknown = [f for f in findings if f.reason is Reason.NO_SIGNING_KEY_FOUND]
    others = [f for f in findings if f.outcome is not Outcome.PASSED]
    return next(iter([*wrong, *unknown, *others]))


def _proof(chosen: ProofFinding, findings: Sequence[ProofFinding]) -> Check:
    facts = dict(chosen.facts)
    if chosen.reason is Reason.UNSUPPORTED_SUITE:
        facts.setdefault("what", facts.get("suite") or "?")
    if chosen.method is not None:
        facts["method"] = chosen.method
    others = [finding for finding in findings if finding is not chosen]
    if others:
        facts["other_proofs"] = ", ".join(_summary(finding) for finding in others)
    return Check(CheckName.PROOF, chosen.outcome, chosen.reason, facts)


def _summary(finding: ProofFinding) -> str:
    suite = finding.facts.get("suite") or finding.facts.get("algorithm") or "?"
    return f"{suite}: {finding.reason.value if finding.reason else finding.outcome.value}"


# ---- issuer -------------------------------------------------------------------------------------


def _issuer(
    credential: Credential,
    finding: ProofFinding,
    trust: TrustStore,
    at: datetime,
    known_since: datetime | None,
) -> Check:
    if credential.format in _NO_ISSUER:
        return not_checked(CheckName.ISSUER, Reason.NOT_APPLICABLE)
    if finding.key is None:
        raise AssertionError("a proof that holds has a key")
    if credential.format is Format.OPEN_BADGE_2:
        from wallet.formats import open_badge_2_proof  # noqa: PLC0415 -- as above

        return open_badge_2_proof.issuer(credential, finding, trust, at)
    return issuer_check(
        key=finding.key,
        resolved=finding.resolved,
        issuer=credential.issuer,
        issuer_id=issuer_id(credential),
        chain=finding.chain,
        awarding=credential.awarding_bodies,
        trust=trust,
        at=at,
        evidence=_evidence(finding),
        existence=_existence(known_since),
    )


def _evidence(finding: ProofFinding) -> "Evidence | None":
    if finding.evidence is not None or not finding.chain:
        return finding.evidence
    from wallet.proofs.evidence import of_chain  # noqa: PLC0415 -- as above

    return of_chain(finding.chain, finding.facts.get("signing_time"))


def _existence(known_since: datetime | None) -> "ProofOfExistence | None":
    if known_since is None:
        return None
    from wallet.trust.qualification import ProofOfExistence  # noqa: PLC0415 -- as above

    return ProofOfExistence(known_since, "import")


def _issuer_unproven(credential: Credential, finding: ProofFinding | None) -> Check:
    if credential.format in _NO_ISSUER:
        return not_checked(CheckName.ISSUER, Reason.NOT_APPLICABLE)
    if finding is not None and finding.outcome is Outcome.FAILED:
        return not_checked(CheckName.ISSUER, Reason.PROOF_FAILED)
    # The proof could not be checked, so no key is shown to be anybody's.
    return indeterminate(CheckName.ISSUER, Reason.ISSUER_NOT_AUTHENTICATED)


def _after_failure(credential: Credential) -> Reason:
    return Reason.NOT_APPLICABLE if credential.format in _NO_ISSUER else Reason.PROOF_FAILED
