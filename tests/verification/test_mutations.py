"""Sealed credentials with some of their bytes changed: never an exception, never a false pass."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formats.edci_documents import DOCUMENT
from tests.formats.sd_jwts import issue
from tests.formats.test_properties import mutate
from tests.issuer.data_integrity import quads
from tests.issuer.defects import Form
from tests.issuer.open_badges_2 import badger, key_document, signed_assertion, supplied
from tests.issuer.specimens import BADGE_AWARD, specimen
from tests.issuer.subjects import NOW
from tests.proofs.xml_seals import XmlSeal
from wallet import formats
from wallet.errors import MalformedCredential
from wallet.model.credential import Credential
from wallet.model.verification import CheckName, Outcome
from wallet.trust.anchors import TrustStore
from wallet.verification.verify import verify_with_parts

SEALED: Mapping[str, bytes] = {
    **{form.value: specimen(form) for form in Form},
    "sd-jwt": issue().data,
    "open-badge-2": signed_assertion(badger(), BADGE_AWARD),
    "edci-xml": XmlSeal(document=DOCUMENT).build(),
}
KEY = supplied(key_document(badger()))
TRUST = TrustStore.empty().with_file(KEY, "key.json", NOW)
EMBEDDED = frozenset({Form.OPEN_BADGE, Form.CREDENTIAL, Form.STATUS_LIST, Form.PRESENTATION})


def read(data: bytes) -> Credential | None:
    """Read; the only error that a reader may raise is the one that says so."""
    try:
        return formats.read(data)
    except MalformedCredential:
        return None


def passes(credential: Credential) -> bool:
    """Tell whether the outermost item is well-formed and its proof holds."""
    (_, _, report), *_ = verify_with_parts(credential, TRUST, NOW)
    checks = (report.check(CheckName.FORMAT), report.check(CheckName.PROOF))
    return all(check.outcome is Outcome.PASSED for check in checks)


def meaning(name: str, credential: Credential) -> object:
    """What the signature is about: of linked data the graph, else the signed document.

    A signature over a graph leaves open how its JSON is written: the order of a set, an entry
    twice.
    """
    document: dict[str, Any] = credential.document
    if name not in EMBEDDED:
        return credential.document, credential.achievements
    return quads({key: value for key, value in document.items() if key != "proof"})


def test_what_is_mutated_here_is_sound() -> None:
    for name, data in SEALED.items():
        credential = read(data)
        assert credential is not None, name
        assert passes(credential), name


@pytest.mark.parametrize("name", SEALED)
@given(seed=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_changed_bytes_never_pass_as_something_else(name: str, seed: int) -> None:
    credential = read(mutate(SEALED[name], seed))
    if credential is None or not passes(credential):
        return
    original = read(SEALED[name])
    assert original is not None
    assert meaning(name, credential) == meaning(name, original)


@pytest.mark.parametrize("name", SEALED)
@given(place=st.integers(0, 2**32), bit=st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_one_bit_never_passes_as_something_else(name: str, place: int, bit: int) -> None:
    data = bytearray(SEALED[name])
    data[place % len(data)] ^= 1 << bit
    credential = read(bytes(data))
    if credential is None or not passes(credential):
        return
    original = read(SEALED[name])
    assert original is not None
    assert meaning(name, credential) == meaning(name, original)


@given(
    name=st.sampled_from(sorted(EMBEDDED)),
    number=st.integers(0, 10**6),
    text=st.text(max_size=8),
)
@settings(max_examples=60, deadline=None)
def test_a_text_of_a_signed_document_cannot_be_another(name: str, number: int, text: str) -> None:
    """Every text that stands in the JSON is signed, or the document is refused."""
    document = json.loads(SEALED[name])
    places = list(_texts(document))
    container, key = places[number % len(places)]
    changed = container[key] != text
    container[key] = text
    credential = read(json.dumps(document).encode())
    if credential is not None and changed:
        assert not passes(credential)


def _texts(value: Any) -> Any:
    """Every place of a text in a document, as container and key."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in entries:
        if isinstance(inner, str):
            yield value, key
        elif isinstance(inner, dict | list):
            yield from _texts(inner)
