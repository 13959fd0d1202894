"""Badges in PNG pictures: found by their chunk, baked without touching the rest."""

import io
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from tests.issuer.open_badges_2 import baked_png, chunk, with_chunk
from tests.issuer.pictures import emblem
from tests.needs import shared
from wallet.carriers import png
from wallet.carriers.baking import MAX_CONTENT, Baked, Baking
from wallet.errors import MalformedCredential, TooLarge

PLAIN = emblem("badge")
BADGE = '{"badge": "Zażółć"}'.encode()
OTHER = b'{"badge": "another"}'
HEADER_END = 8 + 12 + 13
OLDER = b"openbadges\0https://badges.example/1"


def pillow(data: bytes) -> PngImagePlugin.PngImageFile:
    """Read it with somebody else's reader, to the end."""
    image = Image.open(io.BytesIO(data))
    assert isinstance(image, PngImagePlugin.PngImageFile)
    image.load()
    return image


def only(data: bytes) -> bytes:
    (found,) = png.unbake(data)
    return found.content


# ---- unbaking -----------------------------------------------------------------------------------


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("kind", Baking)
def test_a_badge_is_found_under_its_keyword(kind: Baking, packed: bool) -> None:
    data = baked_png(BADGE, kind.value, packed=packed)
    assert png.unbake(data) == (Baked(kind, BADGE),)
    assert png.may_be_baked(data)


@pytest.mark.parametrize("keyword", ["OpenBadges", "openbadges2", "openbadge", "", "x" * 200])
def test_other_texts_are_no_badge(keyword: str) -> None:
    assert png.unbake(with_chunk(b"iTXt", keyword.encode() + b"\0\0\0\0\0" + BADGE)) == ()
    assert png.unbake(PLAIN) == ()
    assert not png.may_be_baked(PLAIN)


def test_the_older_chunk_counts_where_there_is_no_other() -> None:
    older = with_chunk(b"tEXt", OLDER)
    assert only(older) == b"https://badges.example/1"
    both = with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE, older)
    assert only(both) == BADGE


def test_language_and_translated_keyword_mean_nothing() -> None:
    body = b"openbadges\0\0\0pl\0" + b"odznaka" + b"\0" + BADGE
    assert only(with_chunk(b"iTXt", body)) == BADGE


def test_one_of_each_kind_is_two_badges() -> None:
    data = with_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0" + OTHER, baked_png(BADGE))
    assert {found.kind: found.content for found in png.unbake(data)} == {
        Baking.OPEN_BADGES: BADGE,
        Baking.OPEN_BADGE_CREDENTIAL: OTHER,
    }


def test_two_of_a_kind_are_refused_unless_they_are_the_same() -> None:
    again = with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE, baked_png(BADGE))
    assert only(again) == BADGE
    with pytest.raises(MalformedCredential):
        png.unbake(with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + OTHER, baked_png(BADGE)))


def test_what_comes_behind_the_end_is_no_part_of_the_picture() -> None:
    assert png.unbake(PLAIN + chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE)) == ()
    assert only(baked_png(BADGE) + b"trailing") == BADGE


def test_braces_inside_the_badge_are_no_end_of_it() -> None:
    tricky = b'{"a": "}{", "b": {"c": "IEND iTXt openbadges"}}'
    assert only(baked_png(tricky)) == tricky


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"openbadges", id="keyword alone"),
        pytest.param(b"openbadges\0", id="no flags"),
        pytest.param(b"openbadges\0\2\0\0\0{}", id="unknown flag"),
        pytest.param(b"openbadges\0\1\1\0\0{}", id="unknown packing"),
        pytest.param(b"openbadges\0\1\0\0\0{}", id="not packed"),
        pytest.param(b"openbadges\0\0\0\0", id="no second mark"),
        pytest.param(b"openbadges\0\0\0{}", id="no language"),
        pytest.param(b"openbadges\0\0\0\0\0", id="empty"),
        pytest.param(b"openbadges\0\0\0\0\0 \n", id="white space"),
        pytest.param(b"openbadges\0\0\0\0\0\xff{}", id="not UTF-8"),
        pytest.param(b"openbadges\0\0\0\0\0{}\0{}", id="a zero"),
        pytest.param(b"openbadges\0\1\0\0\0" + zlib.compress(BADGE)[:-2], id="packed and cut"),
        pytest.param(b"openbadges\0\1\0\0\0" + zlib.compress(BADGE) + b"x", id="packed and more"),
    ],
)
def test_a_badge_that_cannot_be_read_is_malformed(body: bytes) -> None:
    with pytest.raises(MalformedCredential):
        png.unbake(with_chunk(b"iTXt", body))


def test_an_older_chunk_without_text_is_malformed() -> None:
    for body in (b"openbadges", b"openbadges\0", b"openbadges\0\0"):
        with pytest.raises(MalformedCredential):
            png.unbake(with_chunk(b"tEXt", body))


