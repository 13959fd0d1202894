"""XML from foreign bytes: nothing is expanded or fetched, and every limit holds."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import needs, work
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import xml_reading
from wallet.proofs.xml_reading import elements, first_tag, parse, text


def what(data: bytes) -> str:
    with pytest.raises(MalformedCredential) as caught:
        parse(data)
    return str(caught.value.facts["what"])


@pytest.mark.parametrize("name", ["xxe_file.xml", "xxe_dos.xml"])
def test_hostile_samples_are_refused_at_once(name: str) -> None:
    data = needs.shared("samples", "edci-xml", name).read_bytes()
    with work.at_most(1000):
        assert what(data) == "DOCTYPE"


def test_a_file_that_an_entity_names_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("a secret")
    declared = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]><a>&e;</a>'
    with pytest.raises(MalformedCredential) as caught:
        parse(declared.encode())
    assert "a secret" not in repr(caught.value.facts)


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "http://localhost:9/a.dtd">',
        '<!DOCTYPE a PUBLIC "-//x" "a.dtd">',
        "<!DOCTYPE a [<!ATTLIST a b CDATA 'default'>]>",
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
        "<!-- first --><!DOCTYPE a []>",
    ],
)
def test_any_document_type_is_refused(declaration: str) -> None:
    assert what(f"{declaration}<a/>".encode()) == "DOCTYPE"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "XML"),
        (b"<a>", "XML"),
        (b"<a></b>", "XML"),
        (b"<a/><b/>", "XML"),
        (b"<a>&unknown;</a>", "XML"),
        (b"<a>\xff</a>", "XML"),
        (b"<a>\x00</a>", "XML"),
        (b"<a>&#0;</a>", "XML"),
        (b"<p:a/>", "XML"),
        (b'<a b="1" b="2"/>', "XML"),
        (b'<a xmlns:p="urn:x" xmlns:q="urn:x" p:b="1" q:b="2"/>', "XML"),
        (b' <?xml version="1.0"?><a/>', "XML"),
        (b'<?xml version="1.1"?><a/>', "XML version"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><a/>', "XML encoding"),
        (b'<?xml version="1.0" encoding="UTF-7"?><a/>', "XML encoding"),
        ('<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"), "XML encoding"),
    ],
)
def test_what_is_not_read(data: bytes, expected: str) -> None:
    assert what(data) == expected


def test_a_mark_in_front_and_small_letters_are_read() -> None:
    document = parse(b'\xef\xbb\xbf<?xml version="1.0" encoding="utf-8"?><a>\xc5\x82</a>')
    assert document.root.text == "ł"


NS = "".join(f' xmlns:p{number}="urn:{number}"' for number in range(xml_reading.MAX_NAMESPACES))
ATTRIBUTES = "".join(f' a{number}=""' for number in range(xml_reading.MAX_ATTRIBUTES))
NAME = "a" * xml_reading.MAX_NAME_CHARACTERS


@pytest.mark.parametrize(
    ("under", "over"),
    [
        (
            "<a>" * xml_reading.MAX_DEPTH + "</a>" * xml_reading.MAX_DEPTH,
            "<a>" * (xml_reading.MAX_DEPTH + 1) + "</a>" * (xml_reading.MAX_DEPTH + 1),
        ),
        (f"<a{ATTRIBUTES}/>", f"<a{ATTRIBUTES} b=''/>"),
        (f"<a{NS}/>", f"<a{NS}><b xmlns='urn:one-more'/></a>"),
        (
            f"<a{NS[: NS.rindex(' ')]}><b xmlns='urn:u'/><b xmlns='urn:v'/></a>",
            f"<a{NS} xmlns='urn:u'/>",
        ),
        (f"<{NAME}/>", f"<{NAME}a/>"),
        (f"<a xmlns='{NAME}'/>", f"<a xmlns='{NAME}a'/>"),
        (
            "<a>" + "<b/>" * (xml_reading.MAX_NODES - 1) + "</a>",
            "<a>" + "<b/>" * xml_reading.MAX_NODES + "</a>",
        ),
        (
            "<a>" + "<b c=''/>" * (xml_reading.MAX_NODES // 2 - 1) + "</a>",
            "<a>" + "<b c=''/>" * (xml_reading.MAX_NODES // 2) + "</a>",
        ),
        (
            "<a>" + "<!---->" * (xml_reading.MAX_NODES - 1) + "</a>",
            "<a>" + "<!---->" * xml_reading.MAX_NODES + "</a>",
        ),
        ("<a/>", "<a>" + "<![CDATA[]]>" * xml_reading.MAX_NODES + "</a>"),
        ("<a/>", "<a>" + "<?p?>" * xml_reading.MAX_NODES + "</a>"),
        (
            f"<a xmlns:p='{NAME}'>" + "<p:b/>" * 65_000 + "</a>",
            f"<a xmlns:p='{NAME}'>" + "<p:b/>" * 65_600 + "</a>",
        ),
    ],
    ids=range(12),
)
def test_limits(under: str, over: str) -> None:
    parse(under.encode())
    with pytest.raises(TooLarge):
        parse(over.encode())


def test_the_limit_of_bytes() -> None:
    fitting = b"<a><b>%s</b><b>%s</b></a>" % ((b"x" * (xml_reading.MAX_BYTES // 2 - 20),) * 2)
    parse(fitting)
    with pytest.raises(TooLarge):
        parse(fitting + b" " * 50)


def test_the_limit_of_one_text() -> None:
    parse(b"<a>%s</a>" % (b"x" * (xml_reading.MAX_TEXT - 100)))
    assert what(b"<a>%s</a>" % (b"x" * (xml_reading.MAX_TEXT + 100))) == "XML"


def test_the_text_of_an_element_goes_on_behind_comments() -> None:
    root = parse(b"<a>one<!-- x --> two<?p q?> three<b>inner</b> four<![CDATA[ <five>]]></a>").root
    assert text(root) == "one two three four <five>"
    assert [inner.tag for inner in elements(root)] == ["b"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", None),
        (b"plain", None),
        (b"{}", None),
        (b"<", None),
        (b"<!-- never ends", None),
        (b"<a", None),
        (b"<a/>", "a"),
        (b"<a>", "a"),
        (b"\xef\xbb\xbf \n<p:a x='1'>", "a"),
        (b'<?xml version="1.0"?><!-- <b> --><?p <c> ?>\n<a\n/>', "a"),
        (b'<!DOCTYPE a [<!ENTITY x "y">]><a>', "a"),
        (b"<!DOCTYPE a", None),
        (b" " * xml_reading.PROLOG + b"<a/>", None),
    ],
)
def test_the_first_tag_is_found_without_parsing(data: bytes, name: str | None) -> None:
    assert first_tag(data) == name


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_arbitrary_bytes_raise_one_error(data: bytes) -> None:
    first_tag(data)
    for candidate in (data, b"<a>" + data + b"</a>", b'<a b="' + data + b'"/>', b"<?xml " + data):
        first_tag(candidate)
        try:
            parse(candidate)
        except MalformedCredential:
            continue
