"""Foreign bytes: whatever they are, readers raise one error, and reading twice gives one model."""

import json
import random
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuer.badges import badge_document
from tests.issuer.defects import Form
from tests.issuer.edc import edc_document
from tests.issuer.specimens import BADGE_AWARD, EDC_AWARD, issuer_of, specimen
from tests.issuer.subjects import NOW
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.credential import Credential
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify_with_parts

SPECIMENS = {form: specimen(form) for form in Form}
DOCUMENTS: list[dict[str, Any]] = [
    edc_document(issuer_of(Form.SEALED_EDC), EDC_AWARD),
    badge_document(issuer_of(Form.OPEN_BADGE), BADGE_AWARD),
    json.loads(SPECIMENS[Form.PRESENTATION]),
    json.loads(SPECIMENS[Form.STATUS_LIST]),
]
JUNK: list[Any] = [
    None, True, 0, -1, 1.5, 10**30, "", "x", "\u0000", [], {}, [[]], [None], {"id": 3}, {"en": [1]},
    "data:,", "did:key:z", "http://", ["a", {"a": "b"}], {"@value": []}, {"type": 7}, "2024-99-99",
]  # fmt: skip
TRUST = TrustStore.empty()


def read(data: bytes) -> Credential | None:
    try:
        return formats.read(data)
    except MalformedCredential:
        return None


def mutate(data: bytes, seed: int) -> bytes:
    """Change, drop, repeat or insert some bytes, the same way for the same seed."""
    chance = random.Random(seed)  # noqa: S311 -- no secret, but the same every time
    found = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(found))
        kind = chance.randrange(4)
        if kind == 0:
            found[place] = chance.randrange(256)
        elif kind == 1:
            del found[place : place + chance.randint(1, 20)]
        elif kind == 2:
            found[place:place] = found[place : place + chance.randint(1, 60)]
        else:
            found[place:place] = chance.choice(
                [b'"', b"{", b"]", b"\\u", b".", b"~", b"\xff", b"e9"]
            )
    return bytes(found)


@pytest.mark.parametrize("form", Form)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_mutated_bytes_raise_only_one_error(form: Form, seed: int) -> None:
    credential = read(mutate(SPECIMENS[form], seed))
    if credential is not None:
        assert formats.read(credential.raw) == credential


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of a document."""
    found: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        found += [(value, name) for name in value]
    elif isinstance(value, list):
        found += [(value, index) for index in range(len(value))]
    for container, key in list(found):
        found += places(container[key])
    return found


@given(
    index=st.integers(0, len(DOCUMENTS) - 1),
    changes=st.lists(
        st.tuples(st.integers(0, 10**6), st.sampled_from(JUNK)), min_size=1, max_size=4
    ),
)
@settings(max_examples=250, deadline=None)
def test_values_of_any_type_are_read_or_refused(index: int, changes: list[tuple[int, Any]]) -> None:
    document = json.loads(json.dumps(DOCUMENTS[index]))
    for number, junk in changes:
        spots = places(document)
        container, key = spots[number % len(spots)]
        container[key] = deepcopy(junk)
    credential = read(json.dumps(document).encode())
    if credential is not None:
        again = formats.read(credential.raw)
        assert again == credential
        verify_with_parts(credential, TRUST, NOW)


@pytest.mark.parametrize("form", Form)
def test_reading_twice_gives_the_same_model(form: Form) -> None:
    assert formats.read(SPECIMENS[form]) == formats.read(SPECIMENS[form])


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_arbitrary_bytes_are_nothing_or_malformed(data: bytes) -> None:
    read(data)
    read(b"{" + data)
    read(b'{"' + data)
    read(b"eyJ" + data)
