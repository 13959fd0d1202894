"""Badges baked into pictures, wherever a picture is: a file, a mail, an archive."""

import pytest

from tests import needs
from tests.intake.letters import letter
from tests.intake.test_archive import zipped
from tests.issuer import Form, specimen
from tests.issuer.open_badges_2 import (
    badger,
    baked_png,
    baked_svg,
    hosted_assertion,
    signed_assertion,
    with_chunk,
)
from tests.issuer.pictures import emblem
from tests.issuer.specimens import BADGE_AWARD
from wallet.carriers import png, qr
from wallet.carriers.baking import Baking
from wallet.carriers.qr_drawing import draw
from wallet.carriers.qr_drawing import png as drawn
from wallet.intake import gather, gather_bytes
from wallet.model.credential import Format
from wallet.model.intake import Gathered
from wallet.texts import problems, use
from wallet.texts.ways import way

BADGE = specimen(Form.OPEN_BADGE)
TOKEN = specimen(Form.OPEN_BADGE_JWT).strip()
HOSTED = hosted_assertion(badger(), BADGE_AWARD)
SIGNED = signed_assertion(badger(), BADGE_AWARD)
OB3 = "https://purl.imsglobal.org/ob/v3p0"
ADDRESS = b"https://badges.chalmers.example/assertions/1.json"
SHOWN = b'{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiablePresentation"]}'


def items(gathered: Gathered) -> list[tuple[tuple[str, ...], Format, bytes]]:
    return [(item.path, item.credential.format, item.credential.raw) for item in gathered.items]


def codes(gathered: Gathered) -> list[tuple[tuple[str, ...], str]]:
    return [(problem.path, problem.code.value) for problem in gathered.problems]


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("keyword", "content", "form"),
    [
        ("openbadges", HOSTED, Format.OPEN_BADGE_2),
        ("openbadges", SIGNED, Format.OPEN_BADGE_2),
        ("openbadgecredential", BADGE, Format.OPEN_BADGE_3),
        ("openbadgecredential", TOKEN, Format.OPEN_BADGE_3),
    ],
)
def test_a_picture_gives_its_badge_bit_for_bit(
    keyword: str, content: bytes, form: Format, packed: bool
) -> None:
    gathered = gather_bytes("badge.png", baked_png(content, keyword, packed=packed))
    assert items(gathered) == [((keyword,), form, content)]
    assert gathered.problems == ()


def test_a_drawing_gives_its_badge() -> None:
    for data, expected in (
        (baked_svg(HOSTED.decode(), verify=ADDRESS.decode()), ("openbadges", HOSTED)),
        (baked_svg(verify=SIGNED.decode()), ("openbadges", SIGNED)),
        (
            baked_svg(verify=TOKEN.decode(), element="credential", namespace=OB3),
            ("openbadgecredential", TOKEN),
        ),
        (
            baked_svg(BADGE.decode(), element="credential", namespace=OB3),
            ("openbadgecredential", BADGE),
        ),
    ):
        (item,) = gather_bytes("badge.svg", data).items
        assert (item.path, item.credential.raw) == ((expected[0],), expected[1])


def test_both_versions_in_one_picture_are_two_items() -> None:
    both = png.bake(baked_png(HOSTED), Baking.OPEN_BADGE_CREDENTIAL, TOKEN)
    assert {path for path, _, _ in items(gather_bytes("a.png", both))} == {
        ("openbadges",),
        ("openbadgecredential",),
    }


