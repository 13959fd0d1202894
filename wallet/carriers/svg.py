"""SVG drawings that carry a badge: taken out of its element, and baked into one.

Read with expat from the standard library, which builds nothing and loads nothing. A document type
declaration is accepted when it only names itself, as 1EdTech's own drawings do; one with an
internal subset is refused, and so is any entity that XML does not define itself.
"""

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise
from xml.parsers import expat

from wallet.carriers.baking import (
    MAX_CONTENT,
    Baked,
    Baking,
    checked_content,
    only_one_of_each,
)
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import jws, strict_json

MAX_BYTES = 32 * 1024 * 1024
"""Of the file: as much as one picture may have."""
MAX_ELEMENTS = 200_000
MAX_DEPTH = 256
MAX_ATTRIBUTES = 1000
"""Of one element."""
MAX_DECLARATIONS = 1000
"""Namespace declarations of the whole drawing."""

NAMESPACE = "http://www.w3.org/2000/svg"
_ELEMENTS = {
    ("http://openbadges.org", "assertion"): Baking.OPEN_BADGES,
    ("https://purl.imsglobal.org/ob/v3p0", "credential"): Baking.OPEN_BADGE_CREDENTIAL,
    ("https://purl.imsglobal.org/clr/v2p0", "credential"): Baking.CLR_CREDENTIAL,
}
_PREFIX = "openbadges"
_ENCODINGS = frozenset({"utf-8", "us-ascii", "iso-8859-1"})
# Each byte is looked at once: quoted values are the only place where ">" does not end a tag.
_TAG = re.compile(rb"<(?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+>")
_ENTITY = re.compile(rb"&(?!#|(?:amp|lt|gt|quot|apos);)")


def may_be_baked(data: bytes) -> bool:
    """Tell whether a drawing could carry a badge, which names its namespace: cheap."""
    return any(space.encode("ascii") in data for space, _ in _ELEMENTS)


def unbake(data: bytes) -> tuple[Baked, ...]:
    """Return what is baked into an SVG, in the file's order; nothing for a plain drawing.

    A token stands in the attribute `verify`; JSON stands in the element, and `verify` is then the
    address of the hosted badge; an address may stand alone (Open Badges 2.0 baking, section 3;
    Open Badges 3.0, section 5.3.2).

    Raises:
        MalformedCredential: not well-formed, no SVG, an entity or an internal subset, a badge's
            element that holds nothing or other elements, two different badges of a kind.
        TooLarge: beyond one of the limits of this module.
    """
    return only_one_of_each([Baked(one.kind, one.content) for one in _read(data).found])


def bake(data: bytes, kind: Baking, content: bytes) -> bytes:
    """Return the SVG with `content` baked in; one of that kind that is there is replaced.

    Every other byte stays as it was. The element declares its own namespace and stands directly
    behind the start of the drawing, or where the one before it stood.

    Raises:
        MalformedCredential: no SVG, or content that XML cannot hold; see `unbake`.
        TooLarge: see `unbake`; `MAX_CONTENT` for the content.
    """
    text = checked_content(content).strip()
    drawing = _read(data)
    if not text.isascii() and drawing.encoding != "utf-8":
        raise MalformedCredential("SVG encoding")
    element = _element(kind, text)
    old = [one for one in drawing.found if one.kind is kind]
    if old:
        pieces = [data[: old[0].start], element]
        for before, after in pairwise(old):
            pieces.append(data[before.end : after.start])
        pieces.append(data[old[-1].end :])
    elif drawing.root_tag.endswith(b"/>"):
        start = drawing.root_end - 2
        closing = b"</" + drawing.root_name.encode("utf-8") + b">"
        pieces = [data[:start], b">", element, closing, data[drawing.root_end :]]
    else:
        pieces = [data[: drawing.root_end], element, data[drawing.root_end :]]
    baked = b"".join(pieces)
    if Baked(kind, text.encode("utf-8")) not in unbake(baked):
        raise MalformedCredential("baked credential")
    return baked


# ---- reading ------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Element:
    """A badge's element: what it says, and where it stands in the file."""

    kind: Baking
    verify: str
    start: int
    end: int = 0
    pieces: list[str] = field(default_factory=list)
    size: int = 0

    @property
    def content(self) -> bytes:
        """The token, else the JSON, else the address."""
        text = "".join(self.pieces).strip()
        found = self.verify if jws.looks_compact(self.verify) or not text else text
        return checked_content(found.encode("utf-8")).encode("utf-8")


