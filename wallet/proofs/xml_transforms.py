"""Which bytes an XML signature is over: canonical forms, and the few transforms that may be used.

Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0, and the three ways in which genuine
files say "without the signature itself" (XML Signature 1.1, sections 6.5 and 6.6; XML-Signature
XPath Filter 2.0). No expression is ever evaluated: it is compared with those that are known.
"""

import copy
import re
from dataclasses import dataclass
from typing import Any

from wallet.model.verification import Reason
from wallet.proofs.xml_reading import Element, XmlDocument, elements, lxml, text

DS = "http://www.w3.org/2000/09/xmldsig#"
MAX_TRANSFORMS = 4
MAX_PREFIXES = 32
"""In one list of inclusive namespaces."""

_EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
_FILTER_2 = "http://www.w3.org/2002/06/xmldsig-filter2"
_XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
_ENVELOPED = DS + "enveloped-signature"
_XML = "{http://www.w3.org/XML/1998/namespace}"
_CANONICAL = {
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315": (False, False),
    "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments": (False, True),
    "http://www.w3.org/2006/12/xml-c14n11": (False, False),
    "http://www.w3.org/2006/12/xml-c14n11#WithComments": (False, True),
    _EXCLUSIVE: (True, False),
    _EXCLUSIVE + "WithComments": (True, True),
}
"""Address to (exclusive, with comments)."""
_FORBIDDEN = frozenset(
    {
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2001/04/xmlenc#decryption",
        "http://www.w3.org/2002/07/decrypt#XML",
    }
)
"""Transforms that compute what is signed from something else: what is shown is then not signed."""

_NAME = r"(?P<prefix>[A-Za-z_][\w.-]*):Signature"
_XPATH_OWN = re.compile(rf"not\(ancestor-or-self::{_NAME}\)")
_FILTER_OWN = re.compile(
    rf"(?:/descendant::|//|(?P<here>here\(\)/ancestor::)){_NAME}(?(here)\[1\])"
)


class Declined(Exception):
    """A signature that is not computed: it breaks a rule, or asks for what is not known here."""

    def __init__(self, reason: Reason, what: str) -> None:
        self.reason = reason
        self.what = what
        super().__init__(reason, what)


def refused(what: str) -> Declined:
    """It breaks a rule: proven, however its numbers come out."""
    return Declined(Reason.SIG_CONSTRAINTS_FAILURE, what)


def unsupported(what: str) -> Declined:
    """It may be sound; nothing is shown."""
    return Declined(Reason.UNSUPPORTED_SUITE, what)


@dataclass(frozen=True, slots=True)
class Canonical:
    """A canonical form: bytes for the nodes that are selected."""

    exclusive: bool = False
    comments: bool = False
    prefixes: tuple[str, ...] = ()
    """Prefixes that the exclusive form treats as the inclusive one does."""


DEFAULT = Canonical()
"""What is used where no form is named (XML Signature 1.1, section 4.4.3.2)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the transforms of a reference come to."""

    canonical: Canonical = DEFAULT
    without_signature: bool = False
    without_others: bool = False
    """Whether signatures of parts are left out too: the expression names them all."""
    stated: bool = False
    """Whether the canonical form is named, not the one that is meant where none is."""


def algorithm(element: Element) -> str:
    """Return the stated algorithm of a method or transform; "" where none is stated."""
    return str(element.get("Algorithm") or "").strip()


def canonical(element: Element) -> Canonical:
    """Read a canonicalisation method or transform with its parameters.

    Raises:
        Declined: a form that is not known, or a parameter that it does not have.
    """
    stated = _CANONICAL.get(algorithm(element))
    if stated is None:
        raise unsupported(algorithm(element) or "CanonicalizationMethod")
    exclusive, comments = stated
    prefixes: list[str] = []
    for inner in elements(element):
        if not exclusive or inner.tag != f"{{{_EXCLUSIVE}}}InclusiveNamespaces":
            raise unsupported("canonicalisation parameter")
        prefixes += str(inner.get("PrefixList") or "").split()
    if len(prefixes) > MAX_PREFIXES:
        raise refused("PrefixList")
    if "#default" in prefixes:
        # lxml passes over it in silence.
        raise unsupported("PrefixList")
    return Canonical(exclusive, comments, tuple(prefixes))


