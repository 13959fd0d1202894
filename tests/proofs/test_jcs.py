"""Canonical JSON: the same as the package that writes numbers for us, and in time."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests import work
from wallet.model.credential import Json
from wallet.proofs import jcs
from wallet.proofs.contexts import NotJsonLd

_TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(
    ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\x80", "\xf6", "\x7f", '"\\/\b\f\n\t\x1f']
)
_VALUE: st.SearchStrategy[Json] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=20,
)


@given(_VALUE)
def test_gives_what_the_package_gives(value: Json) -> None:
    assert jcs.canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, {"a": [-(2**60)]}, {"\ud800": 1}, "\udc00"])
def test_what_has_no_canonical_form_is_refused(value: Json) -> None:
    with pytest.raises(NotJsonLd):
        jcs.canonical(value)


def test_a_text_of_many_escapes_takes_no_longer_than_another() -> None:
    with work.at_most(1000):
        assert jcs.canonical('"' * 4_000_000) == b'"' + b'\\"' * 4_000_000 + b'"'