def test_a_packed_chunk_of_the_older_kind_is_read() -> None:
    body = b"openbadges\0\0" + zlib.compress(b"https://badges.example/1")
    packed = with_chunk(b"zTXt", body)
    assert only(packed) == b"https://badges.example/1"
    both = with_chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE, packed)
    assert only(both) == BADGE
    assert only(png.bake(packed, Baking.OPEN_BADGES, BADGE)) == BADGE
    with pytest.raises(MalformedCredential):
        png.unbake(with_chunk(b"tEXt", b"openbadges\0https://badges.example/2", packed))


def test_a_packed_chunk_that_is_broken_or_too_large_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole = zlib.compress(BADGE)
    for text in (b"", b"\0", b"\1" + whole, b"\0" + whole[:-2], b"\0" + whole + b"x", b"\0plain"):
        with pytest.raises(MalformedCredential):
            png.unbake(with_chunk(b"zTXt", b"openbadges\0" + text))
    with pytest.raises(MalformedCredential):
        png.unbake(with_chunk(b"zTXt", b"openbadges"))
    monkeypatch.setattr(png, "MAX_CONTENT", 1000)
    for size, fits in ((1000, True), (1001, False), (10_000_000, False)):
        data = with_chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"x" * size))
        if fits:
            assert only(data) == b"x" * size
        else:
            with pytest.raises(TooLarge):
                png.unbake(data)


# ---- the chunks themselves ----------------------------------------------------------------------


def without(kind: bytes) -> bytes:
    """The emblem without its chunks of that kind."""
    pieces, place = [PLAIN[:8]], 8
    while place < len(PLAIN):
        (length,) = struct.unpack_from(">I", PLAIN, place)
        if PLAIN[place + 4 : place + 8] != kind:
            pieces.append(PLAIN[place : place + 12 + length])
        place += 12 + length
    return b"".join(pieces)


HEADER = chunk(b"IHDR", PLAIN[16 : 16 + 13])
DATA = chunk(b"IDAT", b"x")
END = chunk(b"IEND", b"")
START = PLAIN[:8]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(START, id="signature alone"),
        pytest.param(b"\xff\xd8\xff" + PLAIN, id="another kind"),
        pytest.param(without(b"IHDR"), id="no header"),
        pytest.param(without(b"IDAT"), id="no data"),
        pytest.param(without(b"IEND"), id="no end"),
        pytest.param(START + DATA + HEADER + END, id="data before header"),
        pytest.param(START + HEADER + HEADER + DATA + END, id="two headers"),
        pytest.param(START + HEADER + DATA + chunk(b"tEXt", b"a\0b") + DATA + END, id="data apart"),
        pytest.param(START + HEADER + DATA + chunk(b"IEND", b"x"), id="an end with content"),
        pytest.param(START + chunk(b"IHDR", b"x" * 12) + DATA + END, id="short header"),
        pytest.param(START + HEADER + chunk(b"ID\xc3\xa9", b"") + DATA + END, id="type"),
        pytest.param(START + HEADER + chunk(b"1DAT", b"") + DATA + END, id="digit in type"),
        pytest.param(PLAIN[:-5], id="cut off"),
        pytest.param(
            START + HEADER + b"\xff\xff\xff\xffIDAT" + b"x" * 40 + END, id="endless length"
        ),
        pytest.param(START + HEADER + DATA[:-1] + bytes([DATA[-1] ^ 1]) + END, id="wrong checksum"),
    ],
)
def test_chunks_that_are_broken_are_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        png.unbake(data)
    with pytest.raises(MalformedCredential):
        png.bake(data, Baking.OPEN_BADGES, BADGE)


def test_the_number_of_chunks_is_limited() -> None:
    filler = chunk(b"teXt", b"")
    with_them = START + HEADER + filler * (png.MAX_CHUNKS - 3) + DATA + END
    assert png.unbake(with_them) == ()
    with pytest.raises(TooLarge):
        png.unbake(START + HEADER + filler * (png.MAX_CHUNKS - 2) + DATA + END)


@pytest.mark.parametrize("packed", [False, True])
def test_the_size_of_a_badge_is_limited_packed_or_not(packed: bool) -> None:
    under = b"{" + b" " * (MAX_CONTENT - 2) + b"}"
    assert only(baked_png(under, packed=packed)) == under
    with pytest.raises(TooLarge):
        png.unbake(baked_png(under + b" ", packed=packed))


def test_a_packed_badge_that_grows_without_end_is_cut() -> None:
    bomb = zlib.compress(bytes(64 * 1024 * 1024), 9)
    with pytest.raises(TooLarge):
        png.unbake(with_chunk(b"iTXt", b"openbadges\0\1\0\0\0" + bomb))


def test_the_size_of_a_picture_is_limited() -> None:
    filling = png.MAX_BYTES - len(PLAIN) - 12
    whole = with_chunk(b"fiLL", bytes(filling))
    assert len(whole) == png.MAX_BYTES
    assert png.unbake(whole) == ()
    with pytest.raises(TooLarge):
        png.unbake(whole + b"x")