def plan(transforms: Element | None) -> Plan:
    """Read the transforms of a reference: first what is left out, last the canonical form.

    Raises:
        Declined: one that is not known, in another order, or that must not be used.
    """
    found = list(elements(transforms)) if transforms is not None else []
    if len(found) > MAX_TRANSFORMS:
        raise refused("Transforms")
    form: Canonical | None = None
    without = others = False
    for transform in found:
        name = algorithm(transform)
        if transform.tag != f"{{{DS}}}Transform" or name in _FORBIDDEN:
            raise refused(name or "Transform")
        if form is not None:
            # After a canonical form there are bytes, and no nodes to choose from.
            raise unsupported("Transforms")
        left_out = _left_out(name, transform)
        if left_out is not None:
            without, others = True, others or left_out
        else:
            form = canonical(transform)
    return Plan(form or DEFAULT, without, others, form is not None)


def _left_out(name: str, transform: Element) -> bool | None:
    """Tell whether a transform leaves out all signatures, or its own alone; None for neither."""
    if name == _ENVELOPED:
        return False
    if name not in {_XPATH, _FILTER_2}:
        return None
    namespace, pattern = (DS, _XPATH_OWN) if name == _XPATH else (_FILTER_2, _FILTER_OWN)
    inner = list(elements(transform))
    if len(inner) != 1 or inner[0].tag != f"{{{namespace}}}XPath":
        raise unsupported(name)
    if name == _FILTER_2 and inner[0].get("Filter") != "subtract":
        raise unsupported(name)
    match = pattern.fullmatch("".join(text(inner[0]).split()))
    if match is None or inner[0].nsmap.get(match["prefix"]) != DS:
        raise unsupported(name)
    return name == _XPATH or match["here"] is None


# ---- bytes --------------------------------------------------------------------------------------


def of_document(document: XmlDocument, how: Plan, signature: Element) -> bytes:
    """Canonicalise the whole document, with or without a signature element in it.

    A reference to the whole document by an empty address has no comments in any form (XML
    Signature 1.1, section 4.4.3.3).
    """
    tree = document.tree
    if how.without_signature:
        tree = _without(document, signature, others=how.without_others)
    return _write(tree, how.canonical, comments=False)


def of_element(element: Element, form: Canonical, *, comments: bool) -> bytes:
    """Canonicalise an element with everything in it, and the namespaces it lies in.

    Raises:
        Declined: `xml:` attributes around it, which the inclusive forms would bring along, each
            in its own way.
    """
    if not form.exclusive:
        around = (name for outer in element.iterancestors() for name in outer.attrib)
        if any(name.startswith(_XML) for name in around):
            raise unsupported("xml: attributes")
    return _write(element, form, comments=comments)


def _write(what: Any, form: Canonical, *, comments: bool) -> bytes:
    etree = lxml()
    try:
        written = etree.tostring(
            what,
            method="c14n",
            exclusive=form.exclusive,
            with_comments=comments,
            inclusive_ns_prefixes=list(form.prefixes) or None,
        )
    except (etree.LxmlError, ValueError) as error:
        # A relative namespace has no canonical form (Canonical XML 1.0, section 4.2).
        raise refused("canonical form") from error
    return bytes(written)


def _without(document: XmlDocument, signature: Element, *, others: bool) -> Any:
    """Copy the document and take the signature out, or all of them; the text behind stays."""
    name = f"{{{DS}}}Signature"
    places = [others or one is signature for one in document.root.iter(name)]
    tree = copy.deepcopy(document.tree)
    chosen = [one for one, taken in zip(tree.getroot().iter(name), places, strict=True) if taken]
    for one in chosen:
        parent: Element = one.getparent()
        if parent is None:
            raise refused("enveloped signature")
        before = one.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + (one.tail or "")
        else:
            parent.text = (parent.text or "") + (one.tail or "")
        parent.remove(one)
    return tree
