"""Base64url, base64 and base58: one spelling for each value, and limits."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base58, base64url


@given(st.binary(max_size=200))
def test_base64url_there_and_back(data: bytes) -> None:
    assert base64url.decode(base64url.encode(data)) == data


@pytest.mark.parametrize(
    "text",
    ["YQ==", "YR", "YQ=", "a", "YWI+", "YWI/", "YW I", "YWI\n", "ÿQ", "YWJj\u0660", "Y\u212a"],
)
def test_base64url_has_one_spelling(text: str) -> None:
    with pytest.raises(MalformedCredential):
        base64url.decode(text)


@given(st.text(max_size=40))
def test_whatever_decodes_is_the_spelling_of_its_bytes(text: str) -> None:
    try:
        data = base64url.decode(text)
    except MalformedCredential:
        return
    assert base64url.encode(data) == text


def test_plain_base64_needs_its_padding_and_no_stray_bits() -> None:
    assert base64url.decode_plain("YQ==") == b"a"
    for text in ("YQ", "YR==", "YQ=", "Y-_=", "YQ==\n", "=YQ="):
        with pytest.raises(MalformedCredential):
            base64url.decode_plain(text)


def test_base64_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base64url, "MAX_CHARACTERS", 8)
    assert base64url.decode("AAAAAAAA") == bytes(6)
    with pytest.raises(TooLarge):
        base64url.decode("AAAAAAAAAA")
    with pytest.raises(TooLarge):
        base64url.decode_plain(base64.b64encode(bytes(9)).decode())


@given(st.binary(max_size=80))
def test_base58_there_and_back(data: bytes) -> None:
    assert base58.decode(base58.encode(data)) == data


def test_base58_keeps_zeros_and_knows_its_alphabet() -> None:
    assert base58.encode(b"\0\0\x01") == "112"
    # The example of draft-msporny-base58, section 5.
    assert base58.encode(b"Hello World!") == "2NEpo7TZRRrLZSi2U"
    for text in ("0", "O", "I", "l", "2NEp o"):
        with pytest.raises(MalformedCredential):
            base58.decode(text)


def test_base58_has_a_limit() -> None:
    base58.decode("z" * base58.MAX_CHARACTERS)
    with pytest.raises(TooLarge):
        base58.decode("z" * (base58.MAX_CHARACTERS + 1))
