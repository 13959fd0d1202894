"""EDCI XML: what is ours, what is read of it, and that nothing else than the signed is read."""

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import needs
from tests.formats.edci_documents import ACHIEVEMENT, DOCUMENT, ESCO, SNB, presented, texts
from tests.issuer.certificates import authority, der, seal_certificate
from tests.issuer.keys import p256_key
from tests.issuer.subjects import NOW
from tests.proofs.xml_seals import WITHOUT_FILTER, XmlSeal
from wallet import formats
from wallet.errors import MalformedCredential, TooLarge
from wallet.formats import edci_values
from wallet.intake import gather, gather_bytes
from wallet.model.credential import Credential, Element, Format, Learner, LearningOutcome, Text
from wallet.model.intake import ProblemCode
from wallet.model.verification import (
    CheckName,
    Outcome,
    Reason,
    State,
    VerificationReport,
    standing,
)
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify

NOTHING = TrustStore.empty()
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(document: str | bytes) -> Credential:
    data = document.encode() if isinstance(document, str) else document
    found = formats.read(data)
    assert found is not None
    assert found.raw == data
    return found


def defects(document: str) -> list[tuple[str, str]]:
    return [(defect.kind, defect.what) for defect in read(document).defects]


def report(data: bytes, trust: TrustStore = NOTHING) -> VerificationReport:
    return verify(read(data), trust, AT)


# ---- reading ------------------------------------------------------------------------------------


def test_the_credential_says_who_when_and_what() -> None:
    credential = read(DOCUMENT)
    assert (credential.format, credential.securing) == (Format.EDCI_XML, "none")
    assert credential.id == "urn:credential:0d1f"
    assert credential.types == ("europassCredential",)
    assert credential.title == Text((("en", "Data literacy"), ("pl", "Kompetencje danych")))
    assert credential.languages == ("en", "pl")
    assert credential.subject_ids == ("urn:epass:person:1",)
    assert credential.issued == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert credential.valid_from == datetime(2026, 2, 28, 23, tzinfo=UTC)
    assert credential.valid_until == datetime(2036, 3, 1, 23, 59, 59, tzinfo=UTC)
    assert not credential.defects
    issuer = credential.issuer
    assert issuer is not None
    assert issuer.name == Text((("en", "Example University"), ("pl", "Uniwersytet Przykładowy")))
    assert (issuer.identifiers, issuer.country) == (("VATPL-0000000000",), "PL")


def test_all_sixteen_elements_are_read() -> None:
    (achievement,) = read(DOCUMENT).achievements
    elements = achievement.elements
    assert elements.stated() == tuple(Element)
    assert elements.learner == Learner("Zofia Przykładowa", "2004-05-06", ("000",))
    assert elements.title == Text((("en", "Data literacy course"), ("pl", "Kurs")))
    assert elements.country == ("ES",)
    assert [body.label for body in elements.awarding_body] == ["Other University"]
    assert elements.issued == datetime(2026, 2, 20, tzinfo=UTC)
    (outcome,) = elements.learning_outcomes
    assert outcome.text == Text.plain("Reads charts", "en")
    assert [skill.uri for skill in outcome.skills] == [ESCO]
    assert elements.workload is not None
    assert (elements.workload.ects, elements.workload.hours) == (Decimal("2.5"), "60")
    assert elements.level is not None
    assert elements.level.eqf == 5
    assert [concept.label for concept in elements.level.others] == [Text.plain("PRK 5", "en")]
    assert [concept.uri for concept in elements.assessment] == [SNB + "assessment/d30284d7df"]
    assert [c.uri for c in elements.participation] == [SNB + "learning-assessment/e92d221e4d"]
    assert [c.uri for c in elements.quality_assurance] == [SNB + "accreditation/820101cba6"]
    assert elements.prerequisites == (Text.plain("Secondary school.", "en"),)
    assert [c.label.best() for c in elements.supervision if c.label] == [
        "Supervised with identity verification"
    ]
    assert elements.grade is not None
    assert (elements.grade.value.best(), elements.grade.scale) == ("5", Text.plain("2 to 5", "en"))
    assert [text.best() for text in elements.stackability] == [
        "Partial qualification",
        "Charts",
        "The second course",
    ]
    assert [text.best() for text in elements.further_information] == [
        "Held in spring.",
        "https://example.edu/dl",
    ]
    assert achievement.identifiers == ("https://example.edu/courses/dl-101",)
    assert achievement.codes == ("DL-101",)
    assert achievement.isced == ("0542",)
    assert achievement.esco == (ESCO,)
    assert achievement.form == "course"
    assert not achievement.attendance_only


