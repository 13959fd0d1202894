"""Token Status Lists: the bits, their order, what a token must say, and what unpacks too far."""

import json
import zlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuer.keys import p256_key
from tests.issuer.sd_jwt import token
from tests.issuer.status_tokens import (
    ADDRESS,
    cwt_status_list,
    packed,
    statuses,
    token_status_list,
)
from tests.issuer.subjects import NOW
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base64url
from wallet.trust import status_list
from wallet.trust.anchors import TrustStore
from wallet.trust.token_status_list import TokenStatusList, read

KEY = p256_key("status tokens")


def found(data: bytes) -> TokenStatusList:
    result = read(data)
    assert result is not None
    return result


def listed(width: int, laid: bytes) -> TokenStatusList:
    return found(
        token_status_list(KEY, claims={"status_list": {"bits": width, "lst": packed(laid)}})
    )


def test_the_drafts_own_example_of_one_bit() -> None:
    """Section 4.1: sixteen statuses in the bytes B9 A3."""
    expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1]
    opened = listed(1, bytes.fromhex("b9a3"))
    assert [opened.status(n) for n in range(opened.length)] == expected


def test_the_drafts_own_example_of_two_bits() -> None:
    """Section 4.1: twelve statuses in the bytes C9 44 F9."""
    expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    opened = listed(2, bytes.fromhex("c944f9"))
    assert [opened.status(n) for n in range(opened.length)] == expected


@given(st.sampled_from([1, 2, 4, 8]), st.lists(st.integers(0, 255), min_size=1, max_size=40))
def test_every_width_gives_back_what_was_laid_out(width: int, values: list[int]) -> None:
    wanted = [value % (1 << width) for value in values]
    opened = listed(width, statuses(dict(enumerate(wanted)), width, len(wanted)))
    assert [opened.status(n) for n in range(len(wanted))] == wanted
    assert opened.length >= len(wanted)
    for index in (-1, opened.length, 10**9):
        with pytest.raises(MalformedCredential):
            opened.status(index)


def test_what_the_token_states() -> None:
    data = token_status_list(KEY, issuer="https://uni.example.edu")
    opened = found(data)
    assert opened.id == ADDRESS
    assert opened.issuer == "https://uni.example.edu"
    assert opened.issued == NOW - timedelta(days=1)
    assert opened.expires == NOW + timedelta(days=59)
    assert opened.ttl == timedelta(days=7)
    assert opened.token.signing_input == data.rpartition(b".")[0]
    bare = found(token_status_list(KEY, claims={"exp": None, "ttl": None}))
    assert (bare.issuer, bare.expires, bare.ttl) == (None, None, None)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": None},
        {"sub": ""},
        {"sub": [ADDRESS]},
        {"iss": 5},
        {"iat": None},
        {"iat": "yesterday"},
        {"iat": -1},
        {"iat": 1e300},
        {"exp": "never"},
        {"exp": True},
        {"exp": 10**12},
        {"ttl": "week"},
        {"ttl": -1},
        {"status_list": None},
        {"status_list": []},
        {"status_list": {"bits": 3, "lst": packed(b"x")}},
        {"status_list": {"bits": True, "lst": packed(b"x")}},
        {"status_list": {"bits": 1.0, "lst": packed(b"x")}},
        {"status_list": {"lst": packed(b"x")}},
        {"status_list": {"bits": 1}},
        {"status_list": {"bits": 1, "lst": 5}},
        {"status_list": {"bits": 1, "lst": packed(b"x") + "="}},
        {"status_list": {"bits": 1, "lst": packed(b"x" * 99)[:-4]}},
        {"status_list": {"bits": 1, "lst": packed(b"x") + "AAAA"}},
        {"status_list": {"bits": 1, "lst": base64url.encode(b"no zlib")}},
    ],
)
def test_a_token_that_breaks_a_rule_is_refused(claims: dict[str, Any]) -> None:
    data = token_status_list(KEY, claims=claims)
    with pytest.raises(MalformedCredential):
        read(data)
    with pytest.raises(MalformedCredential):
        TrustStore.empty().with_file(data, "list.jwt", NOW)


@pytest.mark.parametrize("kind", [None, "JWT", "statuslist+cwt", 5])
def test_a_list_under_another_type_is_refused(kind: object) -> None:
    with pytest.raises(MalformedCredential):
        read(token_status_list(KEY, header={"typ": kind}))


def test_the_media_type_may_be_written_in_full() -> None:
    assert read(token_status_list(KEY, header={"typ": "application/statuslist+jwt"})) is not None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"eyJ.x.y",
        token({"alg": "ES256"}, json.dumps({"sub": "x"}), KEY).encode(),
        token({"alg": "ES256"}, json.dumps({"status_list": {"idx": 1, "uri": "x"}}), KEY).encode(),
        token({"alg": "ES256", "typ": "statuslist+jwt"}, "[]", KEY).encode(),
    ],
)
def test_what_is_no_token_of_a_list_is_none(data: bytes) -> None:
    assert read(data) is None


