"""The holder check of an SD-JWT: was it shown by the holder of its key, here and now?

RFC 9901, section 7.3. That the binding itself holds was checked with the proof, whether or not
anybody demanded it; here it is held against the demand.
"""

from wallet.model.credential import Credential
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    not_checked,
    passed,
)
from wallet.proofs.finding import KeyResolver
from wallet.verification import holder as holders
from wallet.verification.holder import Demand, Presenter

NOTHING = Demand()


def key_binding(
    item: Credential,
    proven: tuple[Check, ...],
    demand: Demand,
    presenter: Presenter | None,
    resolve: KeyResolver,
) -> Check:
    """Judge who shows an SD-JWT.

    1. It names no key (`cnf`): NO_HOLDER_BINDING, as of any credential.
    2. It names one, nothing is bound to it, and audience or nonce were demanded:
       KEY_BINDING_FAILURE (step 2: a binding must not be left out). Nothing was demanded: nobody
       shows it, NOT_APPLICABLE.
    3. The binding, or the issuer's proof, does not hold: as found.
    4. Another audience or nonce than demanded: WRONG_AUDIENCE, WRONG_NONCE.
    5. Both were demanded and fit, and the key is shown: passed. Else HOLDER_UNCONFIRMED.
    6. Inside a presentation a binding can fail; that it passes is the presenter's to show.

    Args:
        item: the SD-JWT as read.
        proven: its checks as the format gave them; the fourth, if any, is what its binding shows.
        demand: what was asked for.
        presenter: who made the presentation around it, if there is one.
        resolve: from a DID to its key.
    """
    bound = proven[3] if len(proven) > 3 else None
    if bound is None:
        return _unbound(item, proven[1], demand, presenter, resolve)
    judged = _demanded(proven[0], proven[1], bound, demand)
    if presenter is None or judged.outcome is Outcome.FAILED:
        return judged
    return holders.credential(item, presenter, resolve)


def _unbound(
    item: Credential,
    proof: Check,
    demand: Demand,
    presenter: Presenter | None,
    resolve: KeyResolver,
) -> Check:
    if presenter is not None or demand == NOTHING or not item.document.get("cnf"):
        return holders.credential(item, presenter, resolve)
    if proof.outcome is Outcome.FAILED:
        return not_checked(CheckName.HOLDER, Reason.PROOF_FAILED)
    return failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE, what="no key binding")


def _demanded(form: Check, proof: Check, bound: Check, demand: Demand) -> Check:
    """Hold the stated audience and nonce, one text each, against the demanded ones."""
    if bound.outcome is not Outcome.INDETERMINATE:
        return bound
    facts = dict(bound.facts)
    if demand.audience is not None and facts.get("audience") != demand.audience:
        stated = {"stated": facts["audience"]} if "audience" in facts else {}
        return failed(CheckName.HOLDER, Reason.WRONG_AUDIENCE, **facts, **stated)
    if demand.nonce is not None and facts.get("nonce") != demand.nonce:
        return failed(CheckName.HOLDER, Reason.WRONG_NONCE, **facts)
    sound = proof.outcome is Outcome.PASSED and form.outcome is not Outcome.FAILED
    complete = demand.audience is not None and demand.nonce is not None
    if sound and complete and facts.get("key_shown") == "yes":
        return passed(CheckName.HOLDER, None, **facts)
    return bound
