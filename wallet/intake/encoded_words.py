"""Header texts and parameters as mail programs really write them, decoded without raising.

RFC 2047 encoded words, also inside quoted parameters (wrong and common); RFC 2231 parameters with
continuations and charsets; plain UTF-8 or a Central European code page (wrong and common).
"""

import binascii
import codecs
import quopri
import re
from email.message import Message
from typing import Any

from wallet.intake.labels import label
from wallet.intake.limits import MAX_HEADER

_CHARSETS = re.compile(r"utf[-_]?(8|16|32)|ascii|latin|iso8859|cp\d|koi8|mac|gb|big5|euc|shift_jis")
"""Python's names of real character sets; its codecs also hold compressors and slow tricks."""
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_FOLD = re.compile(r"\r?\n[ \t]*|\r[ \t]*")


def decoded(data: bytes, charset: str | None = None) -> str:
    """Decode text: UTF-8 where it is that, else the stated charset, else Windows-1250.

    UTF-8 comes first because a wrong statement is more frequent than text in another charset that
    happens to be valid UTF-8.
    """
    for name in ("utf-8", charset or "", "cp1250"):
        try:
            if name and _CHARSETS.match(codecs.lookup(name).name):
                return data.decode(name)
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1")


def header(part: "Message[str, str]", name: str) -> str:
    """Return a header unfolded, with raw 8-bit text decoded and encoded words as they are.

    Only the first of that name, and of it `MAX_HEADER` characters; "" where there is none.
    """
    for present, value in part.raw_items():
        if present.lower() == name:
            raw = str(value)[:MAX_HEADER].encode("ascii", "surrogateescape")
            return _FOLD.sub(" ", decoded(raw)).strip()
    return ""


def words(text: str) -> str:
    """Decode the encoded words of RFC 2047 in `text`; what cannot be decoded stays.

    Neighbouring words of one charset are joined as bytes: some programs cut characters in two.
    """
    joined = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    pending: list[tuple[str, bytes]] = []
    end = 0
    for word in _WORD.finditer(joined):
        content = _word_bytes(word[2], word[3])
        if content is None:
            continue
        if word.start() > end:
            pieces += [*_texts(pending), joined[end : word.start()]]
            pending = []
        pending.append((word[1].partition("*")[0].lower(), content))
        end = word.end()
    return "".join([*pieces, *_texts(pending), joined[end:]])


def _texts(pending: list[tuple[str, bytes]]) -> list[str]:
    texts: list[tuple[str, bytes]] = []
    for charset, content in pending:
        if texts and texts[-1][0] == charset:
            texts[-1] = (charset, texts[-1][1] + content)
        else:
            texts.append((charset, content))
    return [decoded(content, charset) for charset, content in texts]


def _word_bytes(encoding: str, text: str) -> bytes | None:
    try:
        raw = text.encode("ascii")
        if encoding in "bB":
            return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
        return quopri.decodestring(raw, header=True)
    except (ValueError, binascii.Error):
        return None


def parameter(value: str, name: str) -> str:
    """Return a parameter of a structured header, by RFC 2231 with continuations, or ""."""
    holder: Message[str, str] = Message()
    holder["Content-Type"] = value if "/" in value.partition(";")[0] else f"x/{value}"
    try:
        values: list[Any] = [found for key, found in holder.get_params([]) if key.lower() == name]
    except Exception:  # the standard parser's slips on hostile headers are of every type
        return ""
    # A plain value beside an extended one is the fallback for old programs (RFC 6266, 4.3).
    for found in values:
        if isinstance(found, tuple):
            charset, _, text = found
            return decoded(text.encode("latin-1", "replace"), charset or None)
    return words(str(values[0])) if values else ""


def file_name(part: "Message[str, str]") -> str:
    """Return the name that a part has in either header, fit to be shown, or ""."""
    for holder, name in (("content-disposition", "filename"), ("content-type", "name")):
        found = label(parameter(header(part, holder), name))
        if found:
            return found
    return ""
