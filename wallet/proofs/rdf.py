"""From expanded JSON-LD to RDF quads (JSON-LD 1.1 API, section 8), and what gets lost on the way.

The standard drops what it cannot express, in silence. Here every loss is collected, because what
is not in the quads is not signed.
"""

import math
import re
from dataclasses import dataclass, field
from typing import Any

from wallet.proofs.budget import MAX_QUADS, PoisonGraph
from wallet.proofs.rdfc import Quad, literal

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_I18N = "https://www.w3.org/ns/i18n#"
RDF_TYPE = f"<{_RDF}type>"

_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"\x00-\x20\x7f]*')
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)
_INTEGER_LIMIT = 1e21
"""From here on JSON-LD writes whole numbers as doubles."""


@dataclass(slots=True)
class Dataset:
    """Quads in the order of the document, and the values that have none."""

    quads: dict[Quad, None] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    """Relative or unusable identifiers, invalid languages, indexes: as they stand."""
    root: str = ""
    """The subject of the outermost node."""
    skolem: str = ""
    """What the addresses begin with that stand for blank nodes, "" if none do."""
    _labels: dict[str, str] = field(default_factory=dict)
    _fresh: int = 0

    def add(self, subject: str, predicate: str, value: str, graph: str) -> None:
        """Add a quad; a second time it changes nothing."""
        self.quads[(subject, predicate, value, graph)] = None
        if len(self.quads) > MAX_QUADS:
            raise PoisonGraph(limit="quads")

    def blank(self, label: str | None = None) -> str:
        """Name a blank node: a fresh one, or always the same for a label of the document."""
        if label is not None and label in self._labels:
            return self._labels[label]
        self._fresh += 1
        name = f"_:n{self._fresh}"
        if label is not None:
            self._labels[label] = name
        return name

    def resource(self, identifier: object) -> str | None:
        """Write an identifier as a term; None (and noted as lost) if it is not absolute."""
        if isinstance(identifier, str):
            if identifier.startswith("_:"):
                return self.blank(identifier)
            if self.skolem and identifier.startswith(self.skolem):
                return "_:s" + identifier.removeprefix(self.skolem)
            if _IRI.fullmatch(identifier):
                return f"<{identifier}>"
        self.lost.append(str(identifier))
        return None


def to_quads(expanded: list[Any], skolem: str = "") -> Dataset:
    """Convert an expanded document with one outermost node.

    Addresses that begin with `skolem` (if given) become blank nodes, the same ones in every call.

    Raises:
        PoisonGraph: more than `MAX_QUADS`.
    """
    dataset = Dataset(skolem=skolem)
    for index, node in enumerate(expanded):
        subject = _node(dataset, node, "", alone=True)
        if index == 0 and subject is not None:
            dataset.root = subject
        elif index:
            dataset.lost.append("@graph")
    return dataset


def _node(dataset: Dataset, node: dict[str, Any], graph: str, *, alone: bool = False) -> str | None:
    """Add a node's quads and return its subject; `alone` if no quad points to it."""
    if "@value" in node or "@list" in node:
        # A value where only nodes can be: in a graph, it is in no quad.
        dataset.lost.append(str(node.get("@value", "@list")))
        return None
    stated = node.get("@id")
    subject = dataset.blank() if stated is None else dataset.resource(stated)
    if subject is None:
        return None
    if alone and stated is not None and len(node) == 1:
        # Its identifier is in no quad, so nothing signs it.
        dataset.lost.append(str(stated))
    for name, values in node.items():
        if name == "@id":
            continue
        if name == "@type":
            _types(dataset, subject, values, graph)
        elif name == "@graph":
            for inner in values:
                _node(dataset, inner, subject, alone=True)
        elif name == "@reverse":
            _reverse(dataset, subject, values, graph)
        elif name.startswith("@"):
            dataset.lost.append(name)
        else:
            _property(dataset, subject, name, values, graph)
    return subject


def _property(dataset: Dataset, subject: str, name: str, values: list[Any], graph: str) -> None:
    predicate = dataset.resource(name)
    if predicate is None or predicate.startswith("_:"):
        # JSON-LD allows blank nodes as predicates, RDF does not.
        dataset.lost.append(name)
        return
    for value in values:
        term = _value(dataset, value, graph)
        if term is not None:
            dataset.add(subject, predicate, term, graph)


