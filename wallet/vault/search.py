"""Words for the full-text index: folded the same way when stored and when looked for.

SQLite's tokenizer strips accents but keeps letters that have no decomposition (ł, ø, đ), so these
are folded here, for the index and for the question alike.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import datetime
from decimal import Decimal

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
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


def stated(credential: Credential) -> str:
    """Return everything the credential states, folded, for the index."""
    return fold(" ".join(_texts(credential))[:MAX_STATED])


def question(text: str) -> str | None:
    """Turn what a person types into an FTS5 query: every word, as the beginning of a word.

    None when there is no word in it.
    """
    words = _WORD.findall(fold(text[:MAX_QUESTION]))[:MAX_WORDS]
    return " ".join(f'"{word}"*' for word in words) or None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, datetime):
        yield value.date().isoformat()
    elif isinstance(value, int | Decimal):
        yield str(value)
    elif is_dataclass(value):
        for item in fields(value):
            if item.name not in _LEFT_OUT:
                yield from _texts(getattr(value, item.name))
