"""Is it about the person presenting it? The holder check of presentations and of what is in them.

The table of the command line's `verify`: a presentation is bound by its proof to audience and
nonce; a credential inside it by the key that it names (`credentialSubject.id`, `cnf`).
"""

from dataclasses import dataclass
from typing import Any

from wallet.errors import MalformedCredential
from wallet.model.credential import Credential
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
from wallet.proofs.finding import KeyResolver
from wallet.proofs.keys import PublicKey


@dataclass(frozen=True, slots=True)
class Demand:
    """What a verifier asked for: who it is, and the number it gave out for once."""

    audience: str | None = None
    nonce: str | None = None


@dataclass(frozen=True, slots=True)
class Presenter:
    """Who made the presentation around a credential: two checks of it, and the signing key."""

    proof: Check
    holder: Check

    @property
    def key(self) -> str | None:
        """The thumbprint of the key that signed the presentation."""
        return self.proof.facts.get("key")

    @property
    def did(self) -> str | None:
        """The DID that the key is shown to belong to."""
        shown = self.holder.facts.get("key_shown") == "yes"
        return self.holder.facts.get("holder") if shown else None


def presentation(form: Check, proof: Check, found: Check, demand: Demand) -> Check:
    """Judge a presentation's holder by what was demanded.

    1. What failed without a demand stays failed; without a proof that holds over a document that
       reads as it was signed, there is nothing to judge.
    2. An audience or nonce that was demanded and is another: WRONG_AUDIENCE, WRONG_NONCE.
    3. Both were demanded and fit, and the key is the holder's: passed.
    4. Else HOLDER_UNCONFIRMED.
    """
    if found.outcome is not Outcome.INDETERMINATE:
        return found
    if proof.outcome is not Outcome.PASSED or form.outcome is Outcome.FAILED:
        return found
    facts = dict(found.facts)
    if demand.audience is not None and not _names(facts.get("audience"), demand.audience):
        stated = {"stated": facts["audience"]} if "audience" in facts else {}
        return failed(CheckName.HOLDER, Reason.WRONG_AUDIENCE, **facts, **stated)
    if demand.nonce is not None and facts.get("nonce") != demand.nonce:
        return failed(CheckName.HOLDER, Reason.WRONG_NONCE, **facts)
    complete = demand.audience is not None and demand.nonce is not None
    if complete and facts.get("key_shown") == "yes":
        return passed(CheckName.HOLDER, None, **facts)
    return found


def _names(stated: str | None, demanded: str) -> bool:
    """A proof may be for several domains: they are written with blanks between."""
    return stated is not None and (stated == demanded or demanded in stated.split(" "))


def credential(item: Credential, presenter: Presenter | None, resolve: KeyResolver) -> Check:
    """Judge whether a credential names the key of who presents it.

    1. It names no key: NO_HOLDER_BINDING, whoever shows it.
    2. Nobody presents it: NOT_APPLICABLE.
    3. The presentation's proof failed: PROOF_FAILED.
    4. `cnf` names another key: KEY_BINDING_FAILURE; `credentialSubject.id` does, or the
       presentation's own holder is not confirmed: HOLDER_UNCONFIRMED.
    5. It names the key: passed.
    """
    confirmation = _confirmation(item)
    subjects = [own for own in item.subject_ids if own.startswith("did:")]
    if confirmation is None and not subjects:
        return not_checked(CheckName.HOLDER, Reason.NO_HOLDER_BINDING)
    if presenter is None:
        return not_checked(CheckName.HOLDER, Reason.NOT_APPLICABLE)
    if presenter.proof.outcome is Outcome.FAILED:
        return not_checked(CheckName.HOLDER, Reason.PROOF_FAILED)
    if confirmation is not None:
        named = _confirms(confirmation, presenter, resolve)
        if presenter.key is not None and not named:
            return failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE)
    else:
        named = any(_is_presenter(own, presenter, resolve) for own in subjects)
    if named and presenter.holder.outcome is Outcome.PASSED:
        return passed(CheckName.HOLDER, holder=presenter.did or "")
    return indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED)


def _confirmation(item: Credential) -> dict[str, Any] | None:
    """The `cnf` member (RFC 7800): a key, or the name of one."""
    value = item.document.get("cnf")
    return value if isinstance(value, dict) and value else None


def _confirms(confirmation: dict[str, Any], presenter: Presenter, resolve: KeyResolver) -> bool:
    jwk, kid = confirmation.get("jwk"), confirmation.get("kid")
    if isinstance(jwk, dict):
        try:
            return PublicKey.from_jwk(jwk).thumbprint() == presenter.key
        except MalformedCredential:
            return False
    if isinstance(kid, str):
        return _is_presenter(kid, presenter, resolve)
    return presenter.key is not None and confirmation.get("jkt") == presenter.key


def _is_presenter(name: str, presenter: Presenter, resolve: KeyResolver) -> bool:
    """A DID is the presenter's when it is the one shown, or resolves to the very key."""
    if presenter.did is not None and name.partition("#")[0] == presenter.did:
        return True
    found = resolve(name)
    return found is not None and found.did is not None and found.key.thumbprint() == presenter.key
