"""Badges in SVG drawings: found in their element, baked without touching the rest."""

import random
import re
import socket
from typing import Any, NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.issuer.open_badges_2 import baked_svg
from tests.needs import shared
from wallet.carriers import svg
from wallet.carriers.baking import MAX_CONTENT, Baked, Baking
from wallet.errors import MalformedCredential, TooLarge

OB2, OB3 = "http://openbadges.org", "https://purl.imsglobal.org/ob/v3p0"
CLR = "https://purl.imsglobal.org/clr/v2p0"
TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpZCI6IngifQ.c2ln"
JSON = '{"id": "https://badges.example/1", "badge": "Zażółć <&> ]]> \\u0007"}'
ADDRESS = "https://badges.example/1?a=1&b=2"
PLAIN = b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a"/><!-- x --></svg>'
DOCTYPE = (
    '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    ' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
)
NAMES = {
    Baking.OPEN_BADGES: f"{{{OB2}}}assertion",
    Baking.OPEN_BADGE_CREDENTIAL: f"{{{OB3}}}credential",
    Baking.CLR_CREDENTIAL: f"{{{CLR}}}credential",
}


def element(data: bytes, kind: Baking) -> Any:
    """Find the badge's element with somebody else's reader."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    (found,) = etree.fromstring(data, parser).iter(NAMES[kind])
    return found


def only(data: bytes) -> bytes:
    (found,) = svg.unbake(data)
    return found.content


# ---- unbaking -----------------------------------------------------------------------------------


def test_json_stands_in_the_element() -> None:
    assert only(baked_svg('{"a": "<b>"}')) == b'{"a": "<b>"}'
    assert only(baked_svg('{"a": 1}', verify="https://badges.example/1")) == b'{"a": 1}'


def test_json_may_be_escaped_or_in_pieces() -> None:
    escaped = b'{"a": "&lt;"}<!-- x --><![CDATA[ ]]> '
    assert only(baked_svg("{}").replace(b"<![CDATA[{}]]>", escaped)) == b'{"a": "<"}'


def test_a_token_stands_in_the_attribute_and_goes_before_json() -> None:
    assert only(baked_svg(verify=TOKEN)) == TOKEN.encode()
    assert only(baked_svg('{"a": 1}', verify=f"\n {TOKEN} ")) == TOKEN.encode()


def test_an_address_may_stand_alone() -> None:
    assert only(baked_svg(verify="https://badges.example/1?a=1&amp;b=2")) == ADDRESS.encode()


@pytest.mark.parametrize(
    ("namespace", "name", "kind"),
    [
        (OB2, "assertion", Baking.OPEN_BADGES),
        (OB3, "credential", Baking.OPEN_BADGE_CREDENTIAL),
        (CLR, "credential", Baking.CLR_CREDENTIAL),
    ],
)
def test_the_namespace_decides_and_not_the_prefix(namespace: str, name: str, kind: Baking) -> None:
    data = baked_svg("{}", namespace=namespace, element=name)
    assert svg.unbake(data) == (Baked(kind, b"{}"),)
    assert svg.may_be_baked(data)
    default = f'<svg><{name} xmlns="{namespace}">{{}}</{name}></svg>'
    assert svg.unbake(default.encode()) == (Baked(kind, b"{}"),)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN, id="a plain drawing"),
        pytest.param(baked_svg("{}", namespace="http://openbadges.com"), id="namespace"),
        pytest.param(baked_svg("{}", element="credential"), id="element"),
        pytest.param(b"<svg><openbadges:assertion>{}</openbadges:assertion></svg>", id="unbound"),
        pytest.param(
            b'<svg><g xmlns:o="http://openbadges.org"/><o:assertion>{}</o:assertion></svg>',
            id="bound elsewhere",
        ),
        pytest.param(
            b'<svg xmlns:o="http://openbadges.org"><g xmlns:o="urn:x"><o:assertion>{}'
            b"</o:assertion></g></svg>",
            id="bound to something else",
        ),
        pytest.param(
            b'<svg xmlns:o="http://openbadges.org"><!-- <o:assertion>{}</o:assertion> --></svg>',
            id="a comment",
        ),
    ],
)
def test_other_drawings_carry_none(data: bytes) -> None:
    assert svg.unbake(data) == ()


def test_a_scope_ends_with_its_element() -> None:
    data = (
        b'<svg xmlns:o="urn:x"><g xmlns:o="http://openbadges.org"><o:assertion>{}</o:assertion></g>'
        b"<o:assertion>[]</o:assertion></svg>"
    )
    assert only(data) == b"{}"


def test_two_of_a_kind_are_refused_unless_they_are_the_same() -> None:
    one = "<ob:assertion>{}</ob:assertion>"
    twice = baked_svg("{}").replace(b"<circle", one.encode() + b"<circle")
    assert only(twice) == b"{}"
    with pytest.raises(MalformedCredential):
        svg.unbake(twice.replace(b">{}<", b">[]<"))


# ---- what is refused ----------------------------------------------------------------------------


def test_a_document_type_that_only_names_itself_is_accepted_and_not_loaded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("nothing is loaded")

    monkeypatch.setattr(socket, "socket", never)
    for doctype in (DOCTYPE, "<!DOCTYPE svg>", '<!DOCTYPE svg SYSTEM "file:///etc/passwd">'):
        assert only(baked_svg("{}", doctype=doctype)) == b"{}"


@pytest.mark.parametrize(
    "doctype",
    [
        "<!DOCTYPE svg []>",
        '<!DOCTYPE svg [<!ENTITY a "b">]>',
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % a SYSTEM "http://a.example/x"> %a;]>',
        '<!DOCTYPE svg [<!ATTLIST ob:assertion verify CDATA "https://evil.example">]>',
        '<!DOCTYPE svg SYSTEM "x" [<!ELEMENT svg ANY>]>',
    ],
)
def test_an_internal_subset_is_refused(doctype: str) -> None:
    with pytest.raises(MalformedCredential):
        svg.unbake(baked_svg("{}", doctype=doctype))


@pytest.mark.parametrize("doctype", ["", DOCTYPE])
@pytest.mark.parametrize("entity", ["&a;", "&nbsp;"])
def test_an_entity_is_refused_in_text_and_attribute(doctype: str, entity: str) -> None:
    escaped = baked_svg("{}", doctype=doctype).replace(b"<![CDATA[{}]]>", f"{{{entity}}}".encode())
    for data in (
        escaped,
        baked_svg("{}", verify=f"https://a.example/{entity}", doctype=doctype),
        baked_svg(verify=f"{entity}{TOKEN}", doctype=doctype),
        baked_svg("{}", doctype=doctype).replace(b"<circle", f"{entity}<circle".encode()),
    ):
        with pytest.raises(MalformedCredential):
            svg.unbake(data)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"<svg>",
        b"<svg></g>",
        b"<html/>",
        b'<svg xmlns="urn:x"/>',
        b"<svg/><svg/>",
        b"<svg>\0</svg>",
        "<svg/>".encode("utf-16"),
        b'<?xml version="1.1"?><svg/>',
        b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        b'<?xml version="1.0" encoding="cp037"?><svg/>',
        b"<svg>\xff</svg>",
        baked_svg(),
        baked_svg(verify=" "),
        baked_svg("x").replace(b"<![CDATA[x]]>", b"<a/>"),
        baked_svg("x").replace(b"<![CDATA[x]]>", b"{}<ob:assertion>{}</ob:assertion>"),
    ],
)
def test_what_is_broken_is_malformed(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        svg.unbake(data)
    with pytest.raises(MalformedCredential):
        svg.bake(data, Baking.CLR_CREDENTIAL, b"{}")


LIMITS = [
    (svg.MAX_ELEMENTS - 1, lambda count: b"<svg>" + b"<g/>" * count + b"</svg>"),
    (svg.MAX_DEPTH - 1, lambda count: b"<svg>" + b"<g>" * count + b"</g>" * count + b"</svg>"),
    (
        svg.MAX_ATTRIBUTES,
        lambda count: b"<svg " + b"".join(b'a%d="" ' % n for n in range(count)) + b"/>",
    ),
    (
        svg.MAX_DECLARATIONS,
        lambda count: (
            b"<svg>" + b"".join(b'<g xmlns:a%d="u"/>' % n for n in range(count)) + b"</svg>"
        ),
    ),
    (
        MAX_CONTENT,
        lambda count: (
            b'<svg xmlns:o="http://openbadges.org"><o:assertion>'
            + b"x" * count
            + b"</o:assertion></svg>"
        ),
    ),
    (svg.MAX_BYTES - 11, lambda count: b"<svg>" + b" " * count + b"</svg>"),
]


@pytest.mark.parametrize(("limit", "made"), LIMITS)
def test_limits_hold_just_under_and_just_over(limit: int, made: Any) -> None:
    svg.unbake(made(limit))
    with pytest.raises(TooLarge):
        svg.unbake(made(limit + 1))


# ---- baking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Baking)
@pytest.mark.parametrize("content", [JSON, JSON.replace(", ", ",\r\n\t"), TOKEN, ADDRESS])
def test_what_is_baked_is_read_by_others_and_by_us(kind: Baking, content: str) -> None:
    baked = svg.bake(PLAIN, kind, content.encode())
    assert svg.unbake(baked) == (Baked(kind, content.encode()),)
    found = element(baked, kind)
    if content.startswith("{"):
        assert found.text == content
        assert found.get("verify") == "https://badges.example/1"
    else:
        assert (found.get("verify"), found.text) == (content, None)


@pytest.mark.parametrize("doctype", ["", DOCTYPE])
def test_baking_changes_nothing_else(doctype: str) -> None:
    plain = f"\ufeff{doctype}<!-- <svg> --><svg\n a='>' b=\"/>\" >\r\n<g/></svg>\n".encode()
    baked = svg.bake(plain, Baking.OPEN_BADGES, b"{}")
    place = plain.index(b"\r\n<g/>")
    assert baked[:place] == plain[:place]
    assert baked.endswith(plain[place:])
    assert re.fullmatch(
        rb'<openbadges:assertion xmlns:openbadges="http://openbadges\.org"><!\[CDATA\[\{\}\]\]>'
        rb"</openbadges:assertion>",
        baked[place : len(baked) - len(plain) + place],
    )


def test_an_empty_drawing_is_opened() -> None:
    baked = svg.bake(b'<s:svg xmlns:s="http://www.w3.org/2000/svg" />', Baking.OPEN_BADGES, b"{}")
    assert baked.startswith(b'<s:svg xmlns:s="http://www.w3.org/2000/svg" ><openbadges:assertion')
    assert baked.endswith(b"</openbadges:assertion></s:svg>")
    assert only(baked) == b"{}"


def test_baking_again_replaces_in_place() -> None:
    before = baked_svg("{}", verify="https://badges.example/1")
    start, end = before.index(b"<ob:assertion"), before.index(b"</ob:assertion>") + 15
    after = svg.bake(before, Baking.OPEN_BADGES, TOKEN.encode())
    assert after[:start] == before[:start]
    assert after.endswith(before[end:])
    assert only(after) == TOKEN.encode()
    assert svg.bake(after, Baking.OPEN_BADGES, TOKEN.encode()) == after


def test_baking_replaces_each_of_several_and_an_empty_one() -> None:
    one = b"<ob:assertion verify='https://a.example/1'/>"
    twice = baked_svg(verify="https://a.example/1").replace(b"<circle", one + b"<circle")
    after = svg.bake(twice, Baking.OPEN_BADGES, b"{}")
    assert only(after) == b"{}"
    assert after.count(b"assertion xmlns") == 1
    assert b"a.example" not in after
    assert after.endswith(b'\n<circle cx="5" cy="5" r="4"/></svg>')


def test_other_kinds_stay() -> None:
    before = svg.bake(PLAIN, Baking.CLR_CREDENTIAL, b"{}")
    after = svg.bake(before, Baking.OPEN_BADGE_CREDENTIAL, TOKEN.encode())
    assert len(svg.unbake(after)) == 2


@pytest.mark.parametrize(
    "content", [b"", b" ", b"\xff", b"{\0}", b'{"a": "\x07"}', b"\xef\xbf\xbf"]
)
def test_what_xml_cannot_hold_cannot_be_baked(content: bytes) -> None:
    with pytest.raises(MalformedCredential):
        svg.bake(PLAIN, Baking.OPEN_BADGES, content)


def test_a_drawing_in_latin_1_takes_ascii_alone() -> None:
    plain = b'<?xml version="1.0" encoding="ISO-8859-1"?><svg>\xe9</svg>'
    assert only(svg.bake(plain, Baking.OPEN_BADGES, b"{}")) == b"{}"
    with pytest.raises(MalformedCredential):
        svg.bake(plain, Baking.OPEN_BADGES, JSON.encode())


def test_a_real_drawing_is_read_and_baked_again() -> None:
    data = shared("samples", "open-badges-3", "simple-jwt.svg").read_bytes()
    (found,) = svg.unbake(data)
    assert found.kind is Baking.OPEN_BADGE_CREDENTIAL
    assert element(data, found.kind).get("verify") == found.content.decode()
    again = svg.bake(data, found.kind, found.content)
    assert svg.unbake(again) == (found,)
    both = svg.bake(again, Baking.OPEN_BADGES, JSON.encode())
    assert element(both, Baking.OPEN_BADGES).text == JSON


# ---- any bytes ----------------------------------------------------------------------------------

BAKED = baked_svg(JSON, verify="https://badges.example/1", doctype=DOCTYPE)
INSERTS = [b"<", b">", b"&", b"&a;", b'"', b"<![CDATA[", b"]]>", b"<!ENTITY", b"\0", b"\xff", b"/"]


@given(seed=st.integers(0, 2**32))
@settings(max_examples=400, deadline=None)
def test_mutated_drawings_raise_only_one_error(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    data = bytearray(BAKED)
    for _ in range(chance.randint(1, 3)):
        place = chance.randrange(len(data))
        if chance.random() < 0.5:
            data[place:place] = chance.choice(INSERTS)
        else:
            del data[place : place + chance.randint(1, 9)]
    try:
        svg.unbake(bytes(data))
        svg.bake(bytes(data), Baking.OPEN_BADGES, b"{}")
    except MalformedCredential:
        return


@given(st.text(st.characters(codec="utf-8", min_codepoint=32), min_size=1, max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_json_comes_out_as_it_was_baked(text: str) -> None:
    content = '{"a": "' + text.replace("\\", "").replace('"', "") + '"}'
    if "\ufffe" in content or "\uffff" in content:
        return
    assert only(svg.bake(PLAIN, Baking.OPEN_BADGES, content.encode())) == content.encode()
