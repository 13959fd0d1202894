"""Certificates: paths to a supplied one, and whether a seal names the stated issuer."""

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trust import certifying
from wallet.errors import MalformedCredential, TooLarge
from wallet.model.credential import Organisation, Text
from wallet.proofs.certificate import MAX_BYTES, Certificate, load
from wallet.trust.certificates import (
    MAX_PATH,
    Seal,
    find_path,
    names_issuer,
    seal_of,
)


def certificate(subject: str, by: str, **options: Any) -> Certificate:
    return load(certifying.der(certifying.certificate(subject, by, **options)))


ROOT = certificate("Root", "Root", ca=True)
MIDDLE = certificate("Middle", "Root", ca=True, signs_certificates=True)
LEAF = certificate("Example University", "Middle", identifier="VATPL-0000000000")


def test_a_seal_is_read_and_reads_back() -> None:
    assert load(LEAF.der) == LEAF
    assert seal_of(LEAF) == Seal("Example University", "VATPL-0000000000", "PL")
    person = certificate("Zofia Przykładna", "Root", organisation=False, country=None)
    assert seal_of(person) == Seal("Zofia Przykładna", None, None)


@given(st.binary(max_size=50), st.integers(0, len(LEAF.der) - 1), st.integers(0, 255))
def test_any_bytes_are_a_certificate_or_refused(data: bytes, index: int, value: int) -> None:
    changed = LEAF.der[:index] + bytes([value]) + LEAF.der[index + 1 :]
    for candidate in (data, changed):
        try:
            load(candidate)
        except MalformedCredential:
            continue


def test_a_certificate_has_a_size() -> None:
    with pytest.raises(TooLarge):
        load(bytes(MAX_BYTES + 1))


def test_paths_that_lead_to_a_supplied_certificate() -> None:
    assert find_path([LEAF], [LEAF]) == (LEAF,)
    assert find_path([LEAF], [MIDDLE]) == (LEAF, MIDDLE)
    assert find_path([LEAF, MIDDLE], [ROOT]) == (LEAF, MIDDLE, ROOT)
    assert find_path([LEAF, ROOT, MIDDLE], [ROOT]) == (LEAF, MIDDLE, ROOT)


@pytest.mark.parametrize(
    "middle",
    [
        certificate("Middle", "Root"),
        certificate("Middle", "Root", constrained=True),
        certificate("Middle", "Root", ca=True, signs_certificates=False),
        certificate("Middle", "Nobody", ca=True),
        certificate("Other", "Root", ca=True),
    ],
)
def test_paths_that_lead_nowhere(middle: Certificate) -> None:
    assert find_path([LEAF], [ROOT]) is None
    assert find_path([LEAF, middle], [ROOT]) is None
    assert find_path([LEAF], []) is None


def test_the_length_of_a_path_is_kept() -> None:
    short = certificate("Root", "Root", ca=True, path_length=0)
    assert find_path([LEAF, MIDDLE], [short]) is None
    assert find_path([certificate("Seal", "Root")], [short]) is not None


def test_a_path_is_not_followed_for_ever() -> None:
    names = [f"CA {n}" for n in range(MAX_PATH + 3)]
    links = [certificate(a, b, ca=True) for a, b in pairwise(names)]
    top = certificate(names[-1], names[-1], ca=True)
    assert find_path(links, [top]) is None
    assert find_path(links[-3:], [top]) is not None


def test_validity_includes_both_ends() -> None:
    one = certificate(
        "A", "Root", valid=(datetime(2024, 1, 1, tzinfo=UTC), datetime(2025, 1, 1, tzinfo=UTC))
    )
    assert one.is_in_force(datetime(2024, 1, 1, tzinfo=UTC))
    assert one.is_in_force(datetime(2025, 1, 1, tzinfo=UTC))
    assert not one.is_in_force(datetime(2023, 12, 31, tzinfo=UTC))
    assert not one.is_in_force(datetime(2025, 1, 1, 0, 0, 1, tzinfo=UTC))


SEAL = Seal("VELOCERT OU", "NTREE-17207834", "EE")


@pytest.mark.parametrize(
    ("name", "identifiers", "country", "same"),
    [
        ("Velocert OÜ", ("17207834",), None, True),
        ("Velocert OÜ", ("17207834",), "EE", True),
        ("Velocert OÜ", ("17207834",), "SI", False),
        ("Velocert OÜ", ("NTREE-17207834",), None, True),
        ("Velocert OÜ", ("ntree-17207834",), None, True),
        ("Velocert OÜ", (), None, True),
        ("Velocert OÜ", ("E10209145", "https://velocert.example"), None, True),
        ("Velocert, OÜ.", ("0000", "NTREE-17207834"), None, True),
        ("Velocert", ("NTREE-17207834",), None, True),
        ("Velocert", (), None, False),
        ("Velocert OÜ", ("VATES-A00000000",), None, False),
        ("University of Example", ("NTREE-17207834",), None, False),
        ("University of Example", (), None, False),
        ("", ("NTREE-17207834",), None, False),
        (None, ("17207834",), None, True),
        (None, ("99999999",), None, False),
        (None, ("https://velocert.example",), None, True),
        (None, ("did:web:velocert.example",), None, True),
        (None, (), None, True),
    ],
)
def test_the_seal_and_the_stated_issuer(
    name: str | None, identifiers: tuple[str, ...], country: str | None, same: bool
) -> None:
    text = Text.plain(name, "en") if name is not None else None
    assert names_issuer(SEAL, Organisation(text, identifiers, country)) is same


def test_a_name_in_any_language_counts() -> None:
    names = Text((("en", "University of Łódź"), ("pl", "Uniwersytet Łódzki")))
    assert names_issuer(Seal("UNIWERSYTET LODZKI", None, "PL"), Organisation(names))
    assert not names_issuer(Seal("UNIWERSYTET WARSZAWSKI", None, "PL"), Organisation(names))
