"""The recovery sheet: 128 random bits as seven groups of five characters, made to be typed again.

A group is four characters of content and one check character. The check counts the group's place
too, so one wrong or two exchanged characters in a group, and two exchanged groups, are always
found, and the group is named. Seven groups hold 140 bits: the last twelve check the whole.
"""

import hashlib
import re
import secrets

from wallet.errors import WrongSheet

SECRET_BYTES = 16
GROUPS, CONTENT = 7, 4
"""Groups, and characters of content in each; a check character follows them."""
GROUP = CONTENT + 1
WHOLE_BITS = GROUPS * CONTENT * 5 - SECRET_BYTES * 8
MAX_CHARACTERS = 1000
"""What is longer was not typed from a sheet."""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are told apart on paper: no I, L, O, U."""
_MEANT = str.maketrans("ILO", "110")
_FIELD = 0b100101
"""x^5 + x^2 + 1: the 32 characters are a field, so no weight of a check can vanish."""


def new_secret() -> bytes:
    """Return what a new sheet holds."""
    return secrets.token_bytes(SECRET_BYTES)


def write(secret: bytes) -> str:
    """Write a secret as it is printed: `XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX`."""
    number = int.from_bytes(secret) << WHOLE_BITS | _whole(secret)
    size = CONTENT * 5
    groups = (number >> size * (GROUPS - 1 - place) & (1 << size) - 1 for place in range(GROUPS))
    return "-".join(_group(place, content) for place, content in enumerate(groups))


def read(text: str) -> bytes:
    """Read what somebody typed: any case, O for 0, I or L for 1, any or no separators.

    Raises `WrongSheet` with `why`: `length` (not seven groups of five), `group` (`groups` names
    the wrong ones, counted from 1) or `whole` (the groups are right and do not belong together).
    """
    numbers = [_number(place, group) for place, group in enumerate(_groups(text))]
    wrong = [str(place) for place, number in enumerate(numbers, 1) if number is None]
    if wrong:
        raise WrongSheet(why="group", groups=", ".join(wrong))
    whole = 0
    for number in numbers:
        whole = whole << CONTENT * 5 | (number or 0)
    secret = (whole >> WHOLE_BITS).to_bytes(SECRET_BYTES)
    if _whole(secret) != whole & (1 << WHOLE_BITS) - 1:
        raise WrongSheet(why="whole")
    return secret


def _groups(text: str) -> list[str]:
    """Split by what separates, if that gives seven groups, else into groups of five."""
    if len(text) > MAX_CHARACTERS:
        raise WrongSheet(why="length")
    groups = [group.translate(_MEANT) for group in re.split(r"[\W_]+", text.upper()) if group]
    if len(groups) == GROUPS:
        return groups
    joined = "".join(groups)
    if len(joined) != GROUPS * GROUP:
        raise WrongSheet(why="length")
    return [joined[start : start + GROUP] for start in range(0, len(joined), GROUP)]


def _group(place: int, content: int) -> str:
    values = [content >> 5 * (CONTENT - 1 - index) & 31 for index in range(CONTENT)]
    return "".join(ALPHABET[value] for value in (*values, _check(place, values)))


def _number(place: int, group: str) -> int | None:
    """Return a group's 20 bits, None when it is not what was printed."""
    values = [ALPHABET.find(character) for character in group]
    if len(values) != GROUP or -1 in values or _check(place, values[:-1]) != values[-1]:
        return None
    number = 0
    for value in values[:-1]:
        number = number << 5 | value
    return number


def _check(place: int, values: list[int]) -> int:
    """The sum of a group's values, each with another weight, and of the group's place."""
    check = 0
    for value in (place + 1, *values):
        check = _twice(check) ^ _twice(value)
    return check


def _twice(value: int) -> int:
    doubled = value << 1
    return doubled ^ _FIELD if doubled & 32 else doubled


def _whole(secret: bytes) -> int:
    digest = hashlib.sha256(b"mikrofolio recovery sheet" + secret).digest()
    return int.from_bytes(digest[:4]) >> 32 - WHOLE_BITS
