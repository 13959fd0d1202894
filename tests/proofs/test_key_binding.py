"""Key binding: RFC 9901, section 7.3, step 5, each part with a named defect."""

import json
from typing import Any

import pytest

from tests.issuer.keys import base64url, ed25519_key, p256_key, verification_method
from tests.issuer.sd_jwt import (
    AUDIENCE,
    NONCE,
    BindingDefect,
    Hidden,
    SdJwtDefect,
    bound,
    sd_jwt,
)
from wallet.proofs import key_binding
from wallet.proofs import sd_jwt as proofs
from wallet.proofs.finding import ResolvedKey
from wallet.proofs.key_binding import KeyBinding
from wallet.proofs.keys import PublicKey
from wallet.trust.did import resolve_did_jwk, resolve_did_key, resolve_fragment

ISSUER, HOLDER = p256_key("sd-jwt issuer"), p256_key("sd-jwt holder")
CNF: dict[str, Any] = {"jwk": HOLDER.jwk}

_BROKEN = {
    BindingDefect.WRONG_TYPE: "typ",
    BindingDefect.NO_TYPE: "typ",
    BindingDefect.ALG_NONE: "alg",
    BindingDefect.ALG_HS256: "alg",
    BindingDefect.CRITICAL_HEADER: "crit",
    BindingDefect.OTHER_KEY: "signature",
    BindingDefect.ALTERED: "signature",
    BindingDefect.NO_NONCE: "nonce",
    BindingDefect.NO_AUDIENCE: "aud",
    BindingDefect.AUDIENCE_LIST: "aud",
    BindingDefect.NO_TIME: "iat",
    BindingDefect.TIME_AS_TEXT: "iat",
    BindingDefect.NO_HASH: "sd_hash",
    BindingDefect.OTHER_DISCLOSURES: "sd_hash",
    BindingDefect.DUPLICATE_CLAIM: "claims",
}


def resolve(method: str) -> ResolvedKey | None:
    return resolve_did_key(method) or resolve_did_jwk(method) or resolve_fragment(method)


def examine(data: bytes, confirmation: Any = None) -> KeyBinding:
    source = proofs.parse(data.decode())
    assert source.binding is not None
    stated = proofs.process(source).claims.get("cnf") if confirmation is None else confirmation
    return key_binding.check(source.binding, source, stated, resolve)


def issued(confirmation: Any = CNF, **options: Any) -> Any:
    claims = {"iss": "https://x.example", "cnf": confirmation, "name": Hidden("Ada")}
    return sd_jwt(claims, ISSUER, **options)


@pytest.mark.parametrize("hash_name", [None, "sha-256", "sha-384", "sha-512"])
def test_a_binding_holds_and_says_what_it_is_for(hash_name: str | None) -> None:
    found = examine(bound(issued(hash_name=hash_name), HOLDER))
    assert found.broken is None
    assert found.key == PublicKey.from_jwk(HOLDER.jwk)
    assert (found.claims["aud"], found.claims["nonce"]) == (AUDIENCE, NONCE)


@pytest.mark.parametrize("left_out", [(), (0,)])
def test_it_is_bound_to_the_disclosures_that_are_sent(left_out: tuple[int, ...]) -> None:
    assert examine(bound(issued().without(*left_out), HOLDER)).broken is None


@pytest.mark.parametrize("defect", sorted(_BROKEN))
def test_a_broken_binding_is_named(defect: BindingDefect) -> None:
    found = examine(bound(issued(), HOLDER, defect=defect))
    assert found.broken == _BROKEN[defect]
    assert found.key is None


def test_every_defect_has_its_expectation() -> None:
    assert set(_BROKEN) | {BindingDefect.NOT_YET} == set(BindingDefect)


@pytest.mark.parametrize("holder", [HOLDER, ed25519_key("sd-jwt holder")])
@pytest.mark.parametrize("name", ["did_key", "did_jwk"])
def test_a_did_in_cnf_is_resolved(holder: Any, name: str) -> None:
    did = getattr(holder, name)
    for kid in (did, verification_method(did)):
        found = examine(bound(issued({"kid": kid}), holder))
        assert (found.broken, found.did) == (None, did)
        assert found.key == PublicKey.from_jwk(holder.jwk)
    other = examine(bound(issued({"kid": did}), holder, defect=BindingDefect.OTHER_KEY))
    assert other.broken == "signature"


@pytest.mark.parametrize(
    "confirmation",
    [
        {"kid": "did:web:holder.example#key-1"},
        {"kid": "key-1"},
        {"kid": f"https://holder.example#{HOLDER.multikey}"},
        {"jwk": {"kty": "OKP", "crv": "X448", "x": "AA"}},
        {"jwk": {"kty": "new"}},
    ],
)
def test_a_key_that_is_not_known_here_is_not_shown(confirmation: Any) -> None:
    found = examine(bound(issued(confirmation), HOLDER))
    assert found == KeyBinding(None, None, None, found.claims)


@pytest.mark.parametrize(
    "confirmation",
    [
        {},
        {"jwk": "x"},
        {"kid": 5},
        {"jku": "https://holder.example/jwks"},
        {"jwk": {**HOLDER.jwk, "y": HOLDER.jwk["x"]}},
        {"jwk": {**HOLDER.jwk, "use": "enc"}},
        "text",
        ["text"],
    ],
)
def test_what_names_no_key_binds_nothing(confirmation: Any) -> None:
    assert examine(bound(issued(confirmation), HOLDER)).broken == "cnf"


def test_without_cnf_nothing_is_bound() -> None:
    data = bound(sd_jwt({"iss": "https://x.example"}, ISSUER), HOLDER)
    assert examine(data).broken == "cnf"


def test_the_algorithm_belongs_to_the_key() -> None:
    found = examine(bound(issued({"jwk": ed25519_key("other").jwk}), HOLDER))
    assert found.broken == "alg"


def test_an_insecure_hash_binds_nothing() -> None:
    data = bound(issued(defect=SdJwtDefect.WEAK_HASH), HOLDER)
    assert examine(data).broken == "sd_hash"


@pytest.mark.parametrize("payload", [b"[]", b"x", b"\xff", b"{}"])
def test_claims_that_are_none(payload: bytes) -> None:
    head = base64url(json.dumps({"alg": "ES256", "typ": "kb+jwt"}).encode())
    data = issued().data + f"{head}.{base64url(payload)}.AAAA".encode()
    assert examine(data).broken in {"claims", "iat"}


def test_the_size_of_a_binding_is_limited() -> None:
    base = bound(issued(), HOLDER, claims={"padding": ""}).decode()
    token = proofs.parse(base).binding
    assert token is not None
    room = key_binding.LIMITS.size - len(token.payload)
    for padding, broken in ((room, None), (room + 1, "claims")):
        data = bound(issued(), HOLDER, claims={"padding": "x" * padding})
        assert examine(data).broken == broken
