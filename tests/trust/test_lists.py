"""The lists that are known: in any order, the later one, kept distilled; and the real ones."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust import europe
from tests.trust.europe import AUTHORITY, EUROPE, ISSUED, OPERATOR, Entry, Listing
from wallet.errors import MalformedCredential
from wallet.proofs import certificate
from wallet.trust import list_xml, trusted_list
from wallet.trust.lists import TrustedLists
from wallet.trust.trusted_list import TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
ROOTS = (europe.authority(EUROPE),)
SIGNERS = (europe.authority(OPERATOR),)
NATIONAL = europe.national()
CA = Listing(certificates=(europe.authority(),))


def read(data: bytes = NATIONAL, signers: tuple[bytes, ...] = SIGNERS) -> TrustedList:
    found = list_xml.read(data, signers, "list.xml", AT)
    assert isinstance(found, TrustedList)
    return found


def test_lists_come_in_any_order() -> None:
    lotl = europe.list_of_lists()
    first = TrustedLists().with_file(NATIONAL, "pl", AT)
    assert (first.national, len(first.waiting)) == ((), 1)
    first = first.with_file(lotl, "eu", AT, roots=ROOTS)
    second = TrustedLists().with_file(lotl, "eu", AT, roots=ROOTS).with_file(NATIONAL, "pl", AT)
    assert first == second
    assert [entry.territory for entry in first.national] == ["PL"]
    assert first.waiting == ()
    assert first.as_of == (AT, AT)


def test_a_supplied_certificate_decides_without_a_list_of_lists() -> None:
    waiting = TrustedLists().with_file(NATIONAL, "pl", AT, supplied=(europe.authority("X"),))
    assert len(waiting.waiting) == 1
    assert len(waiting.settled(SIGNERS).national) == 1
    assert len(TrustedLists().with_file(NATIONAL, "pl", AT, supplied=SIGNERS).national) == 1


def test_the_list_of_lists_decides_who_signs_a_territory() -> None:
    known = TrustedLists().with_file(europe.list_of_lists(), "eu", AT, roots=ROOTS)
    with pytest.raises(MalformedCredential) as raised:
        known.with_file(europe.national(signer="Somebody Else"), "pl", AT)
    assert raised.value.facts["territory"] == "PL"
    # Poland's operator may not speak for Germany, which the list of lists does not name here.
    assert len(known.with_file(europe.national(territory="DE"), "de", AT).waiting) == 1


def test_a_list_of_lists_of_somebody_elses_is_refused() -> None:
    for roots in (None, SIGNERS):
        with pytest.raises(MalformedCredential):
            TrustedLists().with_file(europe.list_of_lists(), "eu", AT, roots=roots)


def test_a_list_of_lists_names_who_signs_the_next_one() -> None:
    named = {"EU": (europe.authority("New Commission"),), "PL": SIGNERS}
    known = TrustedLists().with_file(europe.list_of_lists(named), "eu", AT, roots=ROOTS)
    later = europe.list_of_lists(signer="New Commission", issued=ISSUED + timedelta(days=9))
    assert known.with_file(later, "eu", AT, roots=ROOTS).european != known.european
    with pytest.raises(MalformedCredential):
        TrustedLists().with_file(later, "eu", AT, roots=ROOTS)


def test_the_later_list_stays() -> None:
    old = europe.national(issued=ISSUED - timedelta(days=30), sequence=6)
    for order in ((old, NATIONAL), (NATIONAL, old)):
        lists = TrustedLists()
        for data in order:
            lists = lists.with_file(data, "pl", AT, supplied=SIGNERS)
        assert [entry.sequence for entry in lists.national] == [7]


def test_the_same_list_waits_once() -> None:
    lists = TrustedLists().with_file(NATIONAL, "pl", AT).with_file(NATIONAL, "pl again", AT)
    assert len(lists.waiting) == 1


# ---- distilled ----------------------------------------------------------------------------------


def test_a_distilled_list_comes_back_as_it_was() -> None:
    extensions = europe.qualification("NotQualified", criteria=europe.policies("1.2.3"))
    entries = (Entry(ISSUED, "withdrawn"), Entry(extensions=extensions))
    listings = (Listing(entries, CA.certificates), Listing(type="TSA/QTST", certificates=SIGNERS))
    found = read(europe.national(*listings))
    assert trusted_list.from_bytes(trusted_list.to_bytes(found), "list.xml", AT) == found
    lotl = list_xml.read(europe.list_of_lists(), ROOTS, "eu", AT)
    assert trusted_list.from_bytes(trusted_list.to_bytes(lotl), "eu", AT) == lotl


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b'{"version":1}', b'{"version":1,"kind":"lotl"}', b'{"version":2}']
)
def test_what_is_no_distilled_list_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        trusted_list.from_bytes(data, "", AT)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=20), st.integers(0, 900), st.integers(0, 20))
def test_a_damaged_distilled_list_raises_one_error_only(
    noise: bytes, place: int, length: int
) -> None:
    data = trusted_list.to_bytes(read())
    try:
        trusted_list.from_bytes(data[:place] + noise + data[place + length :], "", AT)
    except MalformedCredential:
        return


# ---- the real ones ------------------------------------------------------------------------------


def test_the_real_lists(real_lists: TrustedLists) -> None:
    europe_list, (spain,) = real_lists.european, real_lists.national
    assert europe_list is not None
    assert (europe_list.sequence, spain.sequence) == (388, 187)
    assert europe_list.next_update == datetime(2026, 11, 18, 12, 16, 35, tzinfo=UTC)
    assert spain.next_update == datetime(2026, 12, 28, 3, tzinfo=UTC)
    assert len(europe_list.signers) == 32
    assert len(spain.services) == 358
    assert all(status.certificates for service in spain.services for status in service.history)
    distilled = trusted_list.to_bytes(spain)
    assert trusted_list.from_bytes(distilled, "es.xml", spain.as_of) == spain


def test_the_bundled_signers_are_those_that_the_list_of_lists_names(
    real_lists: TrustedLists,
) -> None:
    assert real_lists.european is not None
    assert set(real_lists.european.signers_of("EU")) == set(list_xml.europe_signers())


def test_a_withdrawn_ca_was_granted_before(real_lists: TrustedLists) -> None:
    (service,) = (
        service
        for service in real_lists.national[0].services
        if service.name == "Qualified certificate issued by ANF Assured ID CA1"
    )
    for moment, expected in ((2022, "granted"), (2026, "withdrawn")):
        status = service.at(datetime(moment, 6, 1, tzinfo=UTC))
        assert status is not None
        assert status.value == expected


def test_pyhanko_reads_the_same_services(real_lists: TrustedLists) -> None:
    """What pyHanko registers, we have: its granted entries with their certificates."""
    from pyhanko.sign.validation.qualified import eutl_parse  # noqa: PLC0415 -- takes a second

    from tests.needs import shared  # noqa: PLC0415 -- one use

    text = shared("samples", "trusted-lists", "es-tl-seq187.xml").read_text("utf-8")
    theirs = {
        (entry.base_info.service_name, entry.base_info.valid_from, certificate.dump())
        for entry in eutl_parse.read_qualified_service_definitions(text)
        for certificate in entry.base_info.provider_certs
    }
    ours = {
        (service.name, status.since, listed.der)
        for service in real_lists.national[0].services
        for status in service.history
        for listed in status.certificates
        if status.value == "granted"
    }
    named = {(moment, der) for _, moment, der in ours}
    assert {(moment, der) for _, moment, der in theirs} <= named
    assert len(ours) > len(theirs)


def test_ca_names_compare_as_rfc_5280_says() -> None:
    issuer = certificate.load(europe.seal()).issuer
    assert issuer == certificate.load(europe.authority()).subject
    assert issuer != certificate.load(europe.authority("Another")).subject
    assert AUTHORITY != "Another"
