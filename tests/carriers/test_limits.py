"""What a picture can ask for: just under a limit it is decoded, just over it is refused."""

import io

import pytest
from PIL import Image

from wallet.carriers import picture, qr
from wallet.carriers.qr_drawing import draw, png
from wallet.errors import TooLarge


def flat(width: int, height: int) -> bytes:
    """A picture of one colour: many pixels in few bytes."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("turned", [False, True])
def test_a_side(turned: bool) -> None:
    for side in (picture.MAX_SIDE, picture.MAX_SIDE + 1):
        data = flat(1, side) if turned else flat(side, 1)
        if side == picture.MAX_SIDE:
            decoded = picture.decode(data)
            assert decoded.width * decoded.height <= picture.MAX_PIXELS
        else:
            with pytest.raises(TooLarge):
                picture.decode(data)


def test_pixels() -> None:
    width = 8000
    height = picture.MAX_SOURCE_PIXELS // width
    decoded = picture.decode(flat(width, height))
    assert decoded.width * decoded.height <= picture.MAX_PIXELS
    with pytest.raises(TooLarge):
        picture.decode(flat(width, height + 1))


@pytest.mark.parametrize("more", [0, 1])
def test_codes_in_one_picture(more: int) -> None:
    count = qr.MAX_CODES + more
    side, columns = 120, 10
    sheet = Image.new("L", (side * columns, side * (count // columns + 1)), 255)
    for n in range(count):
        code = Image.open(io.BytesIO(png(draw(qr.wrap(b"%d" % n))))).resize((side, side))
        sheet.paste(code, (side * (n % columns), side * (n // columns)))
    file = io.BytesIO()
    sheet.save(file, "PNG")
    if more:
        with pytest.raises(TooLarge):
            qr.read(file.getvalue())
    else:
        assert len(qr.read(file.getvalue())) == qr.MAX_CODES
