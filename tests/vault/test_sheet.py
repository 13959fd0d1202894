"""The recovery sheet's text: read as it is typed, and every slip found and named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wallet.errors import WrongSheet
from wallet.vault import sheet

SECRETS = st.binary(min_size=sheet.SECRET_BYTES, max_size=sheet.SECRET_BYTES)
PLACES = st.integers(0, sheet.GROUPS * sheet.GROUP - 1)


def refused(text: str) -> dict[str, str | int]:
    with pytest.raises(WrongSheet) as caught:
        sheet.read(text)
    return caught.value.facts


def test_a_new_secret_is_128_random_bits() -> None:
    assert len({sheet.new_secret() for _ in range(100)}) == 100
    assert len(sheet.new_secret()) * 8 == 128


def test_the_form_stays_readable_for_sheets_that_are_printed_already() -> None:
    printed = sheet.write(bytes(range(16)))

    assert printed == "000G0-40R47-0M30J-E209D-185GT-R38E6-1XHPZ"
    assert sheet.read(printed) == bytes(range(16))


@given(SECRETS)
def test_what_is_written_is_read(secret: bytes) -> None:
    text = sheet.write(secret)

    groups = text.split("-")
    assert [len(group) for group in groups] == [5] * 7
    assert not set(text) & set("ILOU")
    for typed in (
        text.lower(),
        text.replace("-", ""),
        text.replace("-", " "),
        f"  {text.replace('-', ' – ')}\n",
        text.replace("0", "O").replace("1", "I"),
        text.replace("0", "o").replace("1", "l"),
        "\n".join(groups),
        text.replace("-", "")[:10] + "  " + text.replace("-", "")[10:],
    ):
        assert sheet.read(typed) == secret


@given(SECRETS, PLACES, st.sampled_from(sheet.ALPHABET + "UŻ"))
def test_every_wrong_character_names_its_group(secret: bytes, place: int, wrong: str) -> None:
    characters = list(sheet.write(secret).replace("-", ""))
    if characters[place] == wrong:
        return
    characters[place] = wrong
    text = "-".join("".join(characters[start : start + 5]) for start in range(0, 35, 5))

    assert refused(text) == {"why": "group", "groups": str(place // 5 + 1)}


@given(SECRETS, st.integers(0, 6), st.integers(0, 3))
def test_two_neighbours_exchanged_name_their_group(secret: bytes, group: int, place: int) -> None:
    groups = [list(text) for text in sheet.write(secret).split("-")]
    one, two = groups[group][place : place + 2]
    groups[group][place : place + 2] = [two, one]
    if one == two:
        return

    text = "-".join("".join(letters) for letters in groups)

    assert refused(text) == {"why": "group", "groups": str(group + 1)}


@given(SECRETS, st.sets(st.integers(0, 6), min_size=2, max_size=2))
def test_two_groups_exchanged_are_both_named(secret: bytes, places: set[int]) -> None:
    groups = sheet.write(secret).split("-")
    one, two = sorted(places)
    groups[one], groups[two] = groups[two], groups[one]

    assert refused("-".join(groups)) == {"why": "group", "groups": f"{one + 1}, {two + 1}"}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(WrongSheet):
        sheet.read(text)


def test_a_character_too_many_names_the_group_where_groups_are_apart() -> None:
    groups = sheet.write(bytes(16)).split("-")
    groups[2] += "A"

    assert refused(" ".join(groups)) == {"why": "group", "groups": "3"}
    assert refused("".join(groups)) == {"why": "length"}
    assert refused("A" * 1001) == {"why": "length"}


def test_groups_of_two_sheets_do_not_belong_together() -> None:
    one, two = (sheet.write(secret).split("-") for secret in (bytes(16), b"\1" * 16))

    assert refused("-".join([*one[:3], *two[3:]])) == {"why": "whole"}
