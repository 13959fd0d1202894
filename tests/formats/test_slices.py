"""Values cut out of JSON texts with their own characters."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.errors import MalformedCredential
from wallet.formats.slices import Path, cut

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=30,
)


def paths_of(value: object, here: Path = ()) -> list[Path]:
    found = [here]
    if isinstance(value, dict):
        found += [path for name, v in value.items() for path in paths_of(v, (*here, name))]
    elif isinstance(value, list):
        found += [path for i, v in enumerate(value) for path in paths_of(v, (*here, i))]
    return found


@given(JSON, st.sampled_from([None, 1, 3]), st.booleans())
def test_every_value_is_cut_as_it_stands(value: object, indent: int | None, ascii_: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_)
    for path, piece in cut(text, paths_of(value)).items():
        expected = value
        for name in path:
            expected = expected[name]  # type: ignore[index]  # the path is the value's own
        assert json.loads(piece) == expected
        assert piece in text


def test_the_characters_are_kept() -> None:
    text = ' {"a" : [1, {"b":  1.50e0 , "c":"\\u0041"} ] } '
    assert cut(text, [("a", 1)]) == {("a", 1): '{"b":  1.50e0 , "c":"\\u0041"}'}
    assert cut(text, [("a", 1, "b")]) == {("a", 1, "b"): "1.50e0"}


def test_of_two_members_with_one_name_the_last_counts() -> None:
    assert cut('{"a": {"b": 1}, "a": {"b": 2}}', [("a", "b")]) == {("a", "b"): "2"}


@pytest.mark.parametrize(
    ("text", "path"),
    [('{"a": 1}', ("b",)), ("[1]", (1,)), ("{", ("a",)), ('{"a": {"b": 1}, "a": 2}', ("a", "b"))],
)
def test_what_is_not_there_is_malformed(text: str, path: Path) -> None:
    with pytest.raises(MalformedCredential):
        cut(text, [path])
