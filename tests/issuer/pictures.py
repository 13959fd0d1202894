"""Small pictures of the simulator's own: nobody's logo, drawn from a name."""

import hashlib
from functools import cache
from math import hypot

from tests.issuer.packing import png

SIZE = 96
_WHITE = (255, 255, 255)
_RING = 0.12


@cache
def emblem(name: str) -> bytes:
    """Draw a round emblem, 96 by 96 pixels, whose colours and rings follow from the name (PNG)."""
    digest = hashlib.sha256(name.encode()).digest()
    dark = (digest[0] // 3, digest[1] // 3, 60 + digest[2] // 3)
    light = (150 + digest[3] // 3, 150 + digest[4] // 3, 150 + digest[5] // 3)
    accent = (200, 90 + digest[6] // 3, 20 + digest[7] // 4)
    rows = [bytes(_pixel(x, y, digest) for x in range(SIZE)) for y in range(SIZE)]
    return png(rows, [_WHITE, dark, light, accent])


def _pixel(x: int, y: int, digest: bytes) -> int:
    """Choose one of the four colours: white, dark, light, accent."""
    right, down = (2 * x + 1) / SIZE - 1, (2 * y + 1) / SIZE - 1
    distance = hypot(right, down)
    if distance > 0.98:
        return 0
    if distance > 0.98 - _RING:
        return 1
    # A hill, a sun and stripes, placed by the name.
    sun = hypot(right - digest[8] / 512, down + 0.35)
    if sun < 0.2:
        return 3
    if down > 0.1 + right * (digest[9] / 255 - 0.5):
        return 1 if int((down + 1) * (6 + digest[10] % 4)) % 2 else 2
    return 2 if distance > 0.6 else 0
