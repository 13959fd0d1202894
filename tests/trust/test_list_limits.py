"""What a hostile list can ask for, just under each limit and just over it.

The lists here are signed: who signs a country's list could be somebody else one day.
"""

import base64
import json
import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.issuer import bitstring
from tests.trust import certifying, europe
from tests.trust.europe import EUROPE, ISSUED, OPERATOR, Entry, Listing
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import certificate
from wallet.trust import (
    adding,
    list_entries,
    list_names,
    list_xml,
    lists,
    status_list,
    token_status_list,
    trusted_list,
)
from wallet.trust.anchors import TrustStore
from wallet.trust.list_criteria import Criteria
from wallet.trust.lists import TrustedLists
from wallet.trust.trusted_list import TrustedList

AT = datetime(2026, 11, 22, tzinfo=UTC)
CA = europe.authority()
LISTED = Listing(certificates=(CA,))
SIGNERS = (europe.authority(OPERATOR),)


def read(data: bytes) -> TrustedList:
    found = list_xml.read(data, SIGNERS, "list.xml", AT)
    assert isinstance(found, TrustedList)
    return found


def too_large(data: bytes) -> str:
    with pytest.raises(TooLarge) as raised:
        read(data)
    return str(raised.value.facts["what"])


# ---- what a list says ---------------------------------------------------------------------------


def test_services(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_entries, "MAX_SERVICES", 3)
    others = Listing(type="CA/PKC")  # those that do not bear on seals count too
    assert len(read(europe.national(LISTED, others, LISTED)).services) == 2
    assert too_large(europe.national(LISTED, others, LISTED, others)) == "trusted list services"


def test_history_of_a_service(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_entries, "MAX_HISTORY", 3)
    for former, fits in ((3, True), (4, False)):
        entries = tuple(Entry(ISSUED - timedelta(days=day)) for day in range(former + 1))
        data = europe.national(Listing(entries, (CA,)))
        if fits:
            assert len(read(data).services[0].history) == 4
        else:
            assert too_large(data) == "trusted list history"


def test_a_certificates_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = europe.national(LISTED)
    monkeypatch.setattr(certificate, "MAX_BYTES", len(CA))
    assert read(data).services[0].history[0].certificates[0].der == CA
    monkeypatch.setattr(certificate, "MAX_BYTES", len(CA) - 1)
    assert too_large(data) == "certificate"


def test_a_certificates_blanks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blanks are no part of a certificate; a list may not consist of them all the same."""
    text = base64.b64encode(CA).decode()
    monkeypatch.setattr(certificate, "MAX_BYTES", len(CA))
    room = 4 * len(CA)
    assert list_entries.certificate_bytes(text.ljust(room)) == CA
    with pytest.raises(TooLarge):
        list_entries.certificate_bytes(text.ljust(room + 1))


def nested(depth: int) -> str:
    inner = europe.policies("1.2.3")
    for _ in range(depth - 1):
        inner = f'<s:CriteriaList assert="all">{inner}</s:CriteriaList>'
    return europe.qualification("NotQualified", criteria=inner)


def test_depth_of_criteria() -> None:
    """What lies deeper is not understood, and such an entry decides nothing."""

    def depth(criteria: Criteria) -> int:
        return 1 + max(map(depth, criteria.nested), default=0)

    for levels, status in (
        (list_entries.MAX_CRITERIA_DEPTH, "granted"),
        (list_entries.MAX_CRITERIA_DEPTH + 1, trusted_list.NOT_UNDERSTOOD),
    ):
        entry = Entry(extensions=nested(levels))
        (found,) = read(europe.national(Listing((entry,), (CA,)))).services[0].history
        assert found.value == status
        if status == "granted":
            assert depth(found.qualifications[0].criteria) == levels


def test_depth_of_the_document() -> None:
    """The parser's own limit, 256 levels: deeper ones are not built."""
    data = europe.national(LISTED, sign=False)
    start = data.index(b"<SchemeInformation>")
    for levels, fits in ((255, True), (256, False)):
        deep = data[:start] + b"<a>" * levels + b"</a>" * levels + data[start:]
        if fits:
            assert list_xml.peek(deep).territory == "PL"
        else:
            with pytest.raises(MalformedCredential):
                list_xml.peek(deep)


def test_length_of_a_name() -> None:
    for length in (list_names.MAX_NAME, list_names.MAX_NAME + 1):
        name = (
            read(europe.national(Listing(certificates=(CA,), name="n" * length))).services[0].name
        )
        assert name == "n" * list_names.MAX_NAME


@pytest.mark.parametrize(("sequence", "fits"), [(999_999_999, True), (1_000_000_000, False)])
def test_the_sequence_number(sequence: int, fits: bool) -> None:
    data = europe.national(LISTED, sequence=sequence)
    if fits:
        assert read(data).sequence == sequence
        return
    with pytest.raises(MalformedCredential) as refused:
        read(data)
    assert refused.value.facts["detail"] == "sequence"


