"""RDF Dataset Canonicalization (RDFC-1.0, W3C) over N-Quads terms, with a budget of work.

A term is already in canonical N-Quads: `<iri>`, `_:label` or a literal. Graphs made to be hard
("poison graphs") ask for exponential work; the budget ends that.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from wallet.proofs.budget import Budget, PoisonGraph

MAX_RECURSION = 128
"""Blank nodes in a row that can only be told apart by what follows them."""

Quad: TypeAlias = tuple[str, str, str, str]
"""Subject, predicate, object and graph name; the default graph is ""."""

_HASHES: dict[str, Callable[[bytes], Any]] = {"sha256": hashlib.sha256, "sha384": hashlib.sha384}


class _Issuer:
    """Issues identifiers in order (RDFC-1.0, section 4.5)."""

    __slots__ = ("issued", "prefix")

    def __init__(self, prefix: str, issued: dict[str, str] | None = None) -> None:
        self.prefix = prefix
        self.issued = issued if issued is not None else {}

    def issue(self, label: str) -> str:
        return self.issued.setdefault(label, f"{self.prefix}{len(self.issued)}")

    def copy(self) -> "_Issuer":
        return _Issuer(self.prefix, dict(self.issued))


class _Canonicaliser:
    """The state of one run (RDFC-1.0, section 4.2)."""

    def __init__(self, quads: Iterable[Quad], algorithm: str, budget: Budget) -> None:
        self.quads = tuple(dict.fromkeys(quads))
        self.budget = budget
        self.hash = _HASHES[algorithm]
        self.issuer = _Issuer("_:c14n")
        self.mentions: dict[str, list[Quad]] = {}
        for quad in self.quads:
            for term in {quad[0], quad[2], quad[3]}:
                if term.startswith("_:"):
                    self.mentions.setdefault(term, []).append(quad)
        self.first_degree = {label: self._hash_first_degree(label) for label in self.mentions}

    def run(self) -> dict[str, str]:
        """Issue the canonical identifiers (section 4.4.3, steps 3 to 5)."""
        alike: dict[str, list[str]] = {}
        for label, digest in self.first_degree.items():
            alike.setdefault(digest, []).append(label)
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self.issuer.issue(alike[digest][0])
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                continue
            paths = []
            for label in alike[digest]:
                if label not in self.issuer.issued:
                    temporary = _Issuer("_:b")
                    temporary.issue(label)
                    paths.append(self._hash_n_degree(label, temporary, 0))
            for _, issuer in sorted(paths, key=lambda path: path[0]):
                for label in issuer.issued:
                    self.issuer.issue(label)
        return self.issuer.issued

    def _digest(self, text: str) -> str:
        value: str = self.hash(text.encode("utf-8")).hexdigest()
        return value

    def _spend(self, depth: int, steps: int = 1) -> None:
        self.budget.spend_steps(steps)
        if depth > MAX_RECURSION:
            raise PoisonGraph(limit="recursion")

    def _hash_first_degree(self, label: str) -> str:
        """Section 4.6.3: the node is `_:a`, every other blank node `_:z`."""

        def anonymous(term: str) -> str:
            if not term.startswith("_:"):
                return term
            return "_:a" if term == label else "_:z"

        lines = [
            write((anonymous(s), p, anonymous(o), anonymous(g)))
            for s, p, o, g in self.mentions[label]
        ]
        return self._digest("".join(sorted(lines)))

    def _hash_related(self, related: str, quad: Quad, issuer: _Issuer, position: str) -> str:
        """Section 4.7.3."""
        known = self.issuer.issued.get(related) or issuer.issued.get(related)
        predicate = "" if position == "g" else quad[1]
        return self._digest(position + predicate + (known or self.first_degree[related]))

    def _hash_n_degree(self, label: str, issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Section 4.8.3: the shortest path through all orders of alike neighbours."""
        self._spend(depth, 1 + len(self.mentions[label]))
        related: dict[str, list[str]] = {}
        for quad in self.mentions[label]:
            for term, position in ((quad[0], "s"), (quad[2], "o"), (quad[3], "g")):
                if term.startswith("_:") and term != label:
                    digest = self._hash_related(term, quad, issuer, position)
                    related.setdefault(digest, []).append(term)
        data = ""
        for digest in sorted(related):
            path, issuer = self._shortest(related[digest], issuer, depth)
            data += digest + path
        return self._digest(data), issuer

    def _shortest(self, nodes: list[str], issuer: _Issuer, depth: int) -> tuple[str, _Issuer]:
        """Section 4.8.3, steps 5.2 to 5.6: the least path over all permutations."""
        chosen: tuple[str, _Issuer] | None = None
        for order in arrangements(nodes):
            # Names that were issued on the way are copied for every order.
            self._spend(depth, len(issuer.issued) // 64)
            found = self._follow(order, issuer.copy(), chosen[0] if chosen else "", depth)
            if found is not None and (chosen is None or found[0] < chosen[0]):
                chosen = found
        if chosen is None:
            raise AssertionError("the first permutation is never given up")
        return chosen

    def _follow(
        self, order: tuple[str, ...], issuer: _Issuer, best: str, depth: int
    ) -> tuple[str, _Issuer] | None:
        """Section 4.8.3, steps 5.4.1 to 5.4.5: None when it cannot become the least path."""
        path = ""
        unnamed: list[str] = []
        for node in order:
            self._spend(depth)
            if node in self.issuer.issued:
                path += self.issuer.issued[node]
            else:
                if node not in issuer.issued:
                    unnamed.append(node)
                path += issuer.issue(node)
            if best and path > best:
                return None
        for node in unnamed:
            digest, following = self._hash_n_degree(node, issuer, depth + 1)
            path += issuer.issue(node) + f"<{digest}>"
            issuer = following
            if best and path > best:
                return None
        return path, issuer


def canonicalise_quads(
    quads: Iterable[Quad], algorithm: str = "sha256", budget: Budget | None = None
) -> str:
    """Write a dataset as canonical N-Quads, in code point order (RDFC-1.0, section 4.4).

    Args:
        quads: the dataset; a quad that stands twice counts once.
        algorithm: the hash that orders blank nodes, `sha256` or `sha384`.
        budget: what this may cost; one of its own if None.

    Raises:
        PoisonGraph: more quads or steps than the budget, or than `MAX_RECURSION`.
    """
    unique = tuple(dict.fromkeys(quads))
    names = canonical_names(unique, algorithm, budget)
    return "".join(sorted({write(renamed(quad, names)) for quad in unique}))


def canonical_names(
    quads: Iterable[Quad], algorithm: str = "sha256", budget: Budget | None = None
) -> dict[str, str]:
    """Give each blank node its canonical name, `_:c14n0` and so on (RDFC-1.0, section 4.4).

    Arguments and errors are those of `canonicalise_quads`.
    """
    budget = budget if budget is not None else Budget()
    unique = tuple(dict.fromkeys(quads))
    budget.spend_quads(len(unique))
    return _Canonicaliser(unique, algorithm, budget).run()


def renamed(quad: Quad, names: Mapping[str, str]) -> Quad:
    """Put other names in the place of blank nodes."""
    subject, predicate, value, graph = quad
    return names.get(subject, subject), predicate, names.get(value, value), names.get(graph, graph)


def arrangements(nodes: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Give every order of `nodes`, each once, even where a node stands among them many times.

    A blank node that names a graph is a neighbour once for each quad in the graph: eight times
    the same neighbour are one order, not 40,320, and every one of those gives the same path.
    """
    left = Counter(nodes)
    order: list[str] = []
    choices = [iter(list(left))]
    while choices:
        node = next((node for node in choices[-1] if left[node]), None)
        if node is None:
            choices.pop()
            if order:
                left[order.pop()] += 1
            continue
        order.append(node)
        left[node] -= 1
        if len(order) == len(nodes):
            yield tuple(order)
            left[order.pop()] += 1
        else:
            choices.append(iter(list(left)))


def write(quad: Quad) -> str:
    """Write one quad as a line of N-Quads."""
    subject, predicate, value, graph = quad
    return (
        f"{subject} {predicate} {value} {graph} .\n"
        if graph
        else f"{subject} {predicate} {value} .\n"
    )


_ESCAPES = {ord("\b"): "\\b", ord("\t"): "\\t", ord("\n"): "\\n", ord("\f"): "\\f"}
_ESCAPES |= {ord("\r"): "\\r", ord('"'): '\\"', ord("\\"): "\\\\"}
_ESCAPES |= {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F) if code not in _ESCAPES}


def literal(text: str, datatype: str | None = None, language: str | None = None) -> str:
    """Write a literal in canonical N-Quads (RDFC-1.0, appendix A): control characters escaped."""
    quoted = f'"{text.translate(_ESCAPES)}"'
    if language is not None:
        return f"{quoted}@{language}"
    return quoted if datatype is None else f"{quoted}^^<{datatype}>"
