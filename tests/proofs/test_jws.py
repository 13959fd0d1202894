"""Compact JWS: the RFC's own example, and every header that is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.issuer.keys import ed25519_key, p256_key
from wallet.errors import MalformedCredential, TooLarge
from wallet.model.verification import Outcome, Reason
from wallet.proofs import base64url, jws
from wallet.proofs.keys import KeyKind, PrivateKey, PublicKey

KEY = PrivateKey.from_bytes(
    KeyKind.ED25519, base64url.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A")
)
# RFC 8037, appendix A.4.
RFC8037 = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)


def make(header: str | dict[str, object], payload: bytes = b"{}") -> str:
    text = header if isinstance(header, str) else json.dumps(header)
    signing_input = f"{base64url.encode(text.encode())}.{base64url.encode(payload)}"
    return f"{signing_input}.{base64url.encode(KEY.sign('EdDSA', signing_input.encode()))}"


def test_the_example_of_the_rfc_holds() -> None:
    token = jws.parse_compact(RFC8037)
    assert token.payload == b"Example of Ed25519 signing"
    finding = jws.check(token, KEY.public)
    assert finding.outcome is Outcome.PASSED
    assert finding.reason is None
    assert finding.facts["algorithm"] == "EdDSA"
    assert finding.key == KEY.public


def test_what_is_signed_holds_and_nothing_else() -> None:
    text = jws.sign_compact({"alg": "EdDSA", "kid": "k1"}, b'{"a":1}', KEY)
    finding = jws.check(jws.parse_compact(text), KEY.public)
    assert (finding.outcome, finding.method) == (Outcome.PASSED, "k1")
    head, _, tail = text.split(".")
    altered = f"{head}.{base64url.encode(b'{}')}.{tail}"
    finding = jws.check(jws.parse_compact(altered), KEY.public)
    assert (finding.outcome, finding.reason) == (Outcome.FAILED, Reason.SIG_CRYPTO_FAILURE)
    other = PublicKey.from_jwk(ed25519_key("another").jwk)
    assert jws.check(jws.parse_compact(text), other).reason is Reason.SIG_CRYPTO_FAILURE


@pytest.mark.parametrize(
    ("members", "what"),
    [
        ({"crit": []}, "crit"),
        ({"crit": ["exp"], "exp": 1}, "crit"),
        ({"crit": "b64"}, "crit"),
        ({"b64": True}, "b64"),
        ({"b64": False, "crit": ["b64"]}, "crit"),
        ({"alg": "none"}, "alg"),
        ({"alg": "HS256"}, "alg"),
        ({"alg": 5}, "alg"),
        ({"alg": None}, "alg"),
        ({"alg": "ES256"}, "alg"),
    ],
)
def test_headers_that_are_refused_though_the_signature_holds(
    members: dict[str, object], what: str
) -> None:
    finding = jws.check(jws.parse_compact(make({"alg": "EdDSA", **members})), KEY.public)
    assert finding.outcome is Outcome.FAILED
    assert finding.reason is Reason.SIG_CONSTRAINTS_FAILURE
    assert finding.facts["what"] == what


def test_an_algorithm_is_bound_to_its_kind_of_key() -> None:
    key = PublicKey.from_jwk(p256_key("jws").jwk)
    finding = jws.check(jws.parse_compact(make({"alg": "EdDSA"})), key)
    assert finding.reason is Reason.SIG_CONSTRAINTS_FAILURE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a.b",
        "a.b.c.d",
        "e30.e30",
        make({"alg": "EdDSA"}) + "=",
        make('{"alg":"EdDSA","alg":"EdDSA"}'),
        make("[]"),
        make("{"),
        make({"alg": "EdDSA"}).replace(".", ". ", 1),
        make({"alg": "EdDSA"}) + "\n",
    ],
)
def test_broken_tokens_are_refused(text: str) -> None:
    with pytest.raises(MalformedCredential):
        jws.parse_compact(text)


def test_headers_are_large_enough_for_keys_and_still_limited() -> None:
    jws.parse_compact(make({"alg": "EdDSA", "x5c": ["A" * 60_000]}))
    with pytest.raises(TooLarge):
        jws.parse_compact(make({"alg": "EdDSA", "x5c": ["A" * 70_000]}))
    with pytest.raises(TooLarge):
        jws.parse_compact("." * (jws.MAX_CHARACTERS + 1))


@given(st.integers(0, len(RFC8037) - 1), st.characters(max_codepoint=127))
def test_a_changed_token_never_holds(index: int, character: str) -> None:
    text = RFC8037[:index] + character + RFC8037[index + 1 :]
    try:
        finding = jws.check(jws.parse_compact(text), KEY.public)
    except MalformedCredential:
        return
    assert (finding.outcome is Outcome.PASSED) == (text == RFC8037)


def test_looks_compact() -> None:
    assert jws.looks_compact(RFC8037)
    assert not jws.looks_compact("{}")
