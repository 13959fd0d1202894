"""COSE_Sign1 in the words of JOSE: what is taken, what is refused, and whose bytes are signed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuer.cose import cbor, sign1
from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, p384_key, rsa_key
from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome
from wallet.proofs import cose, jws
from wallet.proofs.jws import Jws
from wallet.proofs.keys import PublicKey

KEY = p256_key("small tokens")


def parsed(data: bytes) -> Jws:
    token = cose.parse(data)
    assert token is not None
    return token


def outcome(data: bytes, key: IssuerKey) -> Outcome:
    return jws.check(parsed(data), PublicKey.from_jwk(key.jwk)).outcome


@pytest.mark.parametrize(
    "key", [KEY, p384_key("larger"), ed25519_key("edwards"), rsa_key("old and long")]
)
def test_the_signature_is_over_header_and_payload(key: IssuerKey) -> None:
    data = sign1({}, {4: b"one"}, {2: "x"}, key)
    assert outcome(data, key) is Outcome.PASSED
    assert parsed(data).kid == "one"
    assert cose.claims(parsed(data)) == {2: "x"}
    other = sign1({}, {4: b"one"}, {2: "y"}, key)
    assert outcome(data.replace(cbor({2: "x"}), cbor({2: "y"})), key) is Outcome.FAILED
    assert outcome(other, key) is Outcome.PASSED
    assert outcome(sign1({16: "a"}, {}, 1, key).replace(b"aa", b"ab"), key) is Outcome.FAILED


def test_payloads_of_every_size_are_signed_in_the_shortest_form() -> None:
    for size in (0, 20, 23, 24, 255, 256, 65535, 65536):
        assert outcome(sign1({}, {}, b"x" * size, KEY), KEY) is Outcome.PASSED


@pytest.mark.parametrize("tags", [b"", b"\xd2", b"\xd8\x3d\xd2", b"\xd8\x3d"])
def test_the_tags_may_be_there(tags: bytes) -> None:
    assert outcome(tags + sign1({}, {}, {}, KEY), KEY) is Outcome.PASSED


def test_an_array_whose_length_is_not_stated_is_one_too() -> None:
    data = sign1({}, {4: b"one"}, {2: "x"}, KEY).removeprefix(b"\xd2")
    assert data[0] == 0x84
    assert outcome(b"\xd2\x9f" + data[1:] + b"\xff", KEY) is Outcome.PASSED


@pytest.mark.parametrize(
    "protected", [{1: None}, {1: -8}, {1: -99}, {1: "ES256"}, {1: True}, {1: 5}, {2: [16], 16: "x"}]
)
def test_an_algorithm_or_a_demand_that_is_not_known_fails(protected: dict[int, object]) -> None:
    assert outcome(sign1(protected, {}, {}, KEY), KEY) is Outcome.FAILED


def test_an_algorithm_that_nobody_signed_does_not_count() -> None:
    assert outcome(sign1({1: None}, {1: -7}, {}, KEY), KEY) is Outcome.FAILED
    assert "typ" not in parsed(sign1({}, {16: "x"}, {}, KEY)).header


@pytest.mark.parametrize(
    "data",
    [
        cbor([b"", {}, b"", b"", b""]),
        cbor([b"", {}, b"", b""])[:-1],
        cbor([{}, {}, b"", b""]),
        cbor([b"", [], b"", b""])[:] + b"",
        cbor([b"", {}, 1, b""]),
        cbor([b"", {}, b"", "x"]),
        cbor([b"\x01", {}, b"", b""]),
        cbor([b"\xa1\x01", {}, b"", b""]),
        cbor([cbor({4: b"a"}), {4: b"b"}, b"", b""]),
        cbor([b"", {33: "text"}, b"", b""]),
        cbor([b"", {33: [b"a", 1]}, b"", b""]),
        cbor([b"", {}, b"", b""]) + b"\x00",
        b"\xd2\x84",
        b"\x84\x40\xa1\xf5\x00\x40\x40",
    ],
)
def test_what_has_another_form_is_refused(data: bytes) -> None:
    if data[:1] in {b"\x84", b"\xd2"}:
        with pytest.raises(MalformedCredential):
            cose.parse(data)
    else:
        assert cose.parse(data) is None


def test_other_tokens_are_none() -> None:
    for data in (b"", b"{}", b"eyJ", b"\xd1\x84", b"\xa0", b"\x30\x82"):
        assert cose.parse(data) is None
    with pytest.raises(MalformedCredential):
        cose.claims(parsed(sign1({}, {}, [1], KEY)))


def test_what_concerns_others_is_read_over() -> None:
    more = {9: 1.5, 10: True, 11: [-5, False], -70000: {"a": b"b"}, "x": "y"}
    data = sign1({99: 2.0}, {98: True}, more, KEY)
    assert cose.claims(parsed(data)) == more
    assert outcome(data, KEY) is Outcome.PASSED


@given(st.binary(max_size=60), st.integers(0, 200))
def test_any_bytes_are_read_or_refused(data: bytes, place: int) -> None:
    whole = bytearray(sign1({16: "t"}, {4: b"k", 33: [b"c"]}, {1: "i", 6: 2}, KEY))
    whole[place % len(whole)] ^= 1 + (len(data) % 255)
    for foreign in (b"\xd2\x84" + data, b"\x84" + data, bytes(whole)):
        with suppress(MalformedCredential):
            token = cose.parse(foreign)
            if token is not None:
                cose.claims(token)