@dataclass(slots=True)
class _Drawing:
    """One pass over an SVG, and what was seen in it."""

    data: bytes
    encoding: str = "utf-8"
    root_name: str = ""
    root_tag: bytes = b""
    root_end: int = 0
    found: list[_Element] = field(default_factory=list)
    _parser: expat.XMLParserType = field(default_factory=expat.ParserCreate)
    _inside: _Element | None = None
    _depth: int = 0
    _elements: int = 0
    _declarations: int = 0
    _scopes: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(0, {})])

    def run(self) -> None:
        parser = self._parser
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        parser.buffer_text = True
        parser.XmlDeclHandler = self._declaration
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = _refuse_entity
        parser.SkippedEntityHandler = _refuse_entity
        parser.ExternalEntityRefHandler = _refuse_entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(self.data, True)
        except expat.ExpatError as error:
            raise MalformedCredential("SVG") from error
        for one in self.found:
            _ = one.content

    def _declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        self.encoding = (encoding or "utf-8").lower()
        if version != "1.0" or self.encoding not in _ENCODINGS:
            raise MalformedCredential("SVG encoding")

    @staticmethod
    def _doctype(_name: str, _system: str | None, _public: str | None, internal: bool) -> None:
        if internal:
            raise MalformedCredential("DOCTYPE")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise TooLarge("SVG elements", limit=MAX_ELEMENTS)
        if self._depth > MAX_DEPTH:
            raise TooLarge("SVG depth", limit=MAX_DEPTH)
        if len(attributes) > MAX_ATTRIBUTES:
            raise TooLarge("SVG attributes", limit=MAX_ATTRIBUTES)
        if self._inside is not None:
            raise MalformedCredential("SVG credential", detail="element")
        self._declare(attributes)
        space, local = self._resolved(name)
        if self._depth == 1:
            self._root(name, space, local)
        kind = _ELEMENTS.get((space, local))
        if kind is not None:
            self._begin(kind, attributes.get("verify", ""))

    def _declare(self, attributes: dict[str, str]) -> None:
        """Open a scope of namespaces where an element declares some."""
        declared = {
            key[6:]: value
            for key, value in attributes.items()
            if key == "xmlns" or key.startswith("xmlns:")
        }
        if not declared:
            return
        self._declarations += len(declared)
        if self._declarations > MAX_DECLARATIONS:
            raise TooLarge("SVG namespaces", limit=MAX_DECLARATIONS)
        self._scopes.append((self._depth, {**self._scopes[-1][1], **declared}))

    def _resolved(self, name: str) -> tuple[str, str]:
        prefix, colon, local = name.rpartition(":")
        return self._scopes[-1][1].get(prefix if colon else "", ""), local

    def _root(self, name: str, space: str, local: str) -> None:
        if local != "svg" or space not in {NAMESPACE, ""}:
            raise MalformedCredential("SVG")
        self.root_name, self.root_tag = name, self._tag()
        self.root_end = self._parser.CurrentByteIndex + len(self.root_tag)

    def _begin(self, kind: Baking, verify: str) -> None:
        tag, start = self._tag(), self._parser.CurrentByteIndex
        if _ENTITY.search(tag):
            # Behind a document type that is not loaded, expat drops these without a word.
            raise MalformedCredential("XML entity")
        # An empty element ends with its only tag; where its end is reported is no such place.
        end = start + len(tag) if tag.endswith(b"/>") else 0
        self._inside = _Element(kind, verify.strip(), start, end)
        self._parser.CharacterDataHandler = self._text

    def _tag(self) -> bytes:
        match = _TAG.match(self.data, self._parser.CurrentByteIndex)
        if match is None:
            raise MalformedCredential("SVG")
        return match[0]

    def _text(self, text: str) -> None:
        if self._inside is not None:
            self._inside.size += len(text)
            if self._inside.size > MAX_CONTENT:
                raise TooLarge("baked credential", limit=MAX_CONTENT)
            self._inside.pieces.append(text)

    def _end(self, _name: str) -> None:
        one = self._inside
        if one is not None:
            one.end = one.end or self._parser.CurrentByteIndex + len(self._tag())
            self.found.append(one)
            self._inside = None
            self._parser.CharacterDataHandler = None
        if self._scopes[-1][0] == self._depth:
            self._scopes.pop()
        self._depth -= 1


def _read(data: bytes) -> _Drawing:
    if len(data) > MAX_BYTES:
        raise TooLarge("SVG", limit=MAX_BYTES)
    if b"\0" in data:
        # UTF-16 and UTF-32 have them in every tag; a place in bytes would mean nothing there.
        raise MalformedCredential("SVG encoding")
    drawing = _Drawing(data)
    drawing.run()
    return drawing


def _refuse_entity(*_: object) -> int:
    raise MalformedCredential("XML entity")


# ---- writing ------------------------------------------------------------------------------------


def _element(kind: Baking, text: str) -> bytes:
    space, local = next(name for name, found in _ELEMENTS.items() if found is kind)
    name = f"{_PREFIX}:{local}"
    verify, inside = (_address(text), _cdata(text)) if text.startswith("{") else (text, "")
    attribute = f' verify="{html.escape(verify)}"' if verify else ""
    return f'<{name} xmlns:{_PREFIX}="{space}"{attribute}>{inside}</{name}>'.encode()


def _cdata(text: str) -> str:
    """Write a text so that every character comes out again, line ends of Windows among them."""
    ended = text.replace("]]>", "]]]]><![CDATA[>")
    return "<![CDATA[" + ended.replace("\r", "]]>&#13;<![CDATA[") + "]]>"


def _address(text: str) -> str:
    """Return the address of a hosted assertion, which `verify` names beside the JSON."""
    document = strict_json.parse_text(text).value
    older = document.get("verify") if isinstance(document, dict) else None
    address = older.get("url") if isinstance(older, dict) else None
    if isinstance(document, dict) and "badge" in document and address is None:
        address = document.get("id")
    return address if isinstance(address, str) else ""
