"""Canonical JSON (RFC 8785) in time that grows with the length alone.

The package `rfc8785` writes the numbers, which is the hard part; of a text with many characters to
escape it makes seconds, so texts, arrays and objects are written here.
"""

import json

from wallet.model.credential import Json
from wallet.proofs.contexts import NotJsonLd

_text = json.JSONEncoder(ensure_ascii=False).encode
"""Escapes what RFC 8785, section 3.2.2.2 says, in the same way."""


def canonical(value: Json) -> bytes:
    """Write a parsed JSON value canonically, as UTF-8.

    Raises:
        NotJsonLd: an integer that JavaScript would round, or half a surrogate pair: they have no
            canonical form.
    """
    parts: list[str] = []
    try:
        _write(value, parts)
        return "".join(parts).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise NotJsonLd(detail="RFC 8785") from error


def _write(value: object, parts: list[str]) -> None:
    if isinstance(value, str):
        parts.append(_text(value))
    elif isinstance(value, dict):
        parts.append("{")
        for index, name in enumerate(sorted(value, key=_order)):
            parts.append(("," if index else "") + _text(name) + ":")
            _write(value[name], parts)
        parts.append("}")
    elif isinstance(value, list):
        parts.append("[")
        for index, inner in enumerate(value):
            if index:
                parts.append(",")
            _write(inner, parts)
        parts.append("]")
    else:
        parts.append(_scalar(value))


def _scalar(value: object) -> str:
    import rfc8785  # noqa: PLC0415 -- few documents are signed as canonical JSON

    # Its errors are ValueErrors.
    return rfc8785.dumps(value).decode("ascii")  # type: ignore[arg-type]  # number, bool, None


def _order(name: str) -> bytes:
    """Names are ordered by UTF-16 code units (RFC 8785, section 3.2.3)."""
    return name.encode("utf-16-be")
