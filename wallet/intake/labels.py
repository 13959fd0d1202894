"""Names from outside, made fit to be shown: never used as a path, never able to deface a line."""

import unicodedata

from wallet.intake.limits import MAX_LABEL

_BIDIRECTIONAL = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_VISIBLE = "\ufffd"


def label(name: str) -> str:
    """Return a name composed (NFC), on one line, at most `MAX_LABEL` characters long.

    Control characters, those that turn the direction of writing, and halves of characters become
    visible as U+FFFD. The end of a long name is kept, because it has the extension.
    """
    spaced = " ".join(name.split())
    shown = "".join(_VISIBLE if _hidden(character) else character for character in spaced)
    composed = unicodedata.normalize("NFC", shown)
    if len(composed) <= MAX_LABEL:
        return composed
    half = MAX_LABEL // 2
    return composed[: half - 1] + "…" + composed[-half:]


def _hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in _BIDIRECTIONAL
