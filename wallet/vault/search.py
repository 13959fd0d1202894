"""Words for the full-text index: folded the same way when stored and when looked for.

SQLite's tokenizer strips accents but keeps letters that have no decomposition (ł, ø, đ), so these
are folded here, for the index and for the question alike.
"""

import re
import unicodedata
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from wallet.model.credential import Credential

MAX_STATED = 1024 * 1024
"""Characters of one credential that are indexed."""
MAX_WORDS = 32
MAX_QUESTION = 1000

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i", "ð": "d"}
    | {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ŋ": "ng"}
)
_WORD = re.compile(r"[^\W_]+")
# Not what the credential says of the achievement, or said elsewhere already.
_LEFT_OUT = {"raw", "document", "parts", "status", "defects", "securing", "types"}


def fold(text: str) -> str:
    """Fold case, accents and undecomposable letters: "Żółkiewska" becomes "zolkiewska"."""
    plain = unicodedata.normalize("NFKD", text.casefold()).casefold()
    if plain.isascii():
        return plain
    marks = dict.fromkeys(ord(c) for c in set(plain) if unicodedata.combining(c))
    return plain.translate({**marks, **_LETTERS})


def stated(credential: Credential) -> str:
    """Return everything the credential states, folded, for the index: each word once."""
    found: list[str] = []
    _texts(credential, found)
    return fold(" ".join(dict.fromkeys(" ".join(found)[:MAX_STATED].split())))


def words(text: str) -> tuple[str, ...]:
    """Return what a person types as the words that are looked for, folded."""
    return tuple(_WORD.findall(fold(text[:MAX_QUESTION]))[:MAX_WORDS])


def folded_words(text: str) -> str:
    """Return a note or a tag as its words, a blank before each: where " beginning" is looked for.

    What lies beyond `MAX_STATED` characters is left out.
    """
    return "".join(f" {word}" for word in _WORD.findall(fold(text[:MAX_STATED])))


def question(text: str) -> str | None:
    """Turn what a person types into an FTS5 query: every word, as the beginning of a word.

    None when there is no word in it.
    """
    return " ".join(f'"{word}"*' for word in words(text)) or None


def _texts(value: object, found: list[str]) -> None:
    if value is None:
        return
    if isinstance(value, str):
        found.append(value)
    elif isinstance(value, tuple):
        for item in value:
            _texts(item, found)
    elif isinstance(value, datetime):
        found.append(value.date().isoformat())
    elif isinstance(value, int | Decimal):
        found.append(str(value))
    elif is_dataclass(value):
        for name in _names(type(value)):  # type: ignore[arg-type]  # takes its hash for ours
            _texts(getattr(value, name), found)


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind) if item.name not in _LEFT_OUT)