def test_the_document_is_json_in_the_words_of_the_newer_model() -> None:
    document = read(DOCUMENT).document
    assert json.loads(json.dumps(document)) == document
    assert document["issuer"]["legalName"] == {
        "en": "Example University",
        "pl": "Uniwersytet Przykładowy",
    }
    claim = document["credentialSubject"][0]["hasClaim"][0]
    assert claim["type"] == ["LearningAchievement"]
    assert claim["specifiedBy"][0]["creditPoint"][0]["point"] == "2,5"


def test_a_presentation_is_read_as_the_credential_in_it() -> None:
    inside, alone = read(presented()), read(DOCUMENT)
    assert inside.format is Format.EDCI_XML
    assert (inside.id, inside.issuer) == (alone.id, alone.issuer)
    assert inside.achievements == alone.achievements
    envelope = inside.document["presentation"]
    assert envelope["issuer"]["legalName"] == {"en": "Sealing Service"}
    assert not inside.parts


def test_activities_alone_are_attendance() -> None:
    claims = f"<achievements>{ACHIEVEMENT}</achievements>"
    activity = (
        f'<activities><activity id="urn:a">{texts("title", en="A workshop")}'
        "<workload>PT8H</workload></activity></activities>"
    )
    (found,) = read(DOCUMENT.replace(claims, activity)).achievements
    assert found.attendance_only
    assert found.elements.title == Text.plain("A workshop", "en")
    assert found.elements.workload is not None
    assert found.elements.workload.hours == "8"


def test_an_awarded_qualification_is_an_achievement() -> None:
    renamed = DOCUMENT.replace("<learningAchievement id=\"urn:epass:learningAchievement:1\"",
                               "<qualificationAward id=\"urn:q\"")  # fmt: skip
    start = renamed.rindex("</learningAchievement>")
    renamed = renamed[:start] + "</qualificationAward>" + renamed[start + 22 :]
    assert read(renamed).achievements == read(DOCUMENT).achievements


def test_texts_without_a_language_and_outside_of_a_text_element() -> None:
    plain = DOCUMENT.replace(texts("prefLabel", en="Reads charts"), "<prefLabel>Reads</prefLabel>")
    (achievement,) = read(plain).achievements
    assert achievement.elements.learning_outcomes[0].text == Text.plain("Reads")
    without = DOCUMENT.replace('lang="en">Reads charts', ">Reads &lt;br/&gt;\ncharts")
    (achievement,) = read(without).achievements
    assert achievement.elements.learning_outcomes[0].text == Text.plain("Reads \ncharts")


def test_a_label_and_a_description_are_one_outcome() -> None:
    both = texts("prefLabel", en="Reads charts")
    document = DOCUMENT.replace(both, both + texts("description", en="All kinds of them."))
    (outcome,) = read(document).achievements[0].elements.learning_outcomes
    assert outcome == LearningOutcome(
        Text.plain("Reads charts; All kinds of them.", "en"), outcome.skills
    )


