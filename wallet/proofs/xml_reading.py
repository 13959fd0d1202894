"""XML from foreign bytes: one tree within limits, without a DTD, entities or anything fetched.

A document is measured with expat before lxml builds anything. What passes has no document type
declaration, so there is nothing to expand and nothing to load, and its canonical form stays within
a known size. Whatever is wrong raises `MalformedCredential` and nothing else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias
from xml.parsers import expat

from wallet.errors import MalformedCredential, TooLarge

MAX_BYTES = 16 * 1024 * 1024
"""The largest genuine diploma supplements have one megabyte, most of it pictures in base64."""
MAX_DEPTH = 64
MAX_NODES = 200_000
"""Elements, attributes, comments, processing instructions and CDATA sections; genuine: 6,000."""
MAX_ATTRIBUTES = 64
"""Of one element, namespace declarations among them."""
MAX_NAMESPACES = 32
"""Declarations in scope at one place: canonicalising takes the square of them for each element."""
MAX_NAME_CHARACTERS = 1024
"""Of one element's name or one namespace; genuine ones stay under a hundred."""
MAX_REPEATED = 64 * 1024 * 1024
"""Characters of namespaces that a canonical form may have to write again at each element."""
MAX_TEXT = 10_000_000
"""Characters of one text; libxml2's own limit without `huge_tree`."""
PROLOG = 64 * 1024
"""Bytes before which the first element has to begin in order to be recognised."""

Element: TypeAlias = Any
"""An lxml element, comment or processing instruction; lxml brings no types."""

_BOM = b"\xef\xbb\xbf"
_START_TAG = re.compile(rb"<(?:[\w.-]{1,200}:)?([A-Za-z_][\w.-]{0,200})(?=[\s/>])")
_ENCODINGS = frozenset({"utf-8", "us-ascii"})


@dataclass(frozen=True, slots=True)
class XmlDocument:
    """A parsed document. The tree is shared: nobody changes it, who must takes a copy."""

    raw: bytes
    tree: Any
    """An lxml element tree."""

    @property
    def root(self) -> Element:
        """The document element."""
        return self.tree.getroot()


def lxml() -> Any:
    """Give lxml's module, imported where it is first needed: the only place that does."""
    from lxml import etree  # noqa: PLC0415 -- heavy

    return etree


def parse(data: bytes) -> XmlDocument:
    """Parse XML 1.0 with namespaces, in UTF-8.

    Raises:
        MalformedCredential: not well-formed, another version or encoding, or a document type
            declaration, whatever it says.
        TooLarge: beyond one of the limits of this module.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("XML", limit=MAX_BYTES)
    _Measure().run(data)
    etree = lxml()
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        recover=False,
        collect_ids=False,
    )
    try:
        tree = etree.fromstring(data, parser).getroottree()
    except (etree.LxmlError, ValueError) as error:
        raise MalformedCredential("XML") from error
    if tree.docinfo.internalDTD is not None or tree.docinfo.externalDTD is not None:
        raise MalformedCredential("DOCTYPE")
    return XmlDocument(data, tree)


def first_tag(data: bytes) -> str | None:
    """Return the local name of the first element as it stands, without parsing; None: no XML.

    After a document type declaration, which is not read, it is the name of the first thing that
    looks like a start tag outside it. It is enough to say whose broken document this is.
    """
    head = data[:PROLOG].removeprefix(_BOM)
    place = 0
    while True:
        place += len(head) - place - len(head[place:].lstrip())
        if head.startswith(b"<?", place):
            end, size = head.find(b"?>", place), 2
        elif head.startswith(b"<!--", place):
            end, size = head.find(b"-->", place + 4), 3
        elif head.startswith(b"<!DOCTYPE", place):
            found = _START_TAG.search(head, place)
            return found[1].decode("ascii", "replace") if found else None
        else:
            found = _START_TAG.match(head, place)
            return found[1].decode("ascii", "replace") if found else None
        if end < 0:
            return None
        place = end + size


def text(element: Element) -> str:
    """Return the whole text directly in an element.

    Comments and processing instructions do not end it: they are no part of what is signed, and a
    reader that stops at one shows something else than was signed.
    """
    return "".join([element.text or "", *(inner.tail or "" for inner in element)])


def elements(parent: Element) -> Iterator[Element]:
    """Give the child elements, without comments and processing instructions."""
    return (inner for inner in parent if isinstance(inner.tag, str))


class _Measure:
    """One pass over the bytes that builds nothing: refuses what may not be parsed."""

    def __init__(self) -> None:
        self._depth = 0
        self._nodes = 0
        self._repeated = 0
        self._scopes: list[tuple[int, int]] = [(0, 0)]
        """For each open element: declarations in scope, and the longest of their namespaces."""

    def run(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CommentHandler = self._one
        parser.ProcessingInstructionHandler = self._one
        parser.StartCdataSectionHandler = self._one
        try:
            parser.Parse(data, True)
        except (expat.ExpatError, ValueError, LookupError) as error:
            raise MalformedCredential("XML") from error

    @staticmethod
    def _declaration(version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            raise MalformedCredential("XML version")
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise MalformedCredential("XML encoding")

    @staticmethod
    def _doctype(*_: object) -> None:
        raise MalformedCredential("DOCTYPE")

    def _one(self, *_: object) -> None:
        self._count(1)

    def _count(self, nodes: int) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            raise TooLarge("XML nodes", limit=MAX_NODES)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count(1 + len(attributes))
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooLarge("XML depth", limit=MAX_DEPTH)
        if len(attributes) > MAX_ATTRIBUTES:
            raise TooLarge("XML attributes", limit=MAX_ATTRIBUTES)
        count, longest = self._scopes[-1]
        declared = [value for key, value in attributes.items() if key.split(":")[0] == "xmlns"]
        count += len(declared)
        longest = max((longest, *map(len, declared)))
        if count > MAX_NAMESPACES:
            raise TooLarge("XML namespaces", limit=MAX_NAMESPACES)
        if max(longest, len(name)) > MAX_NAME_CHARACTERS:
            raise TooLarge("XML name", limit=MAX_NAME_CHARACTERS)
        self._repeated += longest * (1 + len(attributes) - len(declared))
        if self._repeated > MAX_REPEATED:
            raise TooLarge("XML namespaces", limit=MAX_REPEATED)
        self._scopes.append((count, longest))

    def _end(self, _name: str) -> None:
        self._depth -= 1
        self._scopes.pop()
