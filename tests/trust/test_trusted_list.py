"""European trusted lists: whose signature counts, what is read, and what is refused."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import work
from tests.trust import europe
from tests.trust.europe import EUROPE, ISSUED, OPERATOR, Entry, Listing
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import certificate
from wallet.trust import list_xml, paths
from wallet.trust.list_criteria import Combine, Criteria, Traits
from wallet.trust.lists import TrustedLists
from wallet.trust.trusted_list import NOT_UNDERSTOOD, ListOfLists, ServiceType, TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
ROOTS = (europe.authority(EUROPE),)
SIGNERS = (europe.authority(OPERATOR),)
NATIONAL = europe.national()
CA = Listing(certificates=(europe.authority(),))


def read(data: bytes = NATIONAL, signers: tuple[bytes, ...] = SIGNERS) -> TrustedList:
    found = list_xml.read(data, signers, "list.xml", AT)
    assert isinstance(found, TrustedList)
    return found


def refused(data: bytes, signers: tuple[bytes, ...] = SIGNERS) -> str:
    with pytest.raises(MalformedCredential) as raised:
        list_xml.read(data, signers, "list.xml", AT)
    return str(raised.value.facts.get("detail", ""))


# ---- reading ------------------------------------------------------------------------------------


def test_a_national_list() -> None:
    found = read()
    assert (found.territory, found.country, found.sequence) == ("PL", "PL", 7)
    assert (found.issued, found.next_update) == (ISSUED, ISSUED + timedelta(days=180))
    assert (found.source, found.as_of) == ("list.xml", AT)
    (service,) = found.services
    assert (service.type, service.name) == (ServiceType.CA_QC, "Qualified seals")
    assert service.provider == "Example Trust"
    (status,) = service.history
    assert (status.value, status.uses) == ("granted", ("ForeSeals",))
    assert [listed.der for listed in status.certificates] == [europe.authority()]


def test_the_list_of_lists_is_told_by_its_type_and_not_by_its_text() -> None:
    assert b"EUlistofthelists" in NATIONAL
    assert not list_xml.peek(NATIONAL).is_list_of_lists
    found = list_xml.read(europe.list_of_lists(), ROOTS, "eu.xml", AT)
    assert isinstance(found, ListOfLists)
    assert found.signers_of("PL") == SIGNERS
    assert found.signers_of("EU") == ROOTS
    assert found.signers_of("ES") == ()


def test_history_without_certificates_gets_those_of_the_current_entry() -> None:
    entries = (Entry(ISSUED, "withdrawn"), Entry())
    (service,) = read(europe.national(Listing(entries, (europe.authority(),)))).services
    assert [status.value for status in service.history] == ["withdrawn", "granted"]
    assert service.history[0].certificates == service.history[1].certificates != ()


def test_history_with_certificates_keeps_its_own() -> None:
    other = europe.authority("Another CA")
    entries = (Entry(ISSUED, "withdrawn"), Entry(certificates=(other,)))
    (service,) = read(europe.national(Listing(entries, (europe.authority(),)))).services
    assert [listed.der for listed in service.history[1].certificates] == [other]


def test_history_is_ordered_by_its_dates() -> None:
    entries = (
        Entry(datetime(2021, 1, 1, tzinfo=UTC), "withdrawn"),
        Entry(datetime(2017, 1, 1, tzinfo=UTC), "undersupervision"),
        Entry(datetime(2019, 1, 1, tzinfo=UTC)),
    )
    (service,) = read(europe.national(Listing(entries, CA.certificates))).services
    for year, expected in ((2022, "withdrawn"), (2020, "granted"), (2018, "undersupervision")):
        status = service.at(datetime(year, 1, 1, tzinfo=UTC))
        assert status is not None
        assert status.value == expected
    assert service.at(datetime(2016, 1, 1, tzinfo=UTC)) is None


def test_services_that_do_not_bear_on_seals_are_left_out() -> None:
    kinds = ("CA/QC", "TSA/QTST", "EDS/Q", "Certstatus/OCSP/QC")
    listings = (Listing(type=kind, certificates=CA.certificates) for kind in kinds)
    found = read(europe.national(*listings)).services
    assert [service.type.value for service in found] == ["CA/QC", "TSA/QTST"]


def test_an_odd_certificate_does_not_cost_a_country_its_list() -> None:
    (service,) = read(
        europe.national(Listing(certificates=(b"\x30\x00", *CA.certificates)))
    ).services
    assert [listed.der for listed in service.history[0].certificates] == [*CA.certificates]


def test_a_closed_list_has_no_next_update() -> None:
    assert read(europe.national(next_update=None)).next_update is None


def test_greece_and_the_united_kingdom_are_written_as_iso_does() -> None:
    assert read(europe.national(territory="EL")).country == "GR"
    assert read(europe.national(territory="UK")).country == "GB"


# ---- qualifiers ---------------------------------------------------------------------------------


def criteria_of(extensions: str) -> Criteria:
    (service,) = read(
        europe.national(Listing((Entry(extensions=extensions),), CA.certificates))
    ).services
    (found,) = service.history[0].qualifications
    assert found.qualifiers == ("NotQualified",)
    return found.criteria


def test_policies_are_compared_as_plain_identifiers() -> None:
    found = criteria_of(europe.qualification("NotQualified", criteria=europe.policies("1.2.3")))
    assert found == Criteria(Combine.ALL, policies=(("1.2.3",),))
    assert found.match(Traits(policies=frozenset({"1.2.3", "1.2.4"})))
    assert not found.match(Traits(policies=frozenset({"1.2.33"})))


def test_every_kind_of_criterion() -> None:
    usage = '<s:KeyUsage><s:KeyUsageBit name="{}">{}</s:KeyUsageBit></s:KeyUsage>'
    identifier = "<x:Identifier>{}</x:Identifier>"
    others = (
        "<s:otherCriteriaList><a:CertSubjectDNAttribute><a:AttributeOID>"
        f"{identifier.format('2.5.4.97')}</a:AttributeOID></a:CertSubjectDNAttribute>"
        f"<a:ExtendedKeyUsage><a:KeyPurposeId>{identifier.format('1.3.6.1')}</a:KeyPurposeId>"
        "</a:ExtendedKeyUsage></s:otherCriteriaList>"
    )
    inner = f'<s:CriteriaList assert="none">{europe.policies("1.2", "1.3")}</s:CriteriaList>'
    text = usage.format("nonRepudiation", "true") + usage.format("crlSign", "false")
    found = criteria_of(europe.qualification("NotQualified", criteria=text + inner + others))
    traits = Traits(
        policies=frozenset({"1.2"}),
        key_usage=frozenset({"nonRepudiation"}),
        subject=frozenset({"2.5.4.97"}),
        extended=frozenset({"1.3.6.1"}),
    )
    assert found.match(traits)
    assert not found.match(Traits())
    assert Criteria.from_json(found.as_json()) == found


@pytest.mark.parametrize(
    ("combine", "answers"),
    [("all", (False, True, False)), ("atLeastOne", (True, True, False)), ("none", (0, 0, 1))],
)
def test_criteria_combine(combine: str, answers: tuple[bool, bool, bool]) -> None:
    criteria = europe.policies("1.1") + europe.policies("1.2")
    found = criteria_of(europe.qualification("NotQualified", criteria=criteria, combine=combine))
    stated = (frozenset({"1.1"}), frozenset({"1.1", "1.2"}), frozenset({"1.9"}))
    assert tuple(found.match(Traits(policies=entry)) for entry in stated) == answers


def test_criteria_without_any_apply_to_nobody() -> None:
    assert not Criteria(Combine.ALL).match(Traits())
    assert not Criteria(Combine.NONE).match(Traits())


UNKNOWN = [
    europe.qualification("NotQualified", criteria="<s:Weather/>"),
    europe.qualification("NotQualified", criteria=europe.policies("not an identifier")),
    europe.qualification("NotQualified", criteria=europe.policies("1.2"), combine="some"),
    europe.qualification(
        "NotQualified", criteria='<s:CriteriaList assert="all">' * 9 + "</s:CriteriaList>" * 9
    ),
    '<Extension Critical="true"><s:Weather/></Extension>',
]


@pytest.mark.parametrize("extension", UNKNOWN)
def test_what_is_critical_and_unknown_makes_an_entry_say_nothing(extension: str) -> None:
    listing = Listing((Entry(extensions=extension),), CA.certificates)
    (service,) = read(europe.national(listing)).services
    assert service.history[0].value == NOT_UNDERSTOOD


def test_what_is_unknown_and_not_critical_is_passed_over() -> None:
    extension = '<Extension Critical="false"><s:Weather/></Extension>'
    listing = Listing((Entry(extensions=extension),), CA.certificates)
    (service,) = read(europe.national(listing)).services
    assert service.history[0].value == "granted"


# ---- signatures ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Example Trust", "Example Trusts"),
        ("granted", "withdrawn"),
        ("ForeSeals", "ForeSignatures"),
        ("<TSLSequenceNumber>7", "<TSLSequenceNumber>8"),
        ("2020-01-01T", "2019-01-01T"),
    ],
)
def test_a_changed_list_is_refused(old: str, new: str) -> None:
    assert old.encode() in NATIONAL
    assert refused(NATIONAL.replace(old.encode(), new.encode(), 1)) == "signature"
    assert read(europe.national(twist=(old, new))) != read()


def test_a_wrong_signer_is_refused() -> None:
    assert refused(NATIONAL, (europe.authority("Somebody Else"),)) == "signature"
    assert refused(europe.national(signer="Somebody Else")) == "signature"
    assert refused(NATIONAL, ()) == "signature"


def test_an_unsigned_list_is_refused() -> None:
    assert refused(europe.national(sign=False)) == "signature"


def test_a_signature_of_something_else_is_refused() -> None:
    """The genuine list, signature and all, inside one that says something else."""
    forged = europe.national(sign=False, territory="DE")
    wrapped = forged.replace(b"</SchemeInformation>", b"</SchemeInformation>" + NATIONAL, 1)
    assert refused(wrapped) == "signature"
    signature = re.search(rb"<ds:Signature.*</ds:Signature>", NATIONAL, re.DOTALL)
    assert signature is not None
    moved = forged.replace(
        b"</TrustServiceStatusList>", signature[0] + b"</TrustServiceStatusList>"
    )
    assert refused(moved) == "signature"


def test_a_signer_has_to_be_in_force_when_the_list_is_issued() -> None:
    for days in (1, -1):
        until = ISSUED + timedelta(days=days)
        signer = europe.authority(OPERATOR, valid=(europe.EARLY, until))
        data = europe.national(signer_until=until)
        if days > 0:
            assert read(data, (signer,)).issued == ISSUED
        else:
            assert refused(data, (signer,)) == "signature"


def test_a_list_past_its_time_still_reads() -> None:
    until = datetime(2022, 1, 1, tzinfo=UTC)
    signer = europe.authority(OPERATOR, valid=(europe.EARLY, until))
    issued = datetime(2021, 1, 1, tzinfo=UTC)
    data = europe.national(issued=issued, next_update=until, signer_until=until)
    assert read(data, (signer,)).next_update == until


def test_the_bundled_signers_of_the_list_of_lists_are_pyhankos() -> None:
    from pyhanko.sign.validation.qualified import eutl_parse  # noqa: PLC0415 -- takes a second

    bundled = tuple(one.dump() for one in eutl_parse.latest_known_lotl_tlso_certs())
    assert list_xml.europe_signers() == bundled


# ---- hostile ones -------------------------------------------------------------------------------

LAUGHS = (
    b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#">&b;</TrustServiceStatusList>'
)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"not XML",
        b"<a/>",
        b'<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#"/>',
        LAUGHS,
        LAUGHS.decode().encode("utf-16"),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd">' + NATIONAL,
        NATIONAL[:-20],
        NATIONAL + b"<more/>",
        NATIONAL.replace(b"EUgeneric", b"CClist"),
        NATIONAL.replace(b"<ListIssueDateTime>2", b"<ListIssueDateTime>x"),
    ],
)
def test_what_is_no_trusted_list_is_refused(data: bytes) -> None:
    refused(data)
    with pytest.raises(MalformedCredential):
        TrustedLists().with_file(data, "list.xml", AT, supplied=SIGNERS)


@pytest.mark.parametrize(
    ("old", "new", "detail"),
    [
        ("<StatusStartingTime>2020-01", "<StatusStartingTime>2020-13", "date"),
        ("<StatusStartingTime>2", "<StatusStartingTime>soon ", "date"),
        ("<TSLSequenceNumber>7", "<TSLSequenceNumber>seven", "sequence"),
        ("<X509Certificate>", "<X509Certificate>!", "certificate"),
        ("<NextUpdate><dateTime>2", "<NextUpdate><dateTime>x", "date"),
        ("<TSLSequenceNumber>", "<TSLSequenceNumber/><TSLSequenceNumber>", "sequence"),
    ],
)
def test_a_signed_list_with_nonsense_inside_is_refused(old: str, new: str, detail: str) -> None:
    assert refused(europe.national(twist=(old, new))) == detail


def test_size_and_number_of_tags_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("MAX_LIST_BYTES", len(NATIONAL)), ("MAX_TAGS", NATIONAL.count(b"<"))):
        monkeypatch.setattr(list_xml, name, value)
        assert read().sequence == 7
        monkeypatch.setattr(list_xml, name, value - 1)
        with pytest.raises(TooLarge):
            read()
        monkeypatch.undo()


def test_a_hostile_list_ends_soon() -> None:
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    wide = b"<a/>" * (list_xml.MAX_TAGS + 1)
    many = NATIONAL.replace(
        b"<ds:Reference ", b'<ds:Reference URI=""/>' * 10_000 + b"<ds:Reference ", 1
    )
    with work.at_most(1_000_000):
        for data in (deep, wide, many):
            refused(data)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=60), st.integers(0, len(NATIONAL)), st.integers(0, 60))
def test_mutated_lists_raise_one_error_only(noise: bytes, place: int, length: int) -> None:
    data = NATIONAL[:place] + noise + NATIONAL[place + length :]
    try:
        found = list_xml.read(data, SIGNERS, "list.xml", AT)
    except MalformedCredential:
        return
    assert found == read()


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 400), st.integers(0, 40))
def test_mutated_certificates_raise_one_error_only(noise: bytes, place: int, length: int) -> None:
    der = europe.seal()
    try:
        found = certificate.load(der[:place] + noise + der[place + length :])
        paths.statements(found)
        paths.traits(found)
    except MalformedCredential:
        return
