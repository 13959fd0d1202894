"""Strict JSON: one reading, within limits, duplicates told."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import work
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import strict_json
from wallet.proofs.strict_json import Limits, parse, parse_object, pointer

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_VALUES)
def test_reads_what_json_writes(value: object) -> None:
    parsed = parse(json.dumps(value).encode())
    assert parsed.value == value
    assert parsed.duplicates == ()


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(MalformedCredential):
        assert parse(data).duplicates == ()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf{}",
        b"\xff\xfe{\x00}\x00",
        b'{"a": NaN}',
        b"[Infinity]",
        b"[-Infinity]",
        b"[1e999]",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b'"tab\there"',
        b"[01]",
        b"",
        b"{} {}",
        b"/* */ {}",
    ],
)
def test_refuses_what_is_not_json(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        parse(data)


def test_duplicates_keep_the_last_value_and_are_told() -> None:
    parsed = parse(b'{"a": 1, "b": [{"c/d": 1, "c/d": 2}], "a": 3}')
    assert parsed.value == {"a": 3, "b": [{"c/d": 2}]}
    assert set(parsed.duplicates) == {"/a", "/b/0/c~1d"}


def test_a_duplicate_inside_a_replaced_object_is_told_as_well() -> None:
    parsed = parse(b'{"a": {"x": 1, "x": 2}, "a": 1}')
    assert set(parsed.duplicates) == {"/a", "/.../x"}


def test_the_same_name_in_two_objects_is_no_duplicate() -> None:
    assert parse(b'[{"a": 1}, {"a": 1}]').duplicates == ()


def test_an_object_for_a_header_has_no_duplicates() -> None:
    assert parse_object(b'{"alg": "ES256"}') == {"alg": "ES256"}
    for data in (b'{"alg": 1, "alg": 2}', b"[]", b'"text"'):
        with pytest.raises(MalformedCredential):
            parse_object(data)


@pytest.mark.parametrize(
    ("data", "over"),
    [
        (b"[[[1]]]", b"[[[[1]]]]"),
        (b"[1,2,3,4]", b"[1,2,3,4,5]"),
        (b'"' + b"x" * 18 + b'"', b'"' + b"x" * 19 + b'"'),
    ],
)
def test_limits_just_under_and_just_over(data: bytes, over: bytes) -> None:
    limits = Limits(size=20, depth=3, members=4)
    parse(data, limits=limits)
    with pytest.raises(TooLarge):
        parse(over, limits=limits)


def test_brackets_in_texts_do_not_count() -> None:
    parse(b'["[[[[", "\\"[[[", "{,,,,"]', limits=Limits(size=100, depth=1, members=4))


@pytest.mark.parametrize("tail", [b"", b"\\", b'"', b"x"])
def test_texts_that_never_end_cost_no_more_than_others(tail: bytes) -> None:
    """Read again from each of the escapes, this would take hours."""
    with contextlib.suppress(MalformedCredential), work.at_most(1000):
        parse(b'["' + b'\\"' * 500_000 + tail)


def test_long_numbers_are_refused_before_they_are_converted() -> None:
    digits = b"1" * strict_json.MAX_DIGITS
    assert parse(digits).value == int(digits)
    for data in (digits + b"1", b"-" + digits + b"1", b"0." + digits):
        with pytest.raises(TooLarge):
            parse(data)


def test_pointer_escapes_as_rfc_6901_says() -> None:
    assert pointer("a/b", 0, "m~n") == "/a~1b/0/m~0n"
