"""Codes that we draw, read by two independent readers, from PNG and from rendered SVG."""

import io
import os
import re
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image

from tests import needs
from wallet.carriers import qr
from wallet.carriers.qr_drawing import QUIET_ZONE, Drawing, draw, from_svg, png, svg

SIZES = [10, 400, 1400, qr.CAPACITY - 5]


def _content(size: int) -> bytes:
    return os.urandom(size)


def _rendered(data: bytes, factor: int = 6) -> Image.Image:
    """Fill the path of an SVG of ours, by the few path commands that it uses."""
    root = ET.fromstring(data)  # noqa: S314 -- our own output
    space = "{http://www.w3.org/2000/svg}"
    side = int(root.attrib["viewBox"].split()[2])
    (path,) = root.findall(f"{space}path")
    image = Image.new("L", (side * factor, side * factor), 255)
    run = re.compile(r"M(\d+),(\d+)h(\d+)v1h-(\d+)z")
    assert run.sub("", path.attrib["d"]) == ""
    for x, y, length, back in run.findall(path.attrib["d"]):
        assert length == back
        left, top, right = int(x) * factor, int(y) * factor, (int(x) + int(length)) * factor
        image.paste(0, (left, top, right, top + factor))
    return image


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def _zbar(data: bytes, folder: Path) -> str:
    file = folder / "code.png"
    file.write_bytes(data)
    done = subprocess.run(
        [needs.program("zbarimg"), "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(file)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()


@pytest.mark.parametrize("size", SIZES)
def test_both_readers_read_png_and_svg(size: int, tmp_path: Path) -> None:
    text = qr.wrap(_content(size))
    drawing = draw(text)
    for data in (png(drawing), _png(_rendered(svg(drawing)))):
        assert qr.read(data) == (text.encode(),)
        assert _zbar(data, tmp_path) == text


def test_qt_renders_the_svg_alike() -> None:
    from PySide6.QtCore import QByteArray  # noqa: PLC0415 -- Qt as an SVG renderer, here alone
    from PySide6.QtGui import QImage, QPainter  # noqa: PLC0415 -- the same
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 -- the same

    drawing = draw(qr.wrap(b"rendered by somebody else"))
    image = QImage(drawing.side * 5, drawing.side * 5, QImage.Format.Format_RGBA8888)
    image.fill(0xFF808080)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg(drawing))).render(painter)
    painter.end()
    data = bytes(image.constBits())
    theirs = Image.frombytes("RGBA", (image.width(), image.height()), data).convert("L")
    assert theirs.tobytes() == _rendered(svg(drawing), 5).tobytes()


def test_a_module_is_a_square_of_whole_pixels_with_a_quiet_zone() -> None:
    drawing = draw(qr.wrap(b"crisp"))
    image = Image.open(io.BytesIO(png(drawing)))
    assert image.mode == "1"
    factor, rest = divmod(image.width, drawing.side)
    assert rest == 0
    assert image.size == (image.width, image.width)
    small = image.resize((drawing.side, drawing.side), Image.Resampling.NEAREST)
    again = small.resize(image.size, Image.Resampling.NEAREST)
    assert again.tobytes() == image.tobytes()
    assert factor >= 3
    for row in (*drawing.rows[:QUIET_ZONE], *drawing.rows[-QUIET_ZONE:]):
        assert not any(row)
    assert all(not any(row[:QUIET_ZONE] + row[-QUIET_ZONE:]) for row in drawing.rows)


def test_digits_cost_what_numeric_mode_costs() -> None:
    """A 1,000-byte content has about 2,412 digits: version 23 in numeric mode, 28 in bytes."""
    drawing: Drawing = draw(qr.wrap(_content(1000)))
    assert drawing.version <= 23
    assert drawing.side == 17 + 4 * drawing.version + 2 * QUIET_ZONE


@pytest.mark.parametrize("size", [10, 700, 2900])
def test_our_own_svg_is_read_back(size: int) -> None:
    drawing = draw(qr.wrap(os.urandom(size)))
    assert from_svg(svg(drawing)) == drawing


@pytest.mark.parametrize(
    "change",
    [
        (b"<path", b"<script/><path"),
        (b"M4,4h7", b"M4,400h7"),
        (b"M4,4h7", b"M900,4h7"),
        (b'viewBox="0 0 ', b'viewBox="0 0 9'),
        (b"</svg>", b"</svg>x"),
    ],
)
def test_any_other_drawing_is_none_of_ours(change: tuple[bytes, bytes]) -> None:
    ours = svg(draw(qr.wrap(b"x")))
    assert change[0] in ours
    assert from_svg(ours.replace(*change)) is None
