"""The proof of an SD-JWT (issuer's signature and digests), and what its key binding shows."""

from dataclasses import replace
from datetime import datetime

from wallet.formats import dates, jwt_keys
from wallet.model.verification import (
    Check,
    CheckName,
    Outcome,
    Reason,
    failed,
    indeterminate,
    not_checked,
)
from wallet.proofs import jws, key_binding
from wallet.proofs.finding import KeyResolver, ProofFinding, ResolvedKey
from wallet.proofs.sd_jwt import Processed
from wallet.trust.anchors import TrustStore


def findings(found: Processed, issuer: str | None, trust: TrustStore) -> tuple[ProofFinding, ...]:
    """Check the issuer's signatures and that every disclosure is one of its digests.

    A disclosure that the issuer did not sign fails the proof whoever signed the rest, and so does
    a hash algorithm that is not secure: also where the issuer's key is not known.
    """
    checked = [_signed(token, issuer, trust) for token in found.source.tokens]
    rule = found.broken
    if rule is None or rule.reason is Reason.FORMAT_FAILURE:
        return tuple(checked)
    return tuple(
        finding
        if finding.outcome is Outcome.FAILED
        else replace(
            finding,
            outcome=Outcome.FAILED,
            reason=rule.reason,
            facts={**finding.facts, "what": rule.what},
        )
        for finding in checked
    )


def _signed(token: jws.Jws, issuer: str | None, trust: TrustStore) -> ProofFinding:
    """Check one signature; keys that the issuer publishes count before what came along.

    SD-JWT VC, section 4: a `kid` names one among the keys of the issuer's metadata, and says
    nothing elsewhere. Without a `kid` each of them is tried.
    """
    published = {
        name: key
        for one in trust.did_documents
        if one.did == issuer and not one.did.startswith("did:")
        for name, key in one.methods.items()
        if "assertionMethod" in key.uses
    }

    def resolve(name: str) -> ResolvedKey | None:
        full = f"{issuer}#{name}"
        return trust.resolve(full if full in published else name)

    keys = [one.key for one in published.values()]
    finding = jwt_keys.check(token, issuer, resolve, (*keys, *trust.unnamed_keys))
    own = next((one for one in published.values() if one.key == finding.key), None)
    if own is None or issuer is None:
        return finding
    resolved = ResolvedKey(own.key, issuer, "did document", own.until)
    facts = {**finding.facts, "key_source": resolved.source}
    return replace(finding, resolved=resolved, facts=facts)


def holder_check(
    found: Processed, proof: Check, resolve: KeyResolver, at: datetime
) -> Check | None:
    """Say what a key binding shows; None where there is none.

    Never passed: whom it should have been made for is known to who demands it (verification).
    The facts are `holder`, `audience`, `nonce`, `created` and `expires`, as stated.

    1. The proof failed: `cnf` may be anybody's.
    2. The binding does not hold: KEY_BINDING_FAILURE, whoever asks.
    3. It states an end that has come: PRESENTATION_EXPIRED. Its age alone says nothing.
    4. Else HOLDER_UNCONFIRMED; the fact `key_shown` is there when the holder's key is known.
    """
    token = found.source.binding
    if token is None:
        return None
    bound = key_binding.check(token, found.source, found.claims.get("cnf"), resolve)
    facts = _stated(bound)
    if proof.outcome is Outcome.FAILED:
        return not_checked(CheckName.HOLDER, Reason.PROOF_FAILED, **facts)
    if bound.broken is not None:
        return failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE, **facts, what=bound.broken)
    for name in ("nbf", "exp"):
        if name not in bound.claims:
            continue
        limit = dates.numeric(bound.claims[name])
        if limit is None or (name == "nbf" and at < limit):
            return failed(CheckName.HOLDER, Reason.KEY_BINDING_FAILURE, **facts, what=name)
        if name == "exp" and at >= limit:
            return failed(CheckName.HOLDER, Reason.PRESENTATION_EXPIRED, **facts)
    if bound.key is not None:
        facts |= {"holder": bound.did or bound.key.did_key(), "key_shown": "yes"}
    return indeterminate(CheckName.HOLDER, Reason.HOLDER_UNCONFIRMED, **facts)


def _stated(bound: key_binding.KeyBinding) -> dict[str, str]:
    facts = {}
    for name, fact in (("aud", "audience"), ("nonce", "nonce")):
        value = bound.claims.get(name)
        if isinstance(value, str):
            facts[fact] = value
    for name, fact in (("iat", "created"), ("exp", "expires")):
        moment = dates.numeric(bound.claims.get(name))
        if moment is not None:
            facts[fact] = dates.text(moment)
    return facts
