"""Canonical N-Quads of a JSON-LD document, in safe mode: everything shown is in them, or it fails.

PyLD expands the JSON; contexts come from files alone; the quads (rdf.py) and their canonical form
(rdfc.py) are our own, because PyLD has neither a safe mode nor SHA-384 nor a limit of work.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wallet.errors import MalformedCredential, WalletError
from wallet.model.credential import JsonObject
from wallet.proofs import rdf, safe_mode, selection
from wallet.proofs.budget import Budget
from wallet.proofs.contexts import Contexts
from wallet.proofs.rdfc import Quad, canonicalise_quads
from wallet.proofs.safe_mode import CREDENTIAL_MEMBERS, PROOF_MEMBERS, Scan, Unsigned
from wallet.proofs.strict_json import pointer


class UnsignedTerm(WalletError):
    """A term that the signature does not cover: `term`, and `where` as a JSON pointer."""

    code = "unsigned_term"

    def __init__(self, term: str, where: str) -> None:
        self.term = term
        self.where = where
        super().__init__(term=term, where=where)


@dataclass(frozen=True, slots=True)
class Canonical:
    """Canonical N-Quads, and the first thing in the document that they do not hold."""

    nquads: bytes
    unsigned: Unsigned | None
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The quads of a document, and the first thing in it that they do not hold."""

    quads: tuple[Quad, ...]
    unsigned: Unsigned | None
    addresses: tuple[str, ...]


def canonicalise(document: JsonObject, contexts: Contexts, algorithm: str = "sha256") -> bytes:
    """Give the canonical N-Quads (RDFC-1.0) of a JSON-LD document, as UTF-8.

    Args:
        document: a JSON object as parsed; it is not changed.
        contexts: the only contexts there are. Their first byte versions are used.
        algorithm: the hash inside the canonicalisation, `sha256` or `sha384`.

    Raises:
        UnknownContext: a context that no file stands for, inline, or in a wrong place.
        UnsignedTerm: a term that would be dropped, or spelled so that a reader could miss it.
        NotJsonLd: a rule of JSON-LD is broken, a protected term redefined among them.
        PoisonGraph: more work than the budget allows.
    """
    result = examine(document, contexts, algorithm)
    if result.unsigned is not None:
        raise UnsignedTerm(result.unsigned.term, result.unsigned.where)
    return result.nquads


def examine(
    document: JsonObject,
    contexts: Contexts,
    algorithm: str = "sha256",
    budget: Budget | None = None,
) -> Canonical:
    """Canonicalise and note, instead of raising `UnsignedTerm`, what is not covered.

    So that a proof can still be judged over what was signed. `budget` is what is left of a larger
    piece of work. Raises what `canonicalise` raises.
    """
    budget = budget if budget is not None else Budget()
    read = read_graph(document, contexts, budget)
    nquads = canonicalise_quads(read.quads, algorithm, budget).encode("utf-8")
    return Canonical(nquads, read.unsigned, read.addresses)


def read_graph(document: JsonObject, contexts: Contexts, budget: Budget) -> Read:
    """Turn a document into quads, without canonical names; what is not covered is noted."""
    # Imported here: PyLD takes a quarter of a second, and most files never need it.
    from wallet.proofs import expansion  # noqa: PLC0415

    budget.ensure()
    found = safe_mode.scan(document, contexts)
    budget.spend_values(found.values, found.characters)
    expanded, dropped = expansion.expand(document, contexts)
    dataset = rdf.to_quads(expanded)
    unsigned = found.unsigned
    if unsigned is None and dropped:
        unsigned = _locate(document, dropped)
    if unsigned is None and dataset.lost:
        unsigned = _locate(document, dataset.lost)
    if unsigned is None:
        unsigned = _misread(document, dataset)
    return Read(tuple(dataset.quads), unsigned, found.addresses)


def select_quads(
    document: JsonObject, contexts: Contexts, pointers: tuple[str, ...], budget: Budget
) -> tuple[tuple[Quad, ...], frozenset[Quad]]:
    """Give all quads of a document and those to which pointers lead, with the same blank nodes.

    W3C Data Integrity ECDSA Cryptosuites 1.0, section 3.4.15. The document was read by
    `read_graph` before: what is not covered is not looked for again. The links of an ordered list
    have no identity there, so a list cannot be selected.

    Raises:
        MalformedCredential: a pointer that leads nowhere, or to a list.
        and what `canonicalise` raises.
    """
    from wallet.proofs import expansion  # noqa: PLC0415

    # Expanding and compacting the whole, expanding the selection: about three times the work.
    for _ in range(3):
        budget.spend_values(*safe_mode.size(document))
    text = json.dumps(document, sort_keys=True).encode()
    prefix = f"urn:bnid:{hashlib.sha256(text).hexdigest()}:"
    expanded = selection.skolemise(expansion.expand(document, contexts)[0], prefix)
    everything = rdf.to_quads(expanded, prefix)
    if not pointers:
        return tuple(everything.quads), frozenset()
    compacted = expansion.compact(expanded, document.get("@context"), contexts)
    parts, _ = expansion.expand(selection.select(compacted, pointers), contexts)
    selected = rdf.to_quads(parts, prefix).quads.keys()
    if not selected <= everything.quads.keys() or _has_links(selected):
        raise MalformedCredential("mandatoryPointers")
    return tuple(everything.quads), frozenset(selected)


def _has_links(quads: Iterable[Quad]) -> bool:
    return any(term.startswith("_:n") for quad in quads for term in (quad[0], quad[2]))


def scan(document: JsonObject, contexts: Contexts) -> Scan:
    """Find the contexts that a document names. See `safe_mode.scan`."""
    return safe_mode.scan(document, contexts)


def _locate(document: JsonObject, lost: list[str]) -> Unsigned:
    """Find where a lost name or value stands; PyLD tells only what it was."""
    wanted = lost[0]
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        where, value = waiting.pop(0)
        if isinstance(value, dict):
            for name, inner in value.items():
                place = where + pointer(name)
                if name == wanted or (inner == wanted and isinstance(inner, str)):
                    return Unsigned(wanted, place)
                if name != "@context":
                    waiting.append((place, inner))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                if inner == wanted and isinstance(inner, str):
                    return Unsigned(wanted, where + pointer(index))
                waiting.append((where + pointer(index), inner))
    return Unsigned(wanted, "")


def _misread(document: JsonObject, dataset: rdf.Dataset) -> Unsigned | None:
    """Are the members on which a verdict depends signed as what they are shown as?"""
    signed: Counter[str] = Counter()
    types = set()
    for subject, predicate, value, graph in dataset.quads:
        if subject == dataset.root and not graph:
            signed[predicate] += 1
            if predicate == rdf.RDF_TYPE:
                types.add(value)
    wrong = safe_mode.misread_type(document, frozenset(types))
    if wrong is not None:
        return wrong
    if "type" in document and "VerifiableCredential" in _names(document):
        return safe_mode.misread_member(document, CREDENTIAL_MEMBERS, signed)
    if "VerifiablePresentation" in _names(document):
        return safe_mode.misread_member(document, CREDENTIAL_MEMBERS, signed)
    if "proofPurpose" in document:
        return safe_mode.misread_member(document, PROOF_MEMBERS, signed)
    return None


def _names(document: JsonObject) -> list[Any]:
    stated = document.get("type", [])
    return stated if isinstance(stated, list) else [stated]