# ---- baking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Baking)
def test_what_is_baked_is_read_by_others(kind: Baking) -> None:
    baked = png.bake(PLAIN, kind, BADGE)
    image, before = pillow(baked), pillow(PLAIN)
    assert image.text == {kind.value: BADGE.decode()}
    assert image.tobytes() == before.tobytes()
    assert png.unbake(baked) == (Baked(kind, BADGE),)


def test_baking_changes_nothing_else() -> None:
    baked = png.bake(PLAIN + b"trailing", Baking.OPEN_BADGES, BADGE)
    added = len(baked) - len(PLAIN) - len(b"trailing")
    assert baked[:HEADER_END] == PLAIN[:HEADER_END]
    assert baked[HEADER_END + added :] == PLAIN[HEADER_END:] + b"trailing"
    assert baked == baked_png(BADGE) + b"trailing"


def test_baking_again_replaces_in_place() -> None:
    data = with_chunk(b"tEXt", b"Author\0A", baked_png(BADGE))
    again = png.bake(data, Baking.OPEN_BADGES, OTHER)
    assert again == data.replace(
        chunk(b"iTXt", b"openbadges\0\0\0\0\0" + BADGE),
        chunk(b"iTXt", b"openbadges\0\0\0\0\0" + OTHER),
    )
    assert png.bake(again, Baking.OPEN_BADGES, BADGE) == data


def test_baking_takes_the_older_chunk_out_and_leaves_other_kinds() -> None:
    data = with_chunk(b"iTXt", b"clrcredential\0\0\0\0\0" + OTHER, with_chunk(b"tEXt", OLDER))
    baked = png.bake(data, Baking.OPEN_BADGES, BADGE)
    assert b"https://badges.example/1" not in baked
    assert set(png.unbake(baked)) == {
        Baked(Baking.OPEN_BADGES, BADGE),
        Baked(Baking.CLR_CREDENTIAL, OTHER),
    }


@pytest.mark.parametrize("content", [b"", b"  ", b"\xff", b"{}\0", b'{"\xed\xa0\x80": 1}'])
def test_what_is_no_text_cannot_be_baked(content: bytes) -> None:
    with pytest.raises(MalformedCredential):
        png.bake(PLAIN, Baking.OPEN_BADGES, content)


def test_what_is_too_large_cannot_be_baked() -> None:
    with pytest.raises(TooLarge):
        png.bake(PLAIN, Baking.OPEN_BADGES, b"x" * (MAX_CONTENT + 1))


def test_what_others_baked_is_read() -> None:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("openbadges", BADGE.decode(), zip=True)
    file = io.BytesIO()
    Image.new("RGB", (4, 4)).save(file, "PNG", pnginfo=info)
    assert only(file.getvalue()) == BADGE


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("open-badges-3/simple-json.png", Baking.OPEN_BADGE_CREDENTIAL),
        ("open-badges-2/simple-badge.png", Baking.OPEN_BADGES),
    ],
)
def test_real_pictures_come_back_byte_for_byte(name: str, kind: Baking) -> None:
    data = shared("samples", name).read_bytes()
    (found,) = png.unbake(data)
    assert found.kind is kind
    assert pillow(data).text[kind.value].strip() == found.content.decode()
    assert png.bake(data, kind, found.content) == data


# ---- any bytes ----------------------------------------------------------------------------------

BAKED = with_chunk(b"tEXt", OLDER, baked_png(BADGE, packed=True))


@given(seed=st.integers(0, 2**32), repaired=st.booleans())
@settings(max_examples=300, deadline=None)
def test_mutated_pictures_raise_only_one_error(seed: int, repaired: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    data = bytearray(BAKED)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place] = chance.randrange(256)
        else:
            del data[place : place + chance.randint(1, 9)]
    mutated = with_right_checksums(bytes(data)) if repaired else bytes(data)
    try:
        png.unbake(mutated)
        png.bake(mutated, Baking.OPEN_BADGES, OTHER)
    except MalformedCredential:
        return


def with_right_checksums(data: bytes) -> bytes:
    """Mend the checksums, so that what is inside the chunks gets read."""
    place, pieces = 8, [data[:8]]
    while place + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, place)
        body = data[place + 8 : place + 8 + length]
        pieces.append(chunk(data[place + 4 : place + 8], body))
        place += 12 + length
    return b"".join(pieces)


@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\0" not in text))
@settings(max_examples=80, deadline=None)
def test_any_text_comes_out_as_it_was_baked(text: str) -> None:
    content = text.encode("utf-8", "ignore")
    if not content.strip():
        return
    baked = png.bake(PLAIN, Baking.OPEN_BADGES, content)
    assert only(baked) == content.decode().strip().encode()
    assert pillow(baked).text["openbadges"] == content.decode()
