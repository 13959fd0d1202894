"""What a proof check found, and how a key is asked for: shared by every kind of proof."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from wallet.model.verification import Outcome, Reason
from wallet.proofs.keys import PublicKey

if TYPE_CHECKING:
    from wallet.proofs.evidence import Evidence


@dataclass(frozen=True, slots=True)
class ResolvedKey:
    """A key and what vouches for the name under which it was asked for."""

    key: PublicKey
    did: str | None
    """The controller that the key is shown to belong to; None where nothing shows one."""
    source: str
    """`did:key`, `did:jwk`, `did document`, `supplied`, `fragment` or `header`."""
    until: datetime | None = None
    """When its owner says that it stops being good."""


KeyResolver: TypeAlias = Callable[[str], ResolvedKey | None]
"""From a verification method or `kid` as stated to its key, or None."""


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """One proof, checked: whether these bytes are what the holder of `key` signed.

    It says nothing about who holds the key. Outcome and reason are those of the `proof` check.
    """

    outcome: Outcome
    reason: Reason | None = None
    key: PublicKey | None = None
    method: str | None = None
    """The verification method or `kid`, as stated."""
    chain: tuple[bytes, ...] = ()
    """Certificates (DER) that came along, the signer's first."""
    resolved: ResolvedKey | None = None
    """Where `key` came from, when it was asked for by name."""
    evidence: "Evidence | None" = None
    """What came along to judge the certificate by, where the kind of proof has a place for it."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """`algorithm`, `suite`, `key`, `created`, `expires`, `domain`, `challenge`, `purpose`,
    `signing_time`, `what` (which rule was broken): only what is stated."""


def failed(reason: Reason, what: str, **facts: str) -> ProofFinding:
    """Make a finding of a broken rule, before any signature was computed."""
    return ProofFinding(Outcome.FAILED, reason, facts={"what": what, **facts})
