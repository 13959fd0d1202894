"""Base58 in Bitcoin's alphabet, as multibase `z` means it, for keys and signatures only.

The conversion is quadratic in the length, so the length is limited: the longest value that anyone
writes in it here is the multikey of an RSA key.
"""

from wallet.errors import MalformedCredential, TooLarge

MAX_CHARACTERS = 2048

_ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}


def encode(data: bytes) -> str:
    """Encode bytes; leading zero bytes become leading `1`."""
    number = int.from_bytes(data, "big")
    digits = ""
    while number:
        number, digit = divmod(number, 58)
        digits = _ALPHABET[digit] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def decode(text: str) -> bytes:
    """Decode a base58 text.

    Raises:
        MalformedCredential: a character outside the alphabet.
        TooLarge: more than `MAX_CHARACTERS`.
    """
    if len(text) > MAX_CHARACTERS:
        raise TooLarge("base58", limit=MAX_CHARACTERS)
    number = 0
    for character in text:
        value = _VALUES.get(character)
        if value is None:
            raise MalformedCredential("base58")
        number = number * 58 + value
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")
