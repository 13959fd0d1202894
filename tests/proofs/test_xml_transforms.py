"""Canonical XML and the known transforms, against values written out by hand."""

import pytest

from wallet.model.verification import Reason
from wallet.proofs import xml_transforms
from wallet.proofs.xml_reading import Element, parse
from wallet.proofs.xml_transforms import DS, Canonical, Declined, Plan, of_document, of_element

EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"


def at(document: str, *path: int) -> Element:
    element = parse(document.encode()).root
    for step in path:
        element = element[step]
    return element


@pytest.mark.parametrize(
    ("document", "path", "form", "expected"),
    [
        # Canonical XML 1.0: attributes sorted, empty elements written out, references resolved.
        (
            '<a  c="1" b=\'2\'><d/>&#65;&amp;<![CDATA[<]]>&#13;</a>',
            (),
            Canonical(),
            '<a b="2" c="1"><d></d>A&amp;&lt;&#xD;</a>',
        ),
        ('<a xmlns:p="urn:1"><b xmlns:p="urn:2"><c/></b></a>', (0, 0), Canonical(),
         '<c xmlns:p="urn:2"></c>'),
        ('<a xmlns="urn:u" xmlns:q="urn:q"><b xmlns=""><c q:z="1" a="2"/></b></a>', (0, 0),
         Canonical(), '<c xmlns:q="urn:q" a="2" q:z="1"></c>'),
        ('<a xmlns="urn:u"><b/>tail</a>', (0,), Canonical(), '<b xmlns="urn:u"></b>'),
        # Exclusive: only what is used, where it is used.
        ('<a xmlns="urn:u" xmlns:p="urn:v" xmlns:q="urn:q"><p:b><p:c/></p:b></a>', (0,),
         Canonical(exclusive=True), '<p:b xmlns:p="urn:v"><p:c></p:c></p:b>'),
        ('<a xmlns="urn:u" xmlns:p="urn:v" xmlns:q="urn:q"><b p:x=""><c/></b></a>', (0,),
         Canonical(exclusive=True), '<b xmlns="urn:u" xmlns:p="urn:v" p:x=""><c></c></b>'),
        ('<a xmlns:p="urn:1"><b xmlns:p="urn:2" xmlns:q="urn:q"><c/></b></a>', (0, 0),
         Canonical(exclusive=True, prefixes=("p", "none")), '<c xmlns:p="urn:2"></c>'),
    ],
)  # fmt: skip
def test_canonical_forms(
    document: str, path: tuple[int, ...], form: Canonical, expected: str
) -> None:
    assert of_element(at(document, *path), form, comments=False).decode() == expected


def test_comments_are_kept_where_they_are_asked_for() -> None:
    element = at("<a><b>x<!-- y -->z</b></a>", 0)
    assert of_element(element, Canonical(), comments=False) == b"<b>xz</b>"
    assert of_element(element, Canonical(comments=True), comments=True) == b"<b>x<!-- y -->z</b>"


def test_a_document_without_its_signature_keeps_the_text_around() -> None:
    for before in ("one", "<x/>one"):
        signature = f'<s:Signature xmlns:s="{DS}"><b/></s:Signature>'
        document = parse(f"<?p q?><a><!-- c -->{before}{signature}two</a>".encode())
        plan = Plan(Canonical(), without_signature=True)
        own = document.root.find(f"{{{DS}}}Signature")
        inner = before.replace("<x/>", "<x></x>")
        assert of_document(document, plan, own).decode() == f"<?p q?>\n<a>{inner}two</a>"
        assert document.root.find(f".//{{{DS}}}Signature") is not None


def test_what_inclusive_forms_inherit_is_declined() -> None:
    element = at('<a xml:lang="en"><b/></a>', 0)
    assert of_element(element, Canonical(exclusive=True), comments=False) == b"<b></b>"
    with pytest.raises(Declined) as caught:
        of_element(element, Canonical(), comments=False)
    assert caught.value.reason is Reason.UNSUPPORTED_SUITE


def transforms(inner: str) -> Element:
    return parse(f'<ds:Transforms xmlns:ds="{DS}">{inner}</ds:Transforms>'.encode()).root


def test_without_transforms_the_inclusive_form_is_meant() -> None:
    assert xml_transforms.plan(None) == Plan(Canonical(), without_signature=False)
    assert xml_transforms.plan(transforms("")) == Plan()


def test_the_limit_of_transforms() -> None:
    one = f'<ds:Transform Algorithm="{DS}enveloped-signature"/>'
    assert xml_transforms.plan(transforms(one * xml_transforms.MAX_TRANSFORMS)).without_signature
    with pytest.raises(Declined) as caught:
        xml_transforms.plan(transforms(one * (xml_transforms.MAX_TRANSFORMS + 1)))
    assert caught.value.reason is Reason.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    "expression",
    [
        "not(ancestor-or-self::ds:Signature) or true()",
        "not(ancestor-or-self::Signature)",
        "not(ancestor-or-self::*:Signature)",
        "not(self::ds:Signature)",
        "document('file:///etc/passwd')",
        "",
        "(" * 10_000,
    ],
)
def test_expressions_are_compared_and_never_run(expression: str) -> None:
    algorithm = "http://www.w3.org/TR/1999/REC-xpath-19991116"
    inner = f"<ds:XPath>{expression}</ds:XPath>"
    with pytest.raises(Declined) as caught:
        xml_transforms.plan(
            transforms(f'<ds:Transform Algorithm="{algorithm}">{inner}</ds:Transform>')
        )
    assert caught.value.reason is Reason.UNSUPPORTED_SUITE
