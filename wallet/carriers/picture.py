"""Foreign pictures into bounded RGBA: by content, first frame, in the isolated process."""

import io
import warnings
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from wallet import isolation
from wallet.errors import MalformedCredential, TooLarge

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 32 * 1024 * 1024
"""Of the file: as much as one file of any kind may have."""
MAX_SOURCE_PIXELS = 64_000_000
"""Of the picture as stored: what large telephones take; four bytes of memory each."""
MAX_SIDE = 32_768
"""Of either side, in pixels."""
MAX_PIXELS = 4_000_000
"""Of the result unless the caller says otherwise: a page of a large screen."""
SECONDS = 20.0
MEMORY = 1024 * 1024 * 1024
"""Bytes for one picture: the pixels, a copy while they are turned, and the decoder's own."""


class PictureKind(StrEnum):
    """The kinds that are decoded, by Pillow's names."""

    PNG = "PNG"
    JPEG = "JPEG"
    WEBP = "WEBP"
    GIF = "GIF"


@dataclass(frozen=True, slots=True)
class Rgba:
    """Pixels row by row from the top, four bytes each (red, green, blue, straight alpha)."""

    width: int
    height: int
    pixels: bytes


def kind(data: bytes) -> PictureKind | None:
    """Tell the kind of a picture by its first bytes, or None."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PictureKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return PictureKind.JPEG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return PictureKind.GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return PictureKind.WEBP
    return None


def is_picture(data: bytes) -> bool:
    """Tell by the first bytes whether this is a picture of a kind that is decoded."""
    return kind(data) is not None


def decode(data: bytes, max_pixels: int = MAX_PIXELS) -> Rgba:
    """Decode a picture, upright, made smaller where it has more than `max_pixels`.

    Raises:
        TooLarge: more bytes, pixels or length of side than the limits above.
        MalformedCredential: not a picture, broken, or it took too long.
    """
    check_size(data)
    return isolation.run(_decode, data, max_pixels, seconds=SECONDS, memory=MEMORY)


def check_size(data: bytes) -> None:
    """Refuse what is no picture or too long, before it is copied anywhere.

    Raises:
        TooLarge: more than `MAX_BYTES`.
        MalformedCredential: no picture of a known kind.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge("picture", limit=MAX_BYTES)
    if not is_picture(data):
        raise MalformedCredential("picture")


def _decode(data: bytes, max_pixels: int) -> Rgba:
    image = opened(data).convert("RGBA")
    pixels = image.width * image.height
    if pixels > max_pixels:
        factor = (max_pixels / pixels) ** 0.5
        image = image.resize(
            (max(1, int(image.width * factor)), max(1, int(image.height * factor)))
        )
    return Rgba(image.width, image.height, image.tobytes())


def opened(data: bytes) -> "Image":
    """Decode the first frame with Pillow: call it inside the isolated process only.

    Raises:
        TooLarge: more pixels or length of side than the limits above.
        MalformedCredential: whatever else the decoder stumbles over.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy, and needed in the worker alone

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=tuple(PictureKind))
            _check_pixels(image.width, image.height)
            image.seek(0)
            return ImageOps.exif_transpose(image)
        except (MalformedCredential, MemoryError):
            raise
        except Image.DecompressionBombError as error:
            raise TooLarge("pixels", limit=MAX_SOURCE_PIXELS) from error
        except Exception as error:  # a decoder's exceptions on hostile bytes are of every type
            raise MalformedCredential("picture") from error


def _check_pixels(width: int, height: int) -> None:
    if max(width, height) > MAX_SIDE:
        raise TooLarge("picture side", limit=MAX_SIDE)
    if width * height > MAX_SOURCE_PIXELS:
        raise TooLarge("pixels", limit=MAX_SOURCE_PIXELS)
