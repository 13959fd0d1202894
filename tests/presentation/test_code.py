"""A presentation as a code, read back as the bytes it was."""

import json
import os

import pytest

from tests.issuer import NOW, Form, specimen
from tests.presentation.test_build import CONTEXTS, KEY, _read
from wallet.carriers import qr
from wallet.errors import DoesNotFit
from wallet.intake import gather_bytes
from wallet.presentation.build import build
from wallet.presentation.code import code


def test_a_presentation_comes_back_from_its_picture() -> None:
    plain = _read(specimen(Form.CREDENTIAL))
    data = build([plain], CONTEXTS, KEY, audience="acme", nonce="1", expires=NOW, at=NOW)
    drawn = code(data)
    (item,) = gather_bytes("code.png", drawn.png).items
    assert item.credential.raw == data
    assert drawn.size < len(data)
    assert 1 <= drawn.version <= 40
    assert drawn.svg.startswith(b"<svg ")


def test_what_does_not_fit_says_by_how_much() -> None:
    data = json.dumps({"noise": os.urandom(4000).hex()}).encode()
    with pytest.raises(DoesNotFit) as caught:
        code(data)
    assert caught.value.facts["capacity"] == qr.CAPACITY
    assert int(caught.value.facts["size"]) > qr.CAPACITY
