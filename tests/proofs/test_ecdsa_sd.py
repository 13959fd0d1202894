"""ecdsa-sd-2023: a base proof and a derived one, and what a dishonest holder would do with them.

data/selective_disclosure.json was signed and derived by @digitalbazaar/ecdsa-sd-2023-cryptosuite
(tests/peers does that anew at every run): /issuer, /validFrom and one result are mandatory; name,
two results and one alignment were chosen.
"""

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.issuer.keys import base64url, ed25519_key, p256_key
from tests.proofs.documents import CONTEXTS
from tests.proofs.writing_cbor import encode
from wallet.errors import MalformedCredential
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url as strict_base64url
from wallet.proofs import budget, cbor, ecdsa_sd
from wallet.proofs.budget import Budget
from wallet.proofs.cbor import Cbor
from wallet.proofs.data_integrity import UnsafeDocument, check
from wallet.proofs.finding import ProofFinding, ResolvedKey
from wallet.proofs.keys import PublicKey
from wallet.proofs.selection import select

_DATA = json.loads(
    Path(__file__).with_name("data").joinpath("selective_disclosure.json").read_text("utf-8")
)
KEY = PublicKey.from_jwk(p256_key("peer").jwk)
SIGNATURE, PROOF_KEY = 0, 1
DERIVED_SIGNATURES, LABELS, INDEXES = 2, 3, 4
SECRET, BASE_SIGNATURES, POINTERS = 2, 3, 4


def base() -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(_DATA["base"])
    return document


def derived() -> dict[str, Any]:
    document: dict[str, Any] = copy.deepcopy(_DATA["derived"])
    return document


def finding(document: dict[str, Any], key: PublicKey = KEY) -> ProofFinding:
    resolved = ResolvedKey(key, None, "supplied")
    (found,) = check(document, CONTEXTS, lambda _: resolved, "assertionMethod")
    return found


def reason(document: dict[str, Any]) -> tuple[Reason | None, str | None]:
    found = finding(document)
    return found.reason, found.facts.get("what")


def fields(document: dict[str, Any]) -> tuple[bytes, list[Cbor]]:
    data = strict_base64url.decode(document["proof"]["proofValue"][1:])
    value = cbor.decode(data[3:])
    assert isinstance(value, list)
    return data[:3], value


def rewritten(document: dict[str, Any], change: Callable[[list[Any]], object]) -> dict[str, Any]:
    """Change the fields of a proof value."""
    header, value = fields(document)
    change(value)
    document["proof"]["proofValue"] = "u" + base64url(header + encode(value))
    return document


@pytest.mark.parametrize("make", [base, derived])
def test_a_proof_holds_until_something_changes(make: Callable[[], dict[str, Any]]) -> None:
    found = finding(make())
    assert (found.outcome, found.reason) == (Outcome.PASSED, None)
    assert (found.facts["suite"], found.facts["algorithm"]) == ("ecdsa-sd-2023", "ES256")
    for path in (("issuer", "name"), ("validFrom",), ("name", "@value"), ("proof", "created")):
        document = make()
        place = document
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = "2020-01-01T00:00:00Z"
        assert finding(document).reason is Reason.SIG_CRYPTO_FAILURE, path


def test_the_bytes_are_written_as_they_were_read() -> None:
    for document in (base(), derived()):
        header, value = fields(document)
        written = "u" + base64url(header + encode(value))
        assert written == document["proof"]["proofValue"]


# ---- what a holder could try --------------------------------------------------------------------


def test_more_than_was_chosen_cannot_be_shown() -> None:
    document = derived()
    document["validUntil"] = base()["validUntil"]
    assert reason(document) == (Reason.SIG_CRYPTO_FAILURE, None)


def test_what_is_mandatory_cannot_be_left_out() -> None:
    document = derived()
    del document["validFrom"]
    assert finding(document).outcome is Outcome.FAILED
    # Nor with its index, for what is mandatory was hashed.
    for place in range(3):
        changed = rewritten(derived(), lambda value: value[INDEXES].pop(place))  # noqa: B023 -- now
        assert finding(changed).reason is Reason.SIG_CRYPTO_FAILURE


