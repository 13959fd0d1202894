"""Ed25519 keys that anybody can sign for, and spellings of points that RFC 8032 does not know.

A point of small order makes the equation of a signature hold for messages that nobody signed; the
library verifies with such keys all the same. There are eight of them, with five y coordinates.
"""

PRIME = 2**255 - 19
SIZE = 32
_SIGN = 1 << 255

_ORDER_8 = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
SMALL_ORDER = frozenset({0, 1, PRIME - 1, _ORDER_8, PRIME - _ORDER_8})
"""The y coordinates: of order 4, 1, 2, and twice of order 8."""


def is_weak(encoded: bytes) -> bool:
    """Tell whether a public key of 32 bytes is no key to rely on.

    Its y is not below the prime (RFC 8032, section 5.1.3, step 1), or the point has small order.
    """
    y = int.from_bytes(encoded, "little") & ~_SIGN
    return y >= PRIME or y in SMALL_ORDER