def test_pictures_in_mails_and_archives() -> None:
    mail = letter(("badge.png", "image/png", baked_png(SIGNED)))
    drawing = baked_svg(verify=SIGNED.decode())
    gathered = gather_bytes("all.zip", zipped(("letter.eml", mail), ("badge.svg", drawing)))
    assert [path for path, _, _ in items(gathered)] == [
        ("letter.eml", "attachment badge.png", "openbadges"),
        ("badge.svg", "openbadges"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        with_chunk(b"tEXt", b"openbadges\0" + ADDRESS),
        baked_png(ADDRESS),
        baked_svg(verify=ADDRESS.decode()),
    ],
)
def test_an_address_alone_is_a_link(data: bytes) -> None:
    gathered = gather_bytes("badge", data)
    assert codes(gathered) == [(("openbadges",), "link_only")]
    (problem,) = gathered.problems
    assert problem.facts["link"] == problem.facts["badge"] == ADDRESS.decode()
    assert problem.facts["host"] == "badges.chalmers.example"
    for language in ("en", "pl"):
        assert ADDRESS.decode() in problems.problem(use(language), problem)
    assert "mail" not in problems.problem(use("en"), problem)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"hello", "unknown_format"),
        (b'{"a": 1}', "unknown_format"),
        (SIGNED[:300], "malformed"),
        (HOSTED[:-20], "malformed"),
    ],
)
def test_what_is_baked_and_no_badge_is_named(content: bytes, code: str) -> None:
    assert codes(gather_bytes("a.png", baked_png(content))) == [(("openbadges",), code)]


def test_a_broken_picture_that_carries_a_badge_is_malformed() -> None:
    whole = baked_png(HOSTED)
    damaged = whole.replace(b"openbadges\0", b"openbadges\1", 1)
    twice = with_chunk(b"iTXt", b"openbadges\0\0\0\0\0{}", whole)
    for data in (whole[:-30], damaged, twice):
        assert codes(gather_bytes("a.png", data)) == [((), "malformed")]
    broken = baked_svg(HOSTED.decode()).replace(b"</svg>", b"")
    assert codes(gather_bytes("a.svg", broken)) == [((), "malformed")]
    entity = baked_svg("{}", doctype='<!DOCTYPE svg [<!ENTITY a "b">]>')
    assert codes(gather_bytes("a.svg", entity)) == [((), "malformed")]


def test_a_picture_that_is_no_badge_is_still_searched_for_codes() -> None:
    code = drawn(draw(qr.wrap(SHOWN)))
    for data in (code, with_chunk(b"tEXt", b"Comment\0openbadges", code)):
        (item,) = gather_bytes("code.png", data).items
        assert item.path == ("code 1",)
    assert codes(gather_bytes("a.png", emblem("badge"))) == [((), "no_credential")]


def test_a_code_is_read_even_where_the_badge_is_broken() -> None:
    code = with_chunk(b"iTXt", b"openbadges\0\2\0\0\0{}", drawn(draw(qr.wrap(SHOWN))))
    assert [path for path, _, _ in items(gather_bytes("code.png", code))] == [("code 1",)]


@pytest.mark.parametrize(
    "data",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><g>",
        b"<!-- long --><svg><!-- eyJhbGciOiJFZERTQSJ9.eyJpZCI6IngifQ.c2ln --></svg>",
        baked_svg(HOSTED.decode(), element="other"),
    ],
)
def test_a_drawing_without_a_badge_has_no_credential(data: bytes) -> None:
    assert codes(gather_bytes("a.svg", data)) == [((), "no_credential")]


@pytest.mark.parametrize(
    ("name", "step", "form"),
    [
        ("open-badges-3/simple-json.png", "openbadgecredential", Format.OPEN_BADGE_3),
        ("open-badges-3/simple-jwt.svg", "openbadgecredential", Format.OPEN_BADGE_3),
        ("open-badges-2/simple-badge.png", "openbadges", Format.OPEN_BADGE_2),
    ],
)
def test_real_pictures(name: str, step: str, form: Format) -> None:
    gathered = gather(needs.shared("samples", *name.split("/")))
    assert [(path, found) for path, found, _ in items(gathered)] == [((step,), form)]
    assert gathered.problems == ()


@pytest.mark.parametrize("kind", Baking)
def test_the_way_says_where_it_was(kind: Baking) -> None:
    for language in ("en", "pl"):
        said = way(use(language), "a.png", (kind.value,))
        assert said.startswith("a.png › ")
        assert kind.value not in said
