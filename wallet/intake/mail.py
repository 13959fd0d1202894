"""A mail into its parts: bodies to search, attachments to read, all transfer encodings undone.

RFC 5322 and MIME (RFC 2045 to 2047, 2231) with the standard library's tolerant parser, in the
isolated process, because a hostile mail can make that parser slow.
"""

import base64
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Any

from wallet import isolation
from wallet.errors import MalformedCredential, TooLarge
from wallet.intake.encoded_words import decoded, file_name, header, parameter
from wallet.intake.limits import MAX_ENTRIES, MAX_MAIL_DEPTH, MAX_PARTS, MEMORY, SECONDS
from wallet.model.intake import ProblemCode

_QUIET = frozenset(
    {
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "message/delivery-status",
        "text/rfc822-headers",
        "text/calendar",
    }
)
"""Parts that never hold a credential and that nobody calls an attachment."""
_SMIME = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})
_MESSAGE_START = re.compile(rb"^From [^\r\n]*\r?\n", re.MULTILINE)
_QUOTED_START = re.compile(rb"^>(>*From )", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part with a name, or one that is no text: its bytes with the transfer encoding undone."""

    path: tuple[str, ...]
    data: bytes


@dataclass(frozen=True, slots=True)
class Body:
    """A text that a person reads, or its HTML form."""

    path: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Closed:
    """A part that is not opened: `code` says why, `kind` what it is."""

    path: tuple[str, ...]
    code: ProblemCode
    kind: str


@dataclass(frozen=True, slots=True)
class Mail:
    """The parts of a mail and of all mails forwarded in it, in order."""

    attachments: tuple[Attachment, ...] = ()
    bodies: tuple[Body, ...] = ()
    closed: tuple[Closed, ...] = ()


def read(data: bytes) -> Mail:
    """Take a mail apart.

    Raises:
        TooLarge: too many parts, or parts too deep in each other.
        MalformedCredential: the parser fails, or it took too long.
    """
    return isolation.run(parse, data, seconds=SECONDS, memory=MEMORY)


def parse(data: bytes) -> Mail:
    """Do what `read` does, in this process: for `read` and for tests."""
    walk = _Walk()
    try:
        walk.part(message_from_bytes(data, policy=policy.compat32), (), 0)
    except (MalformedCredential, MemoryError):
        raise
    except Exception as error:  # the parser's slips on hostile mails are of every type
        raise MalformedCredential("mail") from error
    return Mail(tuple(walk.attachments), tuple(walk.bodies), tuple(walk.closed))


class _Walk:
    """One pass over the tree of parts."""

    def __init__(self) -> None:
        self.attachments: list[Attachment] = []
        self.bodies: list[Body] = []
        self.closed: list[Closed] = []
        self._parts = 0
        self._messages = 0

    def part(self, part: "Message[str, str]", path: tuple[str, ...], depth: int) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise TooLarge("mail parts", limit=MAX_PARTS)
        if depth > MAX_MAIL_DEPTH:
            raise TooLarge("mail depth", limit=MAX_MAIL_DEPTH)
        stated = header(part, "content-type")
        content_type = stated.partition(";")[0].strip().lower()
        if content_type in _QUIET:
            return
        if content_type == "multipart/encrypted":
            self.closed.append(Closed(path, ProblemCode.ENCRYPTED, "mail"))
            return
        payload: Any = part.get_payload()
        if content_type in {"message/rfc822", "message/global"} and isinstance(payload, list):
            self._messages += 1
            name = self._name(part) or f"message {self._messages}"
            for inner in payload:
                self.part(_unpacked(part, inner), (*path, name), depth + 1)
        elif isinstance(payload, list):
            for inner in payload:
                self.part(inner, path, depth + 1)
        else:
            self._leaf(part, content_type, stated, path)

    def _leaf(
        self, part: "Message[str, str]", content_type: str, stated: str, path: tuple[str, ...]
    ) -> None:
        name = self._name(part)
        here = (*path, name or f"attachment {self._parts}")
        if content_type in _SMIME and parameter(stated, "smime-type") != "certs-only":
            signed = parameter(stated, "smime-type").lower() == "signed-data"
            code = ProblemCode.UNKNOWN_FORMAT if signed else ProblemCode.ENCRYPTED
            self.closed.append(Closed(here, code, "s/mime"))
            return
        content = part.get_payload(decode=True)
        data = content if isinstance(content, bytes) else b""
        if content_type == "application/ms-tnef":
            self.closed.append(Closed(here, ProblemCode.UNKNOWN_FORMAT, "outlook"))
        elif not name and content_type.partition("/")[0] in {"text", "multipart", ""}:
            self.bodies.append(Body(path, decoded(data, parameter(stated, "charset") or None)))
        elif data.strip():
            self.attachments.append(Attachment(here, data))

    @staticmethod
    def _name(part: "Message[str, str]") -> str:
        """Return how a part is called in a path: inline ones by their name alone, else ""."""
        name = file_name(part)
        disposition = header(part, "content-disposition").partition(";")[0].strip().lower()
        return name if not name or disposition == "inline" else f"attachment {name}"


def _unpacked(part: "Message[str, str]", inner: "Message[str, str]") -> "Message[str, str]":
    """Undo base64 around a forwarded mail, which RFC 2046, 5.2.1 forbids and Exchange sends."""
    payload = inner.get_payload()
    encoding = header(part, "content-transfer-encoding").lower()
    if encoding != "base64" or inner.keys() or not isinstance(payload, str):
        return inner
    return message_from_bytes(base64.b64decode(payload), policy=policy.compat32)


def messages(data: bytes) -> tuple[bytes, ...]:
    """Split a mailbox (mbox, RFC 4155) into its messages, with quoted `From ` lines restored.

    Raises:
        TooLarge: more than `MAX_ENTRIES` messages.
    """
    starts = [
        match
        for match in _MESSAGE_START.finditer(data)
        if match.start() == 0 or data[max(0, match.start() - 2) : match.start()] in _BLANK
    ]
    if len(starts) > MAX_ENTRIES:
        raise TooLarge("messages", limit=MAX_ENTRIES)
    ends = [match.start() for match in starts[1:]] + [len(data)]
    return tuple(
        _QUOTED_START.sub(rb"\1", data[match.end() : end])
        for match, end in zip(starts, ends, strict=True)
    )


_BLANK = frozenset({b"\n\n", b"\r\n"})
