"""did:key, did:jwk, and keys in fragments: what they show, and what they do not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuer.keys import ed25519_key, p256_key, verification_method
from wallet.proofs import base64url
from wallet.proofs.keys import PublicKey
from wallet.trust import did

KEYS = [ed25519_key("did"), p256_key("did")]


@pytest.mark.parametrize("key", KEYS)
def test_a_did_key_is_its_own_key(key: object) -> None:
    assert isinstance(key, type(KEYS[0]))
    for method in (key.did_key, verification_method(key.did_key)):
        found = did.resolve_did_key(method)
        assert found is not None
        assert (found.did, found.source) == (key.did_key, "did:key")
        assert found.key == PublicKey.from_jwk(key.jwk)


@pytest.mark.parametrize("key", KEYS)
def test_a_did_jwk_is_its_own_key(key: object) -> None:
    assert isinstance(key, type(KEYS[0]))
    for method in (key.did_jwk, verification_method(key.did_jwk)):
        found = did.resolve_did_jwk(method)
        assert found is not None
        assert (found.did, found.source) == (key.did_jwk, "did:jwk")


@pytest.mark.parametrize(
    "method",
    [
        "did:key:",
        "did:key:z6Mk",
        "did:key:zQ3",
        f"{KEYS[0].did_key}#{KEYS[1].multikey}",
        f"{KEYS[0].did_key}#",
        f"{KEYS[0].did_key}#key-1",
        f"{KEYS[0].did_jwk}#1",
        "did:jwk:",
        "did:jwk:e30",
        "did:jwk:" + base64url.encode(json.dumps(KEYS[1].jwk | {"d": "AQ"}).encode()),
        "did:jwk:not!base64",
        "did:jwk:" + base64url.encode(b'{"kty":"oct","k":"AAAA"}'),
        "did:key:" + "z" * 9000,
        "did:jwk:" + "A" * 9000,
        "did:web:example.edu",
        "",
    ],
)
def test_what_is_no_such_identifier_resolves_to_nothing(method: str) -> None:
    assert did.resolve_did_key(method) is None
    assert did.resolve_did_jwk(method) is None


def test_a_key_in_a_fragment_belongs_to_nobody() -> None:
    for address in ("https://example.edu/issuer", "did:web:example.edu"):
        found = did.resolve_fragment(f"{address}#{KEYS[0].multikey}")
        assert found is not None
        assert (found.did, found.source) == (None, "fragment")
    for method in ("https://example.edu", "https://example.edu#key-1", f"#{KEYS[0].multikey}"):
        assert did.resolve_fragment(method) is None


@given(st.sampled_from(["did:key:", "did:jwk:", "https://a#"]), st.text(max_size=60))
def test_any_text_resolves_or_not(prefix: str, text: str) -> None:
    for resolve in (did.resolve_did_key, did.resolve_did_jwk, did.resolve_fragment):
        assert resolve(prefix + text) is None