@pytest.mark.parametrize(
    ("date", "fits"),
    [
        ("9999-12-31T23:59:59Z", True),
        ("10000-01-01T00:00:00Z", False),
        ("0001-01-01T00:00:00Z", True),
        ("0001-01-01T00:00:00+01:00", False),
    ],
)
def test_the_calendars_ends(date: str, fits: bool) -> None:
    data = europe.national(LISTED, twist=(europe.EARLY.isoformat(), date))
    if fits:
        assert read(data).services[0].history[0].since == datetime.fromisoformat(date)
        return
    with pytest.raises(MalformedCredential) as refused:
        read(data)
    assert refused.value.facts["detail"] == "date"


# ---- signatures and the collection --------------------------------------------------------------


def naming(count: int) -> bytes:
    """A list whose signature names its signer last, after others who may sign it too."""
    data = europe.national(LISTED)
    others = b"".join(
        b"<ds:X509Data><ds:X509Certificate>"
        + base64.b64encode(europe.authority(f"Operator {number}"))
        + b"</ds:X509Certificate></ds:X509Data>"
        for number in range(count)
    )
    return re.sub(rb"(<ds:KeyInfo[^>]*>)", rb"\1" + others, data, count=1)


@pytest.mark.parametrize(("others", "tried"), [(0, 1), (1, 2), (2, 2), (9, 2)])
def test_signers_that_are_tried(others: int, tried: int) -> None:
    """Each costs a signature over the whole list; real lists name their signer alone."""
    known = (*(europe.authority(f"Operator {number}") for number in range(9)), *SIGNERS)
    assert list_xml.MAX_TRIED == 2
    root = list_xml._parse(naming(others))
    assert len(list_xml._named(root, known)) == tried
    assert list_xml._named(root, known[:-1]) == known[: min(others, 2)]


def test_lists_that_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "MAX_WAITING", 2)
    waiting = TrustedLists()
    for number in range(2):
        waiting = waiting.with_file(europe.national(sequence=number), f"{number}.xml", AT)
    assert len(waiting.waiting) == 2
    with pytest.raises(TooLarge):
        waiting.with_file(europe.national(sequence=2), "2.xml", AT)
    decided = waiting.with_file(
        europe.list_of_lists(), "eu.xml", AT, roots=(europe.authority(EUROPE),)
    )
    assert decided.waiting == ()


def test_supplied_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    chain = [certifying.certificate(f"CA {n}", "Root", ca=True) for n in range(3)]
    monkeypatch.setattr(adding, "MAX_ANCHORS", 3)
    known = TrustStore.empty().with_file(certifying.pem(*chain), "cas.pem", AT)
    assert len(known.certificates) == 3
    monkeypatch.setattr(adding, "MAX_ANCHORS", 2)
    with pytest.raises(TooLarge):
        TrustStore.empty().with_file(certifying.pem(*chain), "cas.pem", AT)


def test_members_of_a_distilled_list(monkeypatch: pytest.MonkeyPatch) -> None:
    data = trusted_list.to_bytes(read(europe.national(LISTED)))
    for size, fits in ((len(data), True), (len(data) - 1, False)):
        monkeypatch.setattr(
            trusted_list, "_LIMITS", type(trusted_list._LIMITS)(size=size, members=4_000_000)
        )
        if fits:
            assert trusted_list.from_bytes(data, "kept", AT).sequence == 7
        else:
            with pytest.raises(TooLarge):
                trusted_list.from_bytes(data, "kept", AT)


# ---- times to live of status lists --------------------------------------------------------------


@pytest.mark.parametrize("over", [False, True])
def test_a_time_to_live(over: bool) -> None:
    """Beyond ten years it is not believed: the list is as if it stated none."""
    most = status_list.MAX_TTL_MILLISECONDS
    document = {
        "id": "https://univ.example/status/1",
        "credentialSubject": {
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": most + 1 if over else most,
            "encodedList": bitstring(()),
        },
    }
    found = status_list.read(json.dumps(document).encode())
    assert found is not None
    assert found.ttl == (None if over else timedelta(milliseconds=most))


def test_times_of_a_token() -> None:
    most = token_status_list.MAX_SECONDS
    read_moment, read_ttl = token_status_list._moment, token_status_list._ttl
    assert read_moment({"iat": most}, "iat") == datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    for beyond in (most + 1, -1, True, "1"):
        with pytest.raises(MalformedCredential):
            read_moment({"iat": beyond}, "iat")
    limit = int(token_status_list.MAX_TTL.total_seconds())
    for seconds in (limit, limit + 1):
        assert read_ttl({"ttl": seconds}) == token_status_list.MAX_TTL