def test_a_signed_statement_cannot_be_declared_mandatory() -> None:
    def declare(value: list[Any]) -> None:
        count = len(value[INDEXES]) + len(value[DERIVED_SIGNATURES])
        spare = next(n for n in range(count) if n not in value[INDEXES])
        value[INDEXES].append(spare)
        value[DERIVED_SIGNATURES].pop()

    assert reason(rewritten(derived(), declare)) == (Reason.SIG_CRYPTO_FAILURE, None)


def test_a_proof_with_a_key_of_the_holders_own_fails() -> None:
    own = p256_key("dishonest").multikey

    def replace(value: list[Any]) -> None:
        value[PROOF_KEY] = bytes.fromhex("8024") + _compressed(own)

    assert reason(rewritten(derived(), replace)) == (Reason.SIG_CRYPTO_FAILURE, None)


def _compressed(multikey: str) -> bytes:
    encoded = PublicKey.from_multikey(multikey).encoded
    return bytes([2 + (encoded[-1] & 1)]) + encoded[1:33]


def test_two_blank_nodes_cannot_have_one_label() -> None:
    def merge(value: list[Any]) -> None:
        value[LABELS][1] = value[LABELS][0]

    assert reason(rewritten(derived(), merge)) == (Reason.SIG_CONSTRAINTS_FAILURE, "labelMap")


@pytest.mark.parametrize(
    "change",
    [
        lambda labels: labels.pop(0),
        lambda labels: labels.update({99: bytes(32)}),
    ],
)
def test_labels_are_those_of_the_blank_nodes(change: Callable[[Any], object]) -> None:
    document = rewritten(derived(), lambda value: change(value[LABELS]))
    assert reason(document) == (Reason.SIG_CONSTRAINTS_FAILURE, "labelMap")


@pytest.mark.parametrize("indexes", [[10_000], [0, 0]])
def test_indexes_are_those_of_statements(indexes: list[int]) -> None:
    document = rewritten(derived(), lambda value: value.__setitem__(INDEXES, indexes))
    assert reason(document) == (Reason.SIG_CONSTRAINTS_FAILURE, "mandatoryIndexes")


def test_signatures_are_as_many_as_statements_and_in_their_order() -> None:
    for change in (
        lambda value: value[DERIVED_SIGNATURES].pop(),
        lambda value: value[DERIVED_SIGNATURES].append(bytes(64)),
        lambda value: value[DERIVED_SIGNATURES].reverse(),
        lambda value: value.__setitem__(SIGNATURE, bytes(64)),
    ):
        assert reason(rewritten(derived(), change)) == (Reason.SIG_CRYPTO_FAILURE, None)


def test_another_secret_or_other_pointers_of_a_base_proof() -> None:
    document = rewritten(base(), lambda value: value.__setitem__(SECRET, bytes(32)))
    assert finding(document).reason is Reason.SIG_CRYPTO_FAILURE
    document = rewritten(base(), lambda value: value.__setitem__(POINTERS, []))
    assert finding(document).reason is Reason.SIG_CRYPTO_FAILURE


@pytest.mark.parametrize(
    "pointer", ["/nowhere", "issuer", "/credentialSubject/result/99", "/issuer/name/0"]
)
def test_pointers_that_lead_nowhere(pointer: str) -> None:
    document = rewritten(base(), lambda value: value[POINTERS].append(pointer))
    assert reason(document) == (Reason.SIG_CONSTRAINTS_FAILURE, "mandatoryPointers")


