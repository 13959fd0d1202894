"""Foreign pictures: decoded by content, bounded, and refused without harm."""

import io
import struct
import zlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from wallet.carriers import picture
from wallet.carriers.picture import PictureKind, Rgba
from wallet.errors import MalformedCredential, TooLarge


def _file(kind: str, size: tuple[int, int] = (4, 3), **options: Any) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, (255, 0, 0)).save(file, kind, **options)
    return file.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    def chunk(name: bytes, content: bytes) -> bytes:
        check = zlib.crc32(name + content)
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("kind", list(PictureKind))
def test_every_kind_is_recognised_by_content_and_decoded(kind: PictureKind) -> None:
    data = _file(kind, lossless=kind is PictureKind.WEBP)
    assert picture.kind(data) is kind
    decoded = picture.decode(data)
    assert (decoded.width, decoded.height) == (4, 3)
    assert len(decoded.pixels) == 4 * 3 * 4
    red, green, blue, alpha = decoded.pixels[:4]
    assert red > 240
    assert max(green, blue) < 20
    assert alpha == 255


def test_the_first_frame_of_an_animation_and_its_transparency_are_kept() -> None:
    frames = [Image.new("RGBA", (2, 2), colour) for colour in ((0, 0, 255, 0), (255, 0, 0, 255))]
    file = io.BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    assert picture.decode(file.getvalue()).pixels == bytes((0, 0, 255, 0)) * 4


def test_a_photograph_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    decoded = picture.decode(_file("JPEG", (8, 16), exif=exif))
    assert (decoded.width, decoded.height) == (16, 8)


def test_more_pixels_than_asked_for_are_made_fewer_in_proportion() -> None:
    decoded = picture.decode(_file("PNG", (400, 100)), max_pixels=10_000)
    assert (decoded.width, decoded.height) == (200, 50)


@pytest.mark.parametrize(
    ("width", "height"), [(40_000, 1), (10_000, 10_000), (20_000, 20_000), (2**31 - 1, 2**31 - 1)]
)
def test_a_picture_that_claims_to_be_huge_is_too_large(width: int, height: int) -> None:
    with pytest.raises(TooLarge):
        picture.decode(_png_that_claims(width, height))


def test_a_long_file_is_too_large() -> None:
    with pytest.raises(TooLarge):
        picture.decode(_file("PNG") + bytes(picture.MAX_BYTES))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg/>",
        b"BM" + bytes(60),
        _file("PNG")[:40],
        _png_that_claims(0, 0),
        b"\xff\xd8\xff" + bytes(50),
        b"GIF89a" + bytes(7),
        b"RIFF\0\0\0\0WEBPVP8 ",
    ],
)
def test_what_is_no_whole_picture_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        picture.decode(data)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from(list(PictureKind)),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
)
def test_mutated_pictures_give_pixels_or_malformed(
    kind: PictureKind, changes: list[tuple[int, int]]
) -> None:
    data = bytearray(_file(kind, (16, 16)))
    for place, value in changes:
        data[place % len(data)] = value
    try:
        decoded = picture.decode(bytes(data))
    except MalformedCredential:
        return
    assert isinstance(decoded, Rgba)
    assert len(decoded.pixels) == decoded.width * decoded.height * 4
    assert decoded.width * decoded.height <= picture.MAX_PIXELS
