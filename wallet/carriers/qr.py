"""QR codes: read from any picture, and the text form in which a code holds a presentation.

`resources/qr-format.md` specifies the text form for others, with a test vector.
"""

import math
import warnings
import zlib
from typing import TYPE_CHECKING

from wallet import isolation
from wallet.carriers import picture
from wallet.errors import DoesNotFit, MalformedCredential, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

PREFIX = "MIKROFOLIO:1"
"""The name and the version of the format: alphanumeric in the sense of ISO/IEC 18004, 8.4.3."""
MAX_DIGITS = 7064
"""Digits in version 40-L after the prefix: (23648 - 4 - 13 - 66 - 4 - 14) bits at 10 for three."""
CAPACITY = int((MAX_DIGITS * math.log2(10) - 1) // 8)
"""Bytes of deflated content that the digits hold beside their leading byte."""
MAX_CONTENT = 1024 * 1024
"""Bytes after inflation."""
MAX_CODES = 64
"""In one picture."""
SECONDS = 30.0
MEMORY = 1024 * 1024 * 1024
"""Bytes for decoding a picture and enlarging it."""

_ENLARGED_SIDE = 2400
"""A picture with modules of one or two pixels is enlarged up to this side, in pixels."""
_MARGIN = 40
"""Pixels of white around a picture that was cut close to its code."""
_GROUP = 4000
"""Digits converted at once: Python refuses to convert more than 4300 (CVE-2020-10735)."""


# ---- the text form ------------------------------------------------------------------------------


def wrap(content: bytes) -> str:
    """Return the text of the code that holds `content`: the prefix, then decimal digits alone.

    Raises:
        DoesNotFit: with `size` and `capacity` in bytes after compression.
    """
    if len(content) > MAX_CONTENT:
        raise DoesNotFit(form="qr", why="size", size=len(content), capacity=CAPACITY)
    deflated = _deflate(content)
    if len(deflated) > CAPACITY:
        raise DoesNotFit(form="qr", why="size", size=len(deflated), capacity=CAPACITY)
    return PREFIX + _digits(int.from_bytes(b"\x01" + deflated, "big"))


def deflated_size(text: str) -> int:
    """Return how many bytes of compressed content a text made by `wrap` carries."""
    return len(_deflated(text))


def is_wrapped(payload: bytes) -> bool:
    """Tell whether this is a code's text of ours, whatever its version."""
    return payload.startswith(b"MIKROFOLIO:")


def unwrap(payload: bytes) -> bytes:
    """Return the content of a code's text, or `payload` itself where it has no prefix of ours.

    Raises:
        MalformedCredential: a later version, other characters than digits, a broken stream.
        TooLarge: more digits than a code holds, more content than `MAX_CONTENT`.
    """
    if not is_wrapped(payload):
        return payload
    try:
        text = payload.decode("ascii")
    except UnicodeDecodeError as error:
        raise MalformedCredential("QR text") from error
    if not text.startswith(PREFIX):
        raise MalformedCredential("QR version")
    return _inflate(_deflated(text))


def _deflated(text: str) -> bytes:
    digits = text[len(PREFIX) :]
    if len(digits) > MAX_DIGITS:
        raise TooLarge("QR digits", limit=MAX_DIGITS)
    # One number has one spelling: ASCII digits, no sign, no leading zero.
    if not (digits.isascii() and digits.isdigit()) or digits[0] == "0":
        raise MalformedCredential("QR digits")
    number = _number(digits)
    held = number.to_bytes((number.bit_length() + 7) // 8, "big")
    if held[:1] != b"\x01":
        raise MalformedCredential("QR leading byte")
    return held[1:]


def _deflate(content: bytes) -> bytes:
    """Compress raw (RFC 1951), with the strategy that does best."""
    best = None
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_FILTERED):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, strategy)
        packed = packer.compress(content) + packer.flush()
        if best is None or len(packed) < len(best):
            best = packed
    assert best is not None  # noqa: S101 -- the loop ran
    return best


def _inflate(deflated: bytes) -> bytes:
    unpacker = zlib.decompressobj(-15)
    try:
        content = unpacker.decompress(deflated, MAX_CONTENT)
        if unpacker.unconsumed_tail or (not unpacker.eof and unpacker.decompress(b"", 1)):
            raise TooLarge("QR content", limit=MAX_CONTENT)
    except zlib.error as error:
        raise MalformedCredential("QR content") from error
    if not unpacker.eof or unpacker.unused_data:
        raise MalformedCredential("QR content")
    return content


def _digits(number: int) -> str:
    groups = []
    base = 10**_GROUP
    while number >= base:
        number, rest = divmod(number, base)
        groups.append(str(rest).zfill(_GROUP))
    return str(number) + "".join(reversed(groups))


def _number(digits: str) -> int:
    head = len(digits) % _GROUP
    number = int(digits[:head] or "0")
    for start in range(head, len(digits), _GROUP):
        number = number * 10**_GROUP + int(digits[start : start + _GROUP])
    return number


# ---- reading ------------------------------------------------------------------------------------


def read(data: bytes) -> tuple[bytes, ...]:
    """Find all QR codes of a picture and return what they hold, from top to bottom, each once.

    Raises:
        TooLarge: the picture exceeds the limits of `carriers.picture`, or has too many codes.
        MalformedCredential: no picture, broken, or it took too long.
    """
    picture.check_size(data)
    return isolation.run(_read, data, seconds=SECONDS, memory=MEMORY)


def _read(data: bytes) -> tuple[bytes, ...]:
    """Try the picture as it is, then what helps with small, transparent or cut pictures."""
    image = picture.opened(data)
    for attempt in _attempts(image):
        codes = _codes(attempt)
        if codes:
            return codes
    return ()


def _attempts(image: "Image") -> "Iterator[Image]":
    from PIL import Image, ImageOps  # noqa: PLC0415 -- heavy, and needed in the worker alone

    for background in (255, 0) if image.has_transparency_data else (255,):
        grey = Image.new("L", image.size, background)
        if image.has_transparency_data:
            grey.paste(image.convert("L"), mask=image.convert("RGBA").getchannel("A"))
        else:
            grey = image.convert("L")
        yield grey
        # The quiet zone takes the colour of the corner: white, or black around an inverted code.
        corner = 255 if grey.getpixel((0, 0)) != 0 else 0
        bordered = ImageOps.expand(grey, _MARGIN, corner)
        yield bordered
        for factor in (2, 3, 4):
            if max(bordered.size) * factor <= _ENLARGED_SIDE:
                size = (bordered.width * factor, bordered.height * factor)
                yield bordered.resize(size, Image.Resampling.NEAREST)
                yield bordered.resize(size, Image.Resampling.BICUBIC)


def _codes(image: "Image") -> tuple[bytes, ...]:
    import zxingcpp  # noqa: PLC0415 -- native, and needed in the worker alone

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        formats = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
        found = zxingcpp.read_barcodes(image, formats=formats)
        if not found:
            found = zxingcpp.read_barcodes(
                image, formats=formats, binarizer=zxingcpp.Binarizer.GlobalHistogram
            )
    if len(found) > MAX_CODES:
        raise TooLarge("QR codes", limit=MAX_CODES)
    found.sort(key=lambda code: (code.position.top_left.y, code.position.top_left.x))
    return tuple(dict.fromkeys(bytes(code.bytes) for code in found if code.valid))
