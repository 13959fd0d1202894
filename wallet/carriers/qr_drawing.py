"""A QR code as a picture: whole pixels in PNG, one path in SVG, black on white."""

import io
import re
from dataclasses import dataclass

from wallet.carriers.qr import PREFIX

QUIET_ZONE = 4
"""Modules of white on every side, as ISO/IEC 18004, 6.3.8 asks for."""
PNG_SIDE = 1000
"""Pixels that a PNG has at most; a module has as many whole pixels as fit in there."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The modules of a code row by row, True is dark, with the quiet zone around them."""

    version: int
    rows: tuple[tuple[bool, ...], ...]

    @property
    def side(self) -> int:
        """Modules on a side, with the quiet zone."""
        return len(self.rows)


def draw(text: str) -> Drawing:
    """Lay out a text made by `carriers.qr.wrap`: the prefix alphanumeric, the digits numeric.

    The smallest version that holds it, error correction level L. What `wrap` returns always fits.
    """
    from qrcode.constants import ERROR_CORRECT_L  # noqa: PLC0415 -- first needed here
    from qrcode.main import QRCode  # noqa: PLC0415 -- the same
    from qrcode.util import MODE_ALPHA_NUM, MODE_NUMBER, QRData  # noqa: PLC0415 -- the same

    code = QRCode(error_correction=ERROR_CORRECT_L, border=QUIET_ZONE)
    code.add_data(QRData(PREFIX.encode(), mode=MODE_ALPHA_NUM))
    code.add_data(QRData(text.removeprefix(PREFIX).encode(), mode=MODE_NUMBER))
    code.make(fit=True)
    rows = tuple(tuple(bool(dark) for dark in row) for row in code.get_matrix())
    return Drawing(code.version, rows)


def png(drawing: Drawing) -> bytes:
    """Return a black and white PNG in which every module is a square of whole pixels."""
    from PIL import Image  # noqa: PLC0415 -- heavy, first needed here

    side = drawing.side
    image = Image.new("1", (side, side), 1)
    image.putdata([0 if dark else 1 for row in drawing.rows for dark in row])
    factor = max(3, PNG_SIDE // side)
    large = image.resize((side * factor, side * factor), Image.Resampling.NEAREST)
    file = io.BytesIO()
    large.save(file, "PNG", optimize=True)
    return file.getvalue()


def svg(drawing: Drawing) -> bytes:
    """Return an SVG whose unit is one module: a white ground, and all dark modules as one path."""
    side = drawing.side
    path = "".join(
        f"M{start},{y}h{length}v1h-{length}z"
        for y, row in enumerate(drawing.rows)
        for start, length in _runs(row)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" '
        f'width="{side * 4}" height="{side * 4}" shape-rendering="crispEdges">'
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{path}" fill="#000"/></svg>\n'
    ).encode()


_DRAWING = re.compile(
    rb'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (\d{1,3}) \1" [^<>]{0,200}>'
    rb'<rect [^<>]{0,100}/><path d="((?:M\d{1,3},\d{1,3}h\d{1,3}v1h-\d{1,3}z)*)" fill="#000"/>'
    rb"</svg>\s{0,4}"
)
_RUN = re.compile(rb"M(\d+),(\d+)h(\d+)")
_SMALLEST, _LARGEST = 21, 177
"""Modules on a side of versions 1 and 40 (ISO/IEC 18004, section 6.1)."""


def from_svg(data: bytes) -> Drawing | None:
    """Read a drawing that `svg` wrote; None for any other. It is compared, never interpreted."""
    match = _DRAWING.fullmatch(data)
    side = int(match.group(1)) if match else 0
    modules = side - 2 * QUIET_ZONE
    if match is None or not _SMALLEST <= modules <= _LARGEST or (modules - _SMALLEST) % 4:
        return None
    rows = [[False] * side for _ in range(side)]
    for found in _RUN.finditer(match.group(2)):
        x, y, length = (int(number) for number in found.groups())
        if y >= side or x + length > side:
            return None
        rows[y][x : x + length] = [True] * length
    return Drawing((modules - _SMALLEST) // 4 + 1, tuple(tuple(row) for row in rows))


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Return (start, length) of each unbroken run of dark modules."""
    runs: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if runs and sum(runs[-1]) == x:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((x, 1))
    return runs
