"""Keys: read, named, and what each of them verifies."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st

from tests.issuer.keys import IssuerKey, ed25519_key, p256_key, p384_key, rsa_key
from wallet.errors import MalformedCredential, TooLarge
from wallet.proofs import base64url
from wallet.proofs.keys import ALGORITHMS, KeyKind, PrivateKey, PublicKey, multibase

DATA = b"what is signed"

# RFC 8037, appendix A.
RFC8037_X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
RFC8037_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def issuer_key(kind: KeyKind) -> IssuerKey:
    makers: dict[KeyKind, Callable[[str], IssuerKey]] = {
        KeyKind.ED25519: ed25519_key,
        KeyKind.P256: p256_key,
        KeyKind.P384: p384_key,
        KeyKind.RSA: rsa_key,
    }
    if kind in makers:
        return makers[kind]("keys")
    curve = ec.SECP521R1() if kind is KeyKind.P521 else ec.SECP256K1()
    return IssuerKey(ec.derive_private_key(4711, curve))


def public(kind: KeyKind) -> PublicKey:
    key = issuer_key(kind).private.public_key()
    pem = key.public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return PublicKey.from_pem(pem)


def signature(kind: KeyKind, algorithm: str) -> bytes:
    key = issuer_key(kind).private
    if isinstance(key, ec.EllipticCurvePrivateKey):
        digest = {"ES384": hashes.SHA384(), "ES512": hashes.SHA512()}.get(
            algorithm, hashes.SHA256()
        )
        r, s = decode_dss_signature(key.sign(DATA, ec.ECDSA(digest)))
        size = (key.curve.key_size + 7) // 8
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    return issuer_key(kind).sign(DATA, algorithm)


KINDS_AND_ALGORITHMS = [(kind, name) for kind in KeyKind for name in sorted(ALGORITHMS[kind])]


@pytest.mark.parametrize(("kind", "algorithm"), KINDS_AND_ALGORITHMS)
def test_each_algorithm_verifies_with_its_own_kind_alone(kind: KeyKind, algorithm: str) -> None:
    good = signature(kind, algorithm)
    assert public(kind).verify(algorithm, good, DATA)
    assert not public(kind).verify(algorithm, good, DATA + b"!")
    assert not public(kind).verify(algorithm, good[:-1] + bytes([good[-1] ^ 1]), DATA)
    for other in KeyKind:
        if algorithm not in ALGORITHMS[other]:
            assert not public(other).verify(algorithm, good, DATA)


@pytest.mark.parametrize("algorithm", ["none", "", "HS256", "HS512", "RS1", "ES256 ", "eddsa"])
def test_no_other_algorithm_ever_holds(algorithm: str) -> None:
    for kind in KeyKind:
        assert not public(kind).verify(algorithm, b"", DATA)


@pytest.mark.parametrize("kind", [KeyKind.P256, KeyKind.P384, KeyKind.P521, KeyKind.SECP256K1])
def test_ecdsa_signatures_are_r_and_s_of_full_length(kind: KeyKind) -> None:
    algorithm = min(ALGORITHMS[kind])
    good = signature(kind, algorithm)
    half = len(good) // 2
    der = issuer_key(kind).private.sign(DATA, ec.ECDSA(hashes.SHA256()))  # type: ignore[call-arg, arg-type]  # an EC key
    for bad in (der, b"\0" + good, good[1:], bytes(len(good)), bytes(half) + good[half:], b""):
        assert not public(kind).verify(algorithm, bad, DATA)


@pytest.mark.parametrize("kind", list(KeyKind))
def test_jwk_and_multikey_there_and_back(kind: KeyKind) -> None:
    key = public(kind)
    assert PublicKey.from_jwk(key.to_jwk()) == key
    assert PublicKey.from_multikey(key.to_multikey()) == key
    assert PublicKey.from_multikey("u" + base64url.encode(multibase(key.to_multikey()))) == key
    assert key.did_key() == f"did:key:{key.to_multikey()}"
    if kind in {KeyKind.ED25519, KeyKind.P256, KeyKind.P384}:
        assert key.to_multikey() == issuer_key(kind).multikey


def test_thumbprint_is_that_of_the_rfc() -> None:
    key = PublicKey.from_jwk({"kty": "OKP", "crv": "Ed25519", "x": RFC8037_X})
    assert key.thumbprint() == RFC8037_THUMBPRINT


_P256 = p256_key("keys").jwk
_ED = ed25519_key("keys").jwk
_RSA = rsa_key("keys").jwk


@pytest.mark.parametrize(
    "jwk",
    [
        {},
        {"kty": "oct", "k": "AAAA"},
        {**_ED, "x": "AAAA"},
        {**_ED, "crv": "X25519"},
        {**_ED, "x": 5},
        {**_ED, "use": "enc"},
        {**_ED, "d": _ED["x"]},
        {**_ED, "key_ops": ["encrypt"]},
        {**_P256, "crv": "P-384"},
        {**_P256, "crv": "P-192"},
        {**_P256, "y": _P256["x"]},
        {**_P256, "x": "AA" + _P256["x"]},
        {**_P256, "x": base64url.encode(b"\xff" * 32)},
        {**_P256, "x": base64url.encode(bytes(32)), "y": base64url.encode(bytes(32))},
        {**_RSA, "e": base64url.encode(b"\x01")},
        {**_RSA, "e": base64url.encode(b"\x04")},
        {**_RSA, "e": base64url.encode(b"\xff" * 8)},
        {**_RSA, "n": base64url.encode(b"\xff" * 128)},
    ],
)
def test_a_broken_jwk_is_refused(jwk: dict[str, str]) -> None:
    with pytest.raises(MalformedCredential):
        PublicKey.from_jwk(jwk)


@pytest.mark.parametrize(
    ("bits", "accepted"), [(2047, False), (2048, True), (8192, True), (8193, False)]
)
def test_rsa_keys_have_bounds(bits: int, accepted: bool) -> None:
    number = (1 << bits) - 1
    jwk = {"kty": "RSA", "e": "AQAB", "n": base64url.encode(number.to_bytes(bits // 8 + 1, "big"))}
    if accepted:
        assert PublicKey.from_jwk(jwk).kind is KeyKind.RSA
    else:
        with pytest.raises(MalformedCredential):
            PublicKey.from_jwk(jwk)


@pytest.mark.parametrize("text", ["", "z", "zzzz", "f00", "mAAAA", "z6Mk", "u7QE", "z0OIl"])
def test_a_broken_multikey_is_refused(text: str) -> None:
    with pytest.raises(MalformedCredential):
        PublicKey.from_multikey(text)


def test_certificates_and_pem_are_bounded_and_checked() -> None:
    for data in (b"", b"0\x82", b"no certificate"):
        with pytest.raises(MalformedCredential):
            PublicKey.from_certificate(data)
        with pytest.raises(MalformedCredential):
            PublicKey.from_pem(data)
    with pytest.raises(TooLarge):
        PublicKey.from_certificate(bytes(65 * 1024))
    with pytest.raises(TooLarge):
        PublicKey.from_pem(bytes(65 * 1024))


def test_a_small_rsa_key_in_pem_is_refused() -> None:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505 -- weak on purpose
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    with pytest.raises(MalformedCredential):
        PublicKey.from_pem(pem)


@given(st.dictionaries(st.sampled_from(["kty", "crv", "x", "y", "n", "e", "use"]), st.text()))
def test_any_jwk_is_read_or_refused(jwk: dict[str, str]) -> None:
    with pytest.raises(MalformedCredential):
        PublicKey.from_jwk(jwk)


@pytest.mark.parametrize(
    ("kind", "algorithm"), [(KeyKind.ED25519, "EdDSA"), (KeyKind.P256, "ES256")]
)
def test_a_private_key_signs_and_comes_back_from_its_bytes(kind: KeyKind, algorithm: str) -> None:
    key = PrivateKey.from_bytes(kind, PrivateKey.generate(kind).to_bytes())
    assert key.public.verify(algorithm, key.sign(algorithm, DATA), DATA)
    assert len(key.to_bytes()) == 32
    assert base64url.encode(key.to_bytes()) not in repr(key)
    assert str(key.to_bytes()) not in repr(key)
    with pytest.raises(ValueError, match="is not for"):
        key.sign("RS256", DATA)


def test_private_keys_are_of_two_kinds() -> None:
    with pytest.raises(ValueError, match="P-256"):
        PrivateKey.generate(KeyKind.RSA)
    for kind, secret in (
        (KeyKind.ED25519, b"short"),
        (KeyKind.P256, bytes(32)),
        (KeyKind.P256, b"\xff" * 32),
        (KeyKind.P384, bytes(48)),
    ):
        with pytest.raises(MalformedCredential):
            PrivateKey.from_bytes(kind, secret)
