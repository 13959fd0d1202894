"""The trust store: what a file holds is told by its content, and names find their keys."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import needs
from tests.issuer.keys import ed25519_key, p256_key, rsa_key, verification_method
from tests.trust.certifying import certificate, der, pem
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs.contexts import Contexts
from wallet.proofs.keys import PublicKey
from wallet.trust import adding
from wallet.trust.anchors import Decision, TrustStore
from wallet.trust.status_list import StatusList

AT = datetime(2026, 11, 22, tzinfo=UTC)
EMPTY = TrustStore.empty()
KEY = ed25519_key("anchors")
PUBLIC = PublicKey.from_jwk(KEY.jwk)
WEB = "did:web:example.edu"


def with_json(document: object, trust: TrustStore = EMPTY) -> TrustStore:
    return trust.with_file(json.dumps(document).encode(), "file.json", AT)


def did_document(**changes: Any) -> dict[str, Any]:
    method = {"id": f"{WEB}#1", "type": "Multikey", "controller": WEB}
    return {
        "id": WEB,
        "verificationMethod": [{**method, "publicKeyMultibase": KEY.multikey}],
        "assertionMethod": [f"{WEB}#1"],
        **changes,
    }


def test_an_empty_store_knows_nobody() -> None:
    assert EMPTY.as_of is None
    assert EMPTY.unnamed_keys == ()
    assert EMPTY.resolve("key-1") is None
    assert isinstance(EMPTY.contexts, Contexts)


def test_a_store_is_a_value() -> None:
    first = with_json(KEY.jwk)
    assert EMPTY.keys == ()
    assert with_json(p256_key("other").jwk, first).keys[0] == first.keys[0]


def test_a_key_without_a_name_is_for_every_name() -> None:
    trust = with_json(KEY.jwk)
    assert trust.unnamed_keys == (PUBLIC,)
    assert trust.resolve("key-1") is None
    assert trust.keys[0].source == "file.json"


def test_a_key_with_a_name_is_for_that_name_alone() -> None:
    trust = with_json({**KEY.jwk, "kid": "key-1"})
    assert trust.unnamed_keys == ()
    found = trust.resolve("key-1")
    assert found is not None
    assert (found.key, found.did, found.source) == (PUBLIC, None, "supplied")
    assert trust.resolve("key-2") is None


def test_of_a_pair_of_keys_the_public_one_counts() -> None:
    for document in ({**KEY.jwk, "d": "AQ"}, {"keys": [{**KEY.jwk, "d": "AQ"}]}):
        assert with_json(document).unnamed_keys == (PUBLIC,)


def test_a_jwk_set_leaves_out_what_it_cannot_use() -> None:
    keys = [{**KEY.jwk, "kid": "a"}, {"kty": "oct", "k": "AAAA"}, "text", p256_key("b").jwk]
    trust = with_json({"keys": keys})
    assert [entry.names for entry in trust.keys] == [("a",), ()]
    with pytest.raises(MalformedCredential):
        with_json({"keys": [{"kty": "oct"}]})
    with pytest.raises(TooLarge):
        with_json({"keys": [{}] * 1001})


def test_an_open_badges_key_has_its_address_as_name() -> None:
    trust = EMPTY.with_file(
        needs.shared("samples", "open-badges-2", "assets", "key1.json").read_bytes(), "key1", AT
    )
    found = trust.resolve("http://example.org/key1.json")
    assert found is not None
    assert found.source == "supplied"


def test_certificates_and_keys_in_pem_and_der() -> None:
    root, other = certificate("Root", "Root", ca=True), certificate("Other", "Other", ca=True)
    supplied = EMPTY.with_file(pem(root, other), "x", AT).certificates
    assert [anchor.certificate.der for anchor in supplied] == [der(root), der(other)]
    assert EMPTY.with_file(der(root), "x", AT).certificates[0].certificate.der == der(root)
    assert EMPTY.with_file(b"a comment\n" + pem(root), "x", AT).certificates[0].source == "x"
    sample = needs.shared("samples", "sd-jwt", "eudi-pid-issuer.pem").read_bytes()
    assert len(EMPTY.with_file(sample, "x", AT).certificates) == 1


def test_a_public_key_in_pem() -> None:
    from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 -- one use
        Encoding,
        PublicFormat,
    )

    key = rsa_key("anchors")
    data = key.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    assert EMPTY.with_file(data, "x", AT).unnamed_keys == (PublicKey.from_jwk(key.jwk),)


def test_a_pinned_did_document_speaks_for_its_did() -> None:
    found = with_json(did_document()).resolve(f"{WEB}#1")
    assert found is not None
    assert (found.key, found.did, found.source) == (PUBLIC, WEB, "did document")


@pytest.mark.parametrize(
    "changes",
    [
        {"assertionMethod": ["#1"]},
        {"verificationMethod": [{"id": "#1", "publicKeyJwk": KEY.jwk}]},
        {
            "verificationMethod": [],
            "assertionMethod": [{"id": f"{WEB}#1", "publicKeyMultibase": KEY.multikey}],
        },
        {"authentication": f"{WEB}#1"},
    ],
)
def test_other_ways_to_write_a_did_document(changes: dict[str, Any]) -> None:
    found = with_json(did_document(**changes)).resolve(f"{WEB}#1")
    assert found is not None
    assert found.key == PUBLIC


@pytest.mark.parametrize(
    "changes",
    [
        {"assertionMethod": []},
        {"assertionMethod": [], "keyAgreement": [f"{WEB}#1"]},
        {"verificationMethod": []},
        {"verificationMethod": [{"id": f"{WEB}#1", "publicKeyMultibase": "z6Mk"}]},
        {
            "verificationMethod": [
                {"id": "did:web:other.example#1", "publicKeyMultibase": KEY.multikey}
            ],
            "assertionMethod": ["did:web:other.example#1"],
        },
    ],
)
def test_a_did_document_without_a_key_of_its_own_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedCredential):
        with_json(did_document(**changes))


def test_resolving_prefers_what_shows_a_controller() -> None:
    trust = with_json(did_document(), with_json({**p256_key("x").jwk, "kid": f"{WEB}#1"}))
    pinned = trust.resolve(f"{WEB}#1")
    assert pinned is not None
    assert pinned.source == "did document"
    own = trust.resolve(verification_method(KEY.did_key))
    assert own is not None
    assert own.did == KEY.did_key
    fragment = trust.resolve(f"{WEB}#{KEY.multikey}")
    assert fragment is not None
    assert (fragment.did, fragment.source) == (None, "fragment")


def test_a_registry_and_a_status_list_are_recognised() -> None:
    registry = needs.shared("samples", "registry", "community-registry.json").read_bytes()
    listed = needs.shared("samples", "open-badges-3", "bit-string-list", "testlist").read_bytes()
    trust = EMPTY.with_file(registry, "registry", AT).with_file(listed, "list", AT)
    assert trust.registries[0].issuers["did:web:network.learncard.com"] == (
        "Learning Economy Foundation"
    )
    found = trust.status_lists[0].list
    assert isinstance(found, StatusList)
    assert found.bit(23)
    assert found.credential == listed


def test_the_store_is_as_old_as_its_oldest_part() -> None:
    later = with_json(KEY.jwk).with_file(
        pem(certificate("Root", "Root", ca=True)), "x", AT + timedelta(days=3)
    )
    assert later.as_of == AT


def test_a_later_decision_replaces_an_earlier_one() -> None:
    first = Decision("thumb", True, "by phone", AT)
    second = Decision("thumb", False, "they denied it", AT)
    assert EMPTY.with_decision(first).with_decision(second).decisions == {"thumb": second}


def test_contexts_travel_with_the_trust_data(tmp_path: Path) -> None:
    (tmp_path / "index.json").write_text('{"https://example.edu/v1": {"file": "own.json"}}')
    assert "https://example.edu/v1" in EMPTY.with_contexts(tmp_path).contexts


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"text",
        b"{}",
        b"[]",
        b'{"id": "did:web:x"}',
        b"\x30\x03\x02\x01\x00",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        b'{"kty": "RSA"}',
        b'{"publicKeyPem": "x"}',
        b'{"a": 1, "a": 2}',
    ],
)
def test_what_is_no_trust_data_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedCredential):
        EMPTY.with_file(data, "x", AT)


def test_european_trusted_lists_are_known_with_their_date() -> None:
    data = needs.shared("samples", "trusted-lists", "eu-lotl-seq388.xml").read_bytes()
    store = EMPTY.with_file(data, "lotl.xml", AT)
    assert store.lists.european is not None
    assert (store.lists.european.sequence, store.lists.european.source) == (388, "lotl.xml")
    assert store.as_of == AT


def test_xml_that_is_no_trusted_list_is_refused_by_name() -> None:
    with pytest.raises(MalformedCredential) as caught:
        EMPTY.with_file(b"<list/>", "x", AT)
    assert caught.value.facts["what"] == "trusted list"


def test_sizes_just_under_and_just_over(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps(KEY.jwk).encode()
    monkeypatch.setattr(adding, "MAX_FILE_BYTES", len(data))
    EMPTY.with_file(data, "x", AT)
    with pytest.raises(TooLarge):
        EMPTY.with_file(data + b" ", "x", AT)


_SEEDS = [
    json.dumps(did_document()).encode(),
    json.dumps({"keys": [KEY.jwk]}).encode(),
    json.dumps({"registry": {WEB: {"name": "x"}}}).encode(),
    pem(certificate("Root", "Root", ca=True)),
]


@given(st.sampled_from(_SEEDS), st.integers(0, 2000), st.binary(min_size=1, max_size=3))
def test_changed_bytes_are_read_or_refused(seed: bytes, index: int, value: bytes) -> None:
    index %= len(seed)
    try:
        EMPTY.with_file(seed[:index] + value + seed[index + len(value) :], "x", AT)
    except MalformedCredential as error:
        assert error.facts["what"]  # noqa: PT017 -- refusing is one of two right answers