# ---- what is odd, and what is wrong -------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (' cred:id="urn:credential:0d1f"', "", [("FORMAT_FAILURE", "id")]),
        ('<cred:issuer idref="urn:epass:org:1"/>', "", [("FORMAT_FAILURE", "issuer")]),
        (
            '<cred:issuer idref="urn:epass:org:1"/>',
            '<cred:issuer idref="urn:epass:org:9"/>',
            [("SCHEMA_REMARKS", "idref"), ("FORMAT_FAILURE", "issuer")],
        ),
        (
            "<cred:issued>2026-03-01T10:00:00+01:00</cred:issued>",
            "",
            [("FORMAT_FAILURE", "issued")],
        ),
        ("2036-03-01<", "never<", [("FORMAT_FAILURE", "validUntil")]),
        ("2036-03-01<", "2020-03-01<", [("FORMAT_FAILURE", "validUntil")]),
        ('idref="urn:epass:qualification:1"', 'idref="?"', [("SCHEMA_REMARKS", "idref")]),
        (
            '<organization id="urn:epass:org:2">',
            '<organization id="urn:epass:org:1">',
            [("DUPLICATE_KEY", "id"), ("SCHEMA_REMARKS", "idref")],
        ),
    ],
)
def test_defects_are_told(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert before in DOCUMENT
    assert defects(DOCUMENT.replace(before, after)) == expected


def test_a_credential_about_nobody_without_a_title_still_reads() -> None:
    start, end = DOCUMENT.index("<credentialSubject"), DOCUMENT.index("</credentialSubject>") + 20
    document = DOCUMENT[:start] + DOCUMENT[end:]
    document = document.replace(texts("title", en="Data literacy", pl="Kompetencje danych"), "")
    credential = read(document)
    assert credential.title is None
    assert defects(document) == [
        ("FORMAT_FAILURE", "credentialSubject"),
        ("SCHEMA_REMARKS", "title"),
    ]


def test_several_credentials_in_one_presentation() -> None:
    whole = presented()
    start = whole.index("<europassCredential")
    end = whole.index("</europassCredential>") + len("</europassCredential>")
    assert defects(whole[:end] + whole[start:]) == [("FORMAT_FAILURE", "europassCredential")]
    with pytest.raises(MalformedCredential):
        formats.read((whole[:start] + whole[end:]).encode())


@pytest.mark.parametrize(
    "data",
    [
        b"<svg></svg>",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "a.dtd"><svg/>',
        b"<html><p>europassCredential in http://data.europa.eu/snb",
        b"<europassCredential/>",
        b'<verifiablePresentation xmlns="urn:other"/>',
        b'<europassCredential xmlns="urn:other" about="http://data.europa.eu/snb"/>',
        b'<userInfo xmlns="http://data.europa.eu/snb"/>',
    ],
)
def test_other_xml_is_not_ours(data: bytes) -> None:
    assert formats.read(data) is None


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[:-30],
        lambda text: text.replace("?>", '?><!DOCTYPE a [<!ENTITY e "x">]>', 1),
        lambda text: text.replace("Data literacy", "&e;"),
        lambda text: text.replace('"UTF-8"', '"ISO-8859-2"', 1),
        lambda text: text.replace("<proof/>", "<a>" * 70 + "</a>" * 70),
    ],
)
def test_what_is_ours_and_broken_is_malformed(change: object) -> None:
    assert callable(change)
    data = change(DOCUMENT).encode()
    with pytest.raises(MalformedCredential):
        formats.read(data)
    (problem,) = gather_bytes("x.xml", data).problems
    assert problem.code in {ProblemCode.MALFORMED, ProblemCode.TOO_LARGE}


def test_references_are_followed_within_a_budget() -> None:
    many = '<learningOutcome idref="urn:epass:learningOutcome:1"/>'
    long = texts("prefLabel", en="x" * 20_000)
    document = DOCUMENT.replace(texts("prefLabel", en="Reads charts"), long)
    assert len(read(document.replace(many, many * 190)).achievements) == 1
    assert edci_values.MAX_READ < 210 * 20_000 + 2000
    with pytest.raises(TooLarge):
        formats.read(document.replace(many, many * 210).encode())


def test_the_limit_of_one_text() -> None:
    one = '<text lang="en">y</text>'
    title = texts("title", en="Data literacy", pl="Kompetencje danych")
    fitting = DOCUMENT.replace(title, f"<title>{one * edci_values.MAX_TEXTS}</title>")
    assert read(fitting).title == Text.plain("y", "en")
    with pytest.raises(TooLarge):
        formats.read(fitting.replace("<title>" + one, "<title>" + one * 2, 1).encode())


