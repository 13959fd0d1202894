"""What the time stamps in a JAdES document are over, and whether they hold.

ETSI TS 119 182-1, clauses 5.2.6 (`adoTst`), 5.3.4 (`sigTst`), 5.3.6.2 (`arcTst`). The characters
count as they stand. Unsigned properties that are objects, not texts, are hashed in a canonical
form that signers choose: those in use are tried, and none of them is the only right one.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from wallet.errors import MalformedCredential
from wallet.proofs import base64url, jcs, strict_json, timestamps
from wallet.proofs.jades_parts import Jades, Signature
from wallet.proofs.timestamps import MAX_TOKEN_BYTES, UNKNOWN, Integrity, Kind, Over, TimeStamp

MAX_PROPERTY_BYTES = 8 * 1024 * 1024
"""One unsigned property; CRLs lie in some."""

_Token = tuple[Kind, Mapping[str, Any], Over]


def properties(signature: Signature) -> tuple[Mapping[str, Any] | None, ...]:
    """Decode the unsigned properties (`etsiU`) in order; None for one that is not read.

    Each is an object, or one in base64url: then it is hashed as it stands.
    """
    return tuple(_property(entry) for entry in signature.etsi_u)


def check(jades: Jades, signature: Signature) -> tuple[TimeStamp, ...]:
    """Check every time stamp of one signature, in the order in which they were made.

    At most `timestamps.MAX_TOKENS`; what a token says is in `timestamps.check`.
    """
    found = list(_stated(jades, signature))[: timestamps.MAX_TOKENS]
    return tuple(_check(*token) for token in found)


def _property(entry: object) -> Mapping[str, Any] | None:
    if isinstance(entry, dict):
        return entry
    if not isinstance(entry, str):
        return None
    try:
        limits = strict_json.Limits(size=MAX_PROPERTY_BYTES)
        return strict_json.parse_object(base64url.decode(entry), limits=limits)
    except MalformedCredential:
        return None


def _stated(jades: Jades, signature: Signature) -> Iterator[_Token]:
    """Every token with what it has to be over."""
    payload = jades.payload_text.encode("utf-8")
    for token in _tokens(signature.header.get(Kind.CONTENT)):
        yield Kind.CONTENT, token, UNKNOWN if jades.detached else Over((payload,))
    parts = (payload, signature.protected.encode("ascii"), signature.text.encode("ascii"))
    start = b".".join(parts) + b"."
    earlier: list[object] = []
    for entry, content in zip(signature.etsi_u, properties(signature), strict=True):
        stated = content or {}
        for token in _tokens(stated.get(Kind.SIGNATURE)):
            yield Kind.SIGNATURE, token, Over((parts[2],))
        archive = stated.get(Kind.ARCHIVE)
        if isinstance(archive, dict):
            over = UNKNOWN if jades.detached else _archived(start, earlier, archive)
            for token in _tokens(archive):
                yield Kind.ARCHIVE, token, over
        earlier.append(entry)


def _archived(start: bytes, earlier: list[object], archive: Mapping[str, Any]) -> Over:
    """What an archive time stamp is over: everything before it (clause 5.3.6.3)."""
    if archive.get("timeStamped", "all") != "all":
        # It is over the earlier archive time stamp and what came after that alone.
        return UNKNOWN
    if all(isinstance(entry, str) for entry in earlier):
        plain = not archive.keys() - {"tstTokens", "timeStamped"}
        return Over((start + "".join(map(str, earlier)).encode("utf-8"),), sure=plain)
    forms = []
    for write in _FORMS:
        try:
            forms.append(start + b"".join(_hashed(entry, write) for entry in earlier))
        except (MalformedCredential, ValueError):
            continue
    return Over(tuple(forms), sure=False)


def _hashed(entry: object, write: Callable[[Any], bytes]) -> bytes:
    return entry.encode("utf-8") if isinstance(entry, str) else write(entry)


def _plain(value: Any) -> bytes:
    """As ETSI's reference implementation writes it: as it stands, slashes escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("/", "\\/").encode("utf-8")


def _inner(value: Any) -> Any:
    """An unsigned property is an object with one member; some hash what that holds alone."""
    return next(iter(value.values()), None) if isinstance(value, dict) else value


_FORMS: tuple[Callable[[Any], bytes], ...] = (
    jcs.canonical,
    lambda value: jcs.canonical(_inner(value)),
    _plain,
    lambda value: _plain(_inner(value)),
)
"""RFC 8785, over the property or what it holds; and the same as it stands."""


def _tokens(container: object) -> Iterator[Mapping[str, Any]]:
    tokens = container.get("tstTokens") if isinstance(container, dict) else None
    for token in tokens if isinstance(tokens, list) else []:
        yield token if isinstance(token, dict) else {}


def _check(kind: Kind, token: Mapping[str, Any], over: Over) -> TimeStamp:
    if token.get("type", "urn:ietf:rfc:3161") not in {"urn:ietf:rfc:3161", "RFC3161"}:
        return TimeStamp(kind, Integrity.NOT_CHECKED)
    value = token.get("val")
    if not isinstance(value, str) or len(value) > 2 * MAX_TOKEN_BYTES:
        return TimeStamp(kind, Integrity.UNREADABLE)
    try:
        return timestamps.check(kind, base64url.decode_plain(value), over)
    except MalformedCredential:
        return TimeStamp(kind, Integrity.UNREADABLE)
