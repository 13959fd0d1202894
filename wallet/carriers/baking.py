"""What a baked picture carries, the same for PNG and SVG: a credential under a keyword."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from wallet.errors import MalformedCredential, TooLarge

MAX_CONTENT = 8 * 1024 * 1024
"""Bytes of one baked credential, unpacked; genuine ones have some kilobytes."""


class Baking(StrEnum):
    """What kind of credential is baked in, by the keyword of its PNG chunk."""

    OPEN_BADGES = "openbadges"
    """An assertion of Open Badges 1.x or 2.0."""
    OPEN_BADGE_CREDENTIAL = "openbadgecredential"
    """A credential of Open Badges 3.0."""
    CLR_CREDENTIAL = "clrcredential"
    """A Comprehensive Learner Record 2.0."""


@dataclass(frozen=True, slots=True)
class Baked:
    """What was found in a picture: JSON, a token, or (of a hosted badge) an address."""

    kind: Baking
    content: bytes


def only_one_of_each(found: Sequence[Baked]) -> tuple[Baked, ...]:
    """Return what was found, each once.

    Raises:
        MalformedCredential: two different ones of a kind. No picture may have them (Open Badges
            2.0 baking, section 2.1), and two readers would show two badges.
    """
    each = tuple(dict.fromkeys(found))
    if len({baked.kind for baked in each}) != len(each):
        raise MalformedCredential("baked credential", detail="two of a kind")
    return each


def checked_content(content: bytes) -> str:
    """Return what is to be baked as text.

    Raises:
        MalformedCredential: empty, not UTF-8, or with a zero character, which PNG cannot hold.
        TooLarge: more than `MAX_CONTENT`.
    """
    if len(content) > MAX_CONTENT:
        raise TooLarge("baked credential", limit=MAX_CONTENT)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedCredential("UTF-8") from error
    if not text.strip() or "\0" in text:
        raise MalformedCredential("baked credential")
    return text