# ---- what is signed is what is shown ------------------------------------------------------------


def test_comments_cut_nothing_off() -> None:
    data = XmlSeal(document=DOCUMENT).build()
    cut = data.replace(b"Zofia Przyk", b"Zofia<!-- --> Przyk").replace(b">2,5<", b">2<!-- -->,5<")
    assert cut != data
    assert report(cut).check(CheckName.PROOF).outcome is Outcome.PASSED
    assert read(cut).achievements == read(data).achievements


def test_records_inside_the_signature_are_not_read() -> None:
    data = XmlSeal(document=DOCUMENT.replace('urn:epass:org:1"/>', 'urn:epass:org:9"/>')).build()
    forged = (
        b'<ds:Object><agentReferences xmlns="http://data.europa.eu/snb">'
        b'<organization id="urn:epass:org:9"><prefLabel>Forged</prefLabel></organization>'
        b"</agentReferences></ds:Object></ds:Signature>"
    )
    changed = data.replace(b"</ds:Signature>", forged)
    assert report(changed).check(CheckName.PROOF).outcome is Outcome.PASSED
    assert read(changed).issuer is None


def test_only_the_lists_of_records_are_led_to() -> None:
    elsewhere = '<displayParameters><organization id="urn:epass:org:9"><prefLabel>Elsewhere'
    document = DOCUMENT.replace('issuer idref="urn:epass:org:1"', 'issuer idref="urn:epass:org:9"')
    closed = "</prefLabel></organization></displayParameters><proof/>"
    assert read(document.replace("<proof/>", elsewhere + closed)).issuer is None


def test_a_seal_that_holds_and_one_that_does_not() -> None:
    for document in (DOCUMENT, presented()):
        data = XmlSeal(document=document, without=WITHOUT_FILTER).build()
        assert read(data).securing == "xades"
        found = report(data)
        assert found.check(CheckName.FORMAT).outcome is Outcome.PASSED
        assert found.check(CheckName.PROOF).outcome is Outcome.PASSED
        assert found.check(CheckName.ISSUER).reason is Reason.TRUST_DATA_MISSING
        changed = report(data.replace(b"2,5", b"250"))
        assert changed.check(CheckName.PROOF).reason is Reason.HASH_FAILURE
        assert changed.check(CheckName.ISSUER).reason is Reason.PROOF_FAILED
        assert standing(changed).state is State.SIGNATURE_NOT_VALID


def test_without_a_seal() -> None:
    found = report(DOCUMENT.encode())
    assert found.check(CheckName.PROOF).reason is Reason.NO_SIGNATURE_FOUND
    assert standing(found).state is State.NOT_SIGNED


@pytest.mark.parametrize(
    ("organisation", "identifier", "reason"),
    [
        ("Example University", "VATPL-0000000000", Reason.KEY_SUPPLIED),
        ("Sealing Service", "VATES-B00000000", Reason.SEAL_NOT_ISSUER),
    ],
)
def test_the_issuer_is_that_of_the_credential(
    organisation: str, identifier: str, reason: Reason
) -> None:
    ca, key = authority("edci", name="Example Authority"), p256_key("edci")
    leaf = seal_certificate(
        ca, key, organisation=organisation, identifier=identifier, country="PL",
        valid=(NOW.replace(year=2025), NOW.replace(year=2030)),
    )  # fmt: skip
    data = XmlSeal(document=presented(), key=key, leaf=der(leaf)).build()
    trust = NOTHING.with_file(ca.pem, "authority.pem", NOW)
    assert report(data, trust).check(CheckName.ISSUER).reason is reason


def test_expired_and_intact() -> None:
    document = DOCUMENT.replace("2036-03-01<", "2026-04-01<")
    found = report(XmlSeal(document=document).build())
    assert found.check(CheckName.PROOF).outcome is Outcome.PASSED
    assert found.check(CheckName.VALIDITY).reason is Reason.EXPIRED