def _types(dataset: Dataset, subject: str, types: list[Any], graph: str) -> None:
    for name in types:
        if isinstance(name, str) and name.startswith("_:"):
            # The label of a blank node is not signed, but a reader would show it.
            dataset.lost.append(name)
            continue
        term = dataset.resource(name)
        if term is not None:
            dataset.add(subject, RDF_TYPE, term, graph)


def _reverse(dataset: Dataset, subject: str, values: dict[str, Any], graph: str) -> None:
    for name, nodes in values.items():
        predicate = dataset.resource(name)
        for node in nodes:
            other = _node(dataset, node, graph)
            if predicate is not None and other is not None:
                dataset.add(other, predicate, subject, graph)


def _value(dataset: Dataset, value: dict[str, Any], graph: str) -> str | None:
    if "@index" in value:
        dataset.lost.append("@index")
    if "@value" in value:
        return _literal(dataset, value)
    if "@list" in value:
        return _list(dataset, value["@list"], graph)
    return _node(dataset, value, graph)


def _list(dataset: Dataset, items: list[Any], graph: str) -> str:
    """Section 8.3: a list becomes a chain of `rdf:first` and `rdf:rest`."""
    head = f"<{_RDF}nil>"
    terms = [term for item in items if (term := _value(dataset, item, graph)) is not None]
    for term in reversed(terms):
        link = dataset.blank()
        dataset.add(link, f"<{_RDF}first>", term, graph)
        dataset.add(link, f"<{_RDF}rest>", head, graph)
        head = link
    return head


def _literal(dataset: Dataset, value: dict[str, Any]) -> str | None:
    """Section 8.2.2: the canonical text of a value and its datatype."""
    content, datatype = value["@value"], value.get("@type")
    if datatype == "@json":
        return _json(dataset, content)
    if isinstance(content, bool):
        return literal("true" if content else "false", datatype or f"{_XSD}boolean")
    if isinstance(content, int | float):
        return _number(content, datatype)
    if not isinstance(content, str):
        dataset.lost.append("@value")
        return None
    language = str(value.get("@language", ""))
    if language and _LANGUAGE.fullmatch(language) is None:
        dataset.lost.append(language)
        return None
    if "@direction" in value:
        # JSON-LD 1.1 API, `rdfDirection` i18n-datatype: what signers use; else it would be lost.
        return literal(content, f"{_I18N}{language.lower()}_{value['@direction']}")
    if language:
        return literal(content, language=language)
    if datatype == f"{_XSD}double":
        content = _canonical_double_text(content)
    if datatype is not None and dataset.resource(datatype) is None:
        return None
    return literal(content, None if datatype == f"{_XSD}string" else datatype)


def _number(number: int | float, datatype: str | None) -> str:
    double = datatype == f"{_XSD}double" or abs(number) >= _INTEGER_LIMIT or number != int(number)
    if double:
        return literal(_double(float(number)), datatype or f"{_XSD}double")
    return literal(str(int(number)), datatype or f"{_XSD}integer")


def _double(number: float) -> str:
    """Write xsd:double canonically with 15 digits after the point, as JSON-LD does: `1.5E0`."""
    mantissa, exponent = f"{number:.15E}".split("E")
    mantissa = mantissa.rstrip("0")
    return (
        f"{mantissa}0E{int(exponent)}" if mantissa.endswith(".") else f"{mantissa}E{int(exponent)}"
    )


def _canonical_double_text(text: str) -> str:
    """Every implementation in use canonicalises a text of type xsd:double that is a number."""
    try:
        number = float(text)
    except ValueError:
        return text
    return _double(number) if math.isfinite(number) else text


def _json(dataset: Dataset, content: object) -> str | None:
    """Write a value of type `@json` as canonical JSON (RFC 8785)."""
    import rfc8785  # noqa: PLC0415 -- few credentials hold JSON literals

    try:
        text = rfc8785.dumps(content).decode("utf-8")  # type: ignore[arg-type]  # parsed JSON
    except rfc8785.CanonicalizationError:
        # Integers that JavaScript would round have no canonical form.
        dataset.lost.append("@json")
        return None
    return literal(text, f"{_RDF}JSON")
