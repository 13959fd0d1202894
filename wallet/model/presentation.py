"""What is shown to somebody: the request, what came out, and the ledger's entry."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Form(StrEnum):
    """In which form something is shown, as `present --as` names it."""

    ORIGINAL = "original"
    PRESENTATION = "presentation"
    QR = "qr"


@dataclass(frozen=True, slots=True)
class PresentationRequest:
    """What the person chose: which credentials, in which form, for whom, until when."""

    credential_ids: tuple[str, ...]
    form: Form
    audience: str | None = None
    nonce: str | None = None
    expires: datetime | None = None
    """None: without an end, which the person has to ask for."""


@dataclass(frozen=True, slots=True)
class Code:
    """A still QR code as pictures, and what it holds."""

    png: bytes
    svg: bytes
    version: int
    """1 to 40; up to 25 is comfortable for a camera."""
    size: int
    """Bytes that the code carries, after compression."""


@dataclass(frozen=True, slots=True)
class Presented:
    """A presentation that was made: exactly the bytes that were handed over."""

    content: bytes
    """The file; for `Form.QR` the presentation that the code holds."""
    form: Form
    sha256: str
    """Of `content`, lower-case hexadecimal."""
    suggested_name: str
    holder: str | None
    request: PresentationRequest
    disclosed: tuple[str, ...]
    """Titles of what is shown; every form of this list shows the whole credential."""
    ledger_id: str
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One line of "shown to": survives deletion of the credential."""

    id: str
    made_at: datetime
    form: Form
    titles: tuple[str, ...]
    credential_ids: tuple[str, ...]
    audience: str | None
    expires: datetime | None
    holder: str | None
    sha256: str
    size: int
