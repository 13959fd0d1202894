"""When two names, identifiers or codes are the same: normalising, and likeness of titles.

Pure functions over text; nothing here knows programmes or credentials.
"""

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

TITLE_LIKENESS = 0.85
"""difflib's ratio from which two titles are alike (programme rules, "Selectors")."""
MAX_TITLE = 500
"""Characters of a title that are compared; difflib's time grows with the square."""
MIN_BARE_NUMBER = 8
"""Digits that a bare number needs to identify an organisation: shorter ones are numbered in many
registers at once."""

_ADDRESS = re.compile(r"^https?://(?:www\.)?([^/]+)(/.*)?$", re.IGNORECASE)
_ROR = re.compile(r"^(?:https?://)?(?:www\.)?ror\.org/(0[a-z0-9]{8})/?$", re.IGNORECASE)
# Letters that Unicode does not decompose into a base letter and an accent.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})


def organisation_token(identifier: str) -> str | None:
    """Bring an organisation's identifier to one spelling; None where it identifies nothing.

    ROR addresses lose their scheme, Erasmus codes their blanks ("D  BERLIN02"), other addresses
    scheme and closing slash. DIDs are compared letter by letter: in did:key the case matters.
    """
    text = identifier.strip()
    if text.startswith("did:"):
        return text
    if ror := _ROR.match(text):
        return f"ror:{ror[1].lower()}"
    if address := _ADDRESS.match(text):
        return f"//{address[1].lower()}{(address[2] or '').rstrip('/')}"
    bare = "".join(text.split()).casefold()
    if not bare or (bare.isdigit() and len(bare) < MIN_BARE_NUMBER):
        return None
    return bare


def name_token(name: str) -> str:
    """Bring a legal name to one spelling: composed letters, single blanks, no case."""
    return "name:" + " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def code_token(code: str) -> str:
    """Bring a course code to one spelling: letters and digits alone, no case."""
    return "".join(c for c in unicodedata.normalize("NFKC", code).casefold() if c.isalnum())


@lru_cache(maxsize=4096)
def fold_title(title: str) -> str:
    """Fold case, remove accents, and reduce all but letters and digits to single blanks."""
    lower = title[:MAX_TITLE].casefold().translate(_PLAIN)
    decomposed = unicodedata.normalize("NFKD", lower)
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


@lru_cache(maxsize=16384)
def likeness(first: str, second: str) -> float:
    """Return difflib's ratio of two titles after folding, 0.0 to 1.0.

    The ratio depends on the order of the two; the better one of both orders is taken, so that
    the answer does not.
    """
    left, right = fold_title(first), fold_title(second)
    if not left or not right:
        return 0.0
    there = SequenceMatcher(None, left, right, autojunk=False)
    if there.quick_ratio() < TITLE_LIKENESS:
        return 0.0
    return max(there.ratio(), SequenceMatcher(None, right, left, autojunk=False).ratio())


def alike(first: str, second: str) -> bool:
    """Whether two titles are alike enough to suggest that they name the same course."""
    return likeness(first, second) >= TITLE_LIKENESS
