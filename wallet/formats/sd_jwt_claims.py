"""What the registered claims of an SD-JWT say, whatever it is about: type, times, status, holder.

RFC 9901, section 9.11 (`typ`); RFC 7519 (times); SD-JWT VC, section 3.2.2 (what must be in clear).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from wallet.errors import TooLarge
from wallet.formats import dates
from wallet.formats.data_model import broken
from wallet.formats.values import string
from wallet.model.credential import Defect, JsonObject, StatusEntry
from wallet.model.verification import Reason
from wallet.proofs import sd_jwt

MAX_STATUS_ENTRIES = 32
SUFFIX = "+sd-jwt"
STATUS_LIST = "status_list"

IN_CLEAR = ("iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status")
"""What the issuer of an SD-JWT VC must not leave to the holder's choice."""

_TIMES = ("nbf", "iat", "exp")


@dataclass(frozen=True, slots=True)
class Bounds:
    """From when until when the claims say that it is valid."""

    issued: datetime | None
    start: datetime | None
    """The later of `nbf` and `iat`: before it was issued it was not valid."""
    end: datetime | None


def media_type(header: JsonObject) -> str:
    """Return `typ` without `application/`, in lower case; "" where it is absent, "?" if odd."""
    value = header.get("typ", "")
    text = value.lower() if isinstance(value, str) else "?"
    return text.removeprefix("application/")


def bounds(claims: JsonObject) -> Bounds:
    """Read `nbf`, `iat` and `exp` (step 6 of RFC 9901, section 7.1)."""
    start, issued, end = (dates.numeric(claims.get(name)) for name in _TIMES)
    starts = [at for at in (start, issued) if at is not None]
    return Bounds(issued, max(starts, default=None), end)


def status(claims: JsonObject) -> tuple[StatusEntry, ...]:
    """Read the status references; a Token Status List is one kind of them (section 6 there).

    The entry's type is the member's name (`status_list`), its values are what the member states
    (`idx`, `uri`).

    Raises:
        TooLarge: more than `MAX_STATUS_ENTRIES`.
    """
    stated = claims.get("status")
    if not isinstance(stated, dict):
        return ()
    if len(stated) > MAX_STATUS_ENTRIES:
        raise TooLarge("status", limit=MAX_STATUS_ENTRIES)
    return tuple(
        StatusEntry(name, values=value if isinstance(value, dict) else {})
        for name, value in stated.items()
    )


def defects(found: sd_jwt.Processed) -> tuple[Defect, ...]:
    """Say what is wrong with an SD-JWT whatever it is about.

    A rule of section 7.1 that is broken, a `typ` of something else, a time that nobody can read.
    """
    return tuple(_defects(found))


def _defects(found: sd_jwt.Processed) -> Iterator[Defect]:
    rule = found.broken
    if rule is not None and rule.reason is Reason.FORMAT_FAILURE:
        yield Defect(rule.reason, rule.what, rule.where)
    for token in found.source.tokens:
        stated = media_type(token.header)
        if "typ" in token.header and not stated.endswith(SUFFIX):
            yield broken("typ", "")
    for name in _TIMES:
        if name in found.claims and dates.numeric(found.claims[name]) is None:
            yield broken(name)
    confirmation = found.claims.get("cnf")
    if "cnf" in found.claims and not (isinstance(confirmation, dict) and confirmation):
        yield broken("cnf")


def credential_defects(found: sd_jwt.Processed) -> Iterator[Defect]:
    """Say what is wrong with it as an SD-JWT VC."""
    if string(found.claims.get("vct")) is None or not isinstance(found.claims["vct"], str):
        yield broken("vct")
    if "iss" in found.claims and not isinstance(found.claims["iss"], str):
        yield broken("iss")
    if "status" in found.claims and not isinstance(found.claims["status"], dict):
        # What cannot be read must not read as "cannot be revoked".
        yield broken("status")
    forbidden = {f"/{name}" for name in IN_CLEAR}
    for entry in found.disclosed:
        if entry.pointer in forbidden:
            yield broken(entry.pointer[1:])
