"""A presentation as a still QR code."""

from wallet.carriers import qr
from wallet.carriers.qr_drawing import draw, png, svg
from wallet.model.presentation import Code


def code(data: bytes) -> Code:
    """Draw the code that holds `data`, by resources/qr-format.md, as PNG and as SVG.

    Raises:
        DoesNotFit: with `size` and `capacity` in bytes after compression.
    """
    text = qr.wrap(data)
    drawing = draw(text)
    return Code(png(drawing), svg(drawing), drawing.version, qr.deflated_size(text))
