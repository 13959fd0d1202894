"""Credentials with a seal of their own inside an EDCI document: cut out as the bytes they were.

Written again, a credential could lose the form over which it was sealed. One that leans on what
is declared around it is written with those declarations, which exclusive canonical forms pass over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from wallet.errors import MalformedCredential, TooLarge
from wallet.formats.edci_document import CREDENTIAL_TAG, PARTS
from wallet.formats.embedded import MAX_PARTS
from wallet.model.credential import Part
from wallet.proofs import xml_reading
from wallet.proofs.xml_reading import Element, XmlDocument
from wallet.proofs.xml_transforms import DS

_NAME = CREDENTIAL_TAG.removeprefix("{").replace("}", " ")


def sealed(document: XmlDocument) -> bool:
    """Tell whether a document has a signature of its own, right or wrong."""
    return any(not around for around in _signatures(document))


def parts(document: XmlDocument) -> tuple[Part, ...]:
    """Give the credentials inside that have a seal of their own; others are what seals them.

    Raises:
        TooLarge: more than `embedded.MAX_PARTS`.
    """
    found = [one for one in document.root.iter(CREDENTIAL_TAG) if one is not document.root]
    holders = {around[0] for around in _signatures(document) if around}
    bearing = [
        one for one in found if one in holders and holders.isdisjoint(_around(one, document))
    ]
    if len(bearing) > MAX_PARTS:
        raise TooLarge("parts", limit=MAX_PARTS)
    if not bearing:
        return ()
    places = _places(document.raw)
    raw = [_whole(document.raw[places[found.index(element)]], element) for element in bearing]
    return tuple(Part(f"credential {place}", one) for place, one in enumerate(raw, 1))


def _signatures(document: XmlDocument) -> Iterator[list[Element]]:
    """Give of each signature the credentials that it lies in, innermost first."""
    for one in document.root.iter(f"{{{DS}}}Signature"):
        yield _around(one, document)


def _around(element: Element, document: XmlDocument) -> list[Element]:
    """Give the credentials that an element lies in, innermost first, less the document itself."""
    return [outer for outer in element.iterancestors(*PARTS) if outer is not document.root]


def _whole(text: bytes, element: Element) -> bytes:
    """The text as it stands if it is a document, else with what is declared around it."""
    try:
        if xml_reading.parse(text).root.tag == CREDENTIAL_TAG:
            return text
    except MalformedCredential:
        pass
    return bytes(xml_reading.lxml().tostring(element, with_tail=False, encoding="utf-8"))


@dataclass(slots=True)
class _Finder:
    """Where the credentials inside a document begin and end, in the order of their beginnings."""

    parser: expat.XMLParserType
    depth: int = 0
    open: list[tuple[int, int]] = field(default_factory=list)
    """Of the credentials that are open: how deep each lies, and which one it is."""
    places: list[slice] = field(default_factory=list)

    def start(self, name: str, _attributes: object) -> None:
        if name == _NAME and self.depth > 0:
            self.open.append((self.depth, len(self.places)))
            self.places.append(slice(self.parser.CurrentByteIndex, None))
        self.depth += 1

    def end(self, _name: str) -> None:
        self.depth -= 1
        if self.open and self.open[-1][0] == self.depth:
            _, number = self.open.pop()
            self.places[number] = slice(self.places[number].start, self.parser.CurrentByteIndex)


def _places(raw: bytes) -> list[slice]:
    """Find the credentials inside a document that has been parsed already."""
    parser = expat.ParserCreate(namespace_separator=" ")
    finder = _Finder(parser)
    parser.StartElementHandler = finder.start
    parser.EndElementHandler = finder.end
    parser.Parse(raw, True)
    # The end is where the end tag begins; in an end tag the first ">" is its last character.
    return [slice(place.start, raw.index(b">", place.stop) + 1) for place in finder.places]