# ---- real files, and any bytes ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "title", "achievements"),
    [
        (
            "EDC_DiplomaSupplement_AA.xml",
            "Graduate University Study of Civil Engineering - Diploma Supplement",
            1,
        ),
        ("edci_credential_basic.xml", "Certificate of Completion", 0),
    ],
)
def test_genuine_files(name: str, title: str, achievements: int) -> None:
    path = needs.shared("samples", "edci-xml", name)
    gathered = gather(path)
    (item,) = gathered.items
    assert not gathered.problems
    credential = item.credential
    assert credential.raw == path.read_bytes()
    assert (credential.format, credential.securing) == (Format.EDCI_XML, "xades")
    assert credential.title is not None
    assert credential.title.best("en") == title
    assert len(credential.achievements) == achievements
    assert not credential.defects
    found = verify(credential, NOTHING, AT)
    assert found.check(CheckName.PROOF).outcome is Outcome.PASSED
    assert found.check(CheckName.ISSUER).outcome is Outcome.INDETERMINATE
    assert standing(found).state is State.UNCHANGED_ISSUER_NOT_CONFIRMED


def test_the_diploma_supplement_in_full() -> None:
    path = needs.shared("samples", "edci-xml", "EDC_DiplomaSupplement_AA.xml")
    (achievement,) = read(path.read_bytes()).achievements
    missing = set(Element) - set(achievement.elements.stated())
    assert missing == {Element.LEVEL}
    assert achievement.elements.workload is not None
    assert achievement.elements.workload.ects == 120
    assert achievement.elements.title is not None
    assert achievement.elements.title.languages == ("en", "es")


@pytest.mark.parametrize("name", ["xxe_file.xml", "xxe_dos.xml"])
def test_hostile_files_are_malformed(name: str) -> None:
    gathered = gather(needs.shared("samples", "edci-xml", name))
    assert not gathered.items
    assert [problem.code for problem in gathered.problems] == [ProblemCode.MALFORMED]


SEALED = XmlSeal(document=presented()).build()


@given(seed=st.data())
@settings(max_examples=250, deadline=None)
def test_mutated_bytes_raise_only_one_error(seed: st.DataObject) -> None:
    data = bytearray(SEALED)
    for _ in range(seed.draw(st.integers(1, 4))):
        place = seed.draw(st.integers(0, len(data) - 1))
        kind = seed.draw(st.integers(0, 2))
        if kind == 0:
            data[place] = seed.draw(st.integers(0, 255))
        elif kind == 1:
            del data[place : place + seed.draw(st.integers(1, 200))]
        else:
            data[place:place] = data[place : place + seed.draw(st.integers(1, 300))]
    try:
        credential = formats.read(bytes(data))
    except MalformedCredential:
        return
    if credential is not None:
        assert formats.read(credential.raw) == credential
        verify(credential, NOTHING, AT)


TAGS = sorted({part.split(">")[0].split()[0] for part in DOCUMENT.split("<")[3:] if part[0] != "/"})


@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.sampled_from(TAGS), st.integers(0, 5)),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=150, deadline=None)
def test_elements_in_any_place_are_read_or_refused(changes: list[tuple[str, str, int]]) -> None:
    document = DOCUMENT
    for name, other, kind in changes:
        tag, junk = name.rstrip("/"), other.rstrip("/")
        replacement = (
            f"<{junk}><{tag}", f"<{junk}/><{tag}", f"<{tag} idref='urn:epass:org:1'><{tag}",
            f"junk<{tag}", f"<{tag}/><{tag}", f"<{tag} lang='' uri='' id=''/><{tag}",
        )[kind]  # fmt: skip
        closing = f"</{junk}>" if kind == 0 else f"</{tag}>" if kind == 2 else ""
        document = document.replace(f"<{tag}>", f"{replacement}>", 1)
        document = document.replace(f"</{tag}>", f"</{tag}>{closing}", 1)
    try:
        credential = formats.read(document.encode())
    except MalformedCredential:
        return
    assert credential is not None
    verify(credential, NOTHING, AT)