# ---- the proof value ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value.pop(),
        lambda value: value.append(0),
        lambda value: value.__setitem__(SIGNATURE, bytes(63)),
        lambda value: value.__setitem__(SIGNATURE, "x" * 64),
        lambda value: value.__setitem__(PROOF_KEY, bytes(35)),
        lambda value: value.__setitem__(PROOF_KEY, value[PROOF_KEY] + b"\0"),
        lambda value: value.__setitem__(DERIVED_SIGNATURES, b""),
        lambda value: value[DERIVED_SIGNATURES].append(b""),
        lambda value: value.__setitem__(LABELS, []),
        lambda value: value[LABELS].update({0: bytes(31)}),
        lambda value: value[LABELS].update({"c14n0": bytes(32)}),
        lambda value: value.__setitem__(INDEXES, {}),
        lambda value: value.__setitem__(INDEXES, ["0"]),
    ],
)
def test_fields_that_have_another_form(change: Callable[[list[Any]], object]) -> None:
    document = rewritten(derived(), change)
    assert reason(document) == (Reason.SIG_CONSTRAINTS_FAILURE, "proofValue")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "z" + text[1:],
        lambda text: text[1:],
        lambda text: text + "=",
        lambda text: "u" + base64url(b"\xd9\x5d\x02") + text[5:],
        lambda text: text[:5],
        lambda _: "",
    ],
)
def test_what_is_no_proof_value(spoil: Callable[[str], str]) -> None:
    document = derived()
    document["proof"]["proofValue"] = spoil(document["proof"]["proofValue"])
    assert reason(document) == (Reason.SIG_CONSTRAINTS_FAILURE, "proofValue")


def test_only_a_p256_key_signs_this_suite() -> None:
    other = PublicKey.from_jwk(ed25519_key("peer").jwk)
    assert finding(derived(), other).facts["what"] == "key"
    other = PublicKey.from_jwk(p256_key("another").jwk)
    assert finding(derived(), other).reason is Reason.SIG_CRYPTO_FAILURE


def test_pointers_just_under_and_just_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ecdsa_sd, "MAX_POINTERS", 3)
    ecdsa_sd.parse(base()["proof"]["proofValue"])
    monkeypatch.setattr(ecdsa_sd, "MAX_POINTERS", 2)
    with pytest.raises(MalformedCredential):
        ecdsa_sd.parse(base()["proof"]["proofValue"])


def test_signatures_just_under_and_just_over(monkeypatch: pytest.MonkeyPatch) -> None:
    _, value = fields(derived())
    needed = 1 + len(value[DERIVED_SIGNATURES])  # type: ignore[arg-type]  # a list in this file
    monkeypatch.setattr(Budget, "for_a_check", lambda: Budget(signatures=needed))
    assert finding(derived()).outcome is Outcome.PASSED
    monkeypatch.setattr(Budget, "for_a_check", lambda: Budget(signatures=needed - 1))
    with pytest.raises(UnsafeDocument) as caught:
        finding(derived())
    assert caught.value.what == "signatures"
    assert budget.MAX_SIGNATURES > 1000


def test_a_term_that_no_context_knows_is_not_signed() -> None:
    for document in (base(), derived()):
        with pytest.raises(UnsafeDocument) as caught:
            finding({**document, "honours": "magna"})
        assert caught.value.reason is Reason.UNSIGNED_TERM
        assert [f.outcome for f in caught.value.findings] == [Outcome.PASSED]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_changed_proof_value_never_holds(data: st.DataObject) -> None:
    document = data.draw(st.sampled_from([base(), derived()]))
    text = document["proof"]["proofValue"]
    index = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.sampled_from("ABab01-_"))
    document["proof"]["proofValue"] = text[:index] + character + text[index + 1 :]
    if document["proof"]["proofValue"] != text:
        with suppress(UnsafeDocument):
            assert finding(document).outcome is Outcome.FAILED


# ---- selection ----------------------------------------------------------------------------------


def test_a_selection_names_what_it_lies_in_and_keeps_the_order() -> None:
    document = {
        "@context": "urn:c",
        "id": "urn:a",
        "type": ["T"],
        "list": [{"type": ["A"], "v": 0}, {"id": "_:b", "v": 1}, {"id": "urn:x", "v": 2}],
        "a/b~c": {"type": ["S"], "in": {"v": 1, "w": 2}},
        "left": 1,
    }
    chosen = select(document, ("/list/2/v", "/list/0", "/a~1b~0c/in/w"))
    assert chosen == {
        "@context": "urn:c",
        "id": "urn:a",
        "type": ["T"],
        "list": [{"type": ["A"], "v": 0}, {"id": "urn:x", "v": 2}],
        "a/b~c": {"type": ["S"], "in": {"w": 2}},
    }
    assert select(document, ("",)) == document
    assert select(document, ("/list", "/list/1/v"))["list"] == document["list"]
    assert select(document, ("/list/1/v", "/list/1", "/list"))["list"] == document["list"]
