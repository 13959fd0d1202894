"""The walk through a source: looks at bytes, opens carriers, hands leaves to the formats.

Each carrier is imported when one comes: a plain file needs none of them.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wallet import formats
from wallet.carriers import qr
from wallet.errors import MalformedCredential, TooLarge
from wallet.intake import text
from wallet.intake.kinds import Kind, kind
from wallet.intake.limits import MAX_CONTAINER, MAX_FILE, MAX_LEAVES, MAX_NESTING
from wallet.model.credential import Credential
from wallet.model.intake import Found, Gathered, Problem, ProblemCode

if TYPE_CHECKING:
    from wallet.carriers.baking import Baked
    from wallet.intake import links

Path = tuple[str, ...]

_ENTITY = b"<!ENTITY"
"""No credential needs to declare one; whoever does wants a reader to expand it."""
_EDCI = b"http://data.europa.eu/snb"
"""The namespace of a European credential in XML: a format, even where it cannot be read."""


@dataclass
class Walk:
    """One source: its name, and how much may still be looked at."""

    source: str
    _leaves: int = field(default=MAX_LEAVES)
    _bytes: int = field(default=MAX_CONTAINER)

    def look(self, data: bytes, path: Path = (), nesting: int = 0) -> Gathered:
        """Return everything that `data` holds. Whatever is wrong with it becomes a problem."""
        self._leaves -= 1
        self._bytes -= len(data) if nesting else 0
        if self._leaves < 0 or self._bytes < 0:
            return self._problem(path, ProblemCode.TOO_LARGE, what="content", limit=MAX_CONTAINER)
        if nesting > MAX_NESTING:
            return self._problem(path, ProblemCode.TOO_LARGE, what="nesting", limit=MAX_NESTING)
        found = kind(data)
        if len(data) > (MAX_CONTAINER if found in _CONTAINERS else MAX_FILE):
            return self._problem(path, ProblemCode.TOO_LARGE, what="file", limit=MAX_FILE)
        try:
            return self._open(found, data, path, nesting)
        except MalformedCredential as error:
            return self._broken(path, error)

    def _open(self, found: Kind, data: bytes, path: Path, nesting: int) -> Gathered:
        if found is Kind.PICTURE:
            return self._picture(data, path)
        if found is Kind.ZIP:
            return self._zip(data, path, nesting)
        if found is Kind.MAILBOX:
            return self._mailbox(data, path, nesting)
        if found is Kind.MAIL:
            return self._mail(data, path, nesting)
        if found in {Kind.ARCHIVE, Kind.OUTLOOK}:
            return self._problem(path, ProblemCode.UNKNOWN_FORMAT, kind=found)
        if found in {Kind.EMPTY, Kind.PDF, Kind.BINARY}:
            return self._problem(path, ProblemCode.NO_CREDENTIAL, kind=found)
        return self._text(found, data, path, nesting)

    # ---- leaves ---------------------------------------------------------------------------------

    def _text(self, found: Kind, data: bytes, path: Path, nesting: int) -> Gathered:
        """Read a credential in any spelling, inside prose, or packed in base64."""
        credential = _credential(data)
        if credential is not None:
            return self._found(path, credential)
        if found is Kind.JSON:
            return self._problem(path, ProblemCode.UNKNOWN_FORMAT, kind=found)
        if found is Kind.XML and _ENTITY in data:
            raise MalformedCredential("XML entity")
        if found is Kind.XML and _is_drawing(data):
            return self._drawing(data, path)
        if found is Kind.XML and _EDCI in data[:4096]:
            return self._problem(path, ProblemCode.UNKNOWN_FORMAT, kind=found)
        unpacked = text.from_base64(data)
        if unpacked is not None and kind(unpacked) is not Kind.BINARY:
            inside = self.look(unpacked, path, nesting + 1)
            if inside.items or any(problem.code is not _NOTHING for problem in inside.problems):
                return inside
        from wallet.intake.encoded_words import decoded  # noqa: PLC0415 -- see the top

        words = decoded(data)
        items = self._embedded(text.without_tags(words) if found is Kind.XML else words, path)
        if items.items or items.problems:
            return items
        if text.is_token(words):
            return self._problem(path, ProblemCode.UNKNOWN_FORMAT, kind="jwt")
        return self._problem(path, ProblemCode.NO_CREDENTIAL, kind=found)

    def _drawing(self, data: bytes, path: Path) -> Gathered:
        """Read a QR code that is drawn in SVG, or the badge baked into a drawing."""
        from wallet.carriers import qr_drawing, svg  # noqa: PLC0415 -- see the top

        drawing = qr_drawing.from_svg(data)
        if drawing is not None:
            return self._picture(qr_drawing.png(drawing), path)
        # A badge baked into a drawing has its place there; finding it by chance is no reading.
        return self._baked(svg.unbake(data) if svg.may_be_baked(data) else (), path)

    def _embedded(self, words: str, path: Path) -> Gathered:
        """Read what looks like a credential in prose; what then is none is not worth a word."""
        gathered = Gathered()
        for candidate in text.embedded(words):
            try:
                credential = _credential(candidate)
            except MalformedCredential as error:
                if qr.is_wrapped(candidate):
                    gathered += self._broken(path, error)
                continue
            if credential is not None:
                gathered += self._found(path, credential)
        return gathered

    def _picture(self, data: bytes, path: Path) -> Gathered:
        """Read what is baked into a picture, else its QR codes."""
        from wallet.carriers import png  # noqa: PLC0415 -- see the top

        broken: MalformedCredential | None = None
        if png.may_be_baked(data):
            try:
                baked = png.unbake(data)
            except MalformedCredential as error:
                broken = error
            else:
                if baked:
                    return self._baked(baked, path)
        # Who decodes pictures tolerates more, and a code may still be there.
        codes = self._codes(data, path)
        return codes if codes.items or broken is None else self._broken(path, broken)

    def _baked(self, found: "tuple[Baked, ...]", path: Path) -> Gathered:
        """Read what a picture carries: a credential, or the address of a hosted badge."""
        from wallet.intake import links  # noqa: PLC0415 -- see the top

        gathered = Gathered()
        for baked in found:
            here = (*path, baked.kind.value)
            link = links.as_link(baked.content.decode("utf-8", "replace"))
            try:
                credential = _credential(baked.content)
            except MalformedCredential as error:
                gathered += self._broken(here, error)
                continue
            if credential is not None:
                gathered += self._found(here, credential)
            elif link is not None:
                gathered += self._link(here, link, badge=link.address)
            else:
                gathered += self._problem(here, ProblemCode.UNKNOWN_FORMAT, kind=Kind.TEXT)
        return gathered if found else self._problem(path, _NOTHING, kind=Kind.PICTURE)

    def _codes(self, data: bytes, path: Path) -> Gathered:
        """Read the QR codes of a picture."""
        from wallet.intake import links  # noqa: PLC0415 -- see the top

        gathered = Gathered()
        for number, code in enumerate(qr.read(data), 1):
            here = (*path, f"code {number}")
            link = links.as_link(code.decode("utf-8", "replace"))
            try:
                credential = _credential(code)
            except MalformedCredential as error:
                gathered += self._broken(here, error)
                continue
            if credential is not None:
                gathered += self._found(here, credential)
            elif link is not None:
                gathered += self._link(here, link)
            else:
                gathered += self._problem(here, _NOTHING, kind=Kind.TEXT)
        if not gathered.items and not gathered.problems:
            return self._problem(path, _NOTHING, kind=Kind.PICTURE)
        return gathered

    # ---- carriers -------------------------------------------------------------------------------

    def _zip(self, data: bytes, path: Path, nesting: int) -> Gathered:
        from wallet.intake import archive  # noqa: PLC0415 -- see the top

        opened = archive.read(data, self._bytes)
        if opened.office:
            return self._problem(path, _NOTHING, kind="office")
        gathered = Gathered()
        for entry in opened.entries:
            here = (*path, entry.name)
            if entry.code is not None:
                gathered += self._problem(here, entry.code, what="zip entry", limit=MAX_FILE)
            else:
                gathered += self.look(entry.data, here, nesting + 1)
        if not gathered.items and not gathered.problems:
            return self._problem(path, _NOTHING, kind=Kind.ZIP)
        return gathered

    def _mailbox(self, data: bytes, path: Path, nesting: int) -> Gathered:
        from wallet.intake import mail  # noqa: PLC0415 -- see the top

        gathered = Gathered()
        for number, message in enumerate(mail.messages(data), 1):
            gathered += self.look(message, (*path, f"message {number}"), nesting + 1)
        return gathered

    def _mail(self, data: bytes, path: Path, nesting: int) -> Gathered:
        """Read attachments, then bodies; a link is named only where nothing else was to be had."""
        from wallet.intake import links, mail  # noqa: PLC0415 -- see the top

        letter = mail.read(data)
        gathered = Gathered()
        for part in letter.attachments:
            gathered += self.look(part.data, (*path, *part.path), nesting + 1)
        for closed in letter.closed:
            gathered += self._problem((*path, *closed.path), closed.code, kind=closed.kind)
        for body in letter.bodies:
            here = (*path, *body.path, "text")
            for words in (body.text, text.without_tags(body.text)):
                gathered = _without_repeats(gathered, self._embedded(words, here))
        if gathered.items or any(problem.code is not _NOTHING for problem in gathered.problems):
            return gathered
        link = links.best(body.text for body in letter.bodies)
        if link is not None:
            others = tuple(
                problem
                for problem in gathered.problems
                if problem.facts.get("kind") != Kind.PICTURE
            )
            return self._link(path, link) + Gathered((), others)
        return gathered + self._problem(path, _NOTHING, kind=Kind.MAIL)

    # ---- results --------------------------------------------------------------------------------

    def _found(self, path: Path, credential: Credential) -> Gathered:
        return Gathered((Found(self.source, path, credential),))

    def _link(self, path: Path, link: "links.Link", **facts: str) -> Gathered:
        address = {"link": link.address, "host": link.host}
        return self._problem(path, ProblemCode.LINK_ONLY, **address, **facts)

    def _problem(self, path: Path, code: ProblemCode, **facts: str | int) -> Gathered:
        texts = {name: str(value) for name, value in facts.items()}
        return Gathered((), (Problem(self.source, path, code, texts),))

    def _broken(self, path: Path, error: MalformedCredential) -> Gathered:
        large = isinstance(error, TooLarge)
        code = ProblemCode.TOO_LARGE if large else ProblemCode.MALFORMED
        return self._problem(path, code, **error.facts)


_NOTHING = ProblemCode.NO_CREDENTIAL
_CONTAINERS = frozenset({Kind.ZIP, Kind.MAILBOX})


def _is_drawing(data: bytes) -> bool:
    from wallet.proofs import xml_reading  # noqa: PLC0415 -- see the top

    return xml_reading.first_tag(data) == "svg"


def _credential(data: bytes) -> Credential | None:
    """Read a credential in the first spelling that some format knows.

    Raises:
        MalformedCredential: a format recognised it, and it is broken in every spelling.
    """
    broken: MalformedCredential | None = None
    for spelling in text.spellings(data):
        try:
            credential = formats.read(qr.unwrap(spelling))
        except MalformedCredential as error:
            broken = broken or error
            continue
        if credential is not None:
            return credential
    if broken is not None:
        raise broken
    return None


def _without_repeats(before: Gathered, more: Gathered) -> Gathered:
    """Add what is not there yet: a body comes as text and again as HTML."""
    known = {item.credential.raw for item in before.items}
    return before + Gathered(
        tuple(item for item in more.items if item.credential.raw not in known),
        tuple(problem for problem in more.problems if problem not in before.problems),
    )
