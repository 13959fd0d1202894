"""Values of EDCI XML: texts in several languages, concepts, notes, and references by `idref`.

Everything becomes plain JSON in the words of the European Learning Model 3, whose readers then do
the rest. A reference is followed by copying what it leads to, within one budget for the document.
"""

import re
from collections.abc import Iterator

from wallet.errors import TooLarge
from wallet.formats.data_model import remark
from wallet.formats.edci_document import EDCI
from wallet.model.credential import Defect, Json, JsonObject
from wallet.model.verification import Reason
from wallet.proofs import xml_reading
from wallet.proofs.xml_reading import Element

MAX_READ = 4 * 1024 * 1024
"""Characters and objects of one credential, those that several references lead to each time."""
MAX_TEXTS = 200
"""Languages and repetitions of one text."""
MAX_REMARKS = 20

_BREAK = re.compile(r"<br\s{0,9}/?>\n?")
"""The Commission's editor leaves line breaks as HTML in texts that it calls plain."""


class Values:
    """One credential while it is read: its records by id, its budget, and what was odd in it."""

    def __init__(self, credential: Element) -> None:
        self._left = MAX_READ
        self.defects: list[Defect] = []
        self._records: dict[str, Element] = {}
        for section in xml_reading.elements(credential):
            if not str(section.tag).endswith("References"):
                continue
            for record in xml_reading.elements(section):
                self._remember(record)

    def _remember(self, record: Element) -> None:
        own = record.get("id")
        if own is None:
            return
        if own in self._records:
            self._note(Defect(Reason.DUPLICATE_KEY, "id", own))
        self._records.setdefault(own, record)

    def _note(self, defect: Defect) -> None:
        if len(self.defects) < MAX_REMARKS:
            self.defects.append(defect)

    def spend(self, amount: int = 1) -> None:
        """Count work.

        Raises:
            TooLarge: more than `MAX_READ` in all.
        """
        self._left -= amount
        if self._left < 0:
            raise TooLarge("EDCI content", limit=MAX_READ)

    # ---- walking ------------------------------------------------------------------------------

    def all(self, parent: Element, *names: str) -> Iterator[Element]:
        """Give the children of these names, in the document's order."""
        wanted = {f"{{{EDCI}}}{name}" for name in names}
        for child in xml_reading.elements(parent):
            if child.tag in wanted:
                self.spend()
                yield child

    def inside(self, parent: Element, *names: str) -> Iterator[Element]:
        """Give the elements in lists: `inside(subject, "achievements", "learningAchievement")`."""
        container, *entries = names
        for outer in self.all(parent, container):
            yield from self.all(outer, *entries)

    def records(self, parent: Element, *names: str) -> Iterator[Element]:
        """Give what the children of these names are, or refer to by `idref`."""
        for child in self.all(parent, *names):
            found = self.record(child)
            if found is not None:
                yield found

    def record(self, element: Element) -> Element | None:
        """Follow an `idref` to its record; an element without one is its own."""
        reference = element.get("idref")
        if reference is None:
            return element
        found = self._records.get(reference)
        if found is None:
            self._note(remark("idref", f"/{_name(element)}"))
        return found

    # ---- values -------------------------------------------------------------------------------

    def plain(self, element: Element) -> str:
        """Give the text of an element, stripped."""
        found = xml_reading.text(element).strip()
        self.spend(len(found))
        return found

    def string(self, parent: Element, *names: str) -> str | None:
        """Give the first of these children that has a text."""
        return next(
            (text for child in self.all(parent, *names) if (text := self.plain(child))), None
        )

    def strings(self, parent: Element, *names: str) -> list[Json]:
        """Give the texts of all these children."""
        return [text for child in self.all(parent, *names) if (text := self.plain(child))]

    def literal(self, *sources: Element) -> Json:
        """Give a text in its languages: `{"en": "x"}`, or `{"en": ["x", "y"]}`; None for none.

        Raises:
            TooLarge: more than `MAX_TEXTS`.
        """
        found: dict[str, list[Json]] = {}
        count = 0
        for source in sources:
            texts = list(self.all(source, "text")) or [source]
            for element in texts:
                text = _BREAK.sub("\n", self.plain(element)).strip()
                if not text:
                    continue
                count += 1
                if count > MAX_TEXTS:
                    raise TooLarge("EDCI text", limit=MAX_TEXTS)
                found.setdefault(element.get("lang") or "@none", []).append(text)
        if not found:
            return None
        return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in found.items()}

    def text(self, parent: Element, *names: str) -> Json:
        """Give the text of all children of these names together."""
        return self.literal(*self.all(parent, *names))

    def notes(self, parent: Element, *names: str) -> list[Json]:
        """Give notes, each a text of its own."""
        found = (self.literal(child) for child in self.all(parent, *names))
        return [{"noteLiteral": literal} for literal in found if literal is not None]

    def concepts(self, parent: Element, *names: str) -> list[Json]:
        """Give terms of vocabularies: their address, and the label that the credential brings."""
        found: list[Json] = []
        for child in self.all(parent, *names):
            concept = stated(
                id=child.get("uri") or child.get("targetID"),
                prefLabel=self.text(child, "targetName"),
            )
            if concept:
                found.append(concept)
        return found

    def documents(self, parent: Element, *names: str) -> list[Json]:
        """Give links to pages and documents."""
        return [
            stated(contentURL=child.get("uri"), title=self.text(child, "title"))
            for child in self.all(parent, *names)
        ]


def stated(**members: Json) -> JsonObject:
    """Make an object of the members that state something."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {})}


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
