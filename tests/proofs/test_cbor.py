"""CBOR: what is read, what is refused, and never anything but MalformedCredential."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.proofs.writing_cbor import encode, head
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import cbor
from wallet.proofs.cbor import Cbor, decode

_SCALAR: st.SearchStrategy[Cbor] = (
    st.integers(0, 2**32 - 1)
    | st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
_NAME = st.integers(0, 300) | st.text("abc", max_size=3)
_ITEM: st.SearchStrategy[Cbor] = (
    _SCALAR | st.lists(_SCALAR, max_size=30) | st.dictionaries(_NAME, _SCALAR, max_size=5)
)
_VALUE: st.SearchStrategy[Cbor] = st.lists(_ITEM, max_size=6)


@given(_VALUE)
def test_what_was_written_is_read(value: Cbor) -> None:
    assert decode(encode(value)) == value


@given(st.binary(max_size=40) | _VALUE.map(encode).map(lambda data: data[:-1]))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with suppress(MalformedCredential):
        decode(data)


def test_a_tag_for_an_array_of_bytes_is_looked_through() -> None:
    assert decode(b"\x81\xd8\x40\x43abc") == [b"abc"]


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (head(0, 23, 1), 23),
        (head(0, 255, 2), 255),
        (head(0, 65535, 4), 65535),
        (head(0, 2**32 - 1, 8), 2**32 - 1),
        (head(4, 1, 8) + head(2, 1, 4) + b"a", [b"a"]),
        (b"\x9f\x00\x9f\xff\xff", [0, []]),
        (b"\xbf\x00\x01\xff", {0: 1}),
        (b"\x5f\x41a\x42bc\xff", b"abc"),
        (b"\x7f\x62\xc5\xbc\x60\xff", "ż"),
    ],
)
def test_every_well_formed_way_of_writing_is_read(data: bytes, value: Cbor) -> None:
    """RFC 8949, sections 3.1 and 3.2: longer forms and lengths that are not stated."""
    assert decode(data) == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x00",
        b"\x20",
        b"\xf4",
        b"\xf6",
        b"\xf9\x3c\x00",
        b"\xd8\x40\x00",
        b"\xd8\x40\x63abc",
        b"\xd8\x41\x43abc",
        b"\xc1\x00",
        b"\x43ab",
        b"\x61\xff",
        b"\x82\x00",
        b"\x9f\x00",
        b"\xff",
        b"\x1f",
        b"\xbf\x00\xff",
        b"\x5f\x61a\xff",
        b"\x5f\x5f\x41a\xff\xff",
        b"\x7f\x61\xc5\x61\xbc\xff",
        b"\x1c",
        b"\xa2\x00\x00\x00\x01",
        b"\xa1\x80\x00",
        b"\x9b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x5b\xff\xff\xff\xff\xff\xff\xff\xff",
    ],
)
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        decode(data)


def test_limits_just_under_and_just_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cbor, "MAX_ITEMS", 10)
    decode(encode([0] * 9))
    with pytest.raises(TooLarge):
        decode(encode([0] * 10))
    decode(b"\x5f" + b"\x40" * 9 + b"\xff")
    with pytest.raises(TooLarge):
        decode(b"\x5f" + b"\x40" * 10 + b"\xff")
    decode(b"\x81" * cbor.MAX_DEPTH + b"\x00")
    with pytest.raises(TooLarge):
        decode(b"\x81" * (cbor.MAX_DEPTH + 1) + b"\x00")
    monkeypatch.setattr(cbor, "MAX_BYTES", 10)
    decode(encode(bytes(9)))
    with pytest.raises(TooLarge):
        decode(encode(bytes(10)))