def test_a_list_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_list, "MAX_LIST_BYTES", 4096)
    assert listed(8, bytes(4096)).length == 4096
    for size in (4097, 10_000_000):
        with pytest.raises(TooLarge):
            listed(8, bytes(size))


@given(st.binary(max_size=60))
def test_any_stream_is_unpacked_or_refused(data: bytes) -> None:
    for packed_bytes in (data, zlib.compress(data)[:-1], zlib.compress(data) + data + b"x"):
        claims = {"status_list": {"bits": 1, "lst": base64url.encode(packed_bytes)}}
        with pytest.raises(MalformedCredential):
            read(token_status_list(KEY, claims=claims))


def test_the_store_keeps_it_among_the_status_lists() -> None:
    at = datetime(2024, 1, 1, tzinfo=UTC)
    store = TrustStore.empty().with_file(token_status_list(KEY), "list.jwt", at)
    assert [one.list.id for one in store.status_lists] == [ADDRESS]
    assert store.as_of == at


# ---- as a CWT -----------------------------------------------------------------------------------

DRAFTS_OWN = (
    "d2845820a2012610781a6170706c69636174696f6e2f7374617475736c6973742b637774a1044231325850a5"
    "02782168747470733a2f2f6578616d706c652e636f6d2f7374617475736c697374732f31061a648c5bea041a"
    "8898dfea19fffe19a8c019fffda2646269747301636c73744a78dadbb918000217015d584027d5535dfe0a33"
    "291cc9bfb41053ad2493c49d1ee4635e12548a79bac92916845fee76799c42762f928441c5c344e3612381e0"
    "cf88f2f160b3e1f97728ec8403"
)
"""The example of section 5.2, whose key the draft does not give."""


def test_the_drafts_own_example_of_a_cwt() -> None:
    opened = found(bytes.fromhex(DRAFTS_OWN))
    assert opened.id == "https://example.com/statuslists/1"
    assert opened.issued == datetime.fromtimestamp(1686920170, UTC)
    assert opened.expires == datetime.fromtimestamp(2291720170, UTC)
    assert (opened.ttl, opened.width) == (timedelta(seconds=43200), 1)
    assert [opened.status(n) for n in range(8)] == [1, 0, 0, 1, 1, 1, 0, 1]
    assert (opened.token.algorithm, opened.token.kid) == ("ES256", "12")


def test_a_cwt_states_the_same_as_a_jwt() -> None:
    issuer = "https://uni.example.edu"
    one = found(token_status_list(KEY, issuer=issuer))
    other = found(cwt_status_list(KEY, issuer=issuer))
    for name in ("id", "issuer", "issued", "expires", "ttl", "width", "statuses"):
        assert getattr(one, name) == getattr(other, name)
    bare = found(cwt_status_list(KEY, claims={4: None, 65534: None}))
    assert (bare.issuer, bare.expires, bare.ttl) == (None, None, None)
    assert found(cwt_status_list(KEY, claims={6: 1.5e9})).issued.year == 2017


@pytest.mark.parametrize(
    "claims",
    [
        {2: None},
        {2: b"x"},
        {1: 5},
        {6: None},
        {6: -1},
        {6: float("nan")},
        {4: True},
        {65534: "week"},
        {65533: None},
        {65533: [1]},
        {65533: {"bits": 3, "lst": zlib.compress(b"x")}},
        {65533: {"bits": 1, "lst": packed(b"x")}},
        {65533: {"bits": 1, "lst": b"no zlib"}},
        {65533: {"bits": 1, "lst": zlib.compress(b"x") + b"more"}},
    ],
)
def test_a_cwt_that_breaks_a_rule_is_refused(claims: dict[int, object]) -> None:
    with pytest.raises(MalformedCredential):
        TrustStore.empty().with_file(cwt_status_list(KEY, claims=claims), "list.cwt", NOW)


@pytest.mark.parametrize("kind", [None, "CWT", "statuslist+jwt", 5])
def test_a_cwt_under_another_type_is_refused(kind: object) -> None:
    with pytest.raises(MalformedCredential):
        read(cwt_status_list(KEY, protected={16: kind}, unprotected={16: kind}))
    assert read(cwt_status_list(KEY, protected={16: "statuslist+cwt"})) is not None


def test_other_cwts_are_none() -> None:
    plain = {65533: None, 2: "somebody"}
    assert read(cwt_status_list(KEY, protected={16: None}, claims=plain)) is None


def test_a_cwt_that_unpacks_too_far_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_list, "MAX_LIST_BYTES", 4096)
    for size, fits in ((4096, True), (4097, False), (10_000_000, False)):
        data = cwt_status_list(KEY, claims={65533: {"bits": 8, "lst": zlib.compress(bytes(size))}})
        if fits:
            assert found(data).length == size
        else:
            with pytest.raises(TooLarge):
                read(data)
