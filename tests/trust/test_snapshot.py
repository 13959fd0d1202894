"""A packager's snapshot: unread until somebody looks, and behind what a person's own lists say."""

import json
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.trust import europe
from tests.trust.europe import ISSUED, Listing
from wallet.errors import MalformedCredential
from wallet.model.verification import Reason
from wallet.proofs.keys import PublicKey
from wallet.trust import bundle, list_xml, snapshot, trusted_list
from wallet.trust.anchors import TrustStore, issuer_check
from wallet.trust.lists import TrustedLists
from wallet.trust.snapshot import Unread
from wallet.trust.trusted_list import ServiceType

TAKEN = datetime(2026, 11, 12, tzinfo=UTC)
AT = datetime(2026, 11, 22, tzinfo=UTC)
LEAF, CA = europe.seal(), europe.authority()
SIGNERS = (europe.authority(europe.OPERATOR),)


def lists() -> TrustedLists:
    """A checked list of lists and Poland's."""
    roots = (europe.authority(europe.EUROPE),)
    empty = TrustedLists().with_file(europe.list_of_lists(), "eu.xml", AT, roots=roots)
    return empty.with_file(europe.national(Listing(certificates=(CA,))), "pl.xml", AT, roots=roots)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A snapshot of both."""
    found = tmp_path / "european-lists.bin"
    found.write_bytes(snapshot.to_bytes(lists(), "the packager's files", TAKEN))
    return found


def unread(found: TrustedLists) -> list[bool]:
    assert found.european is not None
    parts = (found.european.signers, *(one.services for one in found.national))
    assert all(isinstance(part, Unread) for part in parts)
    return [not part.is_read for part in parts if isinstance(part, Unread)]


def test_its_index_is_known_and_its_lists_are_not_read(place: Path) -> None:
    found = snapshot.read(place)
    (poland,) = found.national
    assert found.european is not None
    assert (found.european.sequence, found.european.bundled) == (40, True)
    assert (poland.territory, poland.sequence, poland.issued) == ("PL", 7, ISSUED)
    assert (poland.source, poland.as_of, poland.bundled) == ("the packager's files", TAKEN, True)
    assert found.as_of == (TAKEN, TAKEN)
    assert unread(found) == [True, True]


def test_who_looks_into_a_list_reads_that_one(place: Path) -> None:
    found = snapshot.read(place)
    subject = lists().national[0].services[0].history[0].certificates[0].subject
    ((service, listed),) = found.national[0].issuers(subject, ServiceType.CA_QC)
    assert (service.provider, listed.der) == ("Example Trust", CA)
    assert unread(found) == [True, False]
    assert found.european is not None
    assert found.european.signers_of("PL") == (europe.authority(europe.OPERATOR),)
    assert list(found.european.locations) == list(lists().european.locations)  # type: ignore[union-attr]  # just made


def test_what_it_holds_is_what_was_checked(place: Path) -> None:
    for before, after in zip(lists().national, snapshot.read(place).national, strict=True):
        assert trusted_list.to_bytes(after) == trusted_list.to_bytes(before)


@pytest.mark.parametrize(
    ("sequence", "days", "own"),
    [(6, 0, False), (6, 9, False), (7, -1, False), (7, 0, True), (7, 1, True), (8, 0, True)],
)
def test_the_newer_of_a_persons_own_and_a_bundled_list_counts(
    place: Path, sequence: int, days: int, own: bool
) -> None:
    issued = ISSUED + timedelta(days=days)
    raw = europe.national(sequence=sequence, issued=issued)
    found = snapshot.read(place).with_file(raw, "own.xml", AT)
    assert [one.source == "own.xml" for one in found.national] == [own]
    assert found.waiting == ()


def test_a_bundled_list_of_lists_says_who_signs(place: Path) -> None:
    somebody = europe.national(signer="Somebody", sequence=9)
    with pytest.raises(MalformedCredential) as refused:
        snapshot.read(place).with_file(somebody, "pl.xml", AT)
    assert refused.value.facts["detail"] == "signature"


def broken(raw: bytes, how: str) -> bytes:
    line, _, rest = raw.partition(b"\n")
    index = json.loads(line)
    if how == "version":
        index["version"] = 2
    elif how == "no lists":
        index["lists"] = []
    elif how == "many lists":
        index["lists"] *= 33
    elif how == "no zone":
        index["as_of"] = "2026-11-12"
    elif how == "a size below nothing":
        index["lists"][0]["size"] = -1
    elif how == "a long line":
        index["padding"] = "x" * bundle.MAX_INDEX_BYTES
    elif how == "no snapshot":
        return b"PK\x03\x04"
    return json.dumps(index).encode() + b"\n" + rest


@pytest.mark.parametrize(
    "how",
    ["version", "no lists", "many lists", "no zone", "a size below nothing", "a long line",
     "no snapshot"],
)  # fmt: skip
def test_what_is_no_snapshot_holds_nothing(place: Path, how: str) -> None:
    place.write_bytes(broken(place.read_bytes(), how))
    with pytest.raises(MalformedCredential):
        snapshot.read(place)
    assert snapshot.opened(place) == TrustedLists()


def test_the_limit_of_lists_is_just_that(place: Path) -> None:
    line, _, rest = place.read_bytes().partition(b"\n")
    index = json.loads(line)
    poland = index["lists"][1]
    for count, fits in ((snapshot.MAX_LISTS, True), (snapshot.MAX_LISTS + 1, False)):
        entries = [{**poland, "territory": f"{number:02}", "size": 1} for number in range(count)]
        file = place.with_name(f"{count}.bin")
        file.write_bytes(json.dumps({**index, "lists": entries}).encode() + b"\n" + rest)
        assert len(snapshot.opened(file).national) == (count if fits else 0)


@pytest.mark.parametrize("more", [0, 1])
def test_the_limit_of_a_lists_bytes(
    place: Path, more: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [one["size"] for one in json.loads(place.read_bytes().partition(b"\n")[0])["lists"]]
    monkeypatch.setattr(snapshot, "MAX_PACKED_BYTES", max(sizes) - more)
    assert len(snapshot.opened(place).national) == 1 - more


def test_an_absent_file_holds_nothing(tmp_path: Path) -> None:
    assert snapshot.opened(tmp_path / "nothing.bin") == TrustedLists()


def test_a_damaged_list_vouches_for_nobody(place: Path) -> None:
    raw = place.read_bytes()
    place.write_bytes(raw[: -len(raw) // 4])
    found = snapshot.read(place)
    assert list(found.national[0].services) == []
    place.unlink()
    assert list(snapshot.opened(place).national) == []
    assert found.european is not None
    assert list(found.european.signers) == []


def test_a_list_under_anothers_name_vouches_for_nobody(tmp_path: Path) -> None:
    place = tmp_path / "lists.bin"
    raw = snapshot.to_bytes(lists(), "files", TAKEN)
    line, _, rest = raw.partition(b"\n")
    index = json.loads(line)
    index["lists"][0]["territory"], index["lists"][1]["territory"] = "PL", "EU"
    place.write_bytes(json.dumps(index).encode() + b"\n" + rest)
    found = snapshot.read(place)
    assert list(found.national[0].services) == []
    assert found.european is not None
    assert list(found.european.locations) == []


def test_a_store_is_as_old_as_what_it_asks(place: Path) -> None:
    bundling = replace(TrustStore.empty(), bundled=place)
    assert bundling.as_of == TAKEN
    own = bundling.with_file(europe.national(sequence=9), "own.xml", AT)
    assert [one.source for one in own.european.national] == ["own.xml"]
    assert own.as_of == TAKEN  # the list of lists is still the bundled one
    (place.parent / "none.bin").write_bytes(b"{}")
    assert replace(bundling, bundled=place.parent / "none.bin").as_of is None


@pytest.mark.parametrize(("sequence", "source"), [(6, "the packager's files"), (7, "kept")])
def test_a_kept_list_wins_over_a_bundled_one_of_its_edition(
    place: Path, sequence: int, source: str
) -> None:
    raw = list_xml.read(europe.national(sequence=sequence), SIGNERS, "pl.xml", AT)
    store = replace(TrustStore.empty(), bundled=place)
    store = store.with_distilled(trusted_list.to_bytes(raw), "kept", AT)
    assert [one.source for one in store.european.national] == [source]


def test_a_seal_is_judged_by_a_bundled_list(place: Path) -> None:
    bundling = replace(TrustStore.empty(), bundled=place)
    for trust, reason in (
        (bundling, Reason.EU_TRUSTED_LIST),
        (TrustStore.empty(), Reason.TRUST_DATA_MISSING),
    ):
        check = issuer_check(
            key=PublicKey.from_certificate(LEAF),
            resolved=None,
            issuer=None,
            issuer_id=None,
            chain=(LEAF, CA),
            awarding=(),
            trust=trust,
            at=AT,
        )
        assert check.reason is reason


def test_packed_lists_are_small() -> None:
    raw = snapshot.to_bytes(lists(), "files", TAKEN)
    _, _, rest = raw.partition(b"\n")
    assert zlib.decompressobj().decompress(rest)[:12] == b'{"version":1'


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=20), st.integers(0, 3000), st.integers(0, 20))
def test_a_damaged_snapshot_never_raises(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, start: int, length: int
) -> None:
    raw = snapshot.to_bytes(lists(), "files", TAKEN)
    place = tmp_path_factory.mktemp("damaged") / "lists.bin"
    place.write_bytes(raw[:start] + noise + raw[start + length :])
    for one in snapshot.opened(place).national:
        assert isinstance(list(one.services), list)
