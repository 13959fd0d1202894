"""The text form of a code, and reading codes from pictures as people have them."""

import io
import json
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter

from wallet.carriers import qr
from wallet.carriers.qr_drawing import draw, png
from wallet.errors import DoesNotFit, MalformedCredential, TooLarge

DOCUMENT = json.dumps({"type": ["VerifiablePresentation"], "holder": "did:key:z6Mk" + "a" * 44})
VECTOR_CONTENT = b'{"type":"VerifiablePresentation"}'
FORMAT_PAGE = Path(__file__).resolve().parents[2] / "resources" / "qr-format.md"


def _picture(content: bytes = DOCUMENT.encode()) -> Image.Image:
    return Image.open(io.BytesIO(png(draw(qr.wrap(content))))).convert("L")


def _saved(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def _read(image: Image.Image, kind: str = "PNG") -> list[bytes]:
    return [qr.unwrap(text) for text in qr.read(_saved(image, kind))]


@given(st.binary(max_size=1500))
def test_content_survives_whatever_its_zeros(content: bytes) -> None:
    text = qr.wrap(content)
    assert text.removeprefix("MIKROFOLIO:1").isdigit()
    assert qr.unwrap(text.encode()) == content


def test_the_page_for_others_has_a_vector_that_holds() -> None:
    page = FORMAT_PAGE.read_text()
    vector = next(line for line in page.splitlines() if line.startswith("MIKROFOLIO:1"))
    assert qr.unwrap(vector.encode()) == VECTOR_CONTENT
    assert VECTOR_CONTENT.decode() in page


def test_the_capacity_is_used_to_the_last_byte() -> None:
    fits = os.urandom(qr.CAPACITY - 5)  # stored, not compressed: five bytes of block header
    text = qr.wrap(fits)
    assert qr.deflated_size(text) == qr.CAPACITY
    assert draw(text).version == 40
    with pytest.raises(DoesNotFit) as caught:
        qr.wrap(fits + b"\0")
    assert caught.value.facts["size"] == qr.CAPACITY + 1
    assert caught.value.facts["capacity"] == qr.CAPACITY


def test_other_texts_are_what_they_are() -> None:
    assert qr.unwrap(b"eyJhbGciOiJFZERTQSJ9.e30.AA") == b"eyJhbGciOiJFZERTQSJ9.e30.AA"


def _text(deflated: bytes, lead: bytes = b"\x01") -> bytes:
    return b"MIKROFOLIO:1" + str(int.from_bytes(lead + deflated, "big")).encode()


def _raw(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


@pytest.mark.parametrize(
    "payload",
    [
        b"MIKROFOLIO:",
        b"MIKROFOLIO:1",
        b"MIKROFOLIO:21234",
        b"MIKROFOLIO:1-5",
        b"MIKROFOLIO:1 5",
        "MIKROFOLIO:1٣٣".encode(),
        b"MIKROFOLIO:1\xff",
        b"MIKROFOLIO:10" + _text(_raw(b"x"))[len(qr.PREFIX) :],
        _text(_raw(b"x"), b"\x02"),
        _text(_raw(b"x") + b"y"),
        _text(_raw(b"x" * 99)[:-2]),
        _text(zlib.compress(b"x")),
        _text(b""),
    ],
)
def test_a_broken_text_is_malformed(payload: bytes) -> None:
    with pytest.raises(MalformedCredential):
        qr.unwrap(payload)


def test_neither_digits_nor_content_grow_without_limit() -> None:
    with pytest.raises(TooLarge):
        qr.unwrap(b"MIKROFOLIO:1" + b"9" * (qr.MAX_DIGITS + 1))
    with pytest.raises(TooLarge):
        qr.unwrap(_text(_raw(bytes(qr.MAX_CONTENT + 1))))
    assert len(qr.unwrap(_text(_raw(bytes(qr.MAX_CONTENT))))) == qr.MAX_CONTENT


@settings(max_examples=200)
@given(st.text(alphabet="0123456789", max_size=300))
def test_any_digits_give_bytes_or_malformed(digits: str) -> None:
    try:
        qr.unwrap(qr.PREFIX.encode() + digits.encode())
    except MalformedCredential:
        return


# ---- pictures -----------------------------------------------------------------------------------


def test_a_code_is_read_from_every_kind_of_picture() -> None:
    for kind in ("PNG", "JPEG", "WEBP", "GIF"):
        assert _read(_picture(), kind) == [DOCUMENT.encode()], kind


def _one_pixel_a_module() -> Image.Image:
    drawing = draw(qr.wrap(DOCUMENT.encode()))
    image = Image.new("L", (drawing.side, drawing.side))
    image.putdata([0 if dark else 255 for row in drawing.rows for dark in row])
    return image


def _cut() -> Image.Image:
    image = _picture()
    drawing = draw(qr.wrap(DOCUMENT.encode()))
    zone = 4 * image.width // drawing.side
    return image.crop((zone, zone, image.width - zone, image.height - zone))


def _transparent(colour: int, back: int) -> Image.Image:
    dark = _picture().point(lambda value: 255 - value)
    image = Image.new("LA", dark.size, (back, 0))
    image.paste((colour, 255), mask=dark)
    return image


def _in_a_screenshot() -> Image.Image:
    screen = Image.new("L", (1920, 1080), 40)
    screen.paste(_picture().resize((500, 500)), (900, 300))
    return screen


@pytest.mark.parametrize(
    "image",
    [
        pytest.param(lambda: _picture().resize((333, 333)), id="scaled by a fraction"),
        pytest.param(lambda: _picture().rotate(90), id="turned"),
        pytest.param(lambda: _picture().rotate(17, expand=True, fillcolor=255), id="askew"),
        pytest.param(lambda: _picture().point(lambda value: 255 - value), id="inverted"),
        pytest.param(lambda: _picture().filter(ImageFilter.GaussianBlur(3)), id="blurred"),
        pytest.param(_one_pixel_a_module, id="one pixel a module"),
        pytest.param(_cut, id="no quiet zone"),
        pytest.param(lambda: _transparent(0, 0), id="black on nothing"),
        pytest.param(lambda: _transparent(255, 0), id="white on nothing"),
        pytest.param(_in_a_screenshot, id="screenshot"),
    ],
)
def test_a_code_is_read_as_people_have_it(image: "object") -> None:
    assert callable(image)
    assert _read(image()) == [DOCUMENT.encode()]


def test_all_codes_of_a_picture_are_read_in_order() -> None:
    contents = [b"one" * 9, b"two" * 9, b"three" * 9]
    sheet = Image.new("L", (600, 1800), 255)
    for place, content in enumerate(contents):
        sheet.paste(_picture(content).resize((500, 500)), (50, 50 + 600 * place))
    assert _read(sheet) == contents


def test_a_picture_without_a_code_gives_nothing() -> None:
    assert qr.read(_saved(Image.effect_noise((300, 200), 80))) == ()


def test_no_picture_is_malformed() -> None:
    with pytest.raises(MalformedCredential):
        qr.read(b"%PDF-1.7")
