"""What a presentation's own proof shows about its holder, before anything is demanded of it."""

from datetime import datetime

from wallet.formats import dates
from wallet.formats.presentation import holder
from wallet.formats.values import string, strings
from wallet.model.credential import Credential
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    indeterminate,
    not_checked,
)
from wallet.proofs.finding import ProofFinding

_OWN_KEY = ("did:key:", "did:jwk:")


def holder_check(
    presentation: Credential, proof: Check, finding: ProofFinding | None, at: datetime
) -> Check:
    """Say whether the stated holder is the key that signed, and state what it was signed for.

    Never passed: for whom and with which nonce it should have been made is known to who demands
    them (verification). The facts are `holder`, `audience`, `nonce` and `expires`, as stated.

    1. The proof failed: there is nothing to say about a holder.
    2. The holder is a key (did:key, did:jwk), and another key signed: KEY_BINDING_FAILURE.
    3. It has expired: PRESENTATION_EXPIRED.
    4. Else HOLDER_UNCONFIRMED; the fact `key_shown` is there when the signing key is the stated
       holder's, or no holder is stated.
    """
    facts = _stated(presentation, finding)
    if proof.outcome is Outcome.FAILED:
        return not_checked(CheckName.HOLDER, Reason.PROOF_FAILED, **facts)
    if finding is None:
        return indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED, **facts)
    stated, shown = holder(presentation.document), _shown(finding)
    if stated is not None and stated != shown and stated.startswith(_OWN_KEY):
        return failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE, **facts)
    expires = dates.moment(facts.get("expires"))
    if "expires" in facts and (expires is None or at >= expires.at):
        return failed(CheckName.HOLDER, Reason.PRESENTATION_EXPIRED, **facts, date=facts["expires"])
    if shown is not None and stated in (None, shown):
        facts |= {"holder": shown, "key_shown": "yes"}
    return indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED, **facts)


def _shown(finding: ProofFinding) -> str | None:
    """The DID that the signing key is shown to belong to."""
    return finding.resolved.did if finding.resolved is not None else None


def _stated(presentation: Credential, finding: ProofFinding | None) -> dict[str, str]:
    """Collect what the presentation states: its proof's members, or the claims of its JWT."""
    document = presentation.document
    proof = finding.facts if finding is not None else {}
    audience = proof.get("domain") or " ".join(strings(document.get("aud"))) or None
    nonce = proof.get("challenge") or string(document.get("nonce"))
    expires = proof.get("expires")
    if expires is None and presentation.valid_until is not None:
        expires = dates.text(presentation.valid_until)
    stated = {
        "holder": holder(document),
        "audience": audience,
        "nonce": nonce,
        "expires": expires,
    }
    return {name: value for name, value in stated.items() if value is not None}
