"""Hashing the parts of a document that a Data Integrity proof covers, and noting what it does not.

One `Reading` is one run over a document with one set of context bytes and one budget of work.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from wallet.errors import WalletError
from wallet.model.credential import JsonObject
from wallet.model.verification import Reason
from wallet.proofs import canonical, jcs, safe_mode
from wallet.proofs.budget import Budget, PoisonGraph
from wallet.proofs.contexts import Contexts, NotJsonLd, UnknownContext
from wallet.proofs.finding import ProofFinding
from wallet.proofs.rdfc import Quad, canonical_names
from wallet.proofs.safe_mode import Unsigned

if TYPE_CHECKING:
    from wallet.proofs.ecdsa_sd import Graph

Refusal: TypeAlias = UnknownContext | NotJsonLd | PoisonGraph
"""Why what was signed cannot be worked out."""
REFUSALS = (UnknownContext, NotJsonLd, PoisonGraph)

_HASHES: dict[str, Callable[[bytes], Any]] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class UnsafeDocument(WalletError):
    """The document is not what was signed, whatever the signature says: the format check fails.

    `reason` is one of the `format` check's; `findings` are the proofs, as far as they could be
    decided over what was signed.
    """

    code = "unsafe_document"

    def __init__(
        self, reason: Reason, what: str, where: str, findings: tuple[ProofFinding, ...] = ()
    ) -> None:
        self.reason = reason
        self.what = what
        self.where = where
        self.findings = findings
        super().__init__(reason=reason.value, what=what, where=where)


@dataclass(slots=True)
class Reading:
    """One run over a document with one set of context bytes."""

    document: JsonObject
    contexts: Contexts
    budget: Budget
    unsafe: UnsafeDocument | None = None
    digests: dict[tuple[str, str], bytes] = field(default_factory=dict)

    def digest(self, part: JsonObject, algorithm: str, where: str) -> bytes:
        """Hash one part as canonical N-Quads, and note the first thing that makes it unsafe."""
        try:
            result = canonical.examine(part, self.contexts, algorithm, self.budget)
        except REFUSALS as error:
            self.refuse(error, where)
            raise
        self._look(result.unsigned, where)
        digest: bytes = _HASHES[algorithm](result.nquads).digest()
        return digest

    def statements(
        self, part: JsonObject, pointers: tuple[str, ...] | None, signatures: int
    ) -> "Graph":
        """Turn one part into a graph for a selective disclosure proof of so many signatures.

        `pointers` are those of a base proof, None of a derived one.

        Raises:
            MalformedCredential: a pointer that leads nowhere.
        """
        from wallet.proofs.ecdsa_sd import Graph  # noqa: PLC0415 -- only its own proofs pay for it

        selected: frozenset[Quad] = frozenset()
        try:
            read = canonical.read_graph(part, self.contexts, self.budget)
            self._look(read.unsigned, "")
            self.budget.spend_signatures(signatures)
            quads = read.quads
            if pointers is not None:
                quads, selected = canonical.select_quads(part, self.contexts, pointers, self.budget)
            return Graph(quads, canonical_names(quads, "sha256", self.budget), selected)
        except REFUSALS as error:
            self.refuse(error, "")
            raise

    def json_digest(self, part: JsonObject, algorithm: str) -> bytes:
        """Hash one part as canonical JSON (RFC 8785); integers that JavaScript rounds have none."""
        try:
            self.budget.ensure()
            self.budget.spend_json(*safe_mode.size(part))
            digest: bytes = _HASHES[algorithm](jcs.canonical(part)).digest()
        except (PoisonGraph, NotJsonLd) as error:
            self.refuse(error, "")
            raise
        return digest

    def _look(self, unsigned: Unsigned | None, where: str) -> None:
        if unsigned is not None:
            place = where + unsigned.where
            self._note(UnsafeDocument(Reason.UNSIGNED_TERM, unsigned.term, place))

    def refuse(self, error: Refusal, where: str) -> None:
        """Note that a part could not be hashed; after a limit was reached, nothing more is."""
        if isinstance(error, PoisonGraph):
            self.budget.close(str(error.facts["limit"]))
        self._note(unsafe_document(error, where))

    def _note(self, problem: UnsafeDocument) -> None:
        if self.unsafe is None:
            self.unsafe = problem


def unsafe_document(error: Refusal, where: str) -> UnsafeDocument:
    """Say a canonicalisation's error in the words of the format check."""
    if isinstance(error, UnknownContext):
        return UnsafeDocument(Reason.UNKNOWN_CONTEXT, error.address, where + error.where)
    what = "limit" if isinstance(error, PoisonGraph) else "detail"
    return UnsafeDocument(Reason.FORMAT_FAILURE, str(error.facts.get(what, "JSON-LD")), where)
